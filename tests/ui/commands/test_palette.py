"""The palette and the keys over the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from assistant.ui.commands import CommandPalette, ShortcutsDialog
from assistant.ui.main_window import MainWindow
from assistant.ui.settings.dialog import SettingsDialog

from ..test_main_window import press, say, settle

SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def palette(window: MainWindow) -> CommandPalette:
    press(window, Qt.Key.Key_K)
    found = window.findChild(CommandPalette)
    assert found is not None
    return found


def listed(shown: CommandPalette) -> list[str]:
    model = shown.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_typing_a_few_letters_and_enter_does_the_command(window: MainWindow) -> None:
    shown = palette(window)
    QTest.keyClicks(shown.field, "sett")
    assert listed(shown)[0] == "Settings"
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    settle()
    assert window.findChild(CommandPalette) is None
    assert window.findChild(SettingsDialog) is not None


def test_a_chat_is_opened_by_its_name(window: MainWindow) -> None:
    say(window, "My bicycle is green.")
    conversation = window.chat.conversation_id()
    press(window, Qt.Key.Key_N)
    assert window.chat.conversation_id() == ""
    shown = palette(window)
    QTest.keyClicks(shown.field, "bicycle")
    assert len(listed(shown)) == 1
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    settle()
    assert window.chat.conversation_id() == conversation


def test_arrows_choose_and_escape_leaves_everything_as_it_was(window: MainWindow) -> None:
    shown = palette(window)
    before = shown.list.currentIndex().row()
    QTest.keyClick(shown.field, Qt.Key.Key_Down)
    assert shown.list.currentIndex().row() == before + 1
    QTest.keyClick(shown.field, Qt.Key.Key_Up)
    QTest.keyClick(shown.field, Qt.Key.Key_Up)
    assert shown.list.currentIndex().row() == shown.list.model().rowCount() - 1
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    settle()
    assert window.findChild(CommandPalette) is None


def test_what_cannot_be_done_now_is_not_offered(window: MainWindow) -> None:
    assert "Rename this chat…" not in listed(palette(window))


def test_a_lock_closes_it(window: MainWindow) -> None:
    say(window, "My bicycle is green.")
    palette(window)
    window.lock()
    settle()
    assert window.findChild(CommandPalette) is None
    press(window, Qt.Key.Key_K)
    assert window.findChild(CommandPalette) is None


@pytest.mark.parametrize("keys", ["F1", "Ctrl+?"])
def test_the_overview_names_every_key_of_the_window(window: MainWindow, keys: str) -> None:
    QTest.keySequence(window, QKeySequence(keys))
    settle()
    shown = window.findChild(ShortcutsDialog)
    assert shown is not None
    words = [label.text() for label in shown.findChildren(QLabel)]
    for act in window.acts():
        if act.keys:
            assert act.words in words
            assert any(QKeySequence(act.keys[0]).toString() in word for word in words)


def test_no_key_means_two_things(window: MainWindow) -> None:
    taken = [keys.toString() for action in window.findChildren(QAction) for keys in action.shortcuts()]
    assert len(taken) == len(set(taken))
    assert {"Ctrl+K", "Ctrl+N", "Ctrl+L", "Ctrl+F", "Ctrl+Shift+F", "Ctrl+,", "F1"} <= set(taken)


def test_the_keys_work_where_one_types_and_in_the_inspector(window: MainWindow) -> None:
    window.chat.composer.field.setFocus()
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_F, SHIFT)
    QApplication.processEvents()
    assert window.sidebar.search.hasFocus()
    press(window, Qt.Key.Key_I)
    window.inspector.panel.search.setFocus()
    QTest.keyClick(window.inspector.panel.search, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.findChild(CommandPalette) is not None
