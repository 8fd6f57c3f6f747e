"""How many guessed tokens it pays to check at once, learned while an answer is written.

Checking k guesses costs one pass over k + 1 tokens, and yields 1 + a + … + aᵏ tokens if each is right with chance a
after those before it (Leviathan et al. 2023, arXiv 2211.17192, section 3.1). Both the chance and the cost are measured:
nothing is checked where that would not be faster than writing token by token.
"""

import statistics
from collections import deque
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 15
"""The most guesses in one pass."""

_WEIGHT: Final = 5.0  # observations that the chances given at the start are worth
_LEAST_GAIN: Final = 1.03
_EXTRA_COST: Final = 0.16  # of a guess, next to a token by itself; measured 0.11 to 0.2 for the built-in model
_LEAST_EXTRA_COST: Final = 0.1  # a busy machine makes single tokens look slow by chance
_REMEMBERED: Final = 9  # times; their median is not moved by a busy moment


class Pace:
    """Learns chances and costs for one answer."""

    def __init__(self, chances: Sequence[float]) -> None:
        """Begin with these chances that a guess is right, one for each kind of guess."""
        self._right = [chance * _WEIGHT for chance in chances]
        self._seen = [_WEIGHT] * len(chances)
        self._single: deque[float] = deque(maxlen=_REMEMBERED)
        self._extra: deque[float] = deque([_EXTRA_COST], maxlen=_REMEMBERED)

    def chance(self, kind: int) -> float:
        """How likely a guess of this kind is right, given that those before it are."""
        return self._right[kind] / self._seen[kind]

    def length(self, kind: int, most: int) -> int:
        """How many guesses of this kind to check: 0 where they do not pay."""
        chance, extra = self.chance(kind), statistics.median(self._extra)
        best, best_gain = 0, _LEAST_GAIN
        tokens = power = 1.0
        for count in range(1, min(most, LONGEST) + 1):
            power *= chance
            tokens += power
            gain = tokens / (1 + extra * count)
            if gain > best_gain:
                best, best_gain = count, gain
        return best

    def learn(self, kind: int, right: int, wrong: int) -> None:
        """So many guesses of this kind were right, and then one (1) or none (0) wrong."""
        self._right[kind] += right
        self._seen[kind] += right + wrong

    def timed(self, guesses: int, seconds: float) -> None:
        """A pass over a token and so many guesses, with the making of the guesses, took so long."""
        if not guesses:
            self._single.append(seconds)
        elif self._single:
            extra = (seconds / statistics.median(self._single) - 1) / guesses
            self._extra.append(min(max(extra, _LEAST_EXTRA_COST), 2.0))
