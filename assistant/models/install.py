"""Puts a model folder in its place in one step: after a crash it is there whole, or not at all.

It does not know what is in the folder (see `manifest` and `convert`).
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from assistant.errors import CancelledError, ModelError
from assistant.files import make_private_folder, sync_file, sync_folder
from assistant.paths import Home

_UNFINISHED: Final = ".unfinished"
_REPLACED: Final = ".replaced"
_LOCK: Final = ".lock"
_LOOK_EVERY: Final = 0.1  # seconds


@contextlib.contextmanager
def models_lock(home: Home, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Let one process at a time install into the models folder of `home`, and wait for another one's installation.

    Raises:
        CancelledError: `cancelled` said so while waiting.
        InputError: The home cannot be used.
        ModelError: The models folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(home.models / _LOCK)
    try:
        home.create()
        make_private_folder(home.models)
        while True:
            try:
                lock.acquire(timeout=_LOOK_EVERY)
                break
            except Timeout:
                if cancelled():
                    raise CancelledError("The preparation of the model was stopped.") from None
    except OSError as error:
        raise _unwritable(home.models, error) from error
    try:
        yield
    finally:
        lock.release()


def install(target: Path, build: Callable[[Path], None]) -> None:
    """Let `build` fill a folder beside `target`, sync it, and rename it to `target`, replacing what was there.

    If `build` raises, nothing is left of it and `target` is as it was. The caller holds `models_lock` where other
    processes may install the same target.

    Raises:
        ModelError: The disk is full or cannot be written; whatever `build` raises.
    """
    remove_leftovers(target)
    unfinished, replaced = _beside(target, _UNFINISHED), _beside(target, _REPLACED)
    try:
        unfinished.mkdir(parents=True)
        build(unfinished)
        for path in unfinished.iterdir():
            sync_file(path)
        sync_folder(unfinished)
        if target.exists():
            target.rename(replaced)
        unfinished.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    finally:
        remove_leftovers(target)


def uninstall(target: Path) -> None:
    """Remove the folder `target` so that it is gone at once for everybody who looks for it.

    Raises:
        ModelError: The disk refuses.
    """
    try:
        target.rename(_beside(target, _UNFINISHED))
        sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    remove_leftovers(target)


def remove_leftovers(target: Path) -> None:
    """Remove what a killed installation of `target` left behind; what it had replaced is put back if need be."""
    replaced = _beside(target, _REPLACED)
    if replaced.exists() and not target.exists():
        replaced.rename(target)
    for leftover in (_beside(target, _UNFINISHED), replaced):
        shutil.rmtree(leftover, ignore_errors=True)


def remove_all_leftovers(models: Path) -> None:
    """The same for every installation into the folder `models`. The caller holds `models_lock`."""
    for suffix in (_UNFINISHED, _REPLACED):
        for leftover in models.glob(f".*{suffix}"):
            remove_leftovers(models / leftover.name.removeprefix(".").removesuffix(suffix))


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name}{suffix}")


def _unwritable(folder: Path, error: OSError) -> ModelError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError(
            f"The disk is full: the model does not fit into {folder}.", next_step="Make room and try again."
        )
    reason = error.strerror or os.strerror(error.errno or errno.EIO)
    return ModelError(f"The model cannot be written to {folder} ({reason}).")
