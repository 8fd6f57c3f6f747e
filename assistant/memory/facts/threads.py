"""Which facts of a store belong together, and what is needed to find that without reading them all. Kept in RAM."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import numpy as np

from assistant.memory.facts.extract import BEFORE
from assistant.memory.facts.relate import Ending, Thread, thread_of, value_terms
from assistant.memory.spaces import space_of
from assistant.store.records import Episode, Fact, RecordId
from assistant.store.store import Store

K = TypeVar("K")
V = TypeVar("V")
Key = tuple[str, Thread]
"""A space and a thread: facts relate within one space only."""


class Threads:
    """Which facts of a store belong to a thread, stand on an episode, or speak of something; which message is where.

    Kept up with each commit.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[RecordId, Key] = {}
        self._of_key: dict[Key, dict[RecordId, None]] = {}
        self._of_source: dict[RecordId, dict[RecordId, None]] = {}
        self._sources: dict[RecordId, tuple[RecordId, ...]] = {}
        self._speaking: dict[tuple[str, str, int], dict[RecordId, None]] = {}
        self._terms: dict[RecordId, frozenset[int]] = {}
        self._endings: dict[tuple[str, str], dict[RecordId, tuple[Ending, ...]]] = {}
        for fact in store.all(Fact, vectors=False):
            self.put(fact)

    def put(self, record: Fact) -> None:
        """Take in a fact that was stored or changed."""
        self.drop(record.id)
        space = space_of(self._store, record.conversation)
        key = (space, thread_of(record.subject, record.attribute, record.value))
        self._keys[record.id], self._sources[record.id] = key, record.sources
        self._of_key.setdefault(key, {})[record.id] = None
        for source in record.sources:
            self._of_source.setdefault(source, {})[record.id] = None
        self._terms[record.id] = terms = terms_of(record)
        for term in terms:
            self._speaking.setdefault((space, record.subject, term), {})[record.id] = None
        if record.ends:
            self._endings.setdefault((space, record.subject), {})[record.id] = endings_of(record)

    def drop(self, record: RecordId) -> None:
        """Let go of a fact; harmless if it is not known."""
        key = self._keys.pop(record, None)
        if key is None:
            return
        _take_out(self._of_key, key, record)
        for source in self._sources.pop(record):
            _take_out(self._of_source, source, record)
        space, (subject, *_) = key
        for term in self._terms.pop(record):
            _take_out(self._speaking, (space, subject, term), record)
        _take_out(self._endings, (space, subject), record)

    def of(self, key: Key) -> list[Fact]:
        """The facts of a thread, in the order in which they were stored."""
        return self._facts(self._of_key.get(key, ()))

    def on(self, source: RecordId) -> list[Fact]:
        """The facts that stand on an episode."""
        return self._facts(self._of_source.get(source, ()))

    def speaking_of(self, space: str, subject: str, terms: Collection[int]) -> set[Key]:
        """The threads of a subject's facts that hold all these search terms."""
        found = [self._speaking.get((space, subject, term), {}).keys() for term in terms]
        return {self._keys[i] for i in set(found[0]).intersection(*found[1:])} if found else set()

    def endings(self, space: str, subject: str, without: Collection[Key]) -> list[Ending]:
        """What facts of a subject say is over, but for those of some threads."""
        of = self._endings.get((space, subject), {})
        return [ending for fact, each in of.items() if self._keys[fact] not in without for ending in each]

    def _facts(self, ids: Iterable[RecordId]) -> list[Fact]:
        return [fact for i in ids if isinstance(fact := self._store.get(i, vectors=False), Fact)]


def _take_out(of: dict[K, dict[RecordId, V]], key: K, record: RecordId) -> None:
    members = of.get(key)
    if members is not None:
        members.pop(record, None)
        if not members:
            del of[key]


def terms_of(fact: Fact) -> frozenset[int]:
    """The search terms of a fact's words and of its value."""
    return value_terms(fact.value).union(np.frombuffer(fact.terms, np.uint32).tolist())


def endings_of(fact: Fact) -> tuple[Ending, ...]:
    """What a fact says is over."""
    return tuple(Ending(what, value_terms(what), said) for what, said in fact.ends)


def last_before(episode: Episode, at: Callable[[int], Episode | None]) -> list[Episode]:
    """The messages right before an episode, oldest first, without gaps: of each its last part, as `at` gives it."""
    found: list[Episode] = []
    while len(found) < BEFORE and (other := at(episode.position - len(found) - 1)) is not None:
        found.insert(0, other)
    return found


def before_in(store: Store, episode: Episode) -> list[Episode]:
    """The messages that may tell what an episode means: see `claims_of`. Reads its whole conversation."""
    said: dict[int, Episode] = {}
    for other in store.episodes_of(episode.conversation, vectors=False):
        said[other.position] = other
    return last_before(episode, lambda position: said.get(position))
