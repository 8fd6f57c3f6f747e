"""The audit line of a forgetting: what kind, when, how many, and the marks that know it again in an older backup.

Never the content, and no id. Receipts are for the moment; this is what stays.
"""

import hashlib
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from assistant.store.records import Forgotten, RecordId
from assistant.store.store import Store
from assistant.store.tombstones import marks_of


def lines(store: Store) -> list[Forgotten]:
    """See `Memory.audit`."""
    return sorted(store.all(Forgotten), key=lambda line: line.time, reverse=True)


def audit_line(store: Store, pending: RecordId, gone: Collection[RecordId], when: datetime) -> Forgotten:
    """The line for a forgetting, made before it: the records are still there.

    Its id follows from that of the `PendingForget`, so that a forgetting that is finished twice leaves one line.
    """
    counts = Counter(type(record).__name__.lower() for i in gone if (record := store.get(i, vectors=False)) is not None)
    own = hashlib.sha256(b"hippo audit line" + bytes.fromhex(pending)).digest()[:16].hex()
    return Forgotten(id=own, time=when, counts=dict(sorted(counts.items())), marks=marks_of(gone))
