"""What the benchmark's figures mean, on cases small enough to count by hand."""

import pytest

from .dialogue import Piece, Probe
from .metrics import (
    Line,
    average_precision,
    contradicts,
    disagree,
    holds,
    is_right,
    is_stale,
    precision_at,
    recall_at,
    refuses,
    separation,
    shows,
    shows_stale,
)

CAST = ("Ines", "Kofi")
INES = Piece(("Ines",), ("Porto",), (7,))
ME = Piece((), ("Porto",), (7,))
MOVED = Probe(
    "Where does Ines live?", "revised", "home", (INES,), ("Leeds",), (2,), others=("Leeds", "Accra", "New York")
)
GAVE_UP = Probe(
    "Do I still drink coffee?",
    "negated",
    "coffee",
    (Piece((), ("coffee",), (7,), denied=True),),
    stale_turns=(2,),
)
VAIN = Probe("Where does Bo live?", "nobody", "home")


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("She lives in Porto.", "porto", True),
        ("Portofino is nice", "Porto", False),
        ("in New\nYork", "new york", True),
        ("on 14 June", "4 June", False),
        ("the cartographer’s wife", "The Cartographer's Wife", True),
    ],
)
def test_values_are_found_as_whole_words_whatever_their_case_and_spacing(text: str, form: str, found: bool) -> None:
    assert holds(text, form) is found


def test_a_prompt_shows_a_value_by_the_message_that_told_it() -> None:
    assert shows([Line("In Porto.", "m7")], INES, {"m7"}, CAST)
    assert not shows([Line("In Porto.", "m9")], INES, {"m7"}, CAST)


def test_a_prompt_shows_a_value_by_any_line_that_names_subject_and_value() -> None:
    assert shows([Line("Ines has been in Porto for years")], INES, {"m7"}, CAST)
    assert not shows([Line("Kofi has been in Porto for years")], INES, {"m7"}, CAST)


def test_a_line_about_somebody_else_does_not_show_a_value_of_the_user() -> None:
    assert shows([Line("The user lives in Porto")], ME, {"m7"}, CAST)
    assert not shows([Line("My sister Ines lives in Porto")], ME, {"m7"}, CAST)
    assert not shows([Line("I said that somebody lives in Porto", "m9")], ME, {"m7"}, CAST)


def test_what_the_user_gave_up_is_shown_only_where_it_is_denied() -> None:
    piece = GAVE_UP.pieces[0]
    assert shows([Line("the user: I no longer drink coffee")], piece, set(), CAST)
    assert not shows([Line("the user: I drink coffee")], piece, set(), CAST)


def test_an_old_value_misleads_only_where_the_current_one_is_not_shown() -> None:
    old, new = Line("Ines lives in Leeds", "m2"), Line("Ines moved to Porto", "m7")
    assert shows_stale([old], MOVED, [{"m7"}], {"m2"}, CAST)
    assert not shows_stale([old, new], MOVED, [{"m7"}], {"m2"}, CAST)
    assert shows_stale([Line("Ines lives in Leeds")], MOVED, [{"m7"}], {"m2"}, CAST)
    assert not shows_stale([Line("Ines lived in Leeds until May", past=True)], MOVED, [{"m7"}], {"m2"}, CAST)


@pytest.mark.parametrize(
    ("answer", "right", "stale", "contradicting"),
    [
        ("Ines lives in Porto.", True, False, False),
        ("She moved from Leeds to Porto.", True, False, False),
        ("In Leeds.", False, True, True),
        ("In Accra.", False, False, True),
        ("In New York.", False, False, True),
        ("I do not know.", False, False, False),
    ],
)
def test_answers_are_right_stale_or_contradicting(answer: str, right: bool, stale: bool, contradicting: bool) -> None:
    assert is_right(answer, MOVED) is right
    assert is_stale(answer, MOVED) is stale
    assert contradicts(answer, MOVED) is contradicting


def test_of_what_was_given_up_only_a_denial_is_right() -> None:
    assert is_right("No, you gave up coffee.", GAVE_UP)
    assert not is_right("Yes, you drink coffee every day.", GAVE_UP)
    assert is_stale("Yes, you drink coffee every day.", GAVE_UP)
    assert not is_stale("That is not in my memory.", GAVE_UP)


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know.",
        "I do not know where Bo lives.",
        "You have not told me that.",
        "There is nothing about Bo in my memory.",
        "That is not in memory.",
        "I'm sorry, I couldn't find the answer.",
        "I can't find that in what you told me.",
        "",
    ],
)
def test_an_answer_that_says_that_it_does_not_know_is_no_false_recall(answer: str) -> None:
    assert refuses(answer)
    assert is_right(answer, VAIN)


def test_an_invented_answer_is_a_false_recall() -> None:
    assert not refuses("Bo lives in Accra, near the station.")


def test_two_answers_disagree_when_both_give_values_and_none_in_common() -> None:
    assert disagree("In Porto.", "In Leeds.", MOVED)
    assert not disagree("In Porto.", "Porto, I think.", MOVED)
    assert not disagree("In Porto.", "I do not know.", MOVED)


def test_precision_counts_over_what_could_be_found() -> None:
    ranked = ["a", "x", "b", "y", "z", "c"]
    assert precision_at(5, ranked, {"a"}) == 1.0
    assert precision_at(5, ranked, {"a", "b", "c"}) == pytest.approx(2 / 3)
    assert recall_at(50, ranked, {"a", "c", "q", "r"}) == 0.5


def test_average_precision_of_a_ranking_by_hand() -> None:
    # Hits at ranks 1 and 3: (1/1 + 2/3) / 2; with a third one that was never found: / 3.
    assert average_precision([0.9, 0.8, 0.7], [True, False, True], 2) == pytest.approx(5 / 6)
    assert average_precision([0.9, 0.8, 0.7], [True, False, True], 3) == pytest.approx(5 / 9)
    assert average_precision([], [], 2) == 0.0


def test_equal_scores_cannot_be_told_apart() -> None:
    assert average_precision([0.5, 0.5], [True, False], 1) == 0.5
    assert average_precision([0.5, 0.5], [False, True], 1) == 0.5


def test_separation_is_the_chance_to_be_above() -> None:
    assert separation([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert separation([0.9, 0.1], [0.5]) == 0.5
    assert separation([0.5], [0.5]) == 0.5
