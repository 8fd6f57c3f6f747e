"""Times counted from the present: "yesterday", "last Tuesday", "two weeks ago". One pattern and one resolver each."""

import re
from dataclasses import replace
from datetime import timedelta

from assistant.memory.recall.times.periods import (
    Period,
    Present,
    Rule,
    away,
    day,
    duration,
    keeper,
    midnight,
    number_of,
    part_of,
    step_of,
    unit_around,
    weekday_near,
)
from assistant.memory.recall.times.words import DAYS, NUMBER, PART, STEP, UNIT, UNITS, WEEKDAY, WEEKDAYS, alternatives

RULES: list[Rule] = []
_rule = keeper(RULES)


@_rule(rf"{alternatives(*DAYS)}(?:['’]?s)?(?:\s+(?:in\s+the\s+)?(?P<part>{PART}))?")
def _named_day(match: re.Match[str], present: Present) -> Period | None:
    words = match[0] if match["part"] is None else match.string[match.start() : match.start("part")]
    key = " ".join(re.sub(r"['’]s", "", words.lower()).removesuffix("in the ").split())
    if key == "morgen" and re.search(
        r"\b(?:guten|am|jeden|gestern|heute|einen)\s+$", match.string[: match.start()], re.I
    ):
        return None
    if words.startswith("Morgen") and match.start() > 0 and not re.search(r"[.!?]\s+$", match.string[: match.start()]):
        return None  # the noun
    start = present.today + timedelta(DAYS[key.removeprefix("the ")])
    return part_of(start, match["part"]) if match["part"] else day(start)


@_rule(rf"(?P<which>tonight|last\s+night|(?:this|diesen)\s+(?P<part>{PART}))")
def _part_of_today(match: re.Match[str], present: Present) -> Period:
    if match["which"].lower().startswith("last"):
        return part_of(present.today - timedelta(1), "night")
    return part_of(present.today, match["part"] or "night")


@_rule(
    rf"(?:(?P<every>every|each|most|jede[nrs]?)\s+|(?:(?P<in>on|since|until|by|am|seit|bis)\s+)?"
    rf"(?:(?:the|dem)\s+)?(?P<step>{STEP})\s+(?P<week>weeks?['’]?s?\s+|woche\s+)?|"
    r"(?P<on>on|since|until|till|by|am|seit|bis|from|between|and|to)\s+)?"
    rf"(?P<day>{WEEKDAY})(?:\s*(?P<part>{PART}))?(?P<later>\s+(?:(?P<of>of\s+)?(?P<laststep>{STEP})\s+(?:week|woche)|before\s+last))?"
)
def _weekday(match: re.Match[str], present: Present) -> Period | None:
    word = match["day"]
    if match["every"]:
        return None
    short = len(word) < 6
    if short and (not word[0].isupper() or not (match["step"] or match["on"])):
        return None
    number = WEEKDAYS[word.lower()]
    if match["laststep"] or match["week"]:
        step = step_of(match["laststep"] or match["step"])
        period = day(present.today + timedelta(7 * step + number - present.today.weekday()), certain=0.9)
    else:
        period = weekday_near(present, number, step_of(match["step"]) if match["step"] else None)
        if match["later"]:
            period = day(period.start - timedelta(7), certain=0.9)
    return part_of(period.start, match["part"], period.certain) if match["part"] else period


@_rule(
    rf"(?:(?:the|der|die|das|den|dem|im|in\s+der|in\s+den|am)\s+)?(?P<step>{STEP})\s+(?:(?P<count>{NUMBER})\s+(?:of\s+)?)?"
    r"(?P<unit>days?|tage?n?|weeks?|wochen?|months?|monate?n?|years?|jahre?n?|decades?|weekends?|wochenenden?|fortnight|hours?|stunden?)"
)
def _stepped_unit(match: re.Match[str], present: Present) -> Period | None:
    step, unit = step_of(match["step"]), match["unit"].lower()
    plural = unit in (
        "days",
        "tage",
        "tagen",
        "weeks",
        "wochen",
        "months",
        "monate",
        "monaten",
        "years",
        "jahre",
        "jahren",
    )
    plural |= unit in ("hours", "stunden", "weekends", "wochenenden", "decades")
    if match["count"] or plural:
        if step == 0:
            return None if not plural else Period(present.today - timedelta(7), present.moment, 0.4)
        count = number_of(match["count"]) if match["count"] else None
        span = duration(4 if count is None else count, unit)
        certain = 0.5 if count is None else 0.9
        if step < 0:
            return Period(midnight(present.moment - span), present.moment, certain)
        return Period(present.moment, midnight(present.moment + span) + timedelta(1), certain)
    if unit in ("hour", "stunde"):
        return Period(present.moment + timedelta(hours=min(step, 0)), present.moment + timedelta(hours=max(step, 0)))
    if unit in ("weekend", "wochenende") and step > 0 and present.today.weekday() < 5:
        return replace(unit_around(present.today, unit, 0), certain=0.7)
    if unit in ("day", "tag"):
        # Mostly seen from something that is told ("the next day we left"), or the last one of several.
        return day(present.today + timedelta(step), certain=0.5) if step else None
    return unit_around(present.today, unit, step)


@_rule(
    r"(?:the|at\s+the|on\s+the|over\s+the|am|übers)\s+(?:weekend|wochenende)(?P<last>\s+before\s+last)?(?!\s+(?:of|before|after|vor|nach)\b)"
)
def _weekend(match: re.Match[str], present: Present) -> Period:
    this = unit_around(present.today, "weekend", 0)
    if match["last"]:
        return unit_around(present.today, "weekend", -2)
    if present.side < 0 and this.start > present.moment:
        return replace(unit_around(present.today, "weekend", -1), certain=0.8)
    return replace(this, certain=0.8)


@_rule(r"the\s+(?P<unit>day|week|month|year)\s+before(?P<last>\s+last)?(?=\s*(?:[.,;?!)]|$))")
def _unit_before(match: re.Match[str], present: Present) -> Period:
    if match["last"]:
        return unit_around(present.today, match["unit"], -2)
    return replace(unit_around(present.today, match["unit"], -1), certain=0.5)


@_rule(rf"(?P<count>{NUMBER}|half\s+an)\s+(?P<unit>{UNIT})\s+(?:ago|back(?=\s*(?:[.,;?!)]|$)))")
@_rule(rf"vor\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})")
def _ago(match: re.Match[str], present: Present) -> Period:
    return away(match["count"], match["unit"], -1, present)


@_rule(rf"in\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})(?:['’]s?\s+time)?(?!\s+ago|\s+of\b|\s+and\b)")
@_rule(rf"(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+from\s+(?:now|today)")
def _ahead(match: re.Match[str], present: Present) -> Period | None:
    count, unit = match["count"], match["unit"]
    if match[0].lower().startswith("in") and (
        count.lower() in ("a", "an", "one", "some") or UNITS[unit.lower()] in ("minutes", "hours")
    ):
        return None  # "in a day", "in one week": mostly how long it takes
    return replace(away(count, unit, 1, present), certain=0.6)


@_rule(r"(?:the\s+other\s+(?P<day>day|night|week|evening)|(?P<lately>recently|lately|neulich|kürzlich))")
def _lately(match: re.Match[str], present: Present) -> Period:
    days = 30 if match["lately"] or match["day"].lower() == "week" else 10
    return Period(present.today - timedelta(days), present.moment, 0.3 if match["lately"] else 0.5)
