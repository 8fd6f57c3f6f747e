"""A session with an open memory for the pages of the settings. The embedder is real; no language model is needed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from assistant.conversation.session import Session
from assistant.paths import Home
from assistant.ui.tasks import Tasks
from tests.memory.conftest import Speaker
from tests.vault.memory_keyring import MemoryKeyring

PASSPHRASE = "correct horse battery staple"

P = TypeVar("P", bound=QWidget)


def shown(kind: Callable[[Session, Tasks], P], session: Session, tasks: Tasks) -> Iterator[P]:
    """A page of this kind while it is on the screen."""
    page = kind(session, tasks)
    page.show()
    yield page
    page.close()
    page.deleteLater()


def words(page: QWidget) -> str:
    """What can be read on a page."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


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
