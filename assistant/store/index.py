"""The search index: records that can be searched, by row, in memory only. Ranking is the memory's business.

A row is a number that stands for one record until the next commit; rows of replaced or removed records are dead
(no id, similarity -inf, BM25 0) until the index renumbers itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.store.postings import Postings, TermMatch
from assistant.store.records import RecordId
from assistant.store.vectors import VectorColumns, VectorRows

_DEAD_MIN = 1024


@dataclass(frozen=True)
class Searchable:
    """Some records with different ids, as the index takes them in without further work. n of them.

    Attributes:
        ids: Their ids (n).
        vectors: n rows.
        lengths: uint32 (n,), how many terms each has.
        terms: uint32, the terms of all, one record after another.
    """

    ids: list[RecordId]
    vectors: VectorColumns
    lengths: npt.NDArray[np.uint32]
    terms: npt.NDArray[np.uint32]

    def kept(self, rows: npt.NDArray[np.intp]) -> "Searchable":
        """Those at these places, given in ascending order."""
        stays = np.zeros(len(self.ids), np.bool_)
        stays[rows] = True
        ids = [self.ids[row] for row in rows.tolist()]
        terms = self.terms[np.repeat(stays, self.lengths)]
        return Searchable(ids, self.vectors.kept(rows), self.lengths[rows], terms)


def searchable(records: Sequence[tuple[RecordId, bytes, bytes]], dimensions: int) -> Searchable:
    """Records with different ids, each given as (id, vectors, terms), made ready for `SearchIndex.extend`."""
    vectors = VectorRows(dimensions)
    vectors.append([of_one for _, of_one, _ in records])
    lengths = np.array([len(terms) // 4 for _, _, terms in records], np.uint32)
    terms = np.frombuffer(b"".join([terms for _, _, terms in records]), "<u4")
    return Searchable([record for record, _, _ in records], vectors.columns, lengths, terms)


class SearchIndex:
    """Vectors and terms of all searchable records.

    Attributes:
        ids: The record of each row; "" where the row is dead.
        dimensions: Length of the vectors.
        numbering: Goes up by one whenever the rows are numbered anew.
    """

    def __init__(self, dimensions: int) -> None:
        self.ids: list[RecordId] = []
        self.dimensions = dimensions
        self.numbering = 0
        self._rows: dict[RecordId, int] = {}
        self._alive = np.zeros(256, np.bool_)
        self._vectors = VectorRows(dimensions)
        self._postings = Postings()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, record: RecordId) -> bool:
        return record in self._rows

    @property
    def vector_bytes(self) -> int:
        """Bytes of a record's vectors where it has some."""
        return self._vectors.row_bytes

    @property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Mask of shape (rows,): which rows stand for a record."""
        return self._alive[: len(self.ids)]

    def row(self, record: RecordId) -> int:
        """The row of a record. Raises KeyError for one that cannot be searched."""
        return self._rows[record]

    def vectors(self, record: RecordId) -> bytes:
        """The record's vectors, float16, (2, dimensions), nearly: see `VectorRows.row`.

        Empty where it has none or is not in the index. The exact ones are in the record on the disk.
        """
        row = self._rows.get(record)
        return b"" if row is None else self._vectors.row(row)

    def has_vectors(self, record: RecordId) -> bool:
        """Whether the record is in the index with vectors."""
        row = self._rows.get(record)
        return row is not None and self._vectors.has_vectors(row)

    def similarities(self, query: npt.NDArray[np.float32], layer: int = 0) -> npt.NDArray[np.float32]:
        """Cosine similarity of every row to the query: to within .0001 for the best ones, see `vectors`.

        Args:
            query: float32 of shape (dimensions,), or (queries, dimensions): several cost little more than one.
            layer: 0 for the chunk alone, 1 for the chunk with what came before it.

        Returns:
            float32 of shape (rows,) or (queries, rows); -inf for dead rows and rows without vectors.
        """
        scores = self._vectors.cosine(query, layer)
        if len(self._rows) < len(self.ids):
            scores[..., ~self.alive] = -np.inf
        return scores

    def bm25(self, terms: Sequence[int] | npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
        """BM25 of every row for the query's terms (`search_terms`).

        Returns:
            float32 of shape (rows,); 0 where nothing matches.
        """
        return self._postings.bm25(np.asarray(terms, np.uint32), self.alive)

    def matches(self, terms: Sequence[int] | npt.NDArray[np.uint32]) -> list[TermMatch]:
        """Where each of the query's terms is found, and what it adds to the BM25 there; each different term once."""
        return self._postings.matches(np.asarray(terms, np.uint32), self.alive)

    @property
    def lengths(self) -> npt.NDArray[np.uint32]:
        """How many search terms each row has: uint32 of shape (rows,)."""
        return self._postings.lengths

    def bm25_of_full_match(self, terms: Sequence[int] | npt.NDArray[np.uint32]) -> float:
        """The BM25 of a row of mean length that holds each of the query's terms once: what a full match scores."""
        return self._postings.full_match(np.asarray(terms, np.uint32), self.alive)

    def add(self, records: Sequence[tuple[RecordId, bytes, bytes]]) -> None:
        """Add or replace records, each as (id, vectors, terms)."""
        if not records:
            return
        self._add_ids([record for record, _, _ in records])
        self._vectors.append([vectors for _, vectors, _ in records])
        self._postings.append([terms for _, _, terms in records])

    def extend(self, records: Searchable) -> None:
        """The same with records that are made ready."""
        if records.ids:
            self._add_ids(records.ids)
            self._vectors.extend(records.vectors)
            self._postings.extend(records.lengths, records.terms)

    def _add_ids(self, ids: Sequence[RecordId]) -> None:
        if not self._rows.keys().isdisjoint(ids):
            self.remove(ids)
        first = len(self.ids)
        self.ids.extend(ids)
        self._rows.update(zip(ids, range(first, len(self.ids)), strict=True))
        if len(self.ids) > len(self._alive):
            grown = np.zeros(max(len(self.ids), len(self._alive) * 5 // 4), np.bool_)
            grown[:first] = self._alive[:first]
            self._alive = grown
        self._alive[first : len(self.ids)] = True

    def reserve(self, rows: int) -> None:
        """Make room for so many rows, which saves copying while they are added."""
        self._vectors.reserve(rows)
        self._postings.reserve(rows)
        if rows > len(self._alive):
            grown = np.zeros(rows, np.bool_)
            grown[: len(self.ids)] = self.alive
            self._alive = grown

    def settle(self) -> None:
        """Do now what the first search would have to do after many additions."""
        self._postings.settle()

    def remove(self, records: Sequence[RecordId]) -> None:
        """Take records out. Ids that are not in the index do not matter."""
        for record in records:
            row = self._rows.pop(record, None)
            if row is not None:
                self.ids[row] = ""
                self._alive[row] = False
        if len(self.ids) - len(self._rows) > max(_DEAD_MIN, len(self._rows) // 4):
            self._renumber()

    def _renumber(self) -> None:
        self.numbering += 1
        rows = np.flatnonzero(self.alive)
        self._vectors.keep(rows)
        self._postings.keep(rows)
        self.ids = [self.ids[row] for row in rows]
        self._rows = {record: row for row, record in enumerate(self.ids)}
        self._alive = np.ones(len(rows), np.bool_)
