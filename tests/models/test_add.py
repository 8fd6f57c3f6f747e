"""Models are added whole or not at all, and what is there can be listed, checked, used and removed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import CancelledError, InputError, ModelError, UnsupportedModelError
from assistant.models.add import Step, add_from_catalogue, add_path
from assistant.models.catalogue import CatalogueEntry
from assistant.models.decoder import Decoder
from assistant.models.download import unfinished
from assistant.models.hub import CutOffError
from assistant.models.installed import damaged_files, ensure_chosen_model, find_model, installed_models, remove_model
from assistant.models.library import LANGUAGE_MODEL
from assistant.models.manifest import read_manifest
from assistant.models.speed import known_speed, measure_speed
from assistant.models.stops import PausedError, Stops
from assistant.paths import Home
from tests.models.fake_hub import REPOSITORY, REVISION, FakeHub
from tests.models.tiny import write_tiny_gguf

ENTRY = CatalogueEntry(
    id="tiny-one",
    name="Tiny One",
    family="Tiny",
    parameters=0.001,
    size="tiny",
    memory=0.3,
    licence="Apache-2.0",
    repository=REPOSITORY,
    files=("*.gguf",),
    summary="For tests.",
)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def hub(tiny: Path) -> Iterator[FakeHub]:
    with FakeHub({"Tiny-Q8_0.GGUF": tiny.read_bytes()}).running() as hub:
        yield hub


def names(home: Home) -> set[str]:
    return {path.name for path in home.models.iterdir()} - {".lock", ".downloads.lock"}


def test_a_file_is_added_under_its_name_and_answers(home: Home, tiny: Path) -> None:
    shares: list[float] = []
    model = add_path(home, tiny, progress=shares.append)
    assert (model.id, model.name, model.architecture, model.context) == ("tiny", "Tiny", "llama", 128)
    assert installed_models(home) == [model]
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
    decoder = Decoder.load(ensure_chosen_model(home, "tiny"))
    assert decoder.prefill(decoder.new_cache(8), [3, 4, 5]).shape == (decoder.vocabulary,)


def test_the_same_file_is_added_once_and_another_of_the_same_name_beside_it(home: Home, tiny: Path) -> None:
    first = add_path(home, tiny)
    copy = tiny.parent / "elsewhere" / tiny.name
    copy.parent.mkdir()
    shutil.copy(tiny, copy)
    assert add_path(home, copy) == first
    write_tiny_gguf(copy, "Q4_0")
    assert add_path(home, copy).id == "tiny-2"
    assert add_path(home, copy, name="Größe M/L").id == "tiny-2"
    assert len(installed_models(home)) == 2


def test_a_folder_with_one_file_is_as_good_as_the_file(home: Home, tiny: Path) -> None:
    folder = tiny.parent / "downloaded"
    folder.mkdir()
    shutil.copy(tiny, folder)
    assert add_path(home, folder).id == "tiny"


def test_a_name_becomes_a_folder_that_every_system_can_hold(home: Home, tiny: Path) -> None:
    model = add_path(home, tiny, name="../Größe: M/L?")
    assert model.name == "../Größe: M/L?"
    assert model.folder.parent == home.models
    assert model.id.isascii()
    assert find_model(home, "../größe: m/l?") == model


def test_a_file_that_is_no_model_leaves_nothing(home: Home, tmp_path: Path, tiny: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(tiny.read_bytes()[:5000])
    for path, kind in ((broken, ModelError), (tmp_path / "missing.gguf", InputError), (tmp_path, InputError)):
        with pytest.raises(kind):
            add_path(home, path)
    with pytest.raises(UnsupportedModelError):
        add_path(home, write_tiny_gguf(tmp_path / "strange.gguf", "Q8_0", template=""))
    assert not home.models.exists() or names(home) == set()


def test_stopping_an_addition_leaves_nothing(home: Home, tiny: Path) -> None:
    done = [0.0]
    with pytest.raises(CancelledError):
        add_path(home, tiny, progress=done.append, cancelled=lambda: done[-1] > 0.3)
    assert names(home) == set()


def test_what_a_killed_addition_left_is_cleared_by_the_next(home: Home, tiny: Path, tmp_path: Path) -> None:
    for name in (".other.unfinished", ".lost.replaced"):
        (home.models / name).mkdir(parents=True)
        (home.models / name / "part").write_text("part")
    add_path(home, tiny)
    assert names(home) == {"tiny", "lost"}  # what was about to be replaced comes back


def test_a_model_of_the_catalogue_is_downloaded_prepared_and_remembers_where_it_came_from(
    home: Home, hub: FakeHub
) -> None:
    steps: list[Step] = []
    model = add_from_catalogue(home, ENTRY, progress=steps.append, endpoint=hub.endpoint)
    assert (model.id, model.name, model.licence) == ("tiny-one", "Tiny One", "Apache-2.0")
    assert model.origin == f"{REPOSITORY}@{REVISION}"
    assert names(home) == {"tiny-one"}
    stages = [step.stage for step in steps]
    assert stages == sorted(stages)
    assert set(stages) == {"download", "prepare"}
    size = len(hub.files["Tiny-Q8_0.GGUF"])
    assert (steps[stages.index("prepare") - 1].done, steps[-1].share) == (size, 1.0)
    assert read_manifest(model.folder).source["Tiny-Q8_0.GGUF"].size == size
    hub.status = 500
    assert add_from_catalogue(home, ENTRY, endpoint=hub.endpoint) == model


def test_a_cut_download_installs_nothing_and_goes_on_later(home: Home, hub: FakeHub) -> None:
    size = len(hub.files["Tiny-Q8_0.GGUF"])
    hub.cuts = [size // 3] * 20
    with pytest.raises(CutOffError):
        add_from_catalogue(home, ENTRY, endpoint=hub.endpoint, waits=(0,))
    assert installed_models(home) == []
    assert 0 < unfinished(home)["tiny-one"].done < size
    hub.cuts = []
    assert add_from_catalogue(home, ENTRY, endpoint=hub.endpoint).id == "tiny-one"
    assert unfinished(home) == {}


@pytest.mark.parametrize("stage", ["download", "prepare"])
def test_cancelling_at_any_stage_leaves_nothing(home: Home, hub: FakeHub, stage: str) -> None:
    steps: list[Step] = []
    stops = Stops(cancelled=lambda: bool(steps) and steps[-1].stage == stage and steps[-1].share > 0)
    with pytest.raises(CancelledError):
        add_from_catalogue(home, ENTRY, progress=steps.append, stops=stops, endpoint=hub.endpoint)
    assert names(home) == set()


def test_pausing_keeps_what_came(home: Home, hub: FakeHub) -> None:
    steps: list[Step] = []
    with pytest.raises(PausedError):
        add_from_catalogue(
            home, ENTRY, progress=steps.append, stops=Stops(paused=lambda: bool(steps)), endpoint=hub.endpoint
        )
    assert "tiny-one" in unfinished(home)
    assert installed_models(home) == []


def test_a_download_that_is_no_model_leaves_nothing(home: Home, hub: FakeHub) -> None:
    hub.files = {"x.gguf": b"no model" * 1000}
    with pytest.raises(ModelError):
        add_from_catalogue(home, ENTRY, endpoint=hub.endpoint)
    assert names(home) == set()


def test_a_removed_model_is_gone_and_the_built_in_one_stays(home: Home, tiny: Path, model_home: Home) -> None:
    shutil.copytree(model_home.models / LANGUAGE_MODEL.folder, home.models / LANGUAGE_MODEL.folder)
    model = add_path(home, tiny)
    assert remove_model(home, "TINY") == model
    assert names(home) == {LANGUAGE_MODEL.folder}
    for name in (LANGUAGE_MODEL.folder, LANGUAGE_MODEL.name):
        with pytest.raises(InputError, match="stays"):
            remove_model(home, name)
        assert ensure_chosen_model(home, name) == home.models / LANGUAGE_MODEL.folder
    assert ensure_chosen_model(home, "") == home.models / LANGUAGE_MODEL.folder
    for name in ("tiny", "..", "."):
        with pytest.raises(InputError, match="installed"):
            remove_model(home, name)


def test_damage_is_found_even_where_size_and_time_are_the_same(home: Home, tiny: Path) -> None:
    model = add_path(home, tiny)
    assert damaged_files(model) == []
    weights = model.folder / "model.onnx.data"
    before = weights.stat()
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelError, match=r"damaged \(model.onnx.data\)"):
        ensure_chosen_model(home, "tiny")
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert damaged_files(model) == ["model.onnx.data"]


def test_speed_is_measured_and_can_be_stopped(home: Home, tiny: Path) -> None:
    model = add_path(home, tiny)
    shares: list[float] = []
    assert known_speed(model.folder) is None
    speed = measure_speed(model.folder, progress=shares.append)
    assert known_speed(model.folder) == speed
    assert damaged_files(model) == []
    assert speed.read > 0
    assert speed.write > 0
    assert speed.load_ms > 0
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(CancelledError):
        measure_speed(model.folder, cancelled=lambda: True)
    note = model.folder / "speed.json"
    note.write_text(note.read_text().replace(speed.machine, "another machine"))
    assert known_speed(model.folder) is None
