"""Restoring a backup from the window, over a real memory. The embedder is real; no language model is needed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.conversation.session import Session
from assistant.errors import StoreError
from assistant.paths import Home
from assistant.store import replacement
from assistant.ui.restore import RestoreDialog
from assistant.ui.tasks import Tasks
from tests.memory.conftest import Speaker

PASSPHRASE = "correct horse battery staple"

Opener = Callable[[Session], RestoreDialog]


@pytest.fixture
def session(tmp_path: Path, model_home: Home) -> Iterator[Session]:
    home = Home(tmp_path / "home")
    home.create()
    home.models.symlink_to(model_home.models)
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    Speaker(session.memory).turn("The boiler was repaired by Nadia.")
    yield session
    session.close()


@pytest.fixture
def backup(session: Session, tmp_path: Path) -> Path:
    """Made while the boiler was remembered; later the violin is said."""
    target = tmp_path / "its own folder" / "mine.hippo"
    target.parent.mkdir()
    session.write_backup(target)
    Speaker(session.memory).turn("My violin needs new strings.")
    return target


@pytest.fixture
def ask(tasks: Tasks) -> Iterator[Opener]:
    made: list[RestoreDialog] = []

    def make(session: Session) -> RestoreDialog:
        dialog = RestoreDialog(session, tasks, lambda then: then())
        dialog.show()
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def knows(session: Session, word: str) -> bool:
    return bool(session.memory.matching(word))


def check(dialog: RestoreDialog, source: Path, passphrase: str = PASSPHRASE) -> None:
    dialog.use_file(source)
    dialog.key.setText(passphrase)
    dialog.check_button.click()
    QApplication.processEvents()


def test_a_backup_takes_the_place_of_the_memory_which_is_put_aside(ask: Opener, session: Session, backup: Path) -> None:
    dialog = ask(session)
    check(dialog, backup)
    assert "is whole" in dialog.summary_words()
    assert "put aside" in dialog.summary_words()
    assert knows(session, "violin")  # until the user says so
    dialog.restore_button.click()
    assert dialog.restored
    assert session.stage == "open"
    assert knows(session, "boiler")
    assert not knows(session, "violin")
    assert dialog.put_aside is not None
    session.close()
    before = Session(Home(dialog.put_aside), keyring=None)
    before.vault.unlock_with_passphrase(PASSPHRASE)
    before.vault.lock()


def test_a_wrong_key_another_file_and_damage_are_told_and_change_nothing(
    ask: Opener, session: Session, backup: Path, tmp_path: Path
) -> None:
    dialog = ask(session)
    (tmp_path / "letter.txt").write_text("Dear Nadia")
    dialog.use_file(tmp_path / "letter.txt")
    assert dialog.error_words()
    assert not dialog.check_button.isEnabled()
    check(dialog, backup, "not the right one")
    assert "does not open" in dialog.error_words()
    damaged = tmp_path / "damaged.hippo"
    data = bytearray(backup.read_bytes())
    data[-100] ^= 1
    damaged.write_bytes(data)
    check(dialog, damaged)
    assert "damaged" in dialog.error_words()
    dialog.reject()
    assert dialog.restored is None
    assert knows(session, "violin")
    assert not (session.home.root / "restoring").exists()


def test_what_was_forgotten_since_is_told_and_stays_forgotten(ask: Opener, session: Session, backup: Path) -> None:
    session.memory.forget([session.memory.matching("boiler")[0].id])
    dialog = ask(session)
    check(dialog, backup)
    assert "forgotten after it was made" in dialog.summary_words()
    dialog.restore_button.click()
    assert session.stage == "open"
    assert not knows(session, "boiler")


def test_who_wants_it_gets_back_what_was_forgotten_since(ask: Opener, session: Session, backup: Path) -> None:
    session.memory.forget([session.memory.matching("boiler")[0].id])
    dialog = ask(session)
    check(dialog, backup)
    assert dialog.with_forgotten.isVisible()
    dialog.with_forgotten.click()
    dialog.restore_button.click()
    assert knows(session, "boiler")


def test_a_recovery_code_opens_a_backup_in_a_new_home(
    ask: Opener, session: Session, tmp_path: Path, model_home: Home
) -> None:
    code = session.new_recovery_code()
    session.write_backup(tmp_path / "mine.hippo")
    home = Home(tmp_path / "another")
    home.create()
    home.models.symlink_to(model_home.models)
    other = Session(home, keyring=None)
    dialog = ask(other)
    dialog.use_file(tmp_path / "mine.hippo")
    dialog.other_key.click()
    assert dialog.code.isVisible()
    QTest.keyClicks(dialog.code, code.lower())
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "put aside" not in dialog.summary_words()
    assert not dialog.with_forgotten.isVisible()
    dialog.restore_button.click()
    assert other.stage == "open"
    assert knows(other, "boiler")
    assert dialog.put_aside is None
    assert dialog.code.text() == ""
    other.close()


def test_cancelling_after_the_check_leaves_nothing_behind(ask: Opener, session: Session, backup: Path) -> None:
    dialog = ask(session)
    check(dialog, backup)
    assert (session.home.root / "restoring").exists()
    dialog.cancel_button.click()
    assert not (session.home.root / "restoring").exists()
    assert dialog.key.text() == ""
    assert knows(session, "violin")


def test_cancelling_stops_the_check(ask: Opener, session: Session, backup: Path) -> None:
    dialog = ask(session)
    dialog._progress.valueChanged.connect(lambda _value: dialog.cancel_button.click())
    check(dialog, backup)
    assert not dialog.isVisible()
    assert dialog.restored is None
    assert not (session.home.root / "restoring").exists()


def test_a_disk_that_refuses_leaves_the_memory_as_it_was(
    ask: Opener, session: Session, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(_home: Home) -> Path:
        raise StoreError("The memory on disk could not be replaced (PermissionError).", next_step="Check the disk.")

    dialog = ask(session)
    check(dialog, backup)
    monkeypatch.setattr(replacement, "take_place", refusing)
    dialog.restore_button.click()
    assert "could not be replaced" in dialog.error_words()
    assert dialog.isVisible()
    dialog.reject()
    session.unlock(passphrase=PASSPHRASE)
    assert knows(session, "violin")
