"""Chats: the list of them, what was said in one, their titles and whether they are put away."""

from collections import Counter
from datetime import datetime

from msgspec.structs import replace

from assistant.errors import InputError
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.views import ChatEntry
from assistant.store.records import Conversation, Episode, RecordId


def chats(indexed: IndexedStore) -> list[ChatEntry]:
    """See `Memory.conversations`."""
    store, hidden = indexed.store, indexed.hidden
    last: dict[RecordId, datetime] = {}
    messages: Counter[RecordId] = Counter()
    for episode in store.each(Episode):
        if episode.id in hidden or episode.part:
            continue
        messages[episode.conversation] += 1
        known = last.get(episode.conversation)
        if known is None or episode.time > known:
            last[episode.conversation] = episode.time
    entries = [
        ChatEntry(without_hidden_title(indexed, chat), last.get(chat.id, chat.created), messages[chat.id])
        for chat in store.all(Conversation)
        if chat.id not in hidden and messages[chat.id]
    ]
    return sorted(entries, key=lambda entry: entry.last, reverse=True)


def chat_called(indexed: IndexedStore, name: str) -> Conversation:
    """See `Memory.conversation`."""
    known = [chat for chat in indexed.store.all(Conversation) if chat.id not in indexed.hidden]
    exact = [chat for chat in known if name in (chat.id, chat.source_id)]
    found = exact or [chat for chat in known if len(name) >= 4 and chat.id.startswith(name.lower())]
    if len(found) != 1:
        many = "several conversations" if found else "no conversation"
        raise InputError(f"There is {many} called {name}.", next_step="See `assistant memory list`.")
    return without_hidden_title(indexed, found[0])


def without_hidden_title(indexed: IndexedStore, chat: Conversation) -> Conversation:
    """The conversation, its title left out while the message that it was made from waits to be purged."""
    return replace(chat, title="") if chat.title_source in indexed.hidden else chat


def episodes_of(indexed: IndexedStore, conversation: RecordId) -> list[Episode]:
    """What was said in a conversation, in order, without what is being forgotten."""
    hidden = indexed.hidden
    return [e for e in indexed.store.episodes_of(conversation, vectors=False) if e.id not in hidden]


def next_position(indexed: IndexedStore, conversation: RecordId) -> int:
    """The position of the next message, after all that are there (also those that wait to be purged)."""
    episodes = indexed.store.episodes_of(conversation, vectors=False)
    return episodes[-1].position + 1 if episodes else 0


def rename(indexed: IndexedStore, conversation: RecordId, title: str) -> None:
    """See `Memory.rename`."""
    chat = chat_called(indexed, conversation)
    indexed.commit([replace(chat, title=" ".join(title.split()), title_source="")])


def entitle(indexed: IndexedStore, conversation: RecordId, title: str, source: RecordId) -> None:
    """See `Memory.entitle`."""
    chat = indexed.store.get(conversation)
    if isinstance(chat, Conversation) and source and chat.title_source == source and source not in indexed.hidden:
        indexed.commit([replace(chat, title=title)])


def set_remembering(indexed: IndexedStore, conversation: RecordId, on: bool) -> None:
    """See `Memory.set_remembering`."""
    stored = indexed.store.get(chat_called(indexed, conversation).id)
    if isinstance(stored, Conversation) and stored.memory != on:
        indexed.commit([replace(stored, memory=on)])


def archive(indexed: IndexedStore, conversation: RecordId, archived: bool) -> None:
    """See `Memory.archive`."""
    # As it is stored: a title that is hidden for now must not be lost by this.
    stored = indexed.store.get(chat_called(indexed, conversation).id)
    if isinstance(stored, Conversation):
        indexed.commit([replace(stored, archived=archived)])
