"""`assistant models`: what is installed, what can be, and which model answers."""

import shutil
from pathlib import Path

import pytest

from assistant.models.catalogue import catalogue
from assistant.models.library import LANGUAGE_MODEL
from assistant.paths import Home
from assistant.settings import load_settings
from tests.models.fake_hub import FakeHub
from tests.models.tiny import write_tiny_gguf

from .conftest import PASSPHRASE, Processes, Terminal


@pytest.fixture
def terminal(tmp_path: Path, model_home: Home) -> Terminal:
    """One whose models folder a test may change."""
    home = tmp_path / "home"
    shutil.copytree(model_home.models / LANGUAGE_MODEL.folder, home / "models" / LANGUAGE_MODEL.folder)
    return Terminal(home, {"ASSISTANT_PASSPHRASE": PASSPHRASE})


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0")


def chosen(terminal: Terminal) -> str:
    return load_settings(Home(terminal.home)).generation.model


def test_a_model_is_added_listed_used_and_removed(terminal: Terminal, tiny: Path) -> None:
    (added,) = terminal.lines("models", "add", str(tiny))
    assert (added["id"], added["name"], added["architecture"], added["in_use"]) == ("tiny", "Tiny", "llama", False)
    assert terminal.lines("models", "use", "Tiny") == [{"model": "tiny"}]
    listed = {line["id"]: line for line in terminal.lines("models", "list")}
    assert listed.keys() == {"tiny", LANGUAGE_MODEL.folder}
    assert [name for name, line in listed.items() if line["in_use"]] == ["tiny"]
    assert listed[LANGUAGE_MODEL.folder]["built_in"]
    done = terminal.run("models", "remove", "tiny")
    assert (done.returncode, done.stderr) == (0, "The built-in model answers from now on.\n")
    assert chosen(terminal) == ""
    assert [line["id"] for line in terminal.lines("models", "list")] == [LANGUAGE_MODEL.folder]


def test_the_built_in_model_can_be_chosen_again_but_not_removed(terminal: Terminal, tiny: Path) -> None:
    terminal.ok("models", "add", str(tiny), "--name", "Mine")
    assert "mine" in terminal.ok("models", "use", "mine")
    assert chosen(terminal) == "mine"
    for name in ("built-in", LANGUAGE_MODEL.folder, LANGUAGE_MODEL.name):
        terminal.ok("models", "use", name)
        assert chosen(terminal) == ""
    done = terminal.run("models", "remove", LANGUAGE_MODEL.folder)
    assert done.returncode == 1
    assert "stays" in done.stderr


def test_what_is_not_there_is_one_clear_line(terminal: Terminal, tmp_path: Path) -> None:
    for arguments in (["use", "x"], ["remove", "x"], ["add", "x"], ["add", "x.gguf"], ["check", "x"], ["measure", "x"]):
        done = terminal.run("models", *arguments)
        assert done.returncode == 1
        assert done.stderr.startswith("assistant: ")
        assert done.stderr.count("\n") == 1


def test_the_check_finds_damage_and_mends_the_built_in_model(terminal: Terminal, tiny: Path) -> None:
    terminal.ok("models", "add", str(tiny))
    for folder in (terminal.home / "models" / "tiny", terminal.home / "models" / LANGUAGE_MODEL.folder):
        weights = folder / "model.onnx.data"
        weights.write_bytes(weights.read_bytes()[:-1] + b"\xaa")
    done = terminal.run("models", "check", "--json")
    assert done.returncode == 1
    assert '"ok": true' in done.stdout
    assert "damaged (model.onnx.data)" in done.stdout
    assert terminal.run("models", "use", "tiny").returncode == 1


def test_speed_is_measured(terminal: Terminal, tiny: Path) -> None:
    terminal.ok("models", "add", str(tiny))
    (speed,) = terminal.lines("models", "measure", "tiny")
    assert speed["id"] == "tiny"
    assert speed["read_tokens_per_second"] > 0
    assert speed["write_tokens_per_second"] > 0
    assert "tokens a second" in terminal.ok("models", "measure", "tiny")


def test_the_catalogue_is_shown_without_a_connection(terminal: Terminal) -> None:
    lines = terminal.lines("models", "catalogue")
    assert len(lines) >= 10
    assert not any(line["installed"] or line["received"] for line in lines)
    assert {"id", "name", "family", "memory", "licence", "repository", "fits"} <= lines[0].keys()
    assert lines[0]["id"] in terminal.ok("models", "catalogue")


def test_a_model_is_downloaded_by_its_name_and_by_nothing_else(terminal: Terminal, tiny: Path) -> None:
    entry = catalogue()[0]
    hub = FakeHub({entry.files[0]: tiny.read_bytes(), "README.md": b"unwanted"}, repository=entry.repository)
    with hub.running():
        keys = {"HF_ENDPOINT": hub.endpoint, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        keys |= {"HF_HOME": str(terminal.home / "hf")}
        processes = Processes(terminal.home, terminal.keys | keys)
        for arguments in (["list"], ["catalogue"]):
            processes.ok("models", *arguments)
        assert not hub.asked
        assert not hub.described
        (added,) = processes.lines("models", "add", entry.name)
    assert (added["id"], added["licence"], added["bytes"] > 0) == (entry.id, entry.licence, True)
    assert added["origin"].startswith(entry.repository)
    assert [name for name, _ in hub.asked] == list(entry.files)
    assert hub.described == [f"/api/models/{entry.repository}"]
    assert not any("token" in name or "authorization" in name for name in hub.headers)
    assert not (terminal.home / "hf").exists()
