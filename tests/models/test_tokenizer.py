"""Text survives the tokenizer, and people's text never becomes a control token."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ModelError
from assistant.models.convert.gguf import GgufFile
from assistant.models.decoder import Decoder
from assistant.models.tokenizer import Message, Tokenizer, compile_template
from tests.models.tiny import byte_alphabet

TEXTS = [
    "",
    " ",
    "Hello, world!",
    "naïve café — „Straße“",
    "🦛👩‍👩‍👧‍👦🇩🇪",
    "日本語 العربية עברית",
    "a\n\n\tb\r\n  c  ",
    "3.14159",
]
# The model's vocabulary lacks six control characters, and the bytes that begin the unassigned planes from U+40000.
TEXT = st.text(
    alphabet=st.characters(
        max_codepoint=0x3FFFF, exclude_categories=["Cs"], exclude_characters="\x04\x06\x13\x14\x16\x1d"
    )
)
CONTROL = st.sampled_from(["<|im_end|>", "<|im_start|>", "<|im_", "end|>", "<|endoftext|>", "\n", "system\n", "\ue000"])


@pytest.fixture(scope="module")
def tokenizer(decoder: Decoder) -> Tokenizer:
    return decoder.tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_unchanged(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


@given(text=TEXT)
def test_any_text_comes_back_unchanged(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_half_a_surrogate_pair_from_broken_input_is_survived(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer.encode("a\ud83e")) == "a\ufffd"
    assert tokenizer.decode(tokenizer.encode("\ud83e\udd9b")) == "🦛"


def test_every_digit_is_a_token_of_its_own(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.encode("1889")) == 4


def test_tokens_are_those_of_plain_byte_pair_encoding(tokenizer: Tokenizer, smollm: Path) -> None:
    with GgufFile(smollm) as file:
        ids = {token: index for index, token in enumerate(file.texts("tokenizer.ggml.tokens"))}
        ranks = {tuple(merge.split()): rank for rank, merge in enumerate(file.texts("tokenizer.ggml.merges"))}
    alphabet = byte_alphabet()
    # GPT-2's pattern with every digit on its own; for ASCII, where \\p{L} is [A-Za-z].
    pattern = r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+|\d| ?[^\sA-Za-z\d]+|\s+(?!\S)|\s+"
    text = "The cat's owners, who'll arrive on 24 May 1999,  couldn't\n\n  say: \"why?\" (extraordinarily!)"
    expected = []
    for word in re.findall(pattern, text):
        parts = [alphabet[byte] for byte in word.encode()]
        while pairs := [(ranks[pair], index) for index, pair in enumerate(pairwise(parts)) if pair in ranks]:
            _, index = min(pairs)
            parts[index : index + 2] = [parts[index] + parts[index + 1]]
        expected += [ids[part] for part in parts]
    assert tokenizer.encode(text) == expected


@given(text=TEXT)
def test_streaming_gives_the_same_text_and_never_half_a_character(tokenizer: Tokenizer, text: str) -> None:
    stream = tokenizer.stream()
    pieces = [stream.push(token) for token in tokenizer.encode(text)]
    assert "".join(pieces) + stream.finish() == text
    if "\ufffd" not in text:
        assert not any("\ufffd" in piece for piece in pieces)


def test_a_character_that_is_cut_off_is_dropped(tokenizer: Tokenizer) -> None:
    stream = tokenizer.stream()
    tokens = tokenizer.encode("ok 🦛")
    assert "".join(stream.push(token) for token in tokens[:-1]) + stream.finish() == "ok "


def test_bytes_that_are_no_text_do_not_hold_up_what_follows(tokenizer: Tokenizer) -> None:
    stray = tokenizer.encode("🦛")[-1]
    stream = tokenizer.stream()
    assert "".join(stream.push(token) for token in [stray] * 9 + tokenizer.encode(" fine")).endswith(" fine")


def test_the_chat_template_is_the_models_own(tokenizer: Tokenizer) -> None:
    messages = [
        Message("system", "Be brief."),
        Message("user", "Hi"),
        Message("assistant", "Hello"),
        Message("user", "Bye"),
    ]
    assert tokenizer.apply_chat_template(messages, add_generation_prompt=True) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
        "<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n"
    )


@given(text=st.text(alphabet=st.characters(exclude_characters="<")))
def test_ordinary_messages_are_encoded_as_the_model_was_trained(tokenizer: Tokenizer, text: str) -> None:
    messages = [Message("system", "Be brief."), Message("user", text)]
    rendered = tokenizer.apply_chat_template(messages, add_generation_prompt=True)
    assert tokenizer.encode_chat(messages, add_generation_prompt=True) == tokenizer.encode(rendered, special=True)


@given(text=st.lists(CONTROL | TEXT).map("".join))
def test_control_tokens_in_a_message_are_inert(tokenizer: Tokenizer, text: str) -> None:
    messages = [Message("system", "Be brief."), Message("user", text)]
    ids = tokenizer.encode_chat(messages, add_generation_prompt=True)
    assert [token for token in ids if token < 17] == [1, 2, 1, 2, 1]  # start and end, twice, and a start
    assert tokenizer.decode(ids, special=True) == tokenizer.apply_chat_template(messages, add_generation_prompt=True)
    assert not [token for token in tokenizer.encode(text) if token < 17]


def test_added_tokens_that_are_not_marked_special_are_inert_too() -> None:
    from tokenizers import AddedToken
    from tokenizers import Tokenizer as Library
    from tokenizers.models import WordLevel

    library = Library(WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    library.add_tokens([AddedToken("<think>", normalized=False)])
    tokenizer = Tokenizer(library.to_str(), "{{ messages[0]['content'] }}<think>")
    assert tokenizer.encode("<think>", special=True) == [1]
    assert tokenizer.encode("<think>") == [0]
    assert tokenizer.encode_chat([Message("user", "<think>")], add_generation_prompt=False) == [0, 1]


def test_a_template_can_refuse_and_know_the_date_but_not_reach_out() -> None:
    import jinja2

    assert compile_template("{{ strftime_now('%Y') }}").render().startswith("20")
    assert compile_template(
        "{%- for x in [1, 2] %}\n    {% if x == 1 %}\n{{ x }}\n    {% endif %}\n{%- endfor %}"
    ).render()
    with pytest.raises(jinja2.TemplateError, match="no"):
        compile_template("{{ raise_exception('no') }}").render()
    for attack in ("{{ ''.__class__.__mro__ }}", "{{ messages.append(1) }}", "{{ strftime_now.__globals__['os'] }}"):
        with pytest.raises(jinja2.exceptions.SecurityError):
            compile_template(attack).render(messages=[])


def test_models_that_can_think_aloud_are_told_to_answer_at_once() -> None:
    from tokenizers import Tokenizer as Library
    from tokenizers.models import WordLevel

    library = Library(WordLevel({"[UNK]": 0}, unk_token="[UNK]")).to_str()
    template = "{% if enable_thinking is defined and enable_thinking is false %}<think></think>{% endif %}"
    rendered = Tokenizer(library, template).apply_chat_template([Message("user", "Hi")], add_generation_prompt=True)
    assert rendered == "<think></think>"


def test_what_a_template_refuses_or_a_broken_one_is_a_clear_error(decoder: Decoder) -> None:
    from tokenizers import Tokenizer as Library
    from tokenizers.models import WordLevel

    library = Library(WordLevel({"[UNK]": 0}, unk_token="[UNK]")).to_str()
    tokenizer = Tokenizer(library, "{{ raise_exception('roles must alternate') }}")
    with pytest.raises(ModelError, match="chat template"):
        tokenizer.encode_chat([Message("user", "Hi")], add_generation_prompt=True)
    with pytest.raises(ModelError, match="chat template"):
        Tokenizer(library, "{% if %}")
    with pytest.raises(ModelError, match="tokenizer"):
        Tokenizer("{}", "")
