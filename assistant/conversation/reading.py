"""The prompt from which a trained model answers out of memory: dated lines with speakers, then the question.

The adapter of the task "answer" learned exactly this form, so training and the product build it with the same function,
and a change of it makes a new `READING_FORMAT`. What is told relative to a message ("last Friday") stands there by the
calendar, too: counting days is not what a small model is good at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from assistant.memory.facts.wording import schedule_side
from assistant.memory.recall.when import Side, Span, spans
from assistant.memory.text import sentences
from assistant.models.tokenizer import Message

from .memory_block import day

READING_FORMAT: Final = 1
"""Number of this form. An adapter that was trained with another one must not be used."""

REFUSAL: Final = "Not mentioned."
"""The whole answer where the passages do not tell."""

MOST_CHARACTERS: Final = 600
"""Characters of a passage that are read."""

_SYSTEM: Final = (
    "Answer the question from these memories in a few words: a name, a date, a list, or yes or no with the reason. "
    f"If they do not tell, answer: {REFUSAL}"
)


@dataclass(frozen=True)
class ReadingPassage:
    """Something that was said.

    Attributes:
        speaker: Who said it: "user" (who asks), "assistant" or a name.
        text: The words.
        time: When.
        asked: The question that it replies to, where it says little without; or "".
    """

    speaker: str
    text: str
    time: datetime
    asked: str = ""


def reading_prompt(passages: Sequence[ReadingPassage], question: str, today: date | None) -> list[Message]:
    """The chat messages that ask a model to answer a question from passages.

    Args:
        passages: In any order: the model reads them by time, of two at the same time the first one first.
        question: In the user's words.
        today: The day of asking, for "how long ago"; None leaves it out.
    """
    return [Message("system", _SYSTEM), Message("user", f"{reading_lines(passages)}\n\n{asking(question, today)}")]


def reading_lines(passages: Sequence[ReadingPassage]) -> str:
    """The passages as the model reads them, one a line, oldest first."""
    return "\n".join(_line(passage) for passage in sorted(passages, key=lambda passage: passage.time))


def asking(question: str, today: date | None) -> str:
    """What follows the passages."""
    present = f"Today is {_date(today)}.\n" if today is not None else ""
    return f"{present}Question: {' '.join(question.split())}"


def _line(passage: ReadingPassage) -> str:
    who = {"user": "I", "assistant": "You"}.get(passage.speaker, passage.speaker)
    reply = f" (asked “{' '.join(passage.asked.split())}”)" if passage.asked else ""
    text = " ".join(passage.text.split())[:MOST_CHARACTERS]
    return f"[{day(passage.time)}] {who}{reply}: {with_dates(text, passage.time)}"


def with_dates(text: str, said: datetime) -> str:
    """A text with the calendar's word after each relative time: "I ran last Friday (Friday, 5 May 2023)".

    Args:
        text: What was said.
        said: When.
    """
    pieces: list[str] = []
    rest = text
    for sentence in sentences(text):
        for span in _spans(sentence, said):
            told = _told(span, said)
            before, words, after = rest.partition(span.text.rstrip(" .,;:!?"))
            if told and words and not _REPEATED.search(before) and not _OF_A_MONTH.match(after):
                pieces.append(f"{before}{words} ({told})")
                rest = after
    return "".join((*pieces, rest))


def _spans(sentence: str, said: datetime) -> list[Span]:
    """The times of a sentence, each on the side of the message's day that the words before it mean."""
    behind = spans(sentence, said, prefer="past")
    ahead: list[Span] = []
    for index, span in enumerate(behind):
        before, _, after = sentence.partition(span.text)
        # "I baked in May to set an example" is behind, though "set" as such speaks of what is ahead.
        begins = _BEGINS.search(f"{before}{span.text.partition(' ')[0]} ") and not _ENDS.search(span.text + after[:5])
        long_ago = said - span.start > _FAR and _side(_around(before, after)) == "future"
        if begins or long_ago or _side(before) == _side(sentence) == "future":
            ahead = ahead or spans(sentence, said, prefer="future")
            if len(ahead) != len(behind):
                continue
            # "On the 3rd of June" said on the 20th is not next year's, whatever the words around it; said on the 20th
            # of May it is not last year's, unless what stands right beside it is past.
            to_come = ahead[index].start - said
            if to_come < _SOON if long_ago else not (said - span.start < _JUST_PAST and to_come > _FAR):
                behind[index] = ahead[index]
    return behind


def _around(before: str, after: str) -> str:
    """What stands right beside a time: of "They rang, a new date, 3 November at 9, so I wrote" "a new date at 9"."""
    if _LEADS.fullmatch(before) and after.startswith(","):
        return after  # "On 3 June, after a long week, we got married."
    if before.rstrip()[-1:] in _MARKS:
        after = after.lstrip(_MARKS)
    return f"{_CLAUSES.split(before.rstrip(_MARKS))[-1]} {_CLAUSES.split(after)[0]}"


def _side(text: str) -> Side:
    """Whether a time in a clause lies ahead. What was moved is ahead ("to Friday"), who moved is not ("to Oslo")."""
    return schedule_side(_SAME_FORM.sub(r"\1 went", _WHO_MOVED.sub("went", text)))


_WHO_MOVED = re.compile(r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!got )\bmoved\b", re.IGNORECASE)
_SAME_FORM = re.compile(
    r"\b(I|we|he|she|it|they) (?:put|cut|beat|let|hit|hurt|shut|bet|split|spread|quit|cost|read)\b", re.IGNORECASE
)
"""Verbs whose past is like their present: with a single time beside them they are mostly of the past."""
_BEGINS = re.compile(r"\b(?:from|moved to) (?:(?:the )?\S+ )?$", re.IGNORECASE)
"""Before what lies ahead: "from Monday I work at the port", "it was moved to the 3rd"."""
_ENDS = re.compile(r"\s+(?:to|until|till|-|–)\b", re.IGNORECASE)
_OF_A_MONTH = re.compile(
    r"\s+(?:of\s+(?-i:[A-Z])|(?:of|in)\s+(?:the|each|every|a|another)\s+(?:month|year)\b)", re.IGNORECASE
)
"""After a weekday: "the last Friday of May" is not the last one seen from the message."""
_MARKS: Final = " ,;:–—-("
_CLAUSES = re.compile(r"[,;:(–—]\s|\s[–—-]\s")
_LEADS = re.compile(r"\W*(?:(?:on|in|at|by)\b)?\W*(?:the\b)?\W*", re.IGNORECASE)
_JUST_PAST: Final = timedelta(days=60)
_SOON: Final = timedelta(days=120)
_FAR: Final = timedelta(days=270)
_UNTIL = re.compile(r"(?:until|till|before)\b", re.IGNORECASE)
_SINCE = re.compile(r"since\s+", re.IGNORECASE)
_LEAST_CERTAIN: Final = 0.6
"""Vaguer times ("recently", "the other day") are left in their own words."""

_CALENDAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d")
_AGO = re.compile(r"\b(?P<count>[\w-]+(?: \w+)?) (?P<unit>weeks?|weekends?) ago\b", re.IGNORECASE)
_REPEATED = re.compile(r"\b(?:every|each)\s+(?:other\s+|second\s+)?$", re.IGNORECASE)
_MONTH = re.compile(r"month", re.IGNORECASE)
_YEAR = re.compile(r"year", re.IGNORECASE)
_SEASON = re.compile(r"spring|summer|autumn|fall|winter", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _told(span: Span, said: datetime) -> str:
    """A time by the calendar; "" where it needs no telling."""
    if span.certain < _LEAST_CERTAIN or _CALENDAR.search(span.text):
        return ""
    if _UNTIL.match(span.text):
        return ""
    if begins := _SINCE.match(span.text):
        began = span.text[begins.end() :]
        first = spans(began, said) or spans(f"in {began}", said)
        return _told(first[0], said) if first else ""
    if ago := _AGO.search(span.text):
        return f"{ago['count'].lower()} {ago['unit'].lower()} before {_date(said)}"
    middle = span.start + (span.end - span.start) / 2
    length = span.end - span.start
    if _YEAR.search(span.text):
        return str(middle.year)
    if _MONTH.search(span.text) or (span.start.day == span.end.day == 1 and length <= timedelta(days=31)):
        return _month(middle)
    if season := _SEASON.search(span.text):
        return f"{season[0].lower()} {middle.year}"
    if length <= timedelta(hours=25):
        if span.start.date() == said.date():
            return ""
        weekday = f"{_WEEKDAYS[span.start.weekday()]}, " if _WEEKDAY.search(span.text) else ""
        return f"{weekday}{_date(span.start)}"
    name = "weekend" if "weekend" in span.text.lower() else "week"
    if length <= timedelta(days=4) and name != "weekend":
        return f"around {_date(middle)}"
    if length > timedelta(days=8):
        return ""
    if span.end <= said and said - span.end <= timedelta(days=8):
        return f"the {name} before {_date(said)}"
    if span.start > said and span.start - said <= timedelta(days=8):
        return f"the {name} after {_date(said)}"
    return f"the {name} of {_date(span.start)}"


def _month(time: date) -> str:
    return _date(time).split(" ", 1)[1]


def _date(time: date) -> str:
    return day(datetime(time.year, time.month, time.day))
