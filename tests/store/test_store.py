import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lancedb
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import (
    InputError,
    StoreError,
    StoreInUseError,
    StoreVersionError,
    VaultLockedError,
    WrongKeyError,
)
from assistant.store import terms
from assistant.store.layout import FORMAT
from assistant.store.records import (
    Conversation,
    Episode,
    Record,
    State,
    Summary,
    new_id,
)
from assistant.store.store import Store
from assistant.store.terms import search_terms
from assistant.vault.sealer import Sealer
from tests.store.sample import (
    CONVERSATION,
    DIMENSIONS,
    KEY,
    all_files,
    episode,
    files_with,
    one_of_each,
    reopened,
)


def table(folder: Path) -> Any:
    return lancedb.connect(str(next(folder.glob("*/format.json")).parent)).open_table("records")


def fragments(folder: Path) -> int:
    return int(table(folder).stats()["fragment_stats"]["num_fragments"])


def test_every_kind_of_record_comes_back_equal_after_reopening(store: Store, folder: Path) -> None:
    records = one_of_each()
    store.commit(records)
    store.close()
    with reopened(folder) as again:
        assert [again.get(record.id) for record in records] == records
        assert len(again) == again.rows_on_disk() == 5
        assert again.all(Conversation) == [records[2]]
        assert again.count(Summary) == 1
        assert again.turn == 5
        assert again.problems == ()
        assert again.damaged == ()


def test_records_keep_the_order_of_insertion_whatever_happens_to_the_files(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk number {number}") for number in range(30)]
    for one in episodes:
        store.commit([one])
    episodes[3] = msgspec.structs.replace(episodes[3], state=State.PINNED)
    store.commit([episodes[3]])
    store.compact()
    assert store.all(Episode) == episodes
    store.close()
    with reopened(folder) as again:
        assert again.all(Episode) == episodes


def test_a_conversation_is_read_in_the_order_of_its_messages(store: Store) -> None:
    later, second, first = episode(position=2), episode(position=1, part=1), episode(position=1)
    store.commit([later, second, first, episode(conversation=new_id())])
    assert store.episodes_of(CONVERSATION) == [first, second, later]
    moved = msgspec.structs.replace(first, conversation=new_id())
    store.commit([moved])
    assert store.episodes_of(CONVERSATION) == [second, later]
    assert store.episodes_of(moved.conversation) == [moved]
    assert store.episodes_of("none") == []


def test_a_replaced_record_has_only_its_new_words(store: Store, folder: Path) -> None:
    old = episode("We live in Paris.")
    store.commit([old])
    new = episode("We live in Rome.", record=old.id)
    store.commit([new, episode()])
    assert store.get(old.id) == new
    row = store.index.row(old.id)
    assert store.index.bm25(search_terms("Rome"))[row] > 0
    assert store.index.bm25(search_terms("Paris")).max() == 0
    store.close()
    with reopened(folder) as again:
        assert again.get(old.id) == new
        assert len(again) == 2


def test_a_record_changed_without_its_vectors_keeps_them(store: Store, folder: Path) -> None:
    full = episode()
    store.commit([full])
    slim = store.get(full.id, vectors=False)
    assert isinstance(slim, Episode)
    assert slim.vectors == b""
    store.commit([msgspec.structs.replace(slim, state=State.FADED)])
    store.close()
    with reopened(folder) as again:
        assert again.get(full.id) == msgspec.structs.replace(full, state=State.FADED)


def test_removed_records_are_gone_at_once_and_after_reopening(store: Store, folder: Path) -> None:
    gone, kept = episode("A secret dog"), episode("A cat")
    store.commit([gone])
    store.commit([kept], remove=[gone.id, new_id()])
    for opened in (store, None):
        with opened or reopened(folder) as now:
            assert now.get(gone.id) is None
            assert gone.id not in now
            assert now.all(Episode) == [kept]
            assert now.episodes_of(CONVERSATION) == [kept]
            assert now.index.bm25(search_terms("dog")).max() == 0
            assert now.problems == ()


def test_an_id_may_be_shortened_as_long_as_it_is_unique(store: Store) -> None:
    first, second = episode(record="abcd1" + "0" * 27), episode(record="abcd2" + "0" * 27)
    store.commit([first, second])
    assert store.resolve("ABCD1") == first.id
    assert store.resolve(second.id) == second.id
    for prefix, words in (("abc", "at least 4"), ("abcd", "2 memories"), ("ffff", "No memory"), ("", "at least")):
        with pytest.raises(InputError, match=words):
            store.resolve(prefix)


def test_the_index_finds_what_was_committed_before_and_after_reopening(store: Store, folder: Path) -> None:
    episodes = [episode(f"word{number} common") for number in range(50)]
    store.commit(episodes[:30])
    for one in episodes[30:]:
        store.commit([one])
    for opened in (store, None):
        with opened or reopened(folder) as now:
            for one in (episodes[0], episodes[49]):
                query = np.frombuffer(one.vectors, "<f2").reshape(2, DIMENSIONS).astype(np.float32)
                for layer in (0, 1):
                    assert now.index.ids[int(now.index.similarities(query[layer], layer).argmax())] == one.id
                text = one.text.split()[0]
                assert now.index.ids[int(now.index.bm25(search_terms(text)).argmax())] == one.id


def test_no_text_and_no_vector_is_in_any_file(store: Store, folder: Path) -> None:
    marked = [episode(f"MARKEDTEXT number {number}") for number in range(20)]
    store.commit(marked[:10])
    store.commit(marked)
    store.commit(remove=[marked[0].id])
    store.close()
    assert len(all_files(folder)) > 5
    for one in marked:
        assert files_with(folder, one.vectors[:8]) == []
        assert files_with(folder, one.terms[:8]) == []
    for needle in (b"MARKEDTEXT", b"episode", CONVERSATION.encode(), bytes.fromhex(CONVERSATION)):
        assert files_with(folder, needle) == []


def test_a_long_text_and_a_short_one_of_one_class_look_the_same_on_disk(store: Store) -> None:
    store.commit([episode("a"), episode("a" * 60)])
    boxes = [box for rows in store.sealed_rows() for _, box in rows]
    assert len({len(box) for box in boxes}) == 1


def test_purged_records_leave_no_byte_in_any_file(store: Store, folder: Path) -> None:
    episodes = [episode(f"Talk {number}") for number in range(40)]
    store.commit(episodes)
    edited = msgspec.structs.replace(episodes[7], text="Something else")
    store.commit([edited])
    boxes = {row.hex(): box for rows in store.sealed_rows() for row, box in rows}
    purged = [episodes[7].id, episodes[20].id]
    report = store.purge(purged)
    assert report.rows == 2
    assert report.verified
    assert report.bytes_reclaimed > 0
    assert report.files_searched >= 4
    store.close()
    for record in purged:
        assert files_with(folder, bytes.fromhex(record)) == []
        assert files_with(folder, record.encode()) == []
        assert files_with(folder, boxes[record][:16]) == []
    assert files_with(folder, bytes.fromhex(episodes[8].id))
    with reopened(folder) as again:
        assert again.all(Episode) == [one for one in episodes if one.id not in purged]
        assert again.problems == ()


def test_one_record_purged_from_a_large_compacted_store_is_really_gone(store: Store) -> None:
    episodes = [episode(f"Talk {number}") for number in range(1500)]
    store.commit(episodes)
    store.compact()
    assert store.purge([episodes[700].id]).verified
    assert len(store) == 1499


def test_everything_can_be_purged_and_the_store_used_again(store: Store, folder: Path) -> None:
    store.commit([episode(f"Talk {number}") for number in range(30)])
    report = store.purge([one.id for one in store.all(Episode)])
    assert report.verified
    assert report.rows == 30
    assert len(store) == 0
    store.commit([episode()])
    store.close()
    with reopened(folder) as again:
        assert len(again) == 1
        assert again.problems == ()


def test_purging_what_was_removed_before_takes_its_old_bytes_away(store: Store, folder: Path) -> None:
    gone = episode()
    store.commit([gone, episode()])
    store.commit(remove=[gone.id])
    assert files_with(folder, bytes.fromhex(gone.id))
    report = store.purge([gone.id])
    assert report.rows == 0
    assert report.verified
    assert files_with(folder, bytes.fromhex(gone.id)) == []


def test_a_purge_that_finds_old_bytes_says_so(store: Store, folder: Path) -> None:
    gone = episode()
    store.commit([gone])
    generation = next(folder.glob("*/format.json")).parent
    (generation / "copy of a table").write_bytes(b"x" * 1000 + bytes.fromhex(gone.id))
    assert not store.purge([gone.id]).verified


def test_many_small_commits_leave_few_fragments(store: Store, folder: Path) -> None:
    for number in range(140):
        store.commit([episode(f"Talk {number}")])
        store.maintain()
    assert fragments(folder) <= 66
    assert store.count(Episode) == 140
    store.close()
    with reopened(folder) as again:
        assert [one.text for one in again.all(Episode)] == [f"Talk {number}" for number in range(140)]


def test_old_versions_do_not_pile_up_for_ever(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.table._MIN_VERSIONS", 20)
    for number in range(50):
        store.commit([episode(f"Talk {number}")])
        store.maintain()
    assert len(list(folder.glob("*/records.lance/_versions/*.manifest"))) <= 22
    assert len(store) == 50


def test_a_second_opening_is_refused_and_names_the_process(store: Store, folder: Path) -> None:
    with pytest.raises(StoreInUseError, match=str(os.getpid())):
        reopened(folder)
    store.commit([episode()])


def test_a_wrong_key_is_a_clear_error_and_changes_nothing(store: Store, folder: Path) -> None:
    store.commit([episode()])
    store.close()
    before = {path: path.read_bytes() for path in all_files(folder)}
    with pytest.raises(WrongKeyError, match="another key"):
        Store.open(folder, Sealer(b"x" * 32), dimensions=DIMENSIONS)
    assert {path: path.read_bytes() for path in all_files(folder)} == before
    reopened(folder).close()


def test_a_store_of_a_newer_hippo_is_refused(store: Store, folder: Path) -> None:
    store.close()
    next(folder.glob("*/format.json")).write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(StoreVersionError, match="newer"):
        reopened(folder)


def test_a_damaged_row_is_set_aside_reported_and_kept(store: Store, folder: Path) -> None:
    good, bad = episode("good"), episode("bad")
    store.commit([good, bad])
    store.close()
    table(folder).update(where=f"id = X'{bad.id}'", values={"box": b"\0" * 300})
    for _ in range(2):
        with reopened(folder) as again:
            assert again.all(Episode) == [good]
            assert [row.id for row in again.damaged] == [bad.id]
            assert again.problems == ()
            again.compact()
            assert again.rows_on_disk() == 2
    with reopened(folder) as again:
        again.commit([bad])
        assert again.damaged == ()
        assert again.get(bad.id) == bad
    with reopened(folder) as again:
        assert again.all(Episode) == [good, bad]
        assert again.rows_on_disk() == 2


def test_a_damaged_row_can_be_purged(store: Store, folder: Path) -> None:
    bad = episode("bad")
    store.commit([episode("good"), bad])
    store.close()
    table(folder).update(where=f"id = X'{bad.id}'", values={"box": b"\0" * 300})
    with reopened(folder) as again:
        found = again.resolve(bad.id[:8].upper())
        assert found == again.resolve(bad.id) == bad.id
        assert again.purge([found]).rows == 1
        assert again.damaged == ()
    with reopened(folder) as again:
        assert again.damaged == ()
        assert again.problems == ()


def test_closing_a_store_drops_the_words_that_were_looked_up(store: Store) -> None:
    store.commit([episode("Rosalinde plays the cello")])
    assert terms._term.cache_info().currsize
    store.close()
    assert terms._term.cache_info().currsize == 0


def test_boxes_swapped_between_rows_are_noticed(store: Store, folder: Path) -> None:
    first, second = episode("one"), episode("two")
    store.commit([first, second])
    boxes = {row.hex(): box for rows in store.sealed_rows() for row, box in rows}
    store.close()
    for target, source in ((first.id, second.id), (second.id, first.id)):
        table(folder).update(where=f"id = X'{target}'", values={"box": boxes[source]})
    with reopened(folder) as again:
        assert {row.id for row in again.damaged} == {first.id, second.id}


def test_missing_rows_are_noticed(store: Store, folder: Path) -> None:
    store.commit([episode(), episode(), episode()])
    store.commit([episode()])
    lost = store.all(Episode)[0].id
    store.close()
    table(folder).delete(f"id = X'{lost}'")
    with reopened(folder) as again:
        assert len(again) == 3
        assert "1 row" in again.problems[0]
        again.commit([episode()])
    with reopened(folder) as again:
        assert again.problems == ()


def test_a_missing_ledger_is_reported(store: Store, folder: Path) -> None:
    store.commit([episode()])
    store.close()
    next(folder.glob("*/ledger")).unlink()
    with reopened(folder) as again:
        assert len(again) == 1
        assert "ledger" in again.problems[0]


def test_closing_drops_everything_and_may_be_repeated(store: Store) -> None:
    kept = episode()
    store.commit([kept])
    store.close()
    store.close()
    assert len(store) == 0
    assert store.get(kept.id) is None
    assert store.index.ids == []
    for use in (lambda: store.commit([kept]), lambda: store.purge([kept.id]), store.compact):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_a_locked_vault_stops_commits_and_leaves_the_store_as_it_was(folder: Path) -> None:
    sealer = Sealer(KEY)
    with Store.open(folder, sealer, dimensions=DIMENSIONS) as store:
        store.commit([episode()])
        sealer.forget_key()
        with pytest.raises(VaultLockedError):
            store.commit([episode()])
        assert len(store) == 1
    with reopened(folder) as again:
        assert len(again) == 1
        assert again.problems == ()


def test_opening_an_empty_folder_twice_makes_one_empty_store(store: Store, folder: Path) -> None:
    assert len(store) == 0
    assert store.turn == 0
    assert store.size_on_disk() > 0
    store.commit()
    store.close()
    with reopened(folder) as again:
        assert again.problems == ()


@settings(deadline=None, max_examples=6)
@given(
    st.lists(st.tuples(st.lists(st.integers(0, 9), max_size=4), st.lists(st.integers(0, 9), max_size=2)), max_size=8)
)
def test_disk_and_memory_agree_after_any_history(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[list[int], list[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    expected: dict[str, Record] = {}
    with reopened(folder) as store:
        for step, (added, removed) in enumerate(history):
            records = [episode(f"step {step}", record=f"{number:032x}") for number in dict.fromkeys(added)]
            store.commit(records, remove=[f"{number:032x}" for number in removed])
            expected.update((record.id, record) for record in records)
            for number in removed:
                expected.pop(f"{number:032x}", None)
            assert {record.id: record for record in store.all(Episode)} == expected
    with reopened(folder) as again:
        assert {record.id: record for record in again.all(Episode)} == expected
        assert again.problems == ()


def test_importing_the_store_does_not_import_lancedb() -> None:
    program = """
import sys, assistant.store.store, assistant.store.backup, assistant.store.rekey
print("lancedb" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
