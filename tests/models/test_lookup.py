"""Guesses come from what was read before, and a lookup that finds nothing guesses nothing."""

from assistant.models.lookup import LONGEST_MATCH, Lookup


def test_what_followed_the_last_tokens_before_is_guessed() -> None:
    lookup = Lookup([1, 2, 3, 4, 5, 6, 9, 2, 3])
    guess = lookup.guess(3)
    assert guess.tokens == (4, 5, 6)
    assert guess.match == 2


def test_the_longest_match_wins_and_of_equals_the_newest() -> None:
    assert Lookup([7, 1, 2, 10, 8, 1, 2, 20, 9, 7, 1, 2]).guess(1).tokens == (10,)
    assert Lookup([1, 2, 10, 5, 1, 2, 20, 6, 1, 2]).guess(1).tokens == (20,)


def test_what_is_written_counts_too() -> None:
    lookup = Lookup([1])
    for token in (5, 6, 7, 5, 6):
        lookup.push(token)
    assert lookup.guess(2).tokens == (7, 5)


def test_it_never_runs_past_what_is_known() -> None:
    assert Lookup([4, 5, 4]).guess(8).tokens == (5, 4)
    assert Lookup([3] * 5).guess(8).tokens == (3,)
    for tokens in ([], [1], [1, 2, 3]):
        assert Lookup(tokens).guess(4).tokens == ()
    assert Lookup([1, 1]).guess(0).tokens == ()


def test_other_texts_are_looked_up_but_not_across_their_ends() -> None:
    lookup = Lookup([8, 9, 1], [[1, 2, 3], [5, 6]])
    assert lookup.guess(9).tokens == (2, 3)
    assert Lookup([9, 3], [[1, 2, 3]]).guess(4).tokens == ()


def test_a_long_match_is_compared_to_its_limit_only() -> None:
    text = list(range(100, 150))
    guess = Lookup([*text, 7, *text[:40]]).guess(5)
    assert guess.match == LONGEST_MATCH
    assert guess.tokens == tuple(text[40:45])


def test_a_long_answer_fits() -> None:
    lookup = Lookup([1, 2])
    for token in range(5000):
        lookup.push(token)
    lookup.push(1233)
    assert lookup.guess(2).tokens == (1234, 1235)
