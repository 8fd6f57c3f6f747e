"""The timeline: which days a bar stands for, and what clicks and keys choose."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from assistant.ui.inspector.timeline import Timeline, make_bars

FIRST = date(2026, 1, 1)


def days(count: int, each: int = 1) -> dict[date, int]:
    return {FIRST + timedelta(days=n): each for n in range(count)}


@pytest.fixture
def timeline(qapp: QApplication) -> Timeline:
    timeline = Timeline()
    timeline.resize(300, 60)
    timeline.show()
    return timeline


@pytest.mark.parametrize(("span", "most", "bars"), [(10, 60, 10), (100, 60, 15), (500, 60, 17), (3000, 30, 9)])
def test_bars_are_days_then_weeks_then_months_then_years(span: int, most: int, bars: int) -> None:
    made = make_bars(days(span), FIRST, FIRST + timedelta(days=span - 1), most)
    assert len(made) == bars
    assert sum(bar.count for bar in made) == span


def test_no_day_is_lost_between_bars() -> None:
    made = make_bars(days(500), FIRST, FIRST + timedelta(days=499), 60)
    for before, after in pairwise(made):
        assert after.first == before.last + timedelta(days=1)


def test_a_click_on_a_month_looks_closer_and_a_second_click_chooses_a_day(timeline: Timeline) -> None:
    timeline.show_days(days(500), (None, None))
    chosen = QSignalSpy(timeline.range_chosen)
    assert not timeline.bars()[3].is_day
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect_of(3).center().toPoint())
    first, last = chosen.at(0)
    assert (first, last) == (date(2026, 4, 1), date(2026, 4, 30))
    timeline.show_days(days(500), (first, last))
    assert len(timeline.bars()) == 30
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect_of(4).center().toPoint())
    assert chosen.at(1) == [date(2026, 4, 5), date(2026, 4, 5)]


def test_a_drag_chooses_several_days(timeline: Timeline) -> None:
    timeline.show_days(days(20), (None, None))
    chosen = QSignalSpy(timeline.range_chosen)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect_of(7).center().toPoint())
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect_of(3).center().toPoint())
    assert chosen.at(0) == [date(2026, 1, 4), date(2026, 1, 8)]


def test_a_second_click_on_what_is_chosen_shows_all_time_again(timeline: Timeline) -> None:
    timeline.show_days(days(20), (FIRST, FIRST))
    chosen = QSignalSpy(timeline.range_chosen)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect_of(0).center().toPoint())
    assert chosen.at(0) == [None, None]


def test_keys_move_extend_and_choose(timeline: Timeline) -> None:
    timeline.show_days(days(20), (None, None))
    chosen = QSignalSpy(timeline.range_chosen)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert "19 Jan" in timeline.accessibleDescription()
    QTest.keyClick(timeline, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert chosen.at(0) == [date(2026, 1, 18), date(2026, 1, 19)]


def test_in_right_to_left_windows_time_runs_to_the_left(timeline: Timeline) -> None:
    timeline.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    timeline.show_days(days(5), (None, None))
    assert timeline.rect_of(0).left() > timeline.rect_of(4).left()


def test_nothing_to_show_is_no_trouble(timeline: Timeline) -> None:
    timeline.clear()
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    QApplication.processEvents()
    assert timeline.bars() == []


def test_the_keyboard_focus_can_be_seen_before_a_key_is_pressed(timeline: Timeline) -> None:
    timeline.show_days(days(10), (None, None))
    timeline.activateWindow()
    QApplication.processEvents()
    timeline.clearFocus()
    without = timeline.grab().toImage()
    timeline.setFocus()
    assert timeline.hasFocus()
    assert timeline.grab().toImage() != without
