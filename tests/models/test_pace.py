"""Guesses are checked only where that is faster."""

from assistant.models.pace import LONGEST, Pace


def test_sure_guesses_are_checked_in_long_runs_and_unsure_ones_not_at_all() -> None:
    pace = Pace([0.02, 0.5, 0.98])
    short, middle, long = (pace.length(kind, 100) for kind in range(3))
    assert short == 0 < middle < long <= LONGEST
    assert pace.length(2, 4) == 4
    assert pace.length(2, 0) == 0


def test_it_learns_how_often_a_kind_of_guess_is_right() -> None:
    pace = Pace([0.5, 0.5])
    for _ in range(30):
        pace.learn(0, 0, 1)
        pace.learn(1, 4, 0)
    assert pace.length(0, 15) == 0
    assert pace.length(1, 15) > 8
    assert pace.chance(0) < 0.1 < 0.9 < pace.chance(1)


def test_where_more_tokens_cost_as_much_as_one_by_one_nothing_is_checked() -> None:
    pace = Pace([0.9])
    assert pace.length(0, 15) > 0
    for _ in range(20):
        pace.timed(0, 0.010)
        pace.timed(5, 0.060)
    assert pace.length(0, 15) == 0


def test_one_slow_moment_changes_nothing() -> None:
    pace = Pace([0.9])
    for _ in range(9):
        pace.timed(0, 0.010)
        pace.timed(5, 0.015)
    before = pace.length(0, 15)
    pace.timed(5, 3.0)
    pace.timed(0, 2.0)
    assert pace.length(0, 15) == before
