import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from assistant.errors import CancelledError, InputError, StoreError
from assistant.paths import Home
from assistant.store.backup import restore_backup, write_backup
from assistant.store.backups import (
    backups_in,
    drop_old,
    forgotten_in,
    is_due,
    look_at,
    rewrite,
    scheduled_name,
)
from assistant.store.codec import Codec
from assistant.store.records import Episode, Forgotten, PendingForget, Summary, new_id
from assistant.store.rekey import rekey
from assistant.store.store import Store
from assistant.store.tombstones import MARK_BYTES, forgotten_marks, mark_of, marks_of, split_marks
from assistant.vault.vault import Vault
from assistant.vault.wraps import Argon2Cost
from tests.store.sample import CONVERSATION, DIMENSIONS, episode, vectors

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def vault(home: Home) -> Vault:
    vault = Vault(home.vault, keyring=None, cost=CHEAP)
    vault.create(passphrase=PASSPHRASE)
    return vault


@pytest.fixture
def store(home: Home, vault: Vault) -> Iterator[Store]:
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def forget(store: Store, *records: Episode | Summary) -> None:
    """What the memory does, in short: note it, then purge."""
    ids = [record.id for record in records]
    store.commit([Forgotten(id=new_id(), time=NOW, counts={"episode": len(ids)}, marks=marks_of(ids))])
    store.purge(ids)


def reopened(home: Home, passphrase: str = PASSPHRASE) -> Store:
    vault = Vault(home.vault, keyring=None, cost=CHEAP)
    vault.unlock_with_passphrase(passphrase)
    return Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS)


def test_a_mark_knows_a_row_again_and_does_not_give_its_id(store: Store) -> None:
    ids = [new_id() for _ in range(3)]
    marks = marks_of(ids)
    assert len(marks) == 3 * MARK_BYTES
    assert split_marks(marks) == {mark_of(bytes.fromhex(i)) for i in ids}
    assert not any(bytes.fromhex(i) in marks for i in ids)
    assert forgotten_marks(store) == frozenset()


def test_backups_of_this_vault_are_listed_newest_first_and_other_files_are_passed_over(
    store: Store, vault: Vault, folder: Path, tmp_path: Path
) -> None:
    store.commit([episode()])
    for name in ("one.hippo", "two.hippo"):
        write_backup(store, vault, folder / name)
    (folder / "three.hippo").write_bytes(b"something else")
    (folder / "notes.txt").write_text("mine")
    other = Vault(tmp_path / "other" / "vault.json", keyring=None, cost=CHEAP)
    other.create(passphrase=PASSPHRASE)
    with Store.open(tmp_path / "other" / "store", other.sealer("store"), dimensions=DIMENSIONS) as foreign:
        write_backup(foreign, other, folder / "foreign.hippo")
    files = backups_in(folder, vault.vault_id)
    assert [file.path.name for file in files] == ["two.hippo", "one.hippo"]
    assert files[0].rows == 1
    assert files[0].size == (folder / "two.hippo").stat().st_size
    assert backups_in(folder / "no such", vault.vault_id) == []
    with pytest.raises(InputError):
        look_at(folder / "three.hippo")


@pytest.mark.parametrize(
    ("rhythm", "days", "due"),
    [
        ("never", 400, False),
        ("daily", 0, False),
        ("daily", 1, True),
        ("weekly", 6, False),
        ("weekly", 7, True),
        ("daily", -400, True),
        ("weekly", -400, True),
    ],
)
def test_a_backup_is_due_by_the_calendar_also_after_a_clock_was_wrong(rhythm: str, days: int, due: bool) -> None:
    assert is_due(rhythm, NOW - timedelta(days=days), NOW) is due  # type: ignore[arg-type]
    assert is_due(rhythm, None, NOW) is (rhythm != "never")  # type: ignore[arg-type]


def test_only_the_oldest_scheduled_backups_go(store: Store, vault: Vault, folder: Path) -> None:
    days = [NOW + timedelta(days=n) for n in range(5)]
    for day in days:
        write_backup(store, vault, folder / scheduled_name(day))
    write_backup(store, vault, folder / "by hand.hippo")
    cut_off = folder / (scheduled_name(NOW) + ".abc123.new")
    cut_off.write_bytes(b"half")
    gone = drop_old(folder, vault.vault_id, 2)
    assert {path.name for path in gone} == {scheduled_name(day) for day in days[:3]}
    left = {path.name for path in folder.iterdir()}
    assert left == {scheduled_name(days[3]), scheduled_name(days[4]), "by hand.hippo"}
    assert drop_old(folder, vault.vault_id, 0) == [folder / scheduled_name(days[3])]


def test_a_backup_tells_how_much_of_what_was_forgotten_it_still_holds(store: Store, vault: Vault, folder: Path) -> None:
    told = [episode(f"secret {n}") for n in range(5)]
    store.commit(told)
    write_backup(store, vault, folder / "old.hippo")
    forget(store, *told[:2])
    write_backup(store, vault, folder / "new.hippo")
    marks = forgotten_marks(store)
    assert forgotten_in(look_at(folder / "old.hippo"), marks) == 2
    assert forgotten_in(look_at(folder / "new.hippo"), marks) == 0


def test_a_stopped_backup_leaves_nothing_and_the_one_before(store: Store, vault: Vault, folder: Path) -> None:
    store.commit([episode()])
    target = folder / "memory.hippo"
    write_backup(store, vault, target)
    before = target.read_bytes()
    with pytest.raises(CancelledError):
        write_backup(store, vault, target, cancelled=lambda: True)
    assert [path.name for path in folder.iterdir()] == ["memory.hippo"]
    assert target.read_bytes() == before


def test_a_backup_tells_how_far_it_is(store: Store, vault: Vault, folder: Path) -> None:
    store.commit([episode()])
    shares: list[float] = []
    write_backup(store, vault, folder / "memory.hippo", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_is_read_back_from_the_disk_is_what_counts(
    store: Store, vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([episode()])
    sync = os.fsync

    def lying(handle: int) -> None:
        """A disk that loses a byte in the middle."""
        sync(handle)
        os.pwrite(handle, b"\x00", 700)

    monkeypatch.setattr("assistant.store.backup.os.fsync", lying)
    with pytest.raises(InputError, match="damaged"):
        write_backup(store, vault, folder / "memory.hippo")
    assert list(folder.iterdir()) == []


# Rewriting


def opened(path: Path, vault: Vault, tmp_path: Path) -> Store:
    other = Home(tmp_path / f"restored-{path.stem}")
    restore_backup(path, other, passphrase=PASSPHRASE)
    return reopened(other)


def test_a_rewritten_backup_holds_nothing_of_what_was_forgotten_and_the_rest_as_it_is_now(
    store: Store, vault: Vault, folder: Path, tmp_path: Path
) -> None:
    secret, changed, same = episode("the secret"), episode("about the secret"), episode("something else")
    dropped = Summary(
        id=new_id(),
        conversation=CONVERSATION,
        text="It was about the secret.",
        time=NOW,
        sources=(secret.id,),
        vectors=vectors(),
    )
    store.commit([secret, changed, same, dropped])
    target = folder / "old.hippo"
    write_backup(store, vault, target)
    made, box_of_same = look_at(target).made, dict(pair for rows in store.sealed_rows() for pair in rows)
    now = msgspec.structs.replace(changed, text="about nothing", vectors=vectors())
    store.commit([now], remove=[dropped.id])
    forget(store, secret)
    later = episode("said after the backup")
    store.commit([later])
    report = rewrite(target, store, vault)
    assert report.rows == 2
    assert report.size == target.stat().st_size
    assert look_at(target).made == made
    data = target.read_bytes()
    for row, box in box_of_same.items():
        assert (box in data) is (row.hex() == same.id)
        assert (row in data) is (row.hex() in (same.id, changed.id))
    with opened(target, vault, tmp_path) as restored:
        assert {e.text for e in restored.all(Episode)} == {"something else", "about nothing"}
        assert restored.all(Summary) == []


def test_what_is_damaged_in_the_memory_stays_in_a_rewritten_backup(
    store: Store, home: Home, vault: Vault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurt, secret = episode("damaged later"), episode("the secret")
    store.commit([hurt, secret])
    target = folder / "old.hippo"
    write_backup(store, vault, target)
    forget(store, secret)
    store.close()
    with monkeypatch.context() as patch:
        from assistant.errors import SealError

        whole = Codec.open

        def open_(codec: Codec, row: bytes, box: bytes) -> object:
            if row.hex() == hurt.id:
                raise SealError("altered")
            return whole(codec, row, box)

        patch.setattr(Codec, "open", open_)
        with reopened(home) as damaged:
            assert [row.id for row in damaged.damaged] == [hurt.id]
            assert rewrite(target, damaged, vault).rows == 1
    with opened(target, vault, tmp_path) as restored:
        assert [e.text for e in restored.all(Episode)] == ["damaged later"]


def test_where_the_memory_is_incomplete_its_backups_are_not_rewritten(store: Store, vault: Vault, folder: Path) -> None:
    target = folder / "old.hippo"
    write_backup(store, vault, target)
    before = target.read_bytes()
    store.problems = ("A row is missing.",)
    with pytest.raises(StoreError, match="incomplete"):
        rewrite(target, store, vault)
    assert target.read_bytes() == before


def test_a_backup_under_an_older_key_is_left_as_it_is(store: Store, home: Home, vault: Vault, folder: Path) -> None:
    store.commit([episode()])
    target = folder / "old.hippo"
    write_backup(store, vault, target)
    before = target.read_bytes()
    store.close()
    shares: list[float] = []
    rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS, progress=shares.append)
    assert shares[-1] == 1.0
    with (
        Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as again,
        pytest.raises(InputError, match="another key"),
    ):
        rewrite(target, again, vault)
    assert target.read_bytes() == before


# Restoring


def test_what_was_forgotten_since_does_not_come_back_from_an_older_backup(
    store: Store, vault: Vault, folder: Path, tmp_path: Path
) -> None:
    secret, other = episode("the secret"), episode("something else")
    store.commit([secret, other])
    write_backup(store, vault, folder / "monday.hippo")
    forget(store, secret)
    write_backup(store, vault, folder / "tuesday.hippo")
    there = Home(tmp_path / "there")
    report = restore_backup(folder / "monday.hippo", there, passphrase=PASSPHRASE)
    assert (report.rows, report.forgotten) == (2, 1)
    with reopened(there) as restored:
        assert restored.problems == ()
        (pending,) = restored.all(PendingForget)  # hidden, and purged by the memory at its first opening
        assert pending.records == (secret.id,)
        restored.commit([episode("said there")])
    with reopened(there) as restored:
        assert [e.text for e in restored.all(Episode)][-1] == "said there"
    asked = Home(tmp_path / "asked")
    report = restore_backup(folder / "monday.hippo", asked, passphrase=PASSPHRASE, with_forgotten=True)
    assert report.forgotten == 0
    with reopened(asked) as restored:
        assert restored.all(PendingForget) == []
        assert {e.text for e in restored.all(Episode)} == {"the secret", "something else"}


def test_a_damaged_newer_backup_is_passed_over_for_one_that_tells(
    store: Store, vault: Vault, folder: Path, tmp_path: Path
) -> None:
    secret = episode("the secret")
    store.commit([secret])
    write_backup(store, vault, folder / "1.hippo")
    forget(store, secret)
    write_backup(store, vault, folder / "2.hippo")
    write_backup(store, vault, folder / "3.hippo")
    data = bytearray((folder / "3.hippo").read_bytes())
    data[-40] ^= 1
    (folder / "3.hippo").write_bytes(data)
    assert restore_backup(folder / "1.hippo", Home(tmp_path / "there"), passphrase=PASSPHRASE).forgotten == 1


def test_a_newer_backup_under_a_newer_key_tells_too(
    store: Store, home: Home, vault: Vault, folder: Path, tmp_path: Path
) -> None:
    secret = episode("the secret")
    store.commit([secret])
    write_backup(store, vault, folder / "1.hippo")
    store.close()
    rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    with Store.open(home.store, vault.sealer("store"), dimensions=DIMENSIONS) as again:
        forget(again, secret)
        write_backup(again, vault, folder / "2.hippo")
    assert restore_backup(folder / "1.hippo", Home(tmp_path / "there"), passphrase=PASSPHRASE).forgotten == 1
