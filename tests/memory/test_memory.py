from datetime import timedelta

import pytest
from msgspec.structs import replace

from assistant.errors import InputError, StoreFullError
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.views import Filter, Found
from assistant.store.records import Conversation, State, Usage, new_id

from .conftest import START, Place, Speaker


def texts(memory: Memory, query: str, **options: object) -> list[str]:
    return [found.record.text for found in memory.recall(query, limit=5, **options)]  # type: ignore[arg-type]


def test_what_was_said_is_recalled_by_meaning(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I am allergic to walnuts.")
    chat.turn("My car is an old red Volvo.")
    assert texts(memory, "Which foods make me ill?")[0] == "I am allergic to walnuts."
    assert texts(memory, "What vehicle do I drive?")[0] == "My car is an old red Volvo."


def test_an_unrelated_question_recalls_nothing(memory: Memory) -> None:
    Speaker(memory).turn("I am allergic to walnuts.")
    assert texts(memory, "How do I sort a list in Python?", least=0.3) == []


def test_what_was_said_is_still_there_after_closing_and_opening(place: Place) -> None:
    Speaker(place.memory).turn("I am allergic to walnuts.")
    assert texts(place.reopen(), "walnuts")[0] == "I am allergic to walnuts."


def test_a_long_message_is_split_and_found_by_any_of_its_parts(memory: Memory) -> None:
    filler = "The weather was mild and nothing happened that day. " * 30
    chat = Speaker(memory)
    chat.turn(f"{filler}My locker code is 4711. {filler}")
    assert any("4711" in text for text in texts(memory, "What is the code of my locker?"))
    joined = "".join(e.text for e in memory.episodes_of(chat.conversation.id) if e.role == "user")
    assert joined == f"{filler}My locker code is 4711. {filler}"


def test_recall_keeps_to_its_space_but_shares_what_is_pinned(memory: Memory) -> None:
    work, home = Speaker(memory, space="Work"), Speaker(memory, space="Private")
    work.turn("The project is called Falcon.")
    secret, _ = home.turn("The party for Ines is called project Swan.")
    assert not any("Swan" in text for text in texts(memory, "What is the project called?", space="Work"))
    memory.set_state([secret.id], State.PINNED)
    assert any("Swan" in text for text in texts(memory, "What is the project called?", space="Work"))


def test_faded_memories_stay_out_of_recall_but_are_found_by_search(memory: Memory) -> None:
    episode, _ = Speaker(memory).turn("I am allergic to walnuts.")
    memory.set_state([episode.id], State.FADED)
    assert "I am allergic to walnuts." not in texts(memory, "walnuts")
    episodes = Filter(kinds=frozenset({"episode"}))
    assert memory.search("walnuts", filter=episodes)[0].record.id == episode.id
    memory.set_state([episode.id], State.ACTIVE)
    assert texts(memory, "walnuts")[0] == "I am allergic to walnuts."


def test_an_edited_memory_is_found_by_its_new_words_only(place: Place) -> None:
    chat = Speaker(place.memory)
    chat.turn("Hello there!")
    episode, echo = chat.turn("I am allergic to walnuts.", "Noted: no walnuts for you.")
    chat.turn("Good night.")
    place.memory.edit(episode.id, "I am allergic to peanuts.")
    for reopened in (False, True):
        memory = place.reopen() if reopened else place.memory
        assert texts(memory, "What food am I allergic to?")[0] == "I am allergic to peanuts."
        assert [r.id for r in memory.matching("walnut")] == [echo.id]
        assert memory.get(echo.id).state is State.FADED  # type: ignore[union-attr]
        summary = memory.summary_of(chat.conversation.id)
        assert summary is not None
        assert "peanuts" in summary.text
        assert "walnut" not in summary.text
        assert [r.text for r in memory.get(episode.id).history] == ["I am allergic to walnuts."]  # type: ignore[union-attr]


def test_a_corrected_summary_holds_while_the_chat_goes_on(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I live in Bern with my cat Tilda.")
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    memory.edit(summary.id, "The user lives in Basel.")
    chat.turn("My brother Tom plays the cello.")
    later = memory.summary_of(chat.conversation.id)
    assert later is not None
    assert later.text.startswith("The user lives in Basel.")


def test_an_answer_records_what_it_used(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I am allergic to walnuts.")
    _, answer = Speaker(memory).turn("What food am I allergic to?", "Walnuts.", recalled=3)
    detail = memory.detail(told.id)
    assert [(use.answer, use.question) for use in detail.used_in] == [(answer.id, "What food am I allergic to?")]
    assert memory.used_counts()[told.id] == 1
    assert detail.derived != ()


def test_salience_decays_with_turns_and_rises_with_use(memory: Memory) -> None:
    chat = Speaker(memory)
    old, _ = chat.turn("I am allergic to walnuts.")
    fresh = memory.weight(old)
    for i in range(5):
        chat.turn(f"This is small talk number {i}.")
    assert memory.weight(old) < fresh
    chat.turn("What food am I allergic to?", recalled=3)
    assert memory.weight(old) > fresh


def test_filters_narrow_the_list(memory: Memory) -> None:
    chat = Speaker(memory)
    first, _ = chat.turn("I am allergic to walnuts.")
    for _ in range(3):
        chat.turn("The sky is grey over Leeds.")
    episodes = frozenset({"episode"})
    assert [
        r.id
        for r in memory.records(
            Filter(words="walnut"),
        )
        if r.id == first.id
    ] == [first.id]
    assert len(memory.records(Filter(kinds=episodes, since=START + timedelta(minutes=2)))) == 6
    assert len(memory.records(Filter(kinds=episodes, until=START + timedelta(minutes=2)))) == 2
    assert len(memory.records(Filter(kinds=episodes, used=True))) == 0
    assert len(memory.records(Filter(kinds=episodes, conversation=chat.conversation.id))) == 8
    assert [r.text for r in memory.records(Filter(kinds=frozenset({"fact"})))] == ["I am allergic to walnuts."]


def test_a_chat_is_titled_by_what_was_said_first_and_can_be_renamed(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("Let us plan the trip to Lisbon.")
    assert memory.conversations()[0].conversation.title == "Let us plan the trip to Lisbon"
    memory.rename(chat.conversation.id, "Lisbon")
    assert memory.conversations()[0].conversation.title == "Lisbon"


def test_a_memory_that_does_not_exist_is_a_clear_error(memory: Memory) -> None:
    for attempt in (
        lambda: memory.get("0" * 32),
        lambda: memory.edit("0" * 32, "x"),
        lambda: memory.forget(["0" * 32]),
    ):
        with pytest.raises(InputError, match="no memory"):
            attempt()


def test_the_index_stays_right_when_summaries_were_replaced_very_often(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.index._DEAD_MIN", 48)
    numbering = memory.store.index.numbering
    chat = Speaker(memory)
    chat.turn("I live in Bern.")
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    for _ in range(60):
        memory.indexed.commit([summary])
    assert memory.store.index.numbering > numbering
    chat.turn("My brother Tom plays the cello.")
    assert texts(memory, "What does Tom play?")[0] == "My brother Tom plays the cello."


def test_an_edit_that_fails_changes_nothing_and_can_be_tried_again(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I am allergic to walnuts.", "No walnuts.")

    def full(*_: object, **__: object) -> None:
        raise StoreFullError("There is no space left.")

    with monkeypatch.context() as patched:
        patched.setattr(memory.store, "commit", full)
        with pytest.raises(StoreFullError):
            memory.edit(told.id, "I am allergic to peanuts.")
    assert memory.get(told.id).text == "I am allergic to walnuts."
    memory.edit(told.id, "I am allergic to peanuts.")
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    assert summary.text == "I am allergic to peanuts."
    assert memory.conversations()[0].conversation.title == "I am allergic to peanuts"


def test_an_edit_reaches_the_lines_that_followed_a_correction(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I live in Bern with my cat Tilda.")
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    memory.edit(summary.id, "The user lives in Basel.")
    told, _ = chat.turn("My bank code is 4711.")
    memory.edit(told.id, "My bank code is secret.")
    later = memory.summary_of(chat.conversation.id)
    assert later is not None
    assert later.text == "The user lives in Basel.\nMy bank code is secret."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("me", ["Tell me about it."]),
        ("walnut", ["Two walnuts a day."]),
        ("walnut day", ["Two walnuts a day."]),
        ("walnut home", []),
        ("核桃", ["我对核桃过敏。"]),
        ("…", []),
        ("  ", []),
    ],
)
def test_matching_takes_whole_words_in_any_form(memory: Memory, query: str, found: list[str]) -> None:
    chat = Speaker(memory)
    for text in ("I went home some time ago.", "Tell me about it.", "Two walnuts a day.", "我对核桃过敏。"):
        chat.turn(text, "Fine.")
    assert [record.text for record in memory.matching(query)] == found


def test_a_regenerated_answer_counts_a_use_once(memory: Memory) -> None:
    told, _ = Speaker(memory).turn("I am allergic to walnuts.")
    chat = Speaker(memory)
    question, answer = chat.turn("What food am I allergic to?", "Walnuts.", recalled=3)
    assert memory.used_counts()[told.id] == 1
    usage = next(u for u in memory.store.all(Usage) if u.answer == answer.id)
    again = Said(answer.conversation, "assistant", "Walnuts!", answer.time, answer.position, id=new_id())
    conversation = memory.conversation(question.conversation)
    new = replace(usage, id=new_id(), answer=again.id)
    used = [Found(told, 1.0)]
    memory.keep_turn(conversation, [again], used=used, usage=new, instead_of=[answer.id, usage.id])
    assert memory.used_counts()[told.id] == 1


def test_imported_messages_are_embedded_with_what_came_before_across_calls(memory: Memory) -> None:
    conversation = Conversation(id=new_id(), created=START)
    first = Said(conversation.id, "Ines", "Where shall we meet?", START, 0)
    second = Said(conversation.id, "Tom", "At nine.", START, 1)
    memory.remember([conversation], [first])
    memory.remember([], [second])
    vectors = memory.episodes_of(conversation.id)[1].id
    alone_and_in_context = memory.store.index.vectors(vectors)
    assert alone_and_in_context[:768] != alone_and_in_context[768:]
