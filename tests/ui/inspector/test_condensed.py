"""Compact memory in the inspector: of the user, of each chat, of its stretches; each with sources, each correctable."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from assistant.memory.compact.levels import STRETCH
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Episode, Summary, new_id
from assistant.ui.inspector import InspectorDock
from assistant.ui.inspector.blanks import View
from assistant.ui.inspector.condensed import read_compact

from .conftest import NOON


@pytest.fixture
def long_chat(dock: InspectorDock, memory: Memory) -> Conversation:
    """A chat so long that its stretches are summed up, and the user with them."""
    chat = Conversation(id=new_id(), created=NOON - timedelta(days=9), title="A long chat")
    told = {3: "I work as a nurse at a hospital in Leeds.", 7: "My brother Tom repairs old violins."}
    said = [
        Said(
            chat.id, "user", told.get(n, f"Hm ({n})?"), NOON - timedelta(days=9) + timedelta(minutes=n), n, id=new_id()
        )
        for n in range(STRETCH + 2)
    ]
    memory.remember([chat], said)
    memory.summarise(chat.id)
    memory.consolidate()
    dock.panel._views.button(View.COMPACT).click()
    return chat


def row_of(dock: InspectorDock, heading: str, meta: str = "") -> int:
    rows = dock.panel.compact_rows
    return next(row for row in range(rows.size()) if rows.line(row).heading == heading and meta in rows.line(row).meta)


def test_what_hippo_knows_of_the_user_comes_first(dock: InspectorDock, long_chat: Conversation) -> None:
    line = dock.panel.compact_rows.line(0)
    assert line.heading == "About you"
    assert line.meta == "all chats"
    assert "nurse" in line.text


def test_the_stretches_of_a_chat_follow_its_running_summary(dock: InspectorDock, long_chat: Conversation) -> None:
    running = row_of(dock, "A long chat")
    stretch = row_of(dock, "A long chat", "messages 1 to 200")
    assert stretch == running + 1


@pytest.mark.parametrize(("heading", "meta"), [("About you", ""), ("A long chat", "messages 1 to 200")])
def test_each_can_be_corrected_and_the_correction_holds(
    dock: InspectorDock, memory: Memory, long_chat: Conversation, heading: str, meta: str
) -> None:
    dock.panel.compact_table.select_row(row_of(dock, heading, meta))
    shown = dock.panel.detail.record
    assert isinstance(shown, Summary)
    dock.panel.detail.begin_edit()
    words = dock.panel.detail.text.toPlainText()
    dock.panel.detail.text.setPlainText(words.replace("nurse", "head nurse"))
    dock.panel.detail.save_button.click()
    memory.consolidate()
    dock.refresh()
    kept = memory.get(shown.id)
    assert isinstance(kept, Summary)
    assert kept.corrected
    assert "head nurse" in kept.text
    assert "corrected by you" in dock.panel.compact_rows.line(row_of(dock, heading, meta)).meta


def test_each_leads_to_what_it_was_drawn_from(dock: InspectorDock, long_chat: Conversation) -> None:
    dock.panel.compact_table.select_row(row_of(dock, "About you"))
    assert not dock.panel.detail._chat.isVisibleTo(dock.panel.detail)
    links = dock.panel.detail.findChildren(QPushButton)
    next(link for link in links if "nurse" in link.accessibleName()).click()
    assert dock.panel.view is View.MEMORIES
    shown = dock.panel.detail.record
    assert isinstance(shown, Episode)
    assert "nurse" in shown.text


def test_the_chat_that_is_open_comes_first_among_the_chats(
    dock: InspectorDock, memory: Memory, long_chat: Conversation
) -> None:
    assert dock.panel.compact_rows.line(1).heading != "A long chat"
    dock.set_conversation(long_chat.id)
    line = dock.panel.compact_rows.line(1)
    assert line.heading == "A long chat"
    assert line.meta.startswith("this chat · ")


def test_words_restrict_it(dock: InspectorDock, memory: Memory, long_chat: Conversation) -> None:
    found = read_compact(memory, "brother violins")
    assert found
    assert all(line.summary is not None and "violins" in line.summary.text for line in found)
