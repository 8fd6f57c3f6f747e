"""The lock screen over the real vault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from assistant.conversation.session import Session
from assistant.paths import Home
from assistant.ui.lock import LockWidget
from assistant.ui.tasks import Tasks

from .welcome.test_welcome import WORDS, Keyring

Opener = Callable[..., LockWidget]


def is_open(lock: LockWidget) -> bool:
    return lock._session.stage == "open"


@pytest.fixture
def home(tmp_path: Path, model_home: Home) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    home.models.symlink_to(model_home.models)
    return home


@pytest.fixture
def code(home: Home) -> str:
    """A vault with a passphrase and this recovery code."""
    session = Session(home, keyring=None)
    session.create(passphrase=WORDS)
    code = session.new_recovery_code()
    session.close()
    return code


@pytest.fixture
def open_lock(home: Home, tasks: Tasks) -> Iterator[Opener]:
    made: list[LockWidget] = []

    def make(keyring: KeyringBackend | None = None) -> LockWidget:
        lock = LockWidget(Session(home, keyring=keyring), tasks)
        lock.resize(1000, 700)
        lock.show()
        made.append(lock)
        return lock

    yield make
    for lock in made:
        lock.close()
        lock._session.close()


def test_the_passphrase_unlocks(open_lock: Opener, code: str) -> None:
    lock = open_lock()
    unlocked = QSignalSpy(lock.unlocked)
    assert not lock.keyring_button.isVisible()
    QTest.keyClicks(lock.field, WORDS)
    QTest.keyClick(lock.field, Qt.Key.Key_Return)
    assert unlocked.count() == 1
    assert is_open(lock)
    assert lock.field.text() == ""


def test_a_wrong_passphrase_is_told_and_can_be_corrected(open_lock: Opener, code: str) -> None:
    lock = open_lock()
    lock.field.setText("not this one")
    lock.unlock_button.click()
    assert lock.error_words()
    assert not is_open(lock)
    lock.field.setText(WORDS)
    lock.unlock_button.click()
    assert is_open(lock)


def test_failed_tries_slow_down_also_after_a_restart_and_the_code_is_not_kept_waiting(
    open_lock: Opener, code: str, home: Home
) -> None:
    lock = open_lock()
    for _ in range(4):
        lock.field.setText("not this one")
        lock.unlock_with_passphrase()
    assert not lock.unlock_button.isEnabled()
    assert "2 seconds" in lock._waiting.text()
    lock.field.setText(WORDS)
    lock.unlock_with_passphrase()
    assert not is_open(lock)
    restarted = open_lock()
    restarted.field.setText(WORDS)
    assert not restarted.unlock_button.isEnabled()
    restarted.forgot_button.click()
    restarted.code.setText(code)
    assert restarted.code_button.isEnabled()
    home.vault.with_suffix(".tries").unlink()  # the time that passes
    lock._tick()
    lock._tick()
    lock.unlock_with_passphrase()
    assert is_open(lock)


def test_who_forgot_the_passphrase_uses_the_code_and_sets_a_new_one(open_lock: Opener, code: str) -> None:
    lock = open_lock()
    unlocked = QSignalSpy(lock.unlocked)
    lock.forgot_button.click()
    lock.code.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
    lock.code_button.click()
    assert "typing error" in lock.error_words()
    lock.code.setText(code.lower().replace("-", " "))
    lock.code_button.click()
    assert is_open(lock)
    assert unlocked.count() == 0
    lock.new.first.setText("umbrella seven cumin")
    lock.new.second.setText("umbrella seven cumin")
    lock.renew_button.click()
    assert unlocked.count() == 1
    lock._session.lock()
    lock._session.unlock(passphrase="umbrella seven cumin")


def test_a_new_passphrase_can_wait(open_lock: Opener, code: str) -> None:
    lock = open_lock()
    unlocked = QSignalSpy(lock.unlocked)
    lock.forgot_button.click()
    lock.code.setText(code)
    lock.unlock_with_code()
    lock.later_button.click()
    assert unlocked.count() == 1
    lock._session.lock()
    lock._session.unlock(passphrase=WORDS)


@pytest.fixture
def keyring(home: Home) -> Keyring:
    """A vault that this keyring opens, or the passphrase."""
    keyring = Keyring()
    session = Session(home, keyring=keyring)
    session.create(passphrase=WORDS, use_keyring=True)
    session.close()
    return keyring


def test_at_the_start_the_keyring_opens_it_by_itself(open_lock: Opener, keyring: Keyring) -> None:
    assert is_open(open_lock(keyring))


def test_after_the_user_locked_it_the_keyring_waits_to_be_asked(open_lock: Opener, keyring: Keyring) -> None:
    lock = open_lock(keyring)
    lock.hide()
    lock._session.lock()
    lock.show()
    assert not is_open(lock)
    lock.keyring_button.click()
    assert is_open(lock)


def test_a_lost_keyring_entry_is_renewed_by_the_passphrase(open_lock: Opener, keyring: Keyring) -> None:
    keyring.kept.clear()
    lock = open_lock(keyring)
    assert not is_open(lock)
    assert "keyring" in lock.error_words()
    lock.field.setText(WORDS)
    lock.unlock_button.click()
    assert is_open(lock)
    lock._session.lock()
    lock._session.unlock()


def test_a_damaged_vault_is_told(open_lock: Opener, code: str, home: Home) -> None:
    home.vault.write_bytes(b"{")
    lock = open_lock()
    assert lock.error_words()


def test_where_only_the_keyring_opens_it_and_that_is_gone_there_is_a_way_out(open_lock: Opener, home: Home) -> None:
    keyring = Keyring()
    session = Session(home, keyring=keyring)
    session.create(use_keyring=True)
    session.close()
    for lock in (open_lock(None), open_lock(Keyring())):
        wanted = QSignalSpy(lock.restore_wanted)
        assert not is_open(lock)
        assert "restore a backup" in lock.error_words()
        assert "Use the passphrase" not in lock.error_words()
        lock.restore_button.click()
        assert wanted.count() == 1
