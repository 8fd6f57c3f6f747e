import math

from assistant.memory.salience import Salience


def test_weight_follows_the_papers_words() -> None:
    salience = Salience()
    assert salience.weight(0, None) == 1.0
    assert math.isclose(salience.weight(500, None), math.exp(-1))
    assert math.isclose(salience.weight(500, 99), math.exp(-1) + 0.5)


def test_a_recall_counts_for_a_hundred_turns() -> None:
    salience = Salience()
    assert salience.weight(300, 100) > salience.weight(300, 101) == salience.weight(300, None)
