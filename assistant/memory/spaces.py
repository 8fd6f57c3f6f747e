"""The space of a conversation, and of what was said, summed up or known from it."""

from assistant.store.records import Conversation, RecordId, Remembered, Summary
from assistant.store.store import Store


def space_of(store: Store, conversation: RecordId) -> str:
    """The space of a conversation."""
    record = store.get(conversation, vectors=False)
    return record.space if isinstance(record, Conversation) else ""


def space_of_record(store: Store, record: Remembered) -> str:
    """The space of a memory: that of its conversation, or its own where it is a summary of the user."""
    if isinstance(record, Summary) and not record.conversation:
        return record.space
    return space_of(store, record.conversation)
