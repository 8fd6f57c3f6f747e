"""However a download ends, what is there afterwards is right or nothing."""

import shutil
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import CancelledError, HippoError, InputError, ModelError
from assistant.models.download import discard, download, unfinished
from assistant.models.hub import CutOffError, look_up
from assistant.models.stops import PausedError, Stops
from assistant.paths import Home
from tests.models.fake_hub import REPOSITORY, REVISION, FakeHub

LARGE = bytes(range(256)) * 12_000  # 3 MB, a dozen pieces
SMALL = b'{"a": 1}' * 10


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub({"onnx/model.bin": LARGE, "config.json": SMALL, "README.md": b"unwanted"}).running() as hub:
        yield hub


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def fetch(
    home: Home,
    hub: FakeHub,
    stops: Stops | None = None,
    progress: Callable[[int, int], None] | None = None,
    **more: Any,
) -> Path:
    options: dict[str, Any] = {"stops": stops or Stops(), "waits": (0, 0), "room": 0.0, "endpoint": hub.endpoint} | more
    ignore: Callable[[int, int], None] = lambda done, total: None  # noqa: E731
    patterns = ("onnx/MODEL.*", "config.json")
    folder, listing = download(home, "tiny", REPOSITORY, patterns, progress=progress or ignore, **options)
    assert (listing.repository, listing.revision) == (REPOSITORY, REVISION)
    return folder


def is_whole(folder: Path) -> bool:
    return (folder / "onnx" / "model.bin").read_bytes() == LARGE and (folder / "config.json").read_bytes() == SMALL


def leftovers(home: Home) -> set[str]:
    return {path.name for path in home.models.iterdir()} - {".downloads.lock", ".lock"}


def test_what_was_asked_for_arrives_and_nothing_else(home: Home, hub: FakeHub) -> None:
    seen: list[tuple[int, int]] = []
    folder = fetch(home, hub, progress=lambda done, total: seen.append((done, total)))
    assert is_whole(folder)
    assert {path.name for path in folder.rglob("*")} == {"onnx", "model.bin", "config.json", "download.json"}
    total = len(LARGE) + len(SMALL)
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)
    assert len(seen) > 5


@pytest.mark.parametrize("cut", [0, 1, 7, 1000, 65_537, 262_144, 1_000_003, 2_000_000, len(LARGE) - 1, len(LARGE) - 8])
def test_a_cut_line_is_taken_up_where_it_broke(home: Home, hub: FakeHub, cut: int) -> None:
    hub.cuts = [cut]
    assert is_whole(fetch(home, hub))
    (_, first), (_, second), _ = hub.asked
    assert first == 0
    assert second <= cut


def test_a_line_that_breaks_ten_times_gets_there_without_fetching_anything_twice(home: Home, hub: FakeHub) -> None:
    hub.cuts = [300_000 * part for part in range(1, 11)]
    assert is_whole(fetch(home, hub))
    starts = [start for name, start in hub.asked if name == "onnx/model.bin"]
    assert len(starts) == 11
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("cut", [0, 1, 100, 65_536, 300_000, 777_777, 1_500_000, 2_500_000, 3_000_000, len(LARGE) - 1])
def test_a_line_that_stays_dead_keeps_what_came_for_the_next_try(home: Home, hub: FakeHub, cut: int) -> None:
    hub.cuts = [cut] * 10
    with pytest.raises(CutOffError, match="goes on"):
        fetch(home, hub)
    kept = unfinished(home)["tiny"]
    assert kept.total == len(LARGE) + len(SMALL)
    assert kept.done <= cut
    hub.cuts, hub.asked = [], []
    assert is_whole(fetch(home, hub))
    assert hub.asked[0] == ("onnx/model.bin", kept.done)


def test_a_server_without_ranges_is_read_from_the_start_and_joined_rightly(home: Home, hub: FakeHub) -> None:
    hub.ranges = False
    hub.cuts = [1_000_000]
    assert is_whole(fetch(home, hub))


@pytest.mark.parametrize("name", ["onnx/model.bin", "config.json"])
def test_a_file_that_was_altered_on_the_way_is_thrown_away(home: Home, hub: FakeHub, name: str) -> None:
    hub.altered = {name}
    with pytest.raises(ModelError, match="altered"):
        fetch(home, hub)
    assert leftovers(home) == set()


def test_a_part_that_rotted_on_the_disk_is_noticed(home: Home, hub: FakeHub) -> None:
    pause_at(home, hub, 1_000_000)
    (part,) = home.models.rglob("*.part")
    part.write_bytes(b"x" + part.read_bytes()[1:])
    with pytest.raises(ModelError, match="altered"):
        fetch(home, hub)
    assert leftovers(home) == set()


def pause_at(home: Home, hub: FakeHub, size: int) -> None:
    seen = [0]
    with pytest.raises(PausedError):
        fetch(home, hub, Stops(paused=lambda: seen[-1] >= size), lambda done, total: seen.append(done))


@pytest.mark.parametrize("size", [1, 1_000_000, 2_800_000])
def test_a_paused_download_goes_on_where_it_was(home: Home, hub: FakeHub, size: int) -> None:
    pause_at(home, hub, size)
    kept = unfinished(home)["tiny"]
    assert size <= kept.done < kept.total
    hub.asked = []
    assert is_whole(fetch(home, hub))
    assert hub.asked[0] == ("onnx/model.bin", kept.done)
    discard(home, "tiny")
    assert unfinished(home) == {}
    assert leftovers(home) == set()


def test_a_model_that_changed_meanwhile_is_fetched_anew(home: Home, hub: FakeHub) -> None:
    pause_at(home, hub, 1_000_000)
    hub.files["onnx/model.bin"] = LARGE[::-1]
    folder = fetch(home, hub)
    assert (folder / "onnx" / "model.bin").read_bytes() == LARGE[::-1]


@pytest.mark.parametrize("size", [0, 1, 1_500_000, len(LARGE)])
def test_cancelling_leaves_nothing(home: Home, hub: FakeHub, size: int) -> None:
    seen = [0]
    with pytest.raises(CancelledError):
        fetch(home, hub, Stops(cancelled=lambda: seen[-1] >= size), lambda done, total: seen.append(done))
    assert leftovers(home) == set()


def test_a_paused_download_can_be_given_up(home: Home, hub: FakeHub) -> None:
    pause_at(home, hub, 1_000_000)
    for stranger in ("..", "", "../..", "a/b"):
        discard(home, stranger)
    assert list(unfinished(home)) == ["tiny"]
    discard(home, "tiny")
    assert leftovers(home) == set()


def test_too_little_room_is_said_before_anything_is_fetched(
    home: Home, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(1, 1, 66_000_000))
    with pytest.raises(ModelError, match=r"0\.1 GB are free"):
        fetch(home, hub)
    assert hub.asked == []
    assert leftovers(home) == set()


def test_a_disk_that_fills_up_is_freed_again(home: Home, hub: FakeHub) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    pause_at(home, hub, 1)
    (part,) = home.models.rglob("*.part")
    part.unlink()
    part.symlink_to("/dev/full")
    with pytest.raises(HippoError, match="disk is full"):
        fetch(home, hub)
    assert leftovers(home) == set()


def test_one_download_at_a_time(home: Home, hub: FakeHub) -> None:
    problems: list[BaseException] = []

    def again(done: int, total: int) -> None:
        def other() -> None:
            try:
                fetch(home, hub)
            except InputError as error:
                problems.append(error)

        if not problems:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()

    assert is_whole(fetch(home, hub, progress=again))
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("status", "kind"), [(404, ModelError), (403, ModelError), (500, CutOffError), (503, CutOffError)]
)
def test_a_hub_that_refuses_is_a_clear_error(home: Home, hub: FakeHub, status: int, kind: type[Exception]) -> None:
    hub.status = status
    with pytest.raises(kind) as caught:
        fetch(home, hub)
    assert isinstance(caught.value, HippoError)
    assert caught.value.next_step
    assert isinstance(caught.value, CutOffError) == (status >= 500)
    assert leftovers(home) == set()


def test_no_connection_is_a_clear_error(home: Home, hub: FakeHub) -> None:
    with pytest.raises(CutOffError):
        fetch(home, hub, endpoint="http://127.0.0.1:9")
    assert leftovers(home) == set()


def test_sizes_can_be_looked_up_without_fetching_anything(hub: FakeHub) -> None:
    listing = look_up(REPOSITORY, ["config.json", "*.bin"], endpoint=hub.endpoint)
    assert [(file.name, file.size) for file in listing.files] == [
        ("config.json", len(SMALL)),
        ("onnx/model.bin", len(LARGE)),
    ]
    assert [bool(file.sha256) for file in listing.files] == [False, True]
    assert not hub.asked


def test_a_file_that_is_gone_or_ambiguous_is_a_clear_error(home: Home, hub: FakeHub) -> None:
    for pattern, count in (("other.bin", "no files"), ("*", "3 files")):
        with pytest.raises(ModelError, match=count):
            download(
                home, "tiny", REPOSITORY, [pattern], progress=lambda *at: None, stops=Stops(), endpoint=hub.endpoint
            )


def test_a_hub_cannot_place_files_outside_of_the_download(home: Home, hub: FakeHub) -> None:
    hub.files = {"../../evil.bin": LARGE}
    with pytest.raises(ModelError, match="cannot be kept"):
        download(home, "tiny", REPOSITORY, ["*"], progress=lambda *at: None, stops=Stops(), endpoint=hub.endpoint)
    assert not list(home.root.rglob("evil.bin"))
    assert leftovers(home) == set()
