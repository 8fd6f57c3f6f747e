"""The GGUF types Q4_K, Q5_K and Q6_K: 256 weights share a scale, and smaller blocks in them have a scale of that scale.

Both scales multiply to one float32 for each small block, so MatMulNBits takes these types exactly: Q4_K in 4 bits
and Q5_K in 8, blocks of 32 with an offset; Q6_K in 8 bits, blocks of 16. See `quantisation` for the plainer types.
"""

from typing import Final

import numpy as np

from assistant.models.convert.packed import ByteArray, FloatArray, Packed, nibbles

_SIZES: Final = {"Q4_K": 144, "Q5_K": 176, "Q6_K": 210}  # bytes for 256 weights


def pack(kind: str, blocks: ByteArray) -> Packed:
    """Repack raw rows of type `kind`, uint8 (out, bytes per row)."""
    table = blocks.reshape(len(blocks), -1, _SIZES[kind])
    return _six_bits(table) if kind == "Q6_K" else _with_minimum(table, five_bits=kind == "Q5_K")


def _with_minimum(table: ByteArray, *, five_bits: bool) -> Packed:
    """Q4_K and Q5_K: w = (d · scale) · q − (dmin · minimum), eight blocks of 32."""
    rows = len(table)
    numbers = np.ascontiguousarray(table[..., :4]).view(np.float16).astype(np.float32)
    scale, minimum = _six_bit_pairs(table[..., 4:16])
    scales = (numbers[..., :1] * scale).reshape(rows, -1)
    offsets = (-numbers[..., 1:] * minimum).reshape(rows, -1)
    # 128 bytes: four groups of 32, whose low nibbles are one block and whose high nibbles are the next.
    low = table[..., -128:].reshape(rows, -1, 4, 1, 32)
    quants = np.concatenate([low & 0x0F, low >> 4], axis=3).reshape(rows, -1, 8, 32)
    if not five_bits:
        # MatMulNBits subtracts 8 from q: d·(q − 8) + (o + 8d).
        return Packed(4, nibbles(quants).reshape(rows, -1, 16), scales, offsets + 8 * scales)
    # Bit b of byte l is the fifth bit of weight l of block b.
    fifth = (table[..., None, 16:48] >> np.arange(8, dtype=np.uint8)[:, None]) & 1
    quants = (quants | (fifth << 4)) + np.uint8(128 - 16)
    return Packed(8, quants.reshape(rows, -1, 32), scales, offsets + 16 * scales)


def _six_bit_pairs(packed: ByteArray) -> tuple[FloatArray, FloatArray]:
    """Eight scales and eight minima of 6 bits each, packed in 12 bytes (`get_scale_min_k4` in ggml-quants.c)."""
    first, second, both = packed[..., :4], packed[..., 4:8], packed[..., 8:]
    scale = np.concatenate([first & 63, (both & 0x0F) | (first >> 6 << 4)], axis=-1)
    minimum = np.concatenate([second & 63, (both >> 4) | (second >> 6 << 4)], axis=-1)
    return scale.astype(np.float32), minimum.astype(np.float32)


def _six_bits(table: ByteArray) -> Packed:
    """Q6_K: w = (d · scale) · (q − 32), sixteen blocks of 16."""
    rows = len(table)
    low = table[..., :128].reshape(rows, -1, 2, 1, 64)
    high = table[..., 128:192].reshape(rows, -1, 2, 1, 32)
    # In each half, weights 0 to 63 have the low nibbles of 64 bytes and 64 to 127 the high ones; the upper two bits of
    # weights l, l + 32, l + 64 and l + 96 lie in byte l, from low to high.
    quants = np.concatenate([low & 0x0F, low >> 4], axis=3).reshape(rows, -1, 2, 4, 32)
    upper = (high >> np.array([0, 2, 4, 6], np.uint8)[:, None]) & 3
    quants = (quants | (upper << 4)) + np.uint8(128 - 32)
    scale = np.ascontiguousarray(table[..., 192:208]).view(np.int8).astype(np.float32)
    total = np.ascontiguousarray(table[..., 208:210]).view(np.float16).astype(np.float32)
    return Packed(8, quants.reshape(rows, -1, 16), (total * scale).reshape(rows, -1), None)
