"""Moving a chat to another space. What is known from it goes along, and the space it leaves knows it no more.

Two commits: the chat with the summary of the user there, then the facts of both spaces. A crash in between leaves facts
that stand on several chats as they were, until something in them changes again.
"""

from collections.abc import Collection

from msgspec.structs import replace

from assistant.memory.chats import chat_called
from assistant.memory.clock import now
from assistant.memory.compact.lines import lines_of, with_lines, without
from assistant.memory.facts.rebuild import update as update_facts
from assistant.memory.facts.relate import thread_of
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Conversation, Episode, RecordId, Summary


def spaces(indexed: IndexedStore) -> list[str]:
    """See `Memory.spaces`."""
    return sorted({chat.space for chat in indexed.store.all(Conversation) if chat.space}, key=str.casefold)


def move(indexed: IndexedStore, conversation: RecordId, space: str) -> None:
    """See `Memory.move`."""
    store = indexed.store
    chat = store.get(chat_called(indexed, conversation).id)
    space = " ".join(space.split())
    if not isinstance(chat, Conversation) or chat.space == space:
        return
    # Also what waits to be purged: that may be undone.
    said = {e.id: e for e in store.episodes_of(chat.id, vectors=False)}
    met = _met_in_facts(indexed, said, chat.space)
    user = indexed.watch.summaries.user(chat.space)
    left: Summary | None = None
    if user is not None:
        left = with_lines(user, without(lines_of(user), said), now())
    indexed.commit(
        [replace(chat, space=space), *([left] if left is not None and left is not user else [])],
        remove=[user.id] if user is not None and left is None else [],
    )
    # As if all were said anew: claims meet the facts there, and those that they joined or ended here go on without.
    told = update_facts(store, indexed.threads, edited=said | met)
    indexed.commit(told.facts, remove=told.gone)


def _met_in_facts(indexed: IndexedStore, said: Collection[RecordId], space: str) -> dict[RecordId, Episode]:
    """The episodes of a space whose facts are about the same as those that stand on what was `said`."""
    met: dict[RecordId, Episode] = {}
    for fact in {fact.id: fact for source in said for fact in indexed.threads.on(source)}.values():
        for other in indexed.threads.of((space, thread_of(fact.subject, fact.attribute, fact.value))):
            for source in other.sources:
                episode = indexed.store.get(source, vectors=False)
                if isinstance(episode, Episode):
                    met[source] = episode
    return met
