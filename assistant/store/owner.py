"""One process at a time owns a store: a lock file, and beside it a file that says who holds it."""

import contextlib
import os
from pathlib import Path

import filelock

from assistant.errors import StoreInUseError


class Owner:
    """The lock on one store folder, held from `take` to `release`.

    The operating system drops the lock when the process ends in whatever way, so it never has to be broken.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = filelock.FileLock(folder / "owner.lock", timeout=0, thread_local=False)
        self._note = folder / "owner.pid"

    def take(self) -> None:
        """Become the owner.

        Raises:
            StoreInUseError: Another process is; the message names it.
        """
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise StoreInUseError(
                f"The memory is in use by another Hippo{self._who()}.",
                next_step="Close that one first; two at a time could damage it.",
            ) from None
        with contextlib.suppress(OSError):  # a full disk must not keep anybody from reading
            self._note.write_text(str(os.getpid()), encoding="ascii")

    def release(self) -> None:
        """Stop being the owner. Harmless when not."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _who(self) -> str:
        try:
            return f" (process {int(self._note.read_text(encoding='ascii'))})"
        except (OSError, ValueError):
            return ""
