import pytest

from assistant.errors import StoreFullError
from assistant.memory.consolidation import Consolidated
from assistant.memory.memory import Memory
from assistant.store.records import Episode, Fact, FadingRun, Standing, State, Summary, new_id

from .conftest import START, Place, Speaker
from .long_chats import chat_of

TOLD = {3: "I live in Bern with my cat Tilda.", 150: "My brother Tom plays the cello.", 240: "I am a vet in Thun."}


def test_with_nothing_due_nothing_is_done(place: Place) -> None:
    chat_of(place.memory, 250, TOLD)
    assert place.memory.consolidate()
    version = place.memory.store.rows_on_disk()
    assert place.memory.consolidate() == Consolidated()
    assert place.reopen().consolidate() == Consolidated()
    assert place.memory.store.rows_on_disk() == version


def test_it_can_be_stopped_after_each_step_and_goes_on(place: Place) -> None:
    chat, _ = chat_of(place.memory, 300, TOLD)
    done = []
    while did := place.memory.consolidate(cancelled=lambda: True):
        done.append(did)
        place.reopen()
    assert [(d.stretches, d.users) for d in done] == [(1, 0), (1, 0), (1, 0), (0, 1)]
    assert len(place.memory.compact(chat.id, "").stretches) == 3


def test_a_step_that_fails_is_made_up_for_later(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    chat, _ = chat_of(memory, 250, TOLD)

    def full(*_: object, **__: object) -> None:
        raise StoreFullError("There is no space left.")

    with monkeypatch.context() as patched:
        patched.setattr(memory.store, "commit", full)
        with pytest.raises(StoreFullError):
            memory.consolidate()
    assert memory.store.count(Summary) == 1
    memory.consolidate()
    assert len(memory.compact(chat.id, "").stretches) == 2
    assert memory.compact(None, "").user is not None


def test_it_waits_while_a_forgetting_can_be_undone(memory: Memory) -> None:
    chat, told = chat_of(memory, 250, TOLD)
    pending = memory.begin_forget([told[3].id])
    assert memory.consolidate() == Consolidated()
    memory.finish_forget(pending.id)
    memory.consolidate()
    assert [s.first for s in memory.compact(chat.id, "").stretches] == [200]


def test_without_a_second_level_only_running_summaries_are_made(memory: Memory) -> None:
    memory.levels = False
    chat, _ = chat_of(memory, 250, TOLD)
    memory.consolidate()
    assert memory.store.count(Summary) == 1
    assert memory.compact(chat.id, "").stretches == ()


def test_a_value_that_a_newer_fact_superseded_leaves_the_summaries(memory: Memory) -> None:
    chat = Speaker(memory)
    told, _ = chat.turn("Bern has been good to my cat and me.")
    chat.turn("My brother Tom plays the cello.")
    memory.consolidate()
    old = Fact(
        id=new_id(),
        conversation=chat.conversation.id,
        subject="user",
        attribute="home",
        value="Bern",
        text="The user lives in Bern.",
        time=START,
        sources=(told.id,),
        standing=Standing.SUPERSEDED,
        vectors=memory.store.index.vectors(told.id),
    )
    memory.indexed.commit([old])
    assert memory.consolidate().outdated
    compact = memory.compact(chat.conversation.id, "")
    assert [s.text for s in (compact.running, compact.user) if s] == ["My brother Tom plays the cello."] * 2


def test_forgetting_everything_leaves_no_mark_of_consolidation(place: Place) -> None:
    chat_of(place.memory, 110, {3: TOLD[3]})
    place.memory.indexed.commit([FadingRun(id=new_id(), turn=100)])
    place.memory.consolidate()
    place.memory.forget_everything()
    assert len(place.reopen().store) == 0


def test_summaries_follow_what_was_said_also_where_memories_faded(memory: Memory) -> None:
    chat, told = chat_of(memory, 100, {3: TOLD[3]})
    memory.set_state([told[3].id], State.FADED)
    memory.consolidate()
    assert memory.compact(chat.id, "").stretches[0].text == TOLD[3]
    episode = memory.get(told[3].id)
    assert isinstance(episode, Episode)
    assert episode.state is State.FADED
