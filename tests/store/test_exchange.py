"""Two devices and a bucket: real stores, and a real S3 server on this machine."""

import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import lancedb
import msgspec
import pytest

from assistant.errors import InputError, StoreError
from assistant.settings import Sharing
from assistant.store import shared
from assistant.store.exchange import Exchange, exchange_all
from assistant.store.fragments import Row
from assistant.store.records import Episode, Forgotten, RecordId, new_id
from assistant.store.shared import SharedTable, checked_place
from assistant.store.store import Store
from assistant.store.terms import search_terms
from assistant.store.tombstones import marks_of
from assistant.vault.sealer import Sealer
from tests.store.s3 import BUCKET, CREDENTIALS, Bucket, serving
from tests.store.sample import DIMENSIONS, KEY, NOW, episode, files_with


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    with serving() as bucket:
        yield bucket


@pytest.fixture
def bucket(server: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    server.empty()
    return server


class Device:
    """A device with a store of its own."""

    def __init__(self, folder: Path, place: Sharing) -> None:
        self.folder, self.place = folder, place
        self.store = Store.open(folder, Sealer(KEY), dimensions=DIMENSIONS)
        self.exchange = Exchange(self.store, Sealer(KEY), place)

    def take(self, rows: Sequence[Row], removed: Collection[RecordId]) -> None:
        self.store.absorb(rows)
        self.store.purge(list(removed))

    def meet(self) -> tuple[int, int]:
        return exchange_all(self.exchange, self.take)

    def texts(self) -> list[str]:
        return sorted(one.text for one in self.store.all(Episode, vectors=False))

    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder, Sealer(KEY), dimensions=DIMENSIONS)
        self.exchange = Exchange(self.store, Sealer(KEY), self.place)

    def forget(self, record: RecordId) -> None:
        """As the memory does: with a tombstone."""
        self.store.commit([Forgotten(id=new_id(), time=NOW, marks=marks_of([record]))])
        assert self.store.purge([record]).verified


@pytest.fixture
def devices(tmp_path: Path, bucket: Bucket) -> Iterator[tuple[Device, Device]]:
    pair = Device(tmp_path / "one", bucket.place), Device(tmp_path / "two", bucket.place)
    yield pair
    for device in pair:
        device.store.close()


def test_what_one_device_remembers_the_other_knows_and_finds(devices: tuple[Device, Device]) -> None:
    one, two = devices
    told = episode("My sister Ines plays the cello in Bern.")
    one.store.commit([told])
    assert one.meet() == (0, 0)
    assert two.meet() == (1, 0)
    assert two.store.get(told.id) == told
    index = two.store.index
    row = index.row(told.id)
    assert row is not None
    assert index.bm25(search_terms("cello"))[row] > 0
    assert two.store.problems == ()
    two.reopen()
    assert two.store.get(told.id) == told
    assert two.meet() == one.meet() == (0, 0)


def test_the_bucket_sees_only_sealed_rows(devices: tuple[Device, Device], bucket: Bucket) -> None:
    one, _ = devices
    told = episode("My sister Ines plays the cello in Bern.")
    one.store.commit([told])
    one.meet()
    assert bucket.with_bytes(bytes.fromhex(told.id))
    for part in (b"cello", told.vectors[:16], told.terms[:8], told.conversation.encode(), KEY):
        assert bucket.with_bytes(part) == []


@pytest.mark.parametrize("small_fragments", [64, 3])
def test_two_devices_that_append_at_the_same_time_both_keep_their_turns(
    devices: tuple[Device, Device], bucket: Bucket, small_fragments: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.shared._MAX_SMALL_FRAGMENTS", small_fragments)
    failures: list[Exception] = []
    forgotten: list[RecordId] = []

    def work(device: Device, name: str) -> None:
        for number in range(6):
            told = [episode(f"{name} {number}"), episode(f"{name} answer {number}")]
            device.store.commit(told)
            if number == 3:
                forgotten.append(told[0].id)
                device.forget(told[0].id)
            try:
                device.meet()
            except Exception as error:  # noqa: BLE001
                failures.append(error)

    threads = [threading.Thread(target=work, args=(device, name)) for device, name in zip(devices, "AB", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Where one clears away an old version that the other is reading, that one tries again the next time.
    assert all(isinstance(error, StoreError) for error in failures)
    for device in (*devices, *devices):
        device.meet()
    said = {f"{name}{of} {number}" for name in "AB" for of in ("", " answer") for number in range(6)}
    expected = sorted(said - {"A 3", "B 3"})
    for device in devices:
        assert device.texts() == expected
        device.reopen()
        assert device.texts() == expected
        assert device.store.problems == ()
    assert [name for record in forgotten for name in bucket.with_bytes(bytes.fromhex(record))] == []


def test_what_is_forgotten_on_one_device_goes_from_the_bucket_and_from_the_other(
    devices: tuple[Device, Device], bucket: Bucket
) -> None:
    one, two = devices
    gone, kept = episode("gone"), episode("kept")
    one.store.commit([gone, kept])
    one.meet()
    two.meet()
    edited = msgspec.structs.replace(gone, text="gone, in other words")
    two.store.commit([edited])
    two.meet()
    one.meet()
    (row,) = one.store.rows_of([gone.id])
    assert bucket.with_bytes(row[1][-16:])
    one.forget(gone.id)
    one.meet()
    assert bucket.with_bytes(row[1][-16:]) == []
    assert bucket.with_bytes(row[1][:16]) == []
    assert two.meet() == (1, 1)  # the tombstone came, and the record went
    assert two.texts() == one.texts() == ["kept"]
    assert files_with(two.folder, bytes.fromhex(gone.id)) == []


def test_a_forgotten_memory_does_not_come_back_from_a_device_that_was_away(devices: tuple[Device, Device]) -> None:
    one, two = devices
    gone = episode("gone")
    one.store.commit([gone])
    one.meet()
    two.meet()
    one.forget(gone.id)
    one.meet()
    two.store.commit([msgspec.structs.replace(gone, text="gone, edited elsewhere"), episode("new")])
    two.meet()
    one.meet()
    assert one.texts() == two.texts() == ["new"]


def test_a_row_that_a_race_brought_back_after_its_removal_goes_again(
    devices: tuple[Device, Device], bucket: Bucket
) -> None:
    one, two = devices
    gone = episode("gone")
    one.store.commit([gone])
    (row,) = one.store.rows_of([gone.id])
    one.meet()
    one.forget(gone.id)
    one.meet()
    SharedTable(bucket.place, Sealer(KEY).key_id).put([row])
    two.meet()
    assert two.texts() == []
    assert bucket.with_bytes(row[1][-16:]) == []


def test_a_device_that_begins_as_an_older_copy_forgets_what_was_forgotten_since(
    devices: tuple[Device, Device], tmp_path: Path, bucket: Bucket
) -> None:
    one, _ = devices
    gone, changed = episode("gone"), episode("old words")
    one.store.commit([gone, changed])
    one.meet()
    one.store.close()
    shutil.copytree(one.folder, tmp_path / "three")
    one.reopen()
    next((tmp_path / "three").glob("*/shared")).unlink()  # a backup does not hold it
    one.store.commit([msgspec.structs.replace(changed, text="new words")])
    one.forget(gone.id)
    one.meet()
    three = Device(tmp_path / "three", bucket.place)
    assert three.texts() == ["gone", "old words"]
    three.meet()
    assert three.texts() == ["new words"]
    one.meet()
    assert one.texts() == ["new words"]
    three.store.close()


def test_who_can_write_to_the_bucket_cannot_make_a_device_forget(
    devices: tuple[Device, Device], bucket: Bucket
) -> None:
    one, two = devices
    kept = episode("kept")
    one.store.commit([kept, episode("also kept")])
    one.meet()
    SharedTable(bucket.place, Sealer(KEY).key_id).remove([bytes.fromhex(kept.id)])
    one.reopen()
    one.meet()
    two.meet()
    assert one.texts() == two.texts() == ["also kept", "kept"]


def test_a_row_that_does_not_open_is_reported_and_put_right(devices: tuple[Device, Device], bucket: Bucket) -> None:
    one, two = devices
    kept = episode("kept")
    one.store.commit([kept])
    one.meet()
    SharedTable(bucket.place, Sealer(KEY).key_id).put([(bytes.fromhex(kept.id), b"\0" * 300), (b"x" * 16, b"\0" * 300)])
    with pytest.raises(StoreError, match=r"do not open.*: 2"):
        one.meet()
    assert one.texts() == ["kept"]
    one.meet()
    with pytest.raises(StoreError, match=r"do not open.*: 1"):
        two.meet()
    two.meet()
    assert two.texts() == ["kept"]


@pytest.mark.parametrize("damage", ["of a file", "of a row"])
def test_what_damage_took_from_a_device_comes_back_from_the_bucket(devices: tuple[Device, Device], damage: str) -> None:
    one, two = devices
    kept = [episode(f"Talk {number}") for number in range(4)]
    for each in kept:
        one.store.commit([each])
    forgotten = episode("forgotten")
    one.store.commit([forgotten])
    one.meet()
    two.meet()
    one.forget(forgotten.id)
    one.store.close()
    if damage == "of a file":
        damaged = sorted(one.folder.glob("*/records.lance/data/*"), key=lambda path: path.stat().st_mtime_ns)[1]
        damaged.write_bytes(damaged.read_bytes()[:50])
    else:
        generation = next(one.folder.glob("*/format.json")).parent
        rows = lancedb.connect(str(generation)).open_table("records")
        rows.update(where=f"id = X'{kept[1].id}'", values={"box": b"\0" * 300})
    one.reopen()
    assert len(one.texts()) == 3
    one.meet()
    two.meet()
    two.reopen()
    two.meet()
    one.meet()
    assert one.texts() == two.texts() == [each.text for each in kept]
    assert one.store.damaged == ()


def test_a_crash_before_the_exchange_is_noted_costs_nothing(devices: tuple[Device, Device]) -> None:
    one, two = devices
    one.store.commit([episode("from one")])
    one.meet()
    two.store.commit([episode("from two")])
    two.exchange.finish(two.exchange.carry(two.exchange.begin()), two.take)
    one.exchange.carry(one.exchange.begin())  # and dies
    one.reopen()
    one.meet()
    assert one.texts() == ["from one", "from two"]
    incoming = two.exchange.carry(two.exchange.begin())
    two.take(incoming.rows, [])  # and dies
    two.reopen()
    two.meet()
    assert two.texts() == one.texts()


def test_a_turn_during_the_exchange_is_not_overwritten(devices: tuple[Device, Device]) -> None:
    one, two = devices
    both = episode("both")
    one.store.commit([both])
    one.meet()
    two.meet()
    one.store.commit([msgspec.structs.replace(both, text="changed by one")])
    one.meet()
    incoming = two.exchange.carry(two.exchange.begin())
    two.store.commit([msgspec.structs.replace(both, text="changed by two")])
    two.exchange.finish(incoming, two.take)
    assert two.texts() == ["changed by two"]
    two.meet()
    one.meet()
    assert one.texts() == two.texts() == ["changed by two"]


def test_many_rows_go_and_come_in_portions_and_files_stay_few(
    devices: tuple[Device, Device], bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.shared._MAX_SMALL_FRAGMENTS", 3)
    monkeypatch.setattr("assistant.store.shared._ROWS_AT_ONCE", 5)
    monkeypatch.setattr("assistant.store.exchange._ROWS_AT_ONCE", 4)
    one, two = devices
    one.store.commit([episode(f"Talk {number:02}") for number in range(30)])
    one.meet()
    assert len([name for name in bucket.contents() if name.endswith(".lance")]) <= 4
    two.meet()
    assert two.texts() == [f"Talk {number:02}" for number in range(30)]


def test_another_memory_in_the_same_place_is_refused(devices: tuple[Device, Device], tmp_path: Path) -> None:
    one, _ = devices
    one.store.commit([episode()])
    one.meet()
    key = Sealer(b"x" * 32)
    with Store.open(tmp_path / "stranger", key, dimensions=DIMENSIONS) as stranger:
        stranger.commit([episode()])
        with pytest.raises(StoreError, match="another key"):
            exchange_all(Exchange(stranger, key, one.place), lambda rows, removed: None)


def test_a_bucket_that_was_emptied_takes_nothing_from_a_device(devices: tuple[Device, Device], bucket: Bucket) -> None:
    one, _ = devices
    one.store.commit([episode("kept")])
    one.meet()
    bucket.empty()
    one.reopen()
    with pytest.raises(StoreError, match="not there any more"):
        one.meet()
    assert one.texts() == ["kept"]


def test_without_a_network_everything_is_kept_and_exchanged_later(
    devices: tuple[Device, Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = devices
    one.store.commit([episode("kept")])
    monkeypatch.setitem(shared._PATIENCE, "client_retry_timeout", "1")
    away = Exchange(one.store, Sealer(KEY), msgspec.structs.replace(one.place, endpoint="http://127.0.0.1:9"))
    with pytest.raises(StoreError, match="could not be reached"):
        exchange_all(away, one.take)
    one.meet()
    two.meet()
    assert two.texts() == ["kept"]


def test_a_folder_that_both_devices_see_does_as_well(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    place = checked_place(Sharing(place=str(tmp_path / "shared")))
    one, two = Device(tmp_path / "one", place), Device(tmp_path / "two", place)
    gone = episode("gone")
    one.store.commit([gone, episode("kept")])
    one.meet()
    two.meet()
    (row,) = one.store.rows_of([gone.id])
    one.forget(gone.id)
    one.meet()
    two.meet()
    assert two.texts() == ["kept"]
    assert files_with(tmp_path, row[1][-16:]) == []
    one.store.close()
    two.store.close()


@pytest.mark.parametrize(
    "place",
    [
        Sharing(place="s3://"),
        Sharing(place="relative/folder"),
        Sharing(place="/there/is/no/such/folder"),
        Sharing(place=f"s3://{BUCKET}", endpoint="somewhere"),
    ],
)
def test_a_place_that_cannot_be_shared_is_refused(place: Sharing) -> None:
    with pytest.raises(InputError):
        checked_place(place)
