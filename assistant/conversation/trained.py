"""The model with the adapter that was taught to answer from memory: passages and a question in, a few words out.

It is loaded when it is first needed, or before that when nobody waits. It has a KV cache of its own, so the dialogue's
stays as it is. Whether its words can be trusted is decided in `recounting`.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from assistant.errors import CancelledError, ModelError
from assistant.models.adapted import load_adapted
from assistant.models.adapter import Adapter, find_adapter
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder, FloatArray
from assistant.models.generate import generate
from assistant.models.manifest import read_manifest
from assistant.models.sampling import Sampling
from assistant.store.allocator import passing_through

from .reading import READING_FORMAT, REFUSAL, ReadingPassage, reading_prompt

TASK: Final = "answer"

_ROOM: Final = 2048
"""Tokens of the prompt and the answer."""
_LONGEST: Final = 64
"""Tokens of an answer."""


@dataclass(frozen=True)
class Read:
    """What it answered.

    Attributes:
        text: Its words; `REFUSAL` where the passages do not tell.
        doubt: 0 to 1, how likely it was to refuse instead, before it wrote the first word.
    """

    text: str
    doubt: float


class TrainedReader:
    """Reads with one adapter. From one thread at a time, but for `prepare`.

    Attributes:
        read: Tokens that were read, all in all.
        problem: Why it cannot be used, once that is known: then it answers nothing.
    """

    def __init__(self, load: Callable[[Callable[[], bool]], Decoder]) -> None:
        """`load` loads the model with its adapter; given `cancelled`, it may raise `CancelledError`."""
        self._load = load
        self._decoder: Decoder | None = None
        self._cache: KVCache | None = None
        self._loading = threading.Lock()
        self.read = 0
        self.problem: ModelError | None = None

    @classmethod
    def beside(cls, decoder: Decoder, adapter: Adapter | None = None) -> "TrainedReader | None":
        """One for the model of `decoder`, with this adapter or the one that comes with Hippo; None where there is none.

        Raises:
            ModelError: The model's folder is damaged.
        """
        folder = decoder.folder
        if folder is None:
            return None
        chosen = adapter or find_adapter(TASK, read_manifest(folder), READING_FORMAT)
        if chosen is None:
            return None

        def load(cancelled: Callable[[], bool]) -> Decoder:
            with passing_through():
                return load_adapted(folder, chosen, decoder.tokenizer, cancelled=cancelled)

        return cls(load)

    def prepare(self, cancelled: Callable[[], bool] = lambda: False) -> Decoder | None:
        """Load the model, about a second, unless that is done; None where it cannot be used (see `problem`).

        Raises:
            CancelledError: `cancelled` answered true; the next call begins anew.
        """
        with self._loading:
            if self._decoder is None and self.problem is None:
                try:
                    self._decoder = self._load(cancelled)
                except ModelError as error:
                    self.problem = error
            return self._decoder

    def answer(
        self, question: str, passages: Sequence[ReadingPassage], today: date | None, *, cancelled: Callable[[], bool]
    ) -> Read | None:
        """Its answer, as it was trained to word it; None where it cannot be used, or no passage finds room.

        Args:
            question: In the user's words.
            passages: The best first: the last ones are left out where not all find room.
            today: As for `reading_prompt`.
            cancelled: Asked often.

        Raises:
            CancelledError: `cancelled` answered true.
            ModelError: The model failed.
        """
        decoder = self.prepare(cancelled)
        if decoder is None:
            return None
        prompt = _fitting(decoder, question, passages, today)
        if not prompt:
            return None
        cache, doubt = self._doubt(decoder, prompt, cancelled)
        written = generate(
            decoder, cache, prompt, sampling=Sampling(temperature=0), max_tokens=_LONGEST, cancelled=cancelled
        )
        text = "".join(chunk.text for chunk in written)
        if written.report is None or written.report.ended == "cancelled":
            raise CancelledError("The answer was stopped.")
        return Read(text.strip(), doubt)

    def doubts(
        self,
        question: str,
        passages: Sequence[ReadingPassage],
        today: date | None,
        *,
        cancelled: Callable[[], bool],
        on_prefill: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[float]:
        """What `Read.doubt` would be of each passage alone; all alike where it cannot be used.

        Of many passages at once it takes one for another; of the few that leave it little doubt it does so less.

        Args:
            question: As for `answer`.
            passages: Likewise.
            today: As for `reading_prompt`.
            cancelled: Asked often.
            on_prefill: Called with tokens read and tokens to read.

        Raises:
            CancelledError: `cancelled` answered true.
            ModelError: The model failed.
        """
        decoder = self.prepare(cancelled) if len(passages) > 1 else None
        if decoder is None:
            return [1.0] * len(passages)
        prompts = [_fitting(decoder, question, [passage], today) for passage in passages]
        total, done = sum(map(len, prompts)), 0
        doubts: list[float] = []
        for prompt in prompts:
            doubts.append(self._doubt(decoder, prompt, cancelled)[1] if prompt else 1.0)
            done += len(prompt)
            on_prefill(done, total)
        return doubts

    def _doubt(self, decoder: Decoder, prompt: Sequence[int], cancelled: Callable[[], bool]) -> tuple[KVCache, float]:
        """A cache that holds a prompt, and the probability of refusing after it."""
        if self._cache is None:
            self._cache = decoder.new_cache(_ROOM)
        known = self._cache.crop_to(prompt)
        self.read += len(prompt) - known
        logits = decoder.prefill(self._cache, prompt[known:], cancelled=cancelled)
        return self._cache, _chance(logits, decoder.tokenizer.encode(REFUSAL)[0])

    def clear(self) -> None:
        """Forget what was read and wipe it."""
        if self._cache is not None:
            self._cache.clear()


def _chance(logits: FloatArray, token: int) -> float:
    """The probability of a token: the softmax of `logits`, float32 (vocabulary,)."""
    powers = np.exp(logits.astype(np.float64) - float(logits.max()))
    return float(powers[token] / powers.sum())


def _fitting(decoder: Decoder, question: str, passages: Sequence[ReadingPassage], today: date | None) -> list[int]:
    """The prompt with as many of the first passages as find room; [] where none does."""
    room = min(_ROOM, decoder.context_length) - _LONGEST
    for count in range(len(passages), 0, -1):
        prompt = decoder.tokenizer.encode_chat(
            reading_prompt(passages[:count], question, today), add_generation_prompt=True
        )
        if len(prompt) <= room:
            return prompt
    return []
