"""Answering a question about what was told with a model that was trained to read memory (see `trained`).

It has the interface of `quoting`, and falls back to it: where there is no passage to read, where the model cannot be
used, and where what it wrote is not borne out by what it read (see `grounding`) or is known to hold no longer.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from assistant.memory.recall.query import one_by_one
from assistant.store.records import RecordId

from .grounding import drawn_on, is_borne_out
from .question import Asks, asks, asks_past, inner, names
from .quoting import (
    Finding,
    Passage,
    Quotation,
    Sources,
    concerns_what_was_told,
    in_one,
    not_found,
    quote,
)
from .reading import REFUSAL, ReadingPassage
from .trained import TrainedReader

MOST_READ: Final = 6
"""Passages that are read. On questions with retrieved passages 12 gave no better answers than 5, and take twice the
time."""

_LONG_PAST: Final = timedelta(days=400)
"""Where all was told longer ago, the day of asking is left out: nothing that is asked then is counted from it."""


def recount(
    question: str, sources: Sources, trained: TrainedReader, *, asked: datetime, only_if_sure: bool = False
) -> Quotation | None:
    """The answer in a few words from what was told; None where the question is not about that.

    Args:
        question: What the user asks.
        sources: What may be read, and what helps to quote; `sources.reader.cancelled` is asked often.
        trained: What reads.
        asked: When it is asked.
        only_if_sure: None also where nothing was found.

    Raises:
        CancelledError: `sources.reader.cancelled` answered true.
        ModelError: The model failed.
    """
    several = one_by_one(question) or [question]
    return in_one([_recount_one(one, sources, trained, asked, only_if_sure) for one in several])


def _recount_one(
    question: str, sources: Sources, trained: TrainedReader, asked: datetime, only_if_sure: bool
) -> Quotation | None:
    if asks(question) is Asks.NOTHING:
        return None
    chosen = _chosen(question, sources.passages)
    passages = [_as_read(passage) for passage in chosen]
    text = None
    if passages:
        text = trained.answer(question, passages, _today(passages, asked), cancelled=sources.reader.cancelled)
    if text is None:
        return quote(question, sources, only_if_sure=only_if_sure)
    if _plain(text) == _plain(REFUSAL):
        # It refuses more often than it should: what is sure can be quoted all the same.
        sure = quote(question, sources, short=True, only_if_sure=True)
        if sure is not None or only_if_sure or not concerns_what_was_told(question, sources):
            return sure
        return not_found()
    if text and is_borne_out(text, question, passages) and not _is_outdated(text, question, sources.passages):
        drawn = [chosen[place] for place in drawn_on(text, question, passages)]
        return Quotation(_sentence(text), tuple(passage.record for passage in drawn), Finding.SURE)
    return quote(question, sources, short=True, only_if_sure=only_if_sure)


def _chosen(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages to read, the best first, each message once, and with each what took the place of its words.

    Where a question names somebody, those that do not are left out: a small model takes one person for another. All
    else it tells apart better than the rules do by which passages are chosen for quoting.
    """
    about = names(inner(question))
    able = [passage for passage in passages if not about or _is_about(about, passage)]
    said: dict[RecordId, Passage] = {}
    for passage in sorted(able, key=lambda passage: -passage.relevance):
        for each in (passage, *(current for _, current in passage.outdated if current is not None)):
            said.setdefault(each.said.record, each.said)
    return list(said.values())[:MOST_READ]


def _is_about(asked: Collection[str], passage: Passage) -> bool:
    told = f"{passage.speaker} {passage.asked} {passage.text} {passage.said.text}".lower()
    return any(name in told for name in asked)


def _is_outdated(text: str, question: str, passages: Sequence[Passage]) -> bool:
    """Whether an answer gives a value that is known to hold no longer, and not what holds instead."""
    told = f" {_plain(text)} "
    return not asks_past(question) and any(
        value in told and (now is None or not set(told.split()) & set(now.text.lower().split()) - set(value.split()))
        for passage in passages
        for value, now in passage.outdated
    )


def _as_read(passage: Passage) -> ReadingPassage:
    return ReadingPassage(passage.speaker, passage.text, passage.time, passage.asked)


def _today(passages: Sequence[ReadingPassage], asked: datetime) -> date | None:
    latest = max(passage.time for passage in passages)
    return asked.date() if asked - latest <= _LONG_PAST else None


def _plain(text: str) -> str:
    return text.strip(" .!\n").lower()


def _sentence(text: str) -> str:
    """A few words as a sentence: "lisbon, in March" is "Lisbon, in March."."""
    text = f"{text[0].upper()}{text[1:]}"
    return text if text[-1] in ".!?…" else f"{text}."
