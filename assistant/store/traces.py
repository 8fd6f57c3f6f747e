"""Searching files for byte strings that should be gone: the check behind a purge receipt."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

_CHUNK = 4 << 20
_FEW = 4


def find_traces(files: Iterable[Path], needles: Iterable[bytes]) -> list[Path]:
    """The files that contain one of `needles` (each of at least 8 bytes) anywhere.

    Raises:
        OSError: A file cannot be read.
    """
    wanted = sorted({needle for needle in needles if needle})
    if not wanted:
        return []
    longest = max(map(len, wanted))
    contains = _Few(wanted) if len(wanted) <= _FEW else _Many(wanted)
    return [path for path in files if any(contains(chunk) for chunk in _chunks(path, longest - 1))]


def _chunks(path: Path, overlap: int) -> Iterable[bytes]:
    kept = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield kept + chunk
            kept = (kept + chunk)[-overlap:] if overlap else b""


class _Few:
    def __init__(self, needles: list[bytes]) -> None:
        self._needles = needles

    def __call__(self, data: bytes) -> bool:
        return any(needle in data for needle in self._needles)


class _Many:
    """Two bytes of each place are looked up in a table; where they fit, eight bytes; where those fit, all."""

    def __init__(self, needles: list[bytes]) -> None:
        self._starts = np.unique(np.array([np.frombuffer(needle, "<u8", 1)[0] for needle in needles], np.uint64))
        self._table = np.zeros(65536, np.bool_)
        self._table[(self._starts & np.uint64(0xFFFF)).astype(np.intp)] = True
        self._needles: dict[int, list[bytes]] = {}
        for needle in needles:
            self._needles.setdefault(int.from_bytes(needle[:8], "little"), []).append(needle)

    def __call__(self, data: bytes) -> bool:
        places = len(data) - 7
        if places <= 0:
            return False
        pairs = np.ndarray((places,), "<u2", data, strides=(1,))
        likely = np.flatnonzero(self._table[pairs])
        eights = np.ndarray((places,), "<u8", data, strides=(1,))[likely]
        for place in likely[np.isin(eights, self._starts)]:
            start = int(place)
            for needle in self._needles[int.from_bytes(data[start : start + 8], "little")]:
                if data.startswith(needle, start):
                    return True
        return False
