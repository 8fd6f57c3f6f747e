"""The direct answer that a passage gives: a time, or words of it as the user would hear them."""

import re
from datetime import timedelta

from assistant.conversation.addressing import to_the_user
from assistant.conversation.memory_block import day
from assistant.conversation.question import asks_past, asks_yes_or_no, inner
from assistant.memory.facts.changes import ended_in
from assistant.memory.facts.wording import in_words
from assistant.memory.recall.when import Side, asks_when, spans
from assistant.memory.text import sentences

from .evidence import Passage, shortened
from .filtering import statements
from .reader import Reader, repeats


def direct_answer(question: str, passage: Passage, reader: Reader) -> str:
    """The direct answer, without an end mark; "" where quoting says it best.

    Raises:
        CancelledError: `reader.cancelled` answered true.
    """
    asked = inner(question)
    if asks_yes_or_no(question):
        return ""
    text = shortened(statements(passage.spoken))
    if asks_when(asked) and (time := time_told(passage, text)):
        return time
    span = reader.span(passage.as_line, text, asked)
    if span is None or repeats(span.text, text) or (not asks_past(question) and _is_over(span.text, text)):
        return ""
    words = to_the_user(span.text) if passage.speaker == "user" else span.text
    return f"{words[0].upper()}{words[1:]}"


def _is_over(words: str, text: str) -> bool:
    """Whether a text says of these words that they hold no longer: "tea" in "I went from tea to coffee"."""
    return any(words.lower() in old.lower() for sentence in sentences(text) for old in ended_in(sentence))


_AHEAD = re.compile(
    r"\b(will|going to|plan\w*|next|tomorrow|until|by|'ll|soon|upcoming|starts?|leaves?|comes?)\b", re.IGNORECASE
)
_ABSOLUTE = re.compile(
    r"\d|january|february|march|april|june|july|august|september|october|november|december", re.IGNORECASE
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS), re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(at (?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight|half past \w+)),?(?: on)? $", re.IGNORECASE
)
"""A time of day that stands right before a date."""


def time_told(passage: Passage, text: str) -> str:
    """The time that a passage names, by the calendar where it was told from the day of saying ("yesterday"), or ""."""
    prefer: Side = "future" if _AHEAD.search(text) else "past"
    for span in spans(text, passage.time, prefer=prefer):
        if _ABSOLUTE.search(span.text):
            words = span.text.strip(" .,!?;:")
        elif _WEEKDAY.search(span.text) and span.end - span.start <= timedelta(hours=25):
            words = f"{_WEEKDAYS[span.start.weekday()]}, {day(span.start)}"
        else:
            words = in_words(span)
        if words:
            clock = _CLOCK.search(text[: max(text.find(span.text), 0)])
            words = f"{clock[1]}, {words}" if clock else words
            return f"{words[0].upper()}{words[1:]}"
    return ""
