"""Which graphs are taken for decoders."""

from pathlib import Path

import pytest

from assistant.errors import UnsupportedModelError
from assistant.models.convert.convert import convert_gguf
from assistant.models.layout import recognise
from assistant.models.library import EMBEDDER
from assistant.models.runtime import open_session
from assistant.paths import Home
from tests.models.tiny import HEADS, KV_HEADS, LAYERS, WIDTH


def test_our_own_conversion_is_recognised(tmp_path: Path, tiny: Path) -> None:
    convert_gguf(tiny, tmp_path / "model")
    layout = recognise(open_session(tmp_path / "model" / "model.onnx"))
    assert layout.past[:2] == ("past_key_values.0.key", "past_key_values.0.value")
    assert layout.present[-1] == f"present.{LAYERS - 1}.value"
    assert (len(layout.past), layout.kv_heads, layout.head_size) == (2 * LAYERS, KV_HEADS, WIDTH // HEADS)


def test_an_embedder_is_no_decoder(model_home: Home) -> None:
    session = open_session(model_home.models / EMBEDDER.folder / "model.onnx")
    with pytest.raises(UnsupportedModelError, match="inputs and outputs"):
        recognise(session)


def test_a_cache_that_grows_is_refused_instead_of_misused(tmp_path: Path, tiny: Path) -> None:
    import onnx

    convert_gguf(tiny, tmp_path / "model")
    path = str(tmp_path / "model" / "model.onnx")
    model = onnx.load(path, load_external_data=False)
    for value in model.graph.output:
        if value.name.startswith("present."):
            value.type.tensor_type.shape.dim[2].dim_param = "total"
    onnx.save(model, path)
    with pytest.raises(UnsupportedModelError, match="grows"):
        recognise(open_session(Path(path)))
