"""What a power cut would leave of a folder, seen from inside the process that writes to it.

LanceDB never calls fsync, so all that is safe went through `os.fsync` here: the bytes that a file had then, and the
names that a folder had. (The benchmark `faults` records everything with strace and also cuts the power in between.)
"""

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self
from unittest import mock


class Power:
    """While entered, notes what is fsynced.

    Attributes:
        root: The folder that itself is safe.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[int, bytes] = {}
        self._folders: dict[int, dict[str, tuple[int, bool]]] = {}
        self._held: list[int] = []
        self._patch = mock.patch("os.fsync", self._fsync)

    def __enter__(self) -> Self:
        self._patch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._patch.stop()
        for held in self._held:
            os.close(held)

    def left(self, folder: Path) -> Path:
        """Make `folder` what a power cut would now leave of the root."""
        self._write(self.root.stat().st_ino, folder)
        return folder

    def _fsync(self, handle: int) -> None:
        found = os.fstat(handle)
        if found.st_ino not in self._files and found.st_ino not in self._folders:
            self._held.append(os.dup(handle))  # so that its number is not given to another file
        if stat.S_ISDIR(found.st_mode):
            entries = list(os.scandir(handle))
            self._folders[found.st_ino] = {entry.name: (entry.inode(), entry.is_dir()) for entry in entries}
        else:
            path = f"/proc/self/fd/{handle}"
            self._files[found.st_ino] = Path(path).read_bytes()

    def _write(self, number: int, path: Path) -> None:
        path.mkdir()
        for name, (below, is_folder) in self._folders.get(number, {}).items():
            if is_folder:
                self._write(below, path / name)
            else:
                (path / name).write_bytes(self._files.get(below, b""))
