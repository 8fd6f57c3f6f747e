"""Embeddings of what is derived: a summary or fact is embedded whenever it gets other words."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from assistant.memory.episodes import pack_vectors
from assistant.models.embedder import Embedder
from assistant.store.records import Fact, Record, Summary
from assistant.store.store import Store
from assistant.store.terms import search_terms


def with_embeddings(
    store: Store,
    records: Sequence[Record],
    embedder: Callable[[], Embedder],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> list[Record]:
    """The records, with search terms and embeddings for the summaries and facts whose words are new to the store.

    Both embeddings of these are of the words alone. All are made in one go.

    Args:
        store: Tells which words are new. Read only.
        records: Those that are to be stored. What has vectors and no predecessor in the store keeps them.
        embedder: Called only if something has to be embedded.
        cancelled: Asked now and then whether to stop.

    Raises:
        CancelledError: `cancelled` answered true.
    """
    new = [record for record in records if isinstance(record, Summary | Fact) and _has_new_words(store, record)]
    if not new:
        return list(records)
    vectors = embedder().embed([record.text for record in new], cancelled=cancelled)
    made: dict[str, Record] = {
        record.id: replace(record, vectors=pack_vectors(vector, vector), terms=search_terms(record.text).tobytes())
        for record, vector in zip(new, vectors, strict=True)
    }
    return [made.get(record.id, record) for record in records]


def _has_new_words(store: Store, record: Summary | Fact) -> bool:
    known = store.get(record.id, vectors=False)
    return known.text != record.text if isinstance(known, Summary | Fact) else not record.vectors
