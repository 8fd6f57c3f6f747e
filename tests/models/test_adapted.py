"""A model with an adapter computes with W + B·A, and leaves the model without it as it is."""

from pathlib import Path

import gguf
import numpy as np
import pytest

from assistant.errors import CancelledError, ModelError
from assistant.models.adapted import load_adapted
from assistant.models.adapter import read_adapter
from assistant.models.convert.convert import convert_gguf
from assistant.models.decoder import Decoder
from assistant.models.manifest import stamp
from tests.models.random_adapter import add, random_matrices, write_adapter
from tests.models.reference import NumpyLlama
from tests.models.tiny import write_tiny_gguf

TOKENS = [5, 17, 80, 44, 9, 120, 33, 61, 7, 200]


@pytest.mark.parametrize(
    ("kind", "modules", "width"),
    [
        ("F32", (), 64),
        ("Q4_1", (), 64),
        ("Q8_0", ("q_proj", "v_proj", "down_proj"), 64),
        ("Q4_K_M", (), 256),
    ],
)
def test_its_logits_are_those_of_the_summed_weights(
    tmp_path: Path, kind: str, modules: tuple[str, ...], width: int
) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", kind, width=width, inner=256 if width == 256 else 96)
    convert_gguf(source, tmp_path / "model", int8_activations=False)
    reference = NumpyLlama(gguf.GGUFReader(source))
    tensors = random_matrices(reference, modules=modules) if modules else random_matrices(reference)
    adapter = read_adapter(write_adapter(tmp_path / "adapter", tensors, stamp(source).sha256))
    base = Decoder.load(tmp_path / "model")
    before = base.extend(base.new_cache(64), TOKENS, keep=len(TOKENS))
    adapted = load_adapted(tmp_path / "model", adapter, base.tokenizer)
    logits = adapted.extend(adapted.new_cache(64), TOKENS, keep=len(TOKENS))
    plain = reference.logits(TOKENS)
    add(reference, tensors)
    wanted = reference.logits(TOKENS)
    # Sums are rounded to 8 bits where the weights are packed.
    off = np.abs(logits - wanted).mean() / np.abs(wanted - plain).mean()
    assert off < (1e-4 if kind == "F32" else 0.06)
    assert np.array_equal(base.extend(base.new_cache(64), TOKENS, keep=len(TOKENS)), before)


def test_what_does_not_belong_to_the_model_is_refused(tmp_path: Path, tiny: Path) -> None:
    convert_gguf(tiny, tmp_path / "model")
    base, sha256 = Decoder.load(tmp_path / "model"), stamp(tiny).sha256
    tensors = random_matrices(NumpyLlama(gguf.GGUFReader(tiny)))
    other = read_adapter(write_adapter(tmp_path / "other", tensors, "ab" * 32))
    with pytest.raises(ModelError, match="was made for Tiny"):
        load_adapted(tmp_path / "model", other, base.tokenizer)
    more = {name.replace("layers.1", "layers.7"): array for name, array in tensors.items()}
    deeper = read_adapter(write_adapter(tmp_path / "deeper", more, sha256))
    with pytest.raises(ModelError, match="does not fit the layers"):
        load_adapted(tmp_path / "model", deeper, base.tokenizer)
    right = read_adapter(write_adapter(tmp_path / "right", tensors, sha256))
    with pytest.raises(CancelledError):
        load_adapted(tmp_path / "model", right, base.tokenizer, cancelled=lambda: True)
