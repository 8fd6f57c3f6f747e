"""The words for times in English and German, and the pieces of pattern that the grammar is made of."""

import re

MONTHS = {
    **dict.fromkeys(("january", "januar", "jänner", "jan"), 1),
    **dict.fromkeys(("february", "februar", "feb"), 2),
    **dict.fromkeys(("march", "märz", "mar"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("may", "mai"), 5),
    **dict.fromkeys(("june", "juni", "jun"), 6),
    **dict.fromkeys(("july", "juli", "jul"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("october", "oktober", "oct", "okt"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("december", "dezember", "dec", "dez"), 12),
}
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez")
NOT_ALWAYS_MONTHS = frozenset(("march", "april", "may", "june", "august", *_SHORT_MONTHS))
"""Also verbs, names or cut words: they need a day, a year or a word like "in" beside them."""

WEEKDAYS = {
    **dict.fromkeys(("monday", "montag", "mon"), 0),
    **dict.fromkeys(("tuesday", "dienstag", "tues", "tue"), 1),
    **dict.fromkeys(("wednesday", "mittwoch", "wed"), 2),
    **dict.fromkeys(("thursday", "donnerstag", "thurs", "thur", "thu"), 3),
    **dict.fromkeys(("friday", "freitag", "fri"), 4),
    **dict.fromkeys(("saturday", "samstag", "sonnabend", "sat"), 5),
    **dict.fromkeys(("sunday", "sonntag", "sun"), 6),
}
SEASONS = {
    **dict.fromkeys(("spring", "springtime", "frühling", "frühjahr"), 3),
    **dict.fromkeys(("summer", "summertime", "sommer"), 6),
    **dict.fromkeys(("fall", "autumn", "herbst"), 9),
    **dict.fromkeys(("winter", "wintertime"), 12),
}
"""First month of each season: the meteorological ones of the northern half of the world, three months long."""

UNITS = {
    **dict.fromkeys(("minute", "minutes", "min", "mins", "minuten"), "minutes"),
    **dict.fromkeys(("hour", "hours", "stunde", "stunden"), "hours"),
    **dict.fromkeys(("day", "days", "night", "nights", "tag", "tage", "tagen", "nacht", "nächten"), "days"),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), "weeks"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnights"),
    **dict.fromkeys(("weekend", "weekends", "wochenende", "wochenenden"), "weekends"),
    **dict.fromkeys(("month", "months", "monat", "monate", "monaten"), "months"),
    **dict.fromkeys(("year", "years", "jahr", "jahre", "jahren"), "years"),
    **dict.fromkeys(("decade", "decades", "jahrzehnt", "jahrzehnte", "jahrzehnten"), "decades"),
}
NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "ein", "eine", "einem", "einen", "einer"), 1),
    **dict.fromkeys(("two", "zwei", "couple", "a couple", "couple of", "a couple of"), 2),
    **dict.fromkeys(("three", "drei"), 3),
    **dict.fromkeys(("four", "vier"), 4),
    **dict.fromkeys(("five", "fünf"), 5),
    **dict.fromkeys(("six", "sechs"), 6),
    **dict.fromkeys(("seven", "sieben"), 7),
    **dict.fromkeys(("eight", "acht"), 8),
    **dict.fromkeys(("nine", "neun"), 9),
    **dict.fromkeys(("ten", "zehn"), 10),
    **dict.fromkeys(("eleven", "elf"), 11),
    **dict.fromkeys(("twelve", "zwölf"), 12),
    **dict.fromkeys(("fifteen", "fünfzehn"), 15),
    **dict.fromkeys(("twenty", "zwanzig"), 20),
    **dict.fromkeys(("thirty", "dreißig"), 30),
}
VAGUE = frozenset(("few", "a few", "several", "some", "ein paar", "paar", "einige", "einigen", "mehreren"))

HOURS = {
    **dict.fromkeys(("morning", "morgen", "vormittag", "früh"), (5, 12)),
    **dict.fromkeys(("noon", "lunchtime", "mittag"), (11, 14)),
    **dict.fromkeys(("afternoon", "nachmittag"), (12, 18)),
    **dict.fromkeys(("evening", "abend"), (17, 24)),
    **dict.fromkeys(("night", "nacht"), (18, 29)),
}
"""From and to which hour a part of a day goes; past 24 it is the next day's."""

DAYS = {
    **dict.fromkeys(("today", "heute"), 0),
    **dict.fromkeys(("yesterday", "gestern"), -1),
    **dict.fromkeys(("tomorrow", "morgen"), 1),
    **dict.fromkeys(("day before yesterday", "the day before yesterday", "vorgestern"), -2),
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow", "übermorgen"), 2),
}
STEPS = {
    **dict.fromkeys(("last", "past", "previous", "letzte", "vergangene", "vorige"), -1),
    **dict.fromkeys(("this", "current", "diese"), 0),
    **dict.fromkeys(("next", "coming", "upcoming", "nächste", "kommende"), 1),
}
HOLIDAYS = {
    **dict.fromkeys(("christmas eve", "heiligabend"), (12, 24, 1)),
    **dict.fromkeys(("christmas day",), (12, 25, 1)),
    **dict.fromkeys(("boxing day",), (12, 26, 1)),
    **dict.fromkeys(("christmas", "christmastime", "xmas", "weihnachten"), (12, 24, 3)),
    **dict.fromkeys(("new year's eve", "silvester"), (12, 31, 1)),
    **dict.fromkeys(("new year's day", "new year's", "neujahr"), (1, 1, 1)),
    **dict.fromkeys(("valentine's day", "valentinstag"), (2, 14, 1)),
    **dict.fromkeys(("halloween",), (10, 31, 1)),
}
"""Month, day and how many days. Easter and Thanksgiving move."""

MOVING = frozenset(("easter", "ostern", "thanksgiving"))

_PHRASES = (*MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *HOURS, *DAYS, *HOLIDAYS, *MOVING)
_COMPOUNDS = tuple(day + part for day in WEEKDAYS for part in HOURS if day.endswith(("tag", "woch", "abend")))
_OTHER_CUES = (*_COMPOUNDS, "tonight", "recently", "lately", "neulich", "kürzlich")
_NO_CUES = ("new", "the", "before", "after", "s")
CUES = frozenset(word for phrase in _PHRASES for word in re.findall(r"\w+", phrase)) - set(_NO_CUES) | set(_OTHER_CUES)
"""A text without one of these words and without a digit names no time."""

_PLAIN_UNITS = ("week", "weekend", "month", "year", "ago", "night", "morning", "woche", "wochenende", "monat", "jahr")
PLAIN_CUES = frozenset(
    word
    for word in (*WEEKDAYS, *MONTHS, *DAYS, *HOLIDAYS, *MOVING, *_PLAIN_UNITS, "tonight")
    if len(word) > 3 and " " not in word and word not in ("march", "morgen")
) | {"ago"}
"""Words that by themselves make it likely that a text names a time."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


def has_cue(text: str) -> bool:
    """Whether a text holds a word or number that a time may be made of. Cheap, and true too often."""
    return any(word in CUES or word[0].isdigit() for word in _WORD.findall(text.lower()))


def alternatives(*words: str) -> str:
    """A pattern for any of these words, the longest first; white space between them may be any."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", r"\s+").replace("'", "['’]?") for word in ordered) + ")"


MONTH = alternatives(*MONTHS)
WEEKDAY = alternatives(*WEEKDAYS)
FULL_WEEKDAY = alternatives(*(word for word in WEEKDAYS if len(word) > 5))
SEASON = alternatives(*SEASONS)
UNIT = alternatives(*UNITS)
PART = alternatives(*HOURS)
NUMBER = rf"(?:\d{{1,4}}|{alternatives(*NUMBERS, *VAGUE)})"
STEP = r"(?:last|past|previous|this|current|next|coming|upcoming|(?:letzt|vergangen|vorig|dies|nächst|kommend)e[nrsm]?)"
HOLIDAY = alternatives(*HOLIDAYS, *MOVING)
YEAR = r"(?:(?:19|20)\d\d)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])"
