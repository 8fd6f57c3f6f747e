"""How an answer comes about and is streamed: in the model's own words, or from memory where it is too small for that.

The form is chosen by the model in use. Both stream, stop and report alike.
"""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final, Literal

from assistant.errors import CancelledError
from assistant.models.decoder import Decoder
from assistant.models.generate import Answer, Chunk, Ending, Report
from assistant.store.records import RecordId

from .quoting import Quotation

SMALL: Final = 700_000_000
"""Bytes of weights below which a model is not trusted to paraphrase: about a thousand million parameters in 4 bits."""


class AnswerForm(StrEnum):
    """How questions about what was told are answered. Everything else is answered in the model's own words."""

    FREE = "free"
    QUOTE = "quote"
    SHORT = "short"
    """Like `QUOTE`, but where there is a direct answer without the sentence that it comes from."""
    READ = "read"
    """Like `QUOTE`, but worded in a few words by the model with the adapter that was trained for it, which also answers
    where nothing sure can be quoted. `QUOTE` where there is none."""


SMALL_FORM: Final = AnswerForm.READ
"""The form of a small model, unless another is chosen."""


def form_of(decoder: Decoder, chosen: Literal["auto", "quote", "short", "free", "read"]) -> AnswerForm:
    """The form for a model: as chosen, else as its manifest says, else by its size."""
    if chosen != "auto":
        return AnswerForm(chosen)
    if decoder.answers:
        return AnswerForm(decoder.answers)
    return SMALL_FORM if decoder.size < SMALL else AnswerForm.FREE


class Answering:
    """An answer as it is being written: iterate it for pieces of text, once.

    Attributes:
        text: What was written so far.
    """

    def __init__(self, answer: Answer, model: contextlib.AbstractContextManager[object]) -> None:
        self._answer = answer
        self._model = model
        self.text = ""

    def __iter__(self) -> Iterator[str]:
        with self._model:
            for chunk in self._answer:
                self.text += chunk.text
                yield chunk.text

    @property
    def quotation(self) -> Quotation | None:
        """What it quotes; None for an answer in the model's own words, and before it has begun."""
        return self._answer.quotation if isinstance(self._answer, QuotedAnswer) else None

    @property
    def sources(self) -> tuple[RecordId, ...]:
        """The records that it quotes. () where it quotes none: then it drew on all that the prompt holds."""
        return self.quotation.sources if self.quotation is not None else ()

    @property
    def report(self) -> Report:
        """How it went: why it ended, tokens and times. Only once it has ended."""
        if self._answer.report is None:
            raise RuntimeError("the answer is still being written")
        return self._answer.report

    @property
    def ended(self) -> str:
        """Why it ended: "stop", "length" or "cancelled"; "" while it is being written."""
        return self._answer.report.ended if self._answer.report else ""

    @property
    def tokens(self) -> int:
        """Tokens written."""
        return self.report.generated_tokens

    @property
    def prefill_ms(self) -> float:
        """Time for reading: the prompt, or the passages that were weighed."""
        return self.report.prefill_ms

    @property
    def generate_ms(self) -> float:
        """Time for writing, without what the reader of the pieces took."""
        return self.report.generate_ms


class QuotedAnswer(Answer):
    """An answer that quotes or recounts memory, or is in the model's own words where the question is not about that.

    Attributes:
        quotation: What it quotes, once that is known.
    """

    def __init__(
        self,
        find: Callable[[Callable[[], bool]], tuple[Quotation | None, int]],
        otherwise: Answer,
        decoder: Decoder,
        *,
        max_tokens: int,
        cancelled: Callable[[], bool],
    ) -> None:
        """
        Args:
            find: Given `cancelled`, finds what to quote, and says how many tokens the model read for that.
            otherwise: Taken where nothing is to be quoted.
            decoder: Its tokenizer counts.
            max_tokens: At most so many tokens are given out.
            cancelled: Asked often.
        """
        super().__init__(lambda answer: self._write())
        self.quotation: Quotation | None = None
        self._find = find
        self._otherwise = otherwise
        self._decoder = decoder
        self._max_tokens = max_tokens
        self._cancelled = cancelled

    def _write(self) -> Iterator[Chunk]:
        began = time.perf_counter()
        try:
            self.quotation, read = self._find(self._cancelled)
        except CancelledError:
            self.report = Report("cancelled", 0, 0, 0, _since(began), 0.0)
            return
        spent = _since(began)
        if self.quotation is None:
            yield from self._in_own_words(spent)
            return
        ended: Ending = "cancelled"
        tokens = 0
        try:
            for piece in _pieces(self.quotation.text):
                ids = tuple(self._decoder.tokenizer.encode(piece))
                if tokens and tokens + len(ids) > self._max_tokens:
                    ended = "length"
                    return
                if self._cancelled():
                    return
                tokens += len(ids)
                yield Chunk(piece, ids)
            ended = "stop"
        finally:
            self.report = Report(ended, read, 0, tokens, spent, 0.0)

    def _in_own_words(self, spent: float) -> Iterator[Chunk]:
        try:
            yield from self._otherwise
        finally:
            if (report := self._otherwise.report) is not None:
                self.report = Report(
                    report.ended,
                    report.prompt_tokens,
                    report.reused_tokens,
                    report.generated_tokens,
                    report.prefill_ms + spent,
                    report.generate_ms,
                )


def _pieces(text: str) -> Iterator[str]:
    """A text as it is streamed: word by word, white space with the word before."""
    return (found[0] for found in re.finditer(r"\s*\S+\s*?(?=\s|$)", text))


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
