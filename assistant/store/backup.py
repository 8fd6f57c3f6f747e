"""Backup: one file that holds the whole memory, still sealed, and the ways to open it on another machine.

    magic "HIPPO BACKUP\\n"
    header: length (4 bytes), then JSON: versions, the vault file without its keyring wrap, number of rows
    rows: id (16 bytes), length (4 bytes), box
    seal: length (4 bytes), then a box of the SHA-256 of everything before, under the vault's "backup" key
    SHA-256 of everything before (32 bytes)

Numbers are little-endian. The last hash finds damage without a key; the sealed one finds a file that was changed
on purpose. Readable exports are not made here: see `assistant.interchange`.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from assistant.errors import InputError, SealError, StoreError, VaultError
from assistant.files import make_private_folder, sync_folder
from assistant.paths import Home
from assistant.store import layout
from assistant.store.ledger import Inventory, Ledger
from assistant.store.owner import Owner
from assistant.store.store import Store
from assistant.store.table import Row, SealedTable
from assistant.vault import recovery as recovery_codes
from assistant.vault import wraps
from assistant.vault.sealer import Sealer
from assistant.vault.vault import NewKey, Vault

FORMAT = 1
_MAGIC = b"HIPPO BACKUP\n"
_ASSOCIATED = b"hippo backup"
_HASH_BYTES = 32
_MAX_HEADER = 1 << 20
_MAX_BOX = 1 << 30
_ROWS_PER_WRITE = 4096
_DAMAGED = "The backup file is damaged or not whole."


class Header(msgspec.Struct, frozen=True):
    """What a backup file says of itself; `rows` counts all records, damaged ones included."""

    vault: wraps.VaultFile
    rows: int
    format: int = FORMAT
    store_format: int = layout.FORMAT


class _Versions(msgspec.Struct, frozen=True):
    format: int
    store_format: int


@dataclass(frozen=True)
class BackupReport:
    """What was written or restored: how many rows, and the size of the file in bytes."""

    rows: int
    size: int


def write_backup(store: Store, vault: Vault, target: Path) -> BackupReport:
    """Write the whole memory to the file `target`, still sealed, and check it by reading it back.

    The file appears whole or not at all; one of this name that was there before is replaced.

    Raises:
        VaultLockedError: The vault is locked.
        VaultError: There is neither passphrase nor recovery code: nobody could open the backup elsewhere.
        StoreError, OSError: The memory cannot be read, or the file not written.
    """
    content = vault.content()
    if content.passphrase is None and content.recovery is None:
        raise VaultError(
            "A backup could not be opened on another machine: this vault has neither passphrase nor recovery code.",
            next_step="Set a passphrase or make a recovery code first.",
        )
    sealer = vault.sealer("backup")
    header = Header(msgspec.structs.replace(content, keyring=None, retired=()), store.rows_on_disk())
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write(stream, header, store.sealed_rows(), sealer)
            stream.flush()
            os.fsync(stream.fileno())
        _check_hash(temporary)
        with temporary.open("rb") as stream:
            for _ in _rows(stream, _read_header(stream), sealer):
                pass
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
    return BackupReport(header.rows, target.stat().st_size)


def restore_backup(
    source: Path, home: Home, *, passphrase: str | None = None, recovery: str | None = None
) -> BackupReport:
    """Make vault and store of a home from the backup file `source`.

    Nothing that is there is overwritten. After a crash the home is without a vault, as before, and restoring can
    be tried again.

    Raises:
        InputError: The file is no backup, is damaged, or a newer Hippo wrote it; or the recovery code has a typing
            error.
        WrongKeyError: Passphrase or recovery code does not open it, or neither was given.
        VaultError, StoreError: There is a vault or a memory already, or the disk refused.
    """
    _refuse_vault(home)
    _check_hash(source)
    with source.open("rb") as stream:
        header = _read_header(stream)
        key = _open(header, passphrase, recovery)
        home.create()
        make_private_folder(home.store)
        owner = Owner(home.store)
        owner.take()
        try:
            _refuse_vault(home)  # one may have come since
            layout.drop_unused_restores(home.store)
            if layout.generations(home.store):
                raise StoreError(f"There is a memory at {home.store} already.", next_step="Restore into another home.")
            store_sealer = key.sealer("store")
            layout.drop_leftovers(home.store, store_sealer.key_id)
            building = layout.Generation(home.store, store_sealer.key_id, building=True)
            try:
                _fill(building, store_sealer, _rows(stream, header, key.sealer("backup")))
                building.write_format(layout.Format(restored=True))
            except BaseException:
                layout.drop([building.folder])
                raise
            building.publish()
            wraps.write_new(home.vault, header.vault)
        finally:
            owner.release()
    return BackupReport(header.rows, source.stat().st_size)


def _refuse_vault(home: Home) -> None:
    if home.vault.exists():
        raise VaultError(f"There is a vault at {home.vault} already.", next_step="Restore into another home.")


class _Hashing:
    """Writes to a stream and hashes what it writes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def write(self, data: bytes, *, measured: bool = False) -> None:
        if measured:
            data = len(data).to_bytes(4, "little") + data
        self._stream.write(data)
        self._hash.update(data)

    def digest(self) -> bytes:
        return self._hash.digest()


def _write(stream: BinaryIO, header: Header, batches: Iterator[list[Row]], sealer: Sealer) -> None:
    out = _Hashing(stream)
    out.write(_MAGIC)
    out.write(msgspec.json.encode(header), measured=True)
    for rows in batches:
        for row, box in rows:
            out.write(row)
            out.write(box, measured=True)
    out.write(sealer.seal(out.digest(), _ASSOCIATED), measured=True)
    out.write(out.digest())


def _check_hash(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise InputError(f"{path} is not a backup of Hippo.")
            digest = hashlib.sha256(_MAGIC)
            left = size - len(_MAGIC) - _HASH_BYTES
            while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
                digest.update(chunk)
                left -= len(chunk)
            if stream.read() != digest.digest():
                raise InputError(_DAMAGED, next_step="Use another copy of it.")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def _read_header(stream: BinaryIO) -> Header:
    stream.seek(len(_MAGIC))
    data = _measured(stream, _MAX_HEADER)
    try:
        versions = msgspec.json.decode(data, type=_Versions)
        if versions.format > FORMAT or versions.store_format > layout.FORMAT:
            raise InputError("The backup was written by a newer Hippo.", next_step="Update Hippo to restore it.")
        return msgspec.json.decode(data, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(_DAMAGED, next_step="Use another copy of it.") from error


def _open(header: Header, passphrase: str | None, recovery: str | None) -> NewKey:
    if recovery is not None:
        key = wraps.open_recovery_wrap(header.vault, recovery_codes.read_code(recovery))
    else:
        key = wraps.open_passphrase_wrap(header.vault, passphrase or "")
    return NewKey(header.vault, None, key)


def _rows(stream: BinaryIO, header: Header, sealer: Sealer) -> Iterator[list[Row]]:
    """The rows after the header, then a check of the seal. Raises InputError."""
    end = stream.tell()
    stream.seek(0)
    digest = hashlib.sha256(stream.read(end))
    batch: list[Row] = []
    for _ in range(header.rows):
        row, box = stream.read(16), _measured(stream, _MAX_BOX)
        digest.update(row + len(box).to_bytes(4, "little") + box)
        batch.append((row, box))
        if len(batch) == _ROWS_PER_WRITE:
            yield batch
            batch = []
    try:
        sealed = sealer.open(_measured(stream, _MAX_HEADER), _ASSOCIATED)
    except SealError:
        sealed = b""
    if sealed != digest.digest() or len(stream.read()) != _HASH_BYTES:
        raise InputError("The backup file was changed after it was written.", next_step="Use another copy of it.")
    yield batch


def _measured(stream: BinaryIO, limit: int) -> bytes:
    length = int.from_bytes(stream.read(4), "little")
    data = stream.read(length) if length <= limit else b""
    if len(data) != length:
        raise InputError(_DAMAGED, next_step="Use another copy of it.")
    return data


def _fill(generation: layout.Generation, sealer: Sealer, batches: Iterator[list[Row]]) -> None:
    make_private_folder(generation.folder)
    table = SealedTable(generation.folder)
    inventory = Inventory()
    for rows in batches:
        if rows:
            table.append(rows)
        inventory = inventory.toggled([row for row, _ in rows], count=len(rows))
    Ledger(generation.ledger, sealer).expect(table.version, inventory)
