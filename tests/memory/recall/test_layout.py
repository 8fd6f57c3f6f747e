from collections import defaultdict

import numpy as np
from msgspec.structs import replace

from assistant.memory.memory import Memory
from assistant.memory.recall.layout import Layout
from assistant.memory.views import Filter
from assistant.store.records import Conversation, State

from ..conftest import Speaker


def recalled(memory: Memory, query: str, space: str) -> list[str]:
    return [found.record.text for found in memory.recall(query, limit=5, space=space, answers=False)]


def move(memory: Memory, chat: Speaker, space: str) -> None:
    stored = memory.store.get(chat.conversation.id)
    assert isinstance(stored, Conversation)
    memory.indexed.commit([replace(stored, space=space)])


def test_a_chat_that_moves_to_another_space_is_recalled_there_and_no_longer_here(memory: Memory) -> None:
    chat, other = Speaker(memory, space="Private"), Speaker(memory, space="Private")
    chat.turn("My project is called Falcon.")
    other.turn("My boat is called Heron.")
    move(memory, chat, "Work")
    assert recalled(memory, "What is it called?", "Work") == ["My project is called Falcon."]
    assert recalled(memory, "What is it called?", "Private") == ["My boat is called Heron."]
    memory.set_state([memory.episodes_of(other.conversation.id)[0].id], State.PINNED)  # places all rows anew
    assert "My project is called Falcon." not in recalled(memory, "What is it called?", "Private")


def test_asking_about_a_chat_before_its_first_message_does_not_put_it_into_another_space(memory: Memory) -> None:
    chat = Speaker(memory, space="Work")
    assert memory.search("Falcon", filter=Filter(conversation=chat.conversation.id)) == []
    chat.turn("My project is called Falcon.")
    assert recalled(memory, "What is my project called?", "Work") == ["My project is called Falcon."]
    assert recalled(memory, "What is my project called?", "") == []


def test_a_summary_of_the_user_belongs_to_its_own_space(memory: Memory) -> None:
    Speaker(memory, space="Work").turn("My project is called Falcon.")
    memory.consolidate()
    summary = memory.compact(None, "Work").user
    assert summary is not None
    row = memory.store.index.row(summary.id)
    for layout in (memory.indexed.layout(), Layout(memory.store)):
        assert layout.in_space("Work")[row]
        assert not layout.in_space("")[row]


def test_no_row_is_in_a_space_that_nobody_used(memory: Memory) -> None:
    Speaker(memory).turn("My boat is called Heron.")
    assert not memory.indexed.layout().in_space("Work").any()


def test_what_was_placed_turn_by_turn_stands_as_if_it_had_been_placed_in_one_go(memory: Memory) -> None:
    work, home = Speaker(memory, space="Work"), Speaker(memory)
    home.turn("I live in Porto.")
    work.turn("My project is called Falcon.")
    home.turn("I moved to Leeds in May.", "A long way. " * 120)
    first, _ = work.turn("How many people are on it?")
    memory.indexed.layout()
    home.turn("My birthday is on 3 May.")
    home.turn("My birthday is on 4 May.")
    memory.edit(next(fact.id for fact in memory.facts() if "Leeds" in fact.text), "I moved to York.")
    memory.forget([next(fact.id for fact in memory.facts() if "3 May" in fact.text)])
    assert standing(memory, memory.indexed.layout()) == standing(memory, Layout(memory.store))
    work.turn("Eight people work with me.")
    memory.edit(first.id, "How many work on it?")
    memory.consolidate()
    work.turn("We meet on Mondays.")
    assert standing(memory, memory.indexed.layout()) == standing(memory, Layout(memory.store))


def standing(memory: Memory, layout: Layout) -> dict[str, tuple[object, ...]]:
    """What a layout says of each record, without the codes, which may differ."""
    ids = memory.store.index.ids
    spaces = {space: layout.in_space(space) for space in ("", "Work", "Private")}
    sessions: defaultdict[int, set[str]] = defaultdict(set)
    for row in np.flatnonzero(memory.store.index.alive).tolist():
        sessions[int(layout.session[row])].add(ids[row])
    return {
        ids[row]: (
            [space for space, rows in spaces.items() if rows[row]],
            frozenset(sessions[int(layout.session[row])]),
            [ids[at] if at >= 0 else "" for at in (int(layout.previous[row]), int(layout.following[row]))],
            layout.roles[layout.role[row]] if layout.role[row] >= 0 else "",
            int(layout.kind[row]),
            int(layout.cues[row]),
            float(layout.time[row]),
            bool(layout.is_pinned[row]),
            bool(layout.is_faded[row]),
        )
        for row in np.flatnonzero(memory.store.index.alive).tolist()
    }
