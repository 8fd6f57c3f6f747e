"""Backups around a memory that forgets: making them when they are due, knowing which there are, and cleaning them of
what was forgotten; and the end of everything, keys included.

What a backup file is, `assistant.store.backup` knows. A `Session` calls these with its parts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.errors import InputError
from assistant.memory.forgetting.receipt import Receipt
from assistant.paths import Home
from assistant.settings import Backups
from assistant.store import layout
from assistant.store.backup import BackupReport, write_backup
from assistant.store.backups import (
    BackupFile,
    backups_in,
    drop_old,
    forgotten_in,
    is_due,
    look_at,
    remove,
    rewrite,
    scheduled_name,
)
from assistant.store.records import BackupMade, new_id
from assistant.store.store import Store
from assistant.store.tombstones import forgotten_marks
from assistant.vault.vault import Vault


@dataclass(frozen=True)
class KnownBackup:
    """A backup that Hippo knows of and finds.

    Attributes:
        file: What it says of itself.
        forgotten: How many rows it holds that were forgotten since it was made.
        rewritable: It is under the data key in use, so it can be rewritten without them.
    """

    file: BackupFile
    forgotten: int
    rewritable: bool


@dataclass(frozen=True)
class Erasure:
    """What forgetting everything did.

    Attributes:
        receipt: Of the memories.
        keyring_cleared: No entry of the vault is left in the keyring.
        backups_removed: Backups that were deleted.
        backups_left: Backups that are known and still there.
    """

    receipt: Receipt
    keyring_cleared: bool
    backups_removed: tuple[Path, ...]
    backups_left: tuple[Path, ...]

    def lines(self) -> list[str]:
        """The receipt in words, a fact a line. Holds no content."""
        lines = [*self.receipt.lines(), "The keys were destroyed: copies of the memory's files open with none."]
        if not self.keyring_cleared:
            lines.append("The keyring did not answer: an entry called Hippo is left there. It opens nothing any more.")
        if self.backups_removed:
            lines.append(f"Backups deleted: {len(self.backups_removed)}.")
        lines.extend(f"Still there, and opened by its own passphrase or code: {path}" for path in self.backups_left)
        return lines


def make_backup(
    store: Store,
    vault: Vault,
    home: Home,
    target: Path,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    now: datetime,
) -> BackupReport:
    """Write a backup and note where it is, so that forgetting can tell of it.

    Raises:
        InputError: The file cannot be written, or would lie in the store.
    """
    target = target.absolute()
    if target.is_relative_to(home.store.absolute()):
        raise InputError("A backup cannot lie inside the memory's own folder.", next_step="Choose another folder.")
    try:
        report = write_backup(store, vault, target, progress=progress, cancelled=cancelled)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}.") from error
    outdated = [n.id for n in store.all(BackupMade) if n.path == str(target) or not Path(n.path).exists()]
    store.commit([BackupMade(id=new_id(), path=str(target), time=now)], remove=outdated)
    return report


def make_due_backup(
    store: Store,
    vault: Vault,
    home: Home,
    wanted: Backups,
    *,
    cancelled: Callable[[], bool],
    now: datetime,
) -> BackupReport | None:
    """Write a scheduled backup if one is due, then delete the oldest ones. None where nothing was due.

    Raises:
        InputError: The folder is not there (a stick that is not plugged in), or refuses the file.
        VaultError: Nobody could open the backup elsewhere.
        CancelledError: `cancelled` answered true; it is due still.
    """
    if wanted.every == "never" or not wanted.folder:
        return None
    folder = Path(wanted.folder)
    scheduled = backups_in(folder, vault.vault_id)
    if not is_due(wanted.every, scheduled[0].made if scheduled else None, now):
        return None
    if not folder.is_dir():
        raise InputError(
            f"The folder for backups, {folder}, is not there.", next_step="Plug it in, or choose another folder."
        )
    target = folder / scheduled_name(now)
    report = make_backup(store, vault, home, target, progress=lambda share: None, cancelled=cancelled, now=now)
    drop_old(folder, vault.vault_id, wanted.keep)
    return report


def known_backups(store: Store, vault: Vault, wanted: Backups) -> list[KnownBackup]:
    """The backups of this vault that Hippo knows of and finds, the newest first: scheduled, and made by hand."""
    content = vault.content()
    files = {}
    if wanted.folder:
        files = {file.path: file for file in backups_in(Path(wanted.folder), content.vault_id)}
    for note in store.all(BackupMade):
        path = Path(note.path)
        if path not in files and (found := _look(path)) is not None and found.vault_id == content.vault_id:
            files[path] = found
    marks = forgotten_marks(store)
    listed = sorted(files.values(), key=lambda file: file.made, reverse=True)
    return [KnownBackup(f, _count(f, marks), f.key_id == content.key_id) for f in listed]


def clean_backup(path: Path, store: Store, vault: Vault) -> BackupReport:
    """Write a backup anew without what was forgotten since. Raises InputError, StoreError."""
    try:
        return rewrite(path, store, vault)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def drop_backup(path: Path, store: Store) -> None:
    """Delete a backup, and the note of it. Raises InputError."""
    remove(path)
    notes = [note.id for note in store.all(BackupMade) if note.path == str(path.absolute())]
    if notes:
        store.commit(remove=notes)


def erase(store: Store, vault: Vault, home: Home) -> bool:
    """After everything was forgotten: destroy the keys and the files of the memory. Store and vault are closed then.

    A crash in between leaves an empty memory with its keys, or none.

    Returns:
        Whether the keyring's entries are certainly gone.
    """
    folders = [path for path in home.store.iterdir() if path.is_dir()]
    store.close()
    for name in layout.generations(home.store):  # without this, what is left would be a memory without a vault
        layout.Generation(home.store, name).format_file.unlink()
    cleared = vault.destroy()
    layout.drop(folders)
    return cleared


def _look(path: Path) -> BackupFile | None:
    try:
        return look_at(path)
    except InputError:
        return None


def _count(file: BackupFile, marks: frozenset[bytes]) -> int:
    try:
        return forgotten_in(file, marks)
    except InputError:
        return 0
