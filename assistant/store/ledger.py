"""The ledger: which rows there should be, so that missing, repeated and exchanged ones are noticed. No content.

Before a write, the ledger is told which states may be found afterwards: the one before the write and those after
each of its steps. At opening, the rows must be in one of them. Two slots of a small file are written in turn and
in place: a write that a power cut tears leaves the other slot, and a full disk cannot stop it.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from assistant.errors import SealError
from assistant.files import sync_folder
from assistant.store.disk import disk_errors
from assistant.vault.sealer import Sealer

_SLOT_BYTES = 1024
_ASSOCIATED = b"hippo ledger"
_KEY_BYTES = 16
_MARK_BYTES = 8
_NONCE_BYTES = 12
_TAG_BYTES = 16


class Inventory(msgspec.Struct, frozen=True, array_like=True):
    """A set of rows: how many, and the exclusive or of their marks."""

    rows: int = 0
    digest: int = 0

    def plus(self, marks: Iterable[int]) -> "Inventory":
        """With rows of these marks added."""
        rows, digest = self.rows, self.digest
        for mark in marks:
            rows += 1
            digest ^= mark
        return Inventory(rows, digest)

    def plus_all(self, marks: npt.NDArray[np.uint64]) -> "Inventory":
        """The same, quickly for many."""
        return Inventory(self.rows + len(marks), self.digest ^ int(np.bitwise_xor.reduce(marks, initial=0)))

    def minus(self, marks: Iterable[int]) -> "Inventory":
        """With rows of these marks taken away."""
        added = Inventory().plus(marks)
        return Inventory(self.rows - added.rows, self.digest ^ added.digest)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What may be found at opening.

    Attributes:
        number: Counts up; the higher of two slots holds.
        version: Version of the table before the write.
        states: Inventories before the write and after each of its steps.
        key: Of the marks. Secret, so that nobody can choose older boxes whose marks cancel out.
        outdated: Marks of rows that do not count where another row has their id, the oldest first; of several, none
            counts but the last (see `outdated`).
    """

    number: int
    version: int
    states: tuple[Inventory, ...]
    key: bytes
    outdated: tuple[int, ...] = ()


class Ledger:
    """The ledger in one file.

    Attributes:
        last: The newest entry, or None where there is no readable one.
        key: Of the marks; a new one where there is no readable entry.
    """

    def __init__(self, path: Path, sealer: Sealer, *, key: bytes | None = None) -> None:
        """Read what is there. `key`: for a new ledger that goes on with the marks of another one."""
        self._path = path
        self._sealer = sealer
        self.last = self._read()
        self.key = self.last.key if self.last else key or os.urandom(_KEY_BYTES)
        self._hash = hashlib.blake2b(key=self.key, digest_size=_MARK_BYTES)

    def mark(self, row: bytes, box: bytes) -> int:
        """The mark of a row: a keyed hash of its id and of the nonce and tag of its box, 64 bits.

        The tag stands for the whole box, which does not open when anything else in it was changed.
        """
        own = self._hash.copy()
        own.update(row + box[:_NONCE_BYTES] + box[-_TAG_BYTES:])
        return int.from_bytes(own.digest(), "little")

    def marks(self, rows: Iterable[tuple[bytes, bytes]]) -> list[int]:
        """The marks of several rows."""
        return [self.mark(row, box) for row, box in rows]

    def expect(self, version: int, *states: Inventory, outdated: tuple[int, ...] = ()) -> None:
        """Write durably that one of `states` will be found, after a write that starts from `version`.

        An entry that already allows for them is left as it is. Raises StoreError where the disk refuses.
        """
        last = self.last
        if last and last.version == version and set(states) <= set(last.states) and outdated == last.outdated:
            return
        self._write(Entry(last.number + 1 if last else 0, version, states, self.key, outdated))

    def settle(self, state: Inventory, *, outdated: tuple[int, ...] = ()) -> None:
        """Write durably that the last write is through, so that nothing but `state` may be found.

        Raises StoreError where the disk refuses.
        """
        last = self.last
        if last and (last.states, last.outdated) != ((state,), outdated):
            self._write(Entry(last.number + 1, last.version, (state,), self.key, outdated))

    def _write(self, entry: Entry) -> None:
        box = self._sealer.seal(msgspec.msgpack.encode(entry), _ASSOCIATED)
        slot = (len(box).to_bytes(4, "little") + box).ljust(_SLOT_BYTES, b"\0")
        with disk_errors("written"):
            is_new = not self._path.exists()
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.lseek(handle, entry.number % 2 * _SLOT_BYTES, os.SEEK_SET)
                os.write(handle, slot)
                os.fsync(handle)
            finally:
                os.close(handle)
            if is_new:
                sync_folder(self._path.parent)
        self.last = entry

    def _read(self) -> Entry | None:
        found = []
        for plaintext in open_slots(self._path, self._sealer):
            try:
                found.append(msgspec.msgpack.decode(plaintext, type=Entry))
            except msgspec.DecodeError:
                continue
        return max(found, key=lambda entry: entry.number, default=None)


def open_slots(path: Path, sealer: Sealer) -> list[bytes]:
    """What the slots of the ledger at `path` hold, those that cannot be opened left out."""
    with disk_errors("read"):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return []
    found = []
    for start in (0, _SLOT_BYTES):
        length = int.from_bytes(data[start : start + 4], "little")
        try:
            found.append(sealer.open(data[start + 4 : start + min(_SLOT_BYTES, 4 + length)], _ASSOCIATED))
        except SealError:
            continue
    return found
