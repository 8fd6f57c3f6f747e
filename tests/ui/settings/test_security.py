"""The keys in the settings, over a real vault."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from assistant.conversation.session import Session
from assistant.errors import VaultError, WrongKeyError
from assistant.ui.settings.key_dialog import KeyDialog
from assistant.ui.settings.security import SecurityPage
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.recovery import RecoveryPage
from tests.vault.memory_keyring import MemoryKeyring

from .conftest import PASSPHRASE, shown, words


@pytest.fixture
def page(session: Session, tasks: Tasks) -> Iterator[SecurityPage]:
    yield from shown(SecurityPage, session, tasks)


def asked(page: SecurityPage) -> KeyDialog:
    QApplication.processEvents()
    dialogs = [dialog for dialog in page.findChildren(KeyDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def answer(page: SecurityPage, current: str = PASSPHRASE, new: str = "") -> KeyDialog:
    dialog = asked(page)
    if dialog.current is not None:
        dialog.current.setText(current)
    if new and dialog.new is not None:
        dialog.new.first.setText(new)
        dialog.new.second.setText(new)
    dialog.act_button.click()
    return dialog


def test_the_passphrase_is_changed_by_who_knows_the_old_one(page: SecurityPage, session: Session) -> None:
    page.set_passphrase.click()
    dialog = answer(page, "not the right one", "umbrella seven cumin")
    assert "does not open" in dialog.error_words()
    session.vault.check_passphrase(PASSPHRASE)
    answer(page, PASSPHRASE, "umbrella seven cumin")
    session.vault.check_passphrase("umbrella seven cumin")
    with pytest.raises(WrongKeyError):
        session.vault.check_passphrase(PASSPHRASE)
    assert "The new passphrase opens" in words(page)


def test_guessing_here_slows_down_as_on_the_lock_screen(page: SecurityPage, session: Session) -> None:
    page.new_code.click()
    dialog = asked(page)
    for _ in range(5):
        answer(page, "not the right one")
    assert "several wrong passphrases" in dialog.error_words()
    dialog.reject()
    assert session.vault.wraps == ("passphrase",)


def test_a_recovery_code_is_made_shown_once_and_removed(page: SecurityPage, session: Session) -> None:
    assert "None yet" in words(page)
    assert not page.remove_passphrase.isVisibleTo(page)  # the last way stays
    page.new_code.click()
    answer(page)
    shown = page.findChild(RecoveryPage)
    assert shown is not None
    code = shown._code
    shown.done.click()
    assert shown._code == ""
    session.vault.unlock_with_recovery(code)
    assert page.remove_passphrase.isVisibleTo(page)
    page.remove_recovery.click()
    answer(page)
    assert session.vault.wraps == ("passphrase",)


def test_the_keyring_is_added_renewed_when_it_has_lost_the_entry_and_removed(
    page: SecurityPage, session: Session, keyring: MemoryKeyring
) -> None:
    assert "Not in use" in page.keyring.state.text()
    page.add_keyring.click()
    answer(page)
    assert "keyring" in session.vault.wraps
    assert page.keyring.state.text() == "In use."
    keyring.entries.clear()
    page.refresh()
    assert "lost the entry" in page.keyring.state.text()
    assert page.add_keyring.text() == "Renew"
    page.add_keyring.click()
    answer(page)
    session.vault.unlock_with_keyring()
    page.remove_keyring.click()
    answer(page)
    assert session.vault.wraps == ("passphrase",)
    assert keyring.entries == {}


def test_a_passphrase_can_be_taken_away_and_set_again_where_there_is_another_way(
    page: SecurityPage, session: Session
) -> None:
    session.vault.add_keyring()
    page.refresh()
    page.remove_passphrase.click()
    answer(page)
    assert session.vault.wraps == ("keyring",)
    assert page.set_passphrase.text() == "Set…"
    page.set_passphrase.click()
    assert asked(page).current is None
    answer(page, new="umbrella seven cumin")
    session.vault.check_passphrase("umbrella seven cumin")


def test_the_data_key_is_changed_and_the_memory_goes_on(page: SecurityPage, session: Session) -> None:
    key = session.vault.content().key_id
    session.new_recovery_code()
    before, after = QSignalSpy(page.resealing), QSignalSpy(page.resealed)
    page.reseal.click()
    answer(page, "not the right one")
    assert session.vault.content().key_id == key
    answer(page)
    assert (before.count(), after.count()) == (2, 1)
    assert session.vault.content().key_id != key
    assert [record.text for record in session.memory.matching("boiler")]
    shown = page.findChild(RecoveryPage)
    assert shown is not None
    session.vault.unlock_with_recovery(shown._code)
    shown.done.click()


def test_a_dialog_keeps_nothing_of_what_was_typed(page: SecurityPage) -> None:
    page.set_passphrase.click()
    dialog = asked(page)
    assert dialog.current is not None
    assert dialog.new is not None
    QTest.keyClicks(dialog.current, PASSPHRASE)
    dialog.new.first.setText("umbrella")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.current.text() == dialog.new.passphrase() == ""


def test_what_cannot_be_read_is_told(page: SecurityPage, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> None:
        raise VaultError("The vault file is damaged.")

    monkeypatch.setattr(session.vault, "content", failing)
    page.refresh()
    assert "damaged" in page.error_words()


def test_without_an_open_memory_there_is_nothing_to_change(session: Session, tasks: Tasks) -> None:
    session.lock()
    page = SecurityPage(session, tasks)
    assert not page.set_passphrase.isVisibleTo(page)
    page.deleteLater()
