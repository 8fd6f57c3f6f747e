"""Rows and files that were exchanged, repeated, put back or taken away are noticed, and what can be mended is."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lancedb
import pytest

from assistant.errors import StoreError
from assistant.store.records import Episode
from assistant.store.store import Store
from tests.store.sample import as_a_crash_leaves_it, episode, files_with, reopened


def table(folder: Path) -> Any:
    """The table itself, as somebody who writes to the files could use it."""
    return lancedb.connect(str(next(folder.glob("*/format.json")).parent)).open_table("records")


def boxes(folder: Path) -> dict[str, bytes]:
    rows = table(folder).to_arrow().to_pylist()
    return {row["id"].hex(): row["box"] for row in rows}


def put(folder: Path, name: str, box: bytes) -> None:
    table(folder).update(where=f"id = X'{name}'", values={"box": box})


def add(folder: Path, *rows: tuple[str, bytes]) -> None:
    into = table(folder)
    import pyarrow as pa

    columns = [[bytes.fromhex(name) for name, _ in rows], [box for _, box in rows]]
    into.add(pa.table(columns, schema=into.schema))


@pytest.fixture
def kept(store: Store) -> list[Episode]:
    """Three memories in a store that is closed."""
    episodes = [episode(f"Talk {number}") for number in range(3)]
    for one in episodes:
        store.commit([one])
    store.close()
    return episodes


def test_two_rows_that_were_exchanged_are_set_aside_and_nothing_is_taken_for_another(
    kept: list[Episode], folder: Path
) -> None:
    before = boxes(folder)
    put(folder, kept[0].id, before[kept[1].id])
    put(folder, kept[1].id, before[kept[0].id])
    with reopened(folder) as store:
        assert store.all(Episode) == [kept[2]]
        assert {row.id for row in store.damaged} == {kept[0].id, kept[1].id}
        assert all("altered, moved" in row.reason for row in store.damaged)


@pytest.mark.parametrize("change", [lambda box: box[:-1], lambda box: box[:3], lambda box: b"", lambda box: box + b"x"])
def test_a_row_that_was_cut_or_lengthened_is_set_aside(
    kept: list[Episode], folder: Path, change: Callable[[bytes], bytes]
) -> None:
    put(folder, kept[1].id, change(boxes(folder)[kept[1].id]))
    with reopened(folder) as store:
        assert store.all(Episode) == [kept[0], kept[2]]
        assert [row.id for row in store.damaged] == [kept[1].id]


def test_an_older_wording_that_was_put_back_is_noticed(kept: list[Episode], folder: Path) -> None:
    old = boxes(folder)[kept[0].id]
    with reopened(folder) as store:
        store.commit([episode("Other words", record=kept[0].id)])
    put(folder, kept[0].id, old)
    with reopened(folder) as store:
        assert store.get(kept[0].id) == kept[0]
        assert "rows of before were put back" in store.problems[0]


def test_a_forgotten_row_that_was_put_back_is_noticed(kept: list[Episode], folder: Path) -> None:
    old = boxes(folder)[kept[0].id]
    with reopened(folder) as store:
        store.purge([kept[0].id])
    add(folder, (kept[0].id, old))
    with reopened(folder) as store:
        assert "rows of before were put back" in store.problems[0]


def test_a_row_that_is_there_twice_is_noticed_and_left_once(kept: list[Episode], folder: Path) -> None:
    add(folder, (kept[0].id, boxes(folder)[kept[0].id]))
    with reopened(folder) as store:
        assert store.all(Episode) == kept
        assert "more than once (rows too many: 1)" in store.problems[0]
        assert store.rows_on_disk() == 3
        store.commit([episode("Other words", record=kept[0].id)])
        assert store.rows_on_disk() == 3
    with reopened(folder) as store:
        assert store.purge([kept[0].id]).verified
    assert files_with(folder, bytes.fromhex(kept[0].id)) == []


@pytest.mark.parametrize("repeated", [1, 2])
def test_of_two_wordings_of_a_memory_the_one_that_was_written_last_holds(
    kept: list[Episode], folder: Path, repeated: int
) -> None:
    old = boxes(folder)
    new = [episode(f"Other words {number}", record=kept[number].id) for number in range(2)]
    with reopened(folder) as store:
        store.commit(new)
    add(folder, *((kept[number].id, old[kept[number].id]) for number in range(repeated)))
    with reopened(folder) as store:
        assert store.all(Episode) == [*new, kept[2]]
        assert f"(rows too many: {repeated})" in store.problems[0]
        assert "cannot be told" not in store.problems[0]


def test_a_damaged_copy_of_a_row_does_not_hide_the_good_one(kept: list[Episode], folder: Path) -> None:
    add(folder, (kept[0].id, b"\0" * 300))
    with reopened(folder) as store:
        assert store.all(Episode) == kept
        assert store.damaged == ()
        assert "more than once" in store.problems[0]


def test_rows_that_were_taken_away_are_counted(kept: list[Episode], folder: Path) -> None:
    table(folder).delete(f"id = X'{kept[0].id}' OR id = X'{kept[1].id}'")
    with reopened(folder) as store:
        assert store.all(Episode) == [kept[2]]
        assert "2 rows of the memory are missing" in store.problems[0]


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(f"*/records.lance/{pattern}"), key=lambda path: path.stat().st_mtime_ns)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [flipped, Path.unlink, lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("pattern", ["_versions/*.manifest", "_deletions/*"])
def test_a_damaged_or_missing_small_file_is_mended_and_nothing_is_lost(
    kept: list[Episode], folder: Path, pattern: str, damage: Callable[[Path], None]
) -> None:
    with reopened(folder) as store:
        store.commit([episode() for _ in range(20)])
        store.compact()
        store.commit(remove=[kept[0].id])
        expected = store.all(Episode)
    damage(newest(folder, pattern))
    with reopened(folder) as store:
        assert store.all(Episode) == expected
        assert "mended from their spare copies (1)" in store.problems[0]
        assert len(store.problems) == 1
    with reopened(folder) as store:
        assert store.problems == ()


@pytest.mark.parametrize("content", [b"", b'{"format":', b"\xff\xfe"])
def test_a_damaged_format_file_is_mended_from_what_the_ledger_shows(
    kept: list[Episode], folder: Path, content: bytes
) -> None:
    path = next(folder.glob("*/format.json"))
    path.write_bytes(content)
    with reopened(folder) as store:
        assert store.all(Episode) == kept
        assert "format.json" in store.problems[0]
    path.write_bytes(content)
    (path.parent / "ledger").write_bytes(b"")
    with pytest.raises(StoreError, match="is damaged") as refused:
        reopened(folder)
    assert "delete this file" in refused.value.next_step
    path.unlink()
    with reopened(folder) as store:
        assert store.all(Episode) == kept


def test_a_spare_copy_that_is_older_than_the_table_takes_nothing_back(kept: list[Episode], folder: Path) -> None:
    store = reopened(folder)
    later = episode("later")
    store.commit([later])
    store.commit(remove=[kept[0].id])
    left = as_a_crash_leaves_it(folder)
    store.close()
    with reopened(left) as again:
        assert again.all(Episode) == [*kept[1:], later]
        assert again.problems == ()


def test_a_damaged_older_version_does_not_keep_anything_from_being_forgotten(kept: list[Episode], folder: Path) -> None:
    older = sorted(folder.glob("*/records.lance/_versions/*.manifest"))[1]
    flipped(older)
    older.write_bytes(older.read_bytes()[:100])
    with reopened(folder) as store:
        assert store.purge([kept[0].id]).verified
        store.compact()
        assert store.all(Episode) == kept[1:]


def test_when_the_last_change_vanishes_with_its_files_that_is_noticed(kept: list[Episode], folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    with reopened(folder) as store:
        store.commit([episode("new")])
    # Somebody puts the older files back, but not the ledger.
    here, there = next(folder.glob("*/records.lance")), next(copy.glob("*/records.lance"))
    for name in (here, here.with_name("spare")):
        shutil.rmtree(name) if name.is_dir() else name.unlink()
    shutil.copytree(there, here)
    with reopened(folder) as store:
        assert store.all(Episode) == kept
        assert "1 row of the memory is missing" in store.problems[0]
