"""The passages that an answer may quote: recalled memories and what the dialogue holds, each with what supersedes it.

Reads the memory only; which passage answers a question is decided in `choosing`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.conversation.memory_block import day
from assistant.memory.facts.changes import ended_in
from assistant.memory.memory import Memory
from assistant.memory.views import Found
from assistant.store.records import Episode, Fact, RecordId, Standing


@dataclass(frozen=True)
class Passage:
    """Something that was said.

    Attributes:
        record: The episode or fact that holds it.
        text: The words: verbatim of an episode; a fact's may have a date or a name put in.
        speaker: Who said it: "user", "assistant" or a name.
        time: When.
        relevance: How well recall found it to match, 0 to 1.
        origin: For a fact, the episode that says it, to be quoted; None where the user worded the fact anew.
        outdated: Values in it that no longer hold, in lower case, each with what holds now, where that is known.
        asked: The question that it replies to, where it is a few words in reply to one.
        is_file: It is from a file; the speaker is the file's name, and the page.
    """

    record: RecordId
    text: str
    speaker: str
    time: datetime
    relevance: float
    origin: "Passage | None" = None
    outdated: tuple[tuple[str, "Passage | None"], ...] = ()
    asked: str = ""
    is_file: bool = False

    @property
    def said(self) -> "Passage":
        """The words that a quotation of it shows."""
        return self.origin or self

    @property
    def spoken(self) -> str:
        """The words without what stands in brackets, which somebody added."""
        return _ADDED.sub("", self.text).strip() or self.text

    @property
    def as_sentence(self) -> str:
        """As a model reads it that weighs it: 'I said on 3 March 2026: "We moved to Lisbon."'."""
        return f'{self._who} said on {day(self.time)}: "{shortened(self.text)}"'

    @property
    def as_line(self) -> str:
        """As a model reads it that copies from it: "[3 March 2026] I said: We moved to Lisbon."."""
        return f"[{day(self.time)}] {self._who} said: {shortened(self.spoken)}"

    @property
    def _who(self) -> str:
        return {"user": "I", "assistant": "You"}.get(self.speaker, self.speaker)


_ADDED = re.compile(r"\s*\[[^\]]*\]")
_LONGEST = 800
"""Characters of a passage that a model reads."""


def shortened(text: str) -> str:
    """As much of a text as a model reads of it, on one line."""
    return " ".join(text.split())[:_LONGEST]


_FOLLOWED = 3
_LATER = 8
"""Of `_FOLLOWED` of the best, `_LATER` messages that were said later in the same words are looked at."""

_STEPS = 2
"""What took the place of a passage comes with what took the place of that, and no further: nothing shows more."""


def passages(memory: Memory, found: Sequence[Found], space: str = "") -> tuple[Passage, ...]:
    """What may be quoted of the memories that were found, in their order. Touches the store.

    With them comes what tells that something of the best ones is over, at relevance 0 where it was not found itself.
    """
    made: dict[RecordId, Passage] = {}
    for item in found:
        if isinstance(item.record, Episode | Fact):
            made.setdefault(item.record.id, _passage(memory, item.record, item.score, item.asked))
    best = sorted(made.values(), key=lambda passage: -passage.relevance)
    for said in list(dict.fromkeys(p.said.record for p in best if p.said.speaker == "user"))[:_FOLLOWED]:
        episode = memory.store.get(said, vectors=False)
        for later in memory.said_later(episode, space=space, limit=_LATER) if isinstance(episode, Episode) else ():
            if later.id not in made and ended_in(later.text):
                made[later.id] = _passage(memory, later, 0.0)
    return tuple(made.values())


def _passage(memory: Memory, record: Episode | Fact, relevance: float, asked: str = "", steps: int = _STEPS) -> Passage:
    told = memory.facts_on(record.id) if isinstance(record, Episode) else [record]
    outdated = tuple(
        (fact.value.lower(), _current(memory, fact, relevance, steps - 1))
        for fact in (told if steps else ())
        if fact.value and fact.value.lower() in record.text.lower() and _is_over(memory, fact)
    )
    if isinstance(record, Episode):
        return Passage(
            record.id, record.text, record.speaker, record.time, relevance, None, outdated, asked, bool(record.file)
        )
    said = memory.told_in(record)
    origin = _passage(memory, said, relevance, steps=steps) if said is not None and not record.corrected else None
    speaker = said.role if said is not None else "user"
    return Passage(record.id, record.text, speaker, record.time, relevance, origin, outdated)


def _is_over(memory: Memory, fact: Fact) -> bool:
    """Whether a fact holds no longer, and was not said again since: back in Bern after a year in Lisbon."""
    if fact.standing is not Standing.SUPERSEDED:
        return False
    return all(_says(other) != _says(fact) for other in _holding(memory, fact))


def _holding(memory: Memory, fact: Fact) -> list[Fact]:
    """What holds, or may hold, on the matter of a fact."""
    matter = memory.matter(fact.id)
    return [other for other in matter.facts if other.standing is not Standing.SUPERSEDED] if matter is not None else []


def _says(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, fact.attribute, fact.value.lower()


def _current(memory: Memory, fact: Fact, relevance: float, steps: int) -> Passage | None:
    """What took the place of a fact, through all that came between, or what the same words say instead."""
    seen = {fact.id}
    while fact.standing is Standing.SUPERSEDED:
        instead = (other for other in _holding(memory, fact) if set(other.sources) & set(fact.sources))
        successor = memory.store.get(fact.successor, vectors=False) or next(instead, None)
        if not isinstance(successor, Fact) or not memory.knows(successor.id) or successor.id in seen:
            return None
        seen.add(successor.id)
        fact = successor
    return _passage(memory, fact, relevance, steps=steps)
