"""A large memory opens from its snapshots as it would from its rows; what they hold is checked, and goes, like rows."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import lancedb
import numpy as np
import pytest

from assistant.errors import StoreFullError
from assistant.store import snapshots
from assistant.store.manifest import data_files
from assistant.store.records import Conversation, Episode, Fact, Record, Summary, Usage, new_id
from assistant.store.store import Store
from assistant.store.table import SealedTable
from assistant.store.terms import search_terms
from tests.store.sample import (
    DIMENSIONS,
    all_files,
    as_a_crash_leaves_it,
    episode,
    files_with,
    one_of_each,
    reopened,
)


@pytest.fixture(autouse=True)
def of_few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "FEWEST_ROWS", 1)


@pytest.fixture
def kept(store: Store) -> list[Record]:
    """Records of all kinds in two data files with a snapshot each, closed."""
    first, second = [*one_of_each(), *(episode(f"Talk {n}", position=n + 1, turn=n) for n in range(8))], one_of_each()
    for records in (first, second):
        store.commit(records)
        while store.maintain():
            pass
    store.close()
    return list({record.id: record for record in (*first, *second)}.values())


def snapshot_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/snapshots/*"))


def told(store: Store) -> object:
    """All that an open store says of itself that does not depend on the order in which it was read."""
    kinds = (Episode, Summary, Fact, Conversation, Usage)
    query = np.ones(DIMENSIONS, np.float32)
    index = store.index
    order = sorted(range(len(index.ids)), key=lambda row: index.ids[row])
    similar, found = index.similarities(query)[order], index.bm25(search_terms("a grey cat, talk 3"))[order]
    columns = store.episode_columns()
    return (
        [store.all(kind, vectors=False) for kind in kinds],
        [index.ids[row] for row in order],
        similar.tolist(),
        found.tolist(),
        store.turn,
        store.marks(),
        dict(zip(columns.ids, zip(columns.times, columns.cues, columns.is_pinned, strict=True), strict=True)),
        store.rows_on_disk(),
        store.problems,
        store.damaged,
    )


def without_snapshots(folder: Path) -> Path:
    plain = Path(shutil.copytree(folder, folder.with_name("plain")))
    for path in snapshot_files(plain):
        path.unlink()
    return plain


def read_from_rows(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Which rows are read one by one from now on: the conditions."""
    asked: list[str | None] = []
    whole = SealedTable.rows

    def noted(table: SealedTable, condition: str | None = None) -> object:
        asked.append(condition)
        return whole(table, condition)

    monkeypatch.setattr(SealedTable, "rows", noted)
    return asked


def test_it_opens_as_it_would_from_the_rows_and_reads_none_that_count(
    kept: list[Record], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(snapshot_files(folder)) == 2
    with reopened(without_snapshots(folder)) as plain:
        expected = told(plain)
    asked = read_from_rows(monkeypatch)
    with reopened(folder) as store:
        assert told(store) == expected
        assert asked == ["_rowid IN (2)"]  # the chat, which the second commit replaced: whether it counts, rows tell
        assert [store.get(record.id) for record in kept] == kept


def test_what_was_added_replaced_and_removed_since_counts(kept: list[Record], folder: Path) -> None:
    talks = [record for record in kept if isinstance(record, Episode)]
    with reopened(folder) as store:
        store.commit([episode("Other words", record=talks[1].id), episode("new")], remove=[talks[2].id])
        store.commit([episode("Again other words", record=talks[1].id)])
        crashed = as_a_crash_leaves_it(folder)
    for left in (crashed, folder):
        with reopened(without_snapshots(left)) as plain:
            expected = told(plain)
        shutil.rmtree(left.with_name("plain"))
        with reopened(left) as store:
            assert told(store) == expected
            assert store.problems == ()
            assert len(snapshot_files(left)) == 2


def test_what_is_forgotten_is_in_no_snapshot_when_the_receipt_is_there(kept: list[Record], folder: Path) -> None:
    before = {path.name for path in snapshot_files(folder)}
    with reopened(folder) as store:
        assert store.purge([kept[0].id]).verified
        assert len(before & {path.name for path in snapshot_files(folder)}) == 1
        while store.maintain():
            pass
        assert len(snapshot_files(folder)) == 2
        assert store._opened
        assert store._snapshots
        held = [store._snapshots._open(file) for file in store._opened[0].data_files().values()]
        assert sum(len(one.records.ids) for one in held if one) == len(store)
        assert not any(kept[0].id in one.records.ids for one in held if one)
    with reopened(folder) as store:
        assert kept[0].id not in store
        assert store.problems == ()


def test_a_snapshot_that_stays_behind_fails_the_receipt(
    kept: list[Record], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SealedTable, "drop_stray_snapshots", lambda _: None)
    with reopened(folder) as store:
        assert not store.purge([kept[0].id]).verified
    monkeypatch.undo()
    with reopened(folder) as store:
        assert store.problems == ()
    assert len(snapshot_files(folder)) == 1


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage", [flipped, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"x" * 99)]
)
def test_a_damaged_snapshot_costs_nothing_and_is_reported(
    kept: list[Record], folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(snapshot_files(folder)[0])
    with reopened(folder) as store:
        assert [store.get(record.id) for record in kept] == kept
        assert "only speed up the opening" in store.problems[0]
        assert store.maintain()
    with reopened(folder) as store:
        assert store.problems == ()


def test_two_snapshots_that_were_exchanged_show_nothing_wrong(kept: list[Record], folder: Path) -> None:
    first, second = snapshot_files(folder)
    first.rename(first.with_suffix(".aside"))
    second.rename(first)
    first.with_suffix(".aside").rename(second)
    with reopened(folder) as store:
        assert [store.get(record.id) for record in kept] == kept
        assert "dropped (2)" in store.problems[0]


def test_a_row_that_was_altered_is_noticed_though_there_is_a_snapshot_of_it(kept: list[Record], folder: Path) -> None:
    with reopened(folder) as store:
        ((_, box),) = store.rows_of([kept[0].id])
    (holding,) = (path for path in files_with(folder, box) if path.suffix == ".lance")
    data = holding.read_bytes()
    place = data.index(box) + len(box) // 2
    holding.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    with reopened(folder) as store:
        assert [row.id for row in store.damaged] == [kept[0].id]
        assert [store.get(record.id) for record in kept[1:]] == kept[1:]
        while store.maintain():
            pass
    with reopened(folder) as store:
        assert [row.id for row in store.damaged] == [kept[0].id]


def test_rows_that_were_taken_away_or_put_back_are_noticed(kept: list[Record], folder: Path) -> None:
    with reopened(folder) as store:
        (row,) = store.rows_of([kept[0].id])
    table = lancedb.connect(str(next(folder.glob("*/format.json")).parent)).open_table("records")
    table.delete(f"id = X'{kept[1].id}'")
    with reopened(folder) as store:
        assert "1 row of the memory is missing" in store.problems[0]
        store.purge([kept[0].id])
    table.checkout_latest()
    table.add([{"id": row[0], "box": row[1]}])
    with reopened(folder) as store:
        assert "put back" in store.problems[0]


def test_one_of_another_shape_is_passed_over_in_silence_and_made_anew(
    kept: list[Record], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot_files(folder)
    monkeypatch.setattr(snapshots, "_VERSION", 2)
    with reopened(folder) as store:
        assert store.problems == ()
        assert [store.get(record.id) for record in kept] == kept
        while store.maintain():
            pass
    after = snapshot_files(folder)
    assert len(after) == len(before)
    assert not {path.name for path in before} & {path.name for path in after}


def test_a_full_disk_leaves_no_half_of_one_and_takes_nothing_from_the_memory(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([episode() for _ in range(3)])

    def full(path: Path, data: bytes) -> None:
        path.with_name(path.name + ".new").write_bytes(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "write_atomically", full)
        with pytest.raises(StoreFullError):
            store.maintain()
    assert snapshot_files(folder) == []
    store.commit([episode("still here")])
    assert store.maintain()
    assert len(snapshot_files(folder)) == 1


def test_nothing_readable_and_no_embedding_is_in_a_snapshot(store: Store, folder: Path) -> None:
    marked = episode("Zanquilor hides the vermiquartz")
    store.commit([marked, *(episode() for _ in range(4))])
    assert store.maintain()
    (made,) = snapshot_files(folder)
    content = made.read_bytes()
    needles = (b"Zanquilor", marked.vectors[:16], marked.terms, bytes.fromhex(marked.id), marked.id.encode())
    assert not any(needle in content for needle in needles)
    assert all(b"Zanquilor" not in path.read_bytes() for path in all_files(folder))


def test_the_installed_lancedb_writes_manifests_that_can_be_read(kept: list[Record], folder: Path) -> None:
    root = next(folder.glob("*/records.lance"))
    manifest = sorted((root / "_versions").glob("*.manifest"))[0].read_bytes()
    files = data_files(manifest)
    assert sum(file.rows for file in files.values()) == len(kept) + 1  # one is of both commits
    assert all((root / "data" / file.name).exists() for file in files.values())
    for broken in (b"", manifest[:-1], manifest[40:], b"\xff" * 200):
        with pytest.raises(ValueError, match="no "):
            data_files(broken)


def test_a_wrong_manifest_only_costs_time(kept: list[Record], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SealedTable, "data_files", lambda _: {})
    with reopened(folder) as store:
        assert [store.get(record.id) for record in kept] == kept
        assert store.problems == ()
        assert not store.maintain()
        assert store.purge([kept[0].id]).verified
    assert snapshot_files(folder) == []
    assert new_id() not in store
