"""The tokenizer and chat template in a GGUF header, as the `tokenizer.json` and Jinja text that others read.

Only byte-level BPE ("gpt2" in GGUF's words) with pre-tokenisers that were checked; anything else is refused, because
a tokenizer that is slightly wrong makes a model quietly stupid.
"""

from typing import Final

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile

_NORMAL, _CONTROL, _USER_DEFINED = 1, 3, 4
_PRE_TOKENISERS: Final = ("smollm",)
_ENDS: Final = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<end_of_turn>")


def tokenizer_json(file: GgufFile) -> str:
    """The tokenizer as the JSON text that the `tokenizers` library loads.

    Raises:
        UnsupportedModelError: The tokenizer is of a kind that is not converted.
        ModelError: The header's tokenizer contradicts itself.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
    from tokenizers.models import BPE

    model, pre = file.text("tokenizer.ggml.model"), file.text("tokenizer.ggml.pre", "")
    if model != "gpt2" or pre not in _PRE_TOKENISERS:
        raise UnsupportedModelError(
            f"{file.path.name} uses the tokenizer “{model}/{pre}”; Hippo converts {', '.join(_PRE_TOKENISERS)}.",
            next_step="Choose a SmolLM or SmolLM2 file.",
        )
    tokens, kinds = file.texts("tokenizer.ggml.tokens"), file.metadata.get("tokenizer.ggml.token_type")
    if len(set(tokens)) != len(tokens) or not isinstance(kinds, list) or len(kinds) != len(tokens):
        raise _contradiction(file)
    merges = [tuple(merge.split(" ")) for merge in file.texts("tokenizer.ggml.merges")]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    try:
        tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=[(left, right) for left, right in merges]))
    except Exception as error:  # the library raises bare Exception
        raise _contradiction(file) from error
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    added = [(token, kind) for token, kind in zip(tokens, kinds, strict=True) if kind in (_CONTROL, _USER_DEFINED)]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token, kind in added if kind == _CONTROL])
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token, kind in added if kind == _USER_DEFINED])
    text: str = tokenizer.to_str()
    return text


def chat_template(file: GgufFile) -> str:
    """The model's chat template, Jinja.

    Raises:
        UnsupportedModelError: It has none, so it was not made for conversations.
    """
    template = file.text("tokenizer.chat_template", "")
    if not template:
        raise UnsupportedModelError(
            f"{file.path.name} has no chat template: it continues text but does not answer.",
            next_step="Choose the “instruct” or “chat” version of the model.",
        )
    return template


def special_names(file: GgufFile) -> dict[str, str]:
    """What a chat template may call `bos_token` and `eos_token`, as in Hugging Face's tokenizer_config.json."""
    tokens = file.texts("tokenizer.ggml.tokens")
    ids = {name: file.integer(f"tokenizer.ggml.{name}_token_id", -1) for name in ("bos", "eos")}
    return {f"{name}_token": tokens[index] for name, index in ids.items() if 0 <= index < len(tokens)}


def stop_tokens(file: GgufFile) -> list[int]:
    """The ids that end an answer: the header's end tokens, and the usual names of an end of turn or text.

    Raises:
        ModelError: The header names none, or one outside the vocabulary.
    """
    tokens = file.texts("tokenizer.ggml.tokens")
    keys = ("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id")
    stops = {file.integer(key) for key in keys if key in file.metadata}
    kinds = file.metadata["tokenizer.ggml.token_type"]
    if isinstance(kinds, list):
        pairs = zip(tokens, kinds, strict=True)
        stops |= {index for index, (token, kind) in enumerate(pairs) if kind == _CONTROL and token in _ENDS}
    if not stops or not all(0 <= stop < len(tokens) for stop in stops):
        raise _contradiction(file)
    return sorted(stops)


def _contradiction(file: GgufFile) -> ModelError:
    return ModelError(f"The tokenizer in {file.path.name} contradicts itself.", next_step="Download or copy it again.")
