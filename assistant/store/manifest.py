"""Which data file holds which fragment of a Lance table: the one thing that Hippo reads out of a manifest by itself.

LanceDB does not tell it. A manifest is a protocol buffer (`lance.table.Manifest`): its field 2 are the fragments, of
which field 1 is the number, 2 the data files (1: the path) and 4 how many rows were written. It stands where the last
16 bytes of the file say, after its length. Whoever uses this goes without where it fails.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_FOOTER = struct.Struct("<QHH4s")
_MAGIC = b"LANC"
_LENGTH = struct.Struct("<I")
_FRAGMENTS, _NUMBER, _FILES, _ROWS, _PATH = 2, 1, 2, 4, 1
_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5


@dataclass(frozen=True)
class DataFile:
    """The only data file of a fragment.

    Attributes:
        name: Within the folder `data`.
        rows: How many were written to it; those that were removed since are counted.
    """

    name: str
    rows: int


def data_files(manifest: bytes) -> dict[int, DataFile]:
    """The fragments, by number, that lie in one data file each.

    Raises:
        ValueError: This is no manifest, or not one of the kind that is known here.
    """
    try:
        start, _, _, magic = _FOOTER.unpack(manifest[-_FOOTER.size :])
        (length,) = _LENGTH.unpack(manifest[start : start + _LENGTH.size])
        content = manifest[start + _LENGTH.size : start + _LENGTH.size + length]
        if magic != _MAGIC or len(content) != length:
            raise ValueError("no manifest")
        return dict(_fragments(content))
    except (struct.error, IndexError, TypeError) as error:
        raise ValueError("no manifest that is known") from error


def _fragments(content: bytes) -> Iterator[tuple[int, DataFile]]:
    for field, fragment in _fields(content):
        if field == _FRAGMENTS:
            number = rows = 0
            paths = []
            for part, value in _fields(bytes(fragment)):
                if part == _NUMBER:
                    number = int(value)
                elif part == _ROWS:
                    rows = int(value)
                elif part == _FILES:
                    paths += [bytes(path).decode() for name, path in _fields(bytes(value)) if name == _PATH]
            if len(paths) == 1:
                yield number, DataFile(paths[0], rows)


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer in order: number and value, fixed-size ones as bytes."""
    place = 0

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            value |= (byte & 0x7F) << shift
            place, shift = place + 1, shift + 7
            if byte < 0x80:
                return value

    while place < len(message):
        tag = varint()
        if tag & 7 == _VARINT:
            yield tag >> 3, varint()
            continue
        sizes = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}
        size = varint() if tag & 7 == _BYTES else sizes.get(tag & 7, -1)
        if size < 0 or place + size > len(message):
            raise ValueError("no protocol buffer")
        place += size
        yield tag >> 3, message[place - size : place]
