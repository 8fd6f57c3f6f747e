"""The decoding loop: a prompt in, an answer out as it is written, and a report of why and how fast it ended.

It does not make prompts or store answers (see `assistant.conversation`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assistant.errors import CancelledError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.sampling import Sampler, Sampling

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
    """

    ended: Ending
    prompt_tokens: int
    reused_tokens: int
    generated_tokens: int
    prefill_ms: float
    generate_ms: float


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
) -> Answer:
    """Continue `prompt`. Nothing is computed before the result is iterated over.

    What the cache shares with the start of the prompt is kept and the rest of the cache dropped. Afterwards the cache
    holds the prompt and the answer, except perhaps the answer's last token; it may be cropped and used again.

    The repetition penalty is about the answer's own last 64 tokens: a memory that is quoted is no repetition.

    Args:
        decoder: The model.
        cache: One of its caches.
        prompt: At least one token.
        sampling: How to draw tokens.
        max_tokens: At most this many tokens.
        cancelled: Asked all the time while the prompt is read (by another thread, too) and before each token; the
            answer ends when it is true.
        on_prefill: Called with (read, all) as the part of the prompt that is not in the cache is read.

    Raises:
        ModelError: While iterating: the prompt does not fit into the cache, or the model failed.
    """
    return Answer(lambda answer: _write(answer, decoder, cache, prompt, sampling, max_tokens, cancelled, on_prefill))


def _write(
    answer: Answer,
    decoder: Decoder,
    cache: KVCache,
    prompt: Sequence[int],
    sampling: Sampling,
    max_tokens: int,
    cancelled: Callable[[], bool],
    on_prefill: Callable[[int, int], None] | None,
) -> Iterator[Chunk]:
    # The last token is read even if it is in the cache, because its logits are not.
    reused = min(cache.common_prefix(prompt), len(prompt) - 1)
    cache.crop(reused)
    sampler, stream = Sampler(sampling), decoder.tokenizer.stream()
    tokens: list[int] = []
    given = 0
    ended: Ending = "cancelled"  # also if the caller stops iterating
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
        while not cancelled():
            if len(tokens) >= max_tokens:
                ended = "length"
                break
            token = sampler.pick(logits, tokens[-_PENALTY_WINDOW:])
            if token in decoder.stop_tokens:
                ended = "stop"
                break
            tokens.append(token)
            if text := stream.push(token):
                chunk = Chunk(text, tuple(tokens[given:]))
                given = len(tokens)
                generating += time.perf_counter() - start
                yield chunk
                start = time.perf_counter()
            if cache.length == cache.capacity:
                ended = "length"
                break
            if len(tokens) < max_tokens and not cancelled():
                logits = decoder.step(cache, token)
        generating += time.perf_counter() - start
        if given < len(tokens) and (text := stream.finish()):
            yield Chunk(text, tuple(tokens[given:]))
    finally:
        answer.report = Report(ended, len(prompt), reused, len(tokens), prefilled * 1000, generating * 1000)
