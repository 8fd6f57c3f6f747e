"""Putting messages aside, where a branch of their chat is no longer shown. Plans; whoever changes the chat commits."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from assistant.memory.clock import now
from assistant.memory.compact.levels import summaries_anew
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


def summaries_without(indexed: IndexedStore, gone: Collection[RecordId]) -> tuple[list[Summary], list[RecordId]]:
    """The summaries that change when these episodes are put aside, and the ids of those of which nothing is left."""
    hidden = indexed.hidden
    material = Material(
        indexed.store,
        indexed.count_tokens,
        now(),
        gone=hidden.union(gone),
        outdated=outdated_values(indexed.store),
    )
    return summaries_anew(material, indexed.watch.summaries.all(), leave=hidden)
