"""Bringing a generation that an older Hippo wrote to the present format; what it was stays beside it for a while.

The new generation is built beside the old one and put into its place like one that is saved from damage, so a crash
leaves the one or the other whole. The old one, untouched, is the backup: `<key id>.before-<format>`. It goes after
30 days, and at once when something that it holds is forgotten (see `layout.copies_set_aside`).

    format 1   the ledger knew rows by their ids only
    format 2   the ledger knows each row's box: an older box in the place of a newer one is noticed
    format 3   more kinds of records (`Aside`, `Draft`), outdated rows beside newer ones, snapshots: a Hippo that does
               not know them would set them aside, bring them back, or leave in them what is forgotten

What only adds to a format, as format 3 does to format 2, needs no new generation: it is format.json that says so.
"""

import contextlib
import time
from collections.abc import Callable
from typing import Any

import msgspec

from assistant.errors import SealError, StoreError, StoreFullError
from assistant.store import layout
from assistant.store.codec import associated_data
from assistant.store.fragments import Row
from assistant.store.ledger import Inventory, Ledger, open_slots
from assistant.store.records import SCHEMA_VERSION
from assistant.store.table import SealedTable
from assistant.vault.sealer import Sealer

KEPT_DAYS = 30
"""How long the generation that was migrated stays."""

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns one record, as plain data with its tag `kind`, into the same record of the next schema."""

SCHEMAS = {1: 1, 2: 1, layout.FORMAT: SCHEMA_VERSION}
"""Schema version of the records in each store format."""

ADDED_TO = frozenset({2})
"""Older formats that are of the present one as they are."""

STEPS: dict[int, Step] = {}
"""For each schema version before the present one, the step to the next."""

_SEQUENCE_BYTES = 8


class _IdsOnly(msgspec.Struct, frozen=True, array_like=True):
    """An inventory of format 1: how many rows, and the exclusive or of their ids."""

    rows: int
    ids: bytes


class _EntryOfIds(msgspec.Struct, frozen=True, array_like=True):
    number: int
    version: int
    states: tuple[_IdsOnly, ...]


def migrate(generation: layout.Generation, sealer: Sealer) -> list[str]:
    """Bring `generation` to the present format, if it is of an older one. Rows that do not open are kept as they are.

    Returns:
        What was found wrong meanwhile, as sentences for the user.

    Raises:
        StoreFullError, StoreError: The old generation is in place and as it was.
    """
    _drop_old(generation)
    if not generation.format_file.exists():
        return []
    found = generation.read_format()
    if found.format == layout.FORMAT:
        return []
    if found.format in ADDED_TO:
        with contextlib.suppress(StoreFullError):  # it opens all the same; the next opening says so
            generation.write_format(msgspec.structs.replace(found, format=layout.FORMAT))
        return []
    table = SealedTable(generation.folder)
    problems = [*table.problems]
    if generation.purge_mark.exists():
        table.vacuum()
        generation.unmark_purge()
    building = layout.Generation(generation.folder.parent, generation.folder.name, building=True)
    layout.drop([building.folder] if building.folder.exists() else [])
    old = _inventory_of_ids(generation, sealer) if found.format == 1 else None
    rows, ids = _build(table, building, sealer, SCHEMAS.get(found.format, 1))
    if rows < len(table):
        problems.append(f"Part of the memory on disk cannot be read (rows: {len(table) - rows}).")
    if old is not None and _IdsOnly(rows, ids) not in old:
        problems.append("The memory on disk does not hold the rows that were last written.")
    building.write_format(layout.Format(replaces=found.replaces))
    layout.set_aside(generation, building, suffix=f"{layout.BEFORE}{found.format}-")
    return problems


def _drop_old(generation: layout.Generation) -> None:
    for copy in layout.migrated(generation.folder.parent):
        if time.time() - copy.stat().st_mtime > KEPT_DAYS * 86400:
            layout.drop([copy])


def _inventory_of_ids(generation: layout.Generation, sealer: Sealer) -> tuple[_IdsOnly, ...] | None:
    entries = []
    for plaintext in open_slots(generation.ledger, sealer):
        try:
            entries.append(msgspec.msgpack.decode(plaintext, type=_EntryOfIds))
        except msgspec.DecodeError:
            continue
    return max(entries, key=lambda entry: entry.number).states if entries else None


def _build(table: SealedTable, building: layout.Generation, sealer: Sealer, schema: int) -> tuple[int, bytes]:
    """Fill the new generation. Returns how many rows there are, and the exclusive or of their ids."""
    new, ledger, inventory = SealedTable(building.folder), Ledger(building.ledger, sealer), Inventory()
    mixed = 0
    for batch in table.readable_rows():
        rows = batch if schema == SCHEMA_VERSION else [_upgraded(row, sealer, schema) for row in batch]
        new.append(rows)
        inventory = inventory.plus(ledger.marks(rows))
        for row, _ in rows:
            mixed ^= int.from_bytes(row, "big")
    ledger.expect(new.version, inventory)
    return inventory.rows, mixed.to_bytes(16, "big")


def _upgraded(row: Row, sealer: Sealer, schema: int) -> Row:
    name, box = row
    try:
        plaintext = sealer.open(box, associated_data(name, schema))
        sequence, data = plaintext[:_SEQUENCE_BYTES], msgspec.msgpack.decode(plaintext[_SEQUENCE_BYTES:])
    except (SealError, msgspec.DecodeError):
        return row
    for version in range(schema, SCHEMA_VERSION):
        step = STEPS.get(version)
        if step is None:
            raise StoreError(f"This Hippo cannot bring a memory of version {version} up to date.")
        data = step(data)
    return name, sealer.seal(sequence + msgspec.msgpack.encode(data), associated_data(name))
