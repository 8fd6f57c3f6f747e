"""Saving what is whole from a damaged generation: into a new one in its place, with the damaged one set aside.

LanceDB neither compacts nor replaces rows in a table with an unreadable file, and an id that stands twice cannot be
told apart there. So the rows worth keeping are written anew, and nothing is taken out of the damaged files.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assistant.store import layout
from assistant.store.fragments import Row
from assistant.store.ledger import Inventory, Ledger
from assistant.store.table import SealedTable
from assistant.vault.sealer import Sealer

_MAX_COMBINATIONS = 4096


def save_rows(generation: layout.Generation, sealer: Sealer, batches: Iterable[list[Row]], *, key: bytes) -> Path:
    """Put a generation with these rows in the place of `generation`.

    Args:
        generation: The damaged one; nobody may be writing to it.
        sealer: The store's.
        batches: All rows that are to be kept; read from the damaged one if need be.
        key: Of the marks in the ledger.

    Returns:
        The folder in which the damaged generation now lies.

    Raises:
        StoreFullError, StoreError: Nothing has changed.
    """
    store, key_id = generation.folder.parent, generation.folder.name
    building = layout.Generation(store, key_id, building=True)
    layout.drop([building.folder] if building.folder.exists() else [])
    saved = SealedTable(building.folder)
    ledger = Ledger(building.ledger, sealer, key=key)
    inventory = Inventory()
    for rows in batches:
        if rows:
            saved.append(rows)
            inventory = inventory.plus(ledger.marks(rows))
    ledger.expect(saved.version, inventory)
    building.write_format(layout.Format())
    return layout.set_aside(generation, building)


def without_repeats(
    batches: Iterable[list[Row]], ledger: Ledger, *, opens: Callable[[Row], bool]
) -> Iterator[list[Row]]:
    """Rows in which ids are repeated, with one row left for each id.

    Of the boxes of one id, those are kept with which the ledger comes out right; where no choice does that, or there
    are too many, the last that opens, because a row is written after the one that it replaces.

    Args:
        batches: All rows, in the table's order.
        ledger: Whose states tell which rows there should be.
        opens: Whether the box of a row opens.

    Returns:
        The rows in batches.
    """
    boxes: dict[bytes, dict[Row, None]] = {}
    for rows in batches:
        for row in rows:
            boxes.setdefault(row[0], {})[row] = None
    sure = [next(iter(of_one)) for of_one in boxes.values() if len(of_one) == 1]
    doubtful = [list(of_one) for of_one in boxes.values() if len(of_one) > 1]
    chosen = [([row for row in of_one if opens(row)] or of_one)[-1] for of_one in doubtful]
    if ledger.last and math.prod(map(len, doubtful)) <= _MAX_COMBINATIONS:
        start = Inventory().plus(ledger.marks(sure))
        for choice in itertools.product(*doubtful):
            if start.plus(ledger.marks(choice)) in ledger.last.states:
                chosen = list(choice)
                break
    return iter([sure + chosen])
