"""BM25 over hashed terms, in memory. Only the numbers: which row is which record is the index's business.

The postings of a term are a stretch of two parallel arrays, found by binary search among the different terms: 5 bytes
for each. What is added waits unsorted until it is asked for, then goes to a small unsorted tail that is merged in
when it grows. Removed rows stay in the postings and are left out by a mask until the index is rebuilt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75
_TAIL_MIN = 4096
_TAIL_MAX = 65536


@dataclass(frozen=True)
class TermMatch:
    """Where one term of a query is found.

    Attributes:
        rows: uint32 (n,), each once.
        scores: float32 (n,), what the term adds to the BM25 of these rows.
        idf: The term's inverse document frequency.
    """

    term: int
    rows: npt.NDArray[np.uint32]
    scores: npt.NDArray[np.float32]
    idf: float


class Postings:
    """Which rows hold which terms, and how often."""

    def __init__(self) -> None:
        self._vocabulary = np.empty(0, np.uint32)
        self._starts = np.zeros(1, np.int64)
        self._rows = np.empty(0, np.uint32)
        self._counts = np.empty(0, np.uint8)
        self._tail = (np.empty(0, np.uint32), self._rows, self._counts)
        self._waiting: list[npt.NDArray[np.uint64]] = []
        self._lengths = np.empty(0, np.uint32)
        self._count = 0

    def append(self, documents: Sequence[bytes]) -> None:
        """Add rows. Each document is its terms: uint32, little-endian, with repeats."""
        lengths = np.array([len(document) // 4 for document in documents], np.uint32)
        self.extend(lengths, np.frombuffer(b"".join(documents), "<u4"))

    def extend(self, lengths: npt.NDArray[np.uint32], terms: npt.NDArray[np.uint32]) -> None:
        """The same: how many terms each row has, uint32 (rows,), and the terms of all, one row after another."""
        first, self._count = self._count, self._count + len(lengths)
        if self._count > len(self._lengths):
            self.reserve(max(256, self._count, len(self._lengths) * 9 // 8))
        self._lengths[first : self._count] = lengths
        rows = np.repeat(np.arange(first, self._count, dtype=np.uint64), lengths)
        self._waiting.append(terms.astype(np.uint64) << np.uint64(32) | rows)

    def reserve(self, rows: int) -> None:
        """Make room for so many rows at once."""
        if rows > len(self._lengths):
            grown = np.empty(rows, np.uint32)
            grown[: len(self._lengths)] = self._lengths
            self._lengths = grown

    def bm25(self, terms: npt.NDArray[np.uint32], alive: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Okapi BM25 of each row for a set of terms; repeats of a term in the query count once.

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), equation 3.15, with
        k1 = 1.2 and b = 0.75; the inverse document frequency is ln(1 + (N - n + 0.5) / (n + 0.5)), which is never
        negative. N, n and the mean length count living rows that have terms.

        Args:
            terms: uint32 of shape (n,).
            alive: Mask of shape (rows,) of the rows that count.

        Returns:
            float32 of shape (rows,); 0 where nothing matches or the row is dead.
        """
        scores = np.zeros(self._count, np.float32)
        for match in self.matches(terms, alive):
            scores[match.rows] += match.scores
        return scores

    def matches(self, terms: npt.NDArray[np.uint32], alive: npt.NDArray[np.bool_]) -> list[TermMatch]:
        """The share of each of the terms in `bm25`, one entry for each different term; arguments as there."""
        lengths = self._lengths[: self._count]
        filled = alive & (lengths > 0)
        total = int(filled.sum())
        if not total:
            return []
        mean = lengths[filled].mean()
        found = []
        for term in np.unique(np.asarray(terms, np.uint32)):
            rows, counts = self._find(term)
            living = alive[rows]
            rows, counts = rows[living], counts[living].astype(np.float32)
            idf = float(np.log1p((total - len(rows) + 0.5) / (len(rows) + 0.5)))
            damping = K1 * (1 - B + B * lengths[rows] / mean)
            scores = (idf * counts * (K1 + 1) / (counts + damping)).astype(np.float32)
            found.append(TermMatch(int(term), rows, scores, idf))
        return found

    @property
    def lengths(self) -> npt.NDArray[np.uint32]:
        """How many terms each row has: uint32 of shape (rows,)."""
        return self._lengths[: self._count]

    def full_match(self, terms: npt.NDArray[np.uint32], alive: npt.NDArray[np.bool_]) -> float:
        """The sum of the terms' inverse document frequencies: the score of a row of mean length with each term once."""
        total = int((alive & (self._lengths[: self._count] > 0)).sum())
        holding = [int(alive[self._find(term)[0]].sum()) for term in np.unique(np.asarray(terms, np.uint32))]
        return float(sum(np.log1p((total - n + 0.5) / (n + 0.5)) for n in holding))

    def keep(self, rows: npt.NDArray[np.intp]) -> None:
        """Drop all rows but these, given in ascending order; they are numbered anew in that order."""
        self.settle()
        self._merge_tail()
        renumbered = np.full(self._count, -1, np.int64)
        renumbered[rows] = np.arange(len(rows))
        moved = renumbered[self._rows]
        kept = moved >= 0
        terms = np.repeat(self._vocabulary, np.diff(self._starts))[kept]
        self._rows, self._counts = moved[kept].astype(np.uint32), self._counts[kept]
        self._take_up(terms)
        self._lengths = self._lengths[: self._count][rows]
        self._count = len(rows)

    def _find(self, term: np.uint32) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
        self.settle()
        place = int(np.searchsorted(self._vocabulary, term))
        known = place < len(self._vocabulary) and self._vocabulary[place] == term
        stretch = slice(self._starts[place], self._starts[place + 1]) if known else slice(0, 0)
        in_tail = self._tail[0] == term
        return (
            np.concatenate((self._rows[stretch], self._tail[1][in_tail])),
            np.concatenate((self._counts[stretch], self._tail[2][in_tail])),
        )

    def settle(self) -> None:
        """Take in what was added since somebody asked. Needs no call: the next question does it."""
        if not self._waiting:
            return
        pairs, counts = np.unique(np.concatenate(self._waiting), return_counts=True)
        self._waiting = []
        added = (
            (pairs >> np.uint64(32)).astype(np.uint32),
            (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
            np.minimum(counts, 255).astype(np.uint8),
        )
        if not len(self._rows) and not len(self._tail[0]):
            self._rows, self._counts = added[1:]  # all of a memory that was opened: sorted already
            self._take_up(added[0])
            return
        self._tail = (
            np.concatenate((self._tail[0], added[0])),
            np.concatenate((self._tail[1], added[1])),
            np.concatenate((self._tail[2], added[2])),
        )
        if len(self._tail[0]) > min(_TAIL_MAX, max(_TAIL_MIN, len(self._rows) // 8)):
            self._merge_tail()

    def _merge_tail(self) -> None:
        terms, rows, counts = self._tail
        order = np.argsort(terms, kind="stable")
        places = self._starts[np.searchsorted(self._vocabulary, terms[order], "right")]
        old = np.repeat(self._vocabulary, np.diff(self._starts))
        self._rows = np.insert(self._rows, places, rows[order])
        self._counts = np.insert(self._counts, places, counts[order])
        self._take_up(np.insert(old, places, terms[order]))
        self._tail = (terms[:0].copy(), rows[:0].copy(), counts[:0].copy())

    def _take_up(self, terms: npt.NDArray[np.uint32]) -> None:
        """Note where the stretch of each term begins; `terms` is the term of each posting, in order."""
        begins = np.flatnonzero(np.diff(terms, prepend=np.uint32(0)) != 0) if len(terms) else np.empty(0, np.int64)
        if len(terms) and (not len(begins) or begins[0] != 0):
            begins = np.insert(begins, 0, 0)
        self._vocabulary = terms[begins].copy()
        self._starts = np.append(begins, len(terms)).astype(np.int64)
