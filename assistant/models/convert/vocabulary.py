"""The tokenizer and chat template in a GGUF header, as the `tokenizer.json` and Jinja text that others read."""

from typing import Final

from assistant.errors import UnsupportedModelError
from assistant.models.convert import byte_level, sentencepiece
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.tokens import Kind, read_scores, read_tokens
from assistant.models.tokenizer import compile_template

_BYTE_LEVEL, _SENTENCEPIECE = "gpt2", "llama"
ENDS: Final = (
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end|>",
    "<|end_of_text|>",
    "<end_of_turn>",
)
"""Control tokens that end an answer wherever a vocabulary has them."""


def tokenizer_json(file: GgufFile) -> str:
    """The tokenizer as the JSON text that the `tokenizers` library loads.

    Raises:
        UnsupportedModelError: There is none, or it is of a kind that is not converted.
        ModelError: The header's tokenizer contradicts itself.
    """
    tokens = read_tokens(file)
    model = file.text("tokenizer.ggml.model")
    if model == _BYTE_LEVEL:
        merges = file.texts("tokenizer.ggml.merges")
        made = byte_level.tokenizer(tokens, merges, file.text("tokenizer.ggml.pre", ""))
    elif model == _SENTENCEPIECE:
        space_first = file.metadata.get("tokenizer.ggml.add_space_prefix", True) is not False
        made = sentencepiece.tokenizer(tokens, read_scores(file, tokens), space_first=space_first)
    else:
        raise _unsupported(file, model)
    text: str = made.to_str()
    return text


def _unsupported(file: GgufFile, model: str) -> UnsupportedModelError:
    return UnsupportedModelError(
        f"{file.path.name} uses the tokenizer “{model}”; Hippo converts byte-level BPE ({_BYTE_LEVEL}) and "
        f"SentencePiece ({_SENTENCEPIECE}).",
        next_step="Choose another model, or one that is in ONNX form already.",
    )


def chat_template(file: GgufFile) -> str:
    """The model's chat template, Jinja. It begins with the token that begins a text, if the model wants one.

    Raises:
        UnsupportedModelError: It has none, so it was not made for conversations.
        ModelError: It is no valid template.
    """
    template = file.text("tokenizer.chat_template", "")
    if not template:
        raise UnsupportedModelError(
            f"{file.path.name} has no chat template: it continues text but does not answer.",
            next_step="Choose the “instruct” or “chat” version of the model.",
        )
    compile_template(template)
    start = special_names(file).get("bos_token", "")
    usual = file.text("tokenizer.ggml.model", "") == _SENTENCEPIECE
    wanted = file.metadata.get("tokenizer.ggml.add_bos_token", usual) is True
    if wanted and start and start not in template and "bos_token" not in template:
        return "{{ bos_token }}" + template
    return template


def special_names(file: GgufFile) -> dict[str, str]:
    """What a chat template may call `bos_token` and `eos_token`, as in Hugging Face's tokenizer_config.json."""
    tokens = read_tokens(file).texts
    ids = {name: file.integer(f"tokenizer.ggml.{name}_token_id", -1) for name in ("bos", "eos")}
    return {f"{name}_token": tokens[index] for name, index in ids.items() if 0 <= index < len(tokens)}


def stop_tokens(file: GgufFile) -> list[int]:
    """The ids that end an answer: the header's end tokens, and the usual names of an end of turn or text.

    Raises:
        ModelError: The header names none, or one outside the vocabulary.
    """
    tokens = read_tokens(file)
    keys = ("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id")
    stops = {file.integer(key) for key in keys if key in file.metadata}
    for index, (text, kind) in enumerate(zip(tokens.texts, tokens.kinds, strict=True)):
        if text in ENDS and kind in (Kind.CONTROL, Kind.USER_DEFINED):
            stops.add(index)
    if not stops or not all(0 <= stop < len(tokens.texts) for stop in stops):
        raise tokens.contradiction()
    return sorted(stops)
