"""How claims become facts: merged, superseded or disputed, in whatever order they come in."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.memory.facts.extract import claims
from assistant.memory.facts.relate import Draft, Stated, relate, thread_of
from assistant.store.records import Standing

START = datetime(2025, 1, 1, 9, tzinfo=UTC)
Line = tuple[float, str, str]


def stated(lines: list[Line]) -> list[Stated]:
    """Claims of lines of (days after the start, role, text)."""
    found = []
    for i, (days, role, text) in enumerate(lines):
        at = START + timedelta(days=days)
        for j, claim in enumerate(claims(text, role, at)):
            found.append(Stated(claim, (f"{i:032x}",), "chat", at, at, role, (i, 0, j)))
    return found


def related(*lines: Line) -> list[Draft]:
    every = stated(list(lines))
    threads = dict.fromkeys(thread_of(s.claim.subject, s.claim.attribute, s.claim.value) for s in every)
    return [
        draft
        for thread in threads
        for draft in relate(s for s in every if thread_of(s.claim.subject, s.claim.attribute, s.claim.value) == thread)
    ]


def shown(*lines: Line) -> list[tuple[str, str]]:
    return [(draft.value, str(draft.standing)) for draft in related(*lines)]


def test_what_is_said_twice_is_one_fact_with_two_sources() -> None:
    (draft,) = related((0, "user", "I live in Lisbon."), (9, "user", "By the way, I live in Lisbon, Portugal."))
    assert len(draft.sources) == 2
    assert draft.last == START + timedelta(days=9)
    assert draft.since == START
    assert draft.value == "Lisbon, Portugal"


def test_a_newer_value_supersedes_and_the_older_one_keeps_its_time() -> None:
    old, new = related((0, "user", "I live in Lisbon."), (30, "user", "I moved to Porto."))
    assert (old.standing, new.standing) == (Standing.SUPERSEDED, Standing.CURRENT)
    assert old.until == new.since == START + timedelta(days=30)
    assert old.successor is new


def test_a_change_told_afterwards_ends_the_older_value_when_it_happened() -> None:
    old, new = related((0, "user", "I live in Lisbon."), (60, "user", "I moved to Porto in February 2025."))
    assert old.until == new.since == datetime(2025, 2, 1, tzinfo=UTC)


def test_moving_back_begins_a_new_stretch() -> None:
    assert shown(
        (0, "user", "I live in Lisbon."), (30, "user", "I moved to Porto."), (60, "user", "I moved back to Lisbon.")
    ) == [("Lisbon", "superseded"), ("Porto", "superseded"), ("Lisbon", "current")]


def test_values_that_stand_side_by_side_coexist() -> None:
    assert shown((0, "user", "I'm allergic to walnuts."), (0, "user", "I'm allergic to penicillin.")) == [
        ("walnuts", "current"),
        ("penicillin", "current"),
    ]


def test_what_holds_no_longer_is_superseded_by_the_sentence_that_says_so() -> None:
    assert shown((0, "user", "I have a dog called Rex."), (9, "user", "We don't have a dog any more.")) == [
        ("dog called Rex", "superseded"),
        ("not dog", "current"),
    ]
    assert shown((0, "user", "I drive a red Volvo."), (9, "user", "I sold my car.")) == [
        ("red Volvo", "superseded"),
        ("not", "current"),
    ]
    assert shown((0, "user", "I eat meat."), (9, "user", "I no longer eat meat.")) == [
        ("meat", "superseded"),
        ("meat", "current"),
    ]


def test_a_taste_that_turns_supersedes_its_opposite() -> None:
    assert shown((0, "user", "I like olives."), (40, "user", "I hate olives now.")) == [
        ("olives", "superseded"),
        ("olives", "current"),
    ]


def test_what_used_to_hold_is_over() -> None:
    (draft,) = related((0, "user", "I used to live in Berlin."))
    assert draft.standing is Standing.SUPERSEDED
    assert shown((0, "user", "I live in Lisbon."), (9, "user", "I used to live in Berlin.")) == [
        ("Lisbon", "current"),
        ("Berlin", "superseded"),
    ]


def test_a_contradiction_without_a_word_of_change_is_shown_as_disputed() -> None:
    assert shown((0, "user", "I live in Lisbon."), (0.001, "user", "I live in Porto.")) == [
        ("Lisbon", "disputed"),
        ("Porto", "disputed"),
    ]


def test_two_people_who_disagree_dispute() -> None:
    assert shown((0, "anna", "Tom lives in Lisbon."), (50, "ben", "Tom lives in Porto.")) == [
        ("Lisbon", "disputed"),
        ("Porto", "disputed"),
    ]


def test_what_cannot_change_is_disputed_unless_it_is_corrected() -> None:
    assert shown((0, "user", "I was born in Oslo."), (90, "user", "I was born in Bergen.")) == [
        ("Oslo", "disputed"),
        ("Bergen", "disputed"),
    ]
    assert shown((0, "user", "I was born in Oslo."), (90, "user", "Actually, I was born in Bergen.")) == [
        ("Oslo", "superseded"),
        ("Bergen", "current"),
    ]


def test_a_dispute_ends_when_the_speaker_says_it_again() -> None:
    assert shown(
        (0, "user", "I live in Lisbon."), (0.001, "user", "I live in Porto."), (5, "user", "Actually, I live in Porto.")
    ) == [("Lisbon", "superseded"), ("Porto", "current")]


def test_the_same_event_on_two_days_is_two_events() -> None:
    assert len(shown((0, "user", "I went to the dentist today."), (30, "user", "I went to the dentist today."))) == 2


_LINES: list[Line] = [
    (0, "user", "I live in Lisbon."),
    (3, "user", "I live in Porto now."),
    (3.5, "user", "I used to live in Lisbon."),
    (8, "user", "Actually, I live in Lisbon, not Porto."),
    (8.01, "user", "I live in Faro."),
    (20, "user", "I no longer live in Faro."),
]


@given(st.permutations(_LINES))
def test_the_order_in_which_things_are_stored_does_not_matter(lines: list[Line]) -> None:
    ordered = sorted(stated(_LINES), key=lambda s: s.said)
    shuffled = stated(lines)

    def told(every: list[Stated]) -> list[tuple[object, ...]]:
        return [(d.value, d.standing, d.since, d.until, d.claim.text) for d in relate(every)]

    assert told(shuffled) == told(ordered)


def test_all_orders_of_a_change_come_out_the_same() -> None:
    lines: list[Line] = [
        (0, "user", "I work for Acme."),
        (9, "user", "I joined Globex."),
        (20, "user", "I left Globex."),
    ]
    outcomes = {tuple(sorted(shown(*order))) for order in itertools.permutations(lines)}
    assert len(outcomes) == 1
