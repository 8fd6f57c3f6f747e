"""Giving memory back to the system after a lot of it was needed for a moment. With glibc only; elsewhere nothing.

glibc learns from large blocks that come and go to keep them in its heaps, where what stays pins them down: after
reading 100,000 rows, 100 MB more than is in use would stay with the process.
"""

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator

_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3
_TRIM_USUAL, _TRIM_LATE = 128 << 10, 256 << 20
_LARGE = 1 << 20
_USUAL = 32 << 20  # where glibc's own adjustment ends


@contextlib.contextmanager
def passing_through() -> Iterator[None]:
    """For a block that reads much and keeps little: what it lets go of goes back to the system.

    Python's cyclic garbage collector rests meanwhile: it would look through all that is read, again and again, for
    cycles that records cannot have.
    """
    collects = gc.isenabled()
    gc.disable()
    glibc = _glibc()
    if glibc is not None:
        glibc.mallopt(_MMAP_THRESHOLD, _LARGE)
    try:
        yield
    finally:
        if glibc is not None:
            glibc.mallopt(_MMAP_THRESHOLD, _USUAL)
            glibc.malloc_trim(0)
        if collects:
            gc.enable()


@contextlib.contextmanager
def over_and_over() -> Iterator[None]:
    """For a part of such a block that needs large stretches of memory again and again, in one thread.

    They are the same ones each time. Elsewhere in the block each is new, and the system is asked for every page of it.
    """
    glibc = _glibc()
    if glibc is not None:
        glibc.mallopt(_TRIM_THRESHOLD, _TRIM_LATE)
        glibc.mallopt(_MMAP_THRESHOLD, _USUAL)
    try:
        yield
    finally:
        if glibc is not None:
            glibc.mallopt(_MMAP_THRESHOLD, _LARGE)
            glibc.mallopt(_TRIM_THRESHOLD, _TRIM_USUAL)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError):
        found = ctypes.CDLL(None)
        if hasattr(found, "gnu_get_libc_version"):
            return found
    return None
