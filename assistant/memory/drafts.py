"""Drafts: what is typed in a chat and not sent yet, sealed like everything else, one record for each chat.

The other words for a message go with it when it is forgotten. A draft that is replaced or dropped stays on the disk,
sealed, until the store is compacted or something is purged.
"""

import hashlib

from msgspec.structs import replace

from assistant.memory.branches import spoken
from assistant.memory.clock import now
from assistant.memory.forgetting.plan import without_edit
from assistant.memory.indexed_store import IndexedStore
from assistant.store.records import Draft, RecordId


def draft_id(conversation: RecordId) -> RecordId:
    """The id of the draft of a chat ("" for a new one): always the same, so that a new draft replaces the old one."""
    return hashlib.sha256(b"hippo draft" + conversation.encode()).digest()[:16].hex()


def draft_of(indexed: IndexedStore, conversation: RecordId) -> Draft | None:
    """See `Memory.draft_of`."""
    draft = indexed.store.get(draft_id(conversation))
    if not isinstance(draft, Draft) or draft.id in indexed.hidden:
        return None
    if not draft.instead_of or _stays(indexed, draft.instead_of):
        return draft
    return without_edit(draft) if draft.text.strip() else None


def _stays(indexed: IndexedStore, message: RecordId) -> bool:
    """Whether a message is there and no part of it is being forgotten."""
    said = spoken(indexed.store.get(message, vectors=False))
    parts = indexed.store.at(said.conversation, said.position) if said is not None else ()
    return said is not None and indexed.hidden.isdisjoint((message, *parts))


def keep_draft(indexed: IndexedStore, conversation: RecordId, text: str, instead_of: RecordId, edit: str) -> None:
    """See `Memory.keep_draft`."""
    name = draft_id(conversation)
    if conversation and (conversation not in indexed.store or conversation in indexed.hidden):
        return
    if instead_of and not _stays(indexed, instead_of):
        instead_of = edit = ""
    known = indexed.store.get(name)
    if not text.strip() and not edit.strip():
        if known is not None:
            indexed.commit(remove=[name])
        return
    draft = Draft(id=name, conversation=conversation, time=now(), text=text, instead_of=instead_of, edit=edit)
    if not isinstance(known, Draft) or replace(known, time=draft.time) != draft:
        indexed.commit([draft])
