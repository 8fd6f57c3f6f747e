"""All that the detail of one memory shows, read in one go. Knows no Qt; runs on the store lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.store.records import Fact, RecordId, Remembered, Standing, State, Summary

if TYPE_CHECKING:
    from assistant.memory.memory import Memory
    from assistant.memory.recall.association import Why
    from assistant.memory.views import Detail

LINKED = 6
"""So many memories that belong together with one are shown."""


@dataclass(frozen=True)
class Linked:
    """A memory that belongs together with the one that is shown, and why."""

    record: Remembered
    why: Why


@dataclass(frozen=True)
class CloseUp:
    """One memory and what surrounds it.

    Attributes:
        detail: What the memory itself tells of it.
        linked: What belongs together with it, the closest first.
        matter: Of a fact, all facts of its matter, itself too, in the order in which they held.
        fading_on: Whether memories fade at all.
    """

    detail: Detail
    linked: tuple[Linked, ...] = ()
    matter: tuple[Fact, ...] = ()
    fading_on: bool = True

    @property
    def rivals(self) -> tuple[Fact, ...]:
        """What contradicts the fact, if it is in dispute."""
        record = self.detail.record
        if not isinstance(record, Fact) or record.standing is not Standing.DISPUTED:
            return ()
        return tuple(f for f in self.matter if f.standing is Standing.DISPUTED and f.id != record.id)

    @property
    def bears_a_fact(self) -> bool:
        """Whether a fact rests on it that keeps it from fading."""
        derived = (each for each in self.detail.derived if isinstance(each, Fact))
        return any(f.standing is not Standing.SUPERSEDED and f.state is not State.FADED for f in derived)


def read_closeup(memory: Memory, record_id: RecordId) -> CloseUp:
    """Look at one memory.

    Raises:
        InputError: There is none with this id.
    """
    detail = memory.detail(record_id)
    matter = memory.matter(record_id)
    facts = matter.facts if matter is not None else ()
    shown = {each.id for each in (*detail.derived, *detail.sources, *facts)}
    links = () if isinstance(detail.record, Summary) else memory.links(record_id, limit=LINKED + len(shown))
    linked = [Linked(memory.get(link.record), link.why) for link in links if link.record not in shown]
    return CloseUp(detail, tuple(linked[:LINKED]), facts, memory.fades)
