import os
import random
from pathlib import Path

from assistant.store.ledger import Inventory, Ledger
from assistant.vault.sealer import Sealer
from tests.store.sample import KEY


def states(count: int) -> list[Inventory]:
    inventory = Inventory()
    made = [inventory]
    for _ in range(count):
        inventory = inventory.plus([random.getrandbits(64)])
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
    marks = [random.getrandbits(64) for _ in range(3)]
    full = Inventory().plus(marks)
    assert full != Inventory()
    assert full.minus(marks) == Inventory()


def test_another_box_under_the_same_id_has_another_mark_and_only_who_knows_the_key_can_tell_it(tmp_path: Path) -> None:
    ledger, other = Ledger(tmp_path / "one", Sealer(KEY)), Ledger(tmp_path / "other", Sealer(KEY))
    row, old, new = os.urandom(16), os.urandom(300), os.urandom(300)
    assert len({ledger.mark(row, old), ledger.mark(row, new), ledger.mark(os.urandom(16), old)}) == 3
    assert ledger.mark(row, old) != other.mark(row, old)
    ledger.expect(1, Inventory().plus(ledger.marks([(row, old)])))
    assert Ledger(tmp_path / "one", Sealer(KEY)).mark(row, old) == ledger.mark(row, old)


def test_after_a_write_is_settled_only_its_outcome_counts(tmp_path: Path) -> None:
    path, sealer = tmp_path / "ledger", Sealer(KEY)
    ledger = Ledger(path, sealer)
    made = states(2)
    ledger.expect(1, *made)
    ledger.settle(made[2])
    again = Ledger(path, sealer)
    assert again.last
    assert again.last.states == (made[2],)
    size = path.read_bytes()
    again.settle(made[2])
    assert path.read_bytes() == size
