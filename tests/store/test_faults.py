"""Short rounds of the benchmark `faults`: kill -9, damaged files, power cuts, and a search for what was told."""

import sys
from pathlib import Path

import pytest

from assistant.paths import Home
from assistant.store.backup import write_backup
from assistant.store.records import Episode
from assistant.store.rekey import rekey
from assistant.vault.vault import Vault
from tests.benchmarks.faults import damage, kills, power
from tests.benchmarks.faults.place import PASSPHRASE, Contents, contents, open_store, said_by, vault_at
from tests.benchmarks.faults.trail import can_trace
from tests.store.formats import make_format_1
from tests.store.power import Power
from tests.store.sample import DIMENSIONS, all_files, episode, files_with

LASTING = {"writing": 0.6, "compacting": 0.6, "preparing": 0.6, "purging": 0.6, "rekeying": 0.3, "migrating": 0.2}

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
def test_kill_9_in_the_middle_of_any_work_loses_nothing_and_brings_nothing_back() -> None:
    found = kills.run(6, seed=3, at_work=LASTING)
    assert found.pop("kills") == 6
    assert set(found.pop("by_work")) == set(LASTING)  # type: ignore[call-overload]
    found.pop("in_the_middle_of")
    assert not any(found.values()), found


def test_damaged_files_crash_nothing_and_are_never_passed_over_in_silence() -> None:
    found = damage.run(12, seed=5)
    for name in ("crashes", "silently_wrong_texts", "silently_missing_texts", "wrong_texts", "wrong_after_more_use"):
        assert found[name] == 0, found


@linux
def test_after_each_acknowledged_change_a_power_cut_may_come(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    with Power(home.root) as disk:
        cuts = 0

        def check(expected: Contents) -> None:
            nonlocal cuts
            cuts += 1
            left = Home(disk.left(tmp_path / f"cut {cuts}"))
            with open_store(left, vault_at(left)) as store:
                assert contents(store) == expected
                assert store.problems == ()

        vault = vault_at(home)
        with open_store(home, vault) as store:
            expected: Contents = {}
            for number in range(4):
                one, two = episode(f"Talk {number}"), episode(f"Answer {number}")
                store.commit([one, two])
                expected |= {one.id: said_by(one), two.id: said_by(two)}
                check(expected)
            old, gone, purged, *_ = store.all(Episode)
            new = episode("Other words", record=old.id)
            store.commit([new], remove=[gone.id])
            expected[old.id] = said_by(new)
            del expected[gone.id]
            check(expected)
            store.purge([purged.id])
            del expected[purged.id]
            check(expected)
            assert files_with(tmp_path / f"cut {cuts}", bytes.fromhex(purged.id)) == []
            store.compact()
            check(expected)
        check(expected)
        rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
        check(expected)


@linux
@pytest.mark.skipif(not can_trace(), reason="strace is not here")
def test_power_cuts_at_any_moment_of_forgetting_and_all_that_strace_saw(tmp_path: Path) -> None:
    found = power.run(8, seed=2, kinds=("preparing",))
    for name in ("acknowledged_lost", "forgotten_back", "forgotten_bytes_left", "unreadable_stores", "stray_snapshots"):
        assert found[name] == 0, found
    assert found["neither_before_nor_after"] == 0


def test_nothing_that_was_told_and_no_embedding_is_in_any_file(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    vault: Vault = vault_at(home)
    told = [episode(f"Zanquilor, part {part}. " * 20) for part in range(3)]
    seen: set[bytes] = set()

    def look() -> None:
        with open_store(home, vault) as store:
            boxes = [box for rows in store.sealed_rows() for _, box in rows]
            seen.update(box[start : start + 16] for box in boxes for start in (0, len(box) // 2, len(box) - 16))
        assert all(b"anquilor" not in path.read_bytes() for path in all_files(tmp_path))
        vectors = [one.vectors[start : start + 16] for one in told for start in (0, 16, len(one.vectors) - 16)]
        assert all(files_with(tmp_path, piece) == [] for piece in vectors)

    with open_store(home, vault) as store:
        store.commit(told)
        assert store.maintain()
        write_backup(store, vault, tmp_path / "backup")
    look()
    told[0] = episode("Zanquilor, other words", record=told[0].id)
    with open_store(home, vault) as store:
        store.commit([told[0]])
    look()
    rekey(vault, home.store, passphrase=PASSPHRASE, dimensions=DIMENSIONS)
    look()
    make_format_1(home.store, vault.sealer("store"))
    look()
    assert seen
    with open_store(home, vault) as store:
        assert store.purge([one.id for one in told]).verified
    assert all(files_with(home.root, piece) == [] for piece in seen)
