"""The decoder: a language model that reads tokens into a KV cache and says what may come next.

It knows logits, not answers: choosing tokens is `sampling`, stopping is `generate`, text is `tokenizer`.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CancelledError, ModelError
from assistant.models.cache import KVCache
from assistant.models.interrupt import Interrupt, run_bound
from assistant.models.layout import DecoderLayout, recognise
from assistant.models.manifest import Manifest, read_manifest
from assistant.models.recurrent import RecurrentState
from assistant.models.runtime import open_session
from assistant.models.tokenizer import Tokenizer

FloatArray = NDArray[np.float32]

_CHUNK: Final = 256  # tokens; larger is not faster, and progress is seen between chunks
_READ_AGAIN: Final = 32  # tokens at most that convolutions read again after a crop


class Decoder:
    """A loaded language model. Several caches may use it; each at most from one thread at a time.

    Attributes:
        name: The model's name, for people.
        tokenizer: Its tokenizer and chat template.
        context_length: How many tokens it can see.
        stop_tokens: The ids that end an answer.
        vocabulary: How many logits it gives.
        size: Bytes of its weights.
        answers: As `Manifest.answers`.
        folder: Where it was loaded from; None for one that lies nowhere.
    """

    def __init__(self, session: Any, layout: DecoderLayout, tokenizer: Tokenizer, manifest: Manifest) -> None:
        self.name = manifest.name
        self.tokenizer = tokenizer
        self.context_length = manifest.context_length
        self.stop_tokens = frozenset(manifest.stop_tokens)
        self.vocabulary = layout.vocabulary
        self.size = sum(file.size for name, file in manifest.files.items() if ".onnx" in name)
        self.answers = manifest.answers
        self.folder: Path | None = None
        self._session = session
        self._layout = layout
        self._mask = np.ones((1, manifest.context_length), np.int64)

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> "Decoder":
        """Load the model folder `folder` (see `library` for where it comes from).

        Args:
            folder: Holds model.onnx, tokenizer.json (packed or plain), chat_template.jinja and hippo.json.
            threads: How many threads compute; 0 takes the physical cores.

        Raises:
            ModelError: Something in the folder is missing or damaged.
            UnsupportedModelError: The graph is of a kind that Hippo cannot run.
        """
        manifest = read_manifest(folder)
        tokenizer = Tokenizer.load(folder)
        session = open_session(folder / "model.onnx", threads)
        if manifest.graph == "export":
            from assistant.models.export_layout import recognise_export
            from assistant.models.exported import ExportedDecoder

            return ExportedDecoder(session, recognise_export(session), tokenizer, manifest)
        decoder = cls(session, recognise(session), tokenizer, manifest)
        decoder.folder = folder
        return decoder

    def new_cache(self, capacity: int) -> KVCache:
        """An empty cache for `capacity` tokens, at most the context length. Memory is taken as tokens come in."""
        import onnxruntime

        capacity = min(capacity, self.context_length)
        layout, binding = self._layout, self._session.io_binding()
        # np.zeros asks the system for untouched pages, so what is never used costs nothing.
        length = max(capacity, layout.rows_per_token * min(capacity, _CHUNK + 1 + _READ_AGAIN))
        buffers = [np.zeros((1, layout.kv_heads, length, layout.head_size), layout.cache_type) for _ in layout.past]
        for past, present, buffer in zip(layout.past, layout.present, buffers, strict=True):
            value = onnxruntime.OrtValue.ortvalue_from_numpy(buffer)
            binding.bind_ortvalue_input(past, value)
            binding.bind_ortvalue_output(present, value)
        recurrent = RecurrentState(layout.conv_shapes) if layout.past_conv else None
        return KVCache(buffers, np.zeros((1, 1, layout.vocabulary), np.float32), binding, recurrent, capacity)

    def extend(
        self, cache: KVCache, tokens: Sequence[int], *, keep: int = 1, interrupt: Interrupt | None = None
    ) -> FloatArray:
        """Read `tokens` after those in `cache`, in one pass (in several if they are very many).

        With keep > 1 it checks several guessed tokens at once: row i tells what follows after the i-th of the kept
        positions, and `cache.crop` takes back the guesses that were wrong.

        Returns:
            The logits of the last `keep` of these positions, float32 (keep, vocabulary).

        Raises:
            CancelledError: `interrupt` ended it; the cache is as it was.
            ModelError: They do not fit into the cache, or ONNX Runtime failed; the cache is as it was.
        """
        total = cache.length + len(tokens)
        if total > cache.capacity:
            raise ModelError(
                f"The text is longer than the model can see ({total:,} tokens, of {cache.capacity:,}).",
                next_step="Shorten it, or start a new conversation.",
            )
        if not 0 <= keep <= len(tokens) or not all(0 <= token < self.vocabulary for token in tokens):
            raise ModelError("The tokens do not belong to this model.")
        if self._layout.rows_per_token == 1:
            return self._pass(cache, tokens, keep, interrupt)
        most = cache.buffers[0].shape[2] // self._layout.rows_per_token - _READ_AGAIN
        if len(tokens) <= most or total <= most + _READ_AGAIN:
            return self._pass(cache, tokens, keep, interrupt)
        before = cache.length
        kept = []
        try:
            for start in range(0, len(tokens), most):
                piece = tokens[start : start + most]
                later = len(tokens) - start - len(piece)
                kept.append(self._pass(cache, piece, min(max(keep - later, 0), len(piece)), interrupt))
        except (CancelledError, ModelError):
            cache.crop(before)
            raise
        return np.concatenate(kept)

    def _pass(self, cache: KVCache, tokens: Sequence[int], keep: int, interrupt: Interrupt | None) -> FloatArray:
        import onnxruntime

        total = cache.length + len(tokens)
        logits = cache.logits if keep == 1 else np.empty((1, keep, self.vocabulary), np.float32)
        # After a crop, convolutions may have to read a few tokens again.
        read = [*cache.tokens[cache.recurrent.length :], *tokens] if cache.recurrent is not None else tokens
        inputs = {
            "input_ids": np.array([read], np.int64),
            "attention_mask": self._mask[:, :total],
            "num_logits_to_keep": np.array(keep, np.int64),
        }
        states, windows = self._bind_recurrent(cache, len(read))
        for name, array in inputs.items():
            cache.binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(array))
        cache.binding.bind_ortvalue_output("logits", onnxruntime.OrtValue.ortvalue_from_numpy(logits))
        cache.touch(total)
        run_bound(self._session, cache.binding, interrupt)
        cache.tokens.extend(tokens)
        if cache.recurrent is not None:
            cache.recurrent.advance(windows)
            del states  # ONNX Runtime does not hold them itself
        rows: FloatArray = logits[0].copy() if keep == 1 else logits[0]
        return rows

    def _bind_recurrent(self, cache: KVCache, count: int) -> tuple[list[FloatArray], list[FloatArray]]:
        """Bind the convolutions' states for a pass of `count` tokens; returns these, and where it leaves the new ones.

        The caller holds both until the pass is over.
        """
        import onnxruntime

        if cache.recurrent is None:
            return [], []
        states, windows = cache.recurrent.states(), cache.recurrent.windows(count)
        for name, state in zip(self._layout.past_conv, states, strict=True):
            cache.binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(state))
        for name, window in zip(self._layout.present_conv, windows, strict=True):
            cache.binding.bind_ortvalue_output(name, onnxruntime.OrtValue.ortvalue_from_numpy(window))
        return states, windows

    def prefill(
        self,
        cache: KVCache,
        tokens: Sequence[int],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        chunk: int = _CHUNK,
    ) -> FloatArray:
        """Read `tokens` (at least one) after those in `cache`, a chunk at a time.

        Args:
            cache: Receives the tokens.
            tokens: What to read.
            progress: Called with (read, all) after each chunk.
            cancelled: Asked before each chunk and, by another thread, a hundred times a second within it.
            chunk: Tokens in a chunk, one more where only one would be left over.

        Returns:
            The logits of the last position, float32 (vocabulary,).

        Raises:
            CancelledError: `cancelled` said so; the chunks that were read whole stay in the cache.
            ModelError: As in `extend`, or there are no tokens.
        """
        if not tokens:
            raise ModelError("There is nothing to read.")
        if cache.length + len(tokens) > cache.capacity:
            self.extend(cache, tokens)  # raises before any work is done
        with contextlib.ExitStack() as stack:
            interrupt = stack.enter_context(Interrupt(cancelled)) if cancelled is not None else None
            logits: FloatArray = np.empty((0, self.vocabulary), np.float32)
            done = 0
            while done < len(tokens):
                if interrupt is not None and interrupt.check():
                    raise CancelledError("The answer was stopped.")
                left = len(tokens) - done
                # ONNX Runtime rounds differently for a single token, so none is left over by chance.
                size = left if left <= chunk + 1 else max(chunk, 1)
                logits = self.extend(
                    cache, tokens[done : done + size], keep=1 if size == left else 0, interrupt=interrupt
                )
                done += size
                if progress is not None:
                    progress(done, len(tokens))
        last: FloatArray = logits[0]
        return last

    def step(self, cache: KVCache, token: int) -> FloatArray:
        """Read one token; returns the logits of what follows, float32 (vocabulary,). Errors as in `extend`."""
        logits: FloatArray = self.extend(cache, (token,))[0]
        return logits
