"""Odd streams: full, closed, of another encoding, broken off, a terminal with a person at it."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from assistant.cli import chat as chat_command
from assistant.conversation.answering import Answering
from assistant.conversation.engine import Engine
from assistant.errors import InputError, ModelError
from assistant.paths import Home
from assistant.settings import Generation, Settings, save_settings

from .conftest import Processes, Terminal


def told(terminal: Terminal, *texts: str) -> None:
    file = terminal.home.parent / "told.jsonl"
    file.write_text("".join(json.dumps({"conversation": "c", "text": text}) + "\n" for text in texts))
    terminal.ok("memory", "import", str(file))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextlib.contextmanager
def person(*answers: str | type[BaseException]) -> Iterator[None]:
    """Somebody at a terminal who types these, then Ctrl+D."""
    typed = iter(answers)

    def read(prompt: str = "") -> str:
        assert prompt == "", "a prompt would go to stdout"
        answer = next(typed, EOFError)
        if isinstance(answer, str):
            return answer
        raise answer

    with (
        mock.patch("builtins.input", read),
        mock.patch("io.StringIO", _Terminal),
    ):
        yield


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no full device")
@pytest.mark.parametrize("command", [("vault", "status"), ("vault", "status", "--json"), ("--help",)])
def test_output_that_does_not_arrive_is_one_clear_line(processes: Processes, command: tuple[str, ...]) -> None:
    reader, closed = os.pipe()
    os.close(reader)
    with Path("/dev/full").open("wb") as full, os.fdopen(closed, "wb") as pipe:
        for out in (full, pipe):
            done = subprocess.run(
                [sys.executable, "-m", "assistant", "--home", str(processes.home), *command],
                env=processes.environment(),
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert done.returncode == 1
            assert done.stderr.startswith("assistant: The output cannot be written")
            assert len(done.stderr.splitlines()) == 1


def test_any_text_goes_in_and_out_whatever_the_encoding(processes: Processes) -> None:
    told(processes, "漢字 🌍 from Kyoto")
    processes.keys["PYTHONIOENCODING"] = "latin-1"
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--home", str(processes.home), "memory", "search", b"Kyoto \xff"],
        env=processes.environment(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert "漢字 🌍 from Kyoto" in done.stdout.decode("utf-8")


def test_text_that_is_no_unicode_is_mended_before_it_is_answered(terminal: Terminal) -> None:
    for answer in (
        terminal.lines("chat", "--max-tokens", "2", "Hello \udcff there")[0],
        terminal.lines("chat", "--max-tokens", "2", stdin="Hello \udcff there")[0],
    ):
        assert answer["question"] == "Hello \ufffd there"
    with person("Hello \udcff there"):
        assert "\\ufffd" in ascii(terminal.lines("chat", "--max-tokens", "2")[0]["question"])
    assert terminal.lines("memory", "stats")[0]["episodes"] == 6


def test_stdin_that_is_no_text_at_all_is_answered(processes: Processes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--home", str(processes.home), "chat", "--json", "--max-tokens", "2"],
        env=processes.environment() | {"PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"},
        input=b"Hello \xff",
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["question"] == "Hello \ufffd"


def test_ctrl_d_at_a_question_does_nothing_and_says_so(terminal: Terminal) -> None:
    told(terminal, "I like roses.", "I like tulips.")
    for command in (("memory", "forget", "--everything"), ("memory", "export", str(terminal.home / "x.md"))):
        with person():
            done = terminal.run(*command)
        assert done.returncode == 1
        assert done.stderr.endswith("assistant: Nothing was done.\n")
    assert terminal.lines("memory", "stats")[0]["episodes"] == 2


@pytest.mark.parametrize("command", [("--everything",), ("--conversation", "c")])
def test_the_question_counts_memories_not_conversations(terminal: Terminal, command: tuple[str, ...]) -> None:
    told(terminal, "I like roses.", "I like tulips.")
    with person("no"):
        assert "Forget 2 memories for good?" in terminal.run("memory", "forget", *command).stderr


def test_a_conversation_in_json_prints_nothing_else_on_stdout(terminal: Terminal) -> None:
    with person("Hello!", "Bye!"):
        done = terminal.run("chat", "--json", "--max-tokens", "2")
    assert done.returncode == 0
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == ["Hello!", "Bye!"]
    assert "You: " in done.stderr


def test_a_conversation_goes_on_after_a_foreseen_failure(terminal: Terminal) -> None:
    real = chat_command._turn
    failures = iter([InputError("It does not fit.")])

    def turn(*arguments: object) -> object:
        for failure in failures:
            raise failure
        return real(*arguments)  # type: ignore[arg-type]

    with person("Hello!", "Hello again!"), mock.patch.object(chat_command, "_turn", turn):
        done = terminal.run("chat", "--json", "--max-tokens", "2")
    assert done.returncode == 0
    assert "assistant: It does not fit." in done.stderr
    assert json.loads(done.stdout)["question"] == "Hello again!"


def test_ctrl_c_while_reading_ahead_or_its_failure_ends_without_a_traceback(terminal: Terminal) -> None:
    with person(KeyboardInterrupt), mock.patch.object(Engine, "read_ahead", side_effect=ModelError("Broken.")):
        done = terminal.run("chat", "--max-tokens", "2")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_an_answer_cannot_steer_the_terminal(terminal: Terminal) -> None:
    told(terminal, "\x1b[2J\u202e roses")
    listed = terminal.ok("memory", "list")
    assert "\x1b" not in listed
    assert "\\x1b[2J\\u202e roses" in listed
    with mock.patch.object(Answering, "__iter__", return_value=iter(["\x1b]0;x\x07"])):
        piece = terminal.run("chat", "Hello!", "--temporary").stdout
    assert piece.startswith("\\x1b]0;x\\x07")


def test_a_wrong_command_line_is_one_line(terminal: Terminal) -> None:
    for command in (("memory", "dance"), ("--fast",), ("memory", "list", "--limit", "many")):
        done = terminal.run(*command)
        assert done.returncode == 2
        assert done.stderr.startswith("assistant: ")
        assert len(done.stderr.splitlines()) == 1


def test_a_display_that_nobody_serves_leads_to_the_terminal(processes: Processes) -> None:
    processes.keys["DISPLAY"] = ":4242"
    save_settings(Home(processes.home), Settings(generation=Generation(max_tokens=4)))
    done = processes.run(stdin="Hello!")
    assert done.returncode == 0
    assert "no display" in done.stderr
