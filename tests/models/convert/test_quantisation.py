"""Repacked weights stand for the very numbers that the `gguf` package dequantises."""

import gguf
import numpy as np
import pytest

from assistant.errors import UnsupportedModelError
from assistant.models.convert.quantisation import SUPPORTED, dequantise, pack


@pytest.mark.parametrize("kind", SUPPORTED)
def test_weights_are_those_of_the_gguf_package(kind: str) -> None:
    weights = np.random.default_rng(3).normal(0, 0.1, (48, 96)).astype(np.float32)
    raw = gguf.quantize(weights, gguf.GGMLQuantizationType[kind])
    expected = gguf.dequantize(raw, gguf.GGMLQuantizationType[kind])
    found = dequantise(kind, np.ascontiguousarray(raw).view(np.uint8).reshape(48, -1))
    assert found.dtype == np.float32
    # d·(q − 8) + (m + 8d) rounds differently from d·q + m, by an ulp of the largest term.
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7)


def test_four_bit_values_lie_in_the_order_of_matmulnbits() -> None:
    # One block of Q4_0 with scale 1 and q = 0, 1, ..., 15, 0, 1, ..., 15: GGUF puts j and j + 16 into byte j.
    quants = np.array([j | j << 4 for j in range(16)], np.uint8)
    block = np.concatenate([np.array([1], np.float16).view(np.uint8), quants])[None]
    packed = pack("Q4_0", block)
    assert packed is not None
    assert packed.quants[0, 0].tolist() == [(2 * i % 16) | (2 * i + 1) % 16 << 4 for i in range(16)]
    assert dequantise("Q4_0", block)[0].tolist() == [float(j % 16 - 8) for j in range(32)]


def test_an_unsupported_packing_is_named_with_what_is_supported() -> None:
    with pytest.raises(UnsupportedModelError, match=r"Q6_K.*Q4_1"):
        pack("Q6_K", np.zeros((1, 210), np.uint8))
