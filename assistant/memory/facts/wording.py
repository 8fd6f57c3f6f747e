"""How the text of a fact reads: dates that stand by themselves, a full sentence, a named speaker in the third person.

What the user said stays in the user's own words, in the first person ("I live in Lisbon."): in the inspector it reads
as what they told, nothing is distorted, and a small model reads it well after "I said:". What a speaker with a name
said is turned to the third person ("Caroline lives in Leeds."), because "I" would not say who it was.
"""

import re
from datetime import datetime, timedelta

from assistant.memory.facts.verbs import base_form, is_past, third_person
from assistant.memory.recall.when import Side, Span

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_YEARLY = re.compile(r"\b(birthday|anniversary|every|each|always|usually|wakes?|holiday)\b", re.IGNORECASE)
_FEAST = re.compile(r"\b(?:christmas|easter|halloween|new year|thanksgiving)", re.IGNORECASE)
_SINCE = re.compile(r"\b(since|until|till|by|before|after|from|of|for|to)$", re.IGNORECASE)


_AHEAD = re.compile(
    r"['’]ll\b|\b(will|going to|gonna|plan(?:ning|s)?|upcoming|deadline|next|hope|want|set|fixed|scheduled|booked|due"
    r"|moved|postponed|rescheduled|pushed|cancelled)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\b(?:since|ago|last|used to|have been|has been|born)\b", re.IGNORECASE)


def schedule_side(text: str) -> Side:
    """Whether "on 4 May" in a clause lies ahead, as in all that is set or due, or behind, as in what is told of."""
    if _AHEAD.search(text):
        return "future"
    if _BEHIND.search(text) or any(is_past(word) for word in re.findall(r"[a-z]+", text.lower())):
        return "past"
    return "future"


def _day(time: datetime) -> str:
    return f"{time.day} {MONTHS[time.month - 1]} {time.year}"


def in_words(span: Span) -> str:
    """A span as an adverbial that needs no present: "on 7 May 2023", "in June 2023"; "" where it is not a usual one."""
    start, end = span.start, span.end
    length = end - start
    if length <= timedelta(hours=25):
        return f"on {_day(start)}"
    if length <= timedelta(days=4):
        return f"on the weekend of {_day(start)}" if start.weekday() in (4, 5) else f"around {_day(start)}"
    if length <= timedelta(days=8):
        return f"in the week of {_day(start)}"
    if start.day == 1 and end.day == 1 and length <= timedelta(days=31):
        return f"in {MONTHS[start.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and end.year == start.year + 1:
        return f"in {start.year}"
    return ""


def dated(text: str, spans: list[Span]) -> str:
    """A clause with its first relative date ("yesterday") told by the calendar; one that leads goes to the end."""
    if _YEARLY.search(text):
        return text
    for span in spans:
        at = text.find(span.text)
        if at < 0:
            continue
        before, after = text[:at].rstrip(" ,"), text[at + len(span.text) :].lstrip(" ,")
        if _YEAR.search(span.text):
            return f"{after[:1].upper()}{after[1:]} {_with_preposition(span.text)}" if not before and after else text
        words = in_words(span)
        if not words or _FEAST.search(span.text):
            continue
        before = re.sub(
            r"\b(?:on|in|at|this|during)$", "", re.sub(r"\bthe$", "", before).rstrip(), flags=re.IGNORECASE
        ).rstrip()
        if _SINCE.search(before):
            words = words.split(" ", 1)[1]
        if not before:
            return f"{after} {words}" if after else text
        return " ".join(part for part in (before, words, after) if part)
    return text


def _with_preposition(words: str) -> str:
    return words if re.match(r"(?:in|on|at|since|during) ", words, re.IGNORECASE) else f"in {words}"


def sentence(text: str) -> str:
    """A clause as a sentence: a capital letter first, a full stop last."""
    text = re.sub(r"\bi\b", "I", " ".join(text.split()).strip(" ,;:-"))
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!")) else ".")


def told_of(name: str, text: str) -> str:
    """A first-person clause as one about `name`: "I live with my dog" as "Ada lives with their dog"."""
    words = text.split()
    told: list[str] = []
    conjugate = False
    for i, word in enumerate(words):
        bare = word.strip(",.!")
        low = bare.lower()
        if bare in ("I", "i") or low == "we":
            told.append(word.replace(bare, name))
            conjugate = True
        elif low in ("my", "our"):
            told.append(f"{name}'s" if i == 0 else "their")
        elif low in _OTHERS:
            told.append(word.replace(bare, _OTHERS[low]))
        elif conjugate and low in _ADVERBS:
            told.append(word)
        elif conjugate:
            known = low in ("am", "are", "were") or base_form(low) == low or low in ("have", "do")
            told.append(word.replace(bare, third_person(low)) if known else word)
            conjugate = False
        else:
            told.append(word)
    return " ".join(told)


_OTHERS = {
    "me": "them",
    "mine": "theirs",
    "myself": "themselves",
    "us": "them",
    "ours": "theirs",
    "ourselves": "themselves",
}
_ADVERBS = frozenset(
    [
        "also",
        "still",
        "really",
        "just",
        "always",
        "often",
        "usually",
        "never",
        "now",
        "currently",
        "recently",
        "finally",
        "already",
        "actually",
        "sometimes",
    ]
)
