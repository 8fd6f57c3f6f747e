"""On a full disk everything is read, nothing is lost, and all goes on once there is space. On a real full disk."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import StoreFullError, VaultError
from assistant.paths import Home
from assistant.store.backup import write_backup
from assistant.store.records import Episode
from assistant.store.rekey import rekey
from assistant.store.store import Store
from tests.benchmarks.faults.place import PASSPHRASE, Contents, contents, open_store, vault_at
from tests.store.formats import make_format_1
from tests.store.sample import DIMENSIONS, episode, files_with

pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")


class SmallDisk:
    """A disk of 4 MB with a home on it that remembers 30 long messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "home")
        self.vault = vault_at(self.home)
        with open_store(self.home, self.vault) as store:
            for number in range(10):
                store.commit([episode(f"Talk {number}, {part}. " * 200) for part in range(3)])
            self.said = contents(store)

    def opened(self) -> Store:
        return open_store(self.home, self.vault)

    def fill(self, *, but: int = 0) -> None:
        """Leave no space, or next to none."""
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                ballast.truncate(max(0, ballast.tell() - but))

    def free(self) -> None:
        (self.folder / "ballast").unlink()

    def now(self) -> Contents:
        with self.opened() as store:
            assert store.problems == ()
            assert store.damaged == ()
            return contents(store)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=False).returncode:
        pytest.skip("this container may not mount")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_opened_and_read(disk: SmallDisk) -> None:
    disk.fill()
    assert disk.now() == disk.said
    disk.free()
    assert disk.now() == disk.said


@pytest.mark.parametrize("space", [0, 8192, 40960])
def test_what_cannot_be_written_is_not_half_written(disk: SmallDisk, space: int) -> None:
    with disk.opened() as store:
        disk.fill(but=space)
        known = store.all(Episode, vectors=False)
        with pytest.raises(StoreFullError, match="no space"):
            store.commit([episode("x" * 60_000), episode("other", record=known[0].id)], remove=[known[1].id])
        assert contents(store) == disk.said
    assert disk.now() == disk.said
    disk.free()
    with disk.opened() as store:
        store.commit([episode("after")])
    assert len(disk.now()) == len(disk.said) + 1


@pytest.mark.parametrize("space", [0, 8192, 20480])
def test_forgetting_on_a_full_disk_says_so_and_is_finished_later(disk: SmallDisk, space: int) -> None:
    with disk.opened() as store:
        gone = store.all(Episode)[3].id
        disk.fill(but=space)
        with pytest.raises(StoreFullError):
            store.purge([gone])
    disk.fill()
    with disk.opened() as store:
        assert all("could not be wiped from the disk yet: there is no space" in problem for problem in store.problems)
        after = contents(store)
    assert {name: said for name, said in disk.said.items() if name != gone}.items() <= after.items()
    disk.free()
    with disk.opened() as store:
        assert store.purge([gone]).verified
    assert files_with(disk.home.root, bytes.fromhex(gone)) == []
    assert disk.now() == {name: said for name, said in after.items() if name != gone}


def test_compacting_on_a_full_disk_leaves_everything_readable(disk: SmallDisk) -> None:
    with disk.opened() as store:
        disk.fill(but=8192)
        with pytest.raises(StoreFullError):
            store.compact()
        assert contents(store) == disk.said
    assert disk.now() == disk.said
    disk.free()
    with disk.opened() as store:
        store.compact()
    assert disk.now() == disk.said


@pytest.mark.parametrize("space", [0, 65536])
def test_a_new_key_that_does_not_fit_leaves_the_old_one(disk: SmallDisk, space: int) -> None:
    disk.fill(but=space)
    with pytest.raises((StoreFullError, VaultError)):
        rekey(disk.vault, disk.home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    assert disk.now() == disk.said
    disk.free()
    rekey(disk.vault, disk.home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    assert disk.now() == disk.said


def test_a_migration_that_does_not_fit_says_so_and_is_done_once_there_is_space(disk: SmallDisk) -> None:
    make_format_1(disk.home.store, disk.vault.sealer("store"))
    disk.fill(but=65536)
    with pytest.raises(StoreFullError, match="no space"):
        disk.opened()
    disk.free()
    assert disk.now() == disk.said


def test_a_backup_that_does_not_fit_leaves_the_one_of_before(disk: SmallDisk) -> None:
    target = disk.folder / "backup"
    with disk.opened() as store:
        write_backup(store, disk.vault, target)
        before = target.read_bytes()
        disk.fill(but=65536)
        with pytest.raises((StoreFullError, OSError)):
            write_backup(store, disk.vault, target)
    assert target.read_bytes() == before
    assert [path.name for path in disk.folder.iterdir() if path.name.startswith("backup")] == ["backup"]
