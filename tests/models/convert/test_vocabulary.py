"""Tokenizers, chat templates and stop tokens out of GGUF headers."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.vocabulary import chat_template, special_names, stop_tokens, tokenizer_json
from tests.models.convert.random_models import MODELS, VOCABULARY, write_model
from tests.models.tiny import TEMPLATE

PIECES = ["<unk>", "<s>", "</s>", "▁", "a", "▁a"]


def opened(folder: Path, **changes: Any) -> GgufFile:
    """A small model whose header has these changes; double underscores stand for dots."""
    keys = {f"tokenizer.{key.replace('__', '.')}": value for key, value in changes.items()}
    return GgufFile(write_model(folder / "model.gguf", MODELS["llama"], keys))


def sentencepiece(folder: Path, **changes: Any) -> GgufFile:
    header: dict[str, Any] = {
        "ggml__model": "llama",
        "ggml__pre": None,
        "ggml__merges": None,
        "ggml__tokens": PIECES,
        "ggml__token_type": [2, 3, 3, 1, 1, 1],
        "ggml__scores": [0.0, 0.0, 0.0, -1.0, -2.0, -3.0],
        "ggml__bos_token_id": 1,
    }
    return opened(folder, **(header | changes))


def test_control_tokens_of_the_header_are_special_in_the_tokenizer(smollm: Path) -> None:
    with GgufFile(smollm) as file:
        parsed = json.loads(tokenizer_json(file))
        added = {token["content"]: token for token in parsed["added_tokens"]}
        assert len(added) == 17
        assert added["<|im_end|>"] | {"id": 2, "special": True, "normalized": False} == added["<|im_end|>"]
        assert len(parsed["model"]["vocab"]) == 49152


def test_an_answer_ends_at_the_end_of_a_turn_or_of_a_text(smollm: Path) -> None:
    with GgufFile(smollm) as file:
        assert stop_tokens(file) == [0, 2]  # <|endoftext|>, <|im_end|>
        assert special_names(file) == {"bos_token": "<|im_start|>", "eos_token": "<|im_end|>"}


@pytest.mark.parametrize("change", [{"ggml__model": "t5"}, {"ggml__pre": "viking"}])
def test_a_tokenizer_that_was_not_checked_is_refused_by_name(tmp_path: Path, change: dict[str, str]) -> None:
    with (
        opened(tmp_path, **change) as file,
        pytest.raises(UnsupportedModelError, match=next(iter(change.values()))),
    ):
        tokenizer_json(file)


@pytest.mark.parametrize("missing", ["ggml__model", "ggml__tokens"])
def test_a_file_without_a_tokenizer_is_said_to_be_a_part(tmp_path: Path, missing: str) -> None:
    with opened(tmp_path, **{missing: None}) as file, pytest.raises(UnsupportedModelError, match="holds no tokenizer"):
        tokenizer_json(file)


@pytest.mark.parametrize(
    "change",
    [
        {"ggml__token_type": [1, 1]},
        {"ggml__token_type": "all of them"},
        {"ggml__tokens": ["same"] * VOCABULARY},
        {"ggml__merges": ["h x"]},
    ],
)
def test_a_tokenizer_that_contradicts_itself_is_a_clear_error(tmp_path: Path, change: dict[str, Any]) -> None:
    with opened(tmp_path, **change) as file, pytest.raises(ModelError, match="contradicts itself"):
        tokenizer_json(file)


@pytest.mark.parametrize("scores", [None, [0.0], [0.0] * 5 + [float("nan")], ["a"] * 6])
def test_sentencepiece_without_a_score_for_each_token_is_a_clear_error(tmp_path: Path, scores: Any) -> None:
    with sentencepiece(tmp_path, ggml__scores=scores) as file, pytest.raises(ModelError, match="contradicts itself"):
        tokenizer_json(file)


def test_sentencepiece_is_recognised(tmp_path: Path) -> None:
    with sentencepiece(tmp_path) as file:
        parsed = json.loads(tokenizer_json(file))
    assert parsed["model"]["merges"] == [["▁", "a"]]
    assert parsed["normalizer"]["normalizers"][0] == {"type": "Prepend", "prepend": "▁"}


def test_a_text_begins_as_the_model_wants_even_if_its_template_forgets(tmp_path: Path) -> None:
    with sentencepiece(tmp_path) as file:
        assert chat_template(file) == "{{ bos_token }}" + TEMPLATE
        assert special_names(file)["bos_token"] == "<s>"
    for template in ("{{ bos_token }}a", "<s>[INST]"):
        with sentencepiece(tmp_path, chat_template=template) as file:
            assert chat_template(file) == template
    with sentencepiece(tmp_path, ggml__bos_token_id=None) as file:
        assert chat_template(file) == TEMPLATE


def test_a_model_that_cannot_chat_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path, chat_template=None) as file, pytest.raises(UnsupportedModelError, match="chat template"):
        chat_template(file)


def test_a_template_that_is_none_is_a_clear_error(tmp_path: Path) -> None:
    with opened(tmp_path, chat_template="{% if %}") as file, pytest.raises(ModelError, match="chat template"):
        chat_template(file)


@pytest.mark.parametrize("end", [None, VOCABULARY, 1 << 31])
def test_a_model_that_never_stops_is_refused(tmp_path: Path, end: int | None) -> None:
    tokens = [f"t{index}" for index in range(VOCABULARY)]
    with (
        opened(tmp_path, ggml__eos_token_id=end, ggml__tokens=tokens) as file,
        pytest.raises(ModelError, match="contradicts itself"),
    ):
        stop_tokens(file)
