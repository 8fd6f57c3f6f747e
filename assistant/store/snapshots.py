"""Snapshots: what opening makes of the rows of a data file, kept beside it, so that it need not be made again.

To open a memory means to decrypt each row, to decode it, to pack it for the shelf and to prepare it for the index:
15 µs a row, which is seconds for a large memory. A snapshot is the outcome for all rows of one data file, sealed like
the rows, with all bytes of that file as associated data: it opens only while the file is what it was, to the bit, and
so shows in a few milliseconds that nothing in it was altered. Where it does not, the rows are read one by one.

LanceDB never changes a data file. A snapshot is made once for each that is large enough, in idle time: some 6 MB for
5,000 rows. It goes with its data file (see `SealedTable`) and never holds what that does not hold, so what is forgotten
is in none; and nothing depends on it. Which of its rows still count, the table says at each opening, and whether these
and the others are all, the ledger.
"""

import contextlib
import hashlib
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from assistant.errors import SealError, StoreError
from assistant.files import make_private_folder, write_atomically
from assistant.store.allocator import passing_through
from assistant.store.codec import Codec
from assistant.store.disk import disk_errors
from assistant.store.fragments import Row, row_numbers, within
from assistant.store.index import Searchable, searchable
from assistant.store.ledger import Ledger
from assistant.store.manifest import DataFile
from assistant.store.packing import KINDS, Packed, findable, pack
from assistant.store.records import SCHEMA_VERSION, RecordId, State
from assistant.store.table import SealedTable
from assistant.store.vectors import LAYERS, VectorColumns, VectorRows
from assistant.vault.sealer import Sealer

_VERSION = 1
"""Goes up whenever the same rows would make another snapshot and `_shape` does not tell."""

FEWEST_ROWS, MOST_ROWS = 2048, 32768
"""Data files of fewer rows are read quickly as they are; larger ones, of an older Hippo, would need much memory."""

_ASSOCIATED = b"hippo snapshot"
_ID_DIGITS = 32


@dataclass(frozen=True)
class Prepared:
    """Rows of one data file, ready for the shelf and the index.

    Attributes:
        offsets: uint32 (n,), ascending: their places in the file.
        records: All of them (n).
        rows: intp (m,), ascending: which of them can be searched.
        searchable: Those (m).
    """

    offsets: npt.NDArray[np.uint32]
    records: Packed
    rows: npt.NDArray[np.intp]
    searchable: Searchable

    def kept(self, stays: npt.NDArray[np.bool_]) -> "Prepared":
        """Those that are marked in a mask of shape (n,)."""
        if stays.all():
            return self
        rows = np.flatnonzero(stays)
        found = np.flatnonzero(stays[self.rows])
        return Prepared(
            self.offsets[rows],
            self.records.kept(rows),
            np.searchsorted(rows, self.rows[found]),
            self.searchable.kept(found),
        )


class Snapshots:
    """The snapshots of one table under one key.

    Attributes:
        damaged: How many were found that did not open. They are deleted.
        fewest: From how many rows on a data file gets one.
    """

    def __init__(self, table: SealedTable, sealer: Sealer, ledger: Ledger, dimensions: int) -> None:
        """`dimensions`: length of the embedding vectors."""
        self.damaged = 0
        self.fewest = FEWEST_ROWS
        self._table: Final = table
        self._sealer = sealer
        self._codec = Codec(sealer)
        self._ledger = ledger
        self._dimensions = dimensions
        self._suffix = "." + _shape(dimensions, ledger.key)
        self._unfit: set[str] = set()
        self._left: list[str] | None = None
        self._buffer = bytearray()

    def read(self, doubtful: Collection[int]) -> Iterator[Prepared]:
        """The rows that lie in data files with a snapshot, one file after another; `left` are all others.

        Args:
            doubtful: Marks of rows that are left, too.
        """
        files = {} if self._table.may_hold_copies else self._table.data_files()
        files = {fragment: file for fragment, file in files.items() if self._path(file).exists()}
        if not files:
            self._left = None
            return
        self._left = []
        with disk_errors("read"):
            numbers = np.sort(self._table.row_ids())
        fragments, starts = np.unique(numbers >> 32, return_index=True)
        for fragment, rows in zip(fragments.tolist(), np.split(numbers, starts[1:]), strict=True):
            prepared = self._open(files[fragment]) if fragment in files else None
            places = (rows & 0xFFFFFFFF).astype(np.uint32)
            if prepared is None or not np.isin(places, prepared.offsets, assume_unique=True).all():
                self._left.append(within(fragment))
                continue
            unsure = np.isin(prepared.records.marks, np.array(list(doubtful), np.uint64))
            alive = np.isin(prepared.offsets, places, assume_unique=True)
            if (unsure & alive).any():
                self._left.append(row_numbers((fragment << 32) + prepared.offsets[unsure & alive].astype(np.int64)))
            yield prepared.kept(alive & ~unsure)

    def left(self) -> Iterator[list[Row]]:
        """After `read` is through, the rows that it did not give, in batches. Raises StoreError."""
        if self._left is None:
            yield from self._table.rows()
        elif self._left:
            yield from self._table.rows(" OR ".join(self._left))

    def make(self) -> bool:
        """Make one that is missing, durably: some 0.1 s. Returns whether there was any.

        Raises:
            StoreFullError, StoreError, VaultLockedError: It is missing still.
        """
        for fragment, file in self._table.data_files().items():
            fits = self.fewest <= file.rows <= MOST_ROWS and file.name not in self._unfit
            if fits and not self._path(file).exists():
                with passing_through():
                    prepared = self._prepared(fragment)
                if prepared is not None:
                    self._write(file, prepared)
                    return True
                self._unfit.add(file.name)
        return False

    def _path(self, file: DataFile) -> Path:
        return self._table.snapshots / (Path(file.name).stem + self._suffix)

    def _prepared(self, fragment: int) -> Prepared | None:
        """From the rows; None where they are not in order, so that each opening looks at them."""
        numbered = self._table.numbered(fragment)
        rows = [row for _, row in numbered]
        if not rows or len({row for row, _ in rows}) < len(rows):
            return None
        try:
            opened = [self._codec.open(*row) for row in rows]
        except SealError:
            return None
        marks = self._ledger.marks(rows)
        records = [(sequence, mark, record) for (sequence, record), mark in zip(opened, marks, strict=True)]
        found = findable(records)
        places = {record.id: place for place, (_, _, record) in enumerate(records)}
        return Prepared(
            np.array([number & 0xFFFFFFFF for number, _ in numbered], np.uint32),
            pack(records, VectorRows(self._dimensions).row_bytes),
            np.array([places[record] for record, _, _ in found], np.intp),
            searchable(found, self._dimensions),
        )

    def _write(self, file: DataFile, prepared: Prepared) -> None:
        with disk_errors("written"):
            beside = self._beside(file)
            path = self._path(file)
            make_private_folder(path.parent)
            try:
                write_atomically(path, self._sealer.seal(_encoded(prepared), beside))
            except OSError:
                with contextlib.suppress(StoreError):
                    self._table.drop_stray_snapshots()  # the half of it that was written
                raise
            for other in path.parent.glob(f"{path.stem}.*"):  # of another shape: nobody can use it any more
                if other != path:
                    other.unlink()
            self._buffer = bytearray()

    def _open(self, file: DataFile) -> Prepared | None:
        path = self._path(file)
        try:
            beside, box = self._beside(file), path.read_bytes()
        except OSError:
            return None
        try:
            return _decoded(self._sealer.open(box, beside), self._dimensions)
        except (SealError, msgspec.DecodeError, ValueError):
            self.damaged += 1
            with contextlib.suppress(OSError):
                path.unlink()
            return None

    def _beside(self, file: DataFile) -> memoryview:
        """The associated data: all bytes of the data file. Good until the next call. Raises OSError."""
        path = self._table.data / file.name
        start, size = len(_ASSOCIATED), path.stat().st_size
        if start + size > len(self._buffer):
            self._buffer = bytearray(start + size)
            self._buffer[:start] = _ASSOCIATED
        view = memoryview(self._buffer)
        with path.open("rb", buffering=0) as stream:
            place = start
            while place < start + size and (read := stream.readinto(view[place : start + size])):
                place += read
        return view[:place].toreadonly()


def _shape(dimensions: int, key: bytes) -> str:
    """What a snapshot depends on besides the rows, as 16 hexadecimal digits: one of another shape is none."""
    kinds = [(kind.__name__, *kind.__struct_fields__) for kind in KINDS]  # type: ignore[attr-defined]
    said = repr((_VERSION, SCHEMA_VERSION, dimensions, sys.byteorder, list(State), kinds, _Content.__struct_fields__))
    return hashlib.blake2b(said.encode(), key=key, digest_size=8).hexdigest()


class _Content(msgspec.Struct, frozen=True, array_like=True):
    """`Prepared` as it is sealed: the columns as their bytes."""

    offsets: memoryview
    ids: memoryview
    sizes: memoryview
    packed: memoryview
    kinds: memoryview
    sequences: memoryview
    marks: memoryview
    conversations: list[str]
    conversation: memoryview
    places: memoryview
    times: memoryview
    cues: memoryview
    states: memoryview
    roles: list[str]
    role: memoryview
    turns: memoryview
    rows: memoryview
    high: memoryview
    low: memoryview
    steps: memoryview
    inverse_norms: memoryview
    lengths: memoryview
    terms: memoryview


def _encoded(prepared: Prepared) -> bytes:
    records, found = prepared.records, prepared.searchable
    return msgspec.msgpack.encode(
        _Content(
            offsets=_bytes(prepared.offsets),
            ids=memoryview(bytes.fromhex("".join(records.ids))),
            sizes=_bytes(np.array([len(each) for each in records.packed], np.uint32)),
            packed=memoryview(b"".join(records.packed)),
            kinds=_bytes(records.kinds),
            sequences=_bytes(records.sequences),
            marks=_bytes(records.marks),
            conversations=records.conversations,
            conversation=_bytes(records.conversation),
            places=_bytes(records.places),
            times=_bytes(records.times),
            cues=_bytes(records.cues),
            states=_bytes(records.states),
            roles=records.roles,
            role=_bytes(records.role),
            turns=_bytes(records.turns),
            rows=_bytes(prepared.rows.astype(np.uint32)),
            high=_bytes(found.vectors.high),
            low=_bytes(found.vectors.low),
            steps=_bytes(found.vectors.steps),
            inverse_norms=_bytes(found.vectors.inverse_norms),
            lengths=_bytes(found.lengths),
            terms=_bytes(found.terms),
        )
    )


def _bytes(column: npt.NDArray[np.generic]) -> memoryview:
    return memoryview(column.tobytes())


def _decoded(data: bytes, dimensions: int) -> Prepared:
    """Raises DecodeError or ValueError for what `_encoded` did not make."""
    content = msgspec.msgpack.decode(data, type=_Content)
    ids = _cut(content.ids.hex(), _ID_DIGITS)
    ends = np.cumsum(np.frombuffer(content.sizes, np.uint32), dtype=np.int64).tolist()
    packed = bytes(content.packed)
    rows = np.frombuffer(content.rows, np.uint32).astype(np.intp)
    records = Packed(
        ids,
        [packed[start:end] for start, end in zip([0, *ends], ends, strict=False)],
        np.frombuffer(content.kinds, np.int8),
        np.frombuffer(content.sequences, np.int64),
        np.frombuffer(content.marks, np.uint64),
        content.conversations,
        np.frombuffer(content.conversation, np.int32),
        np.frombuffer(content.places, np.int64),
        np.frombuffer(content.times, np.float64),
        np.frombuffer(content.cues, np.uint8),
        np.frombuffer(content.states, np.int8),
        content.roles,
        np.frombuffer(content.role, np.int32),
        np.frombuffer(content.turns, np.int64),
    )
    count = len(rows)
    vectors = VectorColumns(
        np.frombuffer(content.high, np.int8).reshape(LAYERS, count, dimensions),
        np.frombuffer(content.low, np.uint8).reshape(-1, count, (dimensions + 1) // 2),
        np.frombuffer(content.steps, np.float32).reshape(LAYERS, count),
        np.frombuffer(content.inverse_norms, np.float32).reshape(LAYERS, count),
    )
    lengths, terms = np.frombuffer(content.lengths, np.uint32), np.frombuffer(content.terms, np.uint32)
    found = Searchable([ids[row] for row in rows.tolist()], vectors, lengths, terms)
    return Prepared(np.frombuffer(content.offsets, np.uint32), records, rows, found)


def _cut(digits: str, length: int) -> list[RecordId]:
    return [digits[start : start + length] for start in range(0, len(digits), length)]
