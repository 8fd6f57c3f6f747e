"""The sign in the desktop's tray: what it offers, and when it tells of an answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from assistant.ui.main_window import MainWindow
from assistant.ui.tray import LONG_ANSWER_SECONDS, QuickEntry, Tray

from .test_main_window import settle


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("assistant.ui.tray.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words: list[str] = []
    monkeypatch.setattr(Tray, "tell", lambda _self, said: words.append(said))
    return words


def test_a_long_answer_is_told_of_once_where_nobody_looks(clock: list[float], told: list[str]) -> None:
    window = QWidget()
    tray = Tray(window, available=lambda: False)
    tray.answering(True)
    clock[0] += LONG_ANSWER_SECONDS / 2
    tray.answering(True)
    clock[0] += LONG_ANSWER_SECONDS
    tray.answering(False)
    tray.answering(False)
    assert told == ["Hippo has answered."]


def test_a_short_answer_is_not_told_of(clock: list[float], told: list[str]) -> None:
    tray = Tray(QWidget(), available=lambda: False)
    tray.answering(True)
    clock[0] += 1
    tray.answering(False)
    assert told == []


def test_an_answer_that_the_user_sees_is_not_told_of(window: MainWindow, clock: list[float], told: list[str]) -> None:
    window.activateWindow()
    QApplication.processEvents()
    assert window.isActiveWindow()
    window.tray.answering(True)
    clock[0] += 60
    window.tray.answering(False)
    assert told == []


def test_the_quick_entry_asks_in_a_new_chat(window: MainWindow) -> None:
    window.tray.quick_entry()
    entry = window.findChild(QuickEntry)
    assert entry is not None
    QTest.keyClicks(entry.field, "My kite is red.")
    QTest.keyClick(entry.field, Qt.Key.Key_Return)
    settle()
    assert window.findChild(QuickEntry) is None
    assert window.chat.chat is not None
    assert window.chat.chat.messages[0].text == "My kite is red."


def test_a_question_asked_while_hippo_is_locked_waits_for_the_unlocking(window: MainWindow) -> None:
    window.lock()
    settle()
    window.ask("My kite is red.")
    assert window.chat.composer.text() == ""
    window.session.unlock(passphrase="correct horse battery staple")
    window._unlocked()
    assert window.chat.composer.text() == "My kite is red."


def test_an_empty_quick_entry_asks_nothing(qapp: QApplication) -> None:
    entry = QuickEntry()
    asked = QSignalSpy(entry.asked)
    entry.show()
    QTest.keyClick(entry.field, Qt.Key.Key_Return)
    assert asked.count() == 0
    assert entry.isVisible()
    entry.close()


def test_the_menu_shows_what_is_paused_and_what_cannot_be_done_while_locked(window: MainWindow) -> None:
    window.tray.show_state(unlocked=False, paused=True)
    texts = {action.text(): action for action in window.tray.menu.actions()}
    assert texts["Pause remembering in all chats"].isChecked()
    assert not texts["Lock now"].isEnabled()
