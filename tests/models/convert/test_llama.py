"""The converted graph computes what the paper says, checked against NumPy in float32, whatever the weights lie in."""

from pathlib import Path

import gguf
import numpy as np
import pytest

from assistant.models.convert.convert import convert_gguf
from assistant.models.convert.quantisation import SUPPORTED
from assistant.models.decoder import Decoder
from tests.models.reference import NumpyLlama, divergence
from tests.models.tiny import write_tiny_gguf

TEXT = "The capital of France is Paris, and the river that runs through it is called the Seine. In 1889 the"
TOKENS = range(3, 60)


def converted(folder: Path, source: Path, *, int8_activations: bool) -> Decoder:
    target = folder / ("fast" if int8_activations else "exact")
    convert_gguf(source, target, int8_activations=int8_activations)
    return Decoder.load(target)


@pytest.mark.parametrize("kind", [*SUPPORTED, "Q4_K_M"])
def test_every_weight_type_computes_what_numpy_computes(tmp_path: Path, kind: str) -> None:
    wide = {"width": 256, "inner": 256} if "_K" in kind else {}
    source = write_tiny_gguf(tmp_path / "tiny.gguf", kind, **wide)
    expected = NumpyLlama(gguf.GGUFReader(source)).logits(TOKENS)

    exact = converted(tmp_path, source, int8_activations=False)
    found = exact.extend(exact.new_cache(100), TOKENS, keep=len(TOKENS))
    # Both are float32; sums of up to 256 products of size 1 in another order differ by about 1e-5.
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)

    fast = converted(tmp_path, source, int8_activations=True)
    found = fast.extend(fast.new_cache(100), TOKENS, keep=len(TOKENS))
    # Nothing is lost where weights are float32; int8 activations cost up to 0.004 nats on these random weights.
    assert divergence(expected, found) < (1e-8 if kind == "F32" else 0.01)


def test_the_built_in_model_computes_what_numpy_computes(
    tmp_path: Path, smollm: Path, smollm_reader: gguf.GGUFReader, decoder: Decoder
) -> None:
    tokens = decoder.tokenizer.encode(TEXT)
    expected = NumpyLlama(smollm_reader).logits(tokens)

    exact = converted(tmp_path, smollm, int8_activations=False)
    logits = exact.extend(exact.new_cache(100), tokens, keep=len(tokens))
    # Logits of up to 36 after 30 layers of float32; measured 1.1e-4.
    np.testing.assert_allclose(logits, expected, rtol=0, atol=2e-3)

    # With int8 activations logits move (by 1.5 at most, measured), distributions hardly do (measured 0.0025 nats);
    # a rounded zero point instead of the exact offset would give 0.1 and more.
    logits = decoder.extend(decoder.new_cache(100), tokens, keep=len(tokens))
    assert divergence(expected, logits) < 0.01
    assert (logits.argmax(-1) == expected.argmax(-1)).mean() > 0.9
