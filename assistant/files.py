"""Durable file writes: after these return, a power cut does not take the file back.

Not for conversation content: that goes to `assistant.store`, sealed.
"""

import contextlib
import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Flush the content of the file at `path` to the disk."""
    # Windows only flushes handles that are open for writing.
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush the entries of the folder at `path` (new, renamed and removed names) to the disk."""
    if sys.platform == "win32":  # NTFS journals its directories and lets nobody open one
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(path: Path) -> None:
    """Create the folder and its parents if they are missing, readable by this user only. They last."""
    missing = [place for place in (path, *path.parents) if not place.exists()]
    path.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32":
        path.chmod(0o700)
    for made in missing:
        with contextlib.suppress(PermissionError):  # a folder that may be written to, but not read
            sync_folder(made.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data` so that a crash leaves the old content or the new, never a mix.

    The file is readable by this user only.
    """
    temporary = path.with_name(path.name + ".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)
