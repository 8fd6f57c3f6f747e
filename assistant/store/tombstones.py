"""Tombstones: by what a forgotten row is known again in an older backup, without keeping anything of it.

A row's id is 16 random bytes that say nothing, and stands in the open in a backup. Its mark is a hash of that, and is
kept sealed. Not about what else has to go when a record goes: that is the memory's business.
"""

import hashlib
from collections.abc import Iterable

from assistant.store.records import Forgotten, RecordId
from assistant.store.store import Store

MARK_BYTES = 16


def mark_of(row: bytes) -> bytes:
    """The mark of a row id: 16 bytes."""
    return hashlib.sha256(b"hippo forgotten" + row).digest()[:MARK_BYTES]


def marks_of(ids: Iterable[RecordId]) -> bytes:
    """The marks of records, one after another, in an order that says nothing."""
    return b"".join(sorted(mark_of(bytes.fromhex(record)) for record in ids))


def split_marks(marks: bytes) -> frozenset[bytes]:
    """The marks in the field of a `Forgotten`."""
    return frozenset(marks[start : start + MARK_BYTES] for start in range(0, len(marks), MARK_BYTES))


def forgotten_marks(store: Store) -> frozenset[bytes]:
    """The marks of all that was ever forgotten from this store."""
    return frozenset().union(*(split_marks(each.marks) for each in store.all(Forgotten)))
