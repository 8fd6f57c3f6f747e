"""The durable table: rows of (id, box) in LanceDB, with the guarantees that LanceDB alone does not give.

LanceDB writes new files for each version and never calls fsync. Here a write returns only when its files are on
the disk, a failed write is rolled back, a version that a power cut tore is stepped over, and removed bytes really
leave the disk. What is in a box, this file does not know.
"""

import contextlib
import os
import shutil
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.errors import StoreError
from assistant.files import make_private_folder, sync_file, sync_folder, write_atomically
from assistant.store import fragments
from assistant.store.disk import FAILURES, disk_errors, panics_as_errors
from assistant.store.fragments import Row, as_arrow, as_rows, merge, with_ids, within
from assistant.store.lance import load_lancedb
from assistant.store.manifest import DataFile, data_files
from assistant.store.outdated import Outdated
from assistant.store.spare import has_spare, mend, write_spare

T = TypeVar("T")

_NAME = "records"
_HINT = "latest_version_hint.json"
_SPARE = "spare"
_SNAPSHOTS = "snapshots"
_MOVING = "moving"
_SMALL_ROWS = 512
_FULL_ROWS = 8192
_MAX_SMALL_FRAGMENTS = 64
_MAX_MIDDLING_FRAGMENTS = 16
_MIN_VERSIONS = 512
_ROWS_PER_READ = 4096
_TAG_BYTES = 16
_OLDER_THAN_ANYTHING = timedelta(days=36500)
# The folders of a Lance table that a version needs, in the order in which it depends on them. The files in
# _transactions only settle conflicts between concurrent writers: without them every version opens and goes on.
_FOLDERS = ("data", "_deletions", "_indices", "_versions")


def has_lost_its_versions(folder: Path) -> bool:
    """Whether the table in `folder` has rows, but no version file (and no spare one) that says which of them count."""
    root = folder / f"{_NAME}.lance"
    has_versions = any((root / "_versions").glob("*.manifest")) or has_spare(folder / _SPARE)
    return not has_versions and any((root / "data").glob("*"))


class SealedTable:
    """One LanceDB table in a folder of its own. One owner only: nobody else may read or write it meanwhile.

    Attributes:
        problems: What opening had to step over, as sentences for the user.
        data: The folder of the data files.
        snapshots: The folder for what others make of the rows of single data files. A file there is named after its
            data file, up to the first dot, and is deleted with it.
        outdated: Rows that do not count any more, whoever reads; they are deleted before anything is rewritten.
    """

    def __init__(self, folder: Path) -> None:
        """Open the table in `folder`, or make an empty one.

        Raises:
            StoreError: There is a table, but no version of it can be opened, or it has lost its versions.
            StoreFullError: There is no space for a new table.
        """
        lancedb = load_lancedb()

        self.problems: list[str] = []
        self._folder = folder
        self._root = folder / f"{_NAME}.lance"
        self.data, self.snapshots = self._root / "data", folder / _SNAPSHOTS
        self._synced: dict[str, set[str]] = {}
        self._rollback: int | None = None
        self._moving = folder / _MOVING
        self._has_copies, self._copies = False, 0
        self.outdated = Outdated()
        with disk_errors("mended"):
            if mended := mend(self._root, folder / _SPARE):
                self.problems.append(f"Damaged files of the memory were mended from their spare copies ({mended}).")
        if has_lost_its_versions(folder):
            raise StoreError("The memory on disk has lost its version files.", next_step="Restore a backup.")
        make_private_folder(folder)
        with disk_errors("opened"):
            database = lancedb.connect(str(folder))
            # This file only caches the newest version number, and a power cut may leave it stale.
            (self._root / "_versions" / _HINT).unlink(missing_ok=True)
            self._table = self._open_newest(database)
            if self._table is None:
                shutil.rmtree(self._root, ignore_errors=True)
                self._table = database.create_table(_NAME, schema=fragments.schema())
                sync_folder(folder)
            self._sync()
        self._writes = 0
        if self._moving.exists():
            self._has_copies = True
            with contextlib.suppress(StoreError):
                self._drop_copies()
        # Rows that cannot be read are found, and dealt with, by whoever reads them.
        with contextlib.suppress(StoreError):
            self._writes = _count_small(self._fragments())

    @property
    def version(self) -> int:
        """Number of the newest version."""
        return int(self._table.version)

    def __len__(self) -> int:
        with disk_errors("read"):
            return int(self._table.count_rows()) - len(self.outdated) - self._copies

    def rows(self, condition: str | None = None) -> Iterator[list[Row]]:
        """All rows, or those for which a condition (of `fragments`) holds, in batches, quickly.

        Raises:
            StoreError: A file cannot be read; `readable_rows` then gives what can be.
        """
        with disk_errors("read"):
            query = self._table.search()
            batches = (query.where(condition) if condition else query).to_batches(_ROWS_PER_READ)
            yield from self._in_force(_ahead(as_rows(batch) for batch in batches))

    def readable_rows(self) -> Iterator[list[Row]]:
        """All rows that can be read, in batches, around the damaged parts of files. Slow where there are any."""
        yield from self._in_force(self._around_damage())

    def _around_damage(self) -> Iterator[list[Row]]:
        with disk_errors("read"):
            count = int(self._table.count_rows())
        ranges = [(at, min(at + _ROWS_PER_READ, count)) for at in reversed(range(0, count, _ROWS_PER_READ))]
        while ranges:
            start, stop = ranges.pop()
            try:
                with panics_as_errors():
                    rows = as_rows(self._table.take_offsets(list(range(start, stop))).to_arrow())
                yield rows
            except FAILURES:
                if stop - start > 1:
                    middle = (start + stop) // 2
                    ranges += [(middle, stop), (start, middle)]

    def _in_force(self, batches: Iterable[list[Row]]) -> Iterator[list[Row]]:
        seen: set[Row] = set()
        for rows in batches:
            rows = self.outdated.left_out(rows)
            if self._has_copies:
                rows = [row for row in rows if (row[0], row[1][-_TAG_BYTES:]) not in seen]
                seen.update((row, box[-_TAG_BYTES:]) for row, box in rows)
            yield rows

    @property
    def may_hold_copies(self) -> bool:
        """Whether rows may lie in it twice, box and all, because a rewriting was cut off."""
        return self._has_copies

    def data_files(self) -> dict[int, DataFile]:
        """The data file of each fragment, by number, as far as that can be told."""
        # Manifest names count down.
        manifest = self._root / "_versions" / f"{(1 << 64) - 1 - self.version:020}.manifest"
        try:
            return data_files(manifest.read_bytes())
        except (OSError, ValueError):
            return {}

    def row_ids(self) -> npt.NDArray[np.uint64]:
        """LanceDB's row ids of all rows: the number of the fragment, shifted by 32 bits, and the place in its file.

        Raises:
            StoreError: They cannot be read.
        """
        with disk_errors("read"):
            return np.asarray(fragments.row_ids(self._table), np.uint64)

    def numbered(self, fragment: int) -> list[tuple[int, Row]]:
        """The rows of a fragment in order, outdated ones too, each with LanceDB's row id. Raises StoreError."""
        with disk_errors("read"):
            return sorted(fragments.numbered(self._table, [within(fragment)]))

    def drop_stray_snapshots(self) -> None:
        """Delete, durably, what is left in `snapshots` of data files that no fragment lies in. Raises StoreError."""
        if strays := self.stray_snapshots():
            with disk_errors("written"):
                for path in strays:
                    path.unlink()
                sync_folder(self.snapshots)

    def stray_snapshots(self) -> list[Path]:
        """What that would be."""
        stems = {Path(file.name).stem for file in self.data_files().values()}
        found = self.snapshots.glob("*")
        return [path for path in found if path.name.split(".")[0] not in stems or path.suffix == ".new"]

    def boxes(self, ids: Sequence[bytes]) -> Iterator[list[Row]]:
        """The rows with these ids that there are, in batches."""
        with disk_errors("read"):
            found = (self._table.search().where(condition).limit(None) for condition in with_ids(ids))
            yield from self._in_force(as_rows(each.to_arrow()) for each in found)

    def append(self, rows: Sequence[Row]) -> None:
        """Add rows: one version, on the disk when this returns. Rows of the same ids stay: they are to be `outdated`.

        Raises:
            StoreFullError, StoreError: Nothing was added.
        """
        with self._writing():
            self._table.add(as_arrow(rows))

    def upsert(self, rows: Sequence[Row]) -> None:
        """Add rows, replacing those of the same ids: one version, on the disk when this returns. For many at a time;
        nothing may be `outdated`.

        Raises:
            StoreFullError, StoreError: Nothing was changed.
        """
        with self._writing():
            merge(self._table, as_arrow(rows), insert=True)

    def delete(self, ids: Sequence[bytes]) -> None:
        """Remove rows, on the disk when this returns. Their bytes stay in the files until `vacuum`.

        Raises:
            StoreFullError, StoreError: Nothing was removed.
        """
        with self._writing():
            for condition in with_ids(ids):
                self._table.delete(condition)

    def drop_outdated(self) -> None:
        """Delete what is `outdated`, and what a rewriting that was cut off has left twice.

        Raises:
            StoreFullError, StoreError: Nothing was removed.
        """
        if self.outdated:
            with disk_errors("read"):
                found = fragments.numbered(self._table, with_ids(self.outdated.ids))
                old = [number for number, row in found if self.outdated.is_one(row)]
            with self._writing():
                fragments.delete_rows(self._table, old)
            self.outdated.clear()
        if self._has_copies:
            self._drop_copies()

    def _drop_copies(self) -> None:
        with disk_errors("read"):
            copies = fragments.copies(self._table)
        self._copies = len(copies)
        if copies:
            with self._writing():
                fragments.delete_rows(self._table, copies)
        self._copies, self._has_copies = 0, False
        self._unmark_moving()

    def restore(self, version: int) -> None:
        """Make an older version the newest one again."""
        with self._writing():
            self._table.checkout(version)
            self._table.restore()

    def tidy(self, *, patience: int = 1) -> bool:
        """`fold` or `vacuum` where enough has gathered for one of them: a crash in between costs nothing.

        Args:
            patience: How many times as much as usual may have gathered before anything is done.

        Returns:
            Whether anything was done.

        Raises:
            StoreFullError, StoreError: The rows are as before.
        """
        versions = len(self._synced["_versions"])
        if versions > patience * _MIN_VERSIONS and versions > patience * (_MIN_VERSIONS + len(self) // 64):
            self.vacuum()
        elif self._writes > patience * _MAX_SMALL_FRAGMENTS:
            self.fold()
        else:
            return False
        return True

    def fold(self) -> None:
        """Rewrite small fragments as one, in one version: less than 0.1 s. Old versions stay.

        What has become 512 rows is let be until there are more than 16 fragments of less than 8,192 rows; then some
        become one of about that. So a row is rewritten twice, and n rows lie in some n / 8,192 + 80 fragments.
        LanceDB's own compaction rewrites everything below a million rows, which takes seconds for a large memory.
        """
        self.drop_outdated()
        sizes = self._fragments()
        small = [fragment for fragment, rows in sizes.items() if rows < _SMALL_ROWS]
        if len(small) > 1:
            self._rewrite(small, sizes)
            sizes = self._fragments()
        middling = [fragment for fragment, rows in sizes.items() if rows < _FULL_ROWS]
        if len(middling) > _MAX_MIDDLING_FRAGMENTS:
            totals = accumulate(sizes[fragment] for fragment in middling)
            self._rewrite(middling[: sum(total <= _FULL_ROWS for total in totals)], sizes)
            sizes = self._fragments()
        self._writes = _count_small(sizes)

    def compact(self) -> None:
        """Rewrite all fragments that are not full as full ones, then `vacuum`."""
        self.drop_outdated()
        sizes = self._fragments()
        few = [fragment for fragment, rows in sizes.items() if rows < _FULL_ROWS // 2]
        if len(few) > 1:
            self._rewrite(few, sizes)
        self.vacuum()

    def vacuum(self) -> None:
        """Rewrite the fragments that rows were removed from, and delete all old versions with their files.

        Takes as long as these fragments are large: a few tenths of a second after one row was removed.

        Raises:
            StoreFullError, StoreError: Old bytes may be left; the rows are as before.
        """
        self.drop_outdated()
        sizes, holed = self._fragments(), self._with_holes()
        self._rewrite([fragment for fragment in sizes if fragment in holed], sizes)
        # The newest version's own files may name the ids that were removed: have one after it.
        with self._writing():
            self._table.checkout(self.version)
            self._table.restore()
        # Only now that the rewritten files are on the disk may the old ones go: a power cut between the two
        # would otherwise lose both.
        with disk_errors("written"):
            sizes = self._fragments()
            if not self._drop_old_files(sizes):
                self._drop_old_versions()
                sizes = self._fragments()
        self.drop_stray_snapshots()
        self.keep_spare()
        self._writes = _count_small(sizes)

    def keep_spare(self) -> None:
        """Copy the small files that everything depends on: see `assistant.store.spare`. Raises StoreError."""
        with disk_errors("written"):
            write_spare(self._root, self._folder / _SPARE)

    def _rewrite(self, fragments: Sequence[int], sizes: Mapping[int, int]) -> None:
        """Put the rows of these fragments into new ones of at most 8,192 rows, one after the other.

        They are added there before they are deleted here. A file says meanwhile that some may be found twice.
        """
        if not fragments:
            return
        with disk_errors("written"):
            write_atomically(self._moving, b"")
        try:
            self._move_all(fragments, sizes)
        except BaseException:
            self._has_copies = True  # unless the rollback comes to it
            raise
        self._unmark_moving()

    def _unmark_moving(self) -> None:
        with disk_errors("written"):
            self._moving.unlink(missing_ok=True)
            sync_folder(self._folder)

    def _move_all(self, fragments: Sequence[int], sizes: Mapping[int, int]) -> None:
        # Nothing is written to these fragments meanwhile, so that the next ones can be read ahead.
        for condition, rows in _ahead((each, self._where(each)) for each in self._groups(fragments, sizes)):
            if rows.num_rows:
                with self._writing():
                    self._table.add(rows.select(["id", "box"]))
                    self._table.delete(condition)

    def _where(self, condition: str) -> Any:
        with disk_errors("read"):
            return self._table.search().where(condition).limit(None).to_arrow()

    def _groups(self, fragments: Sequence[int], sizes: Mapping[int, int]) -> Iterator[str]:
        """Conditions for the rows of these fragments, each for 8,192 at most."""
        group: list[str] = []
        held = 0
        for fragment in fragments:
            rows = sizes.get(fragment, 0)
            if group and held + rows > _FULL_ROWS:
                yield " OR ".join(group)
                group, held = [], 0
            if rows <= _FULL_ROWS:
                group.append(within(fragment))
                held += rows
                continue
            # A fragment of an older Hippo may hold everything. Its last row may lie behind holes.
            for start in range(fragment << 32, self._last_row(fragment) + 1, _FULL_ROWS):
                yield f"(_rowid >= {start} AND _rowid < {start + _FULL_ROWS})"
        if group:
            yield " OR ".join(group)

    def _with_holes(self) -> set[int]:
        """The fragments that rows were removed from, replaced ones included; also such as are not there any more."""
        names = [path.name for path in (self._root / "_deletions").glob("*")]
        return {int(name.split("-")[0]) for name in names if name.split("-")[0].isdigit()}

    def _drop_old_files(self, fragments: Collection[int]) -> bool:
        """Delete what the newest version does not need, old versions first, so that a crash leaves no broken one.

        Args:
            fragments: Of the newest version.

        Returns:
            Whether it could be told for certain what is needed.
        """
        manifests = sorted((self._root / "_versions").glob("*.manifest"))
        # Manifest names count down, so the newest version sorts first.
        if not manifests or manifests[0].stem != f"{(1 << 64) - 1 - self.version:020}":
            return False
        content = manifests[0].read_bytes()
        data = list((self._root / "data").glob("*"))
        needed = {path for path in data if path.name.encode("ascii") in content}
        if len(needed) != len(fragments):
            return False
        deletions = [
            path for path in (self._root / "_deletions").glob("*") if path.name.split("-")[0] not in map(str, fragments)
        ]
        transactions = [p for p in (self._root / "_transactions").glob("*") if p.name.encode("ascii") not in content]
        for name, old in (
            ("_versions", manifests[1:]),
            ("data", [path for path in data if path not in needed]),
            ("_deletions", deletions),
            ("_transactions", transactions),
        ):
            folder = self._root / name
            for path in old:
                path.unlink()
            if old:
                sync_folder(folder)
            if name in self._synced:
                self._synced[name] -= {path.name for path in old}
        return True

    def _drop_old_versions(self) -> None:
        """LanceDB's own way to delete what no version but the newest needs. It rewrites all of a large memory."""
        # It reads all old versions to tell which files they need: a damaged one must not be in the way.
        for old in sorted((self._root / "_versions").glob("*.manifest"))[1:]:
            old.unlink()
        sync_folder(self._root / "_versions")
        with self._writing(), warnings.catch_warnings():
            # The warning is about concurrent readers: the owner's lock keeps them out.
            warnings.simplefilter("ignore", UserWarning)
            self._table.optimize(cleanup_older_than=_OLDER_THAN_ANYTHING)
        with self._writing(), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            self._table.optimize(cleanup_older_than=timedelta(0), delete_unverified=True)
            # The names of transactions matter here: the files hold ids of removed rows.
            sync_folder(self._root / "_transactions")

    def files(self) -> list[Path]:
        """Every file of the table."""
        return [path for path in self._root.rglob("*") if path.is_file()]

    def _open_newest(self, database: Any) -> Any:
        """The table as of its newest readable version, or None where there is none and there are no rows either: a
        power cut came while it was being made."""
        # Manifest names count down, so the newest version sorts first.
        manifests = sorted((self._root / "_versions").glob("*.manifest"))
        for place, manifest in enumerate(manifests):
            try:
                with panics_as_errors():
                    return database.open_table(_NAME)
            except FAILURES:
                if place + 1 == len(manifests):
                    if any((self._root / "data").glob("*")):
                        raise
                    return None
            aside = self._folder / "unreadable"
            make_private_folder(aside)
            manifest.replace(aside / manifest.name)
            sync_folder(aside)
            sync_folder(manifest.parent)
            self.problems.append(
                "The last change to the memory could not be read, probably after a power cut; "
                "the memory is as it was before that change."
            )
        return None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Make the block's writes durable, or take them back."""
        with disk_errors("written"):
            self._roll_back()
            self._rollback = self.version
            try:
                with panics_as_errors():
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

    def _fragments(self) -> dict[int, int]:
        """The fragments in order, and how many rows each has."""
        with disk_errors("read"):
            return fragments.sizes(self._table)

    def _last_row(self, fragment: int) -> int:
        with disk_errors("read"):
            return int(fragments.row_ids(self._table, within(fragment)).max())


def _count_small(sizes: Mapping[int, int]) -> int:
    return sum(rows < _SMALL_ROWS for rows in sizes.values())


def _ahead(batches: Iterator[T]) -> Iterator[T]:
    """The same batches, each read while the one before it is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch
