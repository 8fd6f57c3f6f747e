"""What the inspector shows of one memory, and of all of them in numbers."""

from collections import Counter

from assistant.memory.chats import episodes_of, without_hidden_title
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.listing import facts_on
from assistant.memory.salience.outlook import Outlook
from assistant.memory.views import Detail, Stats, UsedIn
from assistant.store.records import (
    Conversation,
    Episode,
    Fact,
    RecordId,
    Remembered,
    Standing,
    State,
    Summary,
    Usage,
)


def detail(indexed: IndexedStore, outlook: Outlook, record: Remembered) -> Detail:
    """Everything about one record."""
    store, hidden = indexed.store, indexed.hidden
    chat = store.get(record.conversation, vectors=False)
    used_in = [
        UsedIn(usage.answer, usage.conversation, usage.time, used.score, _question_of(indexed, usage.answer))
        for usage in (store.all(Usage) if indexed.tally().counts[record.id] else ())
        for used in usage.used
        if used.record == record.id
    ]
    sources = dict.fromkeys(record.sources) if isinstance(record, Summary | Fact) else ()
    facts = store.all(Fact, vectors=False) if isinstance(record, Fact) else []
    successor = store.get(record.successor, vectors=False) if isinstance(record, Fact) else None
    episode = record if isinstance(record, Episode) else None
    return Detail(
        record,
        without_hidden_title(indexed, chat) if isinstance(chat, Conversation) else None,
        used_in=tuple(sorted(used_in, key=lambda use: use.time, reverse=True)),
        derived=(
            *(s for s in indexed.watch.summaries.all() if record.id in s.sources and s.id not in hidden),
            *facts_on(indexed, record.id),
        ),
        sources=tuple(source for i in sources if isinstance(source := store.get(i, vectors=False), Episode)),
        weight=outlook.weight(episode) if episode is not None else 0.0,
        fades_in=outlook.fades_in().get(record.id) if episode is not None and episode.state is State.ACTIVE else None,
        curve=outlook.curve(episode) if episode is not None else (),
        successor=successor if isinstance(successor, Fact) and successor.id not in hidden else None,
        predecessors=tuple(fact for fact in facts if fact.successor == record.id and fact.id not in hidden),
    )


def _question_of(indexed: IndexedStore, answer: RecordId) -> str:
    """What the user had said before an answer."""
    episode = indexed.store.get(answer, vectors=False)
    if not isinstance(episode, Episode):
        return ""
    before = [e for e in episodes_of(indexed, episode.conversation) if e.position == episode.position - 1]
    return "".join(e.text for e in before)


def stats(indexed: IndexedStore) -> Stats:
    """Counts of everything that is remembered."""
    store, hidden = indexed.store, indexed.hidden
    states = Counter(e.state for e in store.each(Episode) if e.id not in hidden)
    summaries = [s for s in indexed.watch.summaries.all() if s.id not in hidden]
    facts = [f for f in store.all(Fact, vectors=False) if f.id not in hidden]
    return Stats(
        episodes=states.total(),
        summaries=len(summaries),
        pinned=states[State.PINNED],
        faded=states[State.FADED],
        conversations=len([chat for chat in store.all(Conversation) if chat.id not in hidden]),
        bytes_on_disk=store.size_on_disk(),
        damaged=len(store.damaged),
        problems=store.problems,
        stretch_summaries=sum(s.level > 1 and bool(s.conversation) for s in summaries),
        user_summaries=sum(not s.conversation for s in summaries),
        facts=len(facts),
        facts_superseded=sum(f.standing is Standing.SUPERSEDED for f in facts),
        facts_disputed=sum(f.standing is Standing.DISPUTED for f in facts),
    )
