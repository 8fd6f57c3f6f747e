"""What the inspector shows of a memory while something that belongs with it waits to be purged."""

from assistant.memory.memory import Memory
from assistant.store.records import Summary

from .conftest import Speaker


def test_a_summary_and_a_title_with_words_that_are_being_forgotten_are_not_shown_beside_what_stays(
    memory: Memory,
) -> None:
    chat = Speaker(memory)
    walnuts, _ = chat.turn("I am allergic to walnuts.")
    car, _ = chat.turn("My car is an old red Volvo.")
    before = memory.detail(car.id)
    assert any(isinstance(each, Summary) and walnuts.id in each.sources for each in before.derived)
    assert before.conversation is not None
    assert "walnuts" in before.conversation.title
    pending = memory.begin_forget([walnuts.id])
    while_hidden = memory.detail(car.id)
    assert not any(walnuts.id in each.sources for each in while_hidden.derived)
    assert while_hidden.conversation is not None
    assert while_hidden.conversation.title == ""
    memory.undo_forget(pending.id)
    assert memory.detail(car.id) == before


def test_what_answers_used_is_told_of_each_memory_and_of_each_chat(memory: Memory) -> None:
    chat, other = Speaker(memory), Speaker(memory)
    told, _ = chat.turn("I am allergic to walnuts.")
    car, _ = chat.turn("My car is an old red Volvo.")
    _, answer = other.turn("Which nuts am I allergic to?", "Walnuts.", recalled=1)
    assert [(use.answer, use.question) for use in memory.detail(told.id).used_in] == [
        (answer.id, "Which nuts am I allergic to?")
    ]
    assert memory.detail(car.id).used_in == ()
    assert [usage.answer for usage in memory.usages_of(other.conversation.id)] == [answer.id]
    memory.forget([answer.id])
    assert memory.usages_of(other.conversation.id) == []
    assert memory.detail(told.id).used_in == ()


def test_a_fact_is_told_in_the_last_of_its_messages_that_is_there(memory: Memory) -> None:
    chat = Speaker(memory)
    first, _ = chat.turn("I live in Lisbon.")
    again, _ = chat.turn("I live in Lisbon.")
    (fact,) = memory.facts()
    assert fact.sources == (first.id, again.id)
    assert memory.told_in(fact) == memory.get(again.id)
    assert [each.id for each in memory.facts_on(first.id)] == [fact.id]
    memory.begin_forget([again.id])
    told = memory.told_in(fact)
    assert told is not None
    assert told.id == first.id
