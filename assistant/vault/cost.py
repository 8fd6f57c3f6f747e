"""What a guess of the passphrase should cost here: never less than this release demands, and more as machines get
faster. The vault is wrapped anew at an unlock, while the passphrase is at hand: nobody has to migrate anything.
"""

from assistant.vault.wraps import Argon2Cost

QUICK = 0.15
"""Seconds. Where opening the passphrase's wrap takes less, the next time costs twice as much."""

MOST_MEMORY_KIB = 256 * 1024
"""No more memory than this by itself: the vault may go on to a small machine. From here on, passes are added."""

MOST_PASSES = 12


def at_least(cost: Argon2Cost, floor: Argon2Cost) -> Argon2Cost:
    """A cost that is not below `floor` in memory and passes. The lanes are the floor's where anything changes."""
    memory, passes = max(cost.memory_kib, floor.memory_kib), max(cost.passes, floor.passes)
    if (memory, passes) == (cost.memory_kib, cost.passes):
        return cost
    return Argon2Cost(memory_kib=memory, passes=passes, lanes=floor.lanes)


def for_this_machine(cost: Argon2Cost, seconds: float) -> Argon2Cost:
    """A cost for a machine on which `cost` took so many seconds: twice as much where that was quick, within bounds."""
    if seconds >= QUICK:
        return cost
    if 2 * cost.memory_kib <= MOST_MEMORY_KIB:
        return Argon2Cost(memory_kib=2 * cost.memory_kib, passes=cost.passes, lanes=cost.lanes)
    if 2 * cost.passes <= MOST_PASSES:
        return Argon2Cost(memory_kib=cost.memory_kib, passes=2 * cost.passes, lanes=cost.lanes)
    return cost
