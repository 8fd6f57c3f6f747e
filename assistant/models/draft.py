"""A small model that guesses for a large one with the same tokens (Leviathan et al. 2023, arXiv 2211.17192)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import InputError, ModelError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.manifest import read_manifest
from assistant.models.tokenizer import Tokenizer

_TIMES_LARGER = 4
"""How much larger a model has to be for guesses to cost little beside it."""


def draft_for(large: Decoder, folder: Path) -> Decoder | None:
    """The model in `folder`, where it can guess for `large`: it has the same tokens and is far smaller.

    None where it is not, or is missing or damaged: guessing is no more than a help.
    """
    try:
        manifest = read_manifest(folder)
        size = sum(file.size for name, file in manifest.files.items() if ".onnx" in name)
        if large.size < _TIMES_LARGER * size or not Tokenizer.load(folder).same_tokens(large.tokenizer):
            return None
        return Decoder.load(folder)
    except ModelError:
        return None


class DraftModel:
    """Guesses greedily. It has a KV cache of its own, which is kept from answer to answer; see `clear`."""

    def __init__(self, decoder: Decoder, capacity: int) -> None:
        """Use `decoder`, for texts of at most `capacity` tokens; a longer one gets no guesses."""
        self._decoder = decoder
        self._cache: KVCache = decoder.new_cache(capacity)

    @classmethod
    def beside(cls, decoder: Decoder, large: Decoder, capacity: int) -> "DraftModel":
        """One that guesses for `large`.

        Raises:
            InputError: The two models do not share their tokens.
        """
        if not decoder.tokenizer.same_tokens(large.tokenizer):
            raise InputError(f"{decoder.name} cannot guess for {large.name}: their tokens differ.")
        return cls(decoder, capacity)

    def guess(self, text: Sequence[int], limit: int, cancelled: Callable[[], bool]) -> list[int]:
        """What may follow `text`: at most `limit` tokens, none where they do not fit.

        Raises:
            CancelledError: `cancelled` said so while the text was read.
            ModelError: The model failed.
        """
        cache = self._cache
        limit = min(limit, cache.capacity - len(text))
        if limit < 1:
            return []
        known = cache.crop_to(text)
        logits = self._decoder.prefill(cache, text[known:], cancelled=cancelled)
        tokens = [int(logits.argmax())]
        while len(tokens) < limit and tokens[-1] not in self._decoder.stop_tokens and not cancelled():
            tokens.append(int(self._decoder.step(cache, tokens[-1]).argmax()))
        return tokens

    def clear(self) -> None:
        """Forget what was read and wipe it."""
        self._cache.clear()
