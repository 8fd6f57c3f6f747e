"""Whether a converted model will fit on the disk, asked before anything is written."""

import math
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assistant.errors import ModelError
from assistant.models.convert.gguf import GgufFile

# Bytes a weight takes after conversion: 4 or 8 bits, and a float32 or two for each block.
_BYTES: Final[Mapping[str, float]] = {
    "F32": 4,
    "F16": 1.125,
    "BF16": 1.125,
    "Q4_0": 0.625,
    "Q4_1": 0.75,
    "Q5_0": 1.125,
    "Q5_1": 1.25,
    "Q8_0": 1.125,
    "Q4_K": 0.75,
    "Q5_K": 1.25,
    "Q6_K": 1.25,
}
_SPARE: Final = 64 * 2**20  # for rotary tables, the tokenizer, and others who write meanwhile


def converted_size(file: GgufFile) -> int:
    """About how many bytes `file` takes after conversion."""
    return _SPARE + int(sum(math.prod(t.shape) * _BYTES.get(t.type.name, 4) for t in file.tensors.values()))


def check_room(file: GgufFile, folder: Path) -> None:
    """Refuse a conversion into `folder` for which the disk has no room.

    Raises:
        ModelError: It says how much is needed and how much there is.
        OSError: The disk does not say how much room it has.
    """
    needed, free = converted_size(file), shutil.disk_usage(folder).free
    if free < needed:
        raise ModelError(
            f"Converting {file.path.name} takes {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free.",
            next_step="Make room and try again.",
        )
