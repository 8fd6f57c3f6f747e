"""Byte-level BPE ("gpt2" in GGUF's words): bytes are merged inside the words that a pattern finds.

A header only names the pattern. Those here are the ones that the models' authors publish in their tokenizer.json;
anything else is refused, because a tokenizer that is slightly wrong makes a model quietly stupid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.errors import UnsupportedModelError
from assistant.models.convert.tokens import Kind, TokenList


@dataclass(frozen=True)
class _Words:
    """How text is cut into words before it is merged.

    Attributes:
        pattern: What a word is; "": as in GPT-2.
        digits: Whether each digit is a word of its own.
        whole: Whether a word that is a token is taken whole, whatever the merges say.
        composed: Whether text is brought into Unicode's composed form (NFC) first.
    """

    pattern: str = ""
    digits: bool = False
    whole: bool = False
    composed: bool = False


_ENDINGS: Final = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_SPACE: Final = r"\s*[\r\n]+|\s+(?!\S)|\s+"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_QWEN2: Final = rf"{_ENDINGS}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|{_SPACE}"
_LLAMA3: Final = _QWEN2.replace(r"|\p{N}|", r"|\p{N}{1,3}|")
_CASED: Final = rf"[^\r\n\p{{L}}\p{{N}}]?{_UPPER}*{_LOWER}+{{0}}|[^\r\n\p{{L}}\p{{N}}]?{_UPPER}+{_LOWER}*{{0}}"
_MARKS: Final = rf" ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*|{_SPACE}"
_GPT4O: Final = _CASED.replace("{0}", f"{_ENDINGS}?") + rf"|\p{{N}}{{1,3}}|{_MARKS}"
_TEKKEN: Final = _CASED.replace("{0}", "") + rf"|\p{{N}}|{_MARKS}"

_DIGITS: Final = _Words(digits=True)
_WORDS: Final[dict[str, _Words]] = {
    "smollm": _DIGITS,
    "refact": _DIGITS,
    "starcoder": _DIGITS,
    "gpt-2": _Words(),
    "qwen2": _Words(_QWEN2, composed=True),
    "deepseek-r1-qwen": _Words(_QWEN2),
    "llama-bpe": _Words(_LLAMA3, whole=True),
    "llama3": _Words(_LLAMA3, whole=True),
    "llama-v3": _Words(_LLAMA3, whole=True),
    "lfm2": _Words(_LLAMA3, whole=True),
    "gpt-4o": _Words(_GPT4O),
    "tekken": _Words(_TEKKEN, whole=True),
}


def tokenizer(tokens: TokenList, merges: Sequence[str], words: str) -> Any:
    """The tokenizer, a `tokenizers.Tokenizer`.

    Args:
        tokens: The vocabulary.
        merges: "left right", the most important first.
        words: The name of the pattern that cuts text into words.

    Raises:
        UnsupportedModelError: The pattern is unknown.
        ModelError: Merges and tokens contradict each other.
    """
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
    from tokenizers.models import BPE

    if words not in _WORDS:
        raise UnsupportedModelError(
            f"{tokens.file_name} cuts text into words by the rule “{words}”; Hippo knows {', '.join(_WORDS)}.",
            next_step="Choose another model, or one that is in ONNX form already.",
        )
    rule = _WORDS[words]
    pairs = [tuple(merge.split(" ")) for merge in merges]
    try:
        model = BPE(vocab=tokens.ids, merges=[(left, right) for left, right in pairs], ignore_merges=rule.whole)
    except Exception as error:  # the library raises bare Exception
        raise tokens.contradiction() from error
    result = Tokenizer(model)
    if rule.composed:
        result.normalizer = normalizers.NFC()
    bytes_ = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=not rule.pattern)
    if rule.pattern:
        result.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Split(Regex(rule.pattern), behavior="isolated"), bytes_]
        )
    elif rule.digits:
        result.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), bytes_])
    else:
        result.pre_tokenizer = bytes_
    result.decoder = decoders.ByteLevel()
    _add(result, tokens)
    return result


def _add(result: Any, tokens: TokenList) -> None:
    """Make control tokens and those of the model's authors stand for themselves wherever they occur."""
    from tokenizers import AddedToken

    result.add_special_tokens([AddedToken(text, normalized=False) for text in tokens.of_kind(Kind.CONTROL)])
    result.add_tokens([AddedToken(text, normalized=False) for text in tokens.of_kind(Kind.USER_DEFINED)])
