"""The times that a text names, as periods of wall-clock time. English, and everyday German.

Finds the forms of `dates` and `relative`, then reads the words around them: "early", "since", "between ... and". Event
anchors ("the day before my exam") and matching are the business of `memory.when`. Calendar arithmetic is dateutil's;
searches for dates in a text (dateutil's fuzzy parser, dateparser's) take "may", "a minute" and "24/7" for dates and
know no seasons, weekends or intervals.
"""

import re
from dataclasses import replace
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from assistant.memory.recall.times.dates import LEADING_WORDS
from assistant.memory.recall.times.periods import FAR_AHEAD, LONG_AGO, Period, Present, number_of, shifted
from assistant.memory.recall.times.words import FULL_WEEKDAY, NUMBER, UNIT, has_cue

from . import dates, relative


def periods(text: str, present: Present) -> list[Period]:
    """The periods that a text names, in order; of overlapping ones the longest wording."""
    if not has_cue(text):
        return []
    found: list[Period] = []
    for pattern, rule in (*dates.RULES, *relative.RULES):
        for match in pattern.finditer(text):
            try:
                period = rule(match, present)
            except (ValueError, OverflowError):
                continue  # the 31st of February, or a year that no calendar has
            if period is not None:
                found.append(period if period.at[1] else replace(period, at=(_bare(match), match.end())))
    chosen: list[Period] = []
    taken = bytearray(len(text))
    for period in sorted(found, key=lambda p: (p.at[0] - p.at[1], p.at[0])):
        place = slice(*period.at)
        if not any(taken[place]):
            chosen.append(period)
            taken[place] = b"1" * (place.stop - place.start)
    chosen.sort(key=lambda p: p.at)
    try:
        named = _joined(text, _outermost([_narrowed(text, period, present) for period in chosen]))
        return [_opened(text, period, present) for period in named]
    except (ValueError, OverflowError):
        return []


# What stands before a time or between two of them

_EARLY = re.compile(r"(?:\bearly|\b(?:at\s+)?the\s+(?:start|beginning)\s+of|\banfang)(?:\s+(?:in|the))*[\s-]+$", re.I)
_MID = re.compile(r"(?:\bmid|\b(?:in\s+)?the\s+middle\s+of|\bmitte)(?:\s+(?:in|the))*[\s-]+$", re.I)
_LATE = re.compile(r"(?:\blate|\b(?:at\s+)?the\s+end\s+of|\bende)(?:\s+(?:in|the))*[\s-]+$", re.I)
_EARLIER = re.compile(r"\bearlier\s+$", re.I)
_LATER = re.compile(r"\blater\s+$", re.I)
_OFFSET = re.compile(
    rf"(?:\b(?P<count>{NUMBER})\s+|\bthe\s+)(?P<unit>{UNIT}|{FULL_WEEKDAY})\s+(?P<side>before|after)\s+(?:the\s+)?$",
    re.I,
)
_SINCE = re.compile(r"\b(?:since|ever\s+since|seit)\s+(?:the\s+|dem\s+|der\s+)?$", re.I)
_UNTIL = re.compile(r"\b(?:until|till|up\s+to|bis)\s+(?:the\s+|zum\s+)?$", re.I)
_BEFORE = re.compile(r"\b(?:before|prior\s+to|vor)\s+(?:the\s+|dem\s+)?$", re.I)
_AFTER = re.compile(r"\b(?:after|nach)\s+(?:the\s+|dem\s+)?$", re.I)
_MOVED = re.compile(
    r"\b(?:moved|shifted|changed|switched|postponed|delayed|rescheduled|deferred|pushed(?:\s+back)?|put(?:\s+\w+)?\s+off|"
    r"brought\s+forward|verschoben|verlegt)(?:\s+\w+){0,3}\s+$",
    re.I,
)
"""What is moved from one day to another does not last from the one to the other."""
_BETWEEN = re.compile(r"\s*(?:(?:and|und)|(?:to|until|till|through|bis|[-–—]))\s*(?:the\s+)?", re.I)
_FROM = re.compile(r"\b(?:between|from|zwischen|von)\s+(?:the\s+|dem\s+)?$", re.I)
_AND = re.compile(r"\s*(?:and|und)\b", re.I)
_LEADING = re.compile(rf"(?:{LEADING_WORDS}|on|am|before|after|for)[\s-]+", re.I)
_REACH = 60  # characters before a period that may belong to it


def _bare(match: re.Match[str]) -> int:
    """Where the words of a period begin, without a preposition that its pattern took along."""
    leading = _LEADING.match(match.string, *match.span())
    return leading.end() if leading else match.start()


def _before(pattern: re.Pattern[str], text: str, period: Period) -> re.Match[str] | None:
    """The words right before a period, if they fit the pattern."""
    return pattern.search(text, max(period.at[0] - _REACH, 0), period.at[0])


def _outermost(found: list[Period]) -> list[Period]:
    """Without the periods whose words became part of another's."""
    kept: list[Period] = []
    for period in sorted(found, key=lambda p: (p.at[0], -p.at[1])):
        if not kept or period.at[1] > kept[-1].at[1]:
            kept.append(period)
    return kept


def _narrowed(text: str, period: Period, present: Present) -> Period:
    """The early, middle or late third where the text says so; or another period, counted from this one."""
    third = (period.end - period.start) / 3
    for pattern, first, last in ((_EARLY, 0, 1), (_MID, 1, 2), (_LATE, 2, 3)):
        if match := _before(pattern, text, period):
            start, end = period.start + first * third, period.start + last * third
            return replace(period, start=start, end=end, at=(match.start(), period.at[1]))
    if period.start < present.moment < period.end:
        if match := _before(_EARLIER, text, period):
            return replace(period, end=present.moment, at=(match.start(), period.at[1]))
        if match := _before(_LATER, text, period):
            return replace(period, start=present.moment, at=(match.start(), period.at[1]))
    if match := _before(_OFFSET, text, period):
        side = -1 if match["side"].lower() == "before" else 1
        moved = shifted(period, number_of(match["count"]) if match["count"] else 1, match["unit"], side)
        return replace(moved, certain=0.9 * period.certain, at=(match.start(), period.at[1]))
    return period


def _joined(text: str, found: list[Period]) -> list[Period]:
    """Two periods with "between" and "and" around them, or "to" or a dash between them, become one."""
    taken: set[int] = set()
    joined: list[Period] = []
    for (place, first), (_, second) in pairwise(enumerate(found)):
        gap = text[first.at[1] : second.at[0]]
        opening = _before(_FROM, text, first)
        if place in taken or not _BETWEEN.fullmatch(gap) or (_AND.match(gap) and not opening):
            continue
        if opening and _MOVED.search(text, 0, opening.start()):
            continue
        if first.yearless:
            while first.start > second.start:
                first = replace(first, start=first.start - relativedelta(years=1))
            while first.start + relativedelta(years=1) <= second.start:
                first = replace(first, start=first.start + relativedelta(years=1))
        if first.start < second.end:
            at = (opening.start() if opening else first.at[0], second.at[1])
            joined.append(Period(first.start, second.end, min(first.certain, second.certain), at, second.yearless))
            taken |= {place, place + 1}
    return sorted([p for i, p in enumerate(found) if i not in taken] + joined, key=lambda p: p.at)


def _opened(text: str, period: Period, present: Present) -> Period:
    """With an open end: "since June" goes to the present, "before 2020" begins long ago."""
    if match := _before(_SINCE, text, period):
        start, end, certain = period.start, max(present.moment, period.end), 1.0
    elif match := _before(_UNTIL, text, period):
        start, end, certain = LONG_AGO, period.end, 0.8
    elif match := _before(_BEFORE, text, period):
        start, end, certain = LONG_AGO, period.start, 0.8
    elif match := _before(_AFTER, text, period):
        start, end, certain = period.end, present.moment if period.end < present.moment else FAR_AHEAD, 0.8
    else:
        return period
    return replace(period, start=start, end=end, certain=certain * period.certain, at=(match.start(), period.at[1]))
