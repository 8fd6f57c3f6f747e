"""Searching files for byte strings that should be gone: the check behind a purge receipt."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

_CHUNK = 4 << 20
_FEW = 2
_WORD = 8
_SHORTEST = 2 * _WORD - 1


def find_traces(files: Iterable[Path], needles: Iterable[bytes]) -> list[Path]:
    """The files that contain one of `needles` anywhere; fast for many needles of at least 15 bytes.

    Raises:
        OSError: A file cannot be read.
    """
    wanted = sorted({needle for needle in needles if needle}, key=len)
    if not wanted:
        return []
    longest = len(wanted[-1])
    contains = _Few(wanted) if len(wanted) <= _FEW or len(wanted[0]) < _SHORTEST else _Many(wanted)
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
    """Wherever a needle of 15 bytes or more lies, it covers a whole word of 8 bytes: only these are looked at.

    The last two bytes of each word are looked up in a table; where they fit, the word; where that fits, the needle.
    """

    def __init__(self, needles: list[bytes]) -> None:
        self._needles: dict[int, list[tuple[int, bytes]]] = {}
        for needle in needles:
            for shift in range(_WORD):
                word = int.from_bytes(needle[shift : shift + _WORD], "little")
                self._needles.setdefault(word, []).append((shift, needle))
        self._words = np.array(sorted(self._needles), np.uint64)
        self._table = np.zeros(65536, np.bool_)
        self._table[(self._words >> np.uint64(48)).astype(np.intp)] = True

    def __call__(self, data: bytes) -> bool:
        words = np.frombuffer(data, "<u8", len(data) // _WORD)
        ends = np.frombuffer(data, "<u2", len(words) * 4)[3::4]
        likely = np.flatnonzero(self._table[ends])
        for place in likely[np.isin(words[likely], self._words)].tolist():
            for shift, needle in self._needles[int(words[place])]:
                start = place * _WORD - shift
                if start >= 0 and data.startswith(needle, start):
                    return True
        return False
