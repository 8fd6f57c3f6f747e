"""The ledger: how many rows there should be, so that missing ones are noticed. It holds no content.

Before a write, the ledger is told which states may be found afterwards: the one before the write and those after
each of its steps. At opening, the rows must be in one of them. Two slots of a small file are written in turn and
in place: a write that a power cut tears leaves the other slot, and a full disk cannot stop it.
"""

import os
from pathlib import Path

import msgspec

from assistant.errors import SealError
from assistant.store.disk import disk_errors
from assistant.vault.sealer import Sealer

_SLOT_BYTES = 1024
_ASSOCIATED = b"hippo ledger"


class Inventory(msgspec.Struct, frozen=True, array_like=True):
    """A set of rows: how many, and the exclusive or of their ids."""

    rows: int = 0
    ids: bytes = bytes(16)

    def toggled(self, changed: list[bytes], *, count: int) -> "Inventory":
        """With the ids `changed` added or removed, and `count` rows more (or fewer)."""
        mixed = int.from_bytes(self.ids, "big")
        for row in changed:
            mixed ^= int.from_bytes(row, "big")
        return Inventory(self.rows + count, mixed.to_bytes(16, "big"))


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What may be found at opening.

    Attributes:
        number: Counts up; the higher of two slots holds.
        version: Version of the table before the write.
        states: Inventories before the write and after each of its steps.
    """

    number: int
    version: int
    states: tuple[Inventory, ...]


class Ledger:
    """The ledger in one file.

    Attributes:
        last: The newest entry, or None where there is no readable one.
    """

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path = path
        self._sealer = sealer
        self.last = self._read()

    def expect(self, version: int, *states: Inventory) -> None:
        """Write durably that one of `states` will be found, after a write that starts from `version`.

        An entry that already allows for them is left as it is. Raises StoreError where the disk refuses.
        """
        last = self.last
        if last and last.version == version and set(states) <= set(last.states):
            return
        entry = Entry(last.number + 1 if last else 0, version, states)
        box = self._sealer.seal(msgspec.msgpack.encode(entry), _ASSOCIATED)
        slot = (len(box).to_bytes(4, "little") + box).ljust(_SLOT_BYTES, b"\0")
        with disk_errors("written"):
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.lseek(handle, entry.number % 2 * _SLOT_BYTES, os.SEEK_SET)
                os.write(handle, slot)
                os.fsync(handle)
            finally:
                os.close(handle)
        self.last = entry

    def _read(self) -> Entry | None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        found = []
        for start in (0, _SLOT_BYTES):
            length = int.from_bytes(data[start : start + 4], "little")
            box = data[start + 4 : start + min(_SLOT_BYTES, 4 + length)]
            try:
                found.append(msgspec.msgpack.decode(self._sealer.open(box, _ASSOCIATED), type=Entry))
            except (SealError, msgspec.DecodeError):
                continue
        return max(found, key=lambda entry: entry.number, default=None)
