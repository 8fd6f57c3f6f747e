"""What a row of the list says."""

import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from assistant.store.records import Episode, State, new_id
from assistant.ui.inspector.listing import Listing, Query
from assistant.ui.inspector.memory_table import MemoryTable
from assistant.ui.inspector.rows import LEAVE_AT_ONCE, MemoryRows, snippet

from .conftest import NOON


def episode(text: str, **more: object) -> Episode:
    given: dict[str, object] = {"id": new_id(), "conversation": "c", "role": "user", "time": NOON, "position": 0}
    return Episode(**{**given, "text": text, "message": "m", **more})  # type: ignore[arg-type]


def test_a_row_tells_who_when_where_how_often_and_state(qapp: QApplication) -> None:
    said = episode("I am\n\nallergic  to walnuts.", state=State.PINNED)
    rows = MemoryRows()
    rows.show(Listing(records=[said], used={said.id: 4}, titles={"c": "Recipes"}))
    line = rows.line(0)
    assert line.text == "I am allergic to walnuts."
    assert line.meta == "You · Today · pinned · Recipes · used 4×"
    assert line.icon == "pin"
    spoken = rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "walnuts" in spoken
    assert "Recipes" in spoken


def test_an_old_memory_shows_its_year_and_a_chat_without_title_is_untitled(qapp: QApplication) -> None:
    rows = MemoryRows()
    rows.show(Listing(records=[episode("x", time=NOON - timedelta(days=800), role="assistant")]))
    assert rows.line(0).meta.startswith("Hippo · ")
    assert str((NOON - timedelta(days=800)).year) in rows.line(0).meta
    assert "Untitled chat" in rows.line(0).meta


def test_the_snippet_of_a_search_begins_near_the_first_match() -> None:
    text = "word " * 200 + "the hotel has a courtyard " + "word " * 50
    assert snippet(text, ("courtyard",)).startswith("… ")
    assert "courtyard" in snippet(text, ("courtyard",))
    assert snippet("short hotel", ("hotel",)) == "short hotel"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_any_text_can_be_painted_in_both_directions(qapp: QApplication, direction: Qt.LayoutDirection) -> None:
    texts = ["", "İstanbul ß ﬁ", "שלום עולם " * 30, "👩‍👩‍👧 " * 80, "a" * 5000, "\0\u2028\t", "straße STRASSE"]
    rows = MemoryRows()
    rows.show(Listing(Query(words="stras i"), [episode(text, state=State.FADED) for text in texts], scores={}))
    table = MemoryTable(rows)
    table.setLayoutDirection(direction)
    table.resize(300, 800)
    image = QImage(300, 800, QImage.Format.Format_ARGB32)
    table.render(image)
    assert len({image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 800, 3)}) > 4


def test_of_very_many_that_are_no_longer_listed_none_is_held_and_none_is_waited_for(qapp: QApplication) -> None:
    rows, first = MemoryRows(), episode("first")
    rows.show(Listing(records=[first, *(episode("x") for _ in range(2 * LEAVE_AT_ONCE))]))
    held = sys.getrefcount(first)
    rows.show(Listing())
    assert rows.size() == 0
    assert sys.getrefcount(first) == held
    for _ in range(3):
        qapp.processEvents()
    assert sys.getrefcount(first) == held - 1
