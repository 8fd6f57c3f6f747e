"""Weights in 4 bits with offsets, as a single product.

w = d·(q − 8) + o, and MatMulNBits subtracts no offset but a whole number z of steps: w = d·(q − z) + r, where the rest
r = o − d·(8 − z) is at most half a step. So x · wᵀ = x · (d·(q − z))ᵀ + s · rᵀ, where s are the sums of x over blocks.
These sums are put behind x and the rests behind the weights, in 4 bits like them: the product has one part in 32 more
columns, and neither a second product nor a sum is needed. What the rests lose is a thirtieth of a step, where the
weights themselves were rounded to steps. Without the rests the loss would be half a step, and it shows in answers.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.models.convert.packed import BLOCK, ByteArray, FloatArray, Packed, halves, nibbles

_MOST_LOST: Final = 0.06  # of the weights' own steps, as root mean squares; 0.03 is usual


@dataclass(frozen=True)
class Extended:
    """A matrix (out, in) in 4 bits, followed by the rests of its blocks.

    Attributes:
        quants: uint8 (out, blocks, 16), as in `Packed`.
        scales: float32 (out, blocks).
        zeros: uint8 (out, ⌈blocks / 2⌉): what is subtracted from the quants of a block, two to a byte.
        columns: The width of the input.
    """

    quants: ByteArray
    scales: FloatArray
    zeros: ByteArray
    columns: int

    @property
    def whole(self) -> int:
        """The width of the input and of its sums behind it."""
        return self.columns + self.columns // BLOCK


def columns_of(whole: int) -> int:
    """`Extended.columns` of a matrix whose `whole` is known."""
    return whole * BLOCK // (BLOCK + 1)


def extend(weight: Packed) -> Extended | None:
    """`weight` in this form, or None where it has no offsets or would lose more than it should."""
    if weight.bits != 4 or weight.block != BLOCK or weight.offsets is None:
        return None
    steps = np.divide(weight.offsets, weight.scales, out=np.zeros_like(weight.offsets), where=weight.scales != 0)
    zeros = np.clip(np.rint(8 - steps), 0, 15)
    rests = weight.offsets - weight.scales * (8 - zeros)
    rows, count = rests.shape
    blocks = -(-count // BLOCK)
    table = np.pad(rests, ((0, 0), (0, blocks * BLOCK - count))).reshape(rows, blocks, BLOCK)
    scales: FloatArray = np.abs(table).max(axis=-1) / np.float32(7)
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    quants = np.rint(table * inverse[..., None])
    lost = table - quants * scales[..., None]
    if np.square(lost, dtype=np.float64).sum() > _MOST_LOST**2 * np.square(weight.scales, dtype=np.float64).sum():
        return None
    all_zeros = np.concatenate([zeros, np.full((rows, blocks + (count + blocks) % 2), 8)], axis=1).astype(np.uint8)
    return Extended(
        np.concatenate([weight.quants, nibbles((quants + 8).astype(np.uint8))], axis=1),
        np.concatenate([weight.scales, scales], axis=1),
        nibbles(all_zeros),
        weight.columns,
    )


def reduced(weight: Extended) -> FloatArray:
    """The weights that `weight` stands for, float32 (out, in)."""
    blocks = weight.scales.shape[1]
    zeros = halves(weight.zeros)[:, :blocks].astype(np.float32)
    values: FloatArray = (halves(weight.quants).astype(np.float32) - zeros[..., None]) * weight.scales[..., None]
    count = weight.columns // BLOCK
    rests = values[:, count:].reshape(len(values), -1)[:, :count]
    return (values[:, :count] + rests[..., None]).reshape(len(values), -1)
