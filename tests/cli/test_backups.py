"""Backups and forgetting on the terminal: what is still in which file, and how it leaves it."""

import time
from pathlib import Path

import pytest

from assistant.paths import Home
from assistant.vault.wraps import Argon2Cost

from .conftest import PASSPHRASE, Terminal, with_models
from .test_streams import person, told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def test_scheduled_backups_are_set_up_made_listed_cleaned_and_removed(terminal: Terminal, folder: Path) -> None:
    told(terminal, "I like roses.", "I like tulips.")
    assert terminal.lines("vault", "backups") == []
    done = terminal.run("vault", "backups", "--every", "daily", "--folder", str(folder), "--keep", "3", "--now")
    assert done.returncode == 0, done.stderr
    assert "Made daily" in done.stdout
    (backup,) = terminal.lines("vault", "backups")
    assert backup["forgotten"] == 0
    assert "No backup is due" in terminal.run("vault", "backups", "--now").stderr
    forgotten = terminal.run("memory", "forget", "--matching", "roses", "--yes")
    assert backup["file"] in forgotten.stderr
    assert terminal.lines("vault", "backups")[0]["forgotten"] >= 1
    terminal.ok("vault", "backups", "--clean")
    (clean,) = terminal.lines("vault", "backups")
    assert clean["forgotten"] == 0
    assert "Still held" not in terminal.run("memory", "forget", "--matching", "nothing like it", "--yes").stderr
    terminal.ok("vault", "backups", "--remove", backup["file"])
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--every", "daily"), "--folder"),
        (("--folder", "/no/such/folder"), "not a folder"),
        (("--keep", "0"), "1 to 1,000"),
        (("--remove", "/etc/passwd"), "no backup of this memory"),
    ],
)
def test_what_makes_no_sense_for_backups_is_refused_in_one_line(
    terminal: Terminal, options: tuple[str, ...], words: str
) -> None:
    told(terminal, "I like roses.")
    done = terminal.run("vault", "backups", *options)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_restore_tells_what_was_forgotten_since_and_leaves_it_out(
    terminal: Terminal, folder: Path, model_home: Home
) -> None:
    told(terminal, "I like roses.", "I like tulips.")
    terminal.ok("vault", "backup", str(folder / "old.hippo"))
    terminal.ok("memory", "forget", "--matching", "roses", "--yes")
    terminal.ok("vault", "backup", str(folder / "new.hippo"))
    other = Terminal(with_models(terminal.home.parent / "other", model_home), terminal.keys)
    done = other.run("vault", "restore", str(folder / "old.hippo"))
    assert done.returncode == 0, done.stderr
    assert "were forgotten later" in done.stderr
    assert "roses" not in other.ok("memory", "list")
    assert "tulips" in other.ok("memory", "list")
    third = Terminal(with_models(terminal.home.parent / "third", model_home), terminal.keys)
    report = third.lines("vault", "restore", str(folder / "old.hippo"), "--with-forgotten")[0]
    assert report["forgotten_since"] == 0
    assert "roses" in third.ok("memory", "list")


def test_forgetting_everything_makes_new_keys_and_names_the_backups_that_are_left(
    terminal: Terminal, folder: Path
) -> None:
    told(terminal, "I like roses.")
    terminal.ok("vault", "backup", str(folder / "old.hippo"))
    vault = (terminal.home / "vault.json").read_bytes()
    done = terminal.run("memory", "forget", "--everything", "--yes")
    assert done.returncode == 0, done.stderr
    assert "The keys were destroyed" in done.stderr
    assert "old.hippo" in done.stderr
    assert (terminal.home / "vault.json").read_bytes() != vault
    assert terminal.lines("memory", "list") == []
    told(terminal, "I like tulips.")
    terminal.ok("vault", "backup", str(folder / "newer.hippo"))
    terminal.ok("memory", "forget", "--everything", "--yes", "--with-backups")
    assert [path.name for path in folder.iterdir()] == ["old.hippo"]


def test_the_question_before_everything_says_that_the_keys_go(terminal: Terminal) -> None:
    told(terminal, "I like roses.")
    with person("no"):
        done = terminal.run("memory", "forget", "--everything")
    assert "The keys are destroyed" in done.stderr
    assert "roses" in terminal.ok("memory", "list")


def test_after_wrong_passphrases_a_script_with_the_right_one_waits_and_goes_on(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(terminal, "I like roses.")
    wrong = Terminal(terminal.home, {"ASSISTANT_PASSPHRASE": "not the right one"})
    for _ in range(4):
        assert wrong.run("memory", "stats").returncode == 1
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        (terminal.home / "vault.tries").unlink()  # the time that passes

    monkeypatch.setattr(time, "sleep", sleep)
    done = terminal.run("memory", "stats")
    assert done.returncode == 0
    assert waited
    assert 0 < waited[0] <= 2
    assert "next try is in" in done.stderr


def test_the_status_says_what_a_guess_costs_and_a_missing_keyring_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.vault.vault.Argon2Cost", Argon2Cost)  # as it is for people
    told(terminal, "I like roses.")
    assert terminal.lines("vault", "status")[0]["passphrase_cost"]["memory_mb"] >= 64
    done = terminal.run("vault", "keyring")
    assert done.returncode == 1
    assert "no keyring" in done.stderr
    done = terminal.run("vault", "keyring", "--remove")
    assert done.returncode == 0
    assert PASSPHRASE not in done.stderr
