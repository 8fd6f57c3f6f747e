"""Weights in 4 bits keep their offsets when these are put behind them."""

import numpy as np
import pytest

from assistant.models.convert.extended import columns_of, extend, reduced
from assistant.models.convert.packed import Packed, nibbles, unpack


def packed(columns: int, *, offset: float = 1.0) -> Packed:
    rng = np.random.default_rng(3)
    rows, blocks = 40, columns // 32
    scales = rng.uniform(0.5, 1.5, (rows, blocks)).astype(np.float32)
    offsets = (offset * rng.normal(0, 2, (rows, blocks))).astype(np.float32) * scales
    quants = rng.integers(0, 16, (rows, blocks, 32), dtype=np.uint8)
    return Packed(4, nibbles(quants), scales, offsets)


@pytest.mark.parametrize("columns", [64, 96, 576, 1536])
def test_next_to_nothing_is_lost(columns: int) -> None:
    weight = packed(columns)
    extended = extend(weight)
    assert extended is not None
    assert columns_of(extended.whole) == columns
    lost = reduced(extended) - unpack(weight)
    # In steps of the weights, which were rounded to such steps before: that lost 0.29 of one.
    assert np.sqrt(np.square(lost).mean() / np.square(weight.scales).mean()) < 0.05


def test_what_would_lose_more_is_left_as_it_is() -> None:
    assert extend(packed(576, offset=100.0)) is None


def test_without_offsets_there_is_nothing_to_do() -> None:
    weight = packed(64)
    assert extend(Packed(4, weight.quants, weight.scales, None)) is None
