"""Putting messages aside, where a branch of their chat is no longer shown. Plans; whoever changes the chat commits."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from assistant.memory.clock import now
from assistant.memory.compact.levels import STRETCH, summaries_anew
from assistant.memory.compact.material import Material, outdated_values
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Aside, Episode, Fact, RecordId, State, Summary

_FEW = 32
"""Episodes up to which looking for the vectors of each is faster than reading those of the whole chat."""


def put_aside(indexed: IndexedStore, ids: Collection[RecordId], said: Sequence[Episode]) -> list[Aside]:
    """Episodes as they are put aside. The usages that they take along are to be removed.

    Args:
        indexed: The memory.
        ids: Which.
        said: All of their conversation that are shown, in order.
    """
    if not ids:
        return []
    store = indexed.store
    whole = {e.id: e for e in store.episodes_of(said[0].conversation)} if len(ids) > _FEW else {}
    usages = {usage.answer: usage for usage in indexed.usages_of(said[0].conversation)}
    aside: list[Aside] = []
    follows = False
    for episode in said:
        if episode.id in ids:
            kept = (whole.get(episode.id) or store.get(episode.id)) if follows else episode
            kept = kept if isinstance(kept, Episode) else episode
            aside.append(Aside(id=episode.id, episode=kept, usage=usages.get(episode.id)))
        follows = episode.id in ids
    return aside


def with_facts(indexed: IndexedStore, aside: Sequence[Aside], gone: Collection[RecordId]) -> list[Aside]:
    """The same with those of the facts that go with them in which the user had a hand.

    Args:
        indexed: The memory.
        aside: What is put aside.
        gone: Ids of the facts that go.
    """
    taken: dict[RecordId, list[Fact]] = {}
    ids = {each.id for each in aside}
    for i in gone:
        fact = indexed.store.get(i, vectors=False)
        if isinstance(fact, Fact) and (fact.corrected or fact.state is not State.ACTIVE):
            source = next((source for source in fact.sources if source in ids), None)
            if source is not None:
                taken.setdefault(source, []).append(fact)
    return [replace(each, facts=tuple(taken[each.id])) if each.id in taken else each for each in aside]


def facts_back(indexed: IndexedStore, facts: Sequence[Fact]) -> None:
    """Put what the user did to facts in its place again, when the episodes that they stand on are shown again."""
    store, threads = indexed.store, indexed.threads
    for fact in facts:
        if not all(isinstance(store.get(source, vectors=False), Episode) for source in fact.sources):
            continue
        if fact.corrected:
            told = update_facts(store, threads, correction=fact)
            indexed.commit(told.facts, remove=told.gone)
            continue
        said = (fact.subject, fact.attribute, fact.value)
        same = next((f for f in threads.on(fact.sources[-1]) if (f.subject, f.attribute, f.value) == said), None)
        if same is not None:
            indexed.commit([replace(same, state=fact.state)])


def summaries_without(
    indexed: IndexedStore,
    gone: Collection[RecordId],
    edited: Mapping[RecordId, Episode] | None = None,
    *,
    anew_from: tuple[RecordId, int] | None = None,
) -> tuple[list[Summary], list[RecordId]]:
    """The summaries that change when episodes are put aside or get other words, and the ids of those that end.

    Args:
        indexed: The memory.
        gone: Ids of the episodes that are put aside.
        edited: Episodes with other words, as they will be.
        anew_from: A conversation and the position from which it goes another way. Stretches that reach beyond it end:
            they are summed up when they are whole again. Not those that the user corrected.
    """
    hidden, known = indexed.hidden, list(indexed.watch.summaries.all())
    conversation, position = anew_from or ("", 0)
    stretches = indexed.watch.summaries.stretches(conversation) if conversation else []
    cut = {s.id for s in stretches if s.first + STRETCH > position and not s.corrected}
    known = [s for s in known if s.id not in cut]
    material = Material(
        indexed.store,
        indexed.count_tokens,
        now(),
        gone=hidden.union(gone),
        edited=edited or {},
        outdated=outdated_values(indexed.store),
    )
    changed, ended = summaries_anew(material, known, leave=hidden)
    if hidden:
        # Those that wait for their sources to be purged follow too, and keep these: the forgetting may be undone.
        waiting = summaries_anew(dataclasses.replace(material, gone=gone), known, leave={s.id for s in known} - hidden)
        changed.extend(waiting[0])
        ended.extend(waiting[1])
    return changed, [*cut, *ended]
