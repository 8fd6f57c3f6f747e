"""Folders from the hub become model folders, whole or not at all."""

from pathlib import Path
from typing import Any

import pytest

from assistant.errors import CancelledError, InputError, ModelError, UnsupportedModelError
from assistant.models.add import add_from_catalogue, add_path
from assistant.models.catalogue import CatalogueEntry
from assistant.models.decoder import Decoder
from assistant.models.exports import find_graphs
from assistant.models.installed import damaged_files, installed_models
from assistant.models.tokenizer import Message
from assistant.paths import Home
from tests.models.fake_hub import REPOSITORY, FakeHub
from tests.models.tiny import TEMPLATE
from tests.models.tiny_export import FORMS, write_export

USUAL = FORMS["usual"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_is_added_with_what_its_files_say(home: Home, tmp_path: Path) -> None:
    model = add_path(home, write_export(tmp_path / "Some-Export", USUAL))
    assert (model.id, model.name, model.architecture, model.context) == ("some-export", "Tiny-Export", "tiny", 128)
    decoder = Decoder.load(model.folder)
    assert decoder.stop_tokens == {0, 2}
    assert decoder.tokenizer.apply_chat_template([Message("user", "hi")], add_generation_prompt=True) == (
        "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n"
    )
    assert damaged_files(model) == []
    assert add_path(home, tmp_path / "Some-Export") == model
    assert installed_models(home) == [model]


@pytest.mark.parametrize("inner", ["", "onnx/"])
def test_weights_in_a_file_of_their_own_come_along(home: Home, tmp_path: Path, inner: str) -> None:
    source = write_export(tmp_path / "source", USUAL, graph=f"{inner}model_q4.onnx", apart=True)
    for model in (add_path(home, source), add_path(home, source / inner / "model_q4.onnx", name="Again")):
        assert {"model.onnx", "model_q4.onnx_data"} <= names(model.folder)
        assert Decoder.load(model.folder).size == sum(
            (model.folder / name).stat().st_size for name in ("model.onnx", "model_q4.onnx_data")
        )


def test_the_variant_that_suits_a_processor_is_taken(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    for name in ("model", "model_fp16", "model_q4f16", "model_quantized", "model_q4", "encoder_model", "model_new"):
        (tmp_path / "onnx" / f"{name}.onnx").touch()
    found = [path.stem for path in find_graphs(tmp_path)]
    assert found == ["model_q4", "model_quantized", "model", "model_fp16", "model_q4f16", "model_new"]
    (tmp_path / "decoder_model_merged.onnx").touch()
    assert "decoder_model_merged" in [path.stem for path in find_graphs(tmp_path)]


@pytest.mark.parametrize(
    ("changes", "stops", "context"),
    [
        ({"generation_config": None}, {0, 2}, 128),
        ({"generation_config": {"eos_token_id": 5}}, {0, 2, 5}, 128),
        ({"config": {"text_config": {"max_position_embeddings": 64, "eos_token_id": [7]}}}, {0, 2, 7}, 64),
        ({"config": None, "generation_config": None}, {0, 2}, 2048),
    ],
)
def test_ends_and_context_are_found_where_exports_keep_them(
    home: Home, tmp_path: Path, changes: dict[str, Any], stops: set[int], context: int
) -> None:
    model = add_path(home, write_export(tmp_path / "source", USUAL, **changes))
    assert Decoder.load(model.folder).stop_tokens == frozenset(stops)
    assert model.context == context


@pytest.mark.parametrize(
    "settings",
    [
        {"chat_template": [{"name": "tools", "template": "x"}, {"name": "default", "template": TEMPLATE}]},
        {"chat_template": TEMPLATE},
        {},
    ],
)
def test_a_chat_template_is_found_in_all_its_places(home: Home, tmp_path: Path, settings: dict[str, Any]) -> None:
    source = write_export(tmp_path / "source", USUAL, tokenizer_config=settings)
    if not settings:
        (source / "chat_template.jinja").write_text(TEMPLATE)
    tokenizer = Decoder.load(add_path(home, source).folder).tokenizer
    rendered = tokenizer.apply_chat_template([Message("user", "hi")], add_generation_prompt=False)
    assert rendered == "<|im_start|>user\nhi<|im_end|>\n"


@pytest.mark.parametrize(
    ("spoil", "kind", "message"),
    [
        ({"tokenizer": None}, ModelError, "tokenizer.json is missing"),
        ({"tokenizer": {"added_tokens": 1}}, ModelError, "tokenizer.json is damaged"),
        ({"tokenizer_config": {}}, UnsupportedModelError, "no chat template"),
        ({"tokenizer_config": {"chat_template": "{% if"}}, ModelError, "chat template is missing or damaged"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_left(
    home: Home, tmp_path: Path, spoil: dict[str, Any], kind: type[Exception], message: str
) -> None:
    source = write_export(tmp_path / "source", USUAL, **spoil)
    with pytest.raises(kind, match=message):
        add_path(home, source)
    assert names(home.models) == {".lock"}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("cut", "cannot be loaded"),
        ("weights gone", "cannot be loaded"),
        ("no graph", "holds no model"),
        ("not a number", "nothing but errors"),
    ],
)
def test_a_graph_that_does_not_run_is_not_added(home: Home, tmp_path: Path, damage: str, message: str) -> None:
    source = write_export(tmp_path / "source", USUAL, apart=True)
    graph, data = source / "model.onnx", source / "model.onnx_data"
    if damage == "cut":
        graph.write_bytes(graph.read_bytes()[: graph.stat().st_size // 2])
    elif damage == "weights gone":
        data.unlink()
    elif damage == "no graph":
        graph.unlink()
    else:
        data.write_bytes(b"\xff" * data.stat().st_size)
    with pytest.raises((ModelError, InputError), match=message):
        add_path(home, source)
    assert names(home.models) == {".lock"}


def test_stopping_leaves_nothing(home: Home, tmp_path: Path) -> None:
    source = write_export(tmp_path / "source", USUAL, apart=True)
    shares: list[float] = []
    with pytest.raises(CancelledError):
        add_path(home, source, progress=shares.append, cancelled=lambda: bool(shares) and shares[-1] > 0)
    assert names(home.models) == {".lock"}


def test_a_whole_repository_can_be_downloaded(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    source = write_export(tmp_path / "source", USUAL, graph="onnx/model_q4.onnx", apart=True)
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    entry = CatalogueEntry(
        id="export",
        name="An Export",
        family="Tiny",
        parameters=0.001,
        size="tiny",
        memory=0.1,
        licence="MIT",
        repository=REPOSITORY,
        files=tuple(files),
        summary="For tests.",
    )
    with FakeHub(files).running() as hub:
        model = add_from_catalogue(home, entry, endpoint=hub.endpoint)
    assert (model.name, model.licence) == ("An Export", "MIT")
    assert Decoder.load(model.folder).step(Decoder.load(model.folder).new_cache(3), 5).size
    assert names(home.models) == {"export", ".lock", ".downloads.lock"}
