"""Consolidation: what memory does off the turn, when nobody waits. Summaries of level 2 and of the user, and fading.

Each step is one commit and leaves nothing half-done: stopping, or a crash, costs at most the step under way, and the
next call goes on. With nothing due, a call looks at what changed since the last one, which is nothing.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from msgspec.structs import replace as changed

from assistant.memory.compact.levels import (
    STRETCH,
    Material,
    Summaries,
    outdated_values,
    space_of,
    stretch_anew,
    user_anew,
    without_superseded,
)
from assistant.memory.compact.lines import Lines, lines_of, with_lines
from assistant.memory.compact.supersession import Claim
from assistant.memory.compact.worth import telling_parts
from assistant.memory.salience.fading import is_due, lowest, weigh
from assistant.memory.salience.usage import Tally
from assistant.memory.salience.weight import Salience
from assistant.store.records import (
    Conversation,
    Episode,
    Fact,
    FadingRun,
    Record,
    RecordId,
    State,
    Summary,
    new_id,
)
from assistant.store.store import Store


@dataclass(frozen=True)
class Consolidated:
    """What one consolidation did.

    Attributes:
        stretches: Summaries of level 2 that were made.
        users: Summaries of the user as a whole that were made or renewed.
        outdated: Other summaries from which a line went that a newer fact superseded.
        faded: Episodes that faded.
    """

    stretches: int = 0
    users: int = 0
    outdated: int = 0
    faded: int = 0

    def __bool__(self) -> bool:
        return bool(self.stretches or self.users or self.outdated or self.faded)


class Watch:
    """What changed since it was last consolidated, kept up with the commits.

    Attributes:
        summaries: All summaries, by what they sum up.
        run: The last run of semantic forgetting, or None.
        outdated_are_told: Facts changed, and summaries may still tell values that hold no longer.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.summaries = Summaries(store)
        self.run: FadingRun | None = next(iter(store.all(FadingRun)), None)
        self._reach: dict[RecordId, int] = {}
        self._grown: set[RecordId] = set()
        self._spaces: set[str] = set()
        self._without: set[tuple[RecordId, int]] = set()
        self._facts_changed = True
        self.outdated_are_told = False
        self._outdated: dict[RecordId, set[str]] = {}
        self._begun = False
        self._fresh: dict[RecordId, dict[RecordId, None]] = {}

    def note(self, records: Sequence[Record], removed: Collection[RecordId]) -> None:
        """Take notice of a commit, after it."""
        self.summaries.update(records)
        self.summaries.remove(removed)
        for record in records:
            if isinstance(record, Episode):
                self._reach[record.conversation] = max(self._reach.get(record.conversation, 0), record.position + 1)
                self._grown.add(record.conversation)
                if record.role != "assistant" and record.state is not State.FADED:
                    self._fresh.setdefault(record.conversation, {})[record.id] = None
            elif isinstance(record, Summary):
                if record.conversation:
                    self._spaces.add(space_of(self._store, record.conversation))
            elif isinstance(record, FadingRun):
                self.run = record
            elif isinstance(record, Fact):
                self._facts_changed = True
            elif isinstance(record, Conversation):
                # It may have come from another space.
                self._spaces.update([record.space, *self.summaries.spaces()])
        if removed:
            self._begun = False
            self._facts_changed = True
            if self.run is not None and self.run.id in removed:
                self.run = None

    def begin(self) -> None:
        """Look through everything, the first time and after something was removed."""
        if self._begun:
            return
        self._begun = True
        self._reach.clear()
        self._without.clear()
        for episode in self._store.all(Episode, vectors=False):
            self._reach[episode.conversation] = max(self._reach.get(episode.conversation, 0), episode.position + 1)
        self._grown.update(self._reach)
        self._spaces.update(space_of(self._store, s.conversation) for s in self.summaries.all() if s.conversation)

    def due_stretches(self) -> list[tuple[RecordId, int]]:
        """Conversations and positions of the whole stretches that have no summary yet."""
        due: list[tuple[RecordId, int]] = []
        for conversation in self._grown:
            have = {s.first for s in self.summaries.stretches(conversation)}
            settled = have.union(first for of, first in self._without if of == conversation)
            whole = range(0, self._reach.get(conversation, 0) - STRETCH + 1, STRETCH)
            due.extend((conversation, first) for first in whole if first not in settled)
        return due

    def settle_stretch(self, conversation: RecordId, first: int) -> None:
        """Nothing in this stretch is worth a summary."""
        self._without.add((conversation, first))

    def settle_stretches(self) -> None:
        """All stretches have been seen to."""
        self._grown.clear()

    def fresh(self) -> list[tuple[RecordId, list[RecordId]]]:
        """For each conversation, the episodes of people that were stored or changed since it was last seen to."""
        return [(conversation, list(ids)) for conversation, ids in self._fresh.items()]

    def settle_fresh(self, conversation: RecordId) -> None:
        """The summaries of this conversation tell nothing that its new episodes supersede."""
        self._fresh.pop(conversation, None)

    def due_spaces(self) -> set[str]:
        """Spaces in which a summary changed since that of the user was made."""
        return set(self._spaces)

    def settle_space(self, space: str) -> None:
        """The summary of the user in this space is up to date."""
        self._spaces.discard(space)

    def outdated(self) -> dict[RecordId, set[str]]:
        """`Material.outdated`, as the facts are now."""
        if self._facts_changed:
            self._outdated = outdated_values(self._store)
            self._facts_changed, self.outdated_are_told = False, True
        return self._outdated


@dataclass(frozen=True)
class Upkeep:
    """What consolidation needs of the memory.

    Attributes:
        commit: Stores records and removes others in one go; summaries get their embeddings there.
        fades: Whether semantic forgetting is on.
    """

    store: Store
    watch: Watch
    commit: Callable[[Sequence[Record], Sequence[RecordId]], None]
    count_tokens: Callable[[str], int]
    salience: Salience
    tally: Callable[[], Tally]
    extra_ages: Callable[[], dict[RecordId, int]]
    now: Callable[[], datetime]
    fades: bool = True
    levels: bool = True


def consolidate(upkeep: Upkeep, cancelled: Callable[[], bool]) -> Consolidated:
    """Do what is due, a step at a time, until all is done or `cancelled` answers true."""
    done = Consolidated()
    upkeep.watch.begin()
    for step in (_drop_outdated, _sum_up_stretches, _drop_superseded, _sum_up_users, _fade):
        if step is not _fade and not upkeep.levels:
            continue
        for did in step(upkeep):
            done = Consolidated(
                done.stretches + did.stretches,
                done.users + did.users,
                done.outdated + did.outdated,
                done.faded + did.faded,
            )
            if cancelled():
                return done
    return done


def _material(upkeep: Upkeep) -> Material:
    return Material(upkeep.store, upkeep.count_tokens, upkeep.now(), outdated=upkeep.watch.outdated())


def _drop_outdated(upkeep: Upkeep) -> Iterable[Consolidated]:
    """Take lines out of summaries that a newer fact superseded."""
    material = _material(upkeep)
    if not upkeep.watch.outdated_are_told:
        return
    for summary in list(upkeep.watch.summaries.all()):
        own = lines_of(summary)
        left = tuple(line for line in own.lines if material.still_holds(line))
        if len(left) == len(own.lines):
            continue
        anew = with_lines(summary, Lines(left, own.dismissed), material.now)
        upkeep.commit([anew] if anew is not None else [], [summary.id] if anew is None else [])
        yield Consolidated(outdated=1)
    upkeep.watch.outdated_are_told = False


def _sum_up_stretches(upkeep: Upkeep) -> Iterable[Consolidated]:
    watch, material = upkeep.watch, None
    for conversation, first in watch.due_stretches():
        material = material or _material(upkeep)
        around = watch.summaries.around(conversation, space_of(upkeep.store, conversation))
        made = stretch_anew(material, conversation, first, None, Lines(), around)
        if made is None:
            watch.settle_stretch(conversation, first)
            continue
        upkeep.commit([made], [])
        yield Consolidated(stretches=1)
    watch.settle_stretches()


def _drop_superseded(upkeep: Upkeep) -> Iterable[Consolidated]:
    """Take lines out of summaries of which newer sentences take the place."""
    watch, material = upkeep.watch, _material(upkeep)
    for conversation, ids in watch.fresh():
        said = [e for i in ids if isinstance(e := upkeep.store.get(i, vectors=False), Episode)]
        newer = [
            (claim, episode)
            for episode in said
            for part in telling_parts(episode.text)
            if (claim := Claim.of(part)).may_supersede
        ]
        for summary in watch.summaries.around(conversation, space_of(upkeep.store, conversation)) if newer else ():
            own = newer if summary.conversation else [each for each in newer if each[1].role == "user"]
            left = without_superseded(material, summary, own)
            if len(left.lines) == len(lines_of(summary).lines):
                continue
            anew = with_lines(summary, left, material.now)
            upkeep.commit([anew] if anew is not None else [], [summary.id] if anew is None else [])
            yield Consolidated(outdated=1)
        watch.settle_fresh(conversation)


def _sum_up_users(upkeep: Upkeep) -> Iterable[Consolidated]:
    watch = upkeep.watch
    for space in watch.due_spaces():
        before = watch.summaries.user(space)
        parts = [s for s in watch.summaries.all() if s.conversation and space_of(upkeep.store, s.conversation) == space]
        made = user_anew(_material(upkeep), space, before, lines_of(before), parts)
        if made is before:
            watch.settle_space(space)
            continue
        upkeep.commit([made] if made is not None else [], [before.id] if made is None and before is not None else [])
        watch.settle_space(space)
        yield Consolidated(users=1)


def _fade(upkeep: Upkeep) -> Iterable[Consolidated]:
    store, run = upkeep.store, upkeep.watch.run
    if not upkeep.fades or not is_due(store.turn, run.turn if run is not None else 0):
        return
    weighed = weigh(store, upkeep.tally(), upkeep.salience, upkeep.extra_ages())
    chosen = lowest(weighed, upkeep.salience, store.turn, np.zeros(len(weighed.ids), bool))
    episodes = [store.get(weighed.ids[i], vectors=False) for i in chosen.tolist()]
    fading: list[Record] = [
        changed(e, state=State.FADED, state_turn=store.turn) for e in episodes if isinstance(e, Episode)
    ]
    # In the same commit: a run is carried out whole and once.
    mark = changed(run, turn=store.turn) if run is not None else FadingRun(id=new_id(), turn=store.turn)
    upkeep.commit([*fading, mark], [])
    yield Consolidated(faded=len(fading))
