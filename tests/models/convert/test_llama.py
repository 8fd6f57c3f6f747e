"""The converted graph computes what the paper says, checked against NumPy in float32."""

from pathlib import Path

import gguf
import numpy as np
import pytest

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.convert import convert_gguf
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.llama import read_shape
from assistant.models.convert.quantisation import SUPPORTED
from assistant.models.decoder import Decoder
from tests.models.reference import NumpyLlama, divergence
from tests.models.tiny import write_tiny_gguf

TEXT = "The capital of France is Paris, and the river that runs through it is called the Seine. In 1889 the"


@pytest.mark.parametrize("kind", SUPPORTED)
def test_every_weight_type_computes_what_numpy_computes(tmp_path: Path, kind: str) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", kind)
    convert_gguf(source, tmp_path / "tiny", int8_activations=False)
    decoder = Decoder.load(tmp_path / "tiny")
    tokens = range(3, 60)
    found = decoder.extend(decoder.new_cache(100), tokens, keep=len(tokens))
    # Both are float32; sums of up to 96 products of size 1 in another order differ by about 1e-5.
    np.testing.assert_allclose(found, NumpyLlama(gguf.GGUFReader(source)).logits(tokens), rtol=0, atol=1e-4)


def test_the_built_in_model_computes_what_numpy_computes(
    tmp_path: Path, smollm: Path, smollm_reader: gguf.GGUFReader, decoder: Decoder
) -> None:
    tokens = decoder.tokenizer.encode(TEXT)
    expected = NumpyLlama(smollm_reader).logits(tokens)

    convert_gguf(smollm, tmp_path / "float", int8_activations=False)
    exact = Decoder.load(tmp_path / "float")
    logits = exact.extend(exact.new_cache(100), tokens, keep=len(tokens))
    # Logits of up to 36 after 30 layers of float32; measured 1.1e-4.
    np.testing.assert_allclose(logits, expected, rtol=0, atol=2e-3)

    # With int8 activations logits move (by 1.5 at most, measured), distributions hardly do (measured 0.0025 nats);
    # a rounded zero point instead of the exact offset would give 0.1 and more.
    logits = decoder.extend(decoder.new_cache(100), tokens, keep=len(tokens))
    assert divergence(expected, logits) < 0.01
    assert (logits.argmax(-1) == expected.argmax(-1)).mean() > 0.9


def test_variants_that_are_not_converted_yet_are_refused(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "tiny.gguf", "F16")
    for changes, why in (
        ({"llama.rope.scaling.type": "linear"}, "rotary"),
        ({"llama.rope.dimension_count": 8}, "rotary"),
        ({"llama.expert_count": 4}, "mixture"),
    ):
        with GgufFile(path) as file:
            file.metadata = {**file.metadata, **changes}
            with pytest.raises(UnsupportedModelError, match=why):
                read_shape(file)


@pytest.mark.parametrize("key", ["block_count", "context_length", "attention.head_count", "attention.head_count_kv"])
@pytest.mark.parametrize("value", [0, -1, 1 << 40, "three"])
def test_a_header_that_contradicts_itself_is_a_clear_error(tmp_path: Path, key: str, value: int | str) -> None:
    with GgufFile(write_tiny_gguf(tmp_path / "tiny.gguf", "F16")) as file:
        file.metadata = {**file.metadata, f"llama.{key}": value}
        with pytest.raises(ModelError, match=r"contradicts|no usable"):
            read_shape(file)


def test_a_tensor_of_the_wrong_shape_is_named(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", "F16")
    data = source.read_bytes()
    name = b"blk.1.ffn_up.weight"
    assert data.count(name) == 1
    source.write_bytes(data.replace(name, b"blk.1.ffn_xx.weight"))
    with pytest.raises(ModelError, match=r"lacks the tensor “blk\.1\.ffn_up\.weight”"):
        convert_gguf(source, tmp_path / "model")
    assert not (tmp_path / "model").exists()
