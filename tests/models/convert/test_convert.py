"""A conversion is whole or absent."""

import json
from pathlib import Path

import pytest

from assistant.errors import CancelledError, ModelError, UnsupportedModelError
from assistant.models.convert.convert import CONVERTER_VERSION, convert_gguf
from assistant.models.manifest import is_intact, read_manifest, stamp
from tests.models.tiny import CONTEXT, write_tiny_gguf


def test_the_folder_says_what_it_is_and_where_it_came_from(tmp_path: Path, tiny: Path) -> None:
    shares: list[float] = []
    convert_gguf(tiny, tmp_path / "model", progress=shares.append)
    manifest = read_manifest(tmp_path / "model")
    assert (manifest.name, manifest.architecture, manifest.context_length) == ("Tiny", "llama", CONTEXT)
    assert manifest.source[tiny.name] == stamp(tiny)
    assert set(manifest.files) | {"hippo.json"} == {path.name for path in (tmp_path / "model").iterdir()}
    assert is_intact(tmp_path / "model", CONVERTER_VERSION)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_an_unknown_architecture_is_named_with_what_is_supported(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "m.gguf", "F16", architecture="mamba")
    with pytest.raises(UnsupportedModelError, match=r"mamba.*llama"):
        convert_gguf(source, tmp_path / "model")


@pytest.mark.parametrize("patience", range(4))
def test_stopping_leaves_what_was_there_before(tmp_path: Path, tiny: Path, patience: int) -> None:
    target = tmp_path / "models" / "model"
    target.mkdir(parents=True)
    (target / "old").write_text("old")
    asked = iter(range(100))
    with pytest.raises(CancelledError):
        convert_gguf(tiny, target, cancelled=lambda: next(asked) == patience)
    assert [path.name for path in target.parent.iterdir()] == ["model"]
    assert (target / "old").read_text() == "old"


def test_a_damaged_file_leaves_nothing_behind(tmp_path: Path, tiny: Path) -> None:
    tiny.write_bytes(tiny.read_bytes()[:-1000])
    with pytest.raises(ModelError, match="damaged"):
        convert_gguf(tiny, tmp_path / "models" / "model")
    assert not list((tmp_path / "models").iterdir())


def test_weights_stay_outside_the_graph_file_so_that_they_can_be_mapped(tmp_path: Path, tiny: Path) -> None:
    import onnx

    convert_gguf(tiny, tmp_path / "model")
    graph = onnx.load(str(tmp_path / "model" / "model.onnx"), load_external_data=False).graph
    entries = [{entry.key: entry.value for entry in tensor.external_data} for tensor in graph.initializer]
    external = [entry for entry in entries if entry]
    assert external
    assert all(int(entry["offset"]) % 65536 == 0 for entry in external)
    assert json.loads((tmp_path / "model" / "hippo.json").read_text())["files"]["model.onnx"]["size"] < 100_000
