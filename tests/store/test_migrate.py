"""A memory of an older Hippo opens as it was, and what it was before stays beside it for a while."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import lancedb
import msgspec
import pytest

from assistant.errors import StoreFullError, StoreVersionError
from assistant.store import layout, migrate
from assistant.store.codec import associated_data
from assistant.store.records import SCHEMA_VERSION, Episode
from assistant.store.store import Store
from assistant.vault.sealer import Sealer
from tests.store.formats import make_format_1
from tests.store.sample import episode, files_with, reopened

DIE = """
import os, sys
from pathlib import Path
from assistant.store import layout, migrate
from tests.store.sample import reopened
if sys.argv[2] == "while building":
    migrate.Ledger.expect = lambda *_: os._exit(9)
elif sys.argv[2] == "before the old one is set aside":
    layout.set_aside = lambda *_, **__: os._exit(9)
else:
    layout.Generation.publish = lambda _: os._exit(9)
reopened(Path(sys.argv[1]))
"""


@pytest.fixture
def old(store: Store, folder: Path, sealer: Sealer) -> list[Episode]:
    """A store of format 1, closed."""
    episodes = [episode(f"Talk {number}") for number in range(5)]
    for one in episodes:
        store.commit([one])
    store.close()
    make_format_1(folder, sealer)
    return episodes


def backups(folder: Path) -> list[Path]:
    return list(folder.glob("*.before-1-*"))


def test_a_memory_of_format_1_opens_as_it_was_and_is_kept_as_it_was(old: list[Episode], folder: Path) -> None:
    table = next(folder.glob("*/records.lance"))
    before = {path.relative_to(table): path.read_bytes() for path in table.rglob("*.lance")}
    with reopened(folder) as store:
        assert store.all(Episode) == old
        assert store.problems == ()
        store.commit([episode("new")])
    kept = backups(folder)[0] / "records.lance"
    assert {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*.lance")} == before
    with reopened(folder) as store:
        assert len(store) == 6
        assert store.problems == ()
    assert len(backups(folder)) == 1


def test_a_memory_of_format_2_is_taken_over_as_it_lies_and_older_hippos_refuse_it_from_then_on(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [episode(f"Talk {number}") for number in range(3)]
    store.commit(kept)
    store.close()
    path = next(folder.glob("*/format.json"))
    path.write_bytes(b'{"format":2,"replaces":"","restored":false}')
    before = {path: path.stat().st_ino for path in folder.rglob("*.lance") if path.is_file()}
    with reopened(folder) as again:
        assert again.all(Episode) == kept
        assert again.problems == ()
    assert {path: path.stat().st_ino for path in folder.rglob("*.lance") if path.is_file()} == before
    assert layout.migrated(folder) == []
    assert all(migrate.SCHEMAS[older] == SCHEMA_VERSION for older in migrate.ADDED_TO)
    monkeypatch.setattr(layout, "FORMAT", 2)
    with pytest.raises(StoreVersionError):
        reopened(folder)


def test_what_is_forgotten_afterwards_is_in_no_copy_either(old: list[Episode], folder: Path) -> None:
    with reopened(folder) as store:
        assert files_with(backups(folder)[0], bytes.fromhex(old[0].id))
        assert store.purge([old[0].id]).verified
    assert files_with(folder, bytes.fromhex(old[0].id)) == []


def test_the_copy_goes_after_a_month(old: list[Episode], folder: Path) -> None:
    reopened(folder).close()
    past = time.time() - (migrate.KEPT_DAYS + 1) * 86400
    os.utime(backups(folder)[0], (past, past))
    with reopened(folder) as store:
        assert store.all(Episode) == old
    assert backups(folder) == []


@pytest.mark.parametrize("place", ["while building", "before the old one is set aside", "before publishing"])
def test_killed_at_any_point_it_opens_as_it_was(old: list[Episode], folder: Path, place: str) -> None:
    done = subprocess.run([sys.executable, "-c", DIE, str(folder), place], check=False, timeout=60)
    assert done.returncode == 9
    with reopened(folder) as store:
        assert store.all(Episode) == old
        assert store.problems == ()
    assert len(backups(folder)) == 1


def test_rows_that_went_missing_before_are_noticed(old: list[Episode], folder: Path) -> None:
    generation = next(folder.glob("*/format.json")).parent
    lancedb.connect(str(generation)).open_table("records").delete(f"id = X'{old[2].id}'")
    with reopened(folder) as store:
        assert store.all(Episode) == [*old[:2], *old[3:]]
        assert "does not hold" in store.problems[0]


def test_a_full_disk_leaves_the_old_memory_in_place(
    old: list[Episode], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise StoreFullError("There is no space left on the disk.")

    with monkeypatch.context() as patch:
        patch.setattr("assistant.store.table.SealedTable.append", failing)
        with pytest.raises(StoreFullError):
            reopened(folder)
    with reopened(folder) as store:
        assert store.all(Episode) == old


def test_a_purge_that_a_crash_cut_short_is_finished_in_the_old_memory_first(old: list[Episode], folder: Path) -> None:
    generation = next(folder.glob("*/format.json")).parent
    lancedb.connect(str(generation)).open_table("records").delete(f"id = X'{old[0].id}'")
    (generation / "purge-unfinished").touch()
    assert files_with(folder, bytes.fromhex(old[0].id))
    with reopened(folder) as store:
        assert store.all(Episode) == old[1:]
    assert files_with(folder, bytes.fromhex(old[0].id)) == []


def test_records_of_an_older_schema_take_each_step_and_damaged_ones_stay_set_aside(
    store: Store, folder: Path, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, bad = episode("said"), episode("damaged")
    store.commit([kept, bad])
    store.close()
    generation = next(folder.glob("*/format.json")).parent
    lancedb.connect(str(generation)).open_table("records").update(
        where=f"id = X'{bad.id}'", values={"box": b"\0" * 300}
    )
    make_format_1(folder, sealer)

    def step(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"text": record["text"].upper()}

    # As if the present schema were the next one.
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(migrate, "STEPS", {1: step})
    bound = associated_data
    monkeypatch.setattr(migrate, "associated_data", lambda row, schema=2: bound(row, schema))
    monkeypatch.setattr("assistant.store.codec.associated_data", lambda row: bound(row, 2))
    with reopened(folder) as again:
        assert again.all(Episode) == [msgspec.structs.replace(kept, text="SAID")]
        assert [row.id for row in again.damaged] == [bad.id]


def test_every_format_says_its_schema_and_every_schema_has_a_step_to_the_next() -> None:
    assert set(migrate.SCHEMAS) == set(range(1, layout.FORMAT + 1))
    assert set(migrate.STEPS) == set(range(1, SCHEMA_VERSION))
