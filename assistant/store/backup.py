"""Backup: one file that holds the whole memory, still sealed, and the ways to open it on another machine.

    magic "HIPPO BACKUP\\n"
    header: length (4 bytes), then JSON: versions, the vault file without its keyring wrap, number of rows
    rows: id (16 bytes), length (4 bytes), box
    seal: length (4 bytes), then a box of the SHA-256 of everything before, under the vault's "backup" key
    SHA-256 of everything before (32 bytes)

Numbers are little-endian. The last hash finds damage without a key; the sealed one finds a file that was changed
on purpose. Which backups there are, and what they still hold of what was forgotten: see `backups`. Readable exports
are not made here: see `assistant.interchange`.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from assistant.errors import CancelledError, InputError, SealError, StoreError, VaultError
from assistant.files import make_private_folder, sync_folder
from assistant.paths import Home
from assistant.store import layout
from assistant.store.codec import Codec
from assistant.store.fragments import Row
from assistant.store.ledger import Inventory, Ledger
from assistant.store.owner import Owner
from assistant.store.records import Forgotten, PendingForget, new_id
from assistant.store.store import Store
from assistant.store.table import SealedTable
from assistant.store.tombstones import mark_of, split_marks
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
_AFTER_ALL = 1 << 40
"""A place in the order of insertion behind all others."""
_DAMAGED = "The backup file is damaged or not whole."


class Header(msgspec.Struct, frozen=True):
    """What a backup file says of itself; `rows` counts all records, damaged ones included; `made` is when."""

    vault: wraps.VaultFile
    rows: int
    made: datetime | None = None
    format: int = FORMAT
    store_format: int = layout.FORMAT


class _Versions(msgspec.Struct, frozen=True):
    format: int
    store_format: int


@dataclass(frozen=True)
class BackupReport:
    """What was written or restored: how many rows, and the size of the file in bytes.

    Attributes:
        forgotten: Of the restored rows, how many were forgotten after the backup was made. They are hidden, and the
            first opening removes them for good, with all that was made from them.
    """

    rows: int
    size: int
    forgotten: int = 0


def write_backup(
    store: Store,
    vault: Vault,
    target: Path,
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BackupReport:
    """Write the whole memory to the file `target`, still sealed, and check it by reading it back.

    The file appears whole or not at all; one of this name that was there before is replaced.

    Args:
        store: The memory.
        vault: Its vault, open.
        target: The file.
        progress: Called with the share that is done, 0 to 1.
        cancelled: Asked now and then whether to stop.

    Raises:
        VaultLockedError: The vault is locked.
        VaultError: There is neither passphrase nor recovery code: nobody could open the backup elsewhere.
        StoreError, OSError: The memory cannot be read, or the file not written.
        CancelledError: `cancelled` answered true; nothing was written.
    """
    content = vault.content()
    if content.passphrase is None and content.recovery is None:
        raise VaultError(
            "A backup could not be opened on another machine: this vault has neither passphrase nor recovery code.",
            next_step="Set a passphrase or make a recovery code first.",
        )
    rows = store.rows_on_disk()

    def watched() -> Iterator[list[Row]]:
        done = 0
        for batch in store.sealed_rows():
            if cancelled():
                raise CancelledError("The backup was stopped.")
            yield batch
            done += len(batch)
            progress(0.8 * done / rows)

    header = header_for(content, rows)
    write_checked(target, header, watched(), vault.sealer("backup"))
    progress(1.0)
    return BackupReport(rows, target.stat().st_size)


def header_for(vault: wraps.VaultFile, rows: int, made: datetime | None = None) -> Header:
    """The header of a backup under this vault. The wrap of the keyring stays out: it opens nothing elsewhere."""
    return Header(msgspec.structs.replace(vault, keyring=None, retired=()), rows, made or datetime.now(UTC))


def write_checked(target: Path, header: Header, batches: Iterable[list[Row]], sealer: Sealer) -> None:
    """Write a backup file whole or not at all, and read it back from the disk before it gets its name.

    Raises:
        InputError: What was read back is not what was written.
        OSError: The disk refused.
    """
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".new", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _write(stream, header, batches, sealer)
            stream.flush()
            os.fsync(stream.fileno())
            if hasattr(os, "posix_fadvise"):  # so that the disk is read, not the system's copy in memory
                with contextlib.suppress(OSError):
                    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        check_hash(temporary)
        with temporary.open("rb") as stream:
            for _ in rows_in(stream, read_header(stream), sealer):
                pass
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def restore_backup(
    source: Path,
    home: Home,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    with_forgotten: bool = False,
    known_marks: Collection[bytes] = (),
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BackupReport:
    """Make vault and store of a home from the backup file `source`.

    Nothing that is there is overwritten. After a crash the home is without a vault, as before, and restoring can
    be tried again.

    What was forgotten after the backup was made, as far as a newer backup beside it tells, comes back only to be
    forgotten again by the first opening, with what was made from it.

    Args:
        source: The file.
        home: Without a vault and a memory.
        passphrase: What opens it: either this,
        recovery: or the recovery code.
        with_forgotten: Bring back what was forgotten since, too.
        known_marks: Marks of what was forgotten, known from elsewhere: from the memory that is to be replaced.
        progress: Called with the share that is done, 0 to 1.
        cancelled: Asked now and then whether to stop.

    Raises:
        InputError: The file is no backup, is damaged, or a newer Hippo wrote it; or the recovery code has a typing
            error.
        WrongKeyError: Passphrase or recovery code does not open it, or neither was given.
        VaultError, StoreError: There is a vault or a memory already, or the disk refused.
        CancelledError: `cancelled` answered true; nothing was made.
    """
    _refuse_vault(home)
    check_hash(source)
    with source.open("rb") as stream:
        header = read_header(stream)
        key = _open(header, passphrase, recovery)
        marks = frozenset[bytes]()
        if not with_forgotten:
            marks = _marks_beside(source, header, key, passphrase, recovery) | frozenset(known_marks)
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
                rows = _watched(rows_in(stream, header, key.sealer("backup")), header.rows, progress, cancelled)
                forgotten = _fill(building, store_sealer, rows, marks)
                building.write_format(layout.Format(header.store_format, restored=True))
            except BaseException:
                layout.drop([building.folder])
                raise
            building.publish()
            wraps.write_new(home.vault, header.vault)
        finally:
            owner.release()
    return BackupReport(header.rows, source.stat().st_size, forgotten)


def _watched(
    batches: Iterator[list[Row]], rows: int, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> Iterator[list[Row]]:
    """The same batches, telling how far they are. Raises CancelledError."""
    done = 0
    for batch in batches:
        if cancelled():
            raise CancelledError("The restoring was stopped.")
        yield batch
        done += len(batch)
        progress(done / max(1, rows))


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


def _write(stream: BinaryIO, header: Header, batches: Iterable[list[Row]], sealer: Sealer) -> None:
    out = _Hashing(stream)
    out.write(_MAGIC)
    out.write(msgspec.json.encode(header), measured=True)
    for rows in batches:
        for row, box in rows:
            out.write(row)
            out.write(box, measured=True)
    out.write(sealer.seal(out.digest(), _ASSOCIATED), measured=True)
    out.write(out.digest())


def check_hash(path: Path) -> None:
    """Make sure that a file is a backup and is whole; no key is needed. Raises InputError."""
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


def read_header(stream: BinaryIO) -> Header:
    """The header of an open backup file; the rows come next. Raises InputError."""
    stream.seek(len(_MAGIC))
    data = _measured(stream, _MAX_HEADER)
    try:
        versions = msgspec.json.decode(data, type=_Versions)
        if versions.format > FORMAT or versions.store_format > layout.FORMAT:
            raise InputError("The backup was written by a newer Hippo.", next_step="Update Hippo to restore it.")
        return msgspec.json.decode(data, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(_DAMAGED, next_step="Use another copy of it.") from error


def skim_rows(stream: BinaryIO, header: Header) -> Iterator[bytes]:
    """The ids of the rows after the header. Nothing is checked, and no key is needed. Raises InputError."""
    for _ in range(header.rows):
        row, length = stream.read(16), stream.read(4)
        if len(length) != 4:
            raise InputError(_DAMAGED, next_step="Use another copy of it.")
        stream.seek(int.from_bytes(length, "little"), os.SEEK_CUR)
        yield row


def _open(header: Header, passphrase: str | None, recovery: str | None) -> NewKey:
    if recovery is not None:
        key = wraps.open_recovery_wrap(header.vault, recovery_codes.read_code(recovery))
    else:
        key = wraps.open_passphrase_wrap(header.vault, passphrase or "")
    return NewKey(header.vault, None, key)


def rows_in(stream: BinaryIO, header: Header, sealer: Sealer) -> Iterator[list[Row]]:
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


def _fill(generation: layout.Generation, sealer: Sealer, batches: Iterator[list[Row]], marks: Collection[bytes]) -> int:
    """Make a table of the rows. Those with one of the marks wait to be forgotten. Returns how many these are."""
    make_private_folder(generation.folder)
    table, ledger = SealedTable(generation.folder), Ledger(generation.ledger, sealer)
    inventory = Inventory()
    gone: list[bytes] = []
    for rows in batches:
        if rows:
            table.append(rows)
        inventory = inventory.plus(ledger.marks(rows))
        gone += [row for row, _ in rows if marks and mark_of(row) in marks]
    if gone:
        pending = PendingForget(id=new_id(), records=tuple(sorted(row.hex() for row in gone)), time=datetime.now(UTC))
        added = [(bytes.fromhex(pending.id), Codec(sealer).seal(pending, _AFTER_ALL))]
        table.append(added)
        inventory = inventory.plus(ledger.marks(added))
    ledger.expect(table.version, inventory)
    return len(gone)


def _marks_beside(
    source: Path, header: Header, key: NewKey, passphrase: str | None, recovery: str | None
) -> frozenset[bytes]:
    """The marks of what was forgotten after a backup was made, from the newest one in its folder that can be read."""
    for path, other in _newer(source, header):
        with contextlib.suppress(InputError, VaultError, OSError):
            check_hash(path)
            with path.open("rb") as stream:
                stated = read_header(stream)
                own = key if other.vault.key_id == header.vault.key_id else _open(stated, passphrase, recovery)
                codec, marks = Codec(own.sealer("store")), set[bytes]()
                for rows in rows_in(stream, stated, own.sealer("backup")):
                    for row, box in rows:
                        with contextlib.suppress(SealError):
                            record = codec.open(row, box)[1]
                            if isinstance(record, Forgotten):
                                marks |= split_marks(record.marks)
                return frozenset(marks)
    return frozenset()


def _newer(source: Path, header: Header) -> list[tuple[Path, Header]]:
    """The newer backups of the same vault in the same folder, the newest first."""
    found: list[tuple[datetime, Path, Header]] = []
    for path in source.parent.glob("*.hippo"):
        with contextlib.suppress(InputError, OSError), path.open("rb") as stream:
            if stream.read(len(_MAGIC)) == _MAGIC:
                other = read_header(stream)
                same = other.vault.vault_id == header.vault.vault_id
                if same and other.made and (header.made is None or other.made > header.made):
                    found.append((other.made, path, other))
    return [(path, other) for _, path, other in sorted(found, key=lambda each: each[0], reverse=True)]
