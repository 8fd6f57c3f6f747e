"""GGUF weight blocks as ONNX Runtime's MatMulNBits wants them.

Nothing is quantised again: the integers and scales of the file are kept, only their order in memory changes. Every
packing here stands for exactly the weights that `dequantise` gives.

Block layouts: https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h
MatMulNBits: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#commicrosoftmatmulnbits
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UnsupportedModelError

FloatArray = NDArray[np.float32]
ByteArray = NDArray[np.uint8]

BLOCK: Final = 32  # weights that share a scale, in all of Q4_0, Q4_1 and Q8_0
SUPPORTED: Final = ("F32", "F16", "BF16", "Q4_0", "Q4_1", "Q8_0")


@dataclass(frozen=True)
class Packed:
    """A weight matrix (out, in) in blocks along `in`: w = scale · (q − 2^(bits−1)) + offset.

    Attributes:
        bits: 4 or 8.
        quants: uint8, (out, in / 32, 4 · bits): for 4 bits, element 2i is the low nibble of byte i.
        scales: float32, (out, in / 32).
        offsets: float32, (out, in / 32), or None where all are zero.
    """

    bits: int
    quants: ByteArray
    scales: FloatArray
    offsets: FloatArray | None


def pack(kind: str, blocks: ByteArray) -> Packed | None:
    """Repack raw rows of type `kind` ("Q4_0", ...), uint8 (out, bytes per row). None: the type is not in blocks.

    Raises:
        UnsupportedModelError: Hippo does not know this type.
    """
    _check(kind)
    if kind == "Q4_0":
        scales, rest = _halves(blocks, 18, 1)
        return Packed(4, _reorder(rest), scales[0], None)
    if kind == "Q4_1":
        scales, rest = _halves(blocks, 20, 2)
        # The file means d·q + m, MatMulNBits subtracts 8 from q: d·(q − 8) + (m + 8d).
        return Packed(4, _reorder(rest), scales[0], scales[1] + 8 * scales[0])
    if kind == "Q8_0":
        scales, rest = _halves(blocks, 34, 1)
        return Packed(8, rest ^ np.uint8(0x80), scales[0], None)  # two's complement to excess 128
    return None


def dequantise(kind: str, blocks: ByteArray) -> FloatArray:
    """Raw rows of type `kind`, uint8 (out, bytes per row), as float32 (out, in); errors as in `pack`."""
    packed = pack(kind, blocks)
    if packed is None:
        if kind == "BF16":
            return (blocks.view(np.uint16).astype(np.uint32) << np.uint32(16)).view(np.float32)
        return blocks.view(np.float32 if kind == "F32" else np.float16).astype(np.float32)
    return unpack(packed)


def unpack(packed: Packed) -> FloatArray:
    """The weights that `packed` stands for, float32 (out, in)."""
    quants = packed.quants
    if packed.bits == 4:
        quants = np.stack([quants & 0x0F, quants >> 4], axis=-1).reshape(*quants.shape[:-1], BLOCK)
    centre = np.float32(2 ** (packed.bits - 1))
    weights: FloatArray = (quants.astype(np.float32) - centre) * packed.scales[..., None]
    if packed.offsets is not None:
        weights += packed.offsets[..., None]
    return weights.reshape(len(weights), -1)


def _halves(blocks: ByteArray, size: int, count: int) -> tuple[list[FloatArray], ByteArray]:
    """Split blocks of `size` bytes into their `count` leading float16 numbers and their quants."""
    table = blocks.reshape(len(blocks), -1, size)
    numbers = np.ascontiguousarray(table[..., : 2 * count]).view(np.float16).astype(np.float32)
    return [np.ascontiguousarray(numbers[..., index]) for index in range(count)], table[..., 2 * count :]


def _reorder(quants: ByteArray) -> ByteArray:
    """GGUF's nibbles (j low, j + 16 high) in MatMulNBits' order (2i low, 2i + 1 high)."""
    ordered = np.concatenate([quants & 0x0F, quants >> 4], axis=-1)
    packed: ByteArray = ordered[..., 0::2] | (ordered[..., 1::2] << 4)
    return packed


def _check(kind: str) -> None:
    if kind not in SUPPORTED:
        raise UnsupportedModelError(
            f"The weights are packed as {kind}; Hippo converts {', '.join(SUPPORTED)}.",
            next_step="Choose a file of the same model whose name says Q4_0, Q4_1, Q8_0 or F16.",
        )
