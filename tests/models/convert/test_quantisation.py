"""Repacked weights stand for the very numbers that the `gguf` package dequantises."""

import gguf
import numpy as np
import pytest

from assistant.errors import UnsupportedModelError
from assistant.models.convert.packed import round_to_eight_bits, unpack
from assistant.models.convert.quantisation import FLOATS, SUPPORTED, dequantise, pack
from tests.models.tiny import quantise


@pytest.mark.parametrize("kind", SUPPORTED)
def test_weights_are_those_of_the_gguf_package(kind: str) -> None:
    weights = np.random.default_rng(3).normal(0, 0.1, (48, 512)).astype(np.float32)
    raw = quantise(weights, gguf.GGMLQuantizationType[kind])
    expected = gguf.dequantize(raw, gguf.GGMLQuantizationType[kind])
    assert 0.02 < expected.std() < 0.5
    found = dequantise(kind, np.ascontiguousarray(raw).view(np.uint8).reshape(48, -1))
    assert found.dtype == np.float32
    # d·(q − 8) + (m + 8d) rounds differently from d·q + m, by an ulp of the largest term.
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6 if kind == "Q4_K" else 1e-7)


@pytest.mark.parametrize(
    ("kind", "bits", "block", "offset"),
    [
        ("Q4_0", 4, 32, False),
        ("Q4_1", 4, 32, True),
        ("Q5_0", 8, 32, False),
        ("Q5_1", 8, 32, True),
        ("Q8_0", 8, 32, False),
        ("Q4_K", 4, 32, True),
        ("Q5_K", 8, 32, True),
        ("Q6_K", 8, 16, False),
    ],
)
def test_weights_stay_in_as_few_bits_as_they_are_exact_in(kind: str, bits: int, block: int, offset: bool) -> None:
    weights = np.ones((3, 256), np.float32)
    packed = pack(kind, quantise(weights, gguf.GGMLQuantizationType[kind]).view(np.uint8).reshape(3, -1))
    assert packed is not None
    assert (packed.bits, packed.block, packed.columns, packed.offsets is not None) == (bits, block, 256, offset)


def test_a_large_matrix_is_repacked_piece_by_piece_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = quantise(np.ones((50, 256), np.float32), gguf.GGMLQuantizationType.Q6_K)
    whole = pack("Q6_K", raw)
    monkeypatch.setattr("assistant.models.convert.quantisation._PIECE", 7 * 210)
    pieces = pack("Q6_K", raw)
    assert whole is not None
    assert pieces is not None
    assert np.array_equal(whole.quants, pieces.quants)
    assert np.array_equal(whole.scales, pieces.scales)


def test_four_bit_values_lie_in_the_order_of_matmulnbits() -> None:
    # One block of Q4_0 with scale 1 and q = 0, 1, ..., 15, 0, 1, ..., 15: GGUF puts j and j + 16 into byte j.
    quants = np.array([j | j << 4 for j in range(16)], np.uint8)
    block = np.concatenate([np.array([1], np.float16).view(np.uint8), quants])[None]
    packed = pack("Q4_0", block)
    assert packed is not None
    assert packed.quants[0, 0].tolist() == [(2 * i % 16) | (2 * i + 1) % 16 << 4 for i in range(16)]
    assert dequantise("Q4_0", block)[0].tolist() == [float(j % 16 - 8) for j in range(32)]


def test_floats_rounded_to_eight_bits_move_by_a_254th_of_the_largest_in_their_block() -> None:
    weights = np.random.default_rng(3).normal(0, 0.1, (48, 96)).astype(np.float32)
    weights[5, 32:64] = 0
    moved = np.abs(unpack(round_to_eight_bits(weights)) - weights).reshape(48, 3, 32)
    largest = np.abs(weights).reshape(48, 3, 32).max(axis=-1, keepdims=True)
    assert (moved <= largest / 254 * 1.001).all()


def test_an_unsupported_packing_is_named_with_what_is_supported() -> None:
    with pytest.raises(UnsupportedModelError, match=r"Q3_K.*Q4_1"):
        pack("Q3_K", np.zeros((1, 110), np.uint8))
    assert all(pack(kind, np.zeros((1, 64), np.uint8)) is None for kind in FLOATS)
