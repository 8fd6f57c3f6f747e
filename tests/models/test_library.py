"""The built-in models are there when they are needed, whatever happened before."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import CancelledError, InputError, ModelError
from assistant.models import library
from assistant.models.convert.convert import CONVERTER_VERSION
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL, PackagedFile, ensure_embedder, ensure_language_model
from assistant.models.manifest import is_intact
from assistant.paths import Home


@pytest.fixture
def home(tmp_path: Path, model_home: Home) -> Home:
    """A home with models that a test may damage."""
    home = Home(tmp_path / "home")
    shutil.copytree(model_home.models, home.models)
    return home


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_there_is_used_as_it_is(home: Home) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.models.rglob("*") if path.is_file()}
    shares: list[float] = []
    assert ensure_language_model(home, progress=shares.append) == home.models / "smollm2-135m-instruct"
    assert ensure_embedder(home) == home.models / "all-minilm-l6-v2"
    assert shares == []
    assert before == {path: path.stat().st_mtime_ns for path in home.models.rglob("*") if path.is_file()}


@pytest.mark.parametrize("damage", ["cut", "altered", "removed"])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json.gz"])
def test_a_damaged_embedder_is_made_again(home: Home, name: str, damage: str) -> None:
    hurt(home.models / EMBEDDER.folder / name, damage)
    assert is_intact(ensure_embedder(home), 1)


@pytest.mark.parametrize(("name", "damage"), [("model.onnx.data", "altered"), ("hippo.json", "cut")])
def test_a_damaged_language_model_is_made_again(home: Home, name: str, damage: str) -> None:
    hurt(home.models / LANGUAGE_MODEL.folder / name, damage)
    assert is_intact(ensure_language_model(home), CONVERTER_VERSION)
    assert names(home.models) == {".lock", LANGUAGE_MODEL.folder, EMBEDDER.folder}


def hurt(path: Path, damage: str) -> None:
    data = bytearray(path.read_bytes())
    if damage == "cut":
        del data[len(data) // 2 :]
    data[len(data) // 3] ^= 1
    path.unlink()
    if damage != "removed":
        path.write_bytes(data)


def test_a_model_of_an_older_converter_is_made_again(home: Home) -> None:
    manifest = home.models / LANGUAGE_MODEL.folder / "hippo.json"
    current = f'"converter": {CONVERTER_VERSION}'
    manifest.write_text(manifest.read_text().replace(current, '"converter": 0'))
    ensure_language_model(home)
    assert current in manifest.read_text()


def test_a_kill_in_the_middle_leaves_nothing_half_made(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from assistant.models.library import ensure_language_model\n"
        "from assistant.paths import Home\n"
        "def die(share):\n"
        "    if share > 0.3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "ensure_language_model(Home(Path(sys.argv[1])), progress=die)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(home.root)], check=False, cwd=Path.cwd())
    assert killed.returncode == -signal.SIGKILL
    assert not (home.models / LANGUAGE_MODEL.folder).exists()
    assert any("unfinished" in name for name in names(home.models))
    assert is_intact(ensure_language_model(home), CONVERTER_VERSION)
    assert names(home.models) == {".lock", LANGUAGE_MODEL.folder}


def test_stopping_the_first_start_leaves_nothing_behind(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    done: list[float] = []
    with pytest.raises(CancelledError):
        ensure_language_model(home, progress=done.append, cancelled=lambda: bool(done) and done[-1] > 0.2)
    assert names(home.models) == {".lock"}


def test_waiting_for_another_process_can_be_stopped(tmp_path: Path) -> None:
    from filelock import FileLock

    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    with FileLock(home.models / ".lock"), pytest.raises(CancelledError):
        ensure_language_model(home, cancelled=lambda: True)


def test_a_missing_package_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no-such-package.*pip install"):
        PackagedFile("no-such-package", "/model.onnx").locate()
    with pytest.raises(ModelError, match="numpy"):
        PackagedFile("numpy", "/no-such-file").locate()


def test_a_full_disk_is_a_clear_error_and_keeps_what_was_there(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    from assistant.models.install import install

    target = tmp_path / "models" / "model"
    target.mkdir(parents=True)
    (target / "kept").write_text("kept")

    def fill(folder: Path) -> None:
        (folder / "model.onnx").symlink_to("/dev/full")
        (folder / "model.onnx").write_bytes(bytes(100))

    with pytest.raises(ModelError, match="disk is full"):
        install(target, fill)
    assert names(target.parent) == {"model"}
    assert names(target) == {"kept"}


@pytest.mark.skipif(os.name == "nt", reason="checks POSIX permissions")
def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    with pytest.raises(InputError, match="cannot be used"):
        library.ensure_embedder(Home(tmp_path / "home"))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "models").write_text("a file, not a folder")
    with pytest.raises(ModelError):
        library.ensure_embedder(Home(tmp_path / "other"))


def test_importing_the_library_stays_cheap() -> None:
    heavy = ("onnxruntime", "onnx", "tokenizers", "jinja2", "lancedb", "PySide6")
    script = (
        "import sys, assistant.models.library, assistant.models.generate, assistant.models.embedder\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "[]"
