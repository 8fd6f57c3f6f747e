"""The decoding loop: a prompt in, an answer out as it is written, and a report of why and how fast it ended.

It does not make prompts or store answers (see `assistant.conversation`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CancelledError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.draft import DraftModel
from assistant.models.interrupt import Interrupt
from assistant.models.sampling import Sampler, Sampling
from assistant.models.speculation import Speculation

Ending = Literal["stop", "length", "cancelled"]

_PENALTY_WINDOW: Final = 64  # tokens


@dataclass(frozen=True)
class Chunk:
    """A piece of an answer: its text, which ends on a whole character, and the tokens that it came from."""

    text: str
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """How an answer went.

    Attributes:
        ended: "stop": the model was done; "length": it reached the limit or the end of its context;
            "cancelled": the user stopped it.
        prompt_tokens: Tokens of the prompt.
        reused_tokens: Of these, how many were in the cache already.
        generated_tokens: Tokens of the answer, without the stop token.
        prefill_ms: Milliseconds until the prompt was read.
        generate_ms: Milliseconds from then to the end, without the time that the caller took between chunks.
        guessed_tokens: Tokens that were guessed and checked.
        right_tokens: Of these, how many were right.
    """

    ended: Ending
    prompt_tokens: int
    reused_tokens: int
    generated_tokens: int
    prefill_ms: float
    generate_ms: float
    guessed_tokens: int = 0
    right_tokens: int = 0


class Answer:
    """An answer that is written while it is iterated over (once), in `Chunk`s.

    Attributes:
        report: How it went; None until it has ended.
    """

    def __init__(self, chunks: Callable[["Answer"], Iterator[Chunk]]) -> None:
        self.report: Report | None = None
        self._chunks = chunks(self)

    def __iter__(self) -> Iterator[Chunk]:
        return self._chunks


def generate(
    decoder: Decoder,
    cache: KVCache,
    prompt: Sequence[int],
    *,
    sampling: Sampling,
    max_tokens: int,
    cancelled: Callable[[], bool],
    on_prefill: Callable[[int, int], None] | None = None,
    lookup: bool = True,
    sources: Sequence[Sequence[int]] = (),
    draft: DraftModel | None = None,
) -> Answer:
    """Continue `prompt`. Nothing is computed before the result is iterated over.

    With `lookup`, what the answer copies from the prompt is written several tokens at a time, and with a draft model
    what that guesses right; neither changes what is written (see `speculation`). Where a model's graph computes a token
    alone and among others with the same rounding (see `convert.attention`), that is so to the last bit.

    What the cache shares with the start of the prompt is kept and the rest of the cache dropped. Afterwards the cache
    holds the prompt and the answer, except perhaps the answer's last token; it may be cropped and used again.

    The repetition penalty is about the answer's own last 64 tokens: a memory that is quoted is no repetition.

    Args:
        decoder: The model.
        cache: One of its caches.
        prompt: At least one token.
        sampling: How to draw tokens.
        max_tokens: At most this many tokens.
        cancelled: Asked before each token and, by another thread, a hundred times a second; the answer ends when it
            is true, and what the model is computing then is given up.
        on_prefill: Called with (read, all) as the part of the prompt that is not in the cache is read.
        lookup: Whether to guess at all; without it a token is computed at a time.
        sources: Tokens of further texts that the answer may quote.
        draft: A smaller model that guesses where nothing is found.

    Raises:
        ModelError: While iterating: the prompt does not fit into the cache, or the model failed.
    """
    speculation = Speculation(prompt, sources=sources, draft=draft) if lookup else None
    return Answer(
        lambda answer: _write(answer, decoder, cache, prompt, sampling, max_tokens, cancelled, on_prefill, speculation)
    )


def _write(
    answer: Answer,
    decoder: Decoder,
    cache: KVCache,
    prompt: Sequence[int],
    sampling: Sampling,
    max_tokens: int,
    cancelled: Callable[[], bool],
    on_prefill: Callable[[int, int], None] | None,
    speculation: Speculation | None,
) -> Iterator[Chunk]:
    reused = cache.crop_to(prompt)
    stream = decoder.tokenizer.stream()
    written = _Written()
    given = 0
    start = time.perf_counter()
    prefilled = generating = 0.0
    try:
        try:
            logits = decoder.prefill(cache, prompt[reused:], progress=on_prefill, cancelled=cancelled)
        except CancelledError:
            return
        finally:
            prefilled = time.perf_counter() - start
        start = time.perf_counter()
        with Interrupt(cancelled) as interrupt:
            for token in _tokens(
                written, decoder, cache, logits, Sampler(sampling), max_tokens, interrupt, speculation
            ):
                if text := stream.push(token):
                    chunk = Chunk(text, tuple(written.tokens[given:]))
                    given = len(written.tokens)
                    generating += time.perf_counter() - start
                    yield chunk
                    start = time.perf_counter()
        generating += time.perf_counter() - start
        if given < len(written.tokens) and (text := stream.finish()):
            yield Chunk(text, tuple(written.tokens[given:]))
    finally:
        answer.report = Report(
            written.ended,
            len(prompt),
            reused,
            len(written.tokens),
            prefilled * 1000,
            generating * 1000,
            speculation.guessed if speculation is not None else 0,
            speculation.right if speculation is not None else 0,
        )


@dataclass
class _Written:
    """The tokens of an answer so far, and why it ended: "cancelled" also if the caller stops iterating."""

    tokens: list[int] = field(default_factory=list)
    ended: Ending = "cancelled"


def _tokens(
    written: _Written,
    decoder: Decoder,
    cache: KVCache,
    logits: NDArray[np.float32],
    sampler: Sampler,
    max_tokens: int,
    interrupt: Interrupt,
    speculation: Speculation | None,
) -> Iterator[int]:
    """The tokens of an answer that begins after `logits` (vocabulary,), each of them in `written` when it is given."""
    tokens = written.tokens
    rows: NDArray[np.float32] = logits[None]
    guesses: tuple[int, ...] = ()
    while True:
        held, right = cache.length - len(guesses), 0
        try:
            # A row tells what follows the guess before it, and is of use only if that guess is right.
            for row in rows:
                if interrupt.check():
                    return
                if len(tokens) >= max_tokens:
                    written.ended = "length"
                    return
                token = sampler.pick(row, tokens[-_PENALTY_WINDOW:])
                if token in decoder.stop_tokens:
                    written.ended = "stop"
                    return
                tokens.append(token)
                yield token
                if right == len(guesses) or token != guesses[right]:
                    break
                right += 1
        finally:
            cache.crop(held + right)
        if cache.length == cache.capacity or len(tokens) >= max_tokens:
            written.ended = "length"
            return
        if interrupt.check():
            return
        try:
            if speculation is not None:
                speculation.settle(tokens[-1 - right :], right)
                room = min(max_tokens - len(tokens), cache.capacity - cache.length) - 1
                guesses = speculation.propose(room, interrupt.check)
            rows = decoder.extend(cache, (tokens[-1], *guesses), keep=1 + len(guesses), interrupt=interrupt)
        except CancelledError:
            return
        if speculation is not None:
            speculation.passed()
