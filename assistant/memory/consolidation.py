"""Consolidation: what memory does off the turn, when nobody waits. Summaries of level 2 and of the user, and fading.

Each step is one commit and leaves nothing half-done: stopping, or a crash, costs at most the step under way, and the
next call goes on. With nothing due, a call looks at what changed since the last one, which is nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace as changed

from assistant.memory.clock import now
from assistant.memory.compact.levels import stretch_anew, user_anew, without_superseded
from assistant.memory.compact.lines import Lines, lines_of, with_lines
from assistant.memory.compact.material import Material
from assistant.memory.compact.supersession import Claim
from assistant.memory.compact.worth import telling_parts
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.salience.fading import is_due, lowest, weigh
from assistant.memory.salience.weight import Salience
from assistant.memory.spaces import space_of
from assistant.store.records import Episode, FadingRun, Record, State, Summary, new_id


@dataclass(frozen=True)
class Consolidated:
    """What one consolidation did.

    Attributes:
        stretches: Summaries of level 2 that were made.
        users: Summaries of the user as a whole that were made or renewed.
        outdated: Other summaries from which a line went that a newer fact superseded.
        faded: Episodes that faded.
        exchanged: Whether something came from another device, or went because of one.
    """

    stretches: int = 0
    users: int = 0
    outdated: int = 0
    faded: int = 0
    exchanged: bool = False

    def __bool__(self) -> bool:
        return bool(self.stretches or self.users or self.outdated or self.faded or self.exchanged)


def consolidate(
    indexed: IndexedStore, salience: Salience | None, *, levels: bool, cancelled: Callable[[], bool]
) -> Consolidated:
    """Do what is due, a step at a time, until all is done or `cancelled` answers true.

    While a forgetting can still be undone, nothing is done.

    Args:
        indexed: The memory.
        salience: The rule of semantic forgetting, or None where that is switched off.
        levels: Whether there is a second level of summaries.
        cancelled: Asked after each step.

    Raises:
        StoreFullError, StoreError: The steps before are kept.
    """
    if indexed.pending:
        return Consolidated()
    done = Consolidated()
    indexed.watch.begin()
    for did in _steps(indexed, salience, levels):
        done = Consolidated(
            done.stretches + did.stretches,
            done.users + did.users,
            done.outdated + did.outdated,
            done.faded + did.faded,
        )
        if cancelled():
            break
    if done:
        indexed.layout()  # so that the next turn need not wait for it
    return done


def _steps(indexed: IndexedStore, salience: Salience | None, levels: bool) -> Iterator[Consolidated]:
    if levels:
        yield from _drop_outdated(indexed)
        yield from _sum_up_stretches(indexed)
        yield from _drop_superseded(indexed)
        yield from _sum_up_users(indexed)
    if salience is not None:
        yield from _fade(indexed, salience)


def _material(indexed: IndexedStore) -> Material:
    return Material(indexed.store, indexed.count_tokens, now(), outdated=indexed.watch.outdated())


def _put(indexed: IndexedStore, before: Summary | None, after: Summary | None) -> None:
    """Store a summary in the place of another, or remove that where nothing is left of it."""
    if after is not None:
        indexed.commit([after])
    elif before is not None:
        indexed.commit(remove=[before.id])


def _drop_outdated(indexed: IndexedStore) -> Iterator[Consolidated]:
    """Take lines out of summaries that a newer fact superseded."""
    material = _material(indexed)
    if not indexed.watch.outdated_are_told:
        return
    for summary in list(indexed.watch.summaries.all()):
        own = lines_of(summary)
        left = tuple(line for line in own.lines if material.still_holds(line))
        if len(left) == len(own.lines):
            continue
        _put(indexed, summary, with_lines(summary, Lines(left, own.dismissed), material.now))
        yield Consolidated(outdated=1)
    indexed.watch.outdated_are_told = False


def _sum_up_stretches(indexed: IndexedStore) -> Iterator[Consolidated]:
    watch, material = indexed.watch, None
    for conversation, first in watch.due_stretches():
        material = material or _material(indexed)
        around = watch.summaries.around(conversation, space_of(indexed.store, conversation))
        made = stretch_anew(material, conversation, first, None, Lines(), around)
        if made is None:
            watch.settle_stretch(conversation, first)
            continue
        indexed.commit([made])
        yield Consolidated(stretches=1)
    watch.settle_stretches()


def _drop_superseded(indexed: IndexedStore) -> Iterator[Consolidated]:
    """Take lines out of summaries of which newer sentences take the place."""
    store, watch, material = indexed.store, indexed.watch, _material(indexed)
    for conversation, ids in watch.fresh():
        said = [e for i in ids if isinstance(e := store.get(i, vectors=False), Episode)]
        newer = [
            (claim, episode)
            for episode in said
            for part in telling_parts(episode.text)
            if (claim := Claim.of(part)).may_supersede
        ]
        for summary in watch.summaries.around(conversation, space_of(store, conversation)) if newer else ():
            own = newer if summary.conversation else [each for each in newer if each[1].role == "user"]
            left = without_superseded(material, summary, own)
            if len(left.lines) == len(lines_of(summary).lines):
                continue
            _put(indexed, summary, with_lines(summary, left, material.now))
            yield Consolidated(outdated=1)
        watch.settle_fresh(conversation)


def _sum_up_users(indexed: IndexedStore) -> Iterator[Consolidated]:
    store, watch = indexed.store, indexed.watch
    for space in watch.due_spaces():
        before = watch.summaries.user(space)
        parts = [s for s in watch.summaries.all() if s.conversation and space_of(store, s.conversation) == space]
        made = user_anew(_material(indexed), space, before, lines_of(before), parts)
        if made is not before:
            _put(indexed, before, made)
        watch.settle_space(space)
        if made is not before:
            yield Consolidated(users=1)


def _fade(indexed: IndexedStore, salience: Salience) -> Iterator[Consolidated]:
    store, run = indexed.store, indexed.watch.run
    if not is_due(store.turn, run.turn if run is not None else 0):
        return
    weighed = weigh(store, indexed.tally(), salience, indexed.extra_ages())
    chosen = lowest(weighed, salience, store.turn, np.zeros(len(weighed.ids), bool))
    episodes = [store.get(weighed.ids[i], vectors=False) for i in chosen.tolist()]
    fading: list[Record] = [
        changed(e, state=State.FADED, state_turn=store.turn) for e in episodes if isinstance(e, Episode)
    ]
    # In the same commit: a run is carried out whole and once.
    mark = changed(run, turn=store.turn) if run is not None else FadingRun(id=new_id(), turn=store.turn)
    indexed.commit([*fading, mark])
    yield Consolidated(faded=len(fading))
