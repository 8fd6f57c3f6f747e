"""The store: all records, durable and sealed on disk, open and searchable in memory.

It keeps what it is given, gives it back, and really removes it. What the records mean is the memory's business.
"""

import contextlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from assistant.errors import HippoError, InputError, StoreError
from assistant.files import make_private_folder
from assistant.store import layout
from assistant.store.allocator import passing_through
from assistant.store.codec import Codec
from assistant.store.contents import Contents, DamagedRow
from assistant.store.disk import disk_errors
from assistant.store.fragments import Row
from assistant.store.index import SearchIndex
from assistant.store.ledger import Ledger
from assistant.store.opening import Opening
from assistant.store.outdated import MOST
from assistant.store.owner import Owner
from assistant.store.records import Episode, Record, RecordId, Remembered, Usage
from assistant.store.shelf import EpisodeColumns
from assistant.store.snapshots import Snapshots
from assistant.store.table import SealedTable
from assistant.store.terms import forget_words
from assistant.store.traces import find_traces
from assistant.vault.sealer import Sealer

R = TypeVar("R", bound=Record)

_FEW = 500
"""Records whose vectors are looked up one by one; for more, everything is read."""

_PATIENCE = 4
"""How many times as much as `maintain` clears away may gather before a commit stops to do it."""

_MIN_PREFIX = 4
_PROBE_BYTES = 16


@dataclass(frozen=True)
class PurgeReport:
    """What a purge did.

    Attributes:
        rows: Rows that were removed.
        bytes_reclaimed: By how much the store shrank on the disk; never negative.
        files_searched: Files that were searched for what was removed.
        verified: None of them contains any of it.
    """

    rows: int
    bytes_reclaimed: int
    files_searched: int
    verified: bool


class Store:
    """An open store. Not for several threads at once: one worker owns it.

    Attributes:
        problems: What opening found wrong, as sentences for the user; empty in all ordinary cases.
    """

    def __init__(self, folder: Path, sealer: Sealer, dimensions: int, owner: Owner) -> None:
        """Use `Store.open`."""
        self.folder: Final = folder
        self.problems: tuple[str, ...] = ()
        self._codec = Codec(sealer)
        self._generation = layout.Generation(folder, sealer.key_id)
        self._owner = owner
        self._contents = Contents(dimensions)
        self._opened: tuple[SealedTable, Ledger] | None = None
        self._snapshots: Snapshots | None = None

    @classmethod
    def open(cls, folder: Path, sealer: Sealer, *, dimensions: int = 384, owner: Owner | None = None) -> "Store":
        """Open the store in `folder`, or make an empty one.

        Args:
            folder: The store folder.
            sealer: The vault's sealer for "store".
            dimensions: Length of the embedding vectors.
            owner: The lock on the folder, if the caller has taken it: from now on it is the store's to release.

        Raises:
            StoreInUseError: Another process has it open.
            StoreVersionError: A newer Hippo wrote it.
            WrongKeyError: It was sealed with another key.
            StoreError: It cannot be read at all.
        """
        with disk_errors("opened"):
            make_private_folder(folder)
            if owner is None:
                owner = Owner(folder)
                owner.take()
        store = cls(folder, sealer, dimensions, owner)
        try:
            with passing_through():
                opened = Opening(store._generation, sealer, store._contents).run()
        except BaseException:
            store.close()
            raise
        store._opened, store.problems = (opened.table, opened.ledger), opened.problems
        store._snapshots = Snapshots(opened.table, sealer, opened.ledger, dimensions)
        return store

    def close(self) -> None:
        """Drop everything that is in memory and let others open the store. Harmless when closed."""
        if self._opened is not None:
            # Not needed, but from now on even damage to the last change can be noticed and mended.
            table, ledger = self._opened
            with contextlib.suppress(HippoError):
                ledger.settle(self._contents.inventory, outdated=self._contents.outdated.marks)
                table.keep_spare()
        self._opened = self._snapshots = None
        self._contents.clear()
        forget_words()
        self._owner.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def index(self) -> SearchIndex:
        """The search index over episodes, summaries and facts."""
        return self._contents.index

    @property
    def damaged(self) -> tuple[DamagedRow, ...]:
        """Rows that could not be opened, set aside."""
        return self._contents.damaged

    @property
    def turn(self) -> int:
        """The highest turn of all episodes and usages ever seen since opening: the memory's turn counter."""
        return self._contents.turn

    @turn.setter
    def turn(self, turn: int) -> None:
        self._contents.turn = turn

    def __len__(self) -> int:
        return len(self._contents.shelf)

    def __contains__(self, record: object) -> bool:
        return record in self._contents.shelf

    def commit(self, records: Sequence[Record] = (), *, remove: Sequence[RecordId] = ()) -> None:
        """Insert `records`, replacing those with the same ids, then remove others.

        The records become one version of the table, so a crash leaves all of them or none; the removal is a second
        version. When this returns, everything is on the disk. When it raises, disk and memory are as before. The
        bytes of what is removed or replaced stay on the disk, sealed, until `purge` or `compact`.

        A record that is committed without vectors, with the text that it had, keeps its vectors.

        Raises:
            StoreFullError: There is no space left. The store stays usable.
            StoreError: The disk refused.
            VaultLockedError: The vault was locked.
        """
        table, _ = self._open_parts()
        changed = self._with_vectors({record.id: record for record in records})
        sequences = self._contents.sequences(changed)
        rows = [
            (bytes.fromhex(record.id), self._codec.seal(record, sequences[record.id])) for record in changed.values()
        ]
        self._write(rows, [(sequences[record.id], record) for record in changed.values()], remove)
        # The commit is acknowledged already: tidying may fail, and is tried again after the next one.
        with contextlib.suppress(StoreError):
            table.tidy(patience=_PATIENCE)

    def absorb(self, rows: Sequence[Row]) -> list[Record]:
        """Take in rows that were sealed elsewhere under the same key, as they are: one commit, like `commit`.

        Returns:
            The records in them.

        Raises:
            SealError: One of them does not open; nothing was changed.
            StoreFullError, StoreError, VaultLockedError: As for `commit`.
        """
        opened = [self._codec.open(*row) for row in rows]
        self._write(rows, opened)
        return [record for _, record in opened]

    def _write(
        self, rows: Sequence[Row], opened: Sequence[tuple[int, Record]], remove: Sequence[RecordId] = ()
    ) -> None:
        """Insert or replace rows, then remove others. `opened`: what is in the rows, as (sequence, record)."""
        table, ledger = self._open_parts()
        contents = self._contents
        changed = {record.id for _, record in opened}
        replaced = [(contents.mark(record), bytes.fromhex(record)) for record in changed if record in contents]
        if len(contents.outdated) + len(replaced) > MOST:
            table.drop_outdated()
        outdated = contents.outdated.marks
        if is_few := len(replaced) <= MOST:
            outdated += tuple(mark for mark, _ in replaced)
        removed = [record for record in dict.fromkeys(remove) if record in contents or record in changed]
        marks = {row.hex(): mark for (row, _), mark in zip(rows, ledger.marks(rows), strict=True)}
        inserted = contents.inventory.minus(contents.marks(changed)).plus(marks.values())
        gone = [bytes.fromhex(record) for record in removed]
        final = inserted.minus(marks[record] if record in marks else contents.mark(record) for record in removed)
        before = table.version
        ledger.expect(before, contents.inventory, inserted, final, outdated=outdated)
        if rows:
            if is_few:
                table.append(rows)
            else:
                table.upsert(rows)
        if gone:
            try:
                table.delete(gone)
            except StoreError:
                if rows:
                    table.restore(before)
                raise
        if is_few:
            contents.outdated.add(replaced)
        contents.outdated.drop(gone)
        contents.inventory = final
        contents.next_sequence = max(contents.next_sequence, *(sequence + 1 for sequence, _ in opened), 0)
        contents.remember([(sequence, marks[record.id], record) for sequence, record in opened])
        contents.drop(removed)
        contents.settle_damaged({*changed, *removed})

    def purge(self, ids: Sequence[RecordId]) -> PurgeReport:
        """Remove records so that their bytes are gone from the disk too, and check that they are.

        Damaged rows are removed by their ids like any other.

        The removal itself is durable first: a crash during the rest leaves the records forgotten, and the next
        opening finishes the rest. A copy of damaged files that was set aside is deleted if it holds any of it.

        Raises:
            StoreFullError, StoreError: The records may already be removed; their bytes may be left.
        """
        table, ledger = self._open_parts()
        size = self.size_on_disk()
        wanted = [bytes.fromhex(record) for record in dict.fromkeys(ids)]
        needles: set[bytes] = set()
        found: list[bytes] = []
        for rows in table.boxes(wanted):
            for row, box in rows:
                found.append(row)
                needles.update(_probes(box))
        # An id that has no row now may have had one in an older version.
        for row in wanted:
            needles.update(_names(row))
        self._generation.mark_purge()
        # First, because nobody knows after a crash what to look for.
        with disk_errors("searched"):
            for aside in layout.copies_set_aside(self.folder):
                if find_traces((path for path in aside.rglob("*") if path.is_file()), needles):
                    layout.drop([aside])
        if found:
            names = {row.hex() for row in found}
            contents = self._contents
            final = contents.inventory.minus(contents.marks(names))
            ledger.expect(table.version, contents.inventory, final, outdated=contents.outdated.marks)
            table.delete(found)
            contents.outdated.drop(found)
            contents.inventory = final
            contents.drop(list(names))
            contents.settle_damaged(names)
        table.vacuum()
        self._generation.unmark_purge()
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.parent != self.folder]
        with disk_errors("searched"):
            verified = not find_traces(files, needles) and not table.stray_snapshots()
        return PurgeReport(len(found), max(0, size - self.size_on_disk()), len(files), verified)

    def maintain(self) -> bool:
        """Do one thing that is due, if any: keep the files few, or prepare a large one for the next opening
        (`snapshots`). Some 0.1 s. For when nobody waits, after a turn.

        A commit keeps the files few by itself only where that was left undone for long.

        Returns:
            Whether anything was due.

        Raises:
            StoreFullError, StoreError: The records are as before, and it is due still.
        """
        return self._open_parts()[0].tidy() or self._prepare()

    def _prepare(self) -> bool:
        return self._snapshots is not None and self._snapshots.make()

    def compact(self) -> None:
        """Merge fragments, delete old versions with their files, and prepare the large ones for the next opening
        (`snapshots`). For idle time: seconds in a large memory.

        Raises:
            StoreFullError, StoreError: The records are as before.
        """
        self._open_parts()[0].compact()
        while self._prepare():
            pass

    def get(self, record: RecordId, *, vectors: bool = True) -> Record | None:
        """The record with this id, or None. Without `vectors` it comes without them, and without reading the disk.

        Raises:
            StoreError, VaultLockedError: The vectors cannot be read.
        """
        found = self._contents.shelf.get(record)
        return self.whole([found])[0] if vectors and found is not None else found

    def resolve(self, prefix: str) -> RecordId:
        """The id that starts with `prefix` (at least 4 digits; case does not matter), be it that of a damaged row.

        Raises:
            InputError: The prefix is too short, or no id or more than one starts with it.
        """
        wanted = prefix.strip().lower()
        ids = [*iter(self._contents.shelf), *(row.id for row in self.damaged if row.id not in self._contents.shelf)]
        if wanted in ids:
            return wanted
        if len(wanted) < _MIN_PREFIX:
            raise InputError(f"An id needs at least {_MIN_PREFIX} characters.")
        found = [record for record in ids if record.startswith(wanted)]
        if not found:
            raise InputError(f"No memory has an id that starts with {prefix!r}.")
        if len(found) > 1:
            raise InputError(
                f"{len(found)} memories have an id that starts with {prefix!r}.", next_step="Give more of it."
            )
        return found[0]

    def all(self, kind: type[R], *, vectors: bool = True) -> list[R]:
        """All records of a kind in the order in which they were first stored; see `get` for `vectors`."""
        found = self._contents.shelf.all(kind)
        return self.whole(found) if vectors else found

    def each(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind without their vectors, one after another. The store must not change meanwhile."""
        return self._contents.shelf.each(kind)

    def whole(self, records: Sequence[R]) -> list[R]:
        """Records that were read without vectors, each with them: all are read from the disk in one go.

        Raises:
            StoreError, VaultLockedError: The vectors cannot be read.
        """
        wanted = [r.id for r in records if isinstance(r, Remembered) and not r.vectors and self.index.has_vectors(r.id)]
        vectors = self._read_vectors(wanted)
        return [_with(record, vectors.get(record.id)) for record in records]

    def usages_naming(self, records: Collection[RecordId]) -> list[Usage]:
        """The usages that are among these records, are of answers among them, or used one of them, in order."""
        return self._contents.shelf.usages_naming(records)

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return self._contents.shelf.count(kind)

    def episodes_of(self, conversation: RecordId, *, vectors: bool = True) -> list[Episode]:
        """A conversation's episodes by (position, part); see `get` for `vectors`."""
        episodes = self._contents.shelf.episodes_of(conversation)
        episodes.sort(key=lambda episode: (episode.position, episode.part))
        return self.whole(episodes) if vectors else episodes

    def episode_columns(self) -> EpisodeColumns:
        """All episodes at a glance, one conversation after another, each by (position, part)."""
        return self._contents.shelf.episode_columns()

    def at(self, conversation: RecordId, position: int) -> list[RecordId]:
        """Ids of the episodes at a position of a conversation: the parts of a message."""
        return self._contents.shelf.at(conversation, position)

    def size_on_disk(self) -> int:
        """Bytes of all files of the store."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def sealed_rows(self) -> Iterator[list[Row]]:
        """All rows as they lie on the disk, in batches: for backup and for changing the key."""
        table, _ = self._open_parts()
        return table.rows()

    def rows_of(self, ids: Sequence[RecordId]) -> list[Row]:
        """The rows of these records as they lie on the disk."""
        table, _ = self._open_parts()
        return [row for batch in table.boxes([bytes.fromhex(record) for record in ids]) for row in batch]

    def marks(self) -> dict[RecordId, int]:
        """The mark of each record's row (see `ledger`): as long as it stays, the row was not changed."""
        return self._contents.shelf.marks()

    def mark_of(self, row: Row) -> int:
        """The mark that a row would have in this store. For any thread."""
        return self._open_parts()[1].mark(*row)

    @property
    def sharing_file(self) -> Path:
        """Where it is kept what was shared: see `exchange`."""
        return self._generation.shared

    @property
    def replaced_key(self) -> str:
        """The id of the key that this store's records were sealed under before, or ""."""
        return self._generation.read_format().replaces

    def rows_on_disk(self) -> int:
        """How many rows `sealed_rows` gives: all records and the damaged rows."""
        return len(self._open_parts()[0])

    def _open_parts(self) -> tuple[SealedTable, Ledger]:
        if self._opened is None:
            raise StoreError("The memory is closed.", next_step="Unlock it first.")
        return self._opened

    def _with_vectors(self, changed: dict[RecordId, Record]) -> dict[RecordId, Record]:
        """With the vectors that they had, for records that come without and with the text that they had."""
        same = []
        for name, record in changed.items():
            if isinstance(record, Remembered) and not record.vectors and self.index.has_vectors(name):
                before = self._contents.shelf.get(name)
                if isinstance(before, Remembered) and before.text == record.text:
                    same.append(name)
        vectors = self._read_vectors(same)
        return {name: _with(record, vectors.get(name)) for name, record in changed.items()}

    def _read_vectors(self, ids: Sequence[RecordId]) -> dict[RecordId, bytes]:
        if not ids:
            return {}
        table, _ = self._open_parts()
        wanted = {bytes.fromhex(record) for record in ids}
        vectors = {}
        with passing_through() if len(wanted) > _FEW else contextlib.nullcontext():
            for rows in table.rows() if len(wanted) > _FEW else table.boxes(list(wanted)):
                for row, box in rows:
                    if row in wanted:
                        record = self._codec.open(row, box)[1]
                        vectors[record.id] = record.vectors if isinstance(record, Remembered) else b""
        return vectors


def _with(record: R, vectors: bytes | None) -> R:
    return msgspec.structs.replace(record, vectors=vectors) if vectors else record


def _names(row: bytes) -> tuple[bytes, bytes, bytes]:
    """A row id as it may stand in a file: as it is, and as text in LanceDB's transaction files."""
    digits = row.hex()
    return row, digits.encode("ascii"), digits.upper().encode("ascii")


def _probes(box: bytes) -> tuple[bytes, ...]:
    """What to search for to find a box: start, middle and end; the parts of it that fill 16 bytes each."""
    middle = len(box) // 2
    return (box[:_PROBE_BYTES], box[middle : middle + _PROBE_BYTES], box[-_PROBE_BYTES:])
