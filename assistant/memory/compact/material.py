"""What summaries are made from: their sources' words, as they will be after a change, and what holds no longer."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.memory.compact.lines import Line
from assistant.store.records import Episode, Fact, RecordId, Standing
from assistant.store.store import Store


@dataclass(frozen=True)
class Material:
    """What summaries are made from.

    Attributes:
        store: Gives the sources. Read only, as it is before a change.
        count_tokens: Counts the tokens of a text.
        now: Time of the summaries that are made.
        gone: Sources that go.
        edited: Sources that get other words, as they will be.
        outdated: For sources of facts that hold no longer, the values that must not be told any more, in lower case.
    """

    store: Store
    count_tokens: Callable[[str], int]
    now: datetime
    gone: Collection[RecordId] = frozenset()
    edited: Mapping[RecordId, Episode] = field(default_factory=dict)
    outdated: Mapping[RecordId, Collection[str]] = field(default_factory=dict)

    def source(self, i: RecordId) -> Episode | None:
        """A source as it will be, or None if it goes."""
        record = None if i in self.gone else self.edited.get(i) or self.store.get(i, vectors=False)
        return record if isinstance(record, Episode) else None

    def said(self, conversation: RecordId, first: int = 0, messages: int | None = None) -> list[Episode]:
        """What people (not the assistant) said in a conversation, or in a stretch of so many messages, in order."""
        end = None if messages is None else first + messages
        return [
            self.edited.get(e.id, e)
            for e in self.store.episodes_of(conversation, vectors=False)
            if e.told and e.id not in self.gone and e.position >= first and (not end or e.position < end)
        ]

    def still_holds(self, line: Line) -> bool:
        """Whether a line tells no value that a newer one superseded."""
        values = [value for i in line.sources for value in self.outdated.get(i, ())]
        return line.held or not any(re.search(rf"(?<!\w){re.escape(v)}(?!\w)", line.text.lower()) for v in values)


def outdated_values(store: Store) -> dict[RecordId, set[str]]:
    """`Material.outdated` by the facts that the store holds."""
    facts = store.all(Fact, vectors=False)
    current = {(fact.subject, fact.value.lower()) for fact in facts if fact.standing is not Standing.SUPERSEDED}
    found: dict[RecordId, set[str]] = {}
    for fact in facts:
        value = fact.value.lower()
        if fact.standing is Standing.SUPERSEDED and value and (fact.subject, value) not in current:
            for source in fact.sources:
                found.setdefault(source, set()).add(value)
    return found
