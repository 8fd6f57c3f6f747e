"""Which of two times comes first, as far as their words tell."""

import re
from datetime import date, timedelta
from typing import Final

from .times import MONTHS

_DAY: Final = re.compile(r"(?:\w+day, )?(\d{1,2}) (\w+) (\d{4})")
_MONTH: Final = re.compile(r"(\w+) (\d{4})")
_YEAR: Final = re.compile(r"\d{4}")


def earlier(first: str, second: str) -> bool:
    """Whether one time surely ends before another one begins; no for times that are told vaguely."""
    one, two = _span(first), _span(second)
    return one is not None and two is not None and one[1] < two[0]


def _span(when: str) -> tuple[date, date] | None:
    """First and last day of "5 May 2023", "May 2023" or "2023"."""
    if (found := _DAY.fullmatch(when)) and found[2] in MONTHS:
        day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
        return day, day
    if (found := _MONTH.fullmatch(when)) and found[1] in MONTHS:
        first = date(int(found[2]), MONTHS.index(found[1]) + 1, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if _YEAR.fullmatch(when):
        return date(int(when), 1, 1), date(int(when), 12, 31)
    return None
