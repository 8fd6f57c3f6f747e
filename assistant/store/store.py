"""The store: all records, durable and sealed on disk, open and searchable in memory.

It keeps what it is given, gives it back, and really removes it. What the records mean is the memory's business.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeVar

import msgspec

from assistant.errors import InputError, SealError, StoreError, WrongKeyError
from assistant.files import make_private_folder, sync_folder
from assistant.store import layout
from assistant.store.codec import Codec
from assistant.store.disk import disk_errors
from assistant.store.index import SearchIndex
from assistant.store.ledger import Inventory, Ledger
from assistant.store.owner import Owner
from assistant.store.records import Episode, Record, RecordId, Remembered, Usage
from assistant.store.table import Row, SealedTable, has_lost_its_versions
from assistant.store.terms import forget_words
from assistant.store.traces import find_traces
from assistant.vault.sealer import Sealer

R = TypeVar("R", bound=Record)

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


class _Kept(msgspec.Struct, frozen=True, gc=False):
    """A record in memory. Its vectors are in the index only; `sequence` is its place in the order of insertion."""

    record: Record
    sequence: int


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
        self._records: dict[RecordId, _Kept] = {}
        self._kinds: dict[type, dict[RecordId, None]] = {}
        self._conversations: dict[RecordId, list[RecordId]] = {}
        self._next_sequence = 0
        self._inventory = Inventory()
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
            store._load()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Drop everything that is in memory and let others open the store. Harmless when closed."""
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
        changed = {record.id: self._with_vectors(record) for record in records}
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
        inserted = self._inventory.toggled([bytes.fromhex(record) for record in new], count=len(new))
        gone = [bytes.fromhex(record) for record in removed]
        final = inserted.toggled(gone, count=-len(gone))
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
        self._remember([(sequences[record.id], record) for record in changed.values()])
        self._drop(removed)
        if damaged:
            settled = {*changed, *removed}
            self.damaged = tuple(row for row in self.damaged if row.id not in settled)
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
        if found:
            final = self._inventory.toggled(found, count=-len(found))
            ledger.expect(table.version, self._inventory, final)
            table.delete(found)
            self._inventory = final
            names = {row.hex() for row in found}
            self._drop(list(names))
            self.damaged = tuple(row for row in self.damaged if row.id not in names)
        table.vacuum()
        with disk_errors("searched"):
            for aside in layout.copies_set_aside(self.folder):
                if find_traces((path for path in aside.rglob("*") if path.is_file()), needles):
                    layout.drop([aside])
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
        self._open_parts()[0].vacuum()

    def get(self, record: RecordId, *, vectors: bool = True) -> Record | None:
        """The record with this id, or None. Without `vectors` it comes without them, and faster."""
        kept = self._records.get(record)
        if kept is None:
            return None
        return self._whole(kept.record) if vectors else kept.record

    def resolve(self, prefix: str) -> RecordId:
        """The id that starts with `prefix` (at least 4 digits; case does not matter), be it that of a damaged row.

        Raises:
            InputError: The prefix is too short, or no id or more than one starts with it.
        """
        wanted = prefix.strip().lower()
        ids = [*self._records, *(row.id for row in self.damaged if row.id not in self._records)]
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
        records = (self._records[record].record for record in self._kinds.get(kind, ()))
        found: list[R] = [record for record in records if isinstance(record, kind)]
        if not vectors:
            return found
        whole: list[R] = []
        whole.extend(self._whole(record) for record in found)
        return whole

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return len(self._kinds.get(kind, ()))

    def episodes_of(self, conversation: RecordId, *, vectors: bool = True) -> list[Episode]:
        """A conversation's episodes by (position, part); see `get` for `vectors`."""
        episodes = [
            record
            for name in self._conversations.get(conversation, ())
            if isinstance(record := self._records[name].record, Episode)
        ]
        episodes.sort(key=lambda episode: (episode.position, episode.part))
        return [self._whole(episode) for episode in episodes] if vectors else episodes

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
        layout.drop_leftovers(self.folder, self._sealer.key_id)
        if made and self._generation.read_format().restored:
            self._generation.write_format(layout.Format())
        problems = [
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
        make_private_folder(self._generation.folder)
        ledger = Ledger(self._generation.ledger, self._sealer)
        table = SealedTable(self._generation.folder)
        if not self._generation.format_file.exists():
            self._generation.write_format(layout.Format())
            sync_folder(self.folder)
        problems += table.problems
        try:
            self._read_rows(table.rows(), len(table))
        except StoreError:
            table, ledger, problem = self._read_around_damage(table, ledger)
            problems.append(problem)
        problems += self._check_inventory(table, ledger)
        self.problems = tuple(problems)
        self._opened = table, ledger
        if self._generation.purge_mark.exists():
            try:
                table.vacuum()
                self._generation.unmark_purge()
            except StoreError as error:
                self.problems += (f"What was forgotten could not be wiped from the disk yet. {error}",)

    def _read_around_damage(self, table: SealedTable, ledger: Ledger) -> tuple[SealedTable, Ledger, str]:
        """After `rows` failed: step back over the last write if it is the cause, else save what can be read.

        LanceDB neither compacts nor replaces rows in a table with an unreadable file, so what can be read goes into
        a new table, and the damaged one is set aside whole.
        """
        if ledger.last and ledger.last.version < table.version:
            newest = table.version
            with contextlib.suppress(StoreError):
                table.restore(ledger.last.version)
                self._forget_memory()
                self._read_rows(table.rows(), len(table))
                problem = (
                    "The last change to the memory could not be read, probably after a power cut; "
                    "the memory is as it was before that change."
                )
                return table, ledger, problem
            table.restore(newest)
        self._forget_memory()
        self._read_rows(table.readable_rows(), len(table))
        lost = len(table) - self._inventory.rows
        building = layout.Generation(self.folder, self._sealer.key_id, building=True)
        saved = SealedTable(building.folder)
        for rows in table.readable_rows():
            saved.append(rows)
        Ledger(building.ledger, self._sealer).expect(saved.version, self._inventory)
        building.write_format(layout.Format())
        aside = layout.set_aside(self._generation, building)
        problem = (
            f"Part of the memory on disk cannot be read (rows: {lost}) and was set aside in {aside}. "
            "Restore a backup if there is one."
        )
        return SealedTable(self._generation.folder), Ledger(self._generation.ledger, self._sealer), problem

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
        return ["The memory on disk does not hold the rows that were last written."]

    def _read_rows(self, batches: Iterable[list[Row]], expected: int) -> None:
        damaged = []
        self.index.reserve(expected)
        for rows in batches:
            opened = []
            for row, box in rows:
                try:
                    opened.append(self._codec.open(row, box))
                except SealError as error:
                    damaged.append(DamagedRow(row.hex(), error.message))
            self._remember(opened)
            self._inventory = self._inventory.toggled([row for row, _ in rows], count=len(rows))
        self.damaged = tuple(damaged)
        in_order = sorted(self._records.items(), key=lambda item: item[1].sequence)
        self._records = dict(in_order)
        self._kinds = {}
        for record, kept in in_order:
            self._kinds.setdefault(type(kept.record), {})[record] = None
        self._next_sequence = in_order[-1][1].sequence + 1 if in_order else 0

    def _forget_memory(self) -> None:
        self.index = SearchIndex(self.index.dimensions)
        self.damaged = ()
        self.turn = 0
        self._records = {}
        self._kinds = {}
        self._conversations = {}
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
            kept = self._records.get(record)
            if kept is None:
                sequences[record], following = following, following + 1
            else:
                sequences[record] = kept.sequence
        return sequences

    def _remember(self, records: Sequence[tuple[int, Record]]) -> None:
        """Take records with their sequences into memory and into the index."""
        searchable = []
        for sequence, record in records:
            if record.id in self._records:
                self._unlink(record.id)
            slim = record
            if isinstance(record, Remembered):
                if record.vectors or record.terms:
                    searchable.append((record.id, record.vectors, record.terms))
                if len(record.vectors) == self.index.vector_bytes:
                    slim = msgspec.structs.replace(record, vectors=b"")
            if isinstance(slim, Episode):
                self._conversations.setdefault(slim.conversation, []).append(slim.id)
            if isinstance(slim, Episode | Usage):
                self.turn = max(self.turn, slim.turn)
            self._records[slim.id] = _Kept(slim, sequence)
            self._kinds.setdefault(type(slim), {})[slim.id] = None
        self.index.add(searchable)

    def _drop(self, ids: Sequence[RecordId]) -> None:
        """Take records out of memory and out of the index."""
        for record in ids:
            self._unlink(record)
            kept = self._records.pop(record, None)
            if kept is not None:
                del self._kinds[type(kept.record)][record]

    def _unlink(self, record: RecordId) -> None:
        kept = self._records.get(record)
        if kept is None:
            return
        self.index.remove([record])
        if isinstance(kept.record, Episode):
            members = self._conversations[kept.record.conversation]
            members.remove(record)
            if not members:
                del self._conversations[kept.record.conversation]

    def _whole(self, record: R) -> R:
        if isinstance(record, Remembered) and not record.vectors:
            vectors = self.index.vectors(record.id)
            if vectors:
                return msgspec.structs.replace(record, vectors=vectors)
        return record

    def _with_vectors(self, record: Record) -> Record:
        if isinstance(record, Remembered) and not record.vectors:
            kept = self._records.get(record.id)
            if kept and isinstance(kept.record, Remembered) and kept.record.text == record.text:
                return msgspec.structs.replace(record, vectors=self.index.vectors(record.id))
        return record

    def _tidy(self, table: SealedTable) -> None:
        # The commit is acknowledged already: tidying may fail, and is tried again after the next one.
        with contextlib.suppress(StoreError):
            if table.wants_vacuum:
                table.vacuum()
            elif table.wants_folding:
                table.fold()


def _names(row: bytes) -> tuple[bytes, bytes, bytes]:
    """A row id as it may stand in a file: as it is, and as text in LanceDB's transaction files."""
    digits = row.hex()
    return row, digits.encode("ascii"), digits.upper().encode("ascii")


def _probes(box: bytes) -> tuple[bytes, ...]:
    """What to search for to find a box: start, middle and end; the parts of it that fill 16 bytes each."""
    middle = len(box) // 2
    return (box[:_PROBE_BYTES], box[middle : middle + _PROBE_BYTES], box[-_PROBE_BYTES:])
