"""What an open store holds in RAM: its records, on the shelf and in the search index, and the inventory of its rows.

Knows no disk: how the rows came from it, and back, is the store's business.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from assistant.errors import SealError
from assistant.store.allocator import over_and_over
from assistant.store.codec import Codec
from assistant.store.fragments import Row
from assistant.store.index import SearchIndex
from assistant.store.ledger import Inventory, Ledger
from assistant.store.outdated import Outdated
from assistant.store.packing import findable, pack
from assistant.store.records import Record, RecordId
from assistant.store.shelf import Shelf
from assistant.store.snapshots import Prepared


@dataclass(frozen=True)
class DamagedRow:
    """A row that cannot be opened. It stays on the disk.

    Attributes:
        id: The record's id, or "" where not even that can be read.
        reason: A sentence for the user.
    """

    id: RecordId
    reason: str


class Contents:
    """All records of an open store.

    Attributes:
        shelf: The records.
        index: The search index over those that can be searched.
        damaged: Rows that could not be opened, set aside.
        turn: The highest turn of all episodes and usages ever seen.
        inventory: Which rows there are, the damaged ones included, the outdated ones not.
        outdated: Rows that lie on the disk and do not count, because newer ones have their ids.
        next_sequence: The place of the next new record in the order of insertion.
    """

    def __init__(self, dimensions: int) -> None:
        """`dimensions`: length of the embedding vectors."""
        self.index = SearchIndex(dimensions)
        self.clear()

    def __contains__(self, record: object) -> bool:
        """Whether there is a row of this id, be it a damaged one."""
        return record in self.shelf or record in self._damaged_marks

    def clear(self) -> None:
        """Drop everything."""
        self.index = SearchIndex(self.index.dimensions)
        self.damaged: tuple[DamagedRow, ...] = ()
        self._damaged_marks: dict[RecordId, int] = {}
        self.turn = 0
        self.shelf = Shelf(self.index.vector_bytes)
        self.next_sequence = 0
        self.inventory = Inventory()
        self.outdated = Outdated()

    def read(
        self,
        batches: Iterable[list[Row]],
        expected: int,
        codec: Codec,
        ledger: Ledger,
        prepared: Iterable[Prepared] = (),
    ) -> None:
        """Take in all rows of a table, some `expected` ones; those that do not open are set aside.

        Args:
            batches: The rows, asked for when `prepared` is through.
            expected: How many there are in all.
            codec: What opens them.
            ledger: What says which of them count.
            prepared: Rows that need not be in `batches`.

        Raises:
            StoreError: A batch could not be read. What was taken in before stays.
            VaultLockedError: The key was forgotten.
        """
        damaged: dict[RecordId, DamagedRow] = {}
        self.outdated = Outdated(ledger.mark)
        self.index.reserve(expected)
        self.shelf.reserve(expected)
        with over_and_over():
            for some in prepared:
                self.shelf.put_packed(some.records)
                self.index.extend(some.searchable)
                self.turn = max(self.turn, some.records.last_turn)
                self.inventory = self.inventory.plus_all(some.records.marks)
        # Half of the work is NumPy's, in the index, and needs none of Python's lock.
        with ThreadPoolExecutor(1) as indexer:
            indexing: Future[None] | None = None
            for rows, marks in self._in_force(batches, ledger):
                opened = []
                for (row, box), mark in zip(rows, marks, strict=True):
                    try:
                        sequence, whole = codec.open(row, box)
                    except SealError as error:
                        damaged[row.hex()] = DamagedRow(row.hex(), error.message)
                        self._damaged_marks[row.hex()] = mark
                    else:
                        opened.append((sequence, mark, whole))
                self._keep(opened)
                self.inventory = self.inventory.plus(marks)
                if indexing is not None:
                    indexing.result()
                indexing = indexer.submit(self.index.add, findable(opened))
            if indexing is not None:
                indexing.result()
        self.index.settle()
        self.damaged = tuple(damaged.values())
        self.next_sequence = self.shelf.last_sequence() + 1

    def _in_force(self, batches: Iterable[list[Row]], ledger: Ledger) -> Iterator[tuple[list[Row], list[int]]]:
        """The rows that count, with their marks; those of each batch are taken in before the next is asked for."""
        ages = {mark: age for age, mark in enumerate(ledger.last.outdated if ledger.last else ())}
        doubtful: dict[int, Row] = {}
        repeated: set[int] = set()
        for rows in batches:
            marks = ledger.marks(rows)
            if ages and not ages.keys().isdisjoint(marks):
                kept = []
                for row, mark in zip(rows, marks, strict=True):
                    if mark in ages and mark not in doubtful:
                        doubtful[mark] = row
                        continue
                    kept.append((row, mark))
                    if mark in ages:
                        repeated.add(mark)  # Hippo never writes a row twice: somebody put it back
                rows, marks = [row for row, _ in kept], [mark for _, mark in kept]
            yield rows, marks
        doubtful = {mark: doubtful[mark] for mark in ages if mark in doubtful}
        last = {row[0]: mark for mark, row in doubtful.items()}
        left = [mark for row, mark in last.items() if row.hex() not in self]
        if left:
            yield [doubtful[mark] for mark in left], left
        self.outdated.add((mark, doubtful[mark][0]) for mark in doubtful if mark not in repeated.union(left))

    @property
    def distinct(self) -> int:
        """How many ids the rows have."""
        return len(self.shelf) + sum(record not in self.shelf for record in self._damaged_marks)

    def sequences(self, changed: Iterable[RecordId]) -> dict[RecordId, int]:
        """The places of records in the order of insertion: a record that is replaced keeps its own."""
        sequences = {}
        following = self.next_sequence
        for record in changed:
            kept = self.shelf.sequence(record)
            sequences[record] = following if kept is None else kept
            following += kept is None
        return sequences

    def mark(self, record: RecordId) -> int:
        """The mark of the row of a record, be it a damaged one."""
        mark = self.shelf.mark(record)
        return self._damaged_marks[record] if mark is None else mark

    def marks(self, records: Iterable[RecordId]) -> list[int]:
        """The marks of those of these that have a row."""
        return [self.mark(record) for record in records if record in self]

    def settle_damaged(self, ids: Collection[RecordId]) -> None:
        """Let go of damaged rows that were removed or replaced."""
        if not self.damaged:
            return
        self.damaged = tuple(row for row in self.damaged if row.id not in ids)
        for record in ids:
            self._damaged_marks.pop(record, None)

    def remember(self, records: Sequence[tuple[int, int, Record]]) -> None:
        """Take records with their sequences and marks into memory and into the index."""
        self._keep(records)
        self.index.remove([record.id for _, _, record in records])  # also of what is no episode any more
        self.index.add(findable(records))

    def _keep(self, records: Sequence[tuple[int, int, Record]]) -> None:
        packed = pack(records, self.index.vector_bytes)
        self.shelf.put_packed(packed)
        self.turn = max(self.turn, packed.last_turn)

    def drop(self, ids: Sequence[RecordId]) -> None:
        """Take records out of memory and out of the index."""
        self.index.remove(ids)
        for record in ids:
            self.shelf.pop(record)
