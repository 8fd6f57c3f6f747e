"""A spare copy of a table's small files, without which no row could be read: the newest manifest, and the deletions.

LanceDB keeps no checksum of them, so one changed byte there may cost everything, or bring removed rows back. They are
a few kilobytes, and hold no box. The rows themselves have no copy here: that is what backups are for.
"""

import hashlib
from pathlib import Path

import msgspec

from assistant.files import sync_file, sync_folder, write_atomically

_VERSIONS = "_versions"
_DELETIONS = "_deletions"
_HASH_BYTES = 32


class _Spare(msgspec.Struct, frozen=True):
    """The content of the file: bytes by path within the table; `manifest` is the newest manifest's path."""

    manifest: str
    files: dict[str, bytes]


def write_spare(table: Path, spare: Path) -> None:
    """Copy the small files of the table in the folder `table` to the file `spare`, durably, if they have changed.

    Raises:
        OSError: The disk refuses.
    """
    manifests = sorted((table / _VERSIONS).glob("*.manifest"))
    if not manifests:
        return
    found = _read(spare)
    newest = str(manifests[0].relative_to(table))
    if found is not None and found.manifest == newest:
        return
    paths = [manifests[0], *sorted((table / _DELETIONS).glob("*"))]
    files = {str(path.relative_to(table)): path.read_bytes() for path in paths}
    data = msgspec.msgpack.encode(_Spare(newest, files))
    write_atomically(spare, hashlib.sha256(data).digest() + data)


def mend(table: Path, spare: Path) -> int:
    """Put right small files that are not as they were when the spare copy was made. Returns how many.

    Manifests newer than the copy are left alone: the table has moved on since. Files that nothing needs any more do
    not come back.

    Raises:
        OSError: The disk refuses.
    """
    found = _read(spare)
    if found is None:
        return 0
    # Manifest names count down.
    newest = min((path.name for path in (table / _VERSIONS).glob("*.manifest")), default="~")
    has_moved_on = newest < Path(found.manifest).name
    mended = 0
    for name, data in found.files.items():
        path = table / name
        is_there = path.exists()
        if (has_moved_on and not is_there) or (is_there and path.read_bytes() == data):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        sync_file(path)
        sync_folder(path.parent)
        mended += 1
    return mended


def has_spare(spare: Path) -> bool:
    """Whether there is a spare copy and it is whole. Raises OSError."""
    return _read(spare) is not None


def _read(spare: Path) -> _Spare | None:
    try:
        content = spare.read_bytes()
    except FileNotFoundError:
        return None
    digest, data = content[:_HASH_BYTES], content[_HASH_BYTES:]
    if hashlib.sha256(data).digest() != digest:
        return None
    try:
        return msgspec.msgpack.decode(data, type=_Spare)
    except msgspec.DecodeError:
        return None
