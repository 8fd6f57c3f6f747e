from datetime import timedelta

import pytest
from msgspec.structs import replace

from assistant.memory.compact.levels import STRETCH, STRETCH_TOKENS, USER_TOKENS, expand
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Episode, State, Summary, new_id

from ..conftest import START, Place, Speaker
from ..long_chats import chat_of
from ..test_forgetting import everything

TOLD = {
    3: "I live in Bern with my cat Tilda.",
    20: "My brother Tom plays the cello.",
    55: "I am allergic to walnuts.",
    80: "My driving test is on 4 May.",
}


def words(text: str) -> int:
    return len(text.split())


def test_each_hundred_turns_get_a_summary_of_their_own(memory: Memory) -> None:
    chat, _ = chat_of(memory, 205, {**TOLD, 130: "My locker number is 4711.", 203: "I bought a kayak in Thun."})
    memory.consolidate()
    stretches = memory.compact(chat.id, "").stretches
    assert [(s.level, s.first) for s in stretches] == [(2, 0), (2, STRETCH)]
    assert all(text in stretches[0].text for text in TOLD.values())
    assert stretches[1].text == "My locker number is 4711."
    assert all(memory.indexed.count_tokens(s.text) <= STRETCH_TOKENS for s in stretches)


def test_a_summary_of_the_user_gathers_what_was_told_in_all_chats_of_a_space(memory: Memory) -> None:
    Speaker(memory, space="Private").turn("I live in Bern with my cat Tilda.")
    Speaker(memory, space="Private").turn("My brother Tom plays the cello.")
    Speaker(memory, space="Work").turn("My project is called Falcon.")
    memory.consolidate()
    private, work = memory.compact(None, "Private").user, memory.compact(None, "Work").user
    assert private is not None
    assert work is not None
    assert private.text == "I live in Bern with my cat Tilda.\nMy brother Tom plays the cello."
    assert work.text == "My project is called Falcon."
    assert memory.compact(None, "Other").user is None
    assert memory.indexed.count_tokens(private.text) <= USER_TOKENS


def test_a_chat_that_moves_to_another_space_takes_its_words_along(memory: Memory) -> None:
    chat = Speaker(memory, space="Private")
    chat.turn("I live in Bern with my cat Tilda.")
    memory.consolidate()
    stored = memory.conversation(chat.conversation.id)
    memory.indexed.commit([replace(stored, space="Work")])
    memory.consolidate()
    assert memory.compact(None, "Private").user is None
    assert memory.compact(None, "Work").user is not None


def test_others_words_are_not_taken_for_the_users(memory: Memory) -> None:
    chat, _ = chat_of(memory, 100, {3: "I live in Bern."}, role="Ines")
    memory.consolidate()
    assert memory.compact(chat.id, "").stretches[0].text == "Ines: I live in Bern."
    assert memory.compact(chat.id, "").user is None


def test_the_newer_word_on_a_matter_wins_across_chats(memory: Memory) -> None:
    first, second = Speaker(memory), Speaker(memory)
    first.turn("I live in Bern with my cat Tilda.")
    memory.consolidate()
    second.position = 10
    second.turn("I moved to Lisbon last month.")
    memory.consolidate()
    user = memory.compact(None, "").user
    assert user is not None
    assert user.text == "I moved to Lisbon last month."


def test_a_summary_of_an_earlier_stretch_does_not_tell_what_was_revised_later(memory: Memory) -> None:
    chat, _ = chat_of(memory, 100, TOLD)
    memory.consolidate()
    chat_of(memory, 5, {102: "We moved from Bern to Lisbon."}, conversation=chat, first=100)
    memory.consolidate()
    compact = memory.compact(chat.id, "")
    texts = [s.text for s in (compact.running, *compact.stretches, compact.user) if s is not None]
    assert not any("I live in Bern" in text for text in texts)
    assert "walnuts" in compact.stretches[0].text
    assert any("Lisbon" in text for text in texts)


def test_a_summary_expands_to_its_sources_words_within_the_room(memory: Memory) -> None:
    long = "My locker number is 4711. It was quiet at the pool, only a few people swam there, and the water was cold."
    chat, told = chat_of(memory, 100, {3: long, 5: TOLD[3]})
    memory.consolidate()
    summary = memory.compact(chat.id, "").stretches[0]
    assert expand(memory.store, summary, 100, words) == [memory.store.get(told[3].id, vectors=False)]
    assert expand(memory.store, summary, 5, words) == []
    memory.set_state([told[3].id], State.FADED)
    assert expand(memory.store, summary, 100, words) == []


def _levels(memory: Memory, chat: Conversation) -> list[Summary]:
    compact = memory.compact(chat.id, "")
    return [s for s in (compact.running, *compact.stretches, compact.user) if s is not None]


def test_no_source_of_any_level_comes_back_once_it_is_forgotten(place: Place) -> None:
    memory = place.memory
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    assert len(_levels(memory, chat)) == 3
    gone: list[str] = []
    for turn in TOLD:
        place.memory.forget([told[turn].id])
        gone.append(TOLD[turn].lower())
        for reopened in (False, True):
            again = place.reopen() if reopened else place.memory
            again.consolidate()
            shown = everything(again) + "".join(s.text.lower() for s in _levels(again, chat))
            assert not any(text in shown for text in gone)
    assert _levels(place.memory, chat) == []


def test_what_is_being_forgotten_is_in_no_level_and_comes_back_with_undo(memory: Memory) -> None:
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    before = [s.text for s in _levels(memory, chat)]
    pending = memory.begin_forget([told[55].id])
    memory.consolidate()
    assert not any("walnuts" in s.text for s in _levels(memory, chat))
    memory.undo_forget(pending.id)
    assert [s.text for s in _levels(memory, chat)] == before


def test_two_forgettings_at_once_do_not_bring_each_others_words_back(memory: Memory) -> None:
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    first, second = memory.begin_forget([told[55].id]), memory.begin_forget([told[3].id])
    memory.finish_forget(first.id)
    assert "bern" not in everything(memory)
    memory.finish_forget(second.id)
    assert "bern" not in everything(memory)
    assert "walnuts" not in everything(memory)
    assert any("cello" in s.text for s in _levels(memory, chat))


def test_an_edited_source_is_told_in_its_new_words_at_every_level(memory: Memory) -> None:
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    memory.edit(told[55].id, "I am allergic to peanuts.")
    memory.consolidate()
    levels = _levels(memory, chat)
    assert len(levels) == 3
    assert not any("walnuts" in s.text for s in levels)
    assert all("peanuts" in s.text for s in levels)


@pytest.mark.parametrize("level", ["running", "stretch", "user"])
def test_a_correction_holds_at_every_level_until_its_source_is_forgotten(memory: Memory, level: str) -> None:
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    compact = memory.compact(chat.id, "")
    summary = {"running": compact.running, "stretch": compact.stretches[0], "user": compact.user}[level]
    assert summary is not None
    memory.edit(summary.id, summary.text.replace("I am allergic to walnuts.", "The user eats no hazelnuts."))
    chat_of(memory, 99, {110: "I bought a kayak in Thun."}, conversation=chat, first=101)
    memory.edit(told[20].id, "My brother Tom plays the tuba.")
    memory.consolidate()
    corrected = memory.get(summary.id)
    assert "The user eats no hazelnuts." in corrected.text
    assert "walnuts" not in "".join(s.text for s in _levels(memory, chat))
    memory.forget([told[55].id])
    memory.consolidate()
    assert "hazelnuts" not in everything(memory)


def test_a_line_that_the_user_took_out_stays_out_of_every_level(memory: Memory) -> None:
    chat, told = chat_of(memory, 101, TOLD)
    memory.consolidate()
    user = memory.compact(chat.id, "").user
    assert user is not None
    memory.edit(user.id, "\n".join(line for line in user.text.split("\n") if "walnuts" not in line))
    chat_of(memory, 99, {110: "I bought a kayak in Thun."}, conversation=chat, first=101)
    memory.edit(told[20].id, "My brother Tom plays the tuba.")
    memory.consolidate()
    assert "walnuts" not in "".join(s.text for s in _levels(memory, chat))


def test_forgetting_a_chat_takes_its_levels_and_what_the_user_summary_had_of_it(memory: Memory) -> None:
    chat, _ = chat_of(memory, 101, TOLD)
    Speaker(memory).turn("I bought a kayak in Thun.")
    memory.consolidate()
    memory.forget([chat.id])
    memory.consolidate()
    user = memory.compact(None, "").user
    assert user is not None
    assert user.text == "I bought a kayak in Thun."
    assert memory.stats().stretch_summaries == 0


def test_a_message_of_many_parts_belongs_to_one_stretch(memory: Memory) -> None:
    conversation = Conversation(id=new_id(), created=START)
    filler = "Nothing of note happened there at all that day. " * 30
    said = [
        Said(conversation.id, "user", text, START + timedelta(minutes=i), i, id=new_id())
        for i, text in enumerate([*["Hm?"] * 199, f"{filler}My locker number is 4711."])
    ]
    memory.remember([conversation], said)
    memory.consolidate()
    stretch = memory.compact(conversation.id, "").stretches[0]
    assert "4711" in stretch.text
    source = memory.store.get(stretch.sources[-1])
    assert isinstance(source, Episode)
    assert source.position == 199
