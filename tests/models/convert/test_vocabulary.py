"""Tokenizers and stop tokens out of GGUF headers."""

import json
from pathlib import Path

import pytest

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.vocabulary import chat_template, special_names, stop_tokens, tokenizer_json
from tests.models.tiny import write_tiny_gguf


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


@pytest.mark.parametrize("changes", [{"model": "llama"}, {"pre": "qwen2"}])
def test_a_tokenizer_that_was_not_checked_is_refused_by_name(tmp_path: Path, changes: dict[str, str]) -> None:
    with (
        GgufFile(write_tiny_gguf(tmp_path / "m.gguf", "F16", **changes)) as file,
        pytest.raises(UnsupportedModelError, match=next(iter(changes.values()))),
    ):
        tokenizer_json(file)


def test_a_model_that_cannot_chat_is_refused(tmp_path: Path) -> None:
    with (
        GgufFile(write_tiny_gguf(tmp_path / "m.gguf", "F16", template="")) as file,
        pytest.raises(UnsupportedModelError, match="chat template"),
    ):
        chat_template(file)


def test_token_types_that_do_not_fit_the_tokens_are_a_clear_error(tmp_path: Path) -> None:
    with (
        GgufFile(write_tiny_gguf(tmp_path / "m.gguf", "F16", types=[1, 1])) as file,
        pytest.raises(ModelError, match="contradicts itself"),
    ):
        tokenizer_json(file)
