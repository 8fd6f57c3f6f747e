"""What is packed comes back as it was, whatever was put, replaced and taken out before."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.store.records import (
    Conversation,
    Episode,
    Fact,
    Record,
    Revision,
    State,
    Summary,
    Usage,
    Used,
    new_id,
)
from assistant.store.shelf import Shelf
from tests.store.sample import CONVERSATION, NOW, episode, one_of_each


def every_kind() -> list[Record]:
    first, *others = one_of_each()
    assert isinstance(first, Episode)
    changed = msgspec.structs.replace(
        first,
        id=new_id(),
        role="Ada",
        part=2,
        state=State.PINNED,
        history=(Revision(text="An old talk.", until=NOW),),
        refused=(7, 8),
    )
    sources = (first.id, changed.id)
    used = tuple(Used(record=source, score=0.1 + 0.2, quoted=1 / 3) for source in sources)
    return [
        first,
        *others,
        changed,
        Summary(id=new_id(), conversation="", text="They talk.", time=NOW, sources=(), space="Work", level=2),
        Fact(
            id=new_id(),
            conversation=CONVERSATION,
            subject="ada",
            attribute="home",
            value="Lisbon",
            text="Ada lives in Lisbon.",
            time=NOW,
            sources=sources,
        ),
        Usage(id=new_id(), answer=first.id, conversation=CONVERSATION, time=NOW, turn=5, used=used),
        Usage(id=new_id(), answer=first.id, conversation=CONVERSATION, time=NOW, turn=6),
    ]


def test_every_kind_of_record_comes_back_equal() -> None:
    shelf = Shelf()
    records = every_kind()
    shelf.put([(place, 2**64 - 1 - place, record) for place, record in enumerate(records)])
    assert [shelf.get(record.id) for record in records] == records
    assert [shelf.sequence(record.id) for record in records] == list(range(len(records)))
    assert [shelf.mark(record.id) for record in records] == [2**64 - 1 - place for place in range(len(records))]
    assert list(shelf) == [record.id for record in records]
    assert shelf.all(Summary) == [record for record in records if isinstance(record, Summary)]
    assert shelf.last_sequence() == len(records) - 1


def test_the_parts_of_a_message_are_found_by_where_it_stands() -> None:
    shelf = Shelf()
    parts = [episode(position=4, part=part) for part in range(3)]
    others = [episode(position=5), episode(position=4, conversation="d1" * 16)]
    shelf.put([(place, 0, record) for place, record in enumerate([parts[2], *others, parts[0], parts[1]])])
    assert shelf.at(CONVERSATION, 4) == [parts[2].id, parts[0].id, parts[1].id]
    assert shelf.at("00" * 16, 4) == []
    assert {e.id for e in shelf.episodes_of(CONVERSATION)} == {*(part.id for part in parts), others[0].id}


changes = st.lists(st.tuples(st.sampled_from(["put", "pop", "other kind"]), st.integers(0, 30)), max_size=80)


@pytest.mark.parametrize("at_once", [1, 7])
@settings(deadline=None, max_examples=40)
@given(history=changes)
def test_a_shelf_is_a_dictionary_after_any_changes(at_once: int, history: list[tuple[str, int]]) -> None:
    shelf = Shelf()
    expected: dict[str, tuple[int, Record]] = {}
    for start in range(0, len(history), at_once):
        put: list[tuple[int, int, Record]] = []
        for step, (verb, number) in enumerate(history[start : start + at_once], start):
            name = f"{number:032x}"
            if verb == "pop":
                shelf.put(put)
                put = []
                shelf.pop(name)
                expected.pop(name, None)
                continue
            record: Record = (
                episode(f"step {step}", record=name)
                if verb == "put"
                else Conversation(id=name, created=NOW, title=f"step {step}")
            )
            sequence = expected[name][0] if name in expected else step
            put.append((sequence, step, record))
            expected[name] = sequence, record
        shelf.put(put)
        shelf.episodes_of(CONVERSATION)  # what was asked before must not stand in the way of what changes
    assert {name: (shelf.sequence(name), shelf.get(name)) for name in shelf} == expected
    assert len(shelf) == len(expected)
    in_order = [record for _, record in sorted(expected.values(), key=lambda kept: kept[0])]
    for kind in (Episode, Conversation):
        assert shelf.all(kind) == [record for record in in_order if isinstance(record, kind)]
        assert shelf.count(kind) == len(shelf.all(kind))
    assert shelf.episodes_of(CONVERSATION) == shelf.all(Episode)


def test_all_episodes_can_be_told_at_a_glance_by_conversation_and_place() -> None:
    shelf = Shelf()
    other = "d1" * 16
    places = [(other, 1, 0), (CONVERSATION, 2, 0), (CONVERSATION, 1, 1), (other, 0, 0), (CONVERSATION, 1, 0)]
    told: list[tuple[str, datetime, int, State]] = [
        ("user", NOW, 1, State.ACTIVE),
        ("user", NOW + timedelta(microseconds=1), 0, State.PINNED),
        ("Ada", NOW, 3, State.FADED),
        ("assistant", NOW - timedelta(days=9000), 255, State.ACTIVE),
        ("Ada", NOW, 0, State.ACTIVE),
    ]
    episodes = [
        msgspec.structs.replace(
            episode(conversation=c, position=position, part=part), role=role, time=time, cues=cues, state=state
        )
        for (c, position, part), (role, time, cues, state) in zip(places, told, strict=True)
    ]
    shelf.put([(place, 0, record) for place, record in enumerate([*episodes, *one_of_each()[1:], episode()])])
    shelf.pop(next(iter(reversed(list(shelf)))))
    columns = shelf.episode_columns()
    assert columns.conversations == [other, CONVERSATION]
    assert columns.starts.tolist() == [0, 2]
    in_order = [episodes[place] for place in (3, 0, 4, 2, 1)]
    assert columns.ids == [one.id for one in in_order]
    assert columns.times.tolist() == [one.time.timestamp() for one in in_order]
    assert columns.cues.tolist() == [one.cues for one in in_order]
    assert [columns.roles[role] for role in columns.role.tolist()] == [one.role for one in in_order]
    assert columns.is_pinned.tolist() == [one.state is State.PINNED for one in in_order]
    assert columns.is_faded.tolist() == [one.state is State.FADED for one in in_order]


@pytest.mark.parametrize("many", [False, True])
def test_usages_are_found_by_their_own_id_their_answer_and_what_they_used(many: bool) -> None:
    shelf = Shelf()
    records = [new_id() for _ in range(4)]
    usages = [
        Usage(
            id=new_id(),
            answer=answer,
            conversation=CONVERSATION,
            time=NOW,
            turn=turn,
            used=tuple(Used(record=record, score=0.5) for record in used),
        )
        for turn, (answer, used) in enumerate(
            [(records[0], ()), (new_id(), (records[1], records[2])), (new_id(), (records[2],)), (new_id(), ())]
        )
    ]
    shelf.put([(number, 0, usage) for number, usage in enumerate(usages)])
    others = [new_id() for _ in range(100)] if many else []

    def naming(*wanted: str) -> list[int]:
        return [usages.index(usage) for usage in shelf.usages_naming([*wanted, *others])]

    assert naming(records[0]) == [0]
    assert naming(records[2]) == [1, 2]
    assert naming(records[1], usages[3].id) == [1, 3]
    assert naming(records[3], CONVERSATION) == []
    usages[0] = msgspec.structs.replace(usages[0], used=(Used(record=records[3], score=0.5),))
    shelf.put([(0, 0, usages[0])])
    shelf.pop(usages[1].id)
    assert naming(records[3]) == [0]
    assert naming(records[2]) == [2]
