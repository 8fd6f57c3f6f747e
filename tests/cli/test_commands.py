"""The terminal contract of each command, on the real product."""

import json
from pathlib import Path
from unittest import mock

import pytest
from msgspec.structs import replace

from assistant.errors import SealError
from assistant.paths import Home
from assistant.settings import Generation, Settings, load_settings, save_settings
from assistant.store.codec import Codec
from assistant.store.records import Episode, Record

from .conftest import PASSPHRASE, Processes, Terminal

LINES = [
    {
        "conversation": "trip",
        "role": "Ines",
        "text": "I booked the small hotel near Alfama.",
        "time": "2026-03-03T10:00:00",
        "source_id": "trip/1",
    },
    {
        "conversation": "trip",
        "role": "Tom",
        "text": "Does it have a courtyard?",
        "time": "2026-03-03T10:01:00",
        "source_id": "trip/2",
    },
    {
        "conversation": "trip",
        "role": "Ines",
        "text": "Yes, with lemon trees.",
        "time": "2026-03-03T10:02:00",
        "source_id": "trip/3",
    },
    {
        "conversation": "tax",
        "role": "user",
        "text": "My tax return is due in July.",
        "time": "2026-04-01T08:00:00",
        "source_id": "tax/1",
    },
]


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    file = terminal.home.parent / "lines.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    report = terminal.lines("memory", "import", str(file))[0]
    assert (report["messages"], report["known"], report["conversations"]) == (4, 0, 2)
    return terminal


def test_an_import_is_found_by_words_and_by_meaning_inside_its_conversation(filled: Terminal) -> None:
    batch = filled.home.parent / "queries.jsonl"
    batch.write_text(
        '{"query": "where do we stay in Lisbon?", "conversation": "trip"}\n{"query": "when is the tax return due?"}\n'
    )
    trip, tax = filled.lines("memory", "search", "--batch", str(batch), "--limit", "2", "--kind", "episode")
    assert trip["query"] == "where do we stay in Lisbon?"
    assert trip["results"][0]["source_id"] == "trip/1"
    assert {r["conversation"] for r in trip["results"]} == {"trip"}
    assert tax["results"][0] | {"score": 0, "id": ""} == {
        "id": "",
        "source_id": "tax/1",
        "kind": "episode",
        "conversation": "tax",
        "role": "user",
        "text": "My tax return is due in July.",
        "time": tax["results"][0]["time"],
        "score": 0,
    }
    assert tax["results"][0]["time"].startswith("2026-04-01T08:00:00")
    assert len(tax["results"]) == 2
    assert tax["ms"] > 0


def test_importing_again_adds_only_what_is_new(filled: Terminal) -> None:
    file = filled.home.parent / "more.jsonl"
    more = {"conversation": "trip", "role": "Tom", "text": "Lovely.", "source_id": "trip/4"}
    file.write_text("".join(json.dumps(line) + "\n" for line in [*LINES, more]))
    report = filled.lines("memory", "import", str(file))[0]
    assert (report["messages"], report["known"]) == (1, 4)
    assert filled.lines("memory", "stats")[0]["episodes"] == 5


def test_a_corrupt_import_keeps_nothing_and_loses_nothing(filled: Terminal) -> None:
    file = filled.home.parent / "bad.jsonl"
    file.write_text('{"text": "good"}\n{"text": \n')
    done = filled.run("memory", "import", str(file))
    assert done.returncode == 1
    assert "Line 2" in done.stderr
    assert "Traceback" not in done.stderr
    assert filled.lines("memory", "stats")[0]["episodes"] == 4


def test_a_memory_is_shown_edited_pinned_faded_and_restored(filled: Terminal) -> None:
    hit = filled.lines("memory", "search", "tax return")[0]["results"][0]
    short = hit["id"][:8]
    edited = filled.lines("memory", "edit", short, "My tax return is due in October.")[0]
    assert edited["id"] == hit["id"]
    assert "October" in filled.ok("memory", "search", "tax return")
    assert "July" not in filled.ok("memory", "search", "tax return")
    assert filled.lines("memory", "pin", short)[0]["state"] == "pinned"
    assert filled.lines("memory", "fade", short)[0]["state"] == "faded"
    assert filled.lines("memory", "restore", short)[0]["state"] == "active"
    shown = filled.lines("memory", "show", short)[0]
    assert [revision["text"] for revision in shown["history"]] == ["My tax return is due in July."]


def test_forgetting_takes_ids_words_days_conversations_or_everything(filled: Terminal) -> None:
    assert filled.lines("memory", "forget", "--matching", "lemon", "--yes")[0]["episodes"] == 1
    assert filled.lines("memory", "forget", "--matching", "lemon", "--yes")[0]["episodes"] == 0
    assert filled.lines("memory", "forget", "--before", "2026-03-03", "--yes")[0]["episodes"] == 0
    assert filled.lines("memory", "forget", "--before", "2026-04-01", "--yes")[0]["episodes"] == 2
    assert filled.lines("memory", "forget", "--conversation", "tax", "--yes")[0]["conversations"] == 1
    assert filled.lines("memory", "list") == []
    stats = filled.lines("memory", "stats")[0]
    assert (stats["episodes"], stats["conversations"], stats["summaries"]) == (0, 0, 0)


def test_forgetting_everything_leaves_nothing(filled: Terminal) -> None:
    assert filled.lines("memory", "forget", "--everything", "--yes")[0]["verified"]
    assert filled.lines("memory", "list") == []
    assert filled.lines("memory", "search", "tax")[0]["results"] == []


def test_forgetting_asks_first_and_without_anybody_to_ask_does_nothing(filled: Terminal) -> None:
    done = filled.run("memory", "forget", "--everything")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert filled.lines("memory", "stats")[0]["episodes"] == 4


def test_an_export_can_be_imported_into_another_home(filled: Terminal) -> None:
    export = filled.home.parent / "all.jsonl"
    filled.ok("memory", "export", str(export), "--yes")
    other = Terminal(filled.home.parent / "other", filled.keys)
    other.ok("memory", "import", str(export))
    mine = {
        (r["text"], r["time"], r["role"], r["source_id"]) for r in filled.lines("memory", "list", "--kind", "episode")
    }
    theirs = {
        (r["text"], r["time"], r["role"], r["source_id"]) for r in other.lines("memory", "list", "--kind", "episode")
    }
    assert mine == theirs


def test_a_batch_of_questions_is_answered_from_memory_and_writes_nothing(filled: Terminal) -> None:
    batch = filled.home.parent / "questions.jsonl"
    batch.write_text(
        '{"question": "Where is the hotel?", "conversation": "trip"}\n{"question": "When is my tax return due?"}\n'
    )
    before = filled.lines("memory", "list")
    answers = filled.lines("chat", "--batch", str(batch), "--max-tokens", "12", "--answers", "short")
    assert not any("you said" in a["answer"] for a in answers)
    assert [a["question"] for a in answers] == ["Where is the hotel?", "When is my tax return due?"]
    assert "trip/1" in [m["source_id"] for m in answers[0]["memories"]]
    assert "tax/1" in [m["source_id"] for m in answers[1]["memories"]]
    for answer in answers:
        assert answer["answer"]
        assert 0 < answer["prompt_tokens"] <= 3500
        assert set(answer["ms"]) == {"recall", "prefill", "generate"}
    assert filled.lines("memory", "list") == before


def test_a_conversation_goes_on_where_it_was_left(terminal: Terminal) -> None:
    first = terminal.lines("chat", "Let us talk about my garden.", "--max-tokens", "5")[0]
    second = terminal.lines("chat", "--conversation", first["conversation"], "And my roses.", "--max-tokens", "5")[0]
    assert second["conversation"] == first["conversation"]
    assert terminal.lines("memory", "stats")[0]["conversations"] == 1
    assert second["prompt_tokens"] > first["prompt_tokens"]


def test_text_may_come_on_stdin(terminal: Terminal) -> None:
    assert terminal.lines("chat", "--max-tokens", "4", stdin="Good morning!")[0]["question"] == "Good morning!"


def test_a_temporary_chat_reads_and_writes_nothing(filled: Terminal) -> None:
    before = filled.lines("memory", "list")
    answer = filled.lines("chat", "--temporary", "Where is the hotel in Alfama?", "--max-tokens", "5")[0]
    assert answer["memories"] == []
    assert filled.lines("memory", "list") == before


def test_while_remembering_is_paused_a_chat_says_so_and_neither_reads_nor_writes(filled: Terminal) -> None:
    home, before = Home(filled.home), filled.lines("memory", "list")
    settings = load_settings(home)
    save_settings(home, replace(settings, memory=replace(settings.memory, paused=True)))
    done = filled.run("chat", "Where is the hotel in Alfama?", "--max-tokens", "5", "--json")
    assert "Remembering is paused" in done.stderr
    assert json.loads(done.stdout)["memories"] == []
    assert filled.lines("memory", "list") == before


def test_without_keyring_passphrase_or_terminal_the_chat_is_temporary_and_says_so(terminal: Terminal) -> None:
    terminal.keys = {}
    done = terminal.run("chat", "Hello!", "--max-tokens", "4", "--json")
    assert done.returncode == 0
    assert "nothing will be remembered" in done.stderr
    assert not (terminal.home / "vault.json").exists()
    assert not (terminal.home / "store").exists()


def test_without_a_display_the_command_alone_says_so_and_chats(processes: Processes) -> None:
    save_settings(Home(processes.home), Settings(generation=Generation(max_tokens=4)))
    done = processes.run(stdin="Hello!")
    assert done.returncode == 0
    assert "no display" in done.stderr
    assert done.stdout.strip()


def test_a_wrong_passphrase_is_a_clear_error(filled: Terminal) -> None:
    filled.keys = {"ASSISTANT_PASSPHRASE": "not the right one"}
    done = filled.run("memory", "list")
    assert done.returncode == 1
    assert "passphrase" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "command",
    [
        ("memory", "show", "ffffffff"),
        ("memory", "search", ""),
        ("memory", "search", "x", "--limit", "0"),
        ("memory", "forget", "--yes"),
        ("memory", "forget", "--before", "soon", "--yes"),
        ("memory", "forget", "--before", "0001-01-01", "--yes"),
        ("memory", "list", "--limit", "-1"),
        ("memory", "import", "missing.jsonl"),
        ("memory", "export", "memories.txt", "--yes"),
        ("memory", "list", "--conversation", "nowhere"),
        ("chat", "--batch", "missing.jsonl"),
        ("chat", "--model", "gpt-9", "hi"),
        ("chat", "   "),
    ],
)
def test_a_bad_request_is_one_clear_line(filled: Terminal, command: tuple[str, ...]) -> None:
    done = filled.run(*command, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("assistant: ")
    assert "Traceback" not in done.stderr
    assert "unforeseen" not in done.stderr


def test_the_vault_tells_which_keys_open_it(terminal: Terminal) -> None:
    assert terminal.lines("vault", "status")[0]["exists"] is False
    terminal.ok("chat", "Hello!", "--max-tokens", "2")
    status = terminal.lines("vault", "status")[0]
    assert status["keys"] == ["passphrase"]
    assert status["keyring_available"] is False
    code = terminal.lines("vault", "recovery")[0]["recovery_code"]
    assert len(code.replace("-", "")) >= 26
    assert terminal.lines("vault", "status")[0]["keys"] == ["passphrase", "recovery"]


def test_a_backup_is_sealed_and_restores_in_another_home(filled: Terminal) -> None:
    backup = filled.home.parent / "all.hippo"
    filled.ok("vault", "backup", str(backup))
    assert b"Alfama" not in backup.read_bytes()
    other = Terminal(filled.home.parent / "other", filled.keys)
    other.ok("vault", "restore", str(backup))
    assert other.lines("memory", "list") == filled.lines("memory", "list")
    again = other.run("vault", "restore", str(backup))
    assert again.returncode == 1


def test_rekeying_keeps_every_memory_and_changes_every_sealed_byte(filled: Terminal) -> None:
    before = filled.lines("memory", "list")
    filled.ok("vault", "rekey")
    assert filled.lines("memory", "list") == before


def test_rekeying_in_json_gives_the_new_recovery_code(terminal: Terminal) -> None:
    told = terminal.lines("vault", "status")
    assert told[0]["exists"] is False
    terminal.ok("chat", "Hello!", "--max-tokens", "2")
    code = terminal.lines("vault", "recovery")[0]["recovery_code"]
    done = terminal.lines("vault", "rekey")
    assert len(done) == 1
    assert done[0]["recovery_code"] not in ("", code)


def test_damaged_rows_are_told_and_go_with_everything(filled: Terminal) -> None:
    codec_open = Codec.open

    def damaged(codec: Codec, row: bytes, box: bytes) -> tuple[int, Record]:
        number, record = codec_open(codec, row, box)
        if isinstance(record, Episode) and "lemon" in record.text:
            raise SealError("It was altered.")
        return number, record

    with mock.patch.object(Codec, "open", damaged):
        done = filled.run("memory", "forget", "--everything", "--yes", "--json")
    assert "1 damaged row of the memory was set aside" in done.stderr
    assert json.loads(done.stdout)["verified"]
    stats = filled.run("memory", "stats", "--json")
    assert "damaged row of" not in stats.stderr
    assert json.loads(stats.stdout)["episodes"] == 0


def test_check_reports_what_works(filled: Terminal, processes: Processes) -> None:
    findings = {f["check"]: f for f in processes.lines("check")}
    assert findings["memory"]["ok"]
    assert findings["memory"]["detail"].startswith("4 episodes")
    assert findings["offline guard"]["ok"]
    assert findings["language model"]["ok"]


def test_the_version_and_the_help_need_no_home(tmp_path: Path) -> None:
    nowhere = Terminal(tmp_path / "nowhere", {"ASSISTANT_PASSPHRASE": PASSPHRASE})
    assert nowhere.run("--version").stdout.startswith("Hippo ")
    assert "memory" in nowhere.run("--help").stdout
    assert not nowhere.home.exists()
