"""Whether words are borne out by passages, and by which."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.conversation.grounding import drawn_on, is_borne_out
from assistant.conversation.reading import ReadingPassage

SAID = [
    ("user", "We moved to Lisbon last Friday, into a flat with a blue door."),
    ("Ada", "I play the cello, and I take the tram to the orchestra."),
    ("user", "My brother Tom keeps bees, three hives of them."),
    ("Ada", "Tom sold one of his hives in March."),
]
PASSAGES = [
    ReadingPassage(who, text, datetime(2026, 3, 12, 9, tzinfo=UTC) + timedelta(days=7 * place))
    for place, (who, text) in enumerate(SAID)
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where do I live?", "Lisbon"),
        ("When did we move?", "6 March 2026"),
        ("When did we move?", "Last Friday, 6 March 2026."),
        ("When did Ada speak of the cello?", "19 March 2026"),
        ("What does Ada play?", "She plays the cello."),
        ("How many hives has Tom?", "Two"),
        ("Does Tom keep bees?", "Yes, he keeps bees."),
        ("Does Tom keep bees?", "No"),
        ("Who keeps bees?", "Your brother Tom"),
    ],
)
def test_what_the_passages_or_their_days_tell_is_borne_out(question: str, answer: str) -> None:
    assert is_borne_out(answer, question, PASSAGES)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where do I live?", "Porto"),
        ("Where do I live?", "In Lisbon, Portugal"),
        ("When did we move?", "7 March 2026"),
        ("When did we move?", "March 2019"),
        ("What does Ada play?", "the violin and the trumpet"),
        ("Who keeps bees?", "Tom and Nadia"),
    ],
)
def test_an_invented_name_day_or_thing_is_not(question: str, answer: str) -> None:
    assert not is_borne_out(answer, question, PASSAGES)


@pytest.mark.parametrize(
    ("question", "answer", "places"),
    [
        ("Where do I live?", "Lisbon", (0,)),
        ("What does Ada play?", "the cello", (1,)),
        ("What do Tom and Ada do?", "Ada plays the cello, Tom keeps bees", (1, 2)),
        ("When did Tom sell a hive?", "In March, 2 April 2026", (3,)),
        ("Do I take the tram?", "No", (1,)),
    ],
)
def test_an_answer_names_the_passages_that_hold_its_words(question: str, answer: str, places: tuple[int, ...]) -> None:
    assert tuple(sorted(drawn_on(answer, question, PASSAGES))) == places
