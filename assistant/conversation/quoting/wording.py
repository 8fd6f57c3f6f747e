"""How an answer that quotes reads: the direct answer, who said what and when, and what holds now of it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from assistant.conversation.memory_block import day
from assistant.memory.text import sentences
from assistant.store.records import RecordId

from .evidence import Passage

NOT_FOUND: Final = "I don't find anything about that in what you told me. If you tell me, I will remember it."

_LONGEST_QUOTE: Final = 300


class Finding(Enum):
    """How sure it is that a passage answers."""

    SURE = "sure"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Quotation:
    """An answer that quotes.

    Attributes:
        text: The whole answer.
        sources: The records that it quotes.
        finding: How sure it is.
        direct: The direct answer in it, or "".
    """

    text: str
    sources: tuple[RecordId, ...]
    finding: Finding
    direct: str = ""


def quoting(before: str, passage: Passage, short: str, finding: Finding) -> Quotation:
    """An answer, what it is quoted from, and what holds now of that which no longer does.

    Args:
        before: What the answer begins with, or "".
        passage: What is quoted.
        short: The direct answer, which the quoted part of a long passage is to hold, or "".
        finding: How sure it is.
    """
    text, quoted = _quotation(passage, short)
    parts, sources = [before, text], [passage.record, quoted.record]
    for value, now in quoted.outdated:
        if value not in text.lower():
            continue
        if now is None:
            parts.append("That no longer holds.")
        elif now.said.record not in sources:  # else the quoted words tell it themselves
            later, source = _quotation(now, "")
            parts.append(f"But later, {later[0].lower()}{later[1:]}")
            sources += [now.record, source.record]
    return Quotation(" ".join(filter(None, parts)), tuple(dict.fromkeys(sources)), finding, short)


def with_earlier(answer: Quotation, earlier: Passage) -> Quotation:
    """An answer with what was said to the same question before."""
    words, said = _quotation(earlier, "")
    text = f"{answer.text} But before, {words[0].lower()}{words[1:]}"
    sources = tuple(dict.fromkeys((*answer.sources, earlier.record, said.record)))
    return Quotation(text, sources, answer.finding, answer.direct)


def nearest(passage: Passage) -> Quotation:
    """The answer where nothing was found that answers, but something that is near."""
    return quoting("I don't find that in what you told me. The nearest is this.", passage, "", Finding.UNSURE)


def not_found() -> Quotation:
    """The answer where nothing was found."""
    return Quotation(NOT_FOUND, (), Finding.NOTHING)


def _quotation(passage: Passage, short: str) -> tuple[str, Passage]:
    """Who said what, and when ('On 3 March 2026 you said: “We moved to Lisbon.”'), and the passage with these words."""
    said = passage.said
    if said.is_file:
        return f"{said.speaker} says: “{_excerpt(said.spoken, short)}”", said
    who = {"user": "you", "assistant": "I"}.get(said.speaker, said.speaker)
    return f"On {day(said.time)} {who} said: “{_excerpt(said.spoken, short)}”", said


def _excerpt(text: str, short: str) -> str:
    """A passage, or of a long one the sentences about the direct answer."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    parts = [part.strip() for part in sentences(text)]
    at = next((i for i, part in enumerate(parts) if short and short.lower() in part.lower()), 0)
    chosen = parts[at]
    return chosen if len(chosen) <= _LONGEST_QUOTE else f"{chosen[: _LONGEST_QUOTE - 1].rsplit(' ', 1)[0]}…"
