"""A LanceDB table of (id, box) rows and the fragments that it lies in: what holds wherever the table is, and whoever
writes to it. Durability and ownership are their own matters: see `table` and `shared`.

The row id that LanceDB gives a row is its fragment's number times 2^32 plus its place there. Fragments are numbered
in the order in which they are committed, and what is rewritten gets a new one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[bytes, bytes]
"""A row id (16 bytes) and its box."""

_IDS_PER_QUERY = 2000


def schema() -> "pa.Schema":
    """What such a table looks like."""
    import pyarrow as pa

    return pa.schema([pa.field("id", pa.binary(), False), pa.field("box", pa.binary(), False)])


def as_arrow(rows: Iterable[Row]) -> "pa.Table":
    """Rows as LanceDB takes them in."""
    import pyarrow as pa

    listed = list(rows)
    return pa.table([[row for row, _ in listed], [box for _, box in listed]], schema=schema())


def as_rows(batch: Any) -> list[Row]:
    """Rows as LanceDB gives them."""
    return list(zip(batch.column("id").to_pylist(), batch.column("box").to_pylist(), strict=True))


def with_ids(ids: Iterable[bytes]) -> Iterator[str]:
    """SQL conditions that together hold for the rows with these ids."""
    listed = list(ids)
    for start in range(0, len(listed), _IDS_PER_QUERY):
        literals = ", ".join(f"X'{row.hex()}'" for row in listed[start : start + _IDS_PER_QUERY])
        yield f"id IN ({literals})"


def within(fragment: int) -> str:
    """The SQL condition that holds for the rows of a fragment."""
    return f"(_rowid >= {fragment << 32} AND _rowid < {(fragment + 1) << 32})"


def row_numbers(numbers: Iterable[int]) -> str:
    """The SQL condition that holds for the rows with these row ids of LanceDB's."""
    return f"_rowid IN ({', '.join(map(str, numbers))})"


def merge(table: Any, rows: "pa.Table", *, insert: bool) -> None:
    """Replace the rows of the same ids, into a new fragment; those with new ids are added only with `insert`."""
    merging = table.merge_insert("id").when_matched_update_all()
    if insert:
        merging = merging.when_not_matched_insert_all()
    merging.execute(rows)


def move(table: Any, conditions: Iterable[str]) -> None:
    """Put the rows for which one of the conditions holds into a new fragment: one version."""
    rows = table.search().where(" OR ".join(conditions)).limit(None).to_arrow()
    if rows.num_rows:
        merge(table, rows.select(["id", "box"]), insert=False)


def delete_rows(table: Any, rows: Sequence[int]) -> None:
    """Delete rows by LanceDB's row ids, which takes no look at other rows: a version for each 2,000."""
    for start in range(0, len(rows), _IDS_PER_QUERY):
        table.delete(row_numbers(rows[start : start + _IDS_PER_QUERY]))


def numbered(table: Any, conditions: Iterable[str]) -> Iterator[tuple[int, Row]]:
    """The rows for which one of these conditions holds, each with LanceDB's row id."""
    for condition in conditions:
        batch = table.search().where(condition).with_row_id(True).limit(None).to_arrow()
        yield from zip(batch["_rowid"].to_pylist(), as_rows(batch), strict=True)


def copies(table: Any) -> list[int]:
    """LanceDB's row ids of rows that lie in the table more than once, box and all: all of them but the newest."""
    counts = Counter(table.search().select(["id"]).limit(None).to_arrow()["id"].to_pylist())
    newest: dict[Row, int] = {}
    found = []
    for number, row in numbered(table, with_ids(row for row, count in counts.items() if count > 1)):
        if row in newest:
            found.append(min(number, newest[row]))
        newest[row] = max(number, newest.get(row, 0))
    return found


def row_ids(table: Any, condition: str | None = None) -> Any:
    """LanceDB's row ids of all rows, or of those for which a condition holds: uint64 (rows,)."""
    query = table.search().with_row_id(True).select(["_rowid"])
    return (query.where(condition) if condition else query).limit(None).to_arrow()["_rowid"].to_numpy()


def sizes(table: Any) -> dict[int, int]:
    """The fragments in order, and how many rows each has."""
    fragments, counts = np.unique(row_ids(table) >> 32, return_counts=True)
    return dict(zip(fragments.tolist(), counts.tolist(), strict=True))
