import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import InputError, StoreError, VaultError, WrongKeyError
from assistant.paths import Home
from assistant.store.backup import restore_backup, write_backup
from assistant.store.owner import Owner
from assistant.store.records import Episode
from assistant.store.store import Store
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.sample import DIMENSIONS, episode
from tests.vault.memory_keyring import MemoryKeyring

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"

DIE_IN_RESTORE = """
import os, sys
from pathlib import Path
import assistant.store.backup as backup
from assistant.paths import Home
place = sys.argv[3]
if place == "before rows":
    backup._fill = lambda *_: os._exit(9)
elif place == "before publishing":
    backup.layout.Generation.publish = lambda _: os._exit(9)
else:
    backup.wraps.write_new = lambda *_: os._exit(9)
backup.restore_backup(Path(sys.argv[1]), Home(Path(sys.argv[2])), passphrase="correct horse battery")
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def vault(home: Home) -> Vault:
    vault = Vault(home.vault, keyring=MemoryKeyring(), cost=CHEAP)
    vault.create(passphrase=PASSPHRASE, use_keyring=True)
    return vault


@pytest.fixture
def store(home: Home, vault: Vault) -> Iterator[Store]:
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        store.commit([episode(f"MARKEDTEXT {number}") for number in range(20)])
        store.commit([episode("MARKEDTEXT more")])
        yield store


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "memory.hippo"


@pytest.fixture
def other(tmp_path: Path) -> Home:
    return Home(tmp_path / "another machine")


def records_in(home: Home, vault: Vault) -> list[Episode]:
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        assert store.problems == ()
        return store.all(Episode)


def test_a_backup_is_restored_elsewhere_with_the_passphrase(
    store: Store, vault: Vault, target: Path, other: Home
) -> None:
    report = write_backup(store, vault, target)
    assert report.rows == 21
    assert report.size == target.stat().st_size
    assert restore_backup(target, other, passphrase=PASSPHRASE) == report
    again = Vault(other.vault, keyring=None)
    assert again.wraps == ("passphrase",)
    again.unlock_with_passphrase(PASSPHRASE)
    assert records_in(other, again) == store.all(Episode)


def test_a_backup_is_restored_with_the_recovery_code(store: Store, vault: Vault, target: Path, other: Home) -> None:
    code = vault.new_recovery_code()
    write_backup(store, vault, target)
    restore_backup(target, other, recovery=code)
    again = Vault(other.vault, keyring=None)
    again.unlock_with_recovery(code)
    assert records_in(other, again) == store.all(Episode)


def test_a_backup_holds_no_plaintext_and_no_keyring_entry(store: Store, vault: Vault, target: Path) -> None:
    write_backup(store, vault, target)
    data = target.read_bytes()
    assert b"MARKEDTEXT" not in data
    assert b"entry" not in data
    for one in store.all(Episode):
        assert one.vectors[:8] not in data
    assert target.stat().st_mode & 0o077 == 0


def test_a_backup_that_nobody_could_open_is_refused(home: Home, target: Path) -> None:
    vault = Vault(home.vault, keyring=MemoryKeyring())
    vault.create(use_keyring=True)
    with (
        Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store,
        pytest.raises(VaultError, match="neither passphrase nor recovery"),
    ):
        write_backup(store, vault, target)
    assert not target.exists()


def test_a_failed_backup_leaves_the_one_before(
    store: Store, vault: Vault, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(store, vault, target)
    before = target.read_bytes()

    def failing(_: object) -> None:
        raise StoreError("The memory on disk could not be read.")

    monkeypatch.setattr(Store, "sealed_rows", failing)
    with pytest.raises(StoreError):
        write_backup(store, vault, target)
    assert target.read_bytes() == before
    assert not target.with_name(target.name + ".new").exists()


def test_an_empty_memory_can_be_backed_up(home: Home, vault: Vault, target: Path, other: Home) -> None:
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        write_backup(store, vault, target)
    assert restore_backup(target, other, passphrase=PASSPHRASE).rows == 0


def test_a_wrong_passphrase_restores_nothing(store: Store, vault: Vault, target: Path, other: Home) -> None:
    write_backup(store, vault, target)
    for passphrase in ("wrong horse battery", None):
        with pytest.raises(WrongKeyError):
            restore_backup(target, other, passphrase=passphrase)
    assert not other.root.exists()


@pytest.mark.parametrize("place", [0, 20, 300, 5000, -100, -40, -1])
def test_damage_anywhere_is_noticed_before_anything_is_made(
    store: Store, vault: Vault, target: Path, other: Home, place: int
) -> None:
    write_backup(store, vault, target)
    data = bytearray(target.read_bytes())
    data[place] ^= 1
    target.write_bytes(data)
    with pytest.raises(InputError):
        restore_backup(target, other, passphrase=PASSPHRASE)
    assert not other.root.exists()


@pytest.mark.parametrize("left", [0, 5, 100, 4000, -1, -33])
def test_a_truncated_backup_is_noticed(store: Store, vault: Vault, target: Path, other: Home, left: int) -> None:
    write_backup(store, vault, target)
    os.truncate(target, left if left >= 0 else target.stat().st_size + left)
    with pytest.raises(InputError):
        restore_backup(target, other, passphrase=PASSPHRASE)


def test_rows_taken_out_of_a_backup_on_purpose_are_noticed(
    store: Store, vault: Vault, target: Path, other: Home
) -> None:
    import hashlib

    write_backup(store, vault, target)
    data = bytearray(target.read_bytes()[:-32])
    place = data.index(bytes.fromhex(store.all(Episode)[3].id))
    data[place + 40] ^= 1
    target.write_bytes(data + hashlib.sha256(data).digest())
    with pytest.raises(InputError, match="changed after"):
        restore_backup(target, other, passphrase=PASSPHRASE)
    assert not other.vault.exists()
    assert not list(other.store.glob("*/format.json"))


def test_something_else_is_no_backup(target: Path, other: Home) -> None:
    target.write_bytes(b"PK\x03\x04" * 100)
    with pytest.raises(InputError, match="not a backup"):
        restore_backup(target, other, passphrase=PASSPHRASE)
    target.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        restore_backup(target, other, passphrase=PASSPHRASE)


def test_restoring_never_overwrites_a_vault_or_a_memory(store: Store, home: Home, vault: Vault, target: Path) -> None:
    write_backup(store, vault, target)
    with pytest.raises(VaultError, match="already"):
        restore_backup(target, home, passphrase=PASSPHRASE)
    store.close()
    kept = home.vault.read_bytes()
    home.vault.unlink()
    with pytest.raises(StoreError, match="already"):
        restore_backup(target, home, passphrase=PASSPHRASE)
    assert not home.vault.exists()
    home.vault.write_bytes(kept)
    assert len(records_in(home, vault)) == 21


@pytest.mark.parametrize("place", ["before rows", "before publishing", "before the vault"])
def test_a_restore_that_was_killed_can_be_repeated(
    store: Store, vault: Vault, target: Path, other: Home, place: str
) -> None:
    write_backup(store, vault, target)
    done = subprocess.run(
        [sys.executable, "-c", DIE_IN_RESTORE, str(target), str(other.root), place], check=False, timeout=60
    )
    assert done.returncode == 9
    assert not other.vault.exists()
    restore_backup(target, other, passphrase=PASSPHRASE)
    again = Vault(other.vault, keyring=None)
    again.unlock_with_passphrase(PASSPHRASE)
    assert records_in(other, again) == store.all(Episode)
    assert len([path for path in other.store.iterdir() if path.is_dir()]) == 1


def test_a_backup_leaves_other_files_beside_it_alone(store: Store, vault: Vault, target: Path) -> None:
    other = target.with_name(target.name + ".new")
    other.write_bytes(b"mine")
    write_backup(store, vault, target)
    assert other.read_bytes() == b"mine"
    assert {path.name for path in target.parent.iterdir() if path.is_file()} == {target.name, other.name}


def test_a_vault_that_comes_during_a_restore_is_left_as_it_is(
    store: Store, vault: Vault, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(store, vault, target)
    other = Home(tmp_path / "other")
    take = Owner.take

    def taken_late(owner: Owner) -> None:
        other.vault.write_bytes(b"another")
        take(owner)

    monkeypatch.setattr(Owner, "take", taken_late)
    with pytest.raises(VaultError, match="already"):
        restore_backup(target, other, passphrase=PASSPHRASE)
    assert other.vault.read_bytes() == b"another"
    assert not list(other.store.glob("*/format.json"))
