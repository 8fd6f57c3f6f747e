"""The backups of a memory as a set: which there are, when the next is due, which are old, and what they still hold.

Writing and restoring one is the business of `backup`.
"""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.errors import InputError, StoreError
from assistant.store.backup import (
    BackupReport,
    check_hash,
    header_for,
    read_header,
    rows_in,
    skim_rows,
    write_checked,
)
from assistant.store.fragments import Row
from assistant.store.store import Store
from assistant.store.tombstones import mark_of
from assistant.vault.vault import Vault

SUFFIX = ".hippo"
Rhythm = Literal["never", "daily", "weekly"]

_SCHEDULED = "hippo-????-??-??-??????" + SUFFIX
_NAME = "hippo-%Y-%m-%d-%H%M%S" + SUFFIX
_DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class BackupFile:
    """What a backup file says of itself.

    Attributes:
        made: When it was made; for an old one that does not say so, when the file was last changed.
        rows: Records in it.
        size: Bytes.
        vault_id: Of which vault.
        key_id: Under which data key.
    """

    path: Path
    made: datetime
    rows: int
    size: int
    vault_id: str
    key_id: str


def look_at(path: Path) -> BackupFile:
    """Read a backup's header.

    Raises:
        InputError: It is no backup, damaged, or cannot be read.
    """
    try:
        with path.open("rb") as stream:
            header = read_header(stream)
        status = path.stat()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    made = header.made or datetime.fromtimestamp(status.st_mtime, UTC)
    return BackupFile(path, made, header.rows, status.st_size, header.vault.vault_id, header.vault.key_id)


def backups_in(folder: Path, vault_id: str) -> list[BackupFile]:
    """The backups of one vault in a folder, the newest first. Other files are passed over."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob("*" + SUFFIX):
            with contextlib.suppress(InputError):
                file = look_at(path)
                if file.vault_id == vault_id:
                    found.append(file)
    return sorted(found, key=lambda file: file.made, reverse=True)


def is_due(rhythm: Rhythm, newest: datetime | None, now: datetime) -> bool:
    """Whether a backup should be made now: one on each day, or one for each seven days, by the local calendar."""
    if rhythm == "never":
        return False
    if newest is None:
        return True
    days = (now.astimezone().date() - newest.astimezone().date()).days
    # One from the future was made under a wrong clock, and must not stop the others for years.
    return days < 0 or days >= (1 if rhythm == "daily" else _DAYS_OF_WEEK)


def scheduled_name(now: datetime) -> str:
    """The name of a scheduled backup."""
    return now.astimezone().strftime(_NAME)


def drop_old(folder: Path, vault_id: str, keep: int) -> list[Path]:
    """Delete the oldest scheduled backups of this vault, all but `keep`; one that was made by hand is never touched.

    Returns:
        The files that went.

    Raises:
        InputError: One could not be deleted.
    """
    scheduled = [file for file in backups_in(folder, vault_id) if file.path.match(_SCHEDULED)]
    for cut_off in folder.glob(f"{_SCHEDULED}.*.new"):
        remove(cut_off)
    gone = [file.path for file in scheduled[max(1, keep) :]]
    for path in gone:
        remove(path)
    return gone


def remove(path: Path) -> None:
    """Delete a backup file. Raises InputError where the disk refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} could not be deleted ({error.strerror}).", next_step="Delete it by hand.") from error


def forgotten_in(file: BackupFile, marks: Collection[bytes]) -> int:
    """How many rows of a backup have one of the marks: what was forgotten since, and is still in it.

    Raises:
        InputError: It cannot be read.
    """
    if not marks:
        return 0
    try:
        with file.path.open("rb") as stream:
            return sum(mark_of(row) in marks for row in skim_rows(stream, read_header(stream)))
    except OSError as error:
        raise InputError(f"{file.path} cannot be read ({error.strerror}).") from error


def rewrite(path: Path, store: Store, vault: Vault) -> BackupReport:
    """Write a backup anew without what was forgotten since, in the place of the old file.

    What was derived from it, or saw it when it was embedded, is in the old file too. So the new one holds, of the
    records that were in the old, those that the memory still has, as they are now; rows that are damaged in the
    memory it holds as they were.

    Raises:
        InputError: The file is damaged, or under another data key than the one in use.
        StoreError: The memory itself has problems, so the backup may be needed as it is.
        OSError: The disk refused; the old file is as it was.
    """
    if store.problems:
        raise StoreError(
            "The memory was found incomplete, so its backups are left as they are.",
            next_step="Remove the backup instead, if you do not need it.",
        )
    check_hash(path)
    with path.open("rb") as stream:
        header = read_header(stream)
        content = vault.content()
        if (header.vault.vault_id, header.vault.key_id) != (content.vault_id, content.key_id):
            raise InputError("The backup is under another key than the memory.", next_step="Remove it instead.")
        start = stream.tell()
        held = frozenset(skim_rows(stream, header))
        stream.seek(start)
        hurt = {bytes.fromhex(row.id) for row in store.damaged if row.id} & held
        sealer = vault.sealer("backup")
        as_they_were = (
            [pair for rows in rows_in(stream, header, sealer) for pair in rows if pair[0] in hurt] if hurt else []
        )
    count = sum(row not in hurt and row.hex() in store for row in held) + len(as_they_were)
    made = header.made or datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def kept() -> Iterator[list[Row]]:
        for rows in store.sealed_rows():
            yield [(row, box) for row, box in rows if row in held and row not in hurt]
        yield as_they_were

    write_checked(path, header_for(header.vault, count, made), kept(), sealer)
    return BackupReport(count, path.stat().st_size)
