"""What is remembered, as lists: by kind, state, time, words; facts by standing and matter. Ranks nothing."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from assistant.errors import InputError
from assistant.memory.branches import listed
from assistant.memory.episodes import terms_of
from assistant.memory.facts.relate import thread_of
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.spaces import space_of
from assistant.memory.views import ANY, Filter, Matter
from assistant.store.records import Aside, Episode, Fact, RecordId, Remembered, Standing, State, Summary
from assistant.store.store import Store
from assistant.store.terms import search_terms


def record_of(indexed: IndexedStore, record_id: RecordId) -> Remembered:
    """See `Memory.get`."""
    record = indexed.store.get(record_id, vectors=False)
    if isinstance(record, Aside):
        record = listed(record)
    if not isinstance(record, Remembered) or record.id in indexed.hidden:
        raise InputError(f"There is no memory with the id {record_id}.")
    return record


def resolve(indexed: IndexedStore, prefix: str) -> RecordId:
    """See `Memory.resolve`."""
    found = indexed.store.resolve(prefix.strip().lower())
    if found in indexed.hidden:
        raise InputError(f"There is no memory with the id {prefix}.")
    return found


def records(indexed: IndexedStore, wanted: Filter = ANY) -> list[Remembered]:
    """What a filter lets through and is not being forgotten, newest first."""
    used = indexed.tally().counts if wanted.used is not None else Counter[RecordId]()
    hidden = indexed.hidden
    chosen = [
        record
        for record in _of_kinds(indexed.store, wanted)
        if record.id not in hidden and _passes(record, wanted, used)
    ]
    chosen.sort(key=lambda record: record.time, reverse=True)
    return chosen


def _of_kinds(store: Store, wanted: Filter) -> Iterator[Remembered]:
    kinds = wanted.kinds
    if "episode" in kinds:
        yield from store.each(Episode)
    if "episode" in kinds and State.ASIDE in wanted.states:
        yield from map(listed, store.all(Aside))
    if "summary" in kinds:
        yield from store.all(Summary, vectors=False)
    if "fact" in kinds:
        yield from store.all(Fact, vectors=False)


def _passes(record: Remembered, wanted: Filter, used: Counter[RecordId]) -> bool:
    if wanted.conversation and record.conversation != wanted.conversation:
        return False
    if (State.ACTIVE if isinstance(record, Summary) else record.state) not in wanted.states:
        return False
    if wanted.standing is not None and not (isinstance(record, Fact) and record.standing is wanted.standing):
        return False
    if wanted.since is not None and record.time < wanted.since:
        return False
    if wanted.until is not None and record.time >= wanted.until:
        return False
    if wanted.used is not None and (used[record.id] > 0) != wanted.used:
        return False
    return not wanted.words or has_words(record, wanted.words)


def matching(indexed: IndexedStore, query: str) -> list[Remembered]:
    """See `Memory.matching`."""
    if not query.strip():
        return []
    found = records(indexed, Filter(words=query))
    said = {record.id for record in found if isinstance(record, Episode)}
    return [r for r in found if r.id in said or (isinstance(r, Fact) and not said.issuperset(r.sources))]


def facts(
    indexed: IndexedStore, *, space: str, standing: Collection[Standing] | None, subject: str | None
) -> list[Fact]:
    """See `Memory.facts`."""
    known = [
        fact
        for fact in indexed.store.all(Fact, vectors=False)
        if fact.id not in indexed.hidden
        and (standing is None or fact.standing in standing)
        and (subject is None or fact.subject == subject.lower())
        and space_of(indexed.store, fact.conversation) == space
    ]
    return sorted(known, key=lambda fact: fact.time, reverse=True)


def facts_on(indexed: IndexedStore, source: RecordId) -> list[Fact]:
    """See `Memory.facts_on`."""
    return [fact for fact in indexed.threads.on(source) if fact.id not in indexed.hidden]


def told_in(indexed: IndexedStore, record: Remembered) -> Episode | None:
    """See `Memory.told_in`."""
    if isinstance(record, Episode):
        return record
    sources = reversed(record.sources) if isinstance(record, Fact) else ()
    told = (indexed.store.get(source, vectors=False) for source in sources if source not in indexed.hidden)
    return next((episode for episode in told if isinstance(episode, Episode)), None)


def matter(indexed: IndexedStore, record_id: RecordId) -> Matter | None:
    """See `Memory.matter`."""
    fact = record_of(indexed, record_id)
    if not isinstance(fact, Fact):
        return None
    thread = thread_of(fact.subject, fact.attribute, fact.value)
    known = indexed.threads.of((space_of(indexed.store, fact.conversation), thread))
    known = [each for each in known if each.id not in indexed.hidden]
    return Matter(tuple(sorted(known, key=lambda each: (each.valid_from or each.time, each.time))))


_FIRST_WITHOUT_SPACES = 0x2E80  # the first code point of the CJK blocks


def has_words(record: Remembered, words: str) -> bool:
    """Whether a text holds all the words, in any form; a text in a script without spaces, all the strings."""
    text = record.text.lower()
    terms = terms_of(record)
    asked = re.findall(r"\w+", words.lower())
    return all(_has_word(word, text, terms) for word in asked) if asked else words.strip().lower() in text


def _has_word(word: str, text: str, terms: set[int]) -> bool:
    if any(ord(character) >= _FIRST_WITHOUT_SPACES for character in word):
        return word in text
    stems = set(search_terms(word).tolist())
    # Very common words have no search term: they are looked for as they stand, as whole words.
    return stems <= terms if stems else re.search(rf"\b{re.escape(word)}\b", text) is not None
