"""A backup in the place of the memory that is there: made and checked beside it first, then exchanged with it.

    restoring/                   a home of its own in which the backup is restored and opened once
        ready                    there once it is to take the place; names the folder below
    before-restore-<n>/          a memory that was replaced: vault.json, store, all of it as it was

Nothing of the memory that is there is deleted here. A crash in the exchange is finished by `finish_exchange`, and until
then Hippo finds no vault. What a backup file is, `backup` knows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import StoreError
from assistant.files import make_private_folder, sync_folder, write_atomically
from assistant.paths import Home
from assistant.store import layout
from assistant.store.disk import disk_errors
from assistant.vault.vault import Vault

if TYPE_CHECKING:
    from filelock import FileLock

ASIDE = "before-restore-"
_SHARE_OF_READING = 0.8


@dataclass(frozen=True)
class Prepared:
    """A restored memory that waits to take its place.

    Attributes:
        rows: Records in the backup.
        forgotten: How many of them were forgotten later: they go for good at the first opening.
    """

    rows: int
    forgotten: int


def prepare(
    source: Path,
    home: Home,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    with_forgotten: bool = False,
    known_marks: Collection[bytes] = (),
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Prepared:
    """Restore a backup beside the memory of a home, and open it once to see that it is whole.

    The arguments are those of `restore_backup`, and so are the errors. What was prepared before is dropped.

    Raises:
        StoreError: What was restored has problems; nothing of it is left.
    """
    from assistant.store.backup import restore_backup  # here, because each start looks whether an exchange was cut off

    finish_exchange(home)
    discard(home)
    beside = _beside(home)
    home.create()
    try:
        report = restore_backup(
            source,
            beside,
            passphrase=passphrase,
            recovery=recovery,
            with_forgotten=with_forgotten,
            known_marks=known_marks,
            progress=lambda share: progress(_SHARE_OF_READING * share),
            cancelled=cancelled,
        )
        _check_whole(beside, passphrase, recovery)
    except BaseException:
        discard(home)
        raise
    progress(1.0)
    return Prepared(report.rows, report.forgotten)


def discard(home: Home) -> None:
    """Delete what was prepared and did not take its place. Harmless where there is nothing."""
    shutil.rmtree(_beside(home).root, ignore_errors=True)


def take_place(home: Home) -> Path | None:
    """Let what was prepared take the place of the memory of a home, which must be closed.

    Returns:
        The folder in which the memory that was there lies now; None where there was none.

    Raises:
        StoreInUseError: Another Hippo has it open.
        StoreError: The disk refused; all is as it was.
    """
    from assistant.store.owner import Owner

    if not _beside(home).vault.exists():
        raise StoreError("There is nothing prepared to take the place of the memory.")
    with disk_errors("replaced"), _exchanging(home):
        there = holds_memory(home)
        number = 1
        while (aside := home.root / f"{ASIDE}{number}").exists():
            number += 1
        if home.store.exists():
            owner = Owner(home.store)
            owner.take()  # nobody else has it open
            owner.release()
        if there:
            make_private_folder(aside)
        elif home.store.exists():
            shutil.rmtree(home.store)
        write_atomically(_mark(home), aside.name.encode())
        moved: list[tuple[Path, Path]] = []
        try:
            _exchange(home, aside, moved)
        except OSError:
            for source, target in reversed(moved):
                target.rename(source)
            _mark(home).unlink()
            if there:
                aside.rmdir()
            raise
    discard(home)
    return aside if there else None


def finish_exchange(home: Home) -> None:
    """After a crash in `take_place`, let it take its place after all. For the start, before the home is opened.

    Raises:
        StoreError: The disk refused; it can be tried again.
    """
    if not _mark(home).exists():
        return
    with disk_errors("replaced"), _exchanging(home):
        if _mark(home).exists():  # nobody else finished it meanwhile
            _exchange(home, home.root / _mark(home).read_text(encoding="ascii"), [])
    discard(home)


def holds_memory(home: Home) -> bool:
    """Whether there is a memory in a home, also one that cannot be opened: it would be put aside."""
    return home.vault.exists() or layout.holds_memory(home.store)


def put_aside(home: Home) -> list[Path]:
    """Folders of memories that a restored one has replaced, the latest last."""
    found = [path for path in home.root.glob(f"{ASIDE}*") if path.name.removeprefix(ASIDE).isdigit()]
    return sorted(found, key=lambda path: int(path.name.removeprefix(ASIDE)))


def drop_put_aside(folder: Path) -> None:
    """Delete a memory that was put aside. Raises StoreError where the disk refuses."""
    with disk_errors("deleted"):
        (folder / "vault.json").unlink(missing_ok=True)  # the keys first: without them the rest is noise
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def _check_whole(beside: Home, passphrase: str | None, recovery: str | None) -> None:
    """Open what was restored. Raises StoreError."""
    from assistant.store.store import Store

    vault = Vault(beside.vault, keyring=None)
    if recovery is not None:
        vault.unlock_with_recovery(recovery)
    else:
        vault.unlock_with_passphrase(passphrase or "")
    try:
        with Store.open(beside.store, vault.sealer("store")) as store:
            problems = store.problems
    finally:
        vault.lock()
    if problems:
        raise StoreError(f"The restored memory is not whole: {problems[0]}", next_step="Use another backup.")


def _exchanging(home: Home) -> FileLock:
    """Held by the one process that moves the folders: a second Hippo that starts meanwhile waits for it."""
    from filelock import FileLock

    return FileLock(_beside(home).root / "exchange.lock")


def _beside(home: Home) -> Home:
    return Home(home.root / "restoring")


def _mark(home: Home) -> Path:
    return _beside(home).root / "ready"


def _pairs(home: Home, other: Home) -> list[tuple[Path, Path]]:
    """What makes a memory, here and there. The vault comes last: a memory without one is never taken for a new one."""
    tries = (home.vault.with_suffix(".tries"), other.vault.with_suffix(".tries"))
    return [(home.store, other.store), tries, (home.vault, other.vault)]


def _exchange(home: Home, aside: Path, moved: list[tuple[Path, Path]]) -> None:
    """Go on from wherever it stands: as long as the new vault is not in place, a vault that is there is the old one.

    `moved` gets each rename, from and to.
    """

    def move(source: Path, target: Path) -> None:
        source.rename(target)
        moved.append((source, target))

    beside = _beside(home)
    if not beside.vault.exists():
        return
    for here, there in reversed(_pairs(home, Home(aside))):
        new_is_here = here == home.store and not beside.store.exists()
        if aside.is_dir() and here.exists() and not there.exists() and not new_is_here:
            move(here, there)
    if aside.is_dir():
        sync_folder(aside)
    sync_folder(home.root)
    for here, there in _pairs(home, beside):
        if there.exists():
            move(there, here)
    sync_folder(home.root)
