import pytest

from assistant.memory.titles import title_from


def test_a_short_message_is_its_own_title() -> None:
    assert title_from("A trip to\n Lisbon.") == "A trip to Lisbon"


def test_a_long_message_is_cut_at_a_word() -> None:
    title = title_from("Could you help me to plan a long weekend in Lisbon with my two sisters and their children?")
    assert title == "Could you help me to plan a long weekend in Lisbon with my two sisters and…"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Plans\n- one\n- two", "Plans one two"),
        ("**Bold** and `code`", "Bold and code"),
        ("<b>Hello</b> there", "Hello there"),
        ("***", "***"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("snake_case stays", "snake_case stays"),
    ],
)
def test_markdown_leaves_no_marks_in_a_title(text: str, title: str) -> None:
    assert title_from(text) == title
