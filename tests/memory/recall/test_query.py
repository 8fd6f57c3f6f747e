"""What recall reads out of a question."""

from datetime import UTC, datetime

import numpy as np
import pytest

from assistant.memory.recall.query import (
    forms,
    leans_on_what_came_before,
    names_in,
    one_by_one,
    speakers_named,
    understand,
)
from assistant.store.index import SearchIndex

ROLES = ["user", "assistant", "caroline", "mary ann"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("When did Caroline move?", (2,)),
        ("What is caroline's job?", (2,)),
        ("Where does Mary live?", (3,)),
        ("What did the user say?", ()),
        ("Where do Caroline and Mary Ann live?", (2, 3)),
    ],
)
def test_a_speaker_is_known_by_name_or_first_name_but_not_as_user(text: str, named: tuple[int, ...]) -> None:
    assert speakers_named(text, ROLES) == named


def test_a_question_about_a_speaker_is_also_put_in_their_own_person() -> None:
    assert forms("When did Caroline's dog find Caroline?", ["caroline"])[1] == "When did my dog find I?"
    assert forms("Where do I live?", []) == ["Where do I live?"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Where does Ada live?", ["Ada"]),
        ("Ada's birthday?", ["Ada"]),
        ("Does Ada like Harry Potter?", ["Ada", "Harry Potter"]),
        ("What did I do last Monday in May?", []),
        ("Remember the milk. Where is it?", []),
        ("Wann hat Ada Geburtstag?", []),
    ],
)
def test_names_are_capitalised_words_within_a_sentence(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_a_question_about_several_people_is_asked_for_each() -> None:
    assert one_by_one("Where do Ada and Kofi live?") == ["Where do Ada live?", "Where do Kofi live?"]
    asked = one_by_one("What is Ada's favourite band? And Kofi?")
    assert asked == ["What is Ada's favourite band?", "What is Kofi's favourite band?"]
    assert one_by_one("Does Ada like Harry Potter?") == []
    assert one_by_one("Where does Ada live?") == []


def test_a_question_tells_whether_it_asks_for_a_time_or_a_number_and_about_whom() -> None:
    def query(text: str) -> tuple[bool, bool, bool]:
        made = understand(text, SearchIndex(4), np.zeros((1, 4), np.float32), ROLES, datetime.now(UTC))
        return made.asks_when, made.asks_number, made.about_self

    assert query("When did I move?") == (True, False, True)
    assert query("How many cats has Ada?") == (False, True, False)


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("And when is that?", True),
        ("Why?", True),
        ("Where does she live?", True),
        ("Which vegetables did my sister plant in the garden?", False),
    ],
)
def test_a_message_that_points_back_leans_on_what_came_before(text: str, leans: bool) -> None:
    assert leans_on_what_came_before(text) is leans
