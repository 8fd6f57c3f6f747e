"""Failed passphrases slow down: how many there were in a row, kept beside the vault so that a restart does not help.

It slows down who sits at the keyboard. Who can copy or change the files is slowed down by Argon2id alone. The wait is
short and ends by itself, so that nobody can keep the owner out for long.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from assistant.errors import TooSoonError
from assistant.files import write_atomically

FREE_TRIES = 3
LONGEST_WAIT = 60


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failed tries in a row: none for the first three, then 2, 4, 8 … 60."""
    return min(LONGEST_WAIT, 2 ** (failures - FREE_TRIES)) if failures > FREE_TRIES else 0


class _Kept(msgspec.Struct, frozen=True):
    """The content of the file.

    Attributes:
        failures: Tries that have not succeeded since the last one that has.
        last: When the last one was made, in seconds since 1970.
    """

    failures: int = 0
    last: float = 0.0


class Tries:
    """The failed tries at one vault."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Name the file; nothing is read yet. `clock` gives seconds since 1970."""
        self._path = path
        self._clock = clock

    def wait(self) -> float:
        """Seconds until the next try is allowed; 0 when it is. Never raises."""
        kept, now = self._read(), self._clock()
        wait = wait_after(kept.failures)
        if kept.last > now and wait:  # The clock was put back: count from now, not from a time that may be years away.
            kept = _Kept(kept.failures, now)
            if not self._write(kept):
                return 0.0
        return max(0.0, kept.last + wait - now)

    def begin(self) -> None:
        """Count a try as failed before it is made: who ends the program in the middle has tried, too.

        Raises:
            TooSoonError: It is too early for another one; nothing was counted.
        """
        left = self.wait()
        if left > 0:
            raise TooSoonError(left)
        self._write(_Kept(self._read().failures + 1, self._clock()))

    def succeeded(self) -> None:
        """Start again from nothing. Never raises."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> _Kept:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return _Kept()

    def _write(self, kept: _Kept) -> bool:
        try:
            write_atomically(self._path, msgspec.json.encode(kept))
        except OSError:  # a full or read-only disk must not keep the owner out
            return False
        return True
