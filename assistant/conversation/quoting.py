"""Answering a question about what was told by quoting it: which passage, which words of it, and how the answer reads.

For models too small to be trusted with a paraphrase. Nothing here is invented: the words are the user's own, a date, or
that nothing was found.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.memory.facts.wording import in_words
from assistant.memory.recall.query import one_by_one
from assistant.memory.recall.when import Side, asks_when, spans
from assistant.memory.text import sentences
from assistant.store.records import RecordId
from assistant.store.terms import search_terms

from .evidence import Passage
from .memory_block import day
from .people import FirstNames
from .question import (
    Asks,
    asks,
    asks_about,
    asks_past,
    asks_yes_or_no,
    bare,
    can_answer,
    inner,
    names,
    somebody,
    statements,
)
from .reader import Reader, repeats
from .rivals import follows_up

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]

MOST_PASSAGES: Final = 6
"""So many are weighed. Ten put the right one first hardly more often and take twice the time."""

SURE: Final = 1.1
UNSURE: Final = 0.85
"""Of `_Weighed.confidence`: from SURE on a passage answers, from UNSURE on it is shown as the nearest that there is."""

COVERED: Final = 0.5
"""Of `_Weighed.covered`: a passage that covers less of the question does not answer it, whatever its confidence.

The first three were chosen on two invented lives, 65 short memories, 90 questions that these answer and 90 near to them
that they do not: 4 of the latter were answered, 16 of the former only shown as the nearest or not found.
"""

RELATED: Final = 0.4
EXPLAINED: Final = 2.3
"""Of `_Weighed.covered` and `_Weighed.gain`: what reaches neither is only about the same person or place."""

FOCUS: Final = 0.4
"""Of `_Weighed.focus`: a passage without anything like the thing that is asked for ("which meal") is not sure."""

_LONGEST_QUOTE: Final = 300

_LESS_COVERED: Final = 0.1
_LESS_GAIN: Final = 0.8
_LESS_RELEVANT: Final = 0.2
"""A later passage that falls short of the best by no more than these answers the same question anew."""


class Finding(Enum):
    """How sure it is that a passage answers."""

    SURE = "sure"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Quotation:
    """An answer that quotes.

    Attributes:
        text: The whole answer.
        sources: The records that it quotes.
        finding: How sure it is.
    """

    text: str
    sources: tuple[RecordId, ...]
    finding: Finding


@dataclass(frozen=True)
class _Weighed:
    """A passage, weighed.

    Attributes:
        gain: `Reader.gain`.
        covered: How well it covers the question's words, 0 to 1.
        focus: How well it covers the thing that is asked for: "meal" in "which meal"; 1 where none is named.
        own: It was said by whom the question names.
    """

    passage: Passage
    gain: float
    covered: float
    focus: float
    own: bool

    @property
    def rank(self) -> float:
        """By this the best passage is chosen: mostly by how well it explains the question."""
        return self.gain + 1.5 * self.passage.relevance + 0.5 * self.own

    @property
    def confidence(self) -> float:
        """How sure it is that the passage answers."""
        return self.passage.relevance + 0.1 * self.gain + 0.3 * self.covered

    @property
    def answers(self) -> bool:
        """Whether it surely answers."""
        return self.confidence >= SURE and self.covered >= COVERED and self.focus >= FOCUS


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
    found = [_quote_one(one, sources, short, only_if_sure) for one in several]
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
    kind = asks(question)
    if kind is Asks.NOTHING:
        return None
    passages = sources.passages
    weighed = _weigh(question, passages, sources.reader, sources.embed)
    sure = [item for item in weighed if item.answers]
    if sure:
        return _answer(question, sure, sources, short)
    if only_if_sure:
        return None
    told = asks_about(question, (p.text for p in passages), {p.speaker for p in passages} - {"user", "assistant"})
    if kind is Asks.WORLD and not told and not sources.first_names.among(names(f"- {question}")):
        return None
    if weighed and weighed[0].confidence >= UNSURE and (weighed[0].covered >= RELATED or weighed[0].gain >= EXPLAINED):
        return _nearest(question, weighed[0].passage, sources)
    return Quotation(NOT_FOUND, (), Finding.NOTHING)


NOT_FOUND: Final = "I don't find anything about that in what you told me. If you tell me, I will remember it."


def _weigh(question: str, passages: Sequence[Passage], reader: Reader, embed: Embed) -> list[_Weighed]:
    """The passages that may answer, the likeliest first."""
    asked = inner(question)
    about = names(asked)
    able = [p for p in passages if can_answer(asked, statements(_spoken(p.text)), p.speaker, p.asked)]
    able = sorted(able, key=lambda p: -p.relevance)[:MOST_PASSAGES]
    least = max((p.relevance for p in able), default=0.0) / 2
    able = [p for p in able if p.relevance >= least]
    covered = _coverage(asked, [f"{p.asked} {statements(p.text)}" for p in able], embed)
    found: list[_Weighed] = []
    for passage, (share, focus) in zip(able, covered, strict=True):
        gain = reader.gain(_told(passage), asked)
        own = bare(passage.speaker) in about  # Tom speaks of himself, others speak to him.
        found.append(_Weighed(passage, gain, share, focus, own))
    return sorted(found, key=lambda item: -item.rank)


def _told(passage: Passage) -> str:
    who = {"user": "I", "assistant": "You"}.get(passage.speaker, passage.speaker)
    return f'{who} said on {day(passage.time)}: "{_shortened(passage.text)}"'


def _line(passage: Passage) -> str:
    who = {"user": "I", "assistant": "You"}.get(passage.speaker, passage.speaker)
    return f"[{day(passage.time)}] {who} said: {_shortened(_spoken(passage.text))}"


def _shortened(text: str) -> str:
    return " ".join(text.split())[:800]


def _spoken(text: str) -> str:
    """The words without what stands in brackets, which somebody added."""
    return re.sub(r"\s*\[[^\]]*\]", "", text).strip() or text


_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
_LIGHT = frozenset(
    (
        *("name", "names", "called", "call", "many", "much", "kind", "sort", "type", "old", "time", "long"),
        *("number", "date", "day"),
        *("do", "does", "go", "have", "has", "got", "get"),
    )
)


_FOCUS = re.compile(r"\b(?:which|what) (?:(?:kind|sort|type|make|brand|piece) of )?([^\W\d_]+)\b", re.IGNORECASE)


def _coverage(question: str, texts: Sequence[str], embed: Embed) -> list[tuple[float, float]]:
    """How well each text covers a question's words, and the word for what is asked for.

    The mean over the words of 1 for those that the text has, else of the cosine of the nearest that it has.
    """
    about = names(question)
    words = [
        word
        for word in _WORD.findall(question)
        if len(search_terms(word)) and bare(word) not in about and word.lower() not in _LIGHT
    ]
    # Whom it asks about says nothing of what it asks.
    whom = somebody(question)
    words = [word for word in words if bare(word) not in whom] or words
    if not words or not texts:
        return [(1.0, 1.0)] * len(texts)
    focus = {found.lower() for found in _FOCUS.findall(question)}
    told = [
        [word for word in dict.fromkeys(_WORD.findall(text)) if word.lower() not in _LIGHT and bare(word) not in about]
        for text in texts
    ]
    known = list(dict.fromkeys([*words, *(word for part in told for word in part[:80])]))
    vectors = dict(zip(known, embed(known), strict=True))
    asked = [set(search_terms(word).tolist()) for word in words]
    found: list[tuple[float, float]] = []
    for text, part in zip(texts, told, strict=True):
        terms = set(search_terms(text).tolist())
        near = np.stack([vectors[w] for w in part[:80]]) if part else np.zeros((1, len(vectors[words[0]])), np.float32)
        covered = {
            w: 1.0 if term & terms else float((near @ vectors[w]).max()) for w, term in zip(words, asked, strict=True)
        }
        named = [share for word, share in covered.items() if word.lower() in focus]
        found.append((sum(covered.values()) / len(covered), max(named, default=1.0)))
    return found


def _answer(question: str, sure: Sequence[_Weighed], sources: Sources, only_short: bool) -> Quotation:
    best = sure[0].passage
    short = _short(question, best, sources.reader)
    rivals = _rivals(question, sure)
    chosen, earlier = best, None
    if asks_past(question):
        chosen = min((p for p in rivals if p.time < best.said.time), key=lambda p: p.time, default=best)
    elif (current := _current(question, best, short, sources)) is not None:
        chosen = current
    elif later := [p for p in rivals if p.time > best.said.time]:
        chosen, earlier = max(later, key=lambda p: p.time), best
    if chosen is not best:
        short = _short(question, chosen, sources.reader)
    if short and only_short:
        return Quotation(f"{short}.", (chosen.record,), Finding.SURE)
    answer = _quoting(f"{short}." if short else "", chosen, short, Finding.SURE)
    return answer if earlier is None else _after(answer, earlier)


def _current(question: str, best: Passage, short: str, sources: Sources) -> Passage | None:
    """What holds now, where a passage is known to be outdated."""
    asked = names(question)
    told = (short or best.text).lower()
    known = (now for value, now in best.outdated if now is not None and value in told and value not in asked)
    return next(known, None) or follows_up(question, best, sources.passages, sources.first_names)


def _rivals(question: str, weighed: Sequence[_Weighed]) -> list[Passage]:
    """The passages that answer about as well as the best one and were said at another time."""
    best = weighed[0]
    if asks_yes_or_no(question):
        return []
    asked_when = asks_when(inner(question))
    return [
        item.passage.said
        for item in weighed[1:]
        if item.passage.said.record != best.passage.said.record
        and item.passage.said.speaker == best.passage.said.speaker
        and item.covered >= best.covered - _LESS_COVERED
        and item.gain >= best.gain - _LESS_GAIN
        and item.passage.relevance >= best.passage.relevance - _LESS_RELEVANT
        and (not asked_when or _time(item.passage.said, item.passage.said.text))
    ]


def _nearest(question: str, passage: Passage, sources: Sources) -> Quotation:
    if not asks_past(question):
        passage = follows_up(question, passage, sources.passages, sources.first_names) or passage
    return _quoting("I don't find that in what you told me. The nearest is this.", passage, "", Finding.UNSURE)


def _after(answer: Quotation, earlier: Passage) -> Quotation:
    """An answer with what was said to the same question before."""
    words, said = _quotation(earlier, "")
    text = f"{answer.text} But before, {words[0].lower()}{words[1:]}"
    return Quotation(text, tuple(dict.fromkeys((*answer.sources, earlier.record, said.record))), answer.finding)


def _quoting(before: str, passage: Passage, short: str, finding: Finding) -> Quotation:
    """An answer, what it is quoted from, and what holds now of that which no longer does."""
    text, quoted = _quotation(passage, short)
    parts, sources = [before, text], [passage.record, quoted.record]
    for value, now in quoted.outdated:
        if value not in text.lower():
            continue
        if now is None:
            parts.append("That no longer holds.")
        elif now.record not in sources:
            later, source = _quotation(now, "")
            parts.append(f"But later, {later[0].lower()}{later[1:]}")
            sources += [now.record, source.record]
    return Quotation(" ".join(filter(None, parts)), tuple(dict.fromkeys(sources)), finding)


def _short(question: str, passage: Passage, reader: Reader) -> str:
    """The direct answer: a time, or words of the passage as the user would hear them; "" where quoting says it best."""
    asked = inner(question)
    if asks_yes_or_no(question):
        return ""
    text = _shortened(statements(_spoken(passage.text)))
    if asks_when(asked) and (time := _time(passage, text)):
        return time
    span = reader.span(_line(passage), text, asked)
    if span is None or repeats(span.text, text):
        return ""
    words = _to_the_user(span.text) if passage.speaker == "user" else span.text
    return f"{words[0].upper()}{words[1:]}"


_AHEAD = re.compile(
    r"\b(will|going to|plan\w*|next|tomorrow|until|by|'ll|soon|upcoming|starts?|leaves?|comes?)\b", re.IGNORECASE
)
_ABSOLUTE = re.compile(
    r"\d|january|february|march|april|june|july|august|september|october|november|december", re.IGNORECASE
)


def _time(passage: Passage, text: str) -> str:
    """The time that a passage names, by the calendar where it was told from the day of saying ("yesterday")."""
    prefer: Side = "future" if _AHEAD.search(text) else "past"
    for span in spans(text, passage.time, prefer=prefer):
        if _ABSOLUTE.search(span.text):
            words = span.text.strip(" .,!?;:")
        elif _WEEKDAY.search(span.text) and span.end - span.start <= timedelta(hours=25):
            words = f"{_WEEKDAYS[span.start.weekday()]}, {day(span.start)}"
        else:
            words = in_words(span)
        if words:
            clock = _CLOCK.search(text[: max(text.find(span.text), 0)])
            words = f"{clock[1]}, {words}" if clock else words
            return f"{words[0].upper()}{words[1:]}"
    return ""


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS), re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(at (?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight|half past \w+)),?(?: on)? $", re.IGNORECASE
)
"""A time of day that stands right before a date."""


_PERSONS = {
    r"I am|I'm|we are|we're": "you are",
    r"I was": "you were",
    r"I've|we've": "you have",
    r"I'll|we'll": "you will",
    r"I|me|we|us": "you",
    r"my|our": "your",
    r"mine|ours": "yours",
    r"myself|ourselves": "yourself",
}
_FIRST_PERSON = re.compile("|".join(rf"\b(?:{words})\b" for words in _PERSONS), re.IGNORECASE)


def _to_the_user(text: str) -> str:
    """The user's words as said to them: "my drill" is "your drill"."""
    return _FIRST_PERSON.sub(
        lambda found: next(to for words, to in _PERSONS.items() if re.fullmatch(words, found[0], re.IGNORECASE)), text
    )


def _quotation(passage: Passage, short: str) -> tuple[str, Passage]:
    """Who said what, and when ('On 3 March 2026 you said: “We moved to Lisbon.”'), and the passage with these words."""
    said = passage.said
    who = {"user": "you", "assistant": "I"}.get(said.speaker, said.speaker)
    return f"On {day(said.time)} {who} said: “{_excerpt(_spoken(said.text), short)}”", said


def _excerpt(text: str, short: str) -> str:
    """A passage, or of a long one the sentences about the direct answer."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    parts = [part.strip() for part in sentences(text)]
    at = next((i for i, part in enumerate(parts) if short and short.lower() in part.lower()), 0)
    chosen = parts[at]
    return chosen if len(chosen) <= _LONGEST_QUOTE else f"{chosen[: _LONGEST_QUOTE - 1].rsplit(' ', 1)[0]}…"


def pieces(text: str) -> Iterable[str]:
    """A text as it is streamed: word by word, white space with the word before."""
    return re.findall(r"\s*\S+\s*?(?=\s|$)", text)


__all__ = ["NOT_FOUND", "Finding", "Quotation", "pieces", "quote"]
