"""Forgetting on request: what else has to go or be made anew when records go, so that nothing brings them back.

Plans the change; `assistant.memory.memory` carries it out. Semantic forgetting (fading) is another thing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from msgspec.structs import replace

from assistant.memory.compact.levels import Material, outdated_values, summaries_anew
from assistant.memory.episodes import in_context_anew, terms_of
from assistant.memory.facts.corrections import refusing
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.facts.threads import Threads
from assistant.memory.titles import title_from
from assistant.models.embedder import Embedder
from assistant.store.records import Conversation, Episode, Fact, Record, RecordId, Summary, Usage
from assistant.store.store import Store
from assistant.store.terms import search_terms


@dataclass(frozen=True)
class Plan:
    """What a forgetting does.

    Attributes:
        remove: Ids of all rows that go.
        rebuilt: Records that are made anew from what is left, to be stored before the rows go.
        episodes, echoes, conversations, usages: How many of these go; an echo is an answer of Hippo's that repeated
            what is forgotten.
        summaries_rebuilt, summaries_dropped: What becomes of the summaries that drew on it.
        facts_rebuilt, facts_dropped: What becomes of the facts that stood on it or related to such a one.
    """

    remove: tuple[RecordId, ...]
    rebuilt: tuple[Record, ...]
    episodes: int = 0
    echoes: int = 0
    conversations: int = 0
    usages: int = 0
    summaries_rebuilt: int = 0
    summaries_dropped: int = 0
    facts_rebuilt: int = 0
    facts_dropped: int = 0


@dataclass(frozen=True)
class Receipt:
    """What one forgetting removed, and how it was checked.

    Attributes:
        rows: Sealed rows that went, of all kinds.
        files_searched: Files of the store that were searched for the bytes of the sealed rows.
        verified: The search found none of them.
    """

    when: datetime
    episodes: int
    echoes: int
    summaries_rebuilt: int
    summaries_dropped: int
    conversations: int
    usages: int
    rows: int
    bytes_reclaimed: int
    files_searched: int
    verified: bool
    facts_rebuilt: int = 0
    facts_dropped: int = 0

    @classmethod
    def of_nothing(cls, when: datetime) -> Self:
        """The receipt of a forgetting that found nothing to forget."""
        return cls(when, *(0,) * 9, verified=True)

    def lines(self) -> list[str]:
        """The receipt in words, a fact a line. Holds no content."""
        facts = _count(self.facts_dropped, "fact", "facts")
        if self.facts_dropped and not self.episodes:
            lines = [f"Forgotten for good: {facts}."]
        else:
            lines = [f"Forgotten for good: {_count(self.episodes, 'memory', 'memories')}."]
        if self.echoes:
            lines.append(f"{_count(self.echoes, 'answer', 'answers')} of Hippo's that repeated it went too.")
        if self.summaries_rebuilt:
            lines.append(f"{_count(self.summaries_rebuilt, 'summary', 'summaries')} rebuilt from what is left.")
        if self.summaries_dropped:
            lines.append(f"{_count(self.summaries_dropped, 'summary', 'summaries')} dropped: nothing was left of it.")
        if self.facts_rebuilt:
            lines.append(f"{_count(self.facts_rebuilt, 'fact', 'facts')} rebuilt from what is left.")
        if self.facts_dropped and self.episodes:
            lines.append(f"{facts} dropped with it.")
        if self.conversations:
            lines.append(f"{_count(self.conversations, 'empty chat', 'empty chats')} removed.")
        if self.usages:
            lines.append(f"{_count(self.usages, 'record', 'records')} of use removed.")
        lines.append(
            f"{_count(self.rows, 'sealed row', 'sealed rows')} purged, {self.bytes_reclaimed:,} bytes reclaimed."
        )
        found = "none of the sealed bytes are left" if self.verified else "some sealed bytes could NOT be removed"
        lines.append(f"{_count(self.files_searched, 'file', 'files')} of the store searched: {found}.")
        return lines


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def with_conversations(store: Store, ids: Collection[RecordId]) -> set[RecordId]:
    """The ids, and for each conversation among them all that was said and summed up in it."""
    wanted = set(ids)
    conversations = {i for i in wanted if isinstance(store.get(i), Conversation)}
    for conversation in conversations:
        wanted.update(e.id for e in store.episodes_of(conversation, vectors=False))
    if conversations:
        about: list[Summary | Usage] = [*store.all(Summary, vectors=False), *store.all(Usage)]
        wanted.update(record.id for record in about if record.conversation in conversations)
    return wanted


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
    while new := _direct_echoes(store, told):
        found |= new
        told |= {i: every & terms_of(e) for i in new if isinstance(e := store.get(i, vectors=False), Episode)}
    return found


def _direct_echoes(store: Store, lost: Mapping[RecordId, set[int]]) -> set[RecordId]:
    seen_by: dict[RecordId, set[RecordId]] = {}
    # An answer that used a fact saw the words that the fact was drawn from.
    told_by = {fact.id: drawn for fact in store.all(Fact, vectors=False) if (drawn := lost.keys() & set(fact.sources))}
    for usage in store.all(Usage):
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
    gone = echoes(store, lost_terms(_episodes(store, ids))).union(ids)
    derived: list[Summary | Fact] = [*store.all(Summary, vectors=False), *store.all(Fact, vectors=False)]
    return frozenset(gone.union(record.id for record in derived if gone.intersection(record.sources)))


def _episodes(store: Store, ids: Iterable[RecordId]) -> list[Episode]:
    return [e for i in ids if isinstance(e := store.get(i, vectors=False), Episode)]


def plan_forgetting(
    store: Store,
    ids: Collection[RecordId],
    *,
    embedder: Callable[[], Embedder],
    now: datetime,
) -> Plan:
    """Work out what goes and what is made anew when these records (and all that repeats them) are forgotten.

    Args:
        store: Read only.
        ids: Records to forget, already with what `with_conversations` adds.
        embedder: Called only if something has to be embedded again.
        now: Time of rebuilt summaries.
    """
    wanted = set(ids)
    asked = _episodes(store, wanted)
    repeated = echoes(store, lost_terms(asked))
    wanted |= repeated
    episodes = _episodes(store, wanted)
    rebuilt: list[Record] = []

    touched = {e.conversation for e in episodes}
    emptied: set[RecordId] = set()
    for conversation in touched:
        left = [e for e in store.episodes_of(conversation, vectors=False) if e.id not in wanted]
        record = store.get(conversation)
        if not left:
            emptied.add(conversation)
        elif isinstance(record, Conversation) and record.title_source in wanted:
            first = next((e for e in left if e.role != "assistant"), left[0])
            rebuilt.append(replace(record, title=title_from(first.text), title_source=first.id))
        rebuilt.extend(successors_anew(store, conversation, wanted, {}, embedder))
    wanted |= {c for c in emptied if store.get(c) is not None}

    summaries = store.all(Summary, vectors=False)
    material = Material(
        store, lambda text: embedder().count_tokens(text), now, gone=wanted, outdated=outdated_values(store)
    )
    remade, ended = summaries_anew(material, summaries, leave=wanted)
    rebuilt.extend(remade)
    wanted.update(ended)

    facts = [fact for i in ids if isinstance(fact := store.get(i, vectors=False), Fact)]
    marked = refusing(store, facts, wanted)
    told = update_facts(
        store, Threads(store), edited=marked, gone={e.id for e in episodes}, refused={fact.id for fact in facts}
    )
    reembedded = {record.id: i for i, record in enumerate(rebuilt) if isinstance(record, Episode)}
    for episode in marked.values():
        if episode.id in reembedded:
            rebuilt[reembedded[episode.id]] = replace(rebuilt[reembedded[episode.id]], refused=episode.refused)
        else:
            rebuilt.append(episode)
    rebuilt.extend(told.facts)
    wanted.update(told.gone)

    usages = 0
    for usage in store.all(Usage):
        if usage.answer in wanted:
            wanted.add(usage.id)
        if usage.id in wanted:
            usages += 1
        elif any(used.record in wanted for used in usage.used):
            rebuilt.append(replace(usage, used=tuple(u for u in usage.used if u.record not in wanted)))
    return Plan(
        remove=tuple(sorted(wanted)),
        rebuilt=tuple(rebuilt),
        episodes=len(asked),
        echoes=len(repeated - {e.id for e in asked}),
        conversations=sum(isinstance(store.get(i), Conversation) for i in wanted),
        usages=usages,
        summaries_rebuilt=len(remade),
        summaries_dropped=len(ended) + sum(isinstance(store.get(i), Summary) for i in ids),
        facts_rebuilt=len(told.facts),
        facts_dropped=len(told.gone),
    )


def successors_anew(
    store: Store,
    conversation: RecordId,
    gone: Collection[RecordId],
    edited: Mapping[RecordId, Episode],
    embedder: Callable[[], Embedder],
) -> list[Episode]:
    """Episodes that were embedded together with one that changes or goes, embedded again with what then precedes.

    An embedding can be inverted, so a forgotten text must not live on in its neighbour's.

    Args:
        store: Read only.
        conversation: The conversation to look through.
        gone: Ids of the episodes that go.
        edited: Episodes that get other words, as they will be.
        embedder: Called only if something has to be embedded again.
    """
    pairs: list[tuple[Episode, str]] = []
    before = ""
    lost = False
    for episode in store.episodes_of(conversation, vectors=False):
        if episode.id in gone:
            lost = True
        elif episode.id in edited:
            before, lost = edited[episode.id].text, True
        else:
            if lost:
                whole = store.get(episode.id)
                if isinstance(whole, Episode):
                    pairs.append((whole, before))
            before, lost = episode.text, False
    return in_context_anew(pairs, embedder()) if pairs else []
