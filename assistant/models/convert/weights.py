"""The weights of a GGUF file by name, with their shapes and values checked."""

from typing import Final

import numpy as np

from assistant.errors import ModelError
from assistant.models.convert.gguf import GgufFile, Tensor
from assistant.models.convert.packed import BLOCK, FloatArray, Packed, round_to_eight_bits, stack
from assistant.models.convert.quantisation import FLOATS, dequantise, pack

Matrix = Packed | FloatArray

_ROUNDED: Final = ("F16", "BF16")
_NEXT_STEP: Final = "Download or copy the file again."
_PIECE: Final = 1 << 22  # weights


class Weights:
    """The tensors of an open GGUF file."""

    def __init__(self, file: GgufFile, *, round_halves: bool) -> None:
        """Prepare to read them.

        Args:
            file: The file; it stays open while this is in use.
            round_halves: Whether float16 and bfloat16 matrices become 8 bits. Where activations are int8 anyway, a
                product has no use for more, and needs a quarter of the memory.
        """
        self._file = file
        self._round_halves = round_halves

    def __contains__(self, name: str) -> bool:
        return name in self._file.tensors

    def rows(self, name: str) -> int:
        """How many rows the matrix `name` has."""
        tensor = self._file.tensors.get(name)
        if tensor is None or len(tensor.shape) != 2:
            raise self._missing(name)
        return tensor.shape[0]

    def is_packed(self, name: str) -> bool:
        """Whether the matrix `name` is there and `matrix` packs it."""
        tensor = self._file.tensors.get(name)
        if tensor is None:
            return False
        rounded = self._round_halves and tensor.type.name in _ROUNDED and tensor.shape[-1] % BLOCK == 0
        return rounded or tensor.type.name not in FLOATS

    def matrix(self, name: str, rows: int, columns: int) -> Matrix:
        """The matrix `name`, packed if it lies in blocks.

        Raises:
            ModelError: It is missing, has another shape, or holds values that are no numbers.
            UnsupportedModelError: It is packed in a way that Hippo does not know.
        """
        tensor = self._tensor(name, (rows, columns))
        blocks = self._file.blocks(tensor)
        packed = pack(tensor.type.name, blocks)
        if packed is not None:
            parts = (packed.scales, packed.offsets)
            self._check(name, *(part for part in parts if part is not None))
            return packed
        if self._round_halves and tensor.type.name in _ROUNDED and columns % BLOCK == 0:
            step = max(1, _PIECE // columns)
            pieces = (dequantise(tensor.type.name, blocks[start : start + step]) for start in range(0, rows, step))
            return stack([round_to_eight_bits(self._check(name, piece)) for piece in pieces])
        return self._check(name, dequantise(tensor.type.name, blocks))

    def values(self, name: str, *shape: int) -> FloatArray:
        """The tensor `name` as float32 of this shape; errors as in `matrix`."""
        tensor = self._tensor(name, shape)
        return self._check(name, dequantise(tensor.type.name, self._file.blocks(tensor)).reshape(shape))

    def _tensor(self, name: str, shape: tuple[int, ...]) -> Tensor:
        tensor = self._file.tensors.get(name)
        if tensor is None or tensor.shape != shape:
            raise self._missing(name)
        return tensor

    def _check(self, name: str, *parts: FloatArray) -> FloatArray:
        if not all(np.isfinite(part).all() for part in parts):
            raise ModelError(
                f"{self._file.path.name} is damaged: the tensor “{name}” holds values that are no numbers.",
                next_step=_NEXT_STEP,
            )
        return parts[0]

    def _missing(self, name: str) -> ModelError:
        return ModelError(
            f"{self._file.path.name} lacks the tensor “{name}”, or it has the wrong shape.", next_step=_NEXT_STEP
        )


def joined(parts: list[Matrix]) -> Matrix | None:
    """Several matrices as one, row under row, or None if they are packed in different ways."""
    packed = [part for part in parts if isinstance(part, Packed)]
    if not packed:
        return np.concatenate([part for part in parts if not isinstance(part, Packed)])
    if len(packed) < len(parts) or len({(part.bits, part.block) for part in packed}) > 1:
        return None
    return stack(packed)
