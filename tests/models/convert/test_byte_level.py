"""Byte-level tokenizers cut and merge text as llama.cpp does (see `reference/make_tokens.py`)."""

import json
from pathlib import Path

import pytest

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.byte_level import tokenizer
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.tokens import TokenList, read_tokens
from tests.models.convert.reference.make_tokens import BYTE_LEVEL, TEXTS
from tests.models.tiny import byte_alphabet

KNOWN = json.loads((Path(__file__).parent / "reference" / "tokens.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def vocabulary(smollm: Path) -> tuple[TokenList, list[str]]:
    with GgufFile(smollm) as file:
        return read_tokens(file), file.texts("tokenizer.ggml.merges")


def of_bytes(*more: str, kinds: dict[str, int] | None = None) -> TokenList:
    texts = [*byte_alphabet(), *more]
    return TokenList("m.gguf", "llama", texts, [(kinds or {}).get(text, 1) for text in texts])


@pytest.mark.parametrize("words", BYTE_LEVEL)
def test_words_are_cut_as_the_models_authors_cut_them(vocabulary: tuple[TokenList, list[str]], words: str) -> None:
    library = tokenizer(*vocabulary, words)
    library.encode_special_tokens = True
    assert KNOWN["texts"] == TEXTS
    for text, ids in zip(TEXTS, KNOWN["byte_level"][words], strict=True):
        assert library.encode(text, add_special_tokens=False).ids == ids, text
        assert library.decode(ids) == text


def test_qwen_sees_composed_characters() -> None:
    assert (
        tokenizer(of_bytes(), [], "qwen2").encode("e\u0301").ids == tokenizer(of_bytes(), [], "qwen2").encode("é").ids
    )
    assert len(tokenizer(of_bytes(), [], "llama-bpe").encode("e\u0301").ids) == 3


def test_llama3_takes_a_word_whole_whatever_the_merges_say() -> None:
    assert tokenizer(of_bytes("abc"), [], "llama-bpe").encode("abc").tokens == ["abc"]
    assert tokenizer(of_bytes("abc"), [], "qwen2").encode("abc").tokens == ["a", "b", "c"]


def test_control_tokens_are_special_and_the_authors_own_words_are_not() -> None:
    library = tokenizer(of_bytes("<|end|>", "<think>", kinds={"<|end|>": 3, "<think>": 4}), [], "qwen2")
    added = {token["content"]: token["special"] for token in json.loads(library.to_str())["added_tokens"]}
    assert added == {"<|end|>": True, "<think>": False}
    assert library.encode("a<think><|end|>").tokens == ["a", "<think>", "<|end|>"]


def test_a_rule_that_was_not_checked_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedModelError, match=r"“viking”.*llama-bpe"):
        tokenizer(of_bytes(), [], "viking")


@pytest.mark.parametrize("merge", ["a", "a b c", "a b", "x yz"])
def test_merges_that_contradict_the_tokens_are_a_clear_error(merge: str) -> None:
    with pytest.raises(ModelError, match="contradicts itself"):
        tokenizer(of_bytes(), [merge], "qwen2")
