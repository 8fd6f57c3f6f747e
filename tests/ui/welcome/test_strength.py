"""The hint about a passphrase's strength."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.welcome.strength import LEAST, strength


@pytest.mark.parametrize(
    ("passphrase", "least", "most"),
    [
        ("", 0, 0),
        ("short", 0, 0),
        ("password", 1, 1),
        ("12345678", 1, 1),
        ("aaaaaaaaaaaaaaaa", 1, 1),
        ("hippohippo", 1, 1),
        ("lentil gazelle", 1, 2),
        ("lentil gazelle ghent umbrella", 3, 4),
        ("lentil gazelle ghent umbrella seven", 4, 4),
        ("x9!Kp2#vQz7&", 4, 4),
    ],
)
def test_what_is_easy_to_guess_is_called_weak_and_what_is_not_strong(passphrase: str, least: int, most: int) -> None:
    assert least <= strength(passphrase).level <= most


@given(st.text(max_size=60))
def test_any_text_has_a_strength(passphrase: str) -> None:
    judged = strength(passphrase)
    assert 0 <= judged.level <= 4
    assert (judged.level == 0) == (len(passphrase) < LEAST)
