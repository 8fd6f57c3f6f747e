"""Converted models of every architecture compute what their authors' own code computes (see `reference/make.py`)."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.architectures import ARCHITECTURES, read_design
from assistant.models.convert.convert import convert_gguf
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.header import Header
from assistant.models.decoder import Decoder
from tests.models.convert.random_models import CONTEXT, KEPT, MODELS, TOKENS, FloatArray, write_model
from tests.models.reference import divergence
from tests.models.tiny import write_tiny_gguf

REFERENCE = Path(__file__).parent / "reference"


def expected(name: str) -> FloatArray:
    with np.load(REFERENCE / f"{name}.npz") as kept:
        logits: FloatArray = kept["logits"]
    return logits


def converted(
    folder: Path, name: str, *, int8_activations: bool = False, kind: str = "F32", joined: bool = False
) -> Decoder:
    source = write_model(folder / "model.gguf", MODELS[name], kind=kind, joined=joined)
    convert_gguf(source, folder / "model", int8_activations=int8_activations)
    return Decoder.load(folder / "model")


def logits(decoder: Decoder) -> FloatArray:
    found: FloatArray = decoder.extend(decoder.new_cache(100), TOKENS, keep=len(TOKENS))[list(KEPT)]
    return found


def test_every_architecture_has_a_reference() -> None:
    assert {model.architecture for model in MODELS.values()} == set(ARCHITECTURES)


@pytest.mark.parametrize("name", MODELS)
def test_logits_are_those_of_the_authors_code(tmp_path: Path, name: str) -> None:
    # Measured 9e-6 at most; the logits go up to 8.
    np.testing.assert_allclose(logits(converted(tmp_path, name)), expected(name), rtol=0, atol=1e-4)


@pytest.mark.parametrize("name", MODELS)
def test_eight_bits_change_little(tmp_path: Path, name: str) -> None:
    decoder = converted(tmp_path, name, kind="Q8_0", int8_activations=True)
    assert divergence(expected(name), logits(decoder)) < 0.01  # measured 0.004 at most


@pytest.mark.parametrize("name", MODELS)
def test_reading_in_pieces_is_reading_at_once(tmp_path: Path, name: str) -> None:
    decoder = converted(tmp_path, name)
    cache = decoder.new_cache(100)
    decoder.prefill(cache, TOKENS[:40], chunk=17)
    pieces = [decoder.step(cache, token) for token in TOKENS[40:64]]
    last = decoder.prefill(cache, TOKENS[64:], chunk=5)
    wanted = expected(name)
    for found, position in ((pieces[0], 40), (pieces[23], 63), (last, 79)):
        np.testing.assert_allclose(found, wanted[KEPT.index(position)], rtol=0, atol=1e-4)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("length", [41, 33, 20, 7, 0])
def test_a_cropped_cache_forgets_what_was_cropped(tmp_path: Path, name: str, length: int) -> None:
    decoder = converted(tmp_path, name)
    cache = decoder.new_cache(128)
    decoder.prefill(cache, [*TOKENS[:41], *range(3, 53)], chunk=16)
    cache.crop(length)
    found = decoder.prefill(cache, TOKENS[length:64], chunk=16)
    np.testing.assert_allclose(found, expected(name)[KEPT.index(63)], rtol=0, atol=1e-4)
    cache.clear()
    found = decoder.prefill(cache, TOKENS)
    np.testing.assert_allclose(found, expected(name)[KEPT.index(79)], rtol=0, atol=1e-4)


def test_guesses_that_were_wrong_leave_no_trace_in_a_recurrent_state(tmp_path: Path) -> None:
    decoder = converted(tmp_path, "lfm2")
    cache = decoder.new_cache(100)
    decoder.prefill(cache, TOKENS[:60])
    decoder.extend(cache, [*TOKENS[60:62], 5, 6, 7], keep=5)
    cache.crop(62)
    assert cache.recurrent is not None
    assert cache.recurrent.length == 62  # nothing has to be read again
    found = decoder.extend(cache, TOKENS[62:64], keep=1)[0]
    np.testing.assert_allclose(found, expected("lfm2")[KEPT.index(63)], rtol=0, atol=1e-4)


def test_a_long_context_is_converted_as_far_as_it_was_first_trained(tmp_path: Path) -> None:
    source = write_model(tmp_path / "model.gguf", MODELS["phi3-long"], {"phi3.rope.scaling.attn_factor": None})
    convert_gguf(source, tmp_path / "model", int8_activations=False)
    decoder = Decoder.load(tmp_path / "model")
    assert decoder.context_length == CONTEXT  # the first of the two sets of rotary factors goes no further
    np.testing.assert_allclose(logits(decoder), expected("phi3-long"), rtol=0, atol=1e-4)


@pytest.mark.parametrize("name", ["llama", "qwen2", "qwen3"])
def test_queries_keys_and_values_may_come_joined(tmp_path: Path, name: str) -> None:
    decoder = converted(tmp_path, name, joined=True)
    np.testing.assert_allclose(logits(decoder), expected(name), rtol=0, atol=1e-4)


def test_an_unknown_architecture_is_named_with_what_is_supported(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "m.gguf", "F16", architecture="mamba")
    with pytest.raises(UnsupportedModelError, match=r"mamba.*llama, qwen2, qwen3, gemma3, lfm2, phi3 and granite"):
        convert_gguf(source, tmp_path / "model")


@pytest.mark.parametrize(
    ("name", "changes", "why"),
    [
        ("llama", {"llama.rope.scaling.type": "yarn"}, "yarn"),
        ("llama", {"llama.rope.scaling.type": "longrope"}, "longrope"),
        ("llama", {"llama.rope.dimension_count": 8}, "multiples of 16"),
        ("llama", {"llama.expert_count": 4}, "mixture"),
    ],
)
def test_variants_that_are_not_converted_are_refused(
    tmp_path: Path, name: str, changes: dict[str, Any], why: str
) -> None:
    source = write_model(tmp_path / "model.gguf", MODELS[name], changes)
    with pytest.raises(UnsupportedModelError, match=why):
        convert_gguf(source, tmp_path / "model")


@pytest.mark.parametrize(
    "key",
    [
        "block_count",
        "context_length",
        "embedding_length",
        "feed_forward_length",
        "attention.head_count",
        "attention.head_count_kv",
        "attention.key_length",
        "attention.layer_norm_rms_epsilon",
        "rope.freq_base",
    ],
)
@pytest.mark.parametrize("value", [0, -1, "three", float("nan"), [1, 2, 3]])
def test_a_header_that_contradicts_itself_is_a_clear_error(tmp_path: Path, key: str, value: Any) -> None:
    for name, model in MODELS.items():
        with GgufFile(write_model(tmp_path / f"{name}.gguf", model)) as file:
            file.metadata = {**file.metadata, f"{model.architecture}.{key}": value}
            with pytest.raises(ModelError, match=r"contradicts|no usable|multiples"):
                read_design(Header(file))


@pytest.mark.parametrize(
    "key", ["block_count", "context_length", "embedding_length", "feed_forward_length", "attention.head_count"]
)
@pytest.mark.parametrize("value", [65, 1 << 24, 1 << 31])
def test_a_header_that_promises_too_much_costs_no_memory(tmp_path: Path, key: str, value: int) -> None:
    source = write_model(tmp_path / "model.gguf", MODELS["llama"], {f"llama.{key}": value})
    with contextlib.suppress(ModelError):  # a longer context than it has is nothing that a file can show
        convert_gguf(source, tmp_path / "model")
        assert key == "context_length"
        assert Decoder.load(tmp_path / "model").context_length <= 1 << 17


def test_a_tensor_of_the_wrong_shape_is_named(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", "F16")
    data = source.read_bytes()
    name = b"blk.1.ffn_up.weight"
    assert data.count(name) == 1
    source.write_bytes(data.replace(name, b"blk.1.ffn_xx.weight"))
    with pytest.raises(ModelError, match=r"lacks the tensor “blk\.1\.ffn_up\.weight”"):
        convert_gguf(source, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_grouped_heads_of_the_wrong_number_are_noticed(tmp_path: Path) -> None:
    model = replace(MODELS["llama"], keys={"attention.head_count_kv": 4})
    source = write_model(tmp_path / "model.gguf", model)
    with pytest.raises(ModelError, match=r"attn_k\.weight"):
        convert_gguf(source, tmp_path / "model")
