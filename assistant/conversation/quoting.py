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
from assistant.memory.recall.when import Side, asks_when, spans
from assistant.memory.text import sentences
from assistant.store.records import RecordId
from assistant.store.terms import search_terms

from .evidence import Passage
from .memory_block import day
from .question import Asks, asks, asks_about, asks_past, asks_yes_or_no, bare, can_answer, inner, names, statements
from .reader import Reader

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]

MOST_PASSAGES: Final = 6
"""So many are weighed. Ten put the right one first hardly more often and take twice the time."""

SURE: Final = 1.1
UNSURE: Final = 0.85
"""Of `_Weighed.confidence`: from SURE on a passage answers, from UNSURE on it is shown as the nearest that there is."""

COVERED: Final = 0.5
"""Of `_Weighed.covered`: a passage that covers less of the question does not answer it, whatever its confidence.

All three were chosen on two invented lives, 65 short memories, 90 questions that these answer and 90 near to them that
they do not: 4 of the latter were answered, 16 of the former only shown as the nearest or not found.
"""

_LONGEST_QUOTE: Final = 300


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
        own: It was said by whom the question names.
    """

    passage: Passage
    gain: float
    covered: float
    own: bool

    @property
    def rank(self) -> float:
        """By this the best passage is chosen: mostly by how well it explains the question."""
        return self.gain + 1.5 * self.passage.relevance + 0.5 * self.own

    @property
    def confidence(self) -> float:
        """How sure it is that the passage answers."""
        return self.passage.relevance + 0.1 * self.gain + 0.3 * self.covered


def quote(
    question: str,
    passages: Sequence[Passage],
    reader: Reader,
    embed: Embed,
    *,
    short: bool = False,
    only_if_sure: bool = False,
) -> Quotation | None:
    """The answer that quotes what was told; None where the question is not about that.

    Args:
        question: What the user asks.
        passages: What may be quoted.
        reader: Of the model in use.
        embed: Texts to vectors of length 1.
        short: Leave the quotation out where there is a direct answer.
        only_if_sure: None also where nothing was found, or nothing sure.

    Raises:
        CancelledError: `reader.cancelled` answered true.
    """
    kind = asks(question)
    if kind is Asks.NOTHING:
        return None
    weighed = _weigh(question, passages, reader, embed)
    sure = [item for item in weighed if item.confidence >= SURE and item.covered >= COVERED]
    if sure:
        return _answer(question, sure, reader, short)
    if only_if_sure:
        return None
    told = asks_about(question, (p.text for p in passages), {p.speaker for p in passages} - {"user", "assistant"})
    if kind is Asks.WORLD and not told:
        return None
    if weighed and weighed[0].confidence >= UNSURE:
        return _nearest(weighed[0].passage)
    return Quotation(NOT_FOUND, (), Finding.NOTHING)


NOT_FOUND: Final = "I don't find anything about that in what you told me. If you tell me, I will remember it."


def _weigh(question: str, passages: Sequence[Passage], reader: Reader, embed: Embed) -> list[_Weighed]:
    """The passages that may answer, the likeliest first."""
    asked = inner(question)
    about = names(asked)
    able = [p for p in passages if can_answer(asked, statements(_spoken(p.text)), p.speaker)]
    able = sorted(able, key=lambda p: -p.relevance)[:MOST_PASSAGES]
    least = max((p.relevance for p in able), default=0.0) / 2
    able = [p for p in able if p.relevance >= least]
    covered = _coverage(asked, [statements(p.text) for p in able], embed)
    found: list[_Weighed] = []
    for passage, share in zip(able, covered, strict=True):
        gain = reader.gain(_told(passage), asked)
        own = bare(passage.speaker) in about  # Tom speaks of himself, others speak to him.
        found.append(_Weighed(passage, gain, share, own))
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
        *("do", "does", "go", "have", "has", "got", "get"),
    )
)


def _coverage(question: str, texts: Sequence[str], embed: Embed) -> list[float]:
    """How well each text covers a question's words: the mean of 1 for those it has, else the cosine of the nearest."""
    about = names(question)
    words = [
        word
        for word in _WORD.findall(question)
        if len(search_terms(word)) and bare(word) not in about and word.lower() not in _LIGHT
    ]
    if not words or not texts:
        return [1.0] * len(texts)
    told = [list(dict.fromkeys(_WORD.findall(text)))[:80] for text in texts]
    known = list(dict.fromkeys([*words, *(word for part in told for word in part)]))
    vectors = dict(zip(known, embed(known), strict=True))
    asked = [set(search_terms(word).tolist()) for word in words]
    found: list[float] = []
    for text, part in zip(texts, told, strict=True):
        terms = set(search_terms(text).tolist())
        near = np.stack([vectors[w] for w in part]) if part else np.zeros((1, len(vectors[words[0]])), np.float32)
        covered = [
            1.0 if term & terms else float((near @ vectors[w]).max()) for w, term in zip(words, asked, strict=True)
        ]
        found.append(sum(covered) / len(covered))
    return found


def _answer(question: str, sure: Sequence[_Weighed], reader: Reader, only_short: bool) -> Quotation:
    best = sure[0].passage
    short = _short(question, best, reader)
    if not asks_past(question):
        stale = [now for value, now in best.outdated if value in (short or best.text).lower()]
        others = (item.passage for item in sure[1:] if not item.passage.outdated)
        current = next((now for now in stale if now is not None), None) or (next(others, None) if stale else None)
        if current is not None:
            best, short = current, _short(question, current, reader)
    if short and only_short:
        return Quotation(f"{short}.", (best.record,), Finding.SURE)
    return _quoting(f"{short}." if short else "", best, short, Finding.SURE)


def _nearest(passage: Passage) -> Quotation:
    return _quoting("I don't find that in what you told me. The nearest is this.", passage, "", Finding.UNSURE)


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
    if span is None or _is_whole(span.text, text):
        return ""
    words = _to_the_user(span.text) if passage.speaker == "user" else span.text
    return f"{words[0].upper()}{words[1:]}"


def _is_whole(span: str, text: str) -> bool:
    return len(span.split()) > 0.75 * len(text.split())


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
    said = passage.origin or passage
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
