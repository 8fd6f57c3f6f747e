"""What survives kill -9, power cuts, damaged files and a full disk. All of it is done for real, in processes."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import StoreFullError
from assistant.store.records import Episode
from assistant.store.store import Store
from tests.store.sample import as_a_crash_leaves_it, episode, files_with, reopened

COMMIT_FOREVER = """
import sys
from pathlib import Path
from tests.store.sample import episode, reopened
store = reopened(Path(sys.argv[1]))
shared = episode("shared")
for number in range(100000):
    one = episode(f"Talk {number}")
    other = episode(f"Answer {number}")
    store.commit([one, other, shared])
    print(one.id, other.id, flush=True)
"""

PURGE_AND_DIE = """
import os, sys
from pathlib import Path
from assistant.store.table import SealedTable
from tests.store.sample import reopened
SealedTable.vacuum = lambda self: os._exit(9)
reopened(Path(sys.argv[1])).purge([sys.argv[2]])
"""

SAVE_AND_DIE = """
import os, sys
from pathlib import Path
from assistant.store import layout
from tests.store.sample import reopened
layout.Generation.publish = lambda _: os._exit(9)
reopened(Path(sys.argv[1]))
"""

FILL = """
import sys
from pathlib import Path
from assistant.errors import StoreFullError
from assistant.store.records import Episode
from tests.store.sample import episode, reopened
limit = int(sys.argv[2])
if limit:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with reopened(Path(sys.argv[1])) as store:
    store.commit([episode("first")])
    try:
        store.commit([episode("x" * 3000) for _ in range(2000)])
    except StoreFullError as error:
        print("full:", error)
    assert [one.text for one in store.all(Episode)] == ["first"], len(store)
    store.commit([episode("second")])
    print("kept", len(store))
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, timeout=100
    )


@pytest.mark.parametrize("seconds", [0.02, 0.5])
def test_kill_9_loses_no_acknowledged_commit_and_leaves_no_half_of_one(folder: Path, seconds: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", COMMIT_FOREVER, str(folder)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        acknowledged = writer.stdout.readline().split()
        time.sleep(seconds)
        writer.kill()
        for line in writer.stdout:
            if line.endswith("\n"):
                acknowledged += line.split()
    with reopened(folder) as store:
        kept = {one.id for one in store.all(Episode)}
        assert kept >= set(acknowledged)
        assert len(kept) % 2 == 1
        assert len(kept) <= len(acknowledged) + 3
        assert store.problems == ()
        assert store.damaged == ()
        store.commit([episode()])


def test_a_crash_in_the_middle_of_a_purge_forgets_and_the_next_opening_cleans_up(store: Store, folder: Path) -> None:
    gone, kept = episode("gone"), episode("kept")
    store.commit([gone, kept])
    store.close()
    assert run(PURGE_AND_DIE, str(folder), gone.id).returncode == 9
    assert files_with(folder, bytes.fromhex(gone.id))
    with reopened(folder) as again:
        assert again.all(Episode) == [kept]
        assert again.problems == ()
    assert files_with(folder, bytes.fromhex(gone.id)) == []
    assert not list(folder.glob("*/purge-unfinished"))


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(f"*/records.lance/{pattern}"), key=lambda path: path.stat().st_mtime_ns)


@pytest.mark.parametrize("left", [0, 100])
@pytest.mark.parametrize("pattern", ["_versions/*.manifest", "data/*.lance"])
def test_a_last_commit_torn_by_a_power_cut_is_stepped_over_and_reported(
    store: Store, folder: Path, pattern: str, left: int
) -> None:
    episodes = [episode(f"Talk {number}") for number in range(3)]
    for one in episodes:
        store.commit([one])
    folder = as_a_crash_leaves_it(folder)
    os.truncate(newest(folder, pattern), left)
    with reopened(folder) as again:
        assert again.all(Episode) == episodes[:2]
        assert "power cut" in again.problems[0]
        again.commit([episodes[2]])
    with reopened(folder) as again:
        assert again.all(Episode) == episodes
        assert again.problems == ()


def test_a_torn_replacement_leaves_the_record_as_it_was(store: Store, folder: Path) -> None:
    old = episode("old words")
    store.commit([old])
    store.commit([episode("new words", record=old.id)])
    folder = as_a_crash_leaves_it(folder)
    os.truncate(newest(folder, "data/*.lance"), 10)
    with reopened(folder) as again:
        assert again.get(old.id) == old


def test_a_stale_or_broken_version_hint_does_not_matter(store: Store, folder: Path) -> None:
    episodes = [episode(), episode()]
    store.commit(episodes[:1])
    hint = next(folder.glob("*/records.lance/_versions/latest_version_hint.json"))
    stale = hint.read_bytes()
    store.commit(episodes[1:])
    store.close()
    for content in (stale, b"", b"{broken"):
        hint.write_bytes(content)
        with reopened(folder) as again:
            assert again.all(Episode) == episodes
            assert again.problems == ()


def test_a_damaged_file_in_the_middle_costs_only_its_own_rows(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk {number}") for number in range(5)]
    for one in episodes[:2]:
        store.commit([one])
    middle = newest(folder, "data/*.lance")
    for one in episodes[2:]:
        store.commit([one])
    store.close()
    os.truncate(middle, 50)
    left = [*episodes[:1], *episodes[2:]]
    with reopened(folder) as again:
        assert again.all(Episode) == left
        assert "cannot be read (rows: 1)" in again.problems[0]
    assert files_with(folder, bytes.fromhex(left[0].id))
    with reopened(folder) as again:
        assert again.all(Episode) == left
        assert len(again.problems) == 1
        assert str(next(folder.glob("*.damaged-1"))) in again.problems[0]
        left[1] = episode("new words", record=left[1].id)
        again.commit([left[1], episodes[1]])
        assert again.purge([left[0].id]).verified
    with reopened(folder) as again:
        assert again.all(Episode) == [*left[1:], episodes[1]]
        assert again.problems == ()


def test_a_table_that_lost_its_version_files_is_set_aside_and_not_deleted(store: Store, folder: Path) -> None:
    kept = episode("kept")
    store.commit([kept])
    store.close()
    shutil.rmtree(next(folder.glob("*/records.lance/_versions")))
    next(folder.glob("*/spare")).unlink()
    rows = files_with(folder, bytes.fromhex(kept.id))
    assert rows
    with reopened(folder) as again:
        assert len(again) == 0
        aside = next(folder.glob("*.damaged-1"))
        assert str(aside) in again.problems[0]
        again.commit([episode("after")])
    assert all(path.is_relative_to(aside) for path in files_with(folder, bytes.fromhex(kept.id)))
    assert len(files_with(folder, bytes.fromhex(kept.id))) == len(rows)
    with reopened(folder) as again:
        assert [one.text for one in again.all(Episode)] == ["after"]
        assert str(aside) in again.problems[0]
    shutil.rmtree(aside)
    with reopened(folder) as again:
        assert again.problems == ()


def test_an_empty_table_without_version_files_is_simply_made_anew(store: Store, folder: Path) -> None:
    store.close()
    shutil.rmtree(next(folder.glob("*/records.lance/_versions")))
    next(folder.glob("*/spare")).unlink()
    with reopened(folder) as again:
        assert again.problems == ()
        again.commit([episode()])
    assert not list(folder.glob("*.damaged-*"))


def test_a_power_cut_while_the_memory_is_first_made_leaves_one_that_opens(store: Store, folder: Path) -> None:
    left = as_a_crash_leaves_it(folder)
    for path in left.glob("*/records.lance/*/*"):
        os.truncate(path, 0)
    for name in ("format.json", "ledger", "spare"):
        for path in left.glob(f"*/{name}"):
            path.unlink()
    with reopened(left) as again:
        assert again.problems == ()
        again.commit([episode()])
    with reopened(left) as again:
        assert len(again) == 1


def test_a_purge_that_a_full_disk_keeps_from_ending_does_not_keep_the_memory_shut(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = episode("gone"), episode("kept")
    store.commit([gone, kept])
    store.close()
    assert run(PURGE_AND_DIE, str(folder), gone.id).returncode == 9

    def failing(_: object) -> None:
        raise StoreFullError("There is no space left on the disk.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.SealedTable.vacuum", failing)
        with reopened(folder) as again:
            assert again.all(Episode) == [kept]
            assert "no space left" in again.problems[0]
    with reopened(folder) as again:
        assert again.problems == ()
    assert files_with(folder, bytes.fromhex(gone.id)) == []


def test_saving_the_rest_of_a_damaged_memory_may_be_interrupted(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk {number}") for number in range(3)]
    for one in episodes:
        store.commit([one])
        if one is episodes[0]:
            damaged = newest(folder, "data/*.lance")
    store.close()
    os.truncate(damaged, 50)
    assert run(SAVE_AND_DIE, str(folder)).returncode == 9
    assert not list(folder.glob("*/format.json")) or list(folder.glob("*.damaged-1"))
    with reopened(folder) as again:
        assert again.all(Episode) == episodes[1:]


def test_a_failed_write_leaves_disk_and_memory_as_they_were(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = episode("kept")
    store.commit([kept])

    def failing(path: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.sync_file", failing)
        with pytest.raises(Exception, match="could not be written"):
            store.commit([episode("lost")], remove=[kept.id])
        assert store.all(Episode) == [kept]
    store.commit([episode("after")])
    assert [one.text for one in store.all(Episode)] == ["kept", "after"]
    store.close()
    with reopened(folder) as again:
        assert [one.text for one in again.all(Episode)] == ["kept", "after"]
        assert again.problems == ()


def test_a_removal_that_fails_takes_the_insertion_of_its_commit_back(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = episode("kept")
    store.commit([kept])

    def failing(*_: object) -> None:
        raise StoreFullError("There is no space left.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.SealedTable.delete", failing)
        with pytest.raises(StoreFullError):
            store.commit([episode("lost")], remove=[kept.id])
    assert store.all(Episode) == [kept]
    store.close()
    with reopened(folder) as again:
        assert again.all(Episode) == [kept]
        assert again.problems == ()


def full_disk_rules(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
    assert "full: There is no space left" in done.stdout
    assert done.stdout.splitlines()[-1] == "kept 2"


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's resource limits")
def test_a_file_size_limit_is_reported_as_a_full_disk_and_the_store_goes_on(folder: Path) -> None:
    full_disk_rules(run(FILL, str(folder), str(200_000)))
    with reopened(folder) as again:
        assert [one.text for one in again.all(Episode)] == ["first", "second"]
        assert again.problems == ()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_full_disk_is_reported_and_the_store_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False).returncode:
        pytest.skip("this container may not mount")
    try:
        full_disk_rules(run(FILL, str(disk / "store"), "0"))
        with reopened(disk / "store") as again:
            assert [one.text for one in again.all(Episode)] == ["first", "second"]
            assert again.problems == ()
    finally:
        subprocess.run(["umount", disk], check=True)
