"""A session with an open memory for the pages of the settings. The embedder is real; no language model is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation.session import Session
from assistant.paths import Home
from tests.memory.conftest import Speaker
from tests.vault.memory_keyring import MemoryKeyring

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def session(tmp_path: Path, model_home: Home, keyring: MemoryKeyring) -> Iterator[Session]:
    home = Home(tmp_path / "home")
    home.create()
    home.models.symlink_to(model_home.models)
    session = Session(home, keyring=keyring)
    session.create(passphrase=PASSPHRASE)
    Speaker(session.memory).turn("The boiler was repaired by Nadia.")
    yield session
    session.close()
