"""The filter chips and the query that they make."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from assistant.store.records import State
from assistant.ui.inspector.filters import ChatPicker, DaysDialog, FilterBar
from assistant.ui.inspector.listing import Order, Query


@pytest.fixture
def bar(qapp: QApplication) -> FilterBar:
    bar = FilterBar()
    bar.show()
    return bar


def trigger(bar: FilterBar, chip: str, words: str) -> None:
    menu = getattr(bar, chip).menu()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_each_chip_restricts_one_thing(bar: FilterBar) -> None:
    changed = QSignalSpy(bar.changed)
    trigger(bar, "_kind", "Summaries")
    trigger(bar, "_use", "Never used")
    trigger(bar, "order_chip", "Oldest first")
    trigger(bar, "_when", "Last 7 days")
    assert bar.query == Query(
        kinds=frozenset({"summary"}),
        used=False,
        order=Order.OLDEST,
        first_day=date.today() - timedelta(days=6),
        last_day=date.today(),
    )
    assert changed.count() == 4


def test_states_can_be_ticked_one_by_one_and_none_means_all(bar: FilterBar) -> None:
    trigger(bar, "_state", "Active")
    assert bar.query.states == {State.PINNED, State.FADED, State.ASIDE}
    trigger(bar, "_state", "Faded")
    trigger(bar, "_state", "Other version")
    assert bar.query.states == {State.PINNED}
    assert bar._state.accessibleName() == "Pinned"
    trigger(bar, "_state", "Pinned")
    assert bar.query.states == set(State)


def test_clear_keeps_only_the_sorting(bar: FilterBar) -> None:
    assert not bar.clear_button.isVisible()
    trigger(bar, "_kind", "Episodes")
    trigger(bar, "order_chip", "Most used first")
    assert bar.clear_button.isVisible()
    bar.clear_button.click()
    assert bar.query == Query(order=Order.MOST_USED)


def test_last_day_is_included_whole() -> None:
    day = date(2026, 3, 3)
    wanted = Query(first_day=day, last_day=day).filter()
    assert wanted.since is not None
    assert wanted.until is not None
    assert wanted.until - wanted.since == timedelta(days=1)


def test_a_chat_is_found_by_typing_among_many(qapp: QApplication) -> None:
    picker = ChatPicker({f"{n:032x}": f"Chat {n}" for n in range(3000)}, None)
    picker.pop_up(QPoint(0, 0))
    chosen = QSignalSpy(picker.chosen)
    QTest.keyClicks(picker.field, "chat 2718")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert chosen.at(0) == [f"{2718:032x}"]


def test_the_days_dialog_puts_days_in_order(qapp: QApplication) -> None:
    dialog = DaysDialog(date(2026, 3, 9), date(2026, 3, 2))
    assert dialog.days() == (date(2026, 3, 2), date(2026, 3, 9))
