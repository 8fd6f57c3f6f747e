"""Times as people tell them, seen from the day of a message."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from assistant.conversation.memory_block import day

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS: Final = ("two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Time:
    """A time in a message.

    Attributes:
        words: As it is told.
        answer: By the calendar, where that does not follow from what the prompt adds to the words; else "".
    """

    words: str
    answer: str = ""


def past(said: datetime, choice: random.Random) -> Time:
    """A time before a message."""
    number = choice.choice(_NUMBERS)
    ago = said - timedelta(choice.randint(12, 150))
    kind = choice.choices(range(15), (12, 12, 7, 7, 7, 7, 5, 5, 6, 5, 7, 5, 5, 4, 6))[0]
    if kind == 0:
        return Time(choice.choice(("yesterday", "yesterday", "last night", "yesterday evening")))
    if kind == 1:
        return Time(f"{choice.choice(('last', 'last', 'on'))} {choice.choice(WEEKDAYS)}")
    if kind == 2:
        return Time(choice.choice(("last week", "last week", "over the last week")))
    if kind == 3:
        return Time(choice.choice(("last weekend", "at the weekend", "over the weekend", "last weekend")))
    if kind == 4:
        return Time("last month")
    if kind == 5:
        return Time(choice.choice((f"{number} weeks ago", f"{number} weeks ago", f"{number} weekends ago")))
    if kind == 6:
        return Time(f"{number} months ago")
    if kind == 7:
        return Time(choice.choice(("last year", f"{number} years ago")))
    if kind == 8:
        return Time(choice.choice((f"{number} days ago", "the day before yesterday")))
    if kind == 9:
        return Time(f"in {MONTHS[ago.month - 1]}")
    if kind == 10:
        form = choice.choice(
            (f"on {ago.day} {_month(ago)}", f"on {_month(ago)} {ago.day}", f"on the {_nth(ago.day)} of {_month(ago)}")
        )
        return Time(form)
    if kind == 11:
        year = str(said.year - choice.randint(1, 9))
        return Time(f"in {year}", year)
    if kind == 12:
        month = f"{_month(ago)} {said.year - choice.randint(1, 6)}"
        return Time(f"in {month}", month)
    if kind == 13:
        return Time(choice.choice(("last summer", "last winter", "last spring", "last fall")))
    return Time(choice.choice(("today", "this morning", "just now", "this afternoon")), day(said))


def ahead(said: datetime, choice: random.Random) -> Time:
    """A time after a message."""
    number = choice.choice(_NUMBERS)
    later = said + timedelta(choice.randint(12, 150))
    kind = choice.randrange(9)
    if kind == 0:
        return Time("tomorrow")
    if kind == 1:
        return Time(f"{choice.choice(('next', 'on', 'this'))} {choice.choice(WEEKDAYS)}")
    if kind == 2:
        return Time("next week")
    if kind == 3:
        return Time(choice.choice(("this weekend", "next weekend")))
    if kind == 4:
        return Time("next month")
    if kind == 5:
        return Time(f"in {number} {choice.choice(('days', 'weeks', 'months'))}")
    if kind == 6:
        return Time(f"in {_month(later)} {later.year}", f"{_month(later)} {later.year}")
    if kind == 7:
        return Time(f"on {later.day} {_month(later)}")
    return Time("next year")


def month(time: date) -> str:
    """ "May 2023"."""
    return f"{_month(time)} {time.year}"


def _month(time: date) -> str:
    return MONTHS[time.month - 1]


def _nth(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
