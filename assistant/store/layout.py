"""What lies where in a store folder, and which of it is in use.

    store/
        owner.lock, owner.pid      who has it open
        <key id>/                  one generation: everything sealed under the key with this id
            format.json            format version, and the generation that this one replaces, if any
            ledger                 how many rows there should be
            moving                 there only while rows are moved to other files: some may be found twice
            purge-unfinished       there only while a purge runs
            records.lance/         the table
            shared                 what was exchanged with other devices, if anything was (see `exchange`)
            snapshots/             what opening makes of the rows of large data files, sealed (see `snapshots`)
            spare                  a copy of the table's small files, to mend them from
            unreadable/            version files that could not be read, set aside
        <key id>.building/         a generation that is being made
        <key id>.damaged-<n>/      a generation with unreadable files, set aside when the rest was saved from it
        <key id>.before-<f>-<n>/   a generation of an older format f, as it was before it was migrated (see `migrate`)

A generation is named after its key, so which one is in use follows from vault.json alone: replacing the data key
is one atomic write of vault.json, and a crash leaves either the old or the new generation in use. The other is a
leftover; `drop_leftovers` says which ones are certain to be.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from assistant.errors import StoreError, StoreVersionError
from assistant.files import sync_folder, write_atomically
from assistant.store.disk import disk_errors

FORMAT = 3
BEFORE = ".before-"
_BUILDING = ".building"
_DAMAGED = ".damaged-"


class Format(msgspec.Struct, frozen=True):
    """The content of format.json.

    Attributes:
        replaces: The generation that this one was made from, under another key, or "".
        restored: It came from a backup and has not been opened since: without a vault, it may be made again.
    """

    format: int = FORMAT
    replaces: str = ""
    restored: bool = False


class Generation:
    """One generation's folder."""

    def __init__(self, store: Path, key_id: str, *, building: bool = False) -> None:
        self.folder = store / (key_id + (_BUILDING if building else ""))
        self.format_file = self.folder / "format.json"
        self.ledger = self.folder / "ledger"
        self.purge_mark = self.folder / "purge-unfinished"
        self.shared = self.folder / "shared"
        self.snapshots = self.folder / "snapshots"

    def read_format(self) -> Format:
        """The content of format.json.

        Raises:
            StoreVersionError: A newer Hippo wrote it.
            StoreError: It is damaged.
        """
        try:
            found = msgspec.json.decode(self.format_file.read_bytes(), type=Format)
        except FileNotFoundError:
            return Format()
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StoreError(
                f"The file {self.format_file} is damaged.", next_step="Restore a backup, or delete this file."
            ) from error
        if found.format > FORMAT:
            raise StoreVersionError("This memory was written by a newer Hippo.", next_step="Update Hippo to open it.")
        return found

    def write_format(self, content: Format) -> None:
        """Replace format.json durably. Raises StoreError where the disk refuses."""
        with disk_errors("written"):
            write_atomically(self.format_file, msgspec.json.encode(content))

    def mark_purge(self) -> None:
        """Note durably that a purge has begun. Raises StoreError where the disk refuses."""
        with disk_errors("written"):
            write_atomically(self.purge_mark, b"")

    def unmark_purge(self) -> None:
        """Note durably that the purge is over. Raises StoreError where the disk refuses."""
        with disk_errors("written"):
            self.purge_mark.unlink()
            sync_folder(self.folder)

    def publish(self) -> "Generation":
        """Give a generation that was being built its final name, durably."""
        final = Generation(self.folder.parent, self.folder.name.removesuffix(_BUILDING))
        with disk_errors("written"):
            self.folder.rename(final.folder)
            sync_folder(final.folder.parent)
        return final


def generations(store: Path) -> list[str]:
    """Key ids of the complete generations in a store folder."""
    names = (path.parent.name for path in store.glob("*/format.json"))
    return sorted(name for name in names if "." not in name)


def damaged(store: Path) -> list[Path]:
    """Folders of damaged generations that were set aside."""
    return sorted(store.glob(f"*{_DAMAGED}*"))


def migrated(store: Path) -> list[Path]:
    """Folders of generations of older formats that were migrated."""
    return sorted(store.glob(f"*{BEFORE}*"))


def holds_memory(store: Path) -> bool:
    """Whether a store folder holds anything that only the vault it was made with can open."""
    return bool(generations(store) or damaged(store))


def set_aside(generation: Generation, building: Generation | None = None, *, suffix: str = _DAMAGED) -> Path:
    """Put a damaged or old generation aside and the one that was made from it, if any, in its place.

    Returns:
        The folder of the one that was set aside.
    """
    store, name = generation.folder.parent, generation.folder.name
    number = 1
    while (aside := store / f"{name}{suffix}{number}").exists():
        number += 1
    with disk_errors("written"):
        if generation.snapshots.exists():
            # Nobody looks into them any more, and a purge could not tell what they hold.
            drop([generation.snapshots])
        os.utime(generation.folder)
        generation.folder.rename(aside)
        if building is not None:
            building.publish()
        else:
            sync_folder(store)
    return aside


def finish_setting_aside(store: Path, key_id: str) -> None:
    """After a crash in `set_aside`, put the saved generation in its place."""
    building = Generation(store, key_id, building=True)
    aside = [path for path in (*damaged(store), *migrated(store)) if path.name.startswith(key_id)]
    if building.format_file.exists() and key_id not in generations(store) and aside:
        building.publish()


def copies_set_aside(store: Path) -> list[Path]:
    """Folders of damaged or old files that nothing uses any more, but that may hold old boxes."""
    return [*damaged(store), *migrated(store), *store.glob("*/unreadable")]


def drop_leftovers(store: Path, key_id: str) -> None:
    """Delete generations that a crash left behind, once the one with `key_id` is known to be in use.

    These are: unfinished ones; the one that this one replaced; and one that was to replace this one.
    """
    leftovers = [path for path in store.glob(f"*{_BUILDING}") if path.is_dir()]
    made = generations(store)
    if key_id in made:
        replaced = Generation(store, key_id).read_format().replaces
        leftovers.extend(
            store / other
            for other in made
            if other != key_id and (other == replaced or Generation(store, other).read_format().replaces == key_id)
        )
        if replaced:
            # Under the old key, which is gone: nobody can open them any more.
            leftovers.extend(path for path in (*damaged(store), *migrated(store)) if path.name.startswith(replaced))
    drop(leftovers)


def drop_unused_restores(store: Path) -> None:
    """Delete what an interrupted restore left. Only where there is no vault that could be using it."""
    drop(store / name for name in generations(store) if Generation(store, name).read_format().restored)


def drop(folders: Iterable[Path]) -> None:
    """Delete generations, durably."""
    for folder in folders:
        shutil.rmtree(folder)
        sync_folder(folder.parent)
