"""Stretches of wall-clock time and calendar arithmetic with them. Knows no patterns."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from assistant.memory.recall.times.words import HOURS, NUMBERS, STEPS, UNITS, VAGUE, WEEKDAYS

LONG_AGO, FAR_AHEAD = datetime(1900, 1, 1), datetime(2200, 1, 1)
"""Stand for "any time before" and "any time after"."""


@dataclass(frozen=True)
class Period:
    """A stretch of wall-clock time that a text names.

    Attributes:
        start, end: Naive; the end is not included.
        certain: 0 to 1, how surely the words mean this.
        at: Where the words stand in the text, from and to.
        yearless: The words leave the year open.
    """

    start: datetime
    end: datetime
    certain: float = 1.0
    at: tuple[int, int] = (0, 0)
    yearless: bool = False


@dataclass(frozen=True)
class Present:
    """When the words were said, and whether an open year or weekday is sought before (-1) or after (1) that."""

    moment: datetime
    side: int

    @property
    def today(self) -> datetime:
        """The first moment of the day."""
        return midnight(self.moment)


def step_of(word: str) -> int:
    """-1, 0 or 1 for "last", "this", "next"."""
    return STEPS[word.lower()] if word.lower() in STEPS else STEPS[word.lower().rstrip("nrsm")]


def number_of(words: str) -> int | None:
    """The number that a figure or word stands for; None for "a few"."""
    key = " ".join(words.lower().split())
    return None if key in VAGUE else int(key) if key.isdigit() else NUMBERS[key]


def duration(count: int, unit: str) -> relativedelta:
    """So many of a unit's word ("weeks", "Jahr")."""
    name = UNITS[unit.lower()]
    if name == "fortnights":
        return relativedelta(weeks=2 * count)
    if name == "decades":
        return relativedelta(years=10 * count)
    return relativedelta(**{"weeks" if name == "weekends" else name: count})


def day(start: datetime, days: int = 1, certain: float = 1.0, *, yearless: bool = False) -> Period:
    """A period of whole days."""
    return Period(start, start + timedelta(days), certain, yearless=yearless)


def months(year: int, month: int, count: int = 1, certain: float = 1.0, *, yearless: bool = False) -> Period:
    """A period of whole months. Month 13 is the next January."""
    start = datetime(year, 1, 1) + relativedelta(months=month - 1)
    return Period(start, start + relativedelta(months=count), certain, yearless=yearless)


def part_of(start: datetime, part: str, certain: float = 1.0) -> Period:
    """The morning, afternoon, evening or night of the day that starts then."""
    first, last = HOURS[part.lower()]
    return Period(start + timedelta(hours=first), start + timedelta(hours=last), certain)


def unit_around(start: datetime, unit: str, step: int) -> Period:
    """The calendar unit that holds a day, moved by so many of it: step -1 of "week" is the week before, from Monday."""
    name = UNITS[unit.lower()]
    if name in ("weeks", "fortnights"):
        monday = start - timedelta(start.weekday())
        return day(monday + timedelta(7 * step), 7)
    if name == "weekends":
        return day(start - timedelta(start.weekday()) + timedelta(5 + 7 * step), 2)
    if name == "months":
        return months(start.year, start.month + step)
    if name == "years":
        return months(start.year + step, 1, 12)
    if name == "decades":
        return months(start.year - start.year % 10 + 10 * step, 1, 120)
    return day(start + timedelta(step))


def nearest(make: Callable[[int], Period], present: Present) -> Period:
    """Of a period that comes every year, the one that began last (or that begins next, on the other side)."""
    year = present.moment.year
    options = [make(y) for y in range(year - 2, year + 3)]
    if present.side > 0:
        chosen = next(p for p in options if p.end > present.moment)
    else:
        chosen = next(p for p in reversed(options) if p.start <= present.moment)
    return replace(chosen, certain=min(chosen.certain, 0.9), yearless=True)


def stepped(make: Callable[[int], Period], step: int, present: Present) -> Period:
    """Of a period that comes every year, the last one that is over, this year's, or the next to begin."""
    options = [make(y) for y in range(present.moment.year - 2, present.moment.year + 3)]
    if step < 0:
        return replace(next(p for p in reversed(options) if p.end <= present.moment), certain=0.9)
    if step > 0:
        return replace(next(p for p in options if p.start > present.moment), certain=0.9)
    return min(options, key=lambda p: abs((p.start - present.moment) + (p.end - p.start) / 2))


def weekday_near(present: Present, number: int, step: int | None) -> Period:
    """The last, this week's or the next Monday (0) to Sunday (6); the nearest on the present's side if step is None."""
    if step == 0:
        return day(present.today - timedelta(present.today.weekday() - number), certain=0.8)
    back = (present.today.weekday() - number - 1) % 7 + 1
    ahead = (number - present.today.weekday() - 1) % 7 + 1
    forward = step > 0 if step is not None else present.side > 0
    return day(present.today + timedelta(ahead if forward else -back), certain=0.8 if step is None else 0.9)


def away(count: str, unit: str, side: int, present: Present) -> Period:
    """So many units before or after the present, about as exactly as people mean it."""
    if count.lower().startswith("half"):
        count, unit = "30", "minutes"
    name, number = UNITS[unit.lower()], number_of(count)
    if name in ("minutes", "hours"):
        size = timedelta(hours=1) if name == "hours" else timedelta(minutes=10)
        far = present.moment + duration(side * (number or (3 if name == "hours" else 30)), unit)
        return Period(far - size, far + size, 0.9)
    if number is None:
        near, far = present.today + duration(2 * side, unit), present.today + duration(6 * side, unit)
        return Period(min(near, far), max(near, far) + timedelta(1), 0.6)
    middle = present.today + duration(side * number, unit)
    if name in ("days", "weekends"):
        return day(middle) if name == "days" else unit_around(present.today, unit, side * number)
    if name in ("years", "decades"):
        return months(middle.year, 1, 12, 0.9)
    spread = timedelta(3) if name in ("weeks", "fortnights") else timedelta(15)
    return Period(middle - spread, middle + spread + timedelta(1), 0.9)


def midnight(moment: datetime) -> datetime:
    """The first moment of a day."""
    return datetime.combine(moment.date(), time())


def shifted(period: Period, count: int | None, unit: str, side: int) -> Period:
    """The unit ("week", "Friday") so many before (-1) or after (1) a period; a count of None is a few."""
    edge = period.start if side < 0 else max(period.end - timedelta(1), period.start)
    if unit.lower() in WEEKDAYS:
        return weekday_near(Present(edge, side), WEEKDAYS[unit.lower()], None)
    moment = midnight(edge)
    name = UNITS[unit.lower()]
    if name == "weekends":
        return day(
            moment - timedelta((moment.weekday() - 5) % 7 or 7)
            if side < 0
            else moment + timedelta((5 - moment.weekday()) % 7 or 7),
            2,
        )
    if count == 1 and name in ("weeks", "months", "years"):
        # "The week before the trip" ends where the trip begins.
        far = moment + duration(side, unit)
        return Period(far, period.start) if side < 0 else Period(moment + timedelta(1), far + timedelta(1))
    return away(str(count) if count is not None else "few", unit, side, Present(moment, side))


Resolver = Callable[[re.Match[str], Present], Period | None]
Rule = tuple[re.Pattern[str], Resolver]
"""A form of words, and the period that a match stands for (None when it is no time after all)."""


def keeper(rules: list[Rule]) -> Callable[[str], Callable[[Resolver], Resolver]]:
    """A decorator that adds a pattern, for whole words in any case, with the function that resolves it."""

    def rule(pattern: str) -> Callable[[Resolver], Resolver]:
        def keep(resolver: Resolver) -> Resolver:
            rules.append((re.compile(rf"(?<![\w.]){pattern}(?!\w)", re.IGNORECASE), resolver))
            return resolver

        return keep

    return rule
