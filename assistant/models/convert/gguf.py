"""A reader for GGUF model files: metadata, and where each tensor's raw blocks lie.

It trusts nothing in the file: every count and length is checked against the bytes that are really there, and against
what any real model needs, before anything is allocated. It does not interpret tensors (see `quantisation`) or
architectures (see `architectures`).

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import contextlib
import math
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError, UnsupportedModelError

Scalar = int | float | bool | str
Value = Scalar | list[Scalar]

_MAGIC: Final = b"GGUF"
_SCALARS: Final = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING: Final = 8
_ARRAY: Final = 9
_MAX_DIMENSIONS: Final = 4
_MAX_ELEMENTS: Final = 1 << 40
_MAX_HEADER: Final = 1 << 26  # bytes; the largest vocabularies of today take a tenth of it
_MAX_ITEMS: Final = 1 << 22  # in all lists of the header together
_MAX_ENTRIES: Final = 1 << 16  # pairs, and tensors
_NEXT_STEP: Final = "Download or copy it again."


@dataclass(frozen=True)
class BlockType:
    """How one tensor type packs its values: `elements` values in `size` bytes."""

    name: str
    elements: int
    size: int


BLOCK_TYPES: Final[Mapping[int, BlockType]] = {
    0: BlockType("F32", 1, 4),
    1: BlockType("F16", 1, 2),
    2: BlockType("Q4_0", 32, 18),
    3: BlockType("Q4_1", 32, 20),
    6: BlockType("Q5_0", 32, 22),
    7: BlockType("Q5_1", 32, 24),
    8: BlockType("Q8_0", 32, 34),
    10: BlockType("Q2_K", 256, 84),
    11: BlockType("Q3_K", 256, 110),
    12: BlockType("Q4_K", 256, 144),
    13: BlockType("Q5_K", 256, 176),
    14: BlockType("Q6_K", 256, 210),
    30: BlockType("BF16", 1, 2),
}


@dataclass(frozen=True)
class Tensor:
    """One tensor of the file.

    Attributes:
        name: Its name, such as "blk.0.attn_q.weight".
        type: How its values are packed.
        shape: Row-major, as NumPy has it: (rows, columns) for a weight of a linear layer (out, in).
        offset: Where its blocks start in the file, in bytes.
        size: How many bytes they take.
    """

    name: str
    type: BlockType
    shape: tuple[int, ...]
    offset: int
    size: int


class GgufFile:
    """An open GGUF file. Use it as a context manager: the file is mapped, not read, while it is open.

    Attributes:
        path: The file.
        metadata: The key-value pairs of the header.
        tensors: The tensors by name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = _map(path)
        try:
            header = _Header(self._bytes, path)
            self.metadata: Mapping[str, Value] = header.metadata
            self.tensors: Mapping[str, Tensor] = header.tensors
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Unmap the file, or leave that to the garbage collector while an array of `blocks` is still in use."""
        with contextlib.suppress(BufferError):
            self._bytes.close()

    def blocks(self, tensor: Tensor) -> NDArray[np.uint8]:
        """The raw blocks of `tensor`: uint8, (rows, bytes per row), read-only; a vector is one row."""
        rows = math.prod(tensor.shape[:-1])
        return np.frombuffer(self._bytes, np.uint8, tensor.size, tensor.offset).reshape(rows, -1)

    def integer(self, key: str, default: int | None = None) -> int:
        """The whole number under `key`.

        Raises:
            ModelError: It is missing and there is no default, or it is not a whole number.
        """
        value = self.metadata.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._missing(key)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """The number under `key`; errors as in `integer`."""
        value = self.metadata.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._missing(key)
        return float(value)

    def text(self, key: str, default: str | None = None) -> str:
        """The string under `key`; errors as in `integer`."""
        value = self.metadata.get(key, default)
        if not isinstance(value, str):
            raise self._missing(key)
        return value

    def texts(self, key: str) -> list[str]:
        """The list of strings under `key`; errors as in `integer`."""
        value = self.metadata.get(key)
        if not isinstance(value, list):
            raise self._missing(key)
        texts = [item for item in value if isinstance(item, str)]
        if len(texts) != len(value):
            raise self._missing(key)
        return texts

    def _missing(self, key: str) -> ModelError:
        return ModelError(f"The model file {self.path.name} has no usable “{key}” in its header.", next_step=_NEXT_STEP)


def _map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise ModelError(
                    f"{path.name} is not a GGUF model file.", next_step="Choose a file that ends in .gguf."
                )
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}).") from error


class _Header:
    """Parses the header once, from front to back."""

    def __init__(self, data: mmap.mmap, path: Path) -> None:
        self._data = data
        self._path = path
        self._at = len(_MAGIC)
        self._end = min(len(data), _MAX_HEADER)
        self._items = 0
        version = self._scalar("I")
        if version not in (2, 3):
            raise UnsupportedModelError(
                f"{path.name} is GGUF version {version}; Hippo reads versions 2 and 3.",
                next_step="Look for a newer file of the same model.",
            )
        tensor_count = self._count(24, _MAX_ENTRIES)  # name length, dimension count, type, offset
        pair_count = self._count(13, _MAX_ENTRIES)  # name length, type, one byte of value
        self.metadata: dict[str, Value] = {}
        for _ in range(pair_count):
            key = self._string()
            if key in self.metadata:
                raise self._damaged(f"the key “{key}” is there twice")
            self.metadata[key] = self._value(self._scalar("I"))
        self.tensors = self._tensors(tensor_count)

    def _tensors(self, count: int) -> dict[str, Tensor]:
        entries = [self._entry() for _ in range(count)]
        alignment = self.metadata.get("general.alignment", 32)
        if not isinstance(alignment, int) or alignment <= 0 or alignment % 8:
            raise self._damaged("its alignment is not a multiple of 8")
        start = -(-self._at // alignment) * alignment
        tensors: dict[str, Tensor] = {}
        for name, shape, type_id, offset in entries:
            if name in tensors:
                raise self._damaged(f"the tensor “{name}” is there twice")
            if type_id not in BLOCK_TYPES:
                raise UnsupportedModelError(
                    f"{self._path.name} packs its weights in a way that Hippo does not know (GGUF type {type_id}).",
                    next_step="Choose a file whose name says Q4_K_M, Q4_0, Q8_0 or F16.",
                )
            kind = BLOCK_TYPES[type_id]
            if shape[-1] % kind.elements:
                raise self._damaged(f"the rows of “{name}” are no whole number of {kind.name} blocks")
            size = math.prod(shape) // kind.elements * kind.size
            if start + offset + size > len(self._data):
                raise self._damaged(f"it ends before the tensor “{name}” does")
            tensors[name] = Tensor(name, kind, shape, start + offset, size)
        return tensors

    def _entry(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._string()
        dimensions = self._scalar("I")
        if not 1 <= dimensions <= _MAX_DIMENSIONS:
            raise self._damaged(f"the tensor “{name}” has {dimensions} dimensions")
        # GGUF lists the fastest-moving dimension first, NumPy last.
        shape = tuple(reversed([self._scalar("Q") for _ in range(dimensions)]))
        if not 0 < math.prod(shape) <= _MAX_ELEMENTS:
            raise self._damaged(f"the tensor “{name}” has an impossible size")
        return name, shape, self._scalar("I"), self._scalar("Q")

    def _value(self, kind: int) -> Value:
        if kind == _STRING:
            return self._string()
        if kind in _SCALARS:
            value: Scalar = self._unpack(_SCALARS[kind])[0]
            return value
        if kind != _ARRAY:
            raise self._damaged(f"it uses the unknown value type {kind}")
        item = self._scalar("I")
        if item == _STRING:
            return [self._string() for _ in range(self._list_length(8))]
        if item not in _SCALARS:
            raise self._damaged(f"it holds a list of the unknown type {item}")
        code = _SCALARS[item]
        count = self._list_length(struct.calcsize("<" + code))
        return list(self._unpack(f"{count}{code}"))

    def _string(self) -> str:
        length = self._count(1)
        raw = self._data[self._at : self._at + length]
        self._at += length
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._damaged("a text in its header is no UTF-8") from error

    def _list_length(self, least: int) -> int:
        count = self._count(least, _MAX_ITEMS - self._items)
        self._items += count
        return count

    def _count(self, least: int, most: int = _MAX_HEADER) -> int:
        """Read a count of things of at least `least` bytes each, and refuse what cannot fit or is beyond reason."""
        count = self._scalar("Q")
        if count * least > self._end - self._at:
            raise self._damaged(f"its header announces {count:,} items, more than the file can hold")
        if count > most:
            raise self._damaged(f"its header announces {count:,} items, more than any model has")
        return count

    def _scalar(self, code: str) -> int:
        return int(self._unpack(code)[0])

    def _unpack(self, code: str) -> tuple[Scalar, ...]:
        layout = struct.Struct("<" + code)
        if self._at + layout.size > self._end:
            raise self._damaged("it ends inside its header")
        values = layout.unpack_from(self._data, self._at)
        self._at += layout.size
        return values

    def _damaged(self, how: str) -> ModelError:
        return ModelError(f"The model file {self._path.name} is damaged: {how}.", next_step=_NEXT_STEP)
