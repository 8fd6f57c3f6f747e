import time
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from assistant.ui.widgets.virtual_list import VirtualList

HEIGHTS = [30 + 7 * (at % 11) for at in range(5000)]


def build(at: int) -> QWidget:
    label = QLabel(f"row {at}")
    label.setFixedHeight(HEIGHTS[at % 5000])
    return label


@pytest.fixture
def column(qapp: QApplication) -> VirtualList:
    column = VirtualList(build, lambda at, width: 50)
    column.resize(500, 600)
    column.show()
    qapp.processEvents()
    return column


def top_row(column: VirtualList) -> str:
    rows = [row for row in column.built().values() if isinstance(row, QLabel) and row.geometry().bottom() >= 0]
    return min(rows, key=lambda row: row.y()).text()


def test_of_5000_rows_only_those_in_sight_are_built(column: VirtualList) -> None:
    column.reset(5000)
    assert 0 < len(column.built()) < 60
    assert 4999 in column.built()


def test_scrolling_through_5000_rows_stays_smooth(column: VirtualList, qapp: QApplication) -> None:
    column.reset(5000)
    worst = 0.0
    bar = column.verticalScrollBar()
    for step in range(200):
        began = time.perf_counter()
        bar.setValue(bar.maximum() - 120 * step)
        worst = max(worst, time.perf_counter() - began)
    assert len(column.built()) < 200
    assert worst < 0.1


def test_rows_stand_below_each_other_without_gap_or_overlap(column: VirtualList) -> None:
    column.reset(300)
    column.show_row(120)
    rows = sorted(column.built().items())
    for (at, row), (following, next_row) in pairwise(rows):
        if following == at + 1 and row.geometry().bottom() > -300 and next_row.y() < 900:
            assert next_row.y() == row.y() + row.height()


def test_the_end_stays_in_sight_while_rows_are_added(column: VirtualList) -> None:
    column.reset(40)
    for count in range(41, 60):
        column.set_count(count)
        assert column.built()[count - 1].geometry().bottom() <= column.viewport().height()
    assert column.following


def test_what_is_read_stays_in_place_when_rows_are_added(column: VirtualList) -> None:
    column.reset(200)
    column.show_row(50)
    y = column.built()[50].y()
    column.set_count(230)
    assert column.built()[50].y() == y
    assert not column.following


def test_a_wrong_guess_above_does_not_move_what_is_read(column: VirtualList) -> None:
    column.reset(3000)
    column.show_row(1500)
    y = column.built()[1500].y()
    bar = column.verticalScrollBar()
    bar.setValue(bar.value() - 40)
    assert column.built()[1500].y() == y + 40


def test_the_reading_position_can_be_restored(column: VirtualList) -> None:
    column.reset(500)
    column.show_row(123)
    seen, position = top_row(column), column.position()
    column.reset(500)
    assert top_row(column) != seen
    column.set_position(position)
    assert top_row(column) == seen


def test_home_and_end_keys_reach_both_ends(column: VirtualList) -> None:
    column.reset(800)
    QTest.keyClick(column, Qt.Key.Key_Home)
    assert 0 in column.built()
    assert column.built()[0].y() >= 0
    QTest.keyClick(column, Qt.Key.Key_End)
    assert 799 in column.built()
    assert column.following


def test_a_row_that_grows_pushes_the_rows_below(qapp: QApplication) -> None:
    labels: dict[int, QLabel] = {}

    def build_row(at: int) -> QWidget:
        row = QWidget()
        labels[at] = QLabel("one line")
        labels[at].setWordWrap(True)
        QVBoxLayout(row).addWidget(labels[at])
        return row

    column = VirtualList(build_row, lambda at, width: 50)
    column.resize(500, 600)
    column.show()
    column.reset(3)
    qapp.processEvents()
    before = column.built()[1].y()
    labels[0].setText("many words " * 200)
    for _ in range(5):
        qapp.processEvents()
    rows = column.built()
    assert rows[0].height() > 100
    assert rows[1].y() == rows[0].y() + rows[0].height() != before
