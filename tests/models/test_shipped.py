"""An installed Hippo carries its models: they are used where they lie, and nothing is made or written for them."""

import shutil
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models import add, installed, library
from assistant.models.installed import find_model, installed_models
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL, ensure_embedder, ensure_language_model
from assistant.paths import Home


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model_home: Home) -> Path:
    """Models as an installed Hippo carries them; a test may damage them."""
    folder = tmp_path / "shipped"
    shutil.copytree(model_home.models, folder)
    for module in (library, installed, add):
        monkeypatch.setattr(module, "SHIPPED_MODELS", folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_shipped_models_are_used_where_they_lie(shipped: Path, home: Home) -> None:
    assert ensure_language_model(home) == shipped / LANGUAGE_MODEL.folder
    assert ensure_embedder(home) == shipped / EMBEDDER.folder
    assert not home.root.exists()


def test_the_shipped_model_is_listed_once_beside_those_of_the_user(shipped: Path, home: Home, model_home: Home) -> None:
    shutil.copytree(model_home.models / LANGUAGE_MODEL.folder, home.models / "mine")
    shutil.copytree(model_home.models / LANGUAGE_MODEL.folder, home.models / LANGUAGE_MODEL.folder)
    assert sorted(model.id for model in installed_models(home)) == ["mine", LANGUAGE_MODEL.folder]
    assert find_model(home, LANGUAGE_MODEL.folder).folder == shipped / LANGUAGE_MODEL.folder


def test_a_model_of_the_users_own_never_takes_the_name_of_the_shipped_one(shipped: Path, home: Home) -> None:
    assert add._free_place(home.models, LANGUAGE_MODEL.folder).name == f"{LANGUAGE_MODEL.folder}-2"


def test_a_damaged_shipped_model_says_to_install_again(shipped: Path, home: Home) -> None:
    (shipped / EMBEDDER.folder / "model.onnx").unlink()
    with pytest.raises(ModelError, match="damaged") as told:
        ensure_embedder(home)
    assert "Install Hippo again" in told.value.next_step
    assert not home.root.exists()


def test_a_good_copy_in_the_home_stands_in_for_a_damaged_shipped_model(
    shipped: Path, home: Home, model_home: Home
) -> None:
    shutil.copytree(model_home.models / EMBEDDER.folder, home.models / EMBEDDER.folder)
    (shipped / EMBEDDER.folder / "model.onnx").unlink()
    assert ensure_embedder(home) == home.models / EMBEDDER.folder
