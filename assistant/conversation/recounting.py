"""Answering a question about what was told with a model that was trained to read memory (see `trained`).

It has the interface of `quoting`, and both must agree on what the user told: where that quotes what is sure, the model
only words it. Where nothing sure was found, or others said it, the model answers if it has little doubt. A quotation is
the answer where the model cannot be used, and where what it wrote is not borne out by what it read (see `grounding`) or
is known to hold no longer.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import log
from typing import Final

from assistant.memory.facts.changes import ended_in
from assistant.memory.facts.extract import USER
from assistant.memory.recall.query import one_by_one
from assistant.memory.text import sentences
from assistant.store.records import RecordId
from assistant.store.terms import term_set

from .grounding import drawn_on, is_borne_out
from .question import Asks, asks, asks_past, asks_yes_or_no, inner, names
from .quoting import (
    Finding,
    Passage,
    Quotation,
    Sources,
    in_one,
    quote,
)
from .quoting.filtering import can_answer, statements
from .reading import REFUSAL, ReadingPassage
from .trained import Read, TrainedReader

MOST_LOOKED_AT: Final = 24
"""Passages that are read one by one. What a search puts in the twentieth place is the answer now and then."""

MOST_READ: Final = 4
"""Passages that are read together: those that tell most. With fewer, of a thing that changed often one is left out."""

MOST_DOUBT: Final = 0.5
"""Of `Read.doubt`: more than that, and it is not trusted where the rules of quoting found nothing sure.

It counts the larger doubt of two readings, of which the one that answers may have little. Of 36 questions that nothing
answers, .5 answers two, .9 nine; of 213 that something does, it answers six less than .9, two of them rightly.
"""

_RELEVANCE: Final = 4.0
"""What a relevance of 1 weighs beside the log-odds of doubt."""

_SUREST: Final = 1e-4
"""The least doubt that counts: below that, the model knows no difference."""

_FEW: Final = 60
"""Characters of a reply that says little without its question."""

_LONG_PAST: Final = timedelta(days=400)
"""Where all was told longer ago, the day of asking is left out: nothing that is asked then is counted from it."""


def recount(
    question: str,
    sources: Sources,
    trained: TrainedReader,
    *,
    asked: datetime,
    only_if_sure: bool = False,
    on_prefill: Callable[[int, int], None] = lambda done, total: None,
) -> Quotation | None:
    """The answer in a few words from what was told; None where the question is not about that.

    Args:
        question: What the user asks.
        sources: What may be read, and what helps to quote; `sources.reader.cancelled` is asked often.
        trained: What reads.
        asked: When it is asked.
        only_if_sure: None also where nothing was found.
        on_prefill: Called with tokens read and tokens to read.

    Raises:
        CancelledError: `sources.reader.cancelled` answered true.
        ModelError: The model failed.
    """
    several = one_by_one(question) or [question]
    return in_one([_recount_one(one, sources, trained, asked, only_if_sure, on_prefill) for one in several])


def _recount_one(
    question: str,
    sources: Sources,
    trained: TrainedReader,
    asked: datetime,
    only_if_sure: bool,
    on_prefill: Callable[[int, int], None],
) -> Quotation | None:
    if asks(question) is Asks.NOTHING:
        return None
    found = quote(question, sources, only_if_sure=only_if_sure)
    # The rules of quoting know how people tell of themselves, and when that changes. The model words what they found.
    ruling = found if found is not None and _rules(found, sources.passages) else None
    if ruling is not None and (asks_yes_or_no(question) or asks_past(question)):
        return found
    chosen = _chosen(question, sources.passages)
    if ruling is not None:
        chosen = [passage for passage in chosen if passage.record in ruling.sources]
    passages = [_as_read(passage) for passage in chosen]
    today, cancelled = _today(passages, asked), sources.reader.cancelled
    doubts = trained.doubts(question, passages, today, cancelled=cancelled, on_prefill=on_prefill)
    places = _most_telling([passage.relevance for passage in chosen], doubts)[:MOST_READ]
    # The prompt has them by time in any case; in this order, `drawn_on` prefers the best ones.
    chosen, passages = [chosen[place] for place in places], [passages[place] for place in places]
    read = _read(question, passages, today, trained, cancelled)
    if read is None or not _can_be_shown(read.text, question, passages, sources.passages):
        return found
    if ruling is not None and not _agrees(read.text, ruling, question, sources.passages):
        return found
    if ruling is None and read.doubt > MOST_DOUBT:
        return found
    drawn = [chosen[place] for place in drawn_on(read.text, question, passages)]
    if asks(question) is Asks.OWN and not any(_may_answer(question, passage) for passage in drawn):
        return found
    return Quotation(_sentence(read.text), tuple(passage.record for passage in drawn), Finding.SURE, read.text)


def says(passage: Passage, answer: str, question: str) -> bool:
    """Whether an answer to a question quotes a passage, or says nothing that the passage alone does not bear out."""
    return passage.said.text in answer or is_borne_out(answer, question, [_as_read(passage.said)])


def _read(
    question: str,
    passages: Sequence[ReadingPassage],
    today: date | None,
    trained: TrainedReader,
    cancelled: Callable[[], bool],
) -> Read | None:
    """What the best passage says alone; where it does not answer, what the first few say together.

    Of what the user told, they speak together unless the best one gives another answer with less doubt; but what was
    said later than that one takes its place: only together do they show what changed. The larger doubt of both counts.
    """
    if not passages:
        return None
    together = trained.answer(question, passages, today, cancelled=cancelled)
    alone = trained.answer(question, passages[:1], today, cancelled=cancelled) if len(passages) > 1 else None
    if together is None or alone is None:
        return together
    if asks(question) is Asks.OWN:
        agree = term_set(together.text) & term_set(alone.text)
        later = any(passages[place].time > passages[0].time for place in drawn_on(together.text, question, passages))
        chosen = together if agree or later or together.doubt < alone.doubt else alone
    else:
        chosen = together if _refuses(alone.text) else alone
    return replace(chosen, doubt=max(together.doubt, alone.doubt))


def _rules(found: Quotation, passages: Sequence[Passage]) -> bool:
    """Whether a quotation is sure, and all that it quotes was said by the user."""
    speakers = {passage.said.speaker for passage in passages if passage.record in found.sources}
    return found.finding is Finding.SURE and speakers == {USER}


def _may_answer(question: str, passage: Passage) -> bool:
    """Whether a passage is about whom and what a question of the user asks: "my locker" is not "my cousin's"."""
    return can_answer(inner(question), statements(passage.spoken), passage.speaker, passage.asked)


def _can_be_shown(text: str, question: str, read: Sequence[ReadingPassage], passages: Sequence[Passage]) -> bool:
    """Whether words answer at all, are borne out by what was read, and not known to hold no longer."""
    if not text or _refuses(text):
        return False
    return is_borne_out(text, question, read) and not _is_outdated(text, question, passages)


def _agrees(text: str, found: Quotation, question: str, passages: Sequence[Passage]) -> bool:
    """Whether words say what a sure quotation says: they stand in it, share something with its direct answer, and are
    not what it says to be over."""
    quoted = [_as_read(passage.said) for passage in passages if passage.record in found.sources]
    if not is_borne_out(text, question, quoted):
        return False
    told = term_set(text)
    if found.direct and not told & term_set(found.direct):
        return False
    over = (old for passage in quoted for sentence in sentences(passage.text) for old in ended_in(sentence))
    return asks_past(question) or not any(told & term_set(old) for old in over)


def _chosen(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages to look at, the best first, each message once, and instead of what is over what took its place.

    Where a question names somebody, those that do not are left out: a small model takes one person for another. All
    else it tells apart better than the rules do by which passages are chosen for quoting.
    """
    about = names(inner(question))
    past = asks_past(question)
    able = [passage for passage in passages if not about or _is_about(about, passage)]
    said: dict[RecordId, Passage] = {}
    for passage in sorted(able, key=lambda passage: -passage.relevance):
        current = [now for _, now in passage.outdated if now is not None]
        for each in current if current and not past else (passage, *current):
            said.setdefault(each.said.record, _worded(each))
    return list(said.values())[:MOST_LOOKED_AT]


def _most_telling(relevance: Sequence[float], doubts: Sequence[float]) -> list[int]:
    """The places of passages, the best first: what leaves the model little doubt and was found relevant.

    The model tells better than the search which passage answers; both together are better than either.

    Args:
        relevance: Of each, 0 to 1. At 0 the search did not find it: it stands there because it ends what was found, and
            counts as much as the least of that.
        doubts: Likewise.
    """
    least = min((near for near in relevance if near), default=0.0)
    bounded = (min(max(doubt, _SUREST), 1 - _SUREST) for doubt in doubts)
    weights = [
        _RELEVANCE * max(near, least) - log(doubt / (1 - doubt)) for near, doubt in zip(relevance, bounded, strict=True)
    ]
    return sorted(range(len(weights)), key=lambda place: -weights[place])


def _worded(passage: Passage) -> Passage:
    """The message behind a passage; a few words in reply to something as the fact that was understood from them."""
    said = passage.said
    if passage.origin is None or len(said.text) > _FEW:
        return said
    return replace(said, text=passage.text, asked="")


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
    latest = max((passage.time for passage in passages), default=asked)
    return asked.date() if asked - latest <= _LONG_PAST else None


def _refuses(text: str) -> bool:
    return _plain(text) == _plain(REFUSAL)


def _plain(text: str) -> str:
    return text.strip(" .!\n").lower()


def _sentence(text: str) -> str:
    """A few words as a sentence: "lisbon, in March" is "Lisbon, in March."."""
    text = f"{text[0].upper()}{text[1:]}"
    return text if text[-1] in ".!?…" else f"{text}."
