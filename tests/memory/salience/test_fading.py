import pytest

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.salience.fading import EVERY, extra_ages
from assistant.memory.views import Filter, Found
from assistant.store.records import Conversation, Episode, Fact, FadingRun, State, Usage, new_id

from ..conftest import START, Place
from ..long_chats import chat_of

# Nothing of which a fact is made: those stay.
OLD = {0: "The quarrel about the hedge went on.", 1: "The heron stood by the pond again."}


def at_turn(memory: Memory, turn: int, used: list[Found] | None = None, answer: str = "I see.") -> None:
    """One turn, as the so-manieth of this memory."""
    memory.store.turn = turn - 1
    chat = Conversation(id=new_id(), created=START)
    said = [
        Said(chat.id, "user", f"Hm ({turn})?", START, 0, id=new_id()),
        Said(chat.id, "assistant", answer, START, 1, id=new_id()),
    ]
    usage = Usage(id=new_id(), answer=said[1].id, conversation=chat.id, time=START, turn=0)
    memory.keep_turn(chat, said, used=used or [], usage=usage)


def faded(memory: Memory) -> list[str]:
    return [r.text for r in memory.records(Filter(kinds=frozenset({"episode"}), states=frozenset({State.FADED})))]


@pytest.fixture
def old(memory: Memory) -> dict[int, Episode]:
    """A memory of 220 messages that were imported before its first turn; the two oldest told something."""
    _, told = chat_of(memory, 110, OLD)
    return told


def test_after_a_hundred_turns_the_lowest_half_percent_fades(memory: Memory, old: dict[int, Episode]) -> None:
    at_turn(memory, 99)
    assert not memory.consolidate().faded
    at_turn(memory, 100)
    assert memory.consolidate().faded == 1
    assert faded(memory) == [OLD[0]]
    assert not memory.consolidate().faded
    at_turn(memory, 199)
    assert not memory.consolidate().faded
    at_turn(memory, 200)
    assert memory.consolidate().faded == 1


def test_a_run_is_carried_out_once_though_the_memory_is_closed_in_between(place: Place, embedder: object) -> None:
    chat_of(place.memory, 110, OLD)
    at_turn(place.memory, 100)
    place.memory.consolidate()
    memory = place.reopen()
    assert not memory.consolidate().faded
    assert faded(memory) == [OLD[0]]
    assert memory.store.count(FadingRun) == 1


def test_what_faded_is_out_of_recall_and_comes_back_with_a_new_lease(memory: Memory, old: dict[int, Episode]) -> None:
    at_turn(memory, 100)
    memory.consolidate()
    assert old[0].id not in [f.record.id for f in memory.recall("quarrel hedge", limit=10)]
    memory.set_state([old[0].id], State.ACTIVE)
    assert memory.recall("quarrel hedge", limit=1)[0].record.id == old[0].id
    at_turn(memory, 200)
    memory.consolidate()
    assert OLD[0] not in faded(memory)


def test_pinned_memories_never_fade(memory: Memory, old: dict[int, Episode]) -> None:
    memory.set_state([old[0].id], State.PINNED)
    at_turn(memory, 100)
    memory.consolidate()
    assert OLD[0] not in faded(memory)
    assert memory.detail(old[0].id).fades_in is None


def test_the_sources_of_a_fact_that_holds_do_not_fade(memory: Memory, old: dict[int, Episode]) -> None:
    fact = Fact(
        id=new_id(),
        conversation=old[0].conversation,
        subject="user",
        attribute="allergy",
        value="walnuts",
        text="The user is allergic to walnuts.",
        time=START,
        sources=(old[0].id,),
        vectors=memory.store.index.vectors(old[0].id),
    )
    memory.indexed.commit([fact])
    at_turn(memory, 100)
    memory.consolidate()
    assert OLD[0] not in faded(memory)


def test_what_was_recalled_lately_stays(memory: Memory, old: dict[int, Episode]) -> None:
    at_turn(memory, 60, [Found(old[0], 0.9)])
    at_turn(memory, 100)
    memory.consolidate()
    assert OLD[0] not in faded(memory)


def test_a_memory_that_answers_quote_outweighs_one_that_was_only_recalled(
    memory: Memory, old: dict[int, Episode]
) -> None:
    both = [Found(old[0], 0.9), Found(old[1], 0.9)]
    at_turn(memory, 5, both, "The quarrel about the hedge went on.")
    memory.store.turn = 400
    quoted, recalled = (memory.weight(e) for e in old.values())
    plain = memory.weight(memory.episodes_of(old[1].conversation)[3])  # said in the same turn, never used
    assert quoted > recalled + 0.05
    assert recalled > plain
    usage = next(u for u in memory.store.all(Usage) if u.used)
    assert [used.quoted for used in usage.used] == [1.0, 0.0]


def test_nothing_fades_when_it_is_switched_off(memory: Memory, old: dict[int, Episode]) -> None:
    memory.fades = False
    at_turn(memory, 100)
    memory.consolidate()
    assert faded(memory) == []
    assert memory.fading() == []


def test_a_small_memory_loses_nothing(memory: Memory) -> None:
    chat_of(memory, 50, OLD)
    at_turn(memory, 100)
    memory.consolidate()
    assert faded(memory) == []


def test_what_will_fade_and_when_is_foretold_and_comes_true(memory: Memory, old: dict[int, Episode]) -> None:
    at_turn(memory, 40)
    soon = memory.fading(limit=2)
    assert [(f.episode.text, f.in_turns) for f in soon] == [(OLD[0], 60), ("I see.", 160)]
    assert memory.detail(old[0].id).fades_in == 60
    at_turn(memory, 100)
    assert memory.fading(limit=1)[0].in_turns == 0
    memory.consolidate()
    later = memory.fading(limit=500)
    assert [f.episode.text for f in later if f.in_turns is None] == [OLD[0]]
    assert soon[0].weight > later[-1].weight


def test_what_is_to_come_takes_no_room_from_what_has_faded(memory: Memory, old: dict[int, Episode]) -> None:
    memory.set_state([old[0].id, old[1].id], State.FADED)
    at_turn(memory, 40)
    listed = memory.fading(limit=1)
    assert [f.in_turns is None for f in listed] == [False, True]
    assert listed[1].episode.text in OLD.values()
    assert len(memory.fading(limit=2)) == 4


def test_the_curve_of_a_memory_falls_from_its_weight_now(memory: Memory, old: dict[int, Episode]) -> None:
    at_turn(memory, 40, [Found(old[0], 0.9)])
    detail = memory.detail(old[0].id)
    weights = [weight for _, weight in detail.curve]
    assert detail.curve[0] == (0, round(detail.weight, 4))
    assert weights == sorted(weights, reverse=True)
    # The bonus of the recall ends after a hundred turns.
    assert dict(detail.curve)[100] - dict(detail.curve)[200] > 0.5


def test_an_import_is_as_old_as_if_it_had_been_said_here(memory: Memory, old: dict[int, Episode]) -> None:
    ages = extra_ages(memory.store.all(Episode, vectors=False))
    assert ages[old[0].id] == 109
    assert ages[old[1].id] == 108
    assert len({*ages.values()}) == 109


def test_an_import_makes_nothing_fade_before_it_has_been_here_for_a_hundred_turns(memory: Memory) -> None:
    at_turn(memory, 99)
    chat_of(memory, 110, OLD)
    at_turn(memory, EVERY)
    memory.consolidate()
    assert faded(memory) == []
    at_turn(memory, 2 * EVERY)
    memory.consolidate()
    assert len(faded(memory)) == 1


def test_fading_by_the_user_is_not_undone_and_counts_as_faded(memory: Memory, old: dict[int, Episode]) -> None:
    memory.set_state([old[1].id], State.FADED)
    at_turn(memory, 100)
    memory.consolidate()
    assert sorted(faded(memory)) == sorted(OLD.values())
