"""With 100,000 memories the list stays as quick as with ten. Bounds: ten times what two slow cores need."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.store.records import Episode
from assistant.ui.inspector.listing import Listing, local_day
from assistant.ui.inspector.memory_table import MemoryTable
from assistant.ui.inspector.rows import MemoryRows

from .conftest import NOON

MANY = 100_000


@pytest.fixture(scope="module")
def listing() -> Listing:
    records = [
        Episode(
            id=f"{n:032x}",
            conversation=f"{n // 50:032x}",
            role="user",
            text=f"Memory number {n} about the hotel with a courtyard. " * 4,
            time=NOON - timedelta(minutes=10 * n),
            position=n,
            message=f"{n:032x}",
        )
        for n in range(MANY)
    ]
    return Listing(records=records, days=Counter(local_day(record.time) for record in records))


def took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - start)


def test_a_large_list_opens_scrolls_and_selects_without_a_pause(qapp: QApplication, listing: Listing) -> None:
    rows = MemoryRows()
    table = MemoryTable(rows)
    table.resize(380, 600)
    table.show()
    rows.show(Listing())
    QApplication.processEvents()
    times = {
        "open": took(lambda: rows.show(listing)),
        "scroll": took(lambda: table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)),
        "end": took(lambda: QTest.keyClick(table, Qt.Key.Key_End)),
        "select all": took(table.selectAll),
        "count": took(table.selected_count),
        "find": took(lambda: rows.row_of(listing.records[-1].id)),
        "hide one": took(lambda: rows.show(listing.without(frozenset({listing.records[5].id})))),
    }
    table.close()
    assert max(times.values()) < 160, times


def test_only_what_is_visible_is_made_into_words(
    qapp: QApplication, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    line = MemoryRows.line

    def counted(self: MemoryRows, row: int) -> object:
        made.append(row)
        return line(self, row)

    monkeypatch.setattr(MemoryRows, "line", counted)
    rows = MemoryRows()
    table = MemoryTable(rows)
    table.resize(380, 600)
    table.show()
    rows.show(listing)
    QApplication.processEvents()
    table.close()
    assert 0 < len(set(made)) < 30
