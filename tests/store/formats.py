"""Making a store what an older Hippo would have left."""

from pathlib import Path

import msgspec

from assistant.store.layout import Generation
from assistant.store.store import Store
from assistant.store.table import SealedTable
from assistant.vault.sealer import Sealer
from tests.store.sample import DIMENSIONS


def make_format_1(store: Path, sealer: Sealer) -> None:
    """Turn a closed store of the present format into one of format 1: its ledger knows rows by their ids only."""
    with Store.open(store, sealer, dimensions=DIMENSIONS) as present:
        present.compact()  # no row lies beside a newer one in that format
    generation = Generation(store, sealer.key_id)
    table = SealedTable(generation.folder)
    mixed = 0
    for rows in table.rows():
        for row, _ in rows:
            mixed ^= int.from_bytes(row, "big")
    entry = (0, table.version, ((len(table), mixed.to_bytes(16, "big")),))
    box = sealer.seal(msgspec.msgpack.encode(entry), b"hippo ledger")
    generation.ledger.write_bytes((len(box).to_bytes(4, "little") + box).ljust(1024, b"\0"))
    generation.format_file.write_bytes(b'{"format":1,"replaces":"","restored":false}')
