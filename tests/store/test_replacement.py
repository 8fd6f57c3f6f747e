import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import CancelledError, InputError, StoreError, StoreInUseError, WrongKeyError
from assistant.paths import Home
from assistant.store import replacement
from assistant.store.backup import write_backup
from assistant.store.owner import Owner
from assistant.store.records import Episode
from assistant.store.store import Store
from assistant.store.tombstones import mark_of
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.sample import DIMENSIONS, episode

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
OTHER = "umbrella seven cumin"

DIE_IN_EXCHANGE = """
import os, sys
from pathlib import Path
from assistant.paths import Home
from assistant.store import replacement
left = int(sys.argv[2])
rename = Path.rename
def dying(self, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return rename(self, target)
Path.rename = dying
replacement.take_place(Home(Path(sys.argv[1])))
"""


def make(home: Home, passphrase: str, text: str, *, forever: int = 1) -> list[str]:
    """A memory with so many episodes. Returns their ids."""
    vault = Vault(home.vault, keyring=None, cost=CHEAP)
    home.create()
    vault.create(passphrase=passphrase)
    said = [episode(f"{text} {number}") for number in range(forever)]
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        store.commit(said)
        write_backup(store, vault, home.root / "its.hippo")
    vault.lock()
    return [record.id for record in said]


def texts(home: Home, passphrase: str) -> list[str]:
    vault = Vault(home.vault, keyring=None, cost=CHEAP)
    vault.unlock_with_passphrase(passphrase)
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        return sorted(record.text for record in store.all(Episode))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a memory of its own."""
    home = Home(tmp_path / "home")
    make(home, PASSPHRASE, "present")
    return home


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of another memory."""
    other = Home(tmp_path / "other")
    make(other, OTHER, "restored", forever=3)
    return other.root / "its.hippo"


def test_a_backup_takes_the_place_and_the_memory_of_before_is_kept_whole(home: Home, backup: Path) -> None:
    shares: list[float] = []
    prepared = replacement.prepare(backup, home, passphrase=OTHER, progress=shares.append)
    assert (prepared.rows, prepared.forgotten) == (3, 0)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert texts(home, PASSPHRASE) == ["present 0"]
    aside = replacement.take_place(home)
    assert aside is not None
    assert texts(home, OTHER) == ["restored 0", "restored 1", "restored 2"]
    assert texts(Home(aside), PASSPHRASE) == ["present 0"]
    assert replacement.put_aside(home) == [aside]
    replacement.drop_put_aside(aside)
    assert replacement.put_aside(home) == []


def test_a_new_home_gets_the_memory_and_nothing_is_put_aside(tmp_path: Path, backup: Path) -> None:
    home = Home(tmp_path / "new")
    replacement.prepare(backup, home, passphrase=OTHER)
    assert replacement.take_place(home) is None
    assert len(texts(home, OTHER)) == 3


def test_what_cannot_be_restored_changes_nothing(home: Home, backup: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.hippo"
    damaged.write_bytes(backup.read_bytes()[:-40])
    with pytest.raises(InputError, match="damaged"):
        replacement.prepare(damaged, home, passphrase=OTHER)
    with pytest.raises(WrongKeyError):
        replacement.prepare(backup, home, passphrase=PASSPHRASE)
    with pytest.raises(CancelledError):
        replacement.prepare(backup, home, passphrase=OTHER, cancelled=lambda: True)
    with pytest.raises(StoreError, match="nothing prepared"):
        replacement.take_place(home)
    assert texts(home, PASSPHRASE) == ["present 0"]
    assert {path.name for path in home.root.iterdir()} <= {"vault.json", "vault.tries", "store", "its.hippo"}


def test_a_memory_that_is_open_is_not_replaced(home: Home, backup: Path) -> None:
    replacement.prepare(backup, home, passphrase=OTHER)
    owner = Owner(home.store)
    owner.take()
    with pytest.raises(StoreInUseError):
        replacement.take_place(home)
    owner.release()
    assert texts(home, PASSPHRASE) == ["present 0"]


def test_what_the_present_memory_forgot_does_not_come_back_unless_asked_for(home: Home) -> None:
    vault = Vault(home.vault, keyring=None, cost=CHEAP)
    vault.unlock_with_passphrase(PASSPHRASE)
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        marks = {mark_of(bytes.fromhex(record.id)) for record in store.all(Episode)}
    backup = home.root / "its.hippo"
    assert replacement.prepare(backup, home, passphrase=PASSPHRASE, known_marks=marks).forgotten == 1
    again = replacement.prepare(backup, home, passphrase=PASSPHRASE, known_marks=marks, with_forgotten=True)
    assert again.forgotten == 0


@pytest.mark.parametrize("renames", range(5))
def test_a_crash_in_the_exchange_is_finished_at_the_next_start(home: Home, backup: Path, renames: int) -> None:
    replacement.prepare(backup, home, passphrase=OTHER)
    command = [sys.executable, "-c", DIE_IN_EXCHANGE, str(home.root), str(renames)]
    code = subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": str(Path.cwd())}).returncode
    assert code in (0, 9)
    replacement.finish_exchange(home)
    assert len(texts(home, OTHER)) == 3
    (aside,) = replacement.put_aside(home)
    assert texts(Home(aside), PASSPHRASE) == ["present 0"]
    assert not (home.root / "restoring").exists()


@pytest.mark.parametrize("renames", range(4))
def test_a_disk_that_refuses_the_exchange_leaves_all_as_it_was(
    home: Home, backup: Path, renames: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replacement.prepare(backup, home, passphrase=OTHER)
    before = sorted(path.name for path in home.root.iterdir())
    rename, done = Path.rename, list[Path]()

    def refusing(self: Path, target: Path) -> Path:
        if len(done) == renames:
            done.append(self)
            raise PermissionError(13, "refused")
        done.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(StoreError):
        replacement.take_place(home)
    monkeypatch.undo()
    assert sorted(path.name for path in home.root.iterdir()) == before
    replacement.finish_exchange(home)
    assert texts(home, PASSPHRASE) == ["present 0"]
