"""The `tokenizer.json` of a model folder, packed or plain.

Folders that Hippo makes hold it packed: a vocabulary is a list of ordinary words, and somebody who searches the home
folder for a word should find a plain file with it only if something is wrong. Folders from elsewhere hold it plain.
"""

import gzip
import zlib
from pathlib import Path
from typing import Final

PLAIN_FILE: Final = "tokenizer.json"
PACKED_FILE: Final = "tokenizer.json.gz"

_LARGEST: Final = 256 * 2**20  # bytes, unpacked


def write_packed(folder: Path, definition: str) -> None:
    """Write the text of a tokenizer.json into `folder`, packed. The same text gives the same bytes."""
    (folder / PACKED_FILE).write_bytes(gzip.compress(definition.encode(), compresslevel=6, mtime=0))


def read_definition(folder: Path) -> str:
    """The text of the tokenizer.json in `folder`.

    Raises:
        OSError: There is none, or it cannot be read.
        ValueError: It is damaged.
    """
    packed = folder / PACKED_FILE
    if not packed.exists():
        return (folder / PLAIN_FILE).read_text(encoding="utf-8")
    try:
        with gzip.open(packed) as stream:
            data = stream.read(_LARGEST + 1)
        if not data:
            raise ValueError("the packed tokenizer is empty")
    except (EOFError, zlib.error) as error:
        raise ValueError("the packed tokenizer is damaged") from error
    if len(data) > _LARGEST:
        raise ValueError("the packed tokenizer is too large")
    return data.decode("utf-8")
