"""Other devices in the settings: two real memories that meet in a folder."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy, QTest

from assistant.conversation.session import Session
from assistant.paths import Home
from assistant.store.backup import restore_backup
from assistant.ui.settings.backups import BackupsPage
from assistant.ui.settings.dialog import SettingsDialog
from assistant.ui.settings.sharing import SharingPage
from assistant.ui.tasks import Tasks
from tests.memory.conftest import Speaker

from .conftest import PASSPHRASE, shown, words


@pytest.fixture
def page(session: Session, tasks: Tasks) -> Iterator[SharingPage]:
    yield from shown(SharingPage, session, tasks)


def ends(page: SharingPage) -> None:
    until = time.monotonic() + 30
    while page.busy and time.monotonic() < until:
        QTest.qWait(20)
    assert not page.busy


def test_without_a_place_nothing_is_shared(page: SharingPage, session: Session) -> None:
    assert "nothing is exchanged" in words(page)
    assert not page.exchange_button.isEnabled()
    page.share()
    assert "No place was named" in page.error_words()
    page.place.setText("http://example.invalid/x")
    page.share()
    assert page.error_words()
    assert session.settings.sharing.place == ""


def test_what_another_device_was_told_comes_by_way_of_the_folder(
    page: SharingPage, session: Session, tmp_path: Path, model_home: Home
) -> None:
    backup, meeting = tmp_path / "mine.hippo", tmp_path / "meeting"
    meeting.mkdir()
    session.write_backup(backup)
    other_home = Home(tmp_path / "other")
    other_home.create()
    other_home.models.symlink_to(model_home.models)
    restore_backup(backup, other_home, passphrase=PASSPHRASE)
    other = Session(other_home, keyring=None)
    other.unlock(passphrase=PASSPHRASE)
    page.place.setText(str(meeting))
    page.share()
    ends(page)
    assert page.error_words() == ""
    assert page.stop_button.isEnabled()
    other.share(session.settings.sharing)
    Speaker(other.memory).turn("The roof was mended by Otto.")
    other.exchange()
    other.close()
    changed = QSignalSpy(page.memory_changed)
    page.exchange()
    ends(page)
    assert "something was new" in words(page)
    assert changed.count() == 1
    assert session.memory.matching("roof")


def test_a_place_that_is_gone_is_told_and_sharing_can_be_stopped(
    page: SharingPage, session: Session, tmp_path: Path
) -> None:
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    page.place.setText(str(meeting))
    page.share()
    ends(page)
    shutil.rmtree(meeting)
    page.exchange()
    ends(page)
    assert page.error_words()
    page.stop()
    assert session.settings.sharing.place == ""
    assert not page.stop_button.isEnabled()
    assert session.memory.matching("boiler")


def test_a_later_change_of_another_setting_does_not_stop_sharing(
    session: Session, tasks: Tasks, tmp_path: Path
) -> None:
    dialog = SettingsDialog(session, tasks)
    page = dialog.findChild(SharingPage)
    assert page is not None
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    page.place.setText(str(meeting))
    page.share()
    ends(page)
    backups = dialog.findChild(BackupsPage)
    assert backups is not None
    backups.keep.setValue(5)
    dialog.reject()
    assert session.settings.backups.keep == 5
    assert session.settings.sharing.place == str(meeting)
