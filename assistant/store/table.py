"""The durable table: rows of (id, box) in LanceDB, with the guarantees that LanceDB alone does not give.

LanceDB writes new files for each version and never calls fsync. Here a write returns only when its files are on
the disk, a failed write is rolled back, a version that a power cut tore is stepped over, and removed bytes really
leave the disk. What is in a box, this file does not know.
"""

import contextlib
import os
import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import StoreError
from assistant.files import make_private_folder, sync_file, sync_folder
from assistant.store.disk import FAILURES, disk_errors

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[bytes, bytes]
"""A row id (16 bytes) and its box."""

_NAME = "records"
_HINT = "latest_version_hint.json"
_SMALL_ROWS = 512
_MAX_SMALL_FRAGMENTS = 64
_MIN_VERSIONS = 512
_IDS_PER_QUERY = 2000
_ROWS_PER_READ = 4096
_OLDER_THAN_ANYTHING = timedelta(days=36500)
# The folders of a Lance table that a version needs, in the order in which it depends on them. The files in
# _transactions only settle conflicts between concurrent writers: without them every version opens and goes on.
_FOLDERS = ("data", "_deletions", "_indices", "_versions")


def has_lost_its_versions(folder: Path) -> bool:
    """Whether the table in `folder` has rows, but no version file that says which of them count."""
    root = folder / f"{_NAME}.lance"
    return not any((root / "_versions").glob("*.manifest")) and any((root / "data").glob("*"))


class SealedTable:
    """One LanceDB table in a folder of its own. One owner only: nobody else may read or write it meanwhile.

    Attributes:
        problems: What opening had to step over, as sentences for the user.
    """

    def __init__(self, folder: Path) -> None:
        """Open the table in `folder`, or make an empty one.

        Raises:
            StoreError: There is a table, but no version of it can be opened, or it has lost its versions.
            StoreFullError: There is no space for a new table.
        """
        import lancedb
        import pyarrow as pa

        self.problems: list[str] = []
        self._folder = folder
        self._root = folder / f"{_NAME}.lance"
        self._schema = pa.schema([pa.field("id", pa.binary(), False), pa.field("box", pa.binary(), False)])
        self._synced: dict[str, set[str]] = {}
        self._rollback: int | None = None
        if has_lost_its_versions(folder):
            raise StoreError("The memory on disk has lost its version files.", next_step="Restore a backup.")
        make_private_folder(folder)
        with disk_errors("opened"):
            database = lancedb.connect(str(folder))
            # This file only caches the newest version number, and a power cut may leave it stale.
            (self._root / "_versions" / _HINT).unlink(missing_ok=True)
            if not any((self._root / "_versions").glob("*.manifest")):
                shutil.rmtree(self._root, ignore_errors=True)
                self._table = database.create_table(_NAME, schema=self._schema)
                sync_folder(folder)
            else:
                self._table = self._open_newest(database)
        self._sync()
        self._writes = self._count_small()

    @property
    def version(self) -> int:
        """Number of the newest version."""
        return int(self._table.version)

    def __len__(self) -> int:
        return int(self._table.count_rows())

    def rows(self) -> Iterator[list[Row]]:
        """All rows in batches, quickly.

        Raises:
            StoreError: A file cannot be read; `readable_rows` then gives what can be.
        """
        with disk_errors("read"):
            for batch in self._table.search().to_batches():
                yield _pairs(batch)

    def readable_rows(self) -> Iterator[list[Row]]:
        """All rows that can be read, in batches, around the damaged parts of files. Slow where there are any."""
        ranges = [
            (start, min(start + _ROWS_PER_READ, len(self))) for start in reversed(range(0, len(self), _ROWS_PER_READ))
        ]
        while ranges:
            start, stop = ranges.pop()
            try:
                yield _pairs(self._table.take_offsets(list(range(start, stop))).to_arrow())
            except FAILURES:
                if stop - start > 1:
                    middle = (start + stop) // 2
                    ranges += [(middle, stop), (start, middle)]

    def boxes(self, ids: Sequence[bytes]) -> Iterator[list[Row]]:
        """The rows with these ids that there are, in batches."""
        with disk_errors("read"):
            for condition in _conditions(ids):
                yield _pairs(self._table.search().where(condition).limit(None).to_arrow())

    def append(self, rows: Sequence[Row]) -> None:
        """Add rows with new ids: one version, on the disk when this returns.

        Raises:
            StoreFullError, StoreError: Nothing was added.
        """
        with self._writing():
            self._table.add(self._arrow(rows))

    def upsert(self, rows: Sequence[Row]) -> None:
        """Add rows, replacing those of the same ids: one version, on the disk when this returns.

        Raises:
            StoreFullError, StoreError: Nothing was changed.
        """
        with self._writing():
            self._merge(self._arrow(rows), insert=True)

    def delete(self, ids: Sequence[bytes]) -> None:
        """Remove rows, on the disk when this returns. Their bytes stay in the files until `vacuum`.

        Raises:
            StoreFullError, StoreError: Nothing was removed.
        """
        with self._writing():
            for condition in _conditions(ids):
                self._table.delete(condition)

    def restore(self, version: int) -> None:
        """Make an older version the newest one again."""
        with self._writing():
            self._table.checkout(version)
            self._table.restore()

    @property
    def wants_folding(self) -> bool:
        """Whether enough small fragments have gathered that reading becomes slow."""
        return self._writes > _MAX_SMALL_FRAGMENTS

    @property
    def wants_vacuum(self) -> bool:
        """Whether enough old versions have gathered that they take noticeable space."""
        versions = len(self._synced["_versions"])
        return versions > _MIN_VERSIONS and versions > _MIN_VERSIONS + len(self) // 64

    def fold(self) -> None:
        """Rewrite all small fragments as one, in one version: less than 0.1 s. Old versions stay.

        LanceDB's own compaction rewrites everything below a million rows, which takes seconds for a large memory.
        """
        with self._writing():
            small = self._small_fragments()
            if len(small) > 1:
                condition = " OR ".join(
                    f"(_rowid >= {fragment << 32} AND _rowid < {fragment + 1 << 32})" for fragment in small
                )
                rows = self._table.search().where(condition).limit(None).to_arrow()
                self._merge(rows.select(["id", "box"]), insert=False)
        self._writes = self._count_small()

    def vacuum(self) -> None:
        """Rewrite what was removed from, and delete all old versions with their files.

        Raises:
            StoreFullError, StoreError: Old bytes may be left; the rows are as before.
        """
        with self._writing():
            fragments = self._table.stats()["fragment_stats"]["num_fragments"]
            if fragments == 0:
                # The newest version's own files name the ids that were removed: have one after it.
                self._table.checkout(self.version)
                self._table.restore()
            elif fragments == 1:
                # A single fragment is only rewritten once a tenth of it is deleted. With a second one beside it,
                # made of one of its own rows, it always is.
                first = self._table.search().limit(1).to_arrow()
                self._merge(first.select(["id", "box"]), insert=False)
            self._table.optimize(cleanup_older_than=_OLDER_THAN_ANYTHING)
        # Only now that the rewritten files are on the disk may the old ones go: a power cut between the two
        # would otherwise lose both.
        with self._writing(), warnings.catch_warnings():
            # The warning is about concurrent readers: the owner's lock keeps them out.
            warnings.simplefilter("ignore", UserWarning)
            self._table.optimize(cleanup_older_than=timedelta(0), delete_unverified=True)
            # The names of transactions matter here: the files hold ids of removed rows.
            sync_folder(self._root / "_transactions")
        self._writes = self._count_small()

    def files(self) -> list[Path]:
        """Every file of the table."""
        return [path for path in self._root.rglob("*") if path.is_file()]

    def _open_newest(self, database: Any) -> Any:
        # Manifest names count down, so the newest version sorts first.
        manifests = sorted((self._root / "_versions").glob("*.manifest"))
        for place, manifest in enumerate(manifests):
            try:
                return database.open_table(_NAME)
            except FAILURES:
                if place + 1 == len(manifests):
                    raise
            aside = self._folder / "unreadable"
            make_private_folder(aside)
            manifest.replace(aside / manifest.name)
            sync_folder(aside)
            sync_folder(manifest.parent)
            self.problems.append(
                "The last change to the memory could not be read, probably after a power cut; "
                "the memory is as it was before that change."
            )
        raise AssertionError("there is at least one manifest")

    def _arrow(self, rows: Sequence[Row]) -> "pa.Table":
        import pyarrow as pa

        return pa.table([[row for row, _ in rows], [box for _, box in rows]], schema=self._schema)

    def _merge(self, rows: "pa.Table", *, insert: bool) -> None:
        merge = self._table.merge_insert("id").when_matched_update_all()
        if insert:
            merge = merge.when_not_matched_insert_all()
        merge.execute(rows)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Make the block's writes durable, or take them back."""
        with disk_errors("written"):
            self._roll_back()
            self._rollback = self.version
            try:
                yield
                self._sync()
            except FAILURES:
                # Where even this fails, for want of space, it is tried again before the next write.
                with contextlib.suppress(*FAILURES):
                    self._roll_back()
                raise
            self._rollback = None
            self._writes += 1

    def _roll_back(self) -> None:
        if self._rollback is None:
            return
        self._table.checkout_latest()
        if self.version != self._rollback:
            self._table.checkout(self._rollback)
            self._table.restore()
            self._sync()
        self._rollback = None

    def _sync(self) -> None:
        for name in _FOLDERS:
            folder = self._root / name
            if not folder.exists():
                continue
            found = {entry.name for entry in os.scandir(folder) if entry.name != _HINT}
            if found != self._synced.get(name):
                for new in found - self._synced.get(name, set()):
                    sync_file(folder / new)
                sync_folder(folder)
                if name not in self._synced:
                    sync_folder(self._root)
                self._synced[name] = found

    def _small_fragments(self) -> list[int]:
        import numpy as np

        ids = self._table.search().with_row_id(True).select(["_rowid"]).limit(None).to_arrow()["_rowid"]
        fragments, counts = np.unique(ids.to_numpy() >> 32, return_counts=True)
        return [int(fragment) for fragment in fragments[counts < _SMALL_ROWS]]

    def _count_small(self) -> int:
        return len(self._small_fragments())


def _pairs(batch: Any) -> list[Row]:
    return list(zip(batch.column("id").to_pylist(), batch.column("box").to_pylist(), strict=True))


def _conditions(ids: Iterable[bytes]) -> Iterator[str]:
    listed = list(ids)
    for start in range(0, len(listed), _IDS_PER_QUERY):
        literals = ", ".join(f"X'{row.hex()}'" for row in listed[start : start + _IDS_PER_QUERY])
        yield f"id IN ({literals})"
