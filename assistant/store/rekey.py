"""Replacing the data key: every record is opened with the old key and sealed with a new one.

The new generation is built beside the old one and published; then one atomic write of vault.json makes it the one
in use; then the old one is deleted. A crash before that write leaves the old generation in use, a crash after it
the new one, and the next opening of the store deletes the other (see `layout`).
"""

from collections.abc import Callable
from pathlib import Path

from assistant.errors import SealError
from assistant.files import make_private_folder
from assistant.store import layout
from assistant.store.codec import Codec
from assistant.store.ledger import Inventory, Ledger
from assistant.store.store import Store
from assistant.store.table import SealedTable
from assistant.vault.sealer import Sealer
from assistant.vault.vault import Vault


def rekey(
    vault: Vault,
    folder: Path,
    *,
    passphrase: str | None = None,
    dimensions: int = 384,
    progress: Callable[[float], None] = lambda share: None,
) -> str | None:
    """Give vault and store a new data key. The store must be closed; the vault is open before and after.

    Args:
        vault: The open vault. Sealers that it handed out before are useless afterwards.
        folder: The store folder.
        passphrase: The vault's passphrase, where it has one.
        dimensions: Length of the embedding vectors.
        progress: Called with the share that is done, 0 to 1.

    Returns:
        The new recovery code, to be shown once, where the vault had one.

    Raises:
        WrongKeyError: The passphrase is missing or wrong.
        StoreInUseError: The store is open.
        StoreError: The disk refused. Nothing has changed.

    Damaged rows, which no key opens, come along as they are: still set aside and reported until they are forgotten.
    Whole files that were set aside as damaged go with the old key, because nobody could ever open them.
    """
    with Store.open(folder, vault.sealer("store"), dimensions=dimensions) as store:
        old = vault.sealer("store")
        new = vault.prepare_data_key(passphrase=passphrase)
        sealer = new.sealer("store")
        try:
            building = layout.Generation(folder, sealer.key_id, building=True)
            _build(store, building, Codec(old), sealer, progress)
            building.write_format(layout.Format(replaces=old.key_id))
            building.publish()
        except BaseException:
            vault.discard_data_key(new)
            raise
        vault.replace_data_key(new)
        layout.drop_leftovers(folder, sealer.key_id)
    return new.recovery_code


def _build(
    store: Store, building: layout.Generation, old: Codec, sealer: Sealer, progress: Callable[[float], None]
) -> None:
    make_private_folder(building.folder)
    table, ledger, new = SealedTable(building.folder), Ledger(building.ledger, sealer), Codec(sealer)
    inventory, done, count = Inventory(), 0, store.rows_on_disk()
    for rows in store.sealed_rows():
        resealed = []
        for row, box in rows:
            try:
                sequence, record = old.open(row, box)
            except SealError:
                resealed.append((row, box))
            else:
                resealed.append((row, new.seal(record, sequence)))
        table.append(resealed)
        done += len(rows)
        progress(done / count)
        inventory = inventory.plus(ledger.marks(resealed))
    ledger.expect(table.version, inventory)
