"""Which graphs are taken for decoders."""

from pathlib import Path

import pytest

from assistant.errors import UnsupportedModelError
from assistant.models.convert.convert import convert_gguf
from assistant.models.layout import recognise
from assistant.models.library import EMBEDDER
from assistant.models.runtime import open_session
from assistant.paths import Home
from tests.models.convert.random_models import MODELS, write_model
from tests.models.tiny import HEADS, KV_HEADS, LAYERS, WIDTH, write_tiny_gguf


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


@pytest.mark.parametrize("rows", ["0", "-1", "two", "100000"])
def test_a_graph_that_talks_nonsense_about_its_rows_is_refused(tmp_path: Path, rows: str) -> None:
    import onnx

    convert_gguf(write_tiny_gguf(tmp_path / "tiny.gguf", "F32"), tmp_path / "model")
    path = tmp_path / "model" / "model.onnx"
    assert recognise(open_session(path)).rows_per_token == HEADS // KV_HEADS
    model = onnx.load(str(path), load_external_data=False)
    model.metadata_props[0].value = rows
    onnx.save(model, str(path))
    with pytest.raises(UnsupportedModelError, match="rows"):
        recognise(open_session(path))


def test_convolutions_are_recognised_beside_the_cache(tmp_path: Path) -> None:
    convert_gguf(write_model(tmp_path / "lfm2.gguf", MODELS["lfm2"]), tmp_path / "model")
    layout = recognise(open_session(tmp_path / "model" / "model.onnx"))
    assert layout.past == ("past_key_values.2.key", "past_key_values.2.value")
    assert layout.past_conv == ("past_conv.0", "past_conv.1", "past_conv.3")
    assert layout.present_conv == ("present_conv.0", "present_conv.1", "present_conv.3")
    assert layout.conv_shapes == ((2, 64),) * 3


def test_convolutions_that_keep_their_last_state_only_are_refused(tmp_path: Path) -> None:
    import onnx

    convert_gguf(write_model(tmp_path / "lfm2.gguf", MODELS["lfm2"]), tmp_path / "model")
    path = str(tmp_path / "model" / "model.onnx")
    model = onnx.load(path, load_external_data=False)
    for value in model.graph.output:
        if value.name.startswith("present_conv."):
            value.type.tensor_type.shape.dim[1].dim_value = 2
    onnx.save(model, path)
    with pytest.raises(UnsupportedModelError, match="convolutions"):
        recognise(open_session(Path(path)))
