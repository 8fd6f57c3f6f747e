"""Rows that newer ones of the same ids have taken the place of, and that lie in the table still.

To replace a row in LanceDB means to join with all ids: 20 ms of a large memory, in a turn that somebody waits for. So
the new row is only added, the ledger says of the old one that it may be passed over, and it is deleted later, before
anything is rewritten. A crash before the new row is there leaves the old one alone under its id, and so in force.
"""

from collections.abc import Callable, Collection, Iterable

from assistant.store.fragments import Row

MOST = 64
"""How many there may be at a time: their marks fit into a slot of the ledger."""


class Outdated:
    """Which rows of a table are outdated, by mark, the oldest first. True while there are any."""

    def __init__(self, mark: Callable[[bytes, bytes], int] = lambda row, box: 0) -> None:
        """`mark`: the mark of a row with this id and box, as the ledger makes it."""
        self._mark = mark
        self._ids: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def marks(self) -> tuple[int, ...]:
        """Their marks in order."""
        return tuple(self._ids)

    @property
    def ids(self) -> list[bytes]:
        """Their ids, each once."""
        return list(dict.fromkeys(self._ids.values()))

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """From now on these are outdated, each as (mark, id)."""
        self._ids.update(rows)

    def drop(self, ids: Collection[bytes]) -> None:
        """Nothing lies in the table any more under these ids."""
        self._ids = {mark: row for mark, row in self._ids.items() if row not in ids}

    def clear(self) -> None:
        """None of them lies in the table any more."""
        self._ids = {}

    def is_one(self, row: Row) -> bool:
        """Whether this row is one of them."""
        return bool(self._ids) and self._mark(*row) in self._ids

    def left_out(self, rows: list[Row]) -> list[Row]:
        """The rows without those that are outdated."""
        if not self._ids:
            return rows
        ids = frozenset(self._ids.values())
        return [row for row in rows if row[0] not in ids or not self.is_one(row)]
