"""Times by the calendar: days, months, years, seasons, holidays. One pattern and one resolver for each form."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import TH, relativedelta

from assistant.memory.recall.times.periods import Period, Present, Rule, day, keeper, months, nearest, step_of, stepped
from assistant.memory.recall.times.words import (
    DAY,
    HOLIDAY,
    HOLIDAYS,
    MONTH,
    MONTHS,
    MOVING,
    NOT_ALWAYS_MONTHS,
    SEASON,
    SEASONS,
    STEP,
    WEEKDAY,
    YEAR,
)

RULES: list[Rule] = []
_rule = keeper(RULES)

# Days as figures

_DATE_TAIL = rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})(?![.,]?\d))?"
_OF_WEEKDAY = rf"(?:{WEEKDAY}\.?,?\s+(?:(?:the|den|dem)\s+)?)?"

_ENDS_IN_MONTH = re.compile(rf"\b{MONTH}\.?\s+(?:the\s+)?$", re.I)


def _numbered(month: int, first: int, last: int, year: str | None, present: Present) -> Period:
    def make(y: int) -> Period:
        return day(datetime(y, month, first), last - first + 1)

    if last < first:
        raise ValueError(last)
    if year:
        return make(int(year))
    if (month, first) == (2, 29):  # not in every year
        years = range(present.moment.year - 8, present.moment.year + 9)
        days = [datetime(y, 2, 29) for y in years if y % 4 == 0 and (y % 100 or y % 400 == 0)]
        if present.side > 0:
            return day(next(d for d in days if d >= present.today), certain=0.9, yearless=True)
        return day(next(d for d in reversed(days) if d <= present.today), certain=0.9, yearless=True)
    return nearest(make, present)


@_rule(
    rf"{_OF_WEEKDAY}(?P<first>{DAY})(?:st|nd|rd|th|\.)?(?:\s*(?:-|–|to|until|bis)\s*(?P<last>{DAY})(?:st|nd|rd|th|\.)?)?"
    rf"(?:\s+of\s+|\s*)(?P<month>{MONTH})\.?{_DATE_TAIL}"
)
def _day_month(match: re.Match[str], present: Present) -> Period | None:
    month = match["month"]
    if month == "may" and match["year"] is None and not re.search(r"\d(st|nd|rd|th)", match[0]):
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if match["last"] and _ENDS_IN_MONTH.search(match.string, 0, match.start()):
        # "October 7 to 11 July": the 7th belongs to October.
        end = _numbered(MONTHS[month.lower()], last, last, match["year"], present)
        return replace(end, at=(match.start("last"), match.end()))
    return _numbered(MONTHS[month.lower()], first, last, match["year"], present)


@_rule(
    rf"{_OF_WEEKDAY}(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<first>{DAY})(?P<suffix>st|nd|rd|th)?"
    rf"(?:\s*(?:-|–|to)\s*(?P<last>{DAY})(?:st|nd|rd|th)?(?!\d|\s*(?:of\s+)?{MONTH}\b))?(?![:.]\d|\s*[ap]m\b|\s*%){_DATE_TAIL}"
)
def _month_day(match: re.Match[str], present: Present) -> Period | None:
    if match["month"] in ("may", "march", "mar") and not (match["suffix"] or match["year"]):
        before = match.string[: match.start()].rstrip().lower()
        if not before.endswith((" on", " since", " by", " until")):
            return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return _numbered(MONTHS[match["month"].lower()], first, last, match["year"], present)


@_rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?:T[\d:.+Z-]*)?")
def _iso(match: re.Match[str], _: Present) -> Period:
    return day(datetime(int(match["year"]), int(match["month"]), int(match["day"])))


@_rule(
    r"(?P<a>\d{1,2})(?P<mark>[/.-])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<year>(?:19|20)\d\d|\d\d(?=[\s,;?!)]|$))(?![./-]\d)"
)
def _figures(match: re.Match[str], _: Present) -> Period | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["mark"] != "/" and year < 100:
        return None  # a version number
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if match["mark"] == "." or a > 12:
        return day(datetime(year, b, a))
    if b > 12:
        return day(datetime(year, a, b))
    return day(datetime(year, a, b), certain=1.0 if a == b else 0.6)


@_rule(r"(?:on|since|by|until|from)\s+the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)(?=\s*(?:[.,;?!)]|$))")
def _day_of_month(match: re.Match[str], present: Present) -> Period | None:
    number = int(match["day"])
    starts = []
    for step in range(-3, 4):
        first = datetime(present.today.year, present.today.month, 1) + relativedelta(months=step)
        if (first + timedelta(number - 1)).month == first.month:
            starts.append(first + timedelta(number - 1))
    chosen = [s for s in starts if (s >= present.today if present.side > 0 else s <= present.today)]
    return day(chosen[0] if present.side > 0 else chosen[-1], certain=0.8)


# Months, years, seasons, holidays

LEADING_WORDS = (
    r"(?:in|since|until|till|during|by|im|seit|bis|of|early|late|mid|"
    r"anfang|mitte|ende|between|zwischen|from|and|to|und)"
)
_LOOSE = frozenset(("and", "to", "und", "by", "from", "of"))
_RANGE_BEFORE = re.compile(rf"\b(?:between|from|zwischen|von)\s+(?:\w+\s+)?{MONTH}\b", re.I)
_RANGE_AFTER = re.compile(rf"\s+(?:to|until|till|through|and)\s+{MONTH}\b", re.I)


def _is_month(match: re.Match[str]) -> bool:
    """Whether "May", also a verb and a name, is a month here: by the word before it, or as one end of a range."""
    leading = (match["in"] or "").lower()
    if leading not in _LOOSE:
        return leading != ""
    if match["month"].islower():
        return False
    opened = _RANGE_BEFORE.search(match.string, max(match.start() - 30, 0), match.start("month"))
    return leading in ("by", "of") or opened is not None or _RANGE_AFTER.match(match.string, match.end()) is not None


@_rule(rf"(?:(?P<step>{STEP})[\s-]+|(?P<in>{LEADING_WORDS})[\s-]+)?(?P<month>{MONTH})\.?{_DATE_TAIL}(?!['’]s\b)")
def _month(match: re.Match[str], present: Present) -> Period | None:
    word, month = match["month"], MONTHS[match["month"].lower()]
    if match["year"]:
        return months(int(match["year"]), month)
    if match["step"]:
        if word in ("may", "march") and match["step"].lower() in ("this", "past"):
            return None  # "this may help", "march past"
        return stepped(lambda y: months(y, month), step_of(match["step"]), present)
    if word.lower() in NOT_ALWAYS_MONTHS and not _is_month(match):
        return None
    return nearest(lambda y: months(y, month), present)


@_rule(
    rf"(?:(?P<step>{STEP})\s+|(?P<in>in|during|over|throughout|since|until|im|über\s+den|im\s+letzten|seit)\s+"
    rf"(?:the\s+|dem\s+)?|the\s+)?(?P<season>{SEASON})(?P<of>(?:\s+(?:of|in))?\s+(?P<year>{YEAR}))?"
)
def _season(match: re.Match[str], present: Present) -> Period | None:
    month = SEASONS[match["season"].lower()]
    if match["year"]:
        return months(int(match["year"]), month, 3)
    if match["step"]:
        return stepped(lambda y: months(y, month, 3), step_of(match["step"]), present)
    if match["in"] or (
        match[0].lower().startswith("the ") and match["season"].lower() in ("summer", "winter", "autumn")
    ):
        return nearest(lambda y: months(y, month, 3), present)
    return None


def _holiday_in(year: int, name: str) -> Period:
    if name in ("easter", "ostern"):
        sunday = datetime.combine(easter(year), time())
        return day(sunday - timedelta(2), 4)
    if name == "thanksgiving":
        return day(datetime(year, 11, 1) + relativedelta(weekday=TH(4)))
    month, first, days = HOLIDAYS[name]
    return day(datetime(year, month, first), days)


_HOLIDAY_KEYS = {re.sub(r"\W", "", name): name for name in (*HOLIDAYS, *MOVING)}


@_rule(
    rf"(?:(?P<step>{STEP})\s+)?(?P<holiday>{HOLIDAY})(?:\s+(?:in\s+)?(?P<year>{YEAR}))?"
    r"(?!\s+(?:trees?|cards?|eggs?|presents?|gifts?|carols?|songs?|movies?|cookies?|ornaments?|decorations?|costumes?|island))"
)
def _holiday(match: re.Match[str], present: Present) -> Period | None:
    name = _HOLIDAY_KEYS[re.sub(r"\W", "", match["holiday"].lower())]
    if match["year"]:
        return _holiday_in(int(match["year"]), name)
    if match["step"]:
        return stepped(lambda y: _holiday_in(y, name), step_of(match["step"]), present)
    return nearest(lambda y: _holiday_in(y, name), present)


@_rule(
    rf"(?:(?P<in>in|since|until|till|during|year|before|after|of|im\s+jahr|seit|bis|jahr|from|to|by|for)\s+)?(?P<year>{YEAR})(?P<s>['’]?s)?"
)
def _year(match: re.Match[str], _: Present) -> Period | None:
    rest = match.string[match.end() :]
    year = int(match["year"])
    if match["s"]:
        return months(year, 1, 120) if year % 10 == 0 else None
    if (
        re.match(
            r"[.,:/-]\d|\s*(?:%|€|\$)|\s+(?:[a-zäöü]+s|people|euros?|dollars?|miles|km|m|kg|words|steps)\b", rest, re.I
        )
        and not match["in"]
    ):
        return None
    if re.search(r"[$€£#\d.,/:-]$", match.string[: match.start("year")]):
        return None
    if match["in"]:
        return months(year, 1, 12)
    return months(year, 1, 12, 0.7) if re.match(r"\s*(?:[,.;?!)]|$)", rest) else None
