"""What the inspector's other views show: compact memory, and what fades. Knows no Qt; runs on the store lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.memory.views import ChatEntry, Filter
from assistant.store.records import Episode, Fact, RecordId, State, Summary

if TYPE_CHECKING:
    from assistant.memory.memory import Memory

FADING_LIMIT = 5000
"""So many of those that fade are listed."""


@dataclass(frozen=True)
class Compact:
    """One line of the compact memory: a summary and the conversation that it sums up.

    Attributes:
        entry: The conversation, or None where the summary is of the user as a whole.
        summary: None where the conversation has none yet.
    """

    entry: ChatEntry | None
    summary: Summary | None


def read_compact(memory: Memory, words: str, current: RecordId = "") -> list[Compact]:
    """The compact memory: of the user, then of each conversation, its running summary before those of its stretches.

    Args:
        memory: What to read.
        words: Only where all of them occur, or "".
        current: The conversation that comes first, or "" for the latest.
    """
    by_conversation: dict[str, list[Summary]] = {}
    for record in memory.records(Filter(kinds=frozenset({"summary"}))):
        if isinstance(record, Summary):
            by_conversation.setdefault(record.conversation, []).append(record)
    lines = [Compact(None, summary) for summary in sorted(by_conversation.get("", ()), key=lambda s: s.space)]
    for entry in sorted(memory.conversations(), key=lambda entry: entry.conversation.id != current):
        own = sorted(by_conversation.get(entry.conversation.id, ()), key=lambda s: (s.level, s.first))
        lines.extend(Compact(entry, summary) for summary in own)
        if not own:
            lines.append(Compact(entry, None))
    wanted = words.casefold().split()

    def has(line: Compact) -> bool:
        title = line.entry.conversation.title if line.entry else ""
        text = f"{title} {line.summary.text if line.summary else ''}".casefold()
        return all(word in text for word in wanted)

    return [line for line in lines if has(line)]


@dataclass(frozen=True)
class Waned:
    """What will fade in so many turns, or has faded (None). Facts fade only by the user's hand."""

    record: Episode | Fact
    in_turns: int | None = None


@dataclass(frozen=True)
class Waning:
    """What fades.

    Attributes:
        coming: What will fade if nothing changes, soonest first.
        gone: What has faded: facts, then messages, the latest first.
        titles: Titles of conversations by id.
        on: Whether memories fade at all.
    """

    coming: Sequence[Waned] = ()
    gone: Sequence[Waned] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    on: bool = True

    def without(self, ids: frozenset[str]) -> Waning:
        """The same with these records, and all of these conversations, left out."""

        def kept(waned: Sequence[Waned]) -> list[Waned]:
            return [each for each in waned if ids.isdisjoint((each.record.id, each.record.conversation))]

        return Waning(kept(self.coming), kept(self.gone), self.titles, self.on)


def read_waning(memory: Memory, words: str) -> Waning:
    """What fades; with words, only where all of them occur."""
    wanted = words.casefold().split()
    facts = memory.records(Filter(kinds=frozenset({"fact"}), states=frozenset({State.FADED})))
    faded = [Waned(fact) for fact in facts if isinstance(fact, Fact)]
    faded += [Waned(fading.episode, fading.in_turns) for fading in memory.fading(limit=FADING_LIMIT)]
    found = [each for each in faded if all(word in each.record.text.casefold() for word in wanted)]
    return Waning(
        coming=[each for each in found if each.in_turns is not None],
        gone=[each for each in found if each.in_turns is None],
        titles={entry.conversation.id: entry.conversation.title for entry in memory.conversations()},
        on=memory.fades,
    )
