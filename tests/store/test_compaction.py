"""Fragments stay few and of moderate size, forgetting rewrites only what it must, no crash on the way costs a row."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import StoreError, StoreFullError
from assistant.store.records import Episode
from assistant.store.store import Store
from tests.store.sample import episode, files_with, reopened

PURGE_AND_DIE = """
import os, sys
from pathlib import Path
from assistant.store import table
from tests.store.sample import reopened
left = int(sys.argv[3])
unlink = Path.unlink
def dying(path, *a, **k):
    global left
    if path.suffix in (".manifest", ".lance", ".arrow", ".txn"):
        left -= 1
        if left < 0:
            os._exit(9)
    unlink(path, *a, **k)
store = reopened(Path(sys.argv[1]))
Path.unlink = dying
store.purge([sys.argv[2]])
"""

FOLD_AND_DIE = """
import os, sys
from pathlib import Path
from assistant.store import table
from tests.store.sample import episode, reopened
table._MAX_SMALL_FRAGMENTS = 10
store = reopened(Path(sys.argv[1]))
kept = []
sync = table.sync_file
def dying(path):
    if len(kept) > 11 and path.suffix == sys.argv[2]:
        os._exit(9)
    sync(path)
table.sync_file = dying
for number in range(100):
    kept.append(episode(f"Talk {number}"))
    print(kept[-1].id, flush=True)
    store.commit([kept[-1]])
    store.maintain()
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, timeout=100
    )


def fragments(store: Store) -> dict[int, int]:
    assert store._opened is not None
    return store._opened[0]._fragments()


def data_files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*/records.lance/data/*")}


def test_purging_one_row_rewrites_its_fragment_only(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk {number}") for number in range(3000)]
    for start in range(0, 3000, 1000):
        store.commit(episodes[start : start + 1000])
    before = data_files(folder)
    report = store.purge([episodes[1500].id])
    assert report.verified
    assert len(data_files(folder)) == 3
    assert len(data_files(folder) & before) == 2
    assert len(list(folder.glob("*/records.lance/_versions/*.manifest"))) == 1
    store.close()
    with reopened(folder) as again:
        assert again.all(Episode) == [*episodes[:1500], *episodes[1501:]]
        assert again.problems == ()


def test_a_fragment_that_holds_everything_is_divided_by_the_first_purge(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    episodes = [episode(f"Talk {number}") for number in range(450)]
    store.commit(episodes)
    monkeypatch.setattr("assistant.store.table._FULL_ROWS", 100)
    assert store.purge([episodes[449].id, episodes[0].id]).verified
    assert sorted(fragments(store).values()) == [49, 99, 100, 100, 100]
    assert store.all(Episode) == episodes[1:449]
    store.close()
    with reopened(folder) as again:
        assert again.all(Episode) == episodes[1:449]
        assert again.problems == ()


def test_fragments_stay_few_however_much_is_said(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.table._SMALL_ROWS", 4)
    monkeypatch.setattr("assistant.store.table._FULL_ROWS", 16)
    monkeypatch.setattr("assistant.store.table._MAX_SMALL_FRAGMENTS", 4)
    monkeypatch.setattr("assistant.store.table._MAX_MIDDLING_FRAGMENTS", 3)
    episodes = [episode(f"Talk {number}") for number in range(160)]
    most = 0
    for one in episodes:
        store.commit([one])
        store.maintain()
        most = max(most, len(fragments(store)))
    assert most <= 160 // 12 + 4 + 3 + 3
    assert max(fragments(store).values()) <= 16
    store.compact()
    assert len(fragments(store)) <= 160 // 12 + 3
    assert store.all(Episode) == episodes


def test_a_turn_does_not_wait_for_compaction_while_somebody_sees_to_it_afterwards(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.table._MAX_SMALL_FRAGMENTS", 4)
    due = []
    for number in range(30):
        before = data_files(folder)
        store.commit([episode(f"Talk {number}")])
        assert len(data_files(folder) - before) == 1  # the commit's own, and nothing rewritten
        due.append(store.maintain())
    assert due.count(True) >= 5
    assert len(fragments(store)) <= 5


def test_fragments_stay_few_even_where_nobody_maintains_the_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.table._MAX_SMALL_FRAGMENTS", 3)
    monkeypatch.setattr("assistant.store.table._MIN_VERSIONS", 5)
    most = 0
    for number in range(60):
        store.commit([episode(f"Talk {number}")])
        most = max(most, len(fragments(store)))
    assert 4 < most <= 4 * 3 + 1
    assert len(store) == 60


def test_maintenance_that_fails_leaves_the_records_and_is_done_the_next_time(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.table._MAX_SMALL_FRAGMENTS", 4)
    episodes = [episode(f"Talk {number}") for number in range(6)]
    for one in episodes:
        store.commit([one])

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.sync_file", full)
        with pytest.raises(StoreFullError):
            store.maintain()
    assert store.all(Episode) == episodes
    assert store.maintain()
    assert len(fragments(store)) == 1
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.maintain()
    with reopened(folder) as again:
        assert again.all(Episode) == episodes
        assert again.problems == ()


@pytest.mark.parametrize("removals", [0, 1, 3, 8])
def test_a_crash_while_old_files_are_deleted_costs_nothing_and_is_made_good(
    store: Store, folder: Path, removals: int
) -> None:
    episodes = [episode(f"Talk {number}") for number in range(6)]
    for one in episodes:
        store.commit([one])
    store.close()
    assert run(PURGE_AND_DIE, str(folder), episodes[2].id, str(removals)).returncode == 9
    with reopened(folder) as again:
        assert again.all(Episode) == [*episodes[:2], *episodes[3:]]
        assert again.problems == ()
        again.commit([episode("after")])
    assert files_with(folder, bytes.fromhex(episodes[2].id)) == []


@pytest.mark.parametrize("suffix", [".lance", ".manifest"])
def test_a_crash_while_fragments_are_folded_keeps_every_acknowledged_record(folder: Path, suffix: str) -> None:
    done = run(FOLD_AND_DIE, str(folder), suffix)
    assert done.returncode == 9, done.stderr
    acknowledged = done.stdout.split()[:-1]
    assert len(acknowledged) > 10
    with reopened(folder) as again:
        kept = [one.id for one in again.all(Episode)]
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        assert again.problems == ()
