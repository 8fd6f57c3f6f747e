"""The store: all records, durable and sealed on disk, open and searchable in memory.

It keeps what it is given, gives it back, and really removes it. What the records mean is the memory's business.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from assistant.errors import (
    HippoError,
    InputError,
    SealError,
    StoreError,
    StoreFullError,
    StoreVersionError,
    WrongKeyError,
)
from assistant.files import make_private_folder, sync_folder
from assistant.store import layout
from assistant.store.allocator import passing_through
from assistant.store.codec import Codec
from assistant.store.disk import disk_errors
from assistant.store.index import SearchIndex
from assistant.store.ledger import Inventory, Ledger
from assistant.store.migrate import migrate
from assistant.store.owner import Owner
from assistant.store.records import Episode, Record, RecordId, Remembered, Usage
from assistant.store.salvage import save_rows, without_repeats
from assistant.store.shelf import Shelf
from assistant.store.table import Row, SealedTable, has_lost_its_versions
from assistant.store.terms import forget_words
from assistant.store.traces import find_traces
from assistant.vault.sealer import Sealer

R = TypeVar("R", bound=Record)

_FEW = 500
"""Records whose vectors are looked up one by one; for more, everything is read."""

_MIN_PREFIX = 4
_PROBE_BYTES = 16


@dataclass(frozen=True)
class DamagedRow:
    """A row that cannot be opened. It stays on the disk.

    Attributes:
        id: The record's id, or "" where not even that can be read.
        reason: A sentence for the user.
    """

    id: RecordId
    reason: str


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
        index: The search index over episodes and summaries.
        damaged: Rows that could not be opened, set aside.
        problems: What opening found wrong, as sentences for the user; empty in all ordinary cases.
        turn: The highest turn of all episodes and usages ever seen since opening: the memory's turn counter.
    """

    def __init__(self, folder: Path, sealer: Sealer, dimensions: int, owner: Owner) -> None:
        """Use `Store.open`."""
        self.folder: Final = folder
        self.damaged: tuple[DamagedRow, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.index = SearchIndex(dimensions)
        self.turn = 0
        self._codec = Codec(sealer)
        self._sealer = sealer
        self._generation = layout.Generation(folder, sealer.key_id)
        self._owner = owner
        self._records = Shelf(self.index.vector_bytes)
        self._next_sequence = 0
        self._inventory = Inventory()
        self._damaged_marks: dict[RecordId, int] = {}
        self._opened: tuple[SealedTable, Ledger] | None = None

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
                store._load()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Drop everything that is in memory and let others open the store. Harmless when closed."""
        if self._opened is not None:
            # Not needed, but from now on even damage to the last change can be noticed and mended.
            table, ledger = self._opened
            with contextlib.suppress(HippoError):
                ledger.settle(self._inventory)
                table.keep_spare()
        self._opened = None
        self._forget_memory()
        forget_words()
        self._owner.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, record: object) -> bool:
        return record in self._records

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
        table, ledger = self._open_parts()
        changed = self._with_vectors({record.id: record for record in records})
        damaged = {row.id for row in self.damaged}
        new = [record for record in changed if record not in self._records and record not in damaged]
        removed = [
            record
            for record in dict.fromkeys(remove)
            if record in self._records or record in changed or record in damaged
        ]
        sequences = self._sequences(changed)
        rows = [
            (bytes.fromhex(record.id), self._codec.seal(record, sequences[record.id])) for record in changed.values()
        ]
        marks = dict(zip(changed, ledger.marks(rows), strict=True))
        inserted = self._inventory.minus(self._marks(changed)).plus(marks.values())
        gone = [bytes.fromhex(record) for record in removed]
        final = inserted.minus(marks[record] if record in marks else self._mark(record) for record in removed)
        before = table.version
        ledger.expect(before, self._inventory, inserted, final)
        if rows:
            if len(new) == len(rows):
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
        self._inventory = final
        self._next_sequence += len(new)
        self._remember([(sequences[record.id], marks[record.id], record) for record in changed.values()])
        self._drop(removed)
        if damaged:
            self._settle_damaged({*changed, *removed})
        self._tidy(table)

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
            final = self._inventory.minus(self._marks(names))
            ledger.expect(table.version, self._inventory, final)
            table.delete(found)
            self._inventory = final
            self._drop(list(names))
            self._settle_damaged(names)
        table.vacuum()
        self._generation.unmark_purge()
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.parent != self.folder]
        with disk_errors("searched"):
            verified = not find_traces(files, needles)
        return PurgeReport(len(found), max(0, size - self.size_on_disk()), len(files), verified)

    def compact(self) -> None:
        """Merge fragments and delete old versions with their files. For idle time: seconds in a large memory.

        Raises:
            StoreFullError, StoreError: The records are as before.
        """
        self._open_parts()[0].compact()

    def get(self, record: RecordId, *, vectors: bool = True) -> Record | None:
        """The record with this id, or None. Without `vectors` it comes without them, and without reading the disk.

        Raises:
            StoreError, VaultLockedError: The vectors cannot be read.
        """
        found = self._records.get(record)
        return self._whole([found])[0] if vectors and found is not None else found

    def resolve(self, prefix: str) -> RecordId:
        """The id that starts with `prefix` (at least 4 digits; case does not matter), be it that of a damaged row.

        Raises:
            InputError: The prefix is too short, or no id or more than one starts with it.
        """
        wanted = prefix.strip().lower()
        ids = [*iter(self._records), *(row.id for row in self.damaged if row.id not in self._records)]
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
        found = self._records.all(kind)
        return self._whole(found) if vectors else found

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return self._records.count(kind)

    def episodes_of(self, conversation: RecordId, *, vectors: bool = True) -> list[Episode]:
        """A conversation's episodes by (position, part); see `get` for `vectors`."""
        episodes = self._records.episodes_of(conversation)
        episodes.sort(key=lambda episode: (episode.position, episode.part))
        return self._whole(episodes) if vectors else episodes

    def by_conversation(self) -> Iterator[Episode]:
        """All episodes without vectors, one conversation after another, each by (position, part).

        One at a time: all at once take ten times the memory. Nothing may be committed meanwhile.
        """
        return self._records.by_conversation()

    def at(self, conversation: RecordId, position: int) -> list[RecordId]:
        """Ids of the episodes at a position of a conversation: the parts of a message."""
        return self._records.at(conversation, position)

    def size_on_disk(self) -> int:
        """Bytes of all files of the store."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def sealed_rows(self) -> Iterator[list[Row]]:
        """All rows as they lie on the disk, in batches: for backup and for changing the key."""
        table, _ = self._open_parts()
        return table.rows()

    def rows_on_disk(self) -> int:
        """How many rows `sealed_rows` gives: all records and the damaged rows."""
        return len(self._open_parts()[0])

    def _load(self) -> None:
        layout.finish_setting_aside(self.folder, self._sealer.key_id)
        made = layout.generations(self.folder)
        if made and self._sealer.key_id not in made:
            raise WrongKeyError(
                "The memory was sealed with another key than the one in this vault.",
                next_step="Put back the vault file that belongs to it, or restore a backup.",
            )
        mended = self._mend_format()
        layout.drop_leftovers(self.folder, self._sealer.key_id)
        if made and (found := self._generation.read_format()).restored:
            self._generation.write_format(msgspec.structs.replace(found, restored=False))
        problems = mended + [
            f"A part of the memory that could not be read lies in {aside}. "
            "Restore a backup if there is one; delete this folder when it is not needed any more."
            for aside in layout.damaged(self.folder)
        ]
        if has_lost_its_versions(self._generation.folder):
            aside = layout.set_aside(self._generation)
            problems.append(
                f"The memory on disk has lost its version files and was set aside in {aside}. "
                "Restore a backup if there is one."
            )
        problems += migrate(self._generation, self._sealer)
        make_private_folder(self._generation.folder)
        ledger = Ledger(self._generation.ledger, self._sealer)
        table = SealedTable(self._generation.folder)
        if not self._generation.format_file.exists():
            self._generation.write_format(layout.Format())
            sync_folder(self.folder)
        problems += table.problems
        try:
            self._read_rows(table.rows(), len(table), ledger)
        except StoreError:
            table, ledger, problem = self._read_around_damage(table, ledger)
            problems.append(problem)
        distinct = len(self._records) + sum(record not in self._records for record in self._damaged_marks)
        if self._inventory.rows > distinct:
            table, ledger, problem = self._read_without_repeats(table, ledger)
            problems.append(problem)
        problems += self._check_inventory(table, ledger)
        self.problems = tuple(problems)
        self._opened = table, ledger
        if self._generation.purge_mark.exists():
            try:
                table.vacuum()
                self._generation.unmark_purge()
            except StoreError as error:
                why = "there is no space left on it" if isinstance(error, StoreFullError) else "it refused"
                again = "It is tried again at the next start."
                self.problems += (f"What was forgotten could not be wiped from the disk yet: {why}. {again}",)

    def _mend_format(self) -> list[str]:
        """Write a damaged format.json anew where the ledger shows what it said: it opens in the present format only."""
        try:
            self._generation.read_format()
        except StoreVersionError:
            raise
        except StoreError:
            if Ledger(self._generation.ledger, self._sealer).last is None:
                raise
            self._generation.write_format(layout.Format())
            return ["A damaged file of the memory (format.json) was mended."]
        return []

    def _read_around_damage(self, table: SealedTable, ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        """After `rows` failed: step back over the last write if it is the cause, else save what can be read."""
        if ledger.last and len(ledger.last.states) > 1 and ledger.last.version < table.version:
            newest = table.version
            with contextlib.suppress(StoreError):
                table.restore(ledger.last.version)
                self._forget_memory()
                self._read_rows(table.rows(), len(table), ledger)
                problem = (
                    "The last change to the memory could not be read, probably after a power cut; "
                    "the memory is as it was before that change."
                )
                return table, ledger, problem
            table.restore(newest)
        self._forget_memory()
        self._read_rows(table.readable_rows(), len(table), ledger)
        lost = len(table) - self._inventory.rows
        table, ledger, aside = self._salvaged(table.readable_rows(), ledger)
        return table, ledger, f"Part of the memory on disk cannot be read (rows: {lost}). {aside}"

    def _read_without_repeats(self, table: SealedTable, ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        rows, repeated = without_repeats(table.readable_rows(), ledger, opens=self._opens)
        states = ledger.last.states if ledger.last else ()
        table, ledger, aside = self._salvaged(rows, ledger)
        self._forget_memory()
        self._read_rows(table.rows(), len(table), ledger)
        problem = f"Some memories lay on the disk more than once (rows too many: {repeated}); one of each is kept."
        if self._inventory not in states:
            problem += " Which ones were written last cannot be told."
        return table, ledger, f"{problem} {aside}"

    def _salvaged(self, rows: Iterable[list[Row]], ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        """The table and the ledger that hold these rows from now on, and where the old ones went, as a sentence."""
        is_purging = self._generation.purge_mark.exists()
        aside = save_rows(self._generation, self._sealer, rows, key=ledger.key)
        said = f"It was set aside in {aside}. Restore a backup if there is one."
        if is_purging:
            layout.drop([aside])
            said = "The damaged files were deleted, because forgotten memories lay in them."
        return SealedTable(self._generation.folder), Ledger(self._generation.ledger, self._sealer), said

    def _opens(self, row: Row) -> bool:
        try:
            self._codec.open(*row)
        except SealError:
            return False
        return True

    def _check_inventory(self, table: SealedTable, ledger: Ledger) -> list[str]:
        if ledger.last is None:
            ledger.expect(table.version, self._inventory)
            if self._inventory.rows:
                return ["The memory's ledger is missing or damaged: whether rows are missing cannot be told."]
            return []
        if self._inventory in ledger.last.states:
            return []
        missing = max(state.rows for state in ledger.last.states) - self._inventory.rows
        if missing > 0:
            rows = "1 row of the memory is" if missing == 1 else f"{missing} rows of the memory are"
            return [f"{rows} missing. Restore a backup if there is one."]
        if missing == 0 and self._damaged_marks:
            return []  # a damaged row has another mark than it had, and is reported by itself
        return [
            "The memory on disk does not hold the rows that were last written: files or rows of before were put back. "
            "Restore a backup if something is not as it was."
        ]

    def _read_rows(self, batches: Iterable[list[Row]], expected: int, ledger: Ledger) -> None:
        damaged: dict[RecordId, DamagedRow] = {}
        self.index.reserve(expected)
        # Half of the work is NumPy's, in the index, and needs none of Python's lock.
        with ThreadPoolExecutor(1) as indexer:
            indexing: Future[None] | None = None
            for rows in batches:
                opened = []
                marks = ledger.marks(rows)
                for (row, box), mark in zip(rows, marks, strict=True):
                    try:
                        sequence, whole = self._codec.open(row, box)
                    except SealError as error:
                        damaged[row.hex()] = DamagedRow(row.hex(), error.message)
                        self._damaged_marks[row.hex()] = mark
                    else:
                        opened.append((sequence, mark, whole))
                self._keep(opened)
                self._inventory = self._inventory.plus(marks)
                if indexing is not None:
                    indexing.result()
                indexing = indexer.submit(self.index.add, _searchable(opened))
            if indexing is not None:
                indexing.result()
        self.index.settle()
        self.damaged = tuple(damaged.values())
        self._next_sequence = self._records.last_sequence() + 1

    def _forget_memory(self) -> None:
        self.index = SearchIndex(self.index.dimensions)
        self.damaged = ()
        self._damaged_marks = {}
        self.turn = 0
        self._records = Shelf(self.index.vector_bytes)
        self._next_sequence = 0
        self._inventory = Inventory()

    def _open_parts(self) -> tuple[SealedTable, Ledger]:
        if self._opened is None:
            raise StoreError("The memory is closed.", next_step="Unlock it first.")
        return self._opened

    def _sequences(self, changed: Iterable[RecordId]) -> dict[RecordId, int]:
        sequences = {}
        following = self._next_sequence
        for record in changed:
            kept = self._records.sequence(record)
            sequences[record] = following if kept is None else kept
            following += kept is None
        return sequences

    def _mark(self, record: RecordId) -> int:
        mark = self._records.mark(record)
        return self._damaged_marks[record] if mark is None else mark

    def _marks(self, records: Iterable[RecordId]) -> list[int]:
        """The marks of those of these that have a row."""
        return [self._mark(record) for record in records if record in self._records or record in self._damaged_marks]

    def _settle_damaged(self, ids: Collection[RecordId]) -> None:
        """Let go of damaged rows that were removed or replaced."""
        self.damaged = tuple(row for row in self.damaged if row.id not in ids)
        for record in ids:
            self._damaged_marks.pop(record, None)

    def _remember(self, records: Sequence[tuple[int, int, Record]]) -> None:
        """Take records with their sequences and marks into memory and into the index."""
        self._keep(records)
        self.index.remove([record.id for _, _, record in records if isinstance(record, Remembered)])
        self.index.add(_searchable(records))

    def _keep(self, records: Sequence[tuple[int, int, Record]]) -> None:
        self._records.put(records)
        turns = [record.turn for _, _, record in records if isinstance(record, Episode | Usage)]
        self.turn = max(self.turn, *turns, 0)

    def _drop(self, ids: Sequence[RecordId]) -> None:
        """Take records out of memory and out of the index."""
        self.index.remove(ids)
        for record in ids:
            self._records.pop(record)

    def _whole(self, records: Sequence[R]) -> list[R]:
        """The records with their vectors, which are exact on the disk only."""
        wanted = [r.id for r in records if isinstance(r, Remembered) and not r.vectors and self.index.has_vectors(r.id)]
        vectors = self._read_vectors(wanted)
        return [_with(record, vectors.get(record.id)) for record in records]

    def _with_vectors(self, changed: dict[RecordId, Record]) -> dict[RecordId, Record]:
        """With the vectors that they had, for records that come without and with the text that they had."""
        same = []
        for name, record in changed.items():
            if isinstance(record, Remembered) and not record.vectors and self.index.has_vectors(name):
                before = self._records.get(name)
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

    def _tidy(self, table: SealedTable) -> None:
        # The commit is acknowledged already: tidying may fail, and is tried again after the next one.
        with contextlib.suppress(StoreError):
            if table.wants_vacuum:
                table.vacuum()
            elif table.wants_folding:
                table.fold()


def _searchable(records: Iterable[tuple[int, int, Record]]) -> list[tuple[RecordId, bytes, bytes]]:
    """What the index takes in: those of the records that have vectors or terms, as (id, vectors, terms)."""
    return [
        (record.id, record.vectors, record.terms)
        for _, _, record in records
        if isinstance(record, Remembered) and (record.vectors or record.terms)
    ]


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
