"""Rotary positions (Su et al. 2021, arXiv 2104.09864) and the ways in which models stretch them.

Pair i of a head is turned by position · base^(−2i/size), so a table of cosines and sines is all that differs.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.errors import UnsupportedModelError
from assistant.models.convert.packed import FloatArray

if TYPE_CHECKING:
    from assistant.models.convert.header import Header

_STEP: Final = 16  # values; ONNX Runtime turns whole vectors of them


@dataclass(frozen=True)
class Rotary:
    """How one kind of layer turns its queries and keys.

    Attributes:
        size: How many values at the start of a head are turned; the rest stay.
        base: The base of the frequencies.
        interleaved: Whether a pair is two neighbours (2i, 2i + 1) rather than (i, i + size / 2).
        stretch: Positions are divided by it ("linear scaling").
        factors: Frequencies are divided by these, one for each pair (Llama 3, long RoPE).
        magnitude: Cosines and sines are multiplied by it (long RoPE).
    """

    size: int
    base: float
    interleaved: bool
    stretch: float = 1.0
    factors: tuple[float, ...] = ()
    magnitude: float = 1.0

    def tables(self, positions: int) -> tuple[FloatArray, FloatArray]:
        """Cosine and sine, each float32 (positions, size / 2)."""
        frequencies = self.base ** (-np.arange(0, self.size, 2, dtype=np.float64) / self.size)
        if self.factors:
            frequencies = frequencies / np.array(self.factors)
        if self.stretch != 1:
            frequencies = frequencies / self.stretch
        angles = np.outer(np.arange(positions), frequencies)
        cosine, sine = np.cos(angles), np.sin(angles)
        if self.magnitude != 1:
            cosine, sine = cosine * self.magnitude, sine * self.magnitude
        return cosine.astype(np.float32), sine.astype(np.float32)


def read_rotary(header: "Header", head_size: int, scalings: Collection[str], *, interleaved: bool) -> Rotary:
    """The rotary positions that `header` describes, if it stretches them in one of `scalings` at most.

    Raises:
        UnsupportedModelError: It asks for a scaling that is not converted.
        ModelError: The header lacks or contradicts something.
    """
    size = header.integer("rope.dimension_count", head_size)
    base = header.number("rope.freq_base", 10000.0)
    if not 0 < size <= head_size or size % _STEP or head_size % _STEP:
        raise UnsupportedModelError(
            f"{header.file_name} turns {size} of {head_size} values of a head by its rotary positions; "
            f"ONNX Runtime turns multiples of {_STEP}."
        )
    kind = header.text("rope.scaling.type", "none")
    stretch = header.number("rope.scaling.factor", 1.0) if kind == "linear" else 1.0
    if kind not in scalings:
        raise UnsupportedModelError(
            f"{header.file_name} stretches its rotary positions by “{kind}”, which Hippo cannot convert yet."
        )
    if not (math.isfinite(base) and base > 1 and math.isfinite(stretch) and stretch > 0):
        raise header.contradiction()
    return Rotary(size, base, interleaved, stretch, header.factors("rope_freqs.weight", size // 2))
