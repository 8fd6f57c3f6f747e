"""A record that is changed is found in its last wording only, whenever a crash comes, and the others leave the disk."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import StoreError, StoreFullError
from assistant.store.outdated import MOST
from assistant.store.records import Episode
from assistant.store.store import Store
from tests.store.sample import as_a_crash_leaves_it, episode, files_with, reopened


def boxes(store: Store) -> dict[str, bytes]:
    return {row.hex(): box for rows in store.sealed_rows() for row, box in rows}


def lance(store: Store) -> Any:
    """LanceDB's own table, which shows all rows."""
    assert store._opened
    return store._opened[0]._table


@pytest.fixture
def changed(store: Store) -> tuple[list[Episode], list[bytes]]:
    """One memory in its three wordings, the last of which holds, and the boxes of the first two."""
    wordings = [episode("first words")]
    wordings += [episode(f"{number} words", record=wordings[0].id) for number in ("second", "third")]
    before = []
    for wording in wordings:
        store.commit([wording])
        before.append(boxes(store)[wording.id])
    return wordings, before[:2]


def test_of_several_wordings_that_lie_on_the_disk_only_the_last_is_found_and_counted(
    store: Store, folder: Path, changed: tuple[list[Episode], list[bytes]]
) -> None:
    wordings, _ = changed
    assert lance(store).count_rows() == 3
    with reopened(as_a_crash_leaves_it(folder)) as crashed:
        for each in (store, crashed):
            assert each.all(Episode) == [wordings[-1]]
            assert each.rows_on_disk() == len(boxes(each)) == len(each.rows_of([wordings[0].id])) == 1
            assert each.problems == ()
    store.close()
    with reopened(folder) as again:
        assert again.all(Episode) == [wordings[-1]]
        assert again.problems == ()


@pytest.mark.parametrize("after_a_crash", [False, True])
@pytest.mark.parametrize("of_another", [False, True])
def test_forgetting_anything_takes_all_former_wordings_from_the_disk(
    store: Store,
    folder: Path,
    changed: tuple[list[Episode], list[bytes]],
    of_another: bool,
    after_a_crash: bool,
) -> None:
    wordings, old = changed
    other = episode("another")
    store.commit([other])
    if after_a_crash:
        folder = as_a_crash_leaves_it(folder)
        store.close()
        store = reopened(folder)
    assert all(files_with(folder, box[:16]) for box in old)
    assert store.purge([other.id if of_another else wordings[0].id]).verified
    assert not any(files_with(folder, box[:16]) for box in old)
    assert store.all(Episode) == ([wordings[-1]] if of_another else [other])
    store.close()
    with reopened(folder) as again:
        assert again.problems == ()
        assert len(again) == 1


def test_a_crash_before_the_new_wording_is_there_leaves_the_one_before_in_force(
    store: Store, folder: Path, changed: tuple[list[Episode], list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    wordings, _ = changed

    def crashing(*_: object) -> None:
        as_a_crash_leaves_it(folder)
        raise StoreFullError("There is no space left.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.SealedTable.append", crashing)
        with pytest.raises(StoreFullError):
            store.commit([episode("fourth words", record=wordings[0].id), episode("new")])
    with reopened(folder.with_name("crashed")) as crashed:
        for each in (store, crashed):
            assert each.all(Episode) == [wordings[-1]]
            assert each.problems == ()
            later = episode("fifth words", record=wordings[0].id)
            each.commit([later])
            assert each.all(Episode) == [later]


def test_a_crash_while_rows_are_moved_leaves_none_of_them_twice(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    episodes = [episode(f"Talk {number}") for number in range(4)]
    for one in episodes:
        store.commit([one])
    table = lance(store)

    def crashing(_: object) -> None:
        as_a_crash_leaves_it(folder)
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(table, "delete", crashing)
        with pytest.raises(StoreError):
            store.compact()
    left = folder.with_name("crashed")
    assert list(left.glob("*/moving"))
    full = Path(shutil.copytree(left, folder.with_name("full")))
    with reopened(left) as crashed:
        assert crashed.problems == ()
        assert lance(crashed).count_rows() == 4
        for each in (store, crashed):
            assert each.all(Episode) == episodes
            assert each.rows_on_disk() == len(boxes(each)) == 4
            each.compact()
            assert each.all(Episode) == episodes
    assert not list(left.glob("*/moving")) + list(folder.glob("*/moving"))

    def refusing(*_: object) -> None:
        raise StoreFullError("There is no space left.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.fragments.delete_rows", refusing)
        with reopened(full) as on_a_full_disk:
            assert on_a_full_disk.problems == ()
            assert on_a_full_disk.rows_on_disk() == 4
            assert on_a_full_disk.all(Episode) == episodes
    with reopened(full) as again:
        assert again.purge([episodes[0].id]).verified
        assert again.all(Episode) == episodes[1:]
    with reopened(full) as again:
        assert again.problems == ()


def test_many_changes_one_after_the_other_and_at_once_keep_what_was_written_last(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk {number}") for number in range(MOST + 2)]
    store.commit(episodes)
    for number in range(MOST + 5):
        episodes[0] = episode(f"Other words {number}", record=episodes[0].id)
        store.commit([episodes[0]])
        assert lance(store).count_rows() <= len(episodes) + MOST
    assert store.all(Episode) == episodes
    episodes = [episode(f"All anew {number}", record=one.id) for number, one in enumerate(episodes)]
    store.commit(episodes)
    store.commit([episodes[-1]])
    with reopened(as_a_crash_leaves_it(folder)) as crashed:
        assert crashed.problems == ()
        assert crashed.all(Episode) == episodes
