"""What times a text speaks of, resolved against when it was said; and how well rows fit the time that a query names.

"Last spring" in a message means the spring before the message, not before today. Nothing here reads the store.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.times.words import FULL_WEEKDAY, NUMBER, PLAIN_CUES, UNIT, has_cue
from assistant.store.terms import search_terms

Side = Literal["past", "future"]


@dataclass(frozen=True)
class Span:
    """A stretch of time that a text names.

    Attributes:
        start, end: In the zone of `said_at`; the end is not included. A day is [00:00, 00:00 of the next day).
        text: The words that name it.
        certain: 0 to 1, how surely they mean this.
    """

    start: datetime
    end: datetime
    text: str
    certain: float = 1.0


@dataclass(frozen=True)
class Anchor:
    """A time told by an event ("two days before my exam"), to be resolved once the event is found.

    Attributes:
        relation: Where it lies, seen from the event.
        count: How many units away; None for "a few", or when no distance is given.
        unit: The unit's word ("days", "Friday", "Wochen"), or "" when no distance is given.
        event: The words for the event ("my exam").
        text: All of it.
    """

    relation: Literal["before", "after", "during"]
    count: int | None
    unit: str
    event: str
    text: str


def spans(text: str, said_at: datetime, *, prefer: Side = "past") -> list[Span]:
    """The times that a text names, in order.

    Args:
        text: English or German.
        said_at: When it was said; its zone is that of the answer.
        prefer: Where "in July", "on Tuesday", "the weekend" lie when the words leave it open. The past suits questions
            to a memory.
    """
    if not has_cue(text):
        return []
    # Loads dateutil, which a memory without dates never needs.
    from assistant.memory.recall.times.periods import Present
    from assistant.memory.recall.times.spans import periods

    present = Present(said_at.replace(tzinfo=None), -1 if prefer == "past" else 1)
    return [
        Span(
            period.start.replace(tzinfo=said_at.tzinfo),
            period.end.replace(tzinfo=said_at.tzinfo),
            text[slice(*period.at)].strip(),
            round(period.certain, 3),
        )
        for period in periods(text, present)
        if period.start < period.end
    ]


def has_time(text: str) -> bool:
    """Whether a text names a time: a date, "yesterday", "last spring". Far cheaper than `spans` where it names none."""
    return bool(spans(text, _ANY_TIME))


def time_terms() -> npt.NDArray[np.uint32]:
    """Search terms of which a text that names a time mostly holds one: weekdays, months, "yesterday", "ago", years.

    `index.bm25(time_terms()) > 0` tells for all rows at once, without their texts, about what `has_time` tells.
    """
    years = (str(year) for year in range(1950, 2050))
    return np.unique(search_terms(" ".join((*PLAIN_CUES, *years))))


def asks_when(query: str) -> bool:
    """Whether a question asks for a time."""
    return _ASKS_WHEN.search(query) is not None


def anchors(text: str) -> list[Anchor]:
    """The times that a text tells by an event rather than by the calendar."""
    found: list[Anchor] = []
    for match in _ANCHOR.finditer(text):
        event = " ".join(match["event"].split()[:_EVENT_WORDS])
        if _is_calendar(event):
            continue
        relation = _RELATIONS[match["relation"].lower().split()[0]]
        unit = match["unit"] or ""
        count = None
        if unit:
            from assistant.memory.recall.times.periods import number_of

            count = number_of(match["count"]) if match["count"] else 1
        found.append(Anchor(relation, count, unit, event, text[match.start() : match.end("event")].strip()))
    return found


def _is_calendar(event: str) -> bool:
    """Whether the words are a time themselves ("Christmas", "the 9th of June"): `spans` counts from those."""
    rest = event
    for span in spans(event, _ANY_TIME):
        rest = rest.replace(span.text, "")
    return rest != event and not set(rest.lower().split()) - _ARTICLES


def resolve(anchor: Anchor, event: Span) -> Span:
    """The time that an anchor means, when its event took place (or was spoken of) then."""
    from assistant.memory.recall.times.periods import FAR_AHEAD, LONG_AGO, Period, shifted

    zone = event.start.tzinfo
    start, end = event.start.replace(tzinfo=None), event.end.replace(tzinfo=None)
    if anchor.relation == "during":
        return Span(event.start, event.end, anchor.text, event.certain)
    side = -1 if anchor.relation == "before" else 1
    if anchor.unit:
        moved = shifted(Period(start, end), anchor.count, anchor.unit, side)
        start, end = moved.start, moved.end
    else:
        start, end = (LONG_AGO, start) if side < 0 else (end, FAR_AHEAD)
    return Span(start.replace(tzinfo=zone), end.replace(tzinfo=zone), anchor.text, 0.8 * event.certain)


def times_asked_for(query: str, asked_at: datetime) -> tuple[Span, ...]:
    """The times that a query names: its `spans`, without vague ones where it names a certain one, too.

    Args:
        query: The user's words.
        asked_at: The present of the question. For old conversations that were imported, "last week" is best counted
            from the conversation's end.
    """
    named = spans(query[:_QUERY_CHARACTERS], asked_at)
    # "Recently" says nothing more where a date stands beside it.
    least = max((span.certain for span in named), default=0.0) / 2
    return tuple(span for span in named if span.certain >= least)


def time_match(named: Sequence[Span], times: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """How well each row's time fits the best of the times that a query names.

    Inside a span it is the span's certainty (1 for a plain date). Outside it falls off exponentially by the span's
    length (between a day and 60 days), half as fast after the span as before: people speak of a day mostly on it and
    soon after.

    Args:
        named: See `times_asked_for`.
        times: float64 (rows,), seconds since the epoch at which each row was said.

    Returns:
        float32 (rows,), 0 to 1; all 0 when the query names no time.
    """
    match = np.zeros(len(times), np.float32)
    for span in named:
        start, end = span.start.timestamp(), span.end.timestamp()
        scale = min(max(end - start, _DAY), 60 * _DAY)
        away = np.maximum(start - times, 0) / scale + np.maximum(times - end, 0) / (2 * scale)
        np.maximum(match, (span.certain * np.exp(-away)).astype(np.float32), out=match)
    return match


_DAY = 86_400.0
_ANY_TIME = datetime(2020, 1, 1, 12)
_EVENT_WORDS = 8
_QUERY_CHARACTERS = 2000  # a pasted page names many times and asks for none

_ASKS_WHEN = re.compile(
    r"(?:^|[.!?,;:]\s+|\band\s+|\b(?:know|knew|remember|recall|tell\s+me|sure|wonder|ask(?:ed)?|remind\s+me)\s+)"
    r"(?:since\s+|until\s+|till\s+|by\s+|from\s+|seit\s+|bis\s+)?(?:(?:exactly|roughly|about)\s+)?(?:when|wann)\b"
    r"|\b(?:what|which)\s+(?:was\s+the\s+|is\s+the\s+)?(?:exact\s+)?(?:date|day|weekday|week|weekend|month|season|year|time)\b"
    r"|\bhow\s+long\s+ago\b"
    r"|\b(?:welche[rnsm]?|was\s+für\s+ein(?:em|en|er)?)\s+(?:tag|datum|woche|monat|jahr|jahreszeit)\b"
    r"|\bwie\s+lange\s+(?:ist|war)\s+(?:es|das)\s+her\b",
    re.IGNORECASE,
)

_RELATIONS: dict[str, Literal["before", "after", "during"]] = {
    **dict.fromkeys(("before", "prior", "leading", "vor"), "before"),
    **dict.fromkeys(("after", "following", "nach"), "after"),
    **dict.fromkeys(("during", "of", "während"), "during"),
}
_ARTICLES = frozenset(("the", "a", "an", "of", "on", "in", "dem", "der", "das", "den"))
_ANCHOR = re.compile(
    rf"\b(?:(?:the|on\s+the|in\s+the|am|in\s+der)\s+|(?P<count>{NUMBER})\s+)?"
    rf"(?:(?P<unit>{UNIT}|{FULL_WEEKDAY}|morning|evening)\s+)?"
    r"(?P<relation>before|after|prior\s+to|following|during|leading\s+up\s+to|vor|nach|während)\s+"
    r"(?P<event>(?:my|our|your|his|her|their|the|a|an|i|we|you|he|she|they|meine[rnm]?|unsere[rnm]?|seine[rnm]?|ihre[rnm]?|"
    r"d(?:er|em|en|as|ie|es)|(?-i:[A-Z])\w*(?:['’]s)?)\b[^.,;:?!()\n]*)",
    re.IGNORECASE,
)
