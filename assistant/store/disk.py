"""What LanceDB and the operating system say when the disk refuses, in words for the user."""

import contextlib
import errno
from collections.abc import Iterator

from assistant.errors import StoreError, StoreFullError

FAILURES = (RuntimeError, ValueError, OSError)
"""What LanceDB raises for trouble with files: it has no error classes of its own. Where a damaged file makes it
panic, that has a class which cannot be named here: see `panics_as_errors`."""

_FULL_NUMBERS = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
# LanceDB passes the system's error on as text: no space, file too large, quota, and Windows' disk full.
_FULL_WORDS = ("no space left on device", "os error 28)", "os error 27)", "os error 122)", "os error 112)")


@contextlib.contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn a panic of LanceDB into a RuntimeError, so that it is one of `FAILURES`."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ == "RustPanic":
            raise RuntimeError("LanceDB panicked") from error
        raise


@contextlib.contextmanager
def disk_errors(verb: str) -> Iterator[None]:
    """Turn the block's failures into StoreFullError or StoreError. `verb`: what could not be done, as "written"."""
    try:
        with panics_as_errors():
            yield
    except FAILURES as error:
        text = str(error).lower()
        number = error.errno if isinstance(error, OSError) else None
        if number in _FULL_NUMBERS or any(words in text for words in _FULL_WORDS):
            raise StoreFullError(
                "There is no space left on the disk: the last change was not kept.",
                next_step="Make room, then try again. Everything kept before is safe.",
            ) from error
        raise StoreError(
            f"The memory on disk could not be {verb} ({type(error).__name__}).",
            next_step="Check the disk; a backup can be restored.",
        ) from error
