"""What the words of a message give away at a glance."""

import pytest

from assistant.memory.recall.cues import ASKS, FIRST_PERSON, NUMBER, TIME, cues_of


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Where does she live?", ASKS),
        ("My cat is called Tilda.", FIRST_PERSON),
        ("Ada went to Rome yesterday.", TIME),
        ("Ada has three cats.", NUMBER),
        ("We met twice last spring!", FIRST_PERSON | TIME | NUMBER),
        ("Nice.", 0),
    ],
)
def test_a_message_shows_whether_it_asks_names_a_time_or_number_or_speaks_of_its_speaker(text: str, cues: int) -> None:
    assert cues_of(text) == cues
