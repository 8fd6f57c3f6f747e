"""What would bring a forgotten text back: answers that repeat it, summaries and facts that draw on it. Reads only."""

from collections.abc import Collection, Iterable, Mapping

from assistant.memory.episodes import terms_of
from assistant.store.records import Episode, Fact, RecordId, Summary
from assistant.store.store import Store
from assistant.store.terms import search_terms


def lost_terms(episodes: Iterable[Episode]) -> dict[RecordId, set[int]]:
    """For each episode that goes, the search terms that are lost with it: of its words and of earlier wordings."""
    return {
        episode.id: terms_of(episode).union(*(search_terms(r.text).tolist() for r in episode.history))
        for episode in episodes
    }


def echoes(store: Store, lost: Mapping[RecordId, set[int]]) -> set[RecordId]:
    """Answers of the assistant that repeat lost words of episodes that they had before them, and those that repeat
    these answers in turn.

    An answer had an episode before it when it used it as a memory, or came after it in the same conversation. It
    repeats it when it holds one of the lost search terms and its own question, if that one stays, does not. Common
    words are no search terms.

    Args:
        store: Read only.
        lost: For each episode that changes or goes, the search terms that are lost with it.
    """
    every = set().union(*lost.values())
    told = dict(lost)
    found: set[RecordId] = set()
    facts = store.all(Fact, vectors=False)
    while new := _direct_echoes(store, told, facts):
        found |= new
        told |= {i: every & terms_of(e) for i in new if isinstance(e := store.get(i, vectors=False), Episode)}
    return found


def _direct_echoes(store: Store, lost: Mapping[RecordId, set[int]], facts: Iterable[Fact]) -> set[RecordId]:
    seen_by: dict[RecordId, set[RecordId]] = {}
    # An answer that used a fact saw the words that the fact was drawn from.
    told_by = {fact.id: drawn for fact in facts if (drawn := lost.keys() & set(fact.sources))}
    for usage in store.usages_naming({*lost, *told_by}):
        for used in usage.used:
            if used.record in lost:
                seen_by.setdefault(usage.answer, set()).add(used.record)
            elif used.record in told_by:
                seen_by.setdefault(usage.answer, set()).update(told_by[used.record])
    records = (store.get(i, vectors=False) for i in [*lost, *seen_by])
    found: set[RecordId] = set()
    for conversation in {record.conversation for record in records if isinstance(record, Episode)}:
        told: set[int] = set()
        question: set[int] = set()
        asked = ""
        for episode in store.episodes_of(conversation, vectors=False):
            terms = terms_of(episode)
            if episode.id in lost:
                told |= lost[episode.id]
                terms -= lost[episode.id]
            if episode.role != "assistant":
                question = question | terms if episode.message == asked else terms
                asked = episode.message
            elif episode.id not in lost:
                shown = told.union(*(lost[i] for i in seen_by.get(episode.message, ())))
                if (shown - question) & terms:
                    found.add(episode.id)
    return found


def shadow(store: Store, ids: Collection[RecordId]) -> frozenset[RecordId]:
    """The ids, and what would bring them back while they wait to be purged: echoes, summaries and facts."""
    gone = echoes(store, lost_terms(episodes_among(store, ids))).union(ids)
    derived: list[Summary | Fact] = [*store.all(Summary, vectors=False), *store.all(Fact, vectors=False)]
    return frozenset(gone.union(record.id for record in derived if gone.intersection(record.sources)))


def episodes_among(store: Store, ids: Iterable[RecordId]) -> list[Episode]:
    """The episodes among the records with these ids."""
    return [e for i in ids if isinstance(e := store.get(i, vectors=False), Episode)]
