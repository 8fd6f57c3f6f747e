"""The time that a passage names, as the direct answer to "when"."""

from datetime import UTC, datetime

import pytest

from assistant.conversation.quoting.direct import time_told
from assistant.conversation.quoting.evidence import Passage

SAID = datetime(2026, 3, 8, 9, tzinfo=UTC)  # a Sunday


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Yesterday I bought a telescope.", "On 7 March 2026"),
        ("The plumber comes next Thursday.", "Thursday, 12 March 2026"),
        ("The dentist sees Kirsten on 11 April.", "11 April"),
        ("I meet Ines at 18:30 on 11 April.", "At 18:30, 11 April"),
        ("My cat is called Tilda.", ""),
    ],
)
def test_a_time_is_told_by_the_calendar_counted_from_the_day_of_saying(text: str, time: str) -> None:
    assert time_told(Passage("a" * 32, text, "user", SAID, 1.0), text) == time
