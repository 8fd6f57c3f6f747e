"""The embedder: texts to vectors whose cosine says how alike their meanings are.

Reimers and Gurevych 2019 (arXiv 1908.10084): the mean of a BERT's last hidden states, scaled to length 1. It does not
search or store (see `assistant.store`).
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CancelledError, ModelError, UnsupportedModelError
from assistant.models.manifest import Manifest, read_manifest
from assistant.models.runtime import open_session
from assistant.models.tokenizer import well_formed
from assistant.models.tokenizer_file import read_definition

FloatArray = NDArray[np.float32]

_BATCH_TEXTS: Final = 32
_BATCH_TOKENS: Final = 1024  # padding included; more at once is not faster, and stopping is prompt
_INPUTS: Final = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class Embedder:
    """A loaded embedder. It may be used by several threads.

    Attributes:
        name: The model's name, for people.
        version: Changes when vectors made before can no longer be compared with new ones.
        dimensions: Width of a vector.
        context_length: Word pieces of a text that are seen, with the two that mark its ends; the rest is ignored.
    """

    def __init__(self, session: Any, tokenizer: Any, manifest: Manifest) -> None:
        self.name = manifest.name
        self.version = f"{manifest.name}/{manifest.files['model.onnx'].sha256[:16]}"
        self.context_length = manifest.context_length
        inputs = {value.name for value in session.get_inputs()}
        width = session.get_outputs()[0].shape[-1]
        if not {"input_ids", "attention_mask"} <= inputs <= _INPUTS or not isinstance(width, int):
            raise UnsupportedModelError(f"{manifest.name} is no embedder that Hippo knows.")
        self.dimensions: int = width
        self._inputs = inputs
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path, threads: int = 0) -> Self:
        """Load the model folder `folder` (model.onnx, a tokenizer.json, hippo.json); 0 threads: the physical cores.

        Raises:
            ModelError: Something in the folder is missing or damaged.
            UnsupportedModelError: The graph is no embedder that Hippo knows.
        """
        import tokenizers

        manifest = read_manifest(folder)
        try:
            tokenizer = tokenizers.Tokenizer.from_str(read_definition(folder))
            # Exports bring the padding and truncation of their training; both are done here.
            tokenizer.no_padding()
            tokenizer.no_truncation()
            tokenizer.encode_special_tokens = True
        except Exception as error:  # the library raises bare Exception
            raise ModelError("The embedder's tokenizer is damaged.", next_step="Start Hippo again.") from error
        return cls(open_session(folder / "model.onnx", threads), tokenizer, manifest)

    def count_tokens(self, text: str) -> int:
        """How many word pieces `text` has, with the two that mark its ends."""
        return len(self._tokenizer.encode(well_formed(text)).ids)

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FloatArray:
        """Embed `texts`, each of any length, even empty.

        Args:
            texts: What to embed.
            progress: Called with (embedded, all) after each batch.
            cancelled: Asked before each batch.

        Returns:
            float32 (len(texts), dimensions); every row has length 1.

        Raises:
            CancelledError: `cancelled` said so.
            ModelError: ONNX Runtime failed.
        """
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        pieces = [
            self._truncated(encoding.ids)
            for encoding in self._tokenizer.encode_batch([well_formed(text) for text in texts])
        ]
        done = 0
        for batch in _batches([len(ids) for ids in pieces]):
            if cancelled is not None and cancelled():
                raise CancelledError("Embedding was stopped.")
            vectors[batch] = self._run([pieces[index] for index in batch])
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors

    def _truncated(self, ids: list[int]) -> list[int]:
        if len(ids) <= self.context_length:
            return ids
        return [*ids[: self.context_length - 1], ids[-1]]

    def _run(self, batch: list[list[int]]) -> FloatArray:
        ids = np.zeros((len(batch), max(map(len, batch))), np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            hidden = self._session.run(None, {name: feeds[name] for name in self._inputs})[0]
        except Exception as error:  # ONNX Runtime's exceptions have no common base of their own
            raise ModelError("The embedder failed while computing.", next_step="Free some memory.") from error
        weights = mask[:, None, :].astype(np.float32)
        # The sum over the text's own tokens; scaling to length 1 makes it the same as the mean.
        sums: FloatArray = (weights @ hidden)[:, 0]
        sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return sums


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Group the indices of `lengths` so that texts of like length go together and padding stays small."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if len(batch) == _BATCH_TEXTS or (batch and (len(batch) + 1) * lengths[index] > _BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
