"""Backups in the settings, over a real memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMessageBox, QPushButton

from assistant.conversation.session import Session
from assistant.settings import Backups
from assistant.ui.settings.backups import BackupsPage
from assistant.ui.tasks import Tasks

from .conftest import PASSPHRASE, shown, words


@pytest.fixture
def page(session: Session, tasks: Tasks) -> Iterator[BackupsPage]:
    yield from shown(BackupsPage, session, tasks)


def test_a_backup_is_written_listed_cleaned_and_deleted(page: BackupsPage, session: Session, tmp_path: Path) -> None:
    assert "None that Hippo knows of" in words(page)
    target = tmp_path / "mine.hippo"
    page.back_up(target)
    assert target.exists()
    assert "written and read back" in words(page)
    (row,) = page.rows()
    assert row.clean_button is None
    session.memory.forget([session.memory.matching("boiler")[0].id])
    page.refresh()
    (row,) = page.rows()
    assert "that you forgot since" in words(page)
    assert row.clean_button is not None
    row.clean_button.click()
    (row,) = page.rows()
    assert row.clean_button is None
    assert "no longer holds" in words(page)
    row.remove_button.click()
    box = page.findChild(QMessageBox)
    assert box is not None
    delete = next(b for b in box.findChildren(QPushButton) if b.text() == "Delete")
    delete.click()
    assert not target.exists()
    assert page.rows() == []


def test_a_file_that_cannot_be_written_is_told(page: BackupsPage, tmp_path: Path) -> None:
    page.back_up(tmp_path / "no such folder" / "mine.hippo")
    assert "cannot be written" in page.error_words()
    assert page.now_button.isEnabled()


def test_the_schedule_is_what_was_chosen(page: BackupsPage, session: Session, tmp_path: Path) -> None:
    changed = QSignalSpy(page.changed)
    page.use_folder(tmp_path)
    page.every.setCurrentIndex(page.every.findData("weekly"))
    page.keep.setValue(4)
    assert changed.at(changed.count() - 1)[0] == Backups(every="weekly", folder=str(tmp_path), keep=4)
    page.use_folder(session.home.store / "inside")
    assert "own folder" in page.error_words()
    assert changed.count() == 3


def test_a_backup_under_an_older_key_can_only_be_deleted(page: BackupsPage, session: Session, tmp_path: Path) -> None:
    page.back_up(tmp_path / "mine.hippo")
    session.rekey(passphrase=PASSPHRASE)
    session.memory.forget([session.memory.matching("boiler")[0].id])
    page.refresh()
    (row,) = page.rows()
    assert row.clean_button is None
    assert "older key" in words(page)


def test_a_memory_that_was_put_aside_is_listed_and_deleted(page: BackupsPage, session: Session) -> None:
    aside = session.home.root / "before-restore-1"
    (aside / "store").mkdir(parents=True)
    (aside / "vault.json").write_bytes(b"{}")
    page.refresh()
    assert "from before a backup was restored" in words(page)
    page.remove(aside)
    assert not aside.exists()
    assert "from before" not in words(page)


def test_each_backup_and_any_other_can_be_restored_from_here(page: BackupsPage, tmp_path: Path) -> None:
    wanted = QSignalSpy(page.restore_wanted)
    page.back_up(tmp_path / "mine.hippo")
    page.rows()[0].restore_button.click()
    page.restore_button.click()
    assert [wanted.at(each)[0] for each in range(wanted.count())] == [tmp_path / "mine.hippo", None]
