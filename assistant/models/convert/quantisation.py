"""GGUF weight blocks as ONNX Runtime's MatMulNBits wants them.

Nothing is quantised again: the integers and scales of the file are kept, only their order in memory changes. Every
packing here stands for exactly the weights that `dequantise` gives. (Five and six bits lie in eight; see `k_quants`
for the types with scales of scales.)

Block layouts: https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h
"""

from typing import Final

import numpy as np

from assistant.errors import UnsupportedModelError
from assistant.models.convert import k_quants
from assistant.models.convert.packed import ByteArray, FloatArray, Packed, nibbles, stack, unpack

FLOATS: Final = ("F32", "F16", "BF16")
SUPPORTED: Final = (*FLOATS, "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K")

_PIECE: Final = 1 << 24  # bytes repacked at once, so that a large matrix needs little more memory than its result


def pack(kind: str, blocks: ByteArray) -> Packed | None:
    """Repack raw rows of type `kind` ("Q4_0", ...), uint8 (out, bytes per row). None: the type is not in blocks.

    Raises:
        UnsupportedModelError: Hippo does not know this type.
    """
    if kind not in SUPPORTED:
        raise UnsupportedModelError(
            f"The weights are packed as {kind}; Hippo converts {', '.join(SUPPORTED)}.",
            next_step="Choose a file of the same model whose name says Q4_K_M, Q4_0, Q8_0 or F16.",
        )
    if kind in FLOATS:
        return None
    rows = max(1, _PIECE // max(blocks.shape[1], 1))
    return stack([_pack(kind, blocks[start : start + rows]) for start in range(0, len(blocks), rows)])


def dequantise(kind: str, blocks: ByteArray) -> FloatArray:
    """Raw rows of type `kind`, uint8 (out, bytes per row), as float32 (out, in); errors as in `pack`."""
    packed = pack(kind, blocks)
    if packed is None:
        if kind == "BF16":
            return (blocks.view(np.uint16).astype(np.uint32) << np.uint32(16)).view(np.float32)
        return blocks.view(np.float32 if kind == "F32" else np.float16).astype(np.float32)
    return unpack(packed)


def _pack(kind: str, blocks: ByteArray) -> Packed:
    if kind == "Q4_0":
        scales, rest = _halves(blocks, 18, 1)
        return Packed(4, nibbles(_halves_in_order(rest)), scales[0], None)
    if kind == "Q4_1":
        scales, rest = _halves(blocks, 20, 2)
        # The file means d·q + m, MatMulNBits subtracts 8 from q: d·(q − 8) + (m + 8d). For eight bits 16 is added to m:
        # products with int8 activations lose least where the integers lie about zero.
        return Packed(4, nibbles(_halves_in_order(rest)), scales[0], scales[1] + 8 * scales[0])
    if kind == "Q5_0":
        scales, rest = _halves(blocks, 22, 1)
        return Packed(8, _five_bits(rest) + np.uint8(128 - 16), scales[0], None)
    if kind == "Q5_1":
        scales, rest = _halves(blocks, 24, 2)
        return Packed(8, _five_bits(rest) + np.uint8(128 - 16), scales[0], scales[1] + 16 * scales[0])
    if kind == "Q8_0":
        scales, rest = _halves(blocks, 34, 1)
        return Packed(8, rest ^ np.uint8(0x80), scales[0], None)  # two's complement to excess 128
    return k_quants.pack(kind, blocks)


def _halves(blocks: ByteArray, size: int, count: int) -> tuple[list[FloatArray], ByteArray]:
    """Split blocks of `size` bytes into their `count` leading float16 numbers and their quants."""
    table = blocks.reshape(len(blocks), -1, size)
    numbers = np.ascontiguousarray(table[..., : 2 * count]).view(np.float16).astype(np.float32)
    return [np.ascontiguousarray(numbers[..., index]) for index in range(count)], table[..., 2 * count :]


def _halves_in_order(quants: ByteArray) -> ByteArray:
    """GGUF's nibbles (j low, j + 16 high) as one byte for each weight."""
    return np.concatenate([quants & 0x0F, quants >> 4], axis=-1)


def _five_bits(rest: ByteArray) -> ByteArray:
    """The fifth bits (32, in 4 bytes) and nibbles of Q5_0 and Q5_1 as one byte for each weight, 0 to 31."""
    fifth = np.unpackbits(np.ascontiguousarray(rest[..., :4]), axis=-1, bitorder="little")
    values: ByteArray = _halves_in_order(rest[..., 4:]) | (fifth << np.uint8(4))
    return values
