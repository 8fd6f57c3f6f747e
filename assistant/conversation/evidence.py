"""The passages that an answer may quote: recalled memories and what the dialogue holds, each with what supersedes it.

Reads the memory only; which passage answers a question is decided in `quoting`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """

    record: RecordId
    text: str
    speaker: str
    time: datetime
    relevance: float
    origin: "Passage | None" = None
    outdated: tuple[tuple[str, "Passage | None"], ...] = ()
    asked: str = ""

    @property
    def said(self) -> "Passage":
        """The words that a quotation of it shows."""
        return self.origin or self


_FOLLOWED = 3
_LATER = 8
"""Of `_FOLLOWED` of the best, `_LATER` messages that were said later in the same words are looked at."""


def passages(memory: Memory, found: Sequence[Found], space: str = "") -> tuple[Passage, ...]:
    """What may be quoted of the memories that were found, in their order. Touches the store.

    With them comes what tells that something of the best ones is over, at relevance 0 where it was not found itself.
    """
    facts = {fact.id: fact for fact in memory.store.all(Fact, vectors=False) if memory.knows(fact.id)}
    superseded: dict[RecordId, list[Fact]] = {}
    # Back in Bern after a year in Lisbon: what is said again holds again.
    holding = {_said(fact) for fact in facts.values() if fact.standing is not Standing.SUPERSEDED}
    for fact in facts.values():
        if fact.standing is Standing.SUPERSEDED and _said(fact) not in holding:
            for source in (fact.id, *fact.sources):
                superseded.setdefault(source, []).append(fact)
    reader = _Facts(memory, facts, superseded)
    made: dict[RecordId, Passage] = {}
    for item in found:
        if isinstance(item.record, Episode | Fact):
            made.setdefault(item.record.id, reader.passage(item.record, item.score, item.asked))
    best = sorted(made.values(), key=lambda passage: -passage.relevance)
    for said in list(dict.fromkeys(p.said.record for p in best if p.said.speaker == "user"))[:_FOLLOWED]:
        episode = memory.store.get(said, vectors=False)
        for later in memory.said_later(episode, space=space, limit=_LATER) if isinstance(episode, Episode) else ():
            if later.id not in made and ended_in(later.text):
                made[later.id] = reader.passage(later, 0.0)
    return tuple(made.values())


@dataclass(frozen=True)
class _Facts:
    """What is known of facts while passages are made: all, and those of each episode that no longer hold."""

    memory: Memory
    facts: dict[RecordId, Fact]
    superseded: dict[RecordId, list[Fact]]

    def passage(self, record: Episode | Fact, relevance: float, asked: str = "") -> Passage:
        outdated = tuple(
            (fact.value.lower(), self.current(fact, relevance))
            for fact in self.superseded.get(record.id, ())
            if fact.value and fact.value.lower() in record.text.lower()
        )
        if isinstance(record, Episode):
            return Passage(record.id, record.text, record.role, record.time, relevance, None, outdated, asked)
        stored = (self.memory.store.get(source, vectors=False) for source in reversed(record.sources))
        said = [e for e in stored if isinstance(e, Episode) and self.memory.knows(e.id)]
        origin = self.passage(said[0], relevance) if said and not record.corrected else None
        speaker = said[0].role if said else "user"
        return Passage(record.id, record.text, speaker, record.time, relevance, origin, outdated)

    def current(self, fact: Fact, relevance: float) -> Passage | None:
        """What took the place of a fact, through all that came between."""
        seen = {fact.id}
        while fact.standing is Standing.SUPERSEDED:
            successor = self.facts.get(fact.successor)
            if successor is None or successor.id in seen:
                return None
            seen.add(successor.id)
            fact = successor
        return self.passage(fact, relevance)


def _said(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, fact.attribute, fact.value.lower()
