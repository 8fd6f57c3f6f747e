"""The compact memory as a turn and the inspector may read it: without what is being forgotten."""

from collections.abc import Callable, Collection

from assistant.memory.compact.levels import expand
from assistant.memory.compact.lines import lines_of, with_lines, without
from assistant.memory.compact.summaries import Compact
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Episode, RecordId, Summary


def summary_of(indexed: IndexedStore, conversation: RecordId) -> Summary | None:
    """The running summary of a conversation, if it has one."""
    summary = indexed.watch.summaries.running(conversation)
    return summary if summary is not None and summary.id not in indexed.hidden else None


def compact(indexed: IndexedStore, conversation: RecordId | None, space: str, unsaid: Collection[RecordId]) -> Compact:
    """See `Memory.compact`."""
    hidden, summaries = indexed.hidden, indexed.watch.summaries
    user = summaries.user(space)
    stretches = [s for s in summaries.stretches(conversation) if s.id not in hidden] if conversation else []
    return Compact(
        _telling_nothing_of(summary_of(indexed, conversation) if conversation is not None else None, unsaid),
        tuple(left for s in stretches if (left := _telling_nothing_of(s, unsaid)) is not None),
        _telling_nothing_of(user if user is not None and user.id not in hidden else None, unsaid),
    )


def _telling_nothing_of(summary: Summary | None, unsaid: Collection[RecordId]) -> Summary | None:
    if summary is None or not unsaid:
        return summary
    return with_lines(summary, without(lines_of(summary), unsaid), summary.time)


def expanded(indexed: IndexedStore, summary: Summary, room: int, count_tokens: Callable[[str], int]) -> list[Episode]:
    """The words that a summary was made from, as far as they fit into so many tokens."""
    return [e for e in expand(indexed.store, summary, room, count_tokens) if e.id not in indexed.hidden]
