"""Guesses at how an answer goes on, so that several tokens can be checked in one pass of the model.

An answer that quotes copies long spans of what the model has read: prompt lookup (Saxena 2023; Yang et al. 2023, arXiv
2304.04487) finds where its last few tokens stood before and proposes what followed them there. A guess never changes an
answer, only how fast it is written (see `speculation`); how long a guess pays is known by `pace`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONGEST_MATCH: Final = 16
"""Tokens that are compared: a longer match is no surer."""

_GAP: Final = -1  # between texts that do not follow each other; no token
_SPARE: Final = 1024


@dataclass(frozen=True)
class Guess:
    """What may come next.

    Attributes:
        tokens: In order; perhaps none.
        match: How many tokens before it stood there too: 1 to `LONGEST_MATCH`; 0 without a guess.
    """

    tokens: tuple[int, ...]
    match: int


_NO_GUESS: Final = Guess((), 0)


class Lookup:
    """Guesses from what has been read and written."""

    def __init__(self, prompt: Sequence[int], more: Sequence[Sequence[int]] = ()) -> None:
        """Begin with a prompt; `more` are texts that are not in it and may be quoted all the same."""
        before = [token for text in more for token in (*text, _GAP)]
        self._length = len(before) + len(prompt)
        self._tokens: NDArray[np.int32] = np.empty(self._length + _SPARE, np.int32)
        self._tokens[: self._length] = [*before, *prompt]

    def push(self, token: int) -> None:
        """The text goes on with this token."""
        if self._length == len(self._tokens):
            self._tokens = np.concatenate([self._tokens, np.empty_like(self._tokens)])
        self._tokens[self._length] = token
        self._length += 1

    def guess(self, limit: int) -> Guess:
        """What followed the longest earlier occurrence of the last tokens, the newest of several."""
        last = self._length - 1
        if limit < 1 or last < 1:
            return _NO_GUESS
        seen = self._tokens[: self._length]
        ends = np.flatnonzero(seen[:last] == seen[last])
        if not len(ends):
            return _NO_GUESS
        match = 1
        while match < min(LONGEST_MATCH, last):
            longer = ends[ends >= match]
            longer = longer[seen[longer - match] == seen[last - match]]
            if not len(longer):
                break
            ends, match = longer, match + 1
        start = int(ends[-1]) + 1
        tokens = seen[start : start + limit].tolist()
        return Guess(tuple(tokens[: tokens.index(_GAP)] if _GAP in tokens else tokens), match)
