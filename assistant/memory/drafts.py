"""Drafts: what is typed in a chat and not sent yet, sealed like everything else, one record for each chat.

A draft that is replaced or dropped stays on the disk, sealed, until the store is compacted or something is purged.
"""

import hashlib

from msgspec.structs import replace

from assistant.memory.clock import now
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Draft, RecordId


def draft_id(conversation: RecordId) -> RecordId:
    """The id of the draft of a chat ("" for a new one): always the same, so that a new draft replaces the old one."""
    return hashlib.sha256(b"hippo draft" + conversation.encode()).digest()[:16].hex()


def draft_of(indexed: IndexedStore, conversation: RecordId) -> Draft | None:
    """See `Memory.draft_of`."""
    draft = indexed.store.get(draft_id(conversation))
    return draft if isinstance(draft, Draft) and draft.id not in indexed.hidden else None


def keep_draft(indexed: IndexedStore, conversation: RecordId, text: str, instead_of: RecordId, edit: str) -> None:
    """See `Memory.keep_draft`."""
    name = draft_id(conversation)
    if conversation and (conversation not in indexed.store or conversation in indexed.hidden):
        return
    known = indexed.store.get(name)
    if not text.strip() and not edit.strip():
        if known is not None:
            indexed.commit(remove=[name])
        return
    draft = Draft(id=name, conversation=conversation, time=now(), text=text, instead_of=instead_of, edit=edit)
    if not isinstance(known, Draft) or replace(known, time=draft.time) != draft:
        indexed.commit([draft])
