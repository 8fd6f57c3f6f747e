"""The list of tokens in a GGUF header, checked: what `byte_level` and `sentencepiece` make tokenizers of."""

import math
from dataclasses import dataclass
from enum import IntEnum

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile


class Kind(IntEnum):
    """What a token is, in the numbers of SentencePiece."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


@dataclass(frozen=True)
class TokenList:
    """The tokens of a model.

    Attributes:
        file_name: Where they come from, for messages.
        architecture: Of the model: some have habits that no header tells.
        texts: One for each id, all different.
        kinds: One for each id.
    """

    file_name: str
    architecture: str
    texts: list[str]
    kinds: list[int]

    @property
    def ids(self) -> dict[str, int]:
        """The ids by text."""
        return {text: index for index, text in enumerate(self.texts)}

    def of_kind(self, *kinds: Kind) -> list[str]:
        """The tokens that are of one of these kinds."""
        return [text for text, kind in zip(self.texts, self.kinds, strict=True) if kind in kinds]

    def contradiction(self) -> ModelError:
        """The error to raise where they make no sense."""
        return ModelError(
            f"The tokenizer in {self.file_name} contradicts itself.", next_step="Download or copy it again."
        )


def read_tokens(file: GgufFile) -> TokenList:
    """The tokens of `file`.

    Raises:
        UnsupportedModelError: It has none.
        ModelError: They contradict each other.
    """
    if "tokenizer.ggml.tokens" not in file.metadata or "tokenizer.ggml.model" not in file.metadata:
        raise UnsupportedModelError(
            f"{file.path.name} holds no tokenizer: it is only a part of a model.",
            next_step="Choose a file that holds the whole model.",
        )
    texts = file.texts("tokenizer.ggml.tokens")
    kinds = file.metadata.get("tokenizer.ggml.token_type", [int(Kind.NORMAL)] * len(texts))
    whole = [kind for kind in kinds if isinstance(kind, int)] if isinstance(kinds, list) else []
    tokens = TokenList(file.path.name, file.text("general.architecture", ""), texts, whole)
    if not texts or len(set(texts)) != len(texts) or len(whole) != len(texts):
        raise tokens.contradiction()
    return tokens


def read_scores(file: GgufFile, tokens: TokenList) -> list[float]:
    """How much SentencePiece likes each of `tokens`.

    Raises:
        ModelError: They are missing, or not one number for each token.
    """
    values = file.metadata.get("tokenizer.ggml.scores")
    scores = [float(value) for value in values if isinstance(value, int | float)] if isinstance(values, list) else []
    if len(scores) != len(tokens.texts) or not all(map(math.isfinite, scores)):
        raise tokens.contradiction()
    return scores
