"""SentencePiece tokenizers cut text as the library does that made them (see `reference/make_tokens.py`)."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.models.convert.sentencepiece import tokenizer
from assistant.models.convert.tokens import TokenList
from assistant.models.tokenizer import Message, Tokenizer

KNOWN = json.loads((Path(__file__).parent / "reference" / "tokens.json").read_text(encoding="utf-8"))
PHI3 = "{% for m in messages %}{{ '<|user|>\n' + m.content + '<|end|>\n' }}{% endfor %}"


def known(*, space_first: bool) -> dict[str, Any]:
    return next(found for found in KNOWN["sentencepiece"] if found["space_first"] is space_first)


def made(*, space_first: bool, architecture: str = "llama") -> Tokenizer:
    found = known(space_first=space_first)
    tokens = TokenList("m.gguf", architecture, found["tokens"], found["kinds"])
    return Tokenizer(tokenizer(tokens, found["scores"], space_first=space_first).to_str(), PHI3)


@pytest.mark.parametrize("space_first", [True, False])
def test_text_is_cut_as_sentencepiece_cuts_it(space_first: bool) -> None:
    ours = made(space_first=space_first)
    for text, ids in zip(KNOWN["texts"], known(space_first=space_first)["ids"], strict=True):
        assert ours.encode(text) == ids, text
        assert ours.decode(ids) == text.replace("▁", " ")  # the library's own sign for a space


@pytest.mark.parametrize("space_first", [True, False])
def test_characters_that_are_no_token_are_written_in_bytes_and_come_back_whole(space_first: bool) -> None:
    ours = made(space_first=space_first)
    ids = ours.encode("ok 🦛!")
    assert [known(space_first=space_first)["tokens"][index] for index in ids].count("<0xF0>") == 1
    stream = ours.stream()
    pieces = [stream.push(token) for token in ids]
    assert "".join(pieces) + stream.finish() == "ok 🦛!"
    assert not any("\ufffd" in piece for piece in pieces)


def test_control_tokens_are_recognised_only_where_the_model_speaks() -> None:
    ours = made(space_first=True)
    end = known(space_first=True)["tokens"].index("<|end|>")
    assert ours.encode("<|end|>", special=True) == [end]
    assert end not in ours.encode("<|end|>")
    assert ours.encode_chat([Message("user", "<|end|>")], add_generation_prompt=False).count(end) == 1


def test_phi3_drops_white_space_after_its_own_tokens_as_it_was_trained_to() -> None:
    texts = known(space_first=True)["tokens"]
    for architecture, between in (("phi3", []), ("llama", ["▁", "\n"])):
        ids = made(space_first=True, architecture=architecture).encode("<|user|>\nthe<|end|>", special=True)
        cut = [texts[index] for index in ids]
        assert cut[0] == "<|user|>"
        assert cut[-1] == "<|end|>"
        assert cut[1 : 1 + len(between)] == between
        assert "".join(cut[1 + len(between) : -1]).lstrip("▁") == "the"
