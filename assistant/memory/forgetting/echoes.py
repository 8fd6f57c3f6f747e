"""What would bring a forgotten text back: answers that repeat it, summaries and facts that draw on it. Reads only."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.memory.branches import lines, spoken
from assistant.memory.episodes import terms_of
from assistant.store.records import Aside, Episode, Fact, RecordId, Summary
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
    chain = _Chain(store, lost)
    new: Collection[RecordId] = lost
    while new:
        new = chain.step(new)
    return chain.found


class _Chain:
    """Echoes as they are found, step by step: each looks only at what the last ones have changed.

    Attributes:
        found: The echoes.
    """

    def __init__(self, store: Store, lost: Mapping[RecordId, set[int]]) -> None:
        self.found: set[RecordId] = set()
        self._store = store
        self._lost = dict(lost)
        self._every: set[int] = set().union(*lost.values())
        self._shown: dict[RecordId, set[int]] = {}
        self._lines: dict[RecordId, list[list[_Message]]] = {}
        self._drawn: dict[RecordId, list[RecordId]] = {}
        for fact in store.all(Fact, vectors=False):
            for source in fact.sources:
                self._drawn.setdefault(source, []).append(fact.id)
        self._aside = [each.usage for each in store.all(Aside) if each.usage is not None]

    def step(self, new: Collection[RecordId]) -> set[RecordId]:
        """What repeats these, which were lost in the last step, and was not lost before: from now on it is."""
        # An answer that used a fact saw the words that the fact was drawn from.
        told: dict[RecordId, set[int]] = {i: self._lost[i] for i in new}
        for source in new:
            for fact in self._drawn.get(source, ()):
                told[fact] = told.get(fact, set()) | self._lost[source]
        records = (spoken(self._store.get(i, vectors=False)) for i in new)
        changed = {record.conversation for record in records if record}
        for usage in [*self._store.usages_naming(told), *self._aside]:
            for used in usage.used:
                if used.record in told:
                    self._shown.setdefault(usage.answer, set()).update(told[used.record])
                    changed.add(usage.conversation)
        found = {
            echo for conversation in changed for line in self._lines_of(conversation) for echo in self._in_line(line)
        }
        self.found |= found
        return found

    def _in_line(self, line: Sequence["_Message"]) -> Iterator[RecordId]:
        told: set[int] = set()
        question: set[int] = set()
        asked = ""
        for said in line:
            if not said.is_answer:
                terms = said.terms - self._lost[said.id] if said.id in self._lost else said.terms
                question = question | terms if said.message == asked else terms
                asked = said.message
            elif said.id not in self._lost:
                shown = told.union(self._shown.get(said.message, ()))
                if not said.terms.isdisjoint(shown - question):
                    self._lost[said.id] = said.terms
                    yield said.id
            if said.id in self._lost:
                told |= self._lost[said.id]

    def _lines_of(self, conversation: RecordId) -> list[list["_Message"]]:
        """The ways that a chat went, each in order; without answers that hold none of the lost terms."""
        kept = self._lines.get(conversation)
        if kept is None:
            kept = self._lines[conversation] = [
                [
                    said
                    for said in (self._heard(episode) for episode in line)
                    if said.terms or not said.is_answer or said.id in self._lost
                ]
                for line in lines(self._store, conversation)
            ]
        return kept

    def _heard(self, episode: Episode) -> "_Message":
        terms = self._every.intersection(memoryview(episode.terms).cast("I")) if episode.terms else set[int]()
        return _Message(episode.id, episode.message, episode.role == "assistant", terms)


class _Message(NamedTuple):
    """An episode: its id, that of its message, whether it is an answer, and which of the lost terms it holds."""

    id: RecordId
    message: RecordId
    is_answer: bool
    terms: set[int]


@dataclass(frozen=True)
class Shadow:
    """What records that wait to be purged take along.

    Attributes:
        echoes: See `echoes`.
        hidden: These, the records, and the summaries and facts that draw on any of them.
    """

    echoes: frozenset[RecordId]
    hidden: frozenset[RecordId]


def shadow(store: Store, ids: Collection[RecordId]) -> Shadow:
    """What would bring these records back while they wait to be purged."""
    repeated = frozenset(echoes(store, lost_terms(episodes_among(store, ids))))
    gone = repeated.union(ids)
    derived: list[Summary | Fact] = [*store.all(Summary, vectors=False), *store.all(Fact, vectors=False)]
    return Shadow(repeated, gone.union(record.id for record in derived if not gone.isdisjoint(record.sources)))


def episodes_among(store: Store, ids: Iterable[RecordId]) -> list[Episode]:
    """The episodes among the records with these ids, those that are put aside included."""
    return [e for i in ids if (e := spoken(store.get(i, vectors=False))) is not None]
