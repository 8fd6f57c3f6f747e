"""The KV cache: the keys and values of the tokens that a decoder has read, in memory that is allocated once.

Cropping costs nothing: what lies past the length is simply written over. It holds what the conversation said, so
`clear` really wipes it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.models.recurrent import RecurrentState


class KVCache:
    """Keys and values of one decoder; made by `Decoder.new_cache`.

    Not for use by two threads at once.

    Attributes:
        tokens: The tokens whose keys and values are in the cache, in order.
        capacity: How many tokens fit.
        buffers: One array (1, kv_heads, length, head_size), float32 or int8, for each layer's keys and each layer's
            values, of at least the capacity's length.
        logits: Where the decoder writes the logits of a step, float32 (1, 1, vocabulary).
        binding: ONNX Runtime's view of the buffers; the decoder's own.
        recurrent: The states of the decoder's convolutions, if it has any.
    """

    def __init__(
        self,
        buffers: Sequence[NDArray[Any]],
        logits: NDArray[np.float32],
        binding: Any,
        recurrent: RecurrentState | None = None,
        capacity: int | None = None,
    ) -> None:
        self.tokens: list[int] = []
        self.capacity = buffers[0].shape[2] if capacity is None else capacity
        self.buffers = tuple(buffers)
        self.logits = logits
        self.binding = binding
        self.recurrent = recurrent
        self._touched = 0

    @property
    def length(self) -> int:
        """How many tokens are in the cache."""
        return len(self.tokens)

    def crop_to(self, tokens: Sequence[int]) -> int:
        """Forget what these tokens (at least one) do not begin with, and the last of them: its logits are not kept, so
        it has to be read again. Returns how many are left."""
        known = min(self.common_prefix(tokens), len(tokens) - 1)
        self.crop(known)
        return known

    def common_prefix(self, tokens: Sequence[int]) -> int:
        """How many of the first tokens of `tokens` are in the cache already."""
        for index, (cached, token) in enumerate(zip(self.tokens, tokens, strict=False)):
            if cached != token:
                return index
        return min(len(self.tokens), len(tokens))

    def crop(self, length: int) -> None:
        """Forget all but the first `length` tokens (no error if there are fewer)."""
        del self.tokens[max(length, 0) :]
        if self.recurrent is not None:
            self.recurrent.crop(length)

    def touch(self, length: int) -> None:
        """Note that memory up to `length` tokens is about to be written."""
        self._touched = max(self._touched, length)

    def clear(self) -> None:
        """Forget everything and overwrite the memory with zeros."""
        self.tokens.clear()
        for buffer in self.buffers:
            buffer[:, :, : self._touched] = 0
        self.logits.fill(0)
        self._touched = 0
        if self.recurrent is not None:
            self.recurrent.clear()
