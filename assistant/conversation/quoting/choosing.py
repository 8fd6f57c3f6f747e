"""Which passage answers a question, if any does: a sure one, what was said last of it, or only the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.question import Asks, asks, asks_past, names
from assistant.memory.recall.query import one_by_one

from .direct import direct_answer
from .evidence import Passage
from .filtering import told_of
from .people import FirstNames
from .reader import Reader
from .rivals import follows_up, rivals
from .weighing import Embed, Weighed, weigh
from .wording import Finding, Quotation, nearest, not_found, quoting, with_earlier


@dataclass(frozen=True)
class Sources:
    """What an answer may draw on.

    Attributes:
        passages: What was recalled, and what the dialogue holds.
        reader: Of the model in use.
        embed: Texts to vectors of length 1.
        first_names: Tells people from what the world knows.
    """

    passages: Sequence[Passage]
    reader: Reader
    embed: Embed
    first_names: FirstNames


def quote(question: str, sources: Sources, *, short: bool = False, only_if_sure: bool = False) -> Quotation | None:
    """The answer that quotes what was told; None where the question is not about that.

    Args:
        question: What the user asks.
        sources: What may be quoted, and what helps to choose.
        short: Leave the quotation out where there is a direct answer.
        only_if_sure: None also where nothing was found, or nothing sure.

    Raises:
        CancelledError: `sources.reader.cancelled` answered true.
    """
    several = one_by_one(question)
    if not several:
        return _quote_one(question, sources, short, only_if_sure)
    return in_one([_quote_one(one, sources, short, only_if_sure) for one in several])


def in_one(found: Sequence[Quotation | None]) -> Quotation | None:
    """The answers to the parts of a question as one; None where one of them is missing."""
    answers = [answer for answer in found if answer is not None]
    if len(answers) < len(found):
        return None
    findings = {answer.finding for answer in answers}
    return Quotation(
        "\n\n".join(dict.fromkeys(answer.text for answer in answers)),
        tuple(dict.fromkeys(source for answer in answers for source in answer.sources)),
        findings.pop() if len(findings) == 1 else Finding.UNSURE,
    )


def _quote_one(question: str, sources: Sources, short: bool, only_if_sure: bool) -> Quotation | None:
    if asks(question) is Asks.NOTHING:
        return None
    weighed = weigh(question, sources.passages, sources.reader, sources.embed)
    sure = [item for item in weighed if item.answers]
    if sure:
        return _answer(question, sure, sources, short)
    if only_if_sure:
        return None
    if not concerns_what_was_told(question, sources):
        return None
    if not weighed or not weighed[0].is_near:
        return not_found()
    passage = weighed[0].passage
    if not asks_past(question):
        passage = follows_up(question, passage, sources.passages, sources.first_names) or passage
    return nearest(passage)


def concerns_what_was_told(question: str, sources: Sources) -> bool:
    """Whether only memory can answer a question: it is about the user, or about somebody who is known or private."""
    if asks(question) is not Asks.WORLD:
        return True
    speakers = {p.speaker for p in sources.passages} - {"user", "assistant"}
    told = told_of(question, (p.text for p in sources.passages), speakers)
    return told or bool(sources.first_names.among(names(f"- {question}")))


def _answer(question: str, sure: Sequence[Weighed], sources: Sources, only_short: bool) -> Quotation:
    best = sure[0].passage
    others = rivals(question, sure)
    if asks_past(question):
        first = min((p for p in others if p.time < best.said.time), key=lambda p: p.time, default=best)
        return _quoted(first, direct_answer(question, first, sources.reader), only_short)
    short = direct_answer(question, best, sources.reader)
    current = _current(question, best, short, sources)
    latest = max((p for p in others if p.time > best.said.time), key=lambda p: p.time, default=None)
    chosen = current or latest
    if chosen is None:
        return _quoted(best, short, only_short)
    short = direct_answer(question, chosen, sources.reader)
    answer = _quoted(chosen, short, only_short)
    return answer if current is not None or (short and only_short) else with_earlier(answer, best)


def _quoted(passage: Passage, short: str, only_short: bool) -> Quotation:
    if short and only_short:
        return Quotation(f"{short}.", (passage.record,), Finding.SURE, short)
    return quoting(f"{short}." if short else "", passage, short, Finding.SURE)


def _current(question: str, best: Passage, short: str, sources: Sources) -> Passage | None:
    """What holds now, where a passage is known to be outdated."""
    asked = names(question)
    told = (short or best.text).lower()
    known = (now for value, now in best.outdated if now is not None and value in told and value not in asked)
    return next(known, None) or follows_up(question, best, sources.passages, sources.first_names)
