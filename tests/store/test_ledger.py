import os
from pathlib import Path

from assistant.store.ledger import Inventory, Ledger
from assistant.vault.sealer import Sealer
from tests.store.sample import KEY


def states(count: int) -> list[Inventory]:
    inventory = Inventory()
    made = [inventory]
    for _ in range(count):
        inventory = inventory.toggled([os.urandom(16)], count=1)
        made.append(inventory)
    return made


def test_the_last_entry_is_read_back(tmp_path: Path) -> None:
    path, sealer = tmp_path / "ledger", Sealer(KEY)
    ledger = Ledger(path, sealer)
    assert ledger.last is None
    made = states(5)
    for version in range(5):
        ledger.expect(version, made[version], made[version + 1])
        assert Ledger(path, sealer).last == ledger.last


def test_a_torn_entry_leaves_the_one_before(tmp_path: Path) -> None:
    path, sealer = tmp_path / "ledger", Sealer(KEY)
    ledger = Ledger(path, sealer)
    made = states(3)
    ledger.expect(1, made[0], made[1])
    before = ledger.last
    ledger.expect(2, made[1], made[2])
    data = path.read_bytes()
    path.write_bytes(data[:1030] + bytes(100) + data[1130:])
    assert Ledger(path, sealer).last == before


def test_adding_and_removing_the_same_rows_cancels_out() -> None:
    rows = [os.urandom(16) for _ in range(3)]
    full = Inventory().toggled(rows, count=3)
    assert full != Inventory()
    assert full.toggled(rows, count=-3) == Inventory()
