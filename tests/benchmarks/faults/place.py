"""The vault and the store that faults are done to, and what tells whether a memory is still what it was."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from assistant.paths import Home
from assistant.store.records import Episode, RecordId
from assistant.store.store import Store
from assistant.store.traces import find_traces
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.sample import DIMENSIONS

PASSPHRASE = "a passphrase for faults"
PROBE_BYTES = 16

Contents = dict[RecordId, str]
"""For each memory, a hash of all that it says."""


def vault_at(home: Home) -> Vault:
    """The open vault of a home, made if there is none. Its passphrase is cheap to try: it is not what is tested."""
    vault = Vault(home.vault, keyring=None, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    if vault.exists:
        vault.unlock_with_passphrase(PASSPHRASE)
    else:
        vault.create(passphrase=PASSPHRASE)
    return vault


def open_store(home: Home, vault: Vault) -> Store:
    """The store of a home. Its data files get snapshots however few rows they have."""
    store = Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS)
    assert store._snapshots
    store._snapshots.fewest = 2
    return store


def stray_snapshots(store: Store) -> int:
    """How many snapshots there are of data files that do not count any more."""
    assert store._opened
    return len(store._opened[0].stray_snapshots())


def said_by(record: Episode) -> str:
    """A hash of all that a memory says, its vectors included."""
    return hashlib.sha256(msgspec.msgpack.encode(record)).hexdigest()[:16]


def contents(store: Store) -> Contents:
    """All memories of a store."""
    return {record.id: said_by(record) for record in store.all(Episode)}


def probes(store: Store, ids: Iterable[RecordId]) -> list[bytes]:
    """The first bytes of the boxes of these memories."""
    wanted = {bytes.fromhex(record) for record in ids}
    return [box[:PROBE_BYTES] for rows in store.sealed_rows() for row, box in rows if row in wanted]


def files_holding(folder: Path, needles: Iterable[bytes]) -> list[Path]:
    """The files below a folder that hold one of the byte strings."""
    return find_traces((Path(at, name) for at, _, names in os.walk(folder) for name in names), needles)
