"""A conversion is whole or absent."""

import errno
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.errors import CancelledError, ModelError, UnsupportedModelError
from assistant.models.convert.convert import CONVERTER_VERSION, convert_gguf
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.graph import Graph
from assistant.models.convert.room import converted_size
from assistant.models.manifest import is_intact, read_manifest, stamp
from tests.models.convert.random_models import MODELS, write_model
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


def nothing_left(folder: Path) -> bool:
    return not folder.exists() or not any(folder.iterdir())


@pytest.mark.parametrize("kind", ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q8_0"])
@pytest.mark.parametrize("name", ["token_embd", "blk.1.attn_k", "blk.0.ffn_norm"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_weights_that_are_no_numbers_are_named(tmp_path: Path, kind: str, name: str, bad: float) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", kind)
    with GgufFile(source) as file:
        tensor = file.tensors[f"{name}.weight"]
    if tensor.type.name == "F32":
        number = np.array([bad], np.float32).tobytes()
    elif tensor.type.name == "BF16":
        number = (np.array([bad], np.float32).view(np.uint32) >> 16).astype(np.uint16).tobytes()
    else:  # a weight, or the scale of the first block
        number = np.array([bad], np.float16).tobytes()
    data = bytearray(source.read_bytes())
    data[tensor.offset : tensor.offset + len(number)] = number
    source.write_bytes(data)
    with pytest.raises(ModelError, match=rf"“{name}\.weight” holds values that are no numbers"):
        convert_gguf(source, tmp_path / "models" / "model")
    assert nothing_left(tmp_path / "models")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("file", ["graph.WEIGHTS_FILE", "graph.GRAPH_FILE", "convert.TEMPLATE_FILE"])
def test_a_disk_that_is_full_is_a_clear_error(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(f"assistant.models.convert.{file}", "/dev/full")
    with pytest.raises(ModelError, match="disk is full") as caught:
        convert_gguf(tiny, tmp_path / "models" / "model")
    assert caught.value.next_step == "Make room and try again."
    assert nothing_left(tmp_path / "models")


@pytest.mark.parametrize("written", [1, 3, 5, 11])
def test_a_disk_that_fills_up_on_the_way_leaves_what_was_there_before(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    target = tmp_path / "models" / "model"
    convert_gguf(tiny, target)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    calls = iter(range(1000))
    constant = Graph.constant

    def fill_up(graph: Graph, name: str, array: NDArray[Any]) -> str:
        if next(calls) == written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return constant(graph, name, array)

    monkeypatch.setattr(Graph, "constant", fill_up)
    with pytest.raises(ModelError, match="disk is full"):
        convert_gguf(tiny, target)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert [path.name for path in target.parent.iterdir()] == ["model"]


def test_a_model_that_will_not_fit_is_refused_before_any_work(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 20))
    shares: list[float] = []
    with pytest.raises(ModelError, match=r"takes 0\.1 GB, and 0\.0 GB are free") as caught:
        convert_gguf(tiny, tmp_path / "models" / "model", progress=shares.append)
    assert caught.value.next_step
    assert shares == [0.0]
    assert nothing_left(tmp_path / "models")


@pytest.mark.parametrize("kind", ["F32", "F16", "Q4_1", "Q8_0"])
def test_the_room_that_is_asked_for_is_the_room_that_is_taken(tmp_path: Path, kind: str) -> None:
    source = write_tiny_gguf(tmp_path / "tiny.gguf", kind, width=256, inner=2048)
    with GgufFile(source) as file:
        asked = converted_size(file)
    convert_gguf(source, tmp_path / "model")
    taken = sum(path.stat().st_size for path in (tmp_path / "model").iterdir())
    assert taken < asked < taken + (65 << 20)


def test_one_part_of_several_is_refused_as_such(tmp_path: Path) -> None:
    source = write_model(tmp_path / "m-00001-of-00003.gguf", MODELS["llama"], {"split.count": 3})
    with pytest.raises(UnsupportedModelError, match="one of 3 parts"):
        convert_gguf(source, tmp_path / "model")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(flips=st.lists(st.tuples(st.integers(4, 6000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_header_with_flipped_bytes_converts_or_is_a_clear_error(tiny: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(tiny.read_bytes())
    for position, value in flips:
        data[position] = value
    source, models = tiny.with_name("flipped.gguf"), tiny.with_name("models")
    source.write_bytes(data)
    shutil.rmtree(models, ignore_errors=True)
    try:
        convert_gguf(source, models / "model")
    except ModelError:
        assert nothing_left(models)
    else:
        assert is_intact(models / "model", CONVERTER_VERSION)


def test_weights_stay_outside_the_graph_file_so_that_they_can_be_mapped(tmp_path: Path, tiny: Path) -> None:
    import onnx

    convert_gguf(tiny, tmp_path / "model")
    graph = onnx.load(str(tmp_path / "model" / "model.onnx"), load_external_data=False).graph
    entries = [{entry.key: entry.value for entry in tensor.external_data} for tensor in graph.initializer]
    external = [entry for entry in entries if entry]
    assert external
    assert all(int(entry["offset"]) % 65536 == 0 for entry in external)
    assert json.loads((tmp_path / "model" / "hippo.json").read_text())["files"]["model.onnx"]["size"] < 100_000
