"""The state of a decoder's short convolutions, next to the KV cache: what each of them saw last.

A KV cache can be cropped to any length, a state only replaced by an earlier one. So states are kept: after each token
of the last pass, and after every 32nd token before. A crop falls back to the nearest one that is not too late, and the
few tokens that are missing then (at most 31) are read again with what comes next: see `length`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

_EVERY: Final = 32  # tokens


class RecurrentState:
    """The convolution states of one cache; made by `Decoder.new_cache`.

    Attributes:
        length: How many tokens the states have seen. It may be less than the cache holds: the tokens from here on have
            to be read again.
    """

    def __init__(self, shapes: Sequence[tuple[int, int]]) -> None:
        """Start before the first token.

        Args:
            shapes: For each convolution, how many steps its state holds, and how wide each is.
        """
        self.length = 0
        self._shapes = tuple(shapes)
        self._start = 0  # where the last pass began
        self._windows = self._zeros()
        self._kept: dict[int, list[FloatArray]] = {}

    def states(self) -> list[FloatArray]:
        """The states after `length` tokens, each float32 (1, steps, width)."""
        return self._after(self.length)

    def windows(self, count: int) -> list[FloatArray]:
        """Room for what a pass of `count` tokens returns: for each convolution, float32 (1, steps + count, width)."""
        return [np.empty((1, steps + count, width), np.float32) for steps, width in self._shapes]

    def advance(self, windows: list[FloatArray]) -> None:
        """Take over the windows that a pass has filled: the old states, and what each new token added."""
        steps = self._shapes[0][0]
        self._start, self._windows = self.length, windows
        self.length += windows[0].shape[1] - steps
        first = -(-(self._start + 1) // _EVERY) * _EVERY
        for at in range(first, self.length + 1, _EVERY):
            self._kept[at] = [state.copy() for state in self._after(at)]

    def crop(self, length: int) -> None:
        """Go back to a state after at most `length` tokens (no change if there are fewer)."""
        length = max(length, 0)
        if length >= self.length:
            return
        if length < self._start:
            self._start = max((at for at in self._kept if at <= length), default=0)
            self._windows = self._kept.get(self._start) or self._zeros()
            length = self._start
        self.length = length
        self._kept = {at: states for at, states in self._kept.items() if at <= length}

    def clear(self) -> None:
        """Go back to the start and overwrite the memory with zeros."""
        for states in (self._windows, *self._kept.values()):
            for state in states:
                state.fill(0)
        self.length = self._start = 0
        self._windows, self._kept = self._zeros(), {}

    def _after(self, length: int) -> list[FloatArray]:
        """The states after `length` tokens, which the last pass saw."""
        at = length - self._start
        return [
            np.ascontiguousarray(window[:, at : at + steps])
            for window, (steps, _) in zip(self._windows, self._shapes, strict=True)
        ]

    def _zeros(self) -> list[FloatArray]:
        return [np.zeros((1, steps, width), np.float32) for steps, width in self._shapes]
