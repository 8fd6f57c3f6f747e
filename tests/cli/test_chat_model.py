"""Which model answers in the terminal: the one that is asked for, the chosen one, or the built-in one in its place."""

from pathlib import Path

import pytest

from assistant.models.add import add_path
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home
from assistant.settings import load_settings
from tests.models.tiny import write_tiny_gguf

from .conftest import PASSPHRASE, Terminal


@pytest.fixture
def terminal(tmp_path: Path, model_home: Home, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """One whose home has a tiny model beside the built-in one."""
    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    for model in (LANGUAGE_MODEL, EMBEDDER):
        (home.models / model.folder).symlink_to(model_home.models / model.folder)
    monkeypatch.setattr("tests.models.tiny.CONTEXT", 2048)
    add_path(home, write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0"))
    return Terminal(home.root, {"ASSISTANT_PASSPHRASE": PASSPHRASE})


def answer(terminal: Terminal, *options: str) -> str:
    (turn,) = terminal.lines("chat", *options, "--max-tokens", "8", "--seed", "1", "Say something.")
    return str(turn["answer"])


def test_an_installed_model_answers_when_it_is_asked_for_and_the_choice_stays(terminal: Terminal) -> None:
    usual = answer(terminal)
    assert answer(terminal, "--temporary", "--model", "Tiny") != usual
    assert load_settings(Home(terminal.home)).generation.model == ""
    terminal.ok("models", "use", "tiny")
    assert answer(terminal, "--temporary") != usual
    assert answer(terminal, "--temporary", "--model", "built-in") == answer(
        terminal, "--temporary", "--model", LANGUAGE_MODEL.folder
    )
    assert load_settings(Home(terminal.home)).generation.model == "tiny"


def test_a_model_that_is_not_there_is_told_before_anything_is_opened(terminal: Terminal) -> None:
    done = terminal.run("chat", "--model", "gpt-9", "hi")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "assistant: No model “gpt-9” is installed. `assistant models list` shows what is.\n"
    assert not (terminal.home / "vault.json").exists()


def test_the_built_in_model_stands_in_for_a_chosen_one_that_is_gone_and_says_so(terminal: Terminal) -> None:
    terminal.ok("models", "use", "tiny")
    (terminal.home / "models" / "tiny").rename(terminal.home / "elsewhere")
    done = terminal.run("chat", "--temporary", "--max-tokens", "8", "Say something.")
    assert done.returncode == 0
    assert done.stdout.strip()
    assert "built-in model answers instead" in done.stderr
    assert "Choose another model" in done.stderr
