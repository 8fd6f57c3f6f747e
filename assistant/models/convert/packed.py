"""Weight matrices in the form that ONNX Runtime's MatMulNBits multiplies by.

MatMulNBits: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#commicrosoftmatmulnbits
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
ByteArray = NDArray[np.uint8]

BLOCK: Final = 32  # weights that share a scale in most types


@dataclass(frozen=True)
class Packed:
    """A weight matrix (out, in) in blocks along `in`: w = scale · (q − 2^(bits−1)) + offset.

    Attributes:
        bits: 4 or 8.
        quants: uint8, (out, in / block, block · bits / 8): for 4 bits, element 2i is the low nibble of byte i.
        scales: float32, (out, in / block).
        offsets: float32, (out, in / block), or None where all are zero.
    """

    bits: int
    quants: ByteArray
    scales: FloatArray
    offsets: FloatArray | None

    @property
    def block(self) -> int:
        """How many weights share a scale."""
        return int(self.quants.shape[-1]) * 8 // self.bits

    @property
    def columns(self) -> int:
        """The width of the input."""
        return int(self.scales.shape[1]) * self.block


def unpack(packed: Packed) -> FloatArray:
    """The weights that `packed` stands for, float32 (out, in)."""
    quants = halves(packed.quants) if packed.bits == 4 else packed.quants
    centre = np.float32(2 ** (packed.bits - 1))
    weights: FloatArray = (quants.astype(np.float32) - centre) * packed.scales[..., None]
    if packed.offsets is not None:
        weights += packed.offsets[..., None]
    return weights.reshape(len(weights), -1)


def stack(parts: list[Packed]) -> Packed:
    """The rows of several packed matrices of equal bits and blocks as one."""
    if len(parts) == 1:
        return parts[0]
    offsets: FloatArray | None = None
    if any(part.offsets is not None for part in parts):
        zeros = [np.zeros_like(part.scales) if part.offsets is None else part.offsets for part in parts]
        offsets = np.concatenate(zeros)
    quants = np.concatenate([part.quants for part in parts])
    return Packed(parts[0].bits, quants, np.concatenate([part.scales for part in parts]), offsets)


def round_to_eight_bits(weights: FloatArray) -> Packed:
    """Float weights (out, in), `in` a multiple of 32, rounded to 8 bits in blocks of 32, symmetric about zero.

    The largest value of a block becomes ±127, so that a weight moves by at most a 254th of it.
    """
    table = weights.reshape(len(weights), -1, BLOCK)
    scales: FloatArray = np.abs(table).max(axis=-1) / np.float32(127)
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    quants = np.rint(table * inverse[..., None]) + 128
    return Packed(8, quants.astype(np.uint8), scales, None)


def round_to_four_bits(weights: FloatArray) -> Packed:
    """Float weights (out, in), `in` a multiple of 32, rounded to 4 bits in blocks of 32, symmetric about zero.

    The largest value of a block becomes -8, then the scale is the one with the least squared error for all of it.
    """
    table = weights.reshape(len(weights), -1, BLOCK)
    largest = np.take_along_axis(table, np.abs(table).argmax(axis=-1)[..., None], axis=-1)
    inverse = np.divide(-8, largest, out=np.zeros_like(largest), where=largest != 0)
    steps = np.clip(np.rint(table * inverse), -8, 7)
    power = np.square(steps).sum(axis=-1)
    scales = np.divide((steps * table).sum(axis=-1), power, out=np.zeros_like(power), where=power > 0)
    return Packed(4, nibbles((steps + 8).astype(np.uint8)), scales, None)


def nibbles(quants: ByteArray) -> ByteArray:
    """Pairs of 4-bit values along the last axis, the first of each pair in the low half of a byte."""
    packed: ByteArray = quants[..., 0::2] | (quants[..., 1::2] << np.uint8(4))
    return packed


def halves(packed: ByteArray) -> ByteArray:
    """What `nibbles` has put together, a byte for each value again."""
    values: ByteArray = np.stack([packed & 0x0F, packed >> 4], axis=-1).reshape(*packed.shape[:-1], -1)
    return values
