from hypothesis import given
from hypothesis import strategies as st

from assistant.memory.text import sentences, split_message


@given(st.text(max_size=400))
def test_sentences_joined_give_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(st.text(max_size=400), st.integers(min_value=1, max_value=60))
def test_no_part_is_longer_than_the_limit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split_message(text, limit)
    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)


def test_parts_end_where_sentences_end() -> None:
    assert split_message("I live in Bern. My cat is Tilda. She is old.", 34) == [
        "I live in Bern. My cat is Tilda. ",
        "She is old.",
    ]
