import math

from assistant.memory.salience.weight import Salience


def test_weight_follows_the_papers_words() -> None:
    salience = Salience()
    assert salience.weight(0, None) == 1.0
    assert math.isclose(salience.weight(500, None), math.exp(-1))
    assert math.isclose(salience.weight(500, 99), math.exp(-1) + 0.5)


def test_a_recall_counts_for_a_hundred_turns() -> None:
    salience = Salience()
    assert salience.weight(300, 100) > salience.weight(300, 101) == salience.weight(300, None)


def test_use_adds_to_the_weight_with_less_to_gain_each_time() -> None:
    salience = Salience()
    gains = [salience.weight(500, None, q + 1) - salience.weight(500, None, q) for q in range(3)]
    assert gains == sorted(gains, reverse=True)
    assert salience.weight(500, None, 1e9) < salience.weight(500, None) + salience.use_weight


def test_the_formula_as_it_is_printed_rewards_what_was_never_recalled() -> None:
    printed = Salience(as_printed=True)
    assert printed.weight(10, None) > printed.weight(10, 5)
