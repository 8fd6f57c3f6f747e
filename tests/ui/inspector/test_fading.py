"""Fading in the inspector: what fades next, what has faded, why, and how to get it back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Episode, State, new_id
from assistant.ui.inspector import InspectorDock
from assistant.ui.inspector.blanks import View
from assistant.ui.inspector.curve import SalienceCurve, curve_words

from .conftest import NOON, hold


@pytest.fixture
def many(dock: InspectorDock, memory: Memory) -> InspectorDock:
    """So many messages that some will fade."""
    chat = Conversation(id=new_id(), created=NOON - timedelta(days=90), title="Small talk")
    said = [
        Said(chat.id, "user", f"Number {n}.", NOON - timedelta(days=90) + timedelta(minutes=n), n, id=new_id())
        for n in range(230)
    ]
    memory.remember([chat], said)
    dock.panel._views.button(View.FADING).click()
    return dock


def shown(dock: InspectorDock) -> list[str]:
    rows = dock.panel.fading_rows
    return [rows.line(row).text for row in range(rows.size())]


def has_faded(dock: InspectorDock) -> None:
    dock.panel.fading_bar._group.button(1).click()


def about(dock: InspectorDock) -> str:
    return dock.panel.detail._about.text()


def test_what_fades_next_is_listed_soonest_first_and_says_when(many: InspectorDock, memory: Memory) -> None:
    assert shown(many) == [f.episode.text for f in memory.fading() if f.in_turns is not None]
    assert "Fades in about 200 turns" in many.panel.fading_rows.line(0).meta
    assert many.panel.fading_bar._group.button(0).text() == f"Fades next ({len(shown(many))})"
    assert many.panel.fading_bar._group.button(1).text() == "Has faded (0)"


def test_what_is_about_to_fade_shows_its_weight_over_the_turns_to_come(many: InspectorDock) -> None:
    many.panel.fading_table.select_row(0)
    assert "Would fade in about 200 turns, if no answer uses it before." in about(many)
    curve = many.panel.detail._curve
    assert curve.isVisibleTo(many.panel.detail)
    assert curve.accessibleDescription().startswith("Weight if no answer uses it: now ")
    assert "in 1,600 turns" in curve.accessibleDescription()


def test_what_is_pinned_fades_no_more_and_says_so(many: InspectorDock, memory: Memory) -> None:
    many.panel.fading_table.select_row(0)
    first = many.panel.detail.record
    assert first is not None
    QTest.keyClick(many.panel, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert first.text not in shown(many)
    assert about(many) == "Never fades: pinned. Recall prefers it."
    assert not many.panel.detail._curve.isVisibleTo(many.panel.detail)


def test_what_has_faded_is_kept_and_can_be_restored(many: InspectorDock, memory: Memory) -> None:
    has_faded(many)
    assert "Nothing has faded" in many.panel._note.heading.text()
    ids = [f.episode.id for f in memory.fading()[:3]]
    memory.set_state(ids, State.FADED)
    many.refresh()
    assert len(shown(many)) == 3
    many.panel.fading_table.select_row(0)
    record = many.panel.detail.record
    assert isinstance(record, Episode)
    assert "Nothing of it is lost." in about(many)
    many.panel.detail.fade_button.click()
    restored = memory.get(record.id)
    assert isinstance(restored, Episode)
    assert restored.state is State.ACTIVE
    assert record.text not in shown(many)
    assert many.panel.detail.record is not None
    assert many.panel.detail.fade_button.text() == "Fade"


def test_several_that_have_faded_can_be_restored_at_once(many: InspectorDock, memory: Memory) -> None:
    memory.set_state([f.episode.id for f in memory.fading()[:3]], State.FADED)
    many.refresh()
    has_faded(many)
    many.panel.fading_table.selectAll()
    many.panel.several.state_wanted.emit(State.ACTIVE)
    assert shown(many) == []
    assert memory.stats().faded == 0


def test_a_faded_fact_is_listed_too_and_can_be_restored(dock: InspectorDock, memory: Memory) -> None:
    fact = next(each for each in memory.facts() if "walnuts" in each.text)
    memory.set_state([fact.id], State.FADED)
    dock.panel._views.button(View.FADING).click()
    has_faded(dock)
    assert shown(dock) == [fact.text]
    dock.panel.fading_table.select_row(0)
    dock.panel.detail.fade_button.click()
    assert shown(dock) == []


def test_going_from_what_fades_to_what_has_faded_closes_the_detail(many: InspectorDock) -> None:
    many.panel.fading_table.select_row(0)
    has_faded(many)
    assert many.panel.detail.record is None


def test_what_fades_can_be_searched(many: InspectorDock) -> None:
    wanted = shown(many)[1]
    many.panel.search.setText(wanted)
    many.refresh()
    assert wanted in shown(many)
    many.panel.search.setText("zebra")
    many.refresh()
    assert shown(many) == []
    assert "Nothing found for “zebra”" in many.panel._note.heading.text()


def test_a_forgotten_one_leaves_the_list_and_comes_back_with_undo(many: InspectorDock) -> None:
    first = shown(many)[0]
    many.panel.fading_table.select_row(0)
    QTest.keyClick(many.panel.fading_table, Qt.Key.Key_Delete)
    assert first not in shown(many)
    many.toaster.toasts[0].act()
    assert first in shown(many)


def test_a_small_memory_says_that_nothing_fades_yet(dock: InspectorDock) -> None:
    dock.panel._views.button(View.FADING).click()
    assert dock.panel._note.heading.text() == "Nothing is about to fade"
    assert "fewer than 200" in dock.panel._note.words.text()


def test_where_fading_is_switched_off_it_says_so(many: InspectorDock, memory: Memory) -> None:
    memory.fades = False
    many.refresh()
    assert "switched off" in many.panel._note.words.text()


def test_a_message_on_which_a_fact_rests_does_not_fade_and_says_why(dock: InspectorDock, memory: Memory) -> None:
    told = next(r for r in memory.records() if isinstance(r, Episode) and "allergic to walnuts" in r.text)
    dock.show_record(told.id)
    assert "as long as a fact that holds rests on it" in about(dock)


def test_memories_that_belong_together_say_why_and_lead_to_each_other(many: InspectorDock, memory: Memory) -> None:
    hold(memory, "Bakery", ("Yesterday Ottilie showed me her bakery.", "Nice."), days_ago=9)
    hold(memory, "Concert", ("For the concert I borrowed a violin from Ottilie.", "Good luck."), days_ago=3)
    told = next(r for r in memory.records() if isinstance(r, Episode) and "bakery" in r.text)
    many.show_record(told.id)
    said = [label.text() for label in many.panel.detail.findChildren(QLabel)]
    assert "Belongs together with" in said
    assert any(text.startswith("the same people · You · ") for text in said)
    links = many.panel.detail.findChildren(QPushButton)
    next(link for link in links if "violin" in link.accessibleName()).click()
    shown = many.panel.detail.record
    assert shown is not None
    assert "violin" in shown.text


def test_the_words_for_a_curve_name_every_point() -> None:
    words = curve_words([(0, 1.0), (1, 0.9), (100, 0.5)])
    assert words == "Weight if no answer uses it: now 1.00, in 1 turn 0.90, in 100 turns 0.50."


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_curve_falls_in_the_direction_of_reading(qapp: QApplication, direction: Qt.LayoutDirection) -> None:
    curve = SalienceCurve()
    curve.setLayoutDirection(direction)
    curve.resize(300, curve.sizeHint().height())
    curve.show_curve([(0, 1.0), (100, 0.4), (1600, 0.0)], None)
    image = QImage(curve.size(), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.black)
    curve.render(image)
    height = curve._spot(curve.rect().toRectF(), 0, 0.0).y()
    ground = image.pixel(150, 1)

    def top(x: int) -> int:
        return next((y for y in range(int(height)) if image.pixel(x, y) != ground), int(height))

    left, right = top(12), top(288)
    assert (left < right) is (direction == Qt.LayoutDirection.LeftToRight)
