"""Runs ONNX exports that Hippo did not make, behind the same interface as its own graphs (`Decoder`, `KVCache`).

Such graphs give back their whole cache, grown by the new tokens. It goes back and forth between two pieces of memory
that are allocated once, so nothing is allocated for a token, and `clear` really wipes it.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CancelledError, ModelError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.export_layout import ExportLayout
from assistant.models.interrupt import Interrupt, run_bound
from assistant.models.layout import DecoderLayout
from assistant.models.manifest import Manifest
from assistant.models.tokenizer import Tokenizer

FloatArray = NDArray[np.float32]
Array = NDArray[Any]

_RECENT: Final = 16  # states that are kept whatever the distance
_EVERY: Final = 128  # tokens between older ones
_PROBES: Final = ((30, 40, 50, 60), (100, 11, 200, 5), (9, 8, 7, 6))  # any tokens will do
_LARGEST_ERROR: Final = 0.3  # standard deviations of the logits


class ExportedCache(KVCache):
    """The cache of an `ExportedDecoder`, which alone reads and writes what goes beyond `KVCache`.

    A growing cache can be cropped to any length. States of fixed size cannot: they are kept after each pass, and a crop
    falls back to the nearest one that is not too late. The tokens that are missing then are read again with what comes
    next.

    Attributes:
        seen: How many of the tokens the graph's states have seen; the others have to be read again.
    """

    def __init__(self, layout: ExportLayout, capacity: int) -> None:
        """Take memory for `capacity` tokens (twice, but untouched memory costs nothing)."""
        sides = [
            [np.zeros((1, state.heads, capacity, state.width), state.dtype) for state in layout.growing]
            for _ in range(2)
        ]
        super().__init__([*sides[0], *sides[1]], np.zeros((1, 1, layout.vocabulary), np.float32), None, None, capacity)
        self.seen = 0
        self._layout = layout
        self._sides = sides
        self._length = 0  # of what lies in the current side
        self._fixed = {0: [np.zeros(state.shape, state.dtype) for state in layout.fixed]}

    def crop(self, length: int) -> None:
        """As in `KVCache.crop`."""
        super().crop(length)
        self.seen = min(self.seen, len(self.tokens))
        if self._layout.fixed:
            self._fixed = {at: states for at, states in self._fixed.items() if at <= self.seen}
            self.seen = max(self._fixed)

    def clear(self) -> None:
        """Forget everything and overwrite the memory with zeros."""
        self.tokens.clear()
        touched = self._touched
        for buffer in self.buffers:
            heads, width = buffer.shape[1], buffer.shape[3]
            buffer.reshape(-1)[: heads * touched * width] = 0
        self.logits.fill(0)
        for states in self._fixed.values():
            for state in states:
                state.fill(0)
        self._fixed = {0: [np.zeros(state.shape, state.dtype) for state in self._layout.fixed]}
        self.seen = self._length = self._touched = 0

    def past(self) -> list[Array]:
        """The growing states after `seen` tokens, each (1, heads, seen, width) without gaps."""
        if self.seen < self._length:
            for used, spare in zip(self._sides[0], self._sides[1], strict=True):
                _front(spare, self.seen)[...] = _front(used, self._length)[:, :, : self.seen]
            self._turn(self.seen)
        return [_front(side, self.seen) for side in self._sides[0]]

    def room(self, length: int) -> list[Array]:
        """Where the graph is to leave its growing states for `length` tokens."""
        self.touch(length)
        return [_front(side, length) for side in self._sides[1]]

    def states(self) -> list[Array]:
        """The fixed states after `seen` tokens."""
        return self._fixed[self.seen] if self._layout.fixed else []

    def advance(self, length: int, states: list[Array]) -> None:
        """Take over what the graph left: `room(length)`, and the fixed states."""
        self._turn(length)
        self.seen = length
        if self._layout.fixed:
            self._fixed[length] = states
            self._thin()

    def _turn(self, length: int) -> None:
        self._sides.reverse()
        self._length = length

    def _thin(self) -> None:
        last = 0
        for at in sorted(self._fixed)[1:-_RECENT]:
            if at - last < _EVERY:
                del self._fixed[at]
            else:
                last = at


def _front(side: Array, length: int) -> Array:
    """The start of the memory of `side`, as an array for `length` tokens."""
    _, heads, _, width = side.shape
    return side.reshape(-1)[: heads * length * width].reshape(1, heads, length, width)


class ExportedDecoder(Decoder):
    """A decoder whose graph came as an export; see `Decoder`. Several caches may use it."""

    def __init__(self, session: Any, layout: ExportLayout, tokenizer: Tokenizer, manifest: Manifest) -> None:
        names = tuple(state.past for state in layout.growing), tuple(state.present for state in layout.growing)
        super().__init__(session, DecoderLayout(*names, 0, 0, layout.vocabulary), tokenizer, manifest)
        self._export = layout
        # Some merged graphs were traced with one new token, and take the others for later ones where there is a past.
        self._one_by_one = layout.merged and not self._continues_well()

    def new_cache(self, capacity: int) -> KVCache:
        """As in `Decoder.new_cache`."""
        return ExportedCache(self._export, min(capacity, self.context_length))

    def _pass(self, cache: KVCache, tokens: Sequence[int], keep: int, interrupt: Interrupt | None) -> FloatArray:
        assert isinstance(cache, ExportedCache)  # noqa: S101 - from `new_cache`
        before, seen = cache.length, cache.seen
        read = [*cache.tokens[seen:], *tokens]
        # Without a past any number of tokens can be read at once.
        sizes = [len(read)] if not self._one_by_one or seen == 0 else [1] * len(read)
        rows, left = [], len(read)
        try:
            for size in sizes:
                left -= size
                piece = read[len(read) - left - size : len(read) - left]
                rows.append(self._run(cache, piece, min(max(keep - left, 0), size), interrupt))
        except (CancelledError, ModelError):
            cache.crop(before)
            raise
        cache.tokens.extend(tokens)
        return np.concatenate(rows)

    def _run(self, cache: ExportedCache, tokens: Sequence[int], keep: int, interrupt: Interrupt | None) -> FloatArray:
        """One pass of the graph over `tokens`, after what the cache's states have seen; logits of the last `keep`."""
        import onnxruntime

        value = onnxruntime.OrtValue.ortvalue_from_numpy
        layout, total = self._export, cache.seen + len(tokens)
        rows = max(keep, 1) if "num_logits_to_keep" in layout.inputs else len(tokens)
        plain: dict[str, object] = {
            "input_ids": [tokens],
            "attention_mask": self._mask[:, :total],
            "position_ids": np.arange(cache.seen, total)[None],
            "use_cache_branch": [cache.seen > 0],
            "num_logits_to_keep": np.full((1,) * layout.kept_rank, rows),
        }
        inputs = {name: np.asarray(plain[name], dtype) for name, dtype in layout.inputs.items()}
        inputs |= {state.past: array for state, array in zip(layout.growing, cache.past(), strict=True)}
        inputs |= {state.past: array for state, array in zip(layout.fixed, cache.states(), strict=True)}
        states = [np.empty(state.shape, state.dtype) for state in layout.fixed]
        outputs = {state.present: array for state, array in zip(layout.growing, cache.room(total), strict=True)}
        outputs |= {state.present: array for state, array in zip(layout.fixed, states, strict=True)}
        logits = np.empty((1, rows, self.vocabulary), layout.logits)
        if keep:
            outputs["logits"] = logits
        binding = self._session.io_binding()
        for name, array in inputs.items():
            binding.bind_ortvalue_input(name, value(array))
        for name, array in outputs.items():
            binding.bind_ortvalue_output(name, value(array))
        run_bound(self._session, binding, interrupt)
        cache.advance(total, states)
        kept: FloatArray = logits[0, rows - keep :].astype(np.float32)
        return kept

    def _continues_well(self) -> bool:
        """Whether reading several tokens after a past gives the same as reading all at once.

        A quantised model rounds a token alone and among others a little differently: by at most 0.12 standard
        deviations of its logits where that was measured, against about 1 where tokens see later ones.
        """
        for probe in _PROBES:
            tokens = [token % self.vocabulary for token in probe]
            whole, halves = ExportedCache(self._export, len(tokens)), ExportedCache(self._export, len(tokens))
            wanted = self._run(whole, tokens, 2, None)
            self._run(halves, tokens[:-2], 0, None)
            if np.abs(self._run(halves, tokens[-2:], 2, None) - wanted).max() > _LARGEST_ERROR * wanted.std():
                return False
        return True
