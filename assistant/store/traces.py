"""Searching files for byte strings that should be gone: the check behind a purge receipt."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import numpy as np

_CHUNK = 4 << 20
_AT_ONCE = 2
_FEW = 2
_WORD = 8
_SPARE_BITS = 6
_FEWEST_BITS, _MOST_BITS = 16, 23
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
    listed = list(files)
    # Reading and most of the looking needs none of Python's lock.
    with ThreadPoolExecutor(_AT_ONCE) as searchers:
        hits = searchers.map(lambda path: any(contains(chunk) for chunk in _chunks(path, longest - 1)), listed)
        return [path for path, hit in zip(listed, hits, strict=True) if hit]


def _chunks(path: Path, overlap: int) -> Iterable[bytes | bytearray]:
    """A file in pieces that overlap by so many bytes. Each is good until the next one is asked for."""
    buffer = bytearray(overlap + _CHUNK)
    kept = 0
    with path.open("rb") as stream, memoryview(buffer) as view:
        while read := stream.readinto(view[kept : kept + _CHUNK]):
            filled = kept + read
            yield buffer if filled == len(buffer) else bytes(view[:filled])
            kept = min(overlap, filled)
            view[:kept] = view[filled - kept : filled]


class _Few:
    def __init__(self, needles: list[bytes]) -> None:
        self._needles = needles

    def __call__(self, data: bytes | bytearray) -> bool:
        return any(needle in data for needle in self._needles)


class _Many:
    """Wherever a needle of 15 bytes or more lies, it covers a whole word of 8 bytes: only these are looked at.

    The end of each word is looked up in a table that few others pass; where it fits, the word; where that fits, the
    needle.
    """

    def __init__(self, needles: list[bytes]) -> None:
        """`needles`: by length."""
        self._needles = needles
        words = []
        for _, alike in groupby(needles, key=len):
            listed = list(alike)
            rows = np.frombuffer(b"".join(listed), np.uint8).reshape(len(listed), -1)
            windows = np.lib.stride_tricks.sliding_window_view(rows[:, :_SHORTEST], _WORD, axis=1)
            words.append(np.ascontiguousarray(windows).view("<u8").reshape(-1))
        every = np.concatenate(words)
        self._order = np.argsort(every)
        self._words = every[self._order]
        bits = min(max(len(every).bit_length() + _SPARE_BITS, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint32(32 - bits)
        self._table = np.zeros(1 << bits, np.bool_)
        self._table[(every >> np.uint64(64 - bits)).astype(np.intp)] = True

    def __call__(self, data: bytes | bytearray) -> bool:
        words = np.frombuffer(data, "<u8", len(data) // _WORD)
        ends = np.frombuffer(data, "<u4", len(words) * 2)[1::2] >> self._shift
        likely = np.flatnonzero(self._table[ends])
        first, last = (np.searchsorted(self._words, words[likely], side) for side in ("left", "right"))
        for at in np.flatnonzero(first < last).tolist():
            for place in self._order[first[at] : last[at]].tolist():
                needle, shift = divmod(place, _WORD)
                start = int(likely[at]) * _WORD - shift
                if start >= 0 and data.startswith(self._needles[needle], start):
                    return True
        return False
