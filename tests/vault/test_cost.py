from assistant.vault.cost import MOST_MEMORY_KIB, MOST_PASSES, QUICK, at_least, for_this_machine
from assistant.vault.wraps import Argon2Cost


def test_a_floor_lifts_what_is_below_it_and_leaves_the_rest() -> None:
    floor = Argon2Cost(memory_kib=1024, passes=3, lanes=4)
    assert at_least(Argon2Cost(memory_kib=64, passes=1, lanes=1), floor) == floor
    higher = Argon2Cost(memory_kib=2048, passes=4, lanes=1)
    assert at_least(higher, floor) is higher
    assert at_least(Argon2Cost(memory_kib=2048, passes=1, lanes=1), floor) == Argon2Cost(
        memory_kib=2048, passes=3, lanes=4
    )


def test_a_quick_machine_doubles_the_cost_step_by_step_up_to_a_bound() -> None:
    cost, steps = Argon2Cost(), [Argon2Cost()]
    while (dearer := for_this_machine(cost, QUICK / 2)) != cost:
        assert dearer.memory_kib * dearer.passes == 2 * cost.memory_kib * cost.passes
        cost = dearer
        steps.append(cost)
    assert (cost.memory_kib, cost.passes) == (MOST_MEMORY_KIB, MOST_PASSES)
    assert len(steps) == 5


def test_a_slow_machine_leaves_the_cost() -> None:
    assert for_this_machine(Argon2Cost(), QUICK) == Argon2Cost()
