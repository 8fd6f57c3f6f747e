"""A session on a home of its own, with the real models, store and vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation.session import Session
from assistant.paths import Home

PASSPHRASE = "a passphrase for tests"


@pytest.fixture
def home(tmp_path: Path, model_home: Home) -> Home:
    root = tmp_path / "home"
    root.mkdir()
    (root / "models").symlink_to(model_home.models, target_is_directory=True)
    return Home(root)


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    session.prepare_models()
    yield session
    session.close()
