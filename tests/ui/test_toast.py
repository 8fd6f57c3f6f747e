"""Toasts: they go by themselves, their action can be chosen until then, and several have room."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTextEdit, QToolButton, QVBoxLayout, QWidget

from assistant.ui.widgets.toast import Toaster


@pytest.fixture
def host(qapp: QApplication) -> Iterator[QWidget]:
    host = QWidget()
    host.resize(600, 400)
    host.show()
    yield host
    host.close()


def test_a_toast_goes_when_its_time_is_over(host: QWidget) -> None:
    over: list[str] = []
    toaster = Toaster(host)
    toaster.show("Saved", seconds=0.2, expired=lambda: over.append("expired"))
    QTest.qWait(600)
    assert over == ["expired"]
    assert toaster.toasts == []


def test_its_action_is_called_once_and_then_it_does_not_expire(host: QWidget) -> None:
    calls: list[str] = []
    toaster = Toaster(host)
    toast = toaster.show(
        "Forgotten", action="Undo", acted=lambda: calls.append("undo"), expired=lambda: calls.append("expired")
    )
    assert toast.button is not None
    toast.button.click()
    toast.expire()
    assert calls == ["undo"]


def test_the_countdown_shows_the_seconds_that_are_left(host: QWidget) -> None:
    toast = Toaster(host).show("Forgotten", action="Undo", seconds=10)
    assert toast.countdown is not None
    assert toast.countdown.accessibleName() == "10 seconds left"


def test_undo_keys_act_on_the_newest_toast_but_not_while_typing(host: QWidget) -> None:
    calls: list[str] = []
    toaster = Toaster(host)
    field = QTextEdit(host)
    field.show()
    host.activateWindow()
    QTest.qWait(50)
    toaster.show("First", action="Undo", shortcut="Ctrl+Z", acted=lambda: calls.append("first"))
    toaster.show("Second", action="Undo", shortcut="Ctrl+Z", acted=lambda: calls.append("second"))
    host.setFocus()
    QTest.keyClick(host, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert calls == ["second"]
    field.setFocus()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert calls == ["second"]
    assert field.toPlainText() == ""


def test_toasts_of_two_toasters_in_one_window_do_not_cover_each_other(host: QWidget) -> None:
    first, second = Toaster(host).show("One", seconds=9), Toaster(host).show("Two", seconds=9)
    assert not first.geometry().intersects(second.geometry())


def test_a_long_message_stays_within_a_narrow_window(host: QWidget) -> None:
    toast = Toaster(host).show("This is a very long message that has to be broken into lines. " * 3, action="Undo")
    host.resize(320, 400)
    QApplication.processEvents()
    assert host.rect().contains(toast.geometry())
    label = toast._label
    assert label.height() >= label.heightForWidth(label.width())


def test_undo_keys_act_from_a_field_that_has_nothing_to_undo(host: QWidget) -> None:
    calls: list[str] = []
    column = QVBoxLayout(host)
    fields = [QLineEdit(host), QTextEdit(host)]
    for field in fields:
        column.addWidget(field)
    host.activateWindow()
    QApplication.processEvents()
    toaster = Toaster(host)
    for field in fields:
        field.setFocus()
        toaster.show("Forgotten", action="Undo", shortcut="Ctrl+Z", acted=lambda: calls.append("undo"))
        toaster.show("Saved")
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert calls == ["undo", "undo"]


def test_undo_keys_belong_to_a_field_with_words_typed_into_it_first(host: QWidget) -> None:
    calls: list[str] = []
    field = QLineEdit(host)
    field.show()
    host.activateWindow()
    QApplication.processEvents()
    Toaster(host).show("Forgotten", action="Undo", shortcut="Ctrl+Z", acted=lambda: calls.append("undo"))
    field.setFocus()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), calls) == ("", [])
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert calls == ["undo"]


def test_undo_is_one_tab_away_and_gives_the_keyboard_back(host: QWidget) -> None:
    column = QVBoxLayout(host)
    fields = [QLineEdit(host) for _ in range(4)]
    for field in fields:
        column.addWidget(field)
    host.activateWindow()
    QApplication.processEvents()
    fields[1].setFocus()
    toast = Toaster(host).show("Forgotten", action="Undo")
    QTest.keyClick(fields[1], Qt.Key.Key_Tab)
    assert toast.button is not None
    assert toast.button.hasFocus()
    QTest.keyClick(toast.button, Qt.Key.Key_Space)
    assert toast.over
    assert fields[1].hasFocus()


def test_only_a_message_without_an_action_can_be_closed(host: QWidget) -> None:
    toaster = Toaster(host)
    assert toaster.show("Forgotten", action="Undo", seconds=9).findChildren(QToolButton) == []
    plain = toaster.show("Saved", seconds=9)
    plain.findChildren(QToolButton)[0].click()
    assert plain.over


def test_time_stops_while_a_dialog_asks_something(host: QWidget) -> None:
    over: list[str] = []
    Toaster(host).show("Forgotten", action="Undo", seconds=0.4, expired=lambda: over.append("expired"))
    dialog = QDialog(host)
    dialog.open()
    QTest.qWait(800)
    assert over == []
    dialog.close()
    QTest.qWait(800)
    assert over == ["expired"]


def test_it_stays_clear_of_what_stands_at_the_lower_edge(host: QWidget) -> None:
    toaster = Toaster(host)
    toast = toaster.show("Saved", seconds=9)
    assert host.height() - toast.geometry().bottom() >= 150
    toaster.set_margin(80)
    assert host.height() - toast.geometry().bottom() - 1 == 80
    host.resize(600, 90)
    QApplication.processEvents()
    assert host.rect().contains(toast.geometry())


def test_a_notice_leads_somewhere_or_is_closed_at_once(host: QWidget) -> None:
    calls: list[str] = []
    toaster = Toaster(host)
    toast = toaster.show("Two are past their time", action="Show", notice=True, acted=lambda: calls.append("show"))
    assert toast.countdown is None
    assert toast.close_button is not None
    toast.close_button.click()
    assert calls == []
    assert toaster.toasts == []
    again = toaster.show("Two are past their time", action="Show", notice=True, acted=lambda: calls.append("show"))
    assert again.button is not None
    again.button.click()
    assert calls == ["show"]
