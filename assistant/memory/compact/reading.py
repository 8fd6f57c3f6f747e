"""The compact memory as a turn and the inspector may read it: without what is being forgotten."""

from collections.abc import Callable

from assistant.memory.compact.levels import expand
from assistant.memory.compact.summaries import Compact
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Episode, RecordId, Summary


def summary_of(indexed: IndexedStore, conversation: RecordId) -> Summary | None:
    """The running summary of a conversation, if it has one."""
    summary = indexed.watch.summaries.running(conversation)
    return summary if summary is not None and summary.id not in indexed.hidden else None


def compact(indexed: IndexedStore, conversation: RecordId | None, space: str) -> Compact:
    """The compact memory that a turn in a conversation (None: a new one) of a space may use."""
    hidden, summaries = indexed.hidden, indexed.watch.summaries
    user = summaries.user(space)
    return Compact(
        summary_of(indexed, conversation) if conversation is not None else None,
        tuple(s for s in summaries.stretches(conversation) if s.id not in hidden) if conversation else (),
        user if user is not None and user.id not in hidden else None,
    )


def expanded(indexed: IndexedStore, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
    """The words that a summary was made from, as far as they fit into so many tokens."""
    return [e for e in expand(indexed.store, summary, room, count_tokens) if e.id not in indexed.hidden]
