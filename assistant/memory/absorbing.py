"""Taking in what another device of the user's remembered and forgot. How it comes here is the store's business."""

from collections.abc import Callable, Collection, Sequence

from assistant.memory.branches import aside_in
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.switching import show_what_is_left
from assistant.store.fragments import Row
from assistant.store.records import Aside, Episode, Fact, RecordId
from assistant.store.tombstones import forgotten_marks, mark_of


def absorb(
    indexed: IndexedStore,
    rows: Sequence[Row],
    removed: Collection[RecordId],
    *,
    forget: Callable[[Sequence[RecordId]], object],
) -> frozenset[RecordId]:
    """Put sealed rows into the store, and purge what was removed elsewhere.

    What was forgotten there is forgotten here too, with what was derived from it on this device; other records, such as
    a summary that another one replaced, are only purged. A conversation in which something else was said here stays.

    Args:
        indexed: The memory.
        rows: As they were sealed on the other device.
        removed: Ids of records of this store.
        forget: Forgets memories by their ids, at once.

    Returns:
        Ids of the records that are not as they were.

    Raises:
        StoreFullError, StoreError: What was put in so far stays; the same may be given again.
    """
    store = indexed.store
    lost = {name for row, _ in rows if (name := row.hex()) in store}.union(removed)
    if rows:
        indexed.absorb(rows)
    marks = forgotten_marks(store)
    forgotten = [
        name
        for name in removed
        if isinstance(store.get(name, vectors=False), Episode | Aside | Fact) and mark_of(bytes.fromhex(name)) in marks
    ]
    if forgotten:
        forget(forgotten)
    left = [
        name
        for name in removed
        if name in store and not store.episodes_of(name, vectors=False) and not aside_in(store, name)
    ]
    if left:
        indexed.purge(left)
    show_what_is_left(indexed)
    return frozenset(lost)
