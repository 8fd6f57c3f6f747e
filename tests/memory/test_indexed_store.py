import pytest
from msgspec.structs import replace

from assistant.errors import CancelledError, StoreError
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Episode, Fact, Summary, Usage, new_id

from .conftest import START, Place, Speaker


def summary_of(memory: Memory, chat: Speaker) -> Summary:
    summary = memory.summary_of(chat.conversation.id)
    assert summary is not None
    return summary


def vectors_of(memory: Memory, summary: Summary) -> bytes:
    record = memory.store.get(summary.id)
    assert isinstance(record, Summary)
    return record.vectors


def test_a_summary_is_never_stored_with_the_embedding_of_other_words(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I am allergic to walnuts.")
    summary = summary_of(memory, chat)
    before = vectors_of(memory, summary)
    memory.indexed.commit([replace(summary, text="I play the cello.", vectors=before)])
    alone = memory.embed(["I play the cello."])[0].astype("<f2").tobytes()
    assert vectors_of(memory, summary) == alone * 2 != before


def test_what_keeps_its_words_is_not_embedded_again(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Speaker(memory)
    chat.turn("I am allergic to walnuts.")
    summary = summary_of(memory, chat)
    before = vectors_of(memory, summary)
    with monkeypatch.context() as patched:
        patched.setattr(memory.indexed, "embedder", lambda: pytest.fail("nothing is to be embedded"))
        memory.indexed.commit([replace(summary, time=START)])
    assert vectors_of(memory, summary) == before


def test_a_change_that_is_cancelled_while_it_is_embedded_keeps_nothing(memory: Memory) -> None:
    chat = Speaker(memory)
    chat.turn("I am allergic to walnuts.")
    summary = summary_of(memory, chat)
    with pytest.raises(CancelledError):
        memory.indexed.commit([replace(summary, text="I play the cello.")], cancelled=lambda: True)
    assert memory.get(summary.id).text == "I am allergic to walnuts."


def test_facts_of_a_chat_that_moves_to_another_space_meet_those_that_are_told_there(memory: Memory) -> None:
    private, work = Speaker(memory, space="Private"), Speaker(memory, space="Work")
    private.turn("I live in Porto.")
    stored = memory.store.get(private.conversation.id)
    assert isinstance(stored, Conversation)
    memory.indexed.commit([replace(stored, space="Work")])
    work.turn("Good morning.")
    work.turn("I moved to Leeds.")
    leeds = next(fact for fact in memory.facts(space="Work") if "Leeds" in fact.text)
    matter = memory.matter(leeds.id)
    assert matter is not None
    assert [fact.text for fact in matter.facts] == ["I live in Porto.", "I moved to Leeds."]


def test_an_answer_that_is_given_anew_no_longer_counts_as_a_use(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I am allergic to walnuts.")
    _, answer = chat.turn("What must I not eat?", "Walnuts.", recalled=1)
    assert memory.used_counts()[told.id] == 1
    usage = next(u for u in memory.store.all(Usage) if u.answer == answer.id)
    memory.indexed.commit(remove=[usage.id, answer.id])
    assert memory.used_counts()[told.id] == 0


def test_use_is_counted_from_turn_to_turn_as_after_opening_again(place: Place) -> None:
    memory, chat = place.memory, Speaker(place.memory)
    told, _ = chat.turn("I am allergic to walnuts.")
    assert memory.used_counts()[told.id] == 0
    chat.turn("What must I not eat?", "Walnuts.", recalled=1)
    chat.turn("Am I allergic to walnuts?", "Yes.", recalled=1)
    counted = dict(memory.used_counts())
    assert counted[told.id] == 2
    assert dict(place.reopen().used_counts()) == counted


def test_a_purge_that_fails_leaves_what_is_known_in_step_with_the_store(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I live in Porto.")
    pending = memory.begin_forget([told.id])

    def refused(*_: object) -> None:
        raise StoreError("The disk refused.")

    with monkeypatch.context() as patched:
        patched.setattr(memory.store, "purge", refused)
        with pytest.raises(StoreError):
            memory.finish_forget(pending.id)
    assert memory.pending_forgets() == (pending.id,)
    assert not memory.knows(told.id)
    assert memory.finish_forget(pending.id).verified
    chat.turn("I moved to Leeds.")
    assert [fact.text for fact in memory.facts()] == ["I moved to Leeds."]
    assert [r.text for r in memory.records() if isinstance(r, Episode) and r.role == "user"] == ["I moved to Leeds."]


def test_a_fact_that_comes_to_stand_on_what_is_being_forgotten_is_hidden_too(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("I have a cat called Tilda.")
    memory.begin_forget([told.id])
    fact = memory.store.all(Fact)[0]
    later = replace(fact, id=new_id(), text="The user's cat is Tilda.", vectors=b"")
    memory.indexed.commit([later])
    assert not memory.knows(later.id)
