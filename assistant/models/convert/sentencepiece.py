"""SentencePiece's BPE ("llama" in GGUF's words) with bytes for characters that it does not know.

SentencePiece joins the two neighbours whose union it likes best. So each way in which a token falls into two others is
a merge, and its rank is the token's score. (Kudo & Richardson 2018, arXiv 1808.06226.)
"""

from typing import Any, Final

from assistant.models.convert.tokens import Kind, TokenList

_SPACE: Final = "▁"
# Tokens after which Phi-3 lets white space disappear are all but these; no header says so.
_PHI3_KEEPS_SPACE_AFTER: Final = ("<unk>", "<s>", "<|endoftext|>")


def tokenizer(tokens: TokenList, scores: list[float], *, space_first: bool) -> Any:
    """The tokenizer, a `tokenizers.Tokenizer`.

    Args:
        tokens: The vocabulary.
        scores: One for each token.
        space_first: Whether text begins with a space that is not there.

    Raises:
        ModelError: Tokens contradict each other.
    """
    from tokenizers import Tokenizer, decoders, normalizers
    from tokenizers.models import BPE

    unknown = tokens.of_kind(Kind.UNKNOWN)
    try:
        model = BPE(
            vocab=tokens.ids,
            merges=_merges(tokens, scores),
            unk_token=unknown[0] if unknown else None,
            fuse_unk=True,
            byte_fallback=True,
        )
    except Exception as error:  # the library raises bare Exception
        raise tokens.contradiction() from error
    result = Tokenizer(model)
    spaces = normalizers.Replace(" ", _SPACE)
    result.normalizer = normalizers.Sequence([normalizers.Prepend(_SPACE), spaces]) if space_first else spaces
    steps = [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    result.decoder = decoders.Sequence([*steps, decoders.Strip(" ", 1, 0)] if space_first else steps)
    _add(result, tokens)
    return result


def _merges(tokens: TokenList, scores: list[float]) -> list[tuple[str, str]]:
    usable = {
        text: score
        for text, kind, score in zip(tokens.texts, tokens.kinds, scores, strict=True)
        if kind == Kind.NORMAL or (kind == Kind.USER_DEFINED and _is_space(text))
    }
    ranked = sorted(usable, key=usable.__getitem__, reverse=True)
    return [
        (text[:at], text[at:])
        for text in ranked
        for at in range(1, len(text))
        if text[:at] in usable and text[at:] in usable
    ]


def _add(result: Any, tokens: TokenList) -> None:
    """Make control tokens and those of the model's authors stand for themselves wherever they occur."""
    from tokenizers import AddedToken

    phi3 = tokens.architecture == "phi3"

    def added(text: str) -> Any:
        return AddedToken(text, normalized=False, rstrip=phi3 and text not in _PHI3_KEEPS_SPACE_AFTER)

    result.add_special_tokens([added(text) for text in tokens.of_kind(Kind.CONTROL, Kind.UNKNOWN)])
    result.add_tokens([added(text) for text in tokens.of_kind(Kind.USER_DEFINED) if not _is_space(text)])


def _is_space(text: str) -> bool:
    """Runs of spaces, tabs and line ends are ordinary text, even where a model lists them with its own tokens."""
    return not text.replace(_SPACE, " ").strip()
