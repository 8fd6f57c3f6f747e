import subprocess
import sys
from pathlib import Path

import lancedb
import pytest

from assistant.errors import SealError, StoreError, StoreInUseError, VaultLockedError, WrongKeyError
from assistant.paths import Home
from assistant.store.records import Episode
from assistant.store.rekey import rekey
from assistant.store.store import Store
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.sample import DIMENSIONS, episode, files_with
from tests.vault.memory_keyring import MemoryKeyring

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"

DIE = """
import os, sys
from pathlib import Path
import assistant.store.rekey as rekey
from assistant.paths import Home
from assistant.vault.vault import Vault
home, place = Home(Path(sys.argv[1])), sys.argv[2]
vault = Vault(home.vault, keyring=None)
vault.unlock_with_passphrase("correct horse battery")
if place == "while building":
    rekey.Ledger.expect = lambda *_: os._exit(9)
elif place == "before publishing":
    rekey.layout.Generation.publish = lambda _: os._exit(9)
elif place == "before the vault":
    vault.replace_data_key = lambda _: os._exit(9)
else:
    rekey.layout.drop = lambda folders: os._exit(9) if list(folders) else None
rekey.rekey(vault, home.store, passphrase="correct horse battery", dimensions=16)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def filled(home: Home, keyring: MemoryKeyring | None = None) -> tuple[Vault, list[Episode]]:
    vault = Vault(home.vault, keyring=keyring, cost=CHEAP)
    vault.create(passphrase=PASSPHRASE, use_keyring=keyring is not None)
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        store.commit([episode(f"Talk {number}", turn=number) for number in range(12)])
        store.commit([episode("The last")])
        return vault, store.all(Episode)


def records_in(home: Home, vault: Vault) -> list[Episode]:
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        assert store.problems == ()
        assert store.damaged == ()
        return store.all(Episode)


def generations(home: Home) -> list[str]:
    return [path.name for path in home.store.iterdir() if path.is_dir()]


def test_after_a_rekey_everything_is_there_under_the_new_key_only(home: Home) -> None:
    vault, episodes = filled(home, MemoryKeyring())
    old_code = vault.new_recovery_code()
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        old = [(row, box) for rows in store.sealed_rows() for row, box in rows]
    code = rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    assert vault.is_open
    assert records_in(home, vault) == episodes
    assert len(generations(home)) == 1
    for row, box in old:
        assert files_with(home.root, box[:16]) == []
        with pytest.raises(SealError):
            vault.sealer("store").open(box, row)
    vault.lock()
    with pytest.raises(WrongKeyError):
        vault.unlock_with_recovery(old_code)
    assert code
    vault.unlock_with_recovery(code)
    assert records_in(home, vault) == episodes
    vault.lock()
    vault.unlock_with_passphrase(PASSPHRASE)
    assert records_in(home, vault) == episodes
    vault.lock()
    vault.unlock_with_keyring()
    assert records_in(home, vault) == episodes


def test_without_the_passphrase_nothing_changes(home: Home) -> None:
    vault, episodes = filled(home)
    before = home.vault.read_bytes()
    for passphrase in (None, "wrong horse battery"):
        with pytest.raises(WrongKeyError):
            rekey(vault, home.store, passphrase=passphrase, dimensions=DIMENSIONS)
    assert home.vault.read_bytes() == before
    assert records_in(home, vault) == episodes
    vault.lock()
    with pytest.raises(VaultLockedError):
        rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)


def test_an_open_store_is_not_rekeyed(home: Home) -> None:
    vault, _ = filled(home)
    with (
        Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS),
        pytest.raises(StoreInUseError),
    ):
        rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)


def test_damaged_rows_come_along_are_reported_as_before_and_can_still_be_forgotten(home: Home) -> None:
    vault, episodes = filled(home)
    damaged = b"damaged box " * 30
    table = lancedb.connect(str(home.store / generations(home)[0])).open_table("records")
    table.update(where=f"id = X'{episodes[0].id}'", values={"box": damaged})
    rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        assert store.all(Episode) == episodes[1:]
        assert [row.id for row in store.damaged] == [episodes[0].id]
        assert store.problems == ()
        assert files_with(home.store, damaged)
        assert store.purge([row.id for row in store.damaged]).verified
    assert files_with(home.store, damaged) == []
    assert records_in(home, vault) == episodes[1:]


def test_a_disk_that_fails_leaves_the_old_key_in_use(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = MemoryKeyring()
    vault, episodes = filled(home, keyring)
    entries = dict(keyring.entries)

    def failing(*_: object) -> None:
        raise StoreError("The memory on disk could not be written.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.layout.Generation.publish", failing)
        with pytest.raises(StoreError):
            rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    assert keyring.entries == entries
    assert records_in(home, vault) == episodes
    assert len(generations(home)) == 1


@pytest.mark.parametrize(
    "place", ["while building", "before publishing", "before the vault", "before the old generation is deleted"]
)
def test_a_rekey_killed_at_any_point_leaves_one_whole_memory(home: Home, place: str) -> None:
    vault, episodes = filled(home)
    old = vault.content().key_id
    done = subprocess.run([sys.executable, "-c", DIE, str(home.root), place], check=False, timeout=60)
    assert done.returncode == 9
    assert len(generations(home)) == 2
    vault.lock()
    vault.unlock_with_passphrase(PASSPHRASE)
    assert (vault.content().key_id != old) == (place == "before the old generation is deleted")
    assert records_in(home, vault) == episodes
    assert generations(home) == [vault.sealer("store").key_id]
    rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    assert records_in(home, vault) == episodes
