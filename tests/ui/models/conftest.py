"""A session, the page of models, and a hub on this machine that behaves as each test wants."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from assistant.conversation.session import Session
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home
from assistant.ui.models import ModelsPage, ModelWork
from assistant.ui.tasks import Tasks
from tests.models.fake_hub import FakeHub
from tests.models.test_add import ENTRY
from tests.models.tiny import write_tiny_gguf

PASSPHRASE = "correct horse battery staple"


def words(widget: QWidget) -> str:
    """What can be read on it."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def home(tmp_path: Path, model_home: Home) -> Home:
    """A home with the built-in models, to which others can be added."""
    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    for model in (LANGUAGE_MODEL, EMBEDDER):
        (home.models / model.folder).symlink_to(model_home.models / model.folder)
    return home


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    yield session
    session.close()


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A GGUF file of a tiny model that can see enough for a chat."""
    monkeypatch.setattr("tests.models.tiny.CONTEXT", 2048)
    return write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0")


@pytest.fixture
def hub(tiny: Path) -> Iterator[FakeHub]:
    with FakeHub({"Tiny-Q8_0.GGUF": tiny.read_bytes()}).running() as hub:
        yield hub


@pytest.fixture
def work(session: Session, tasks: Tasks) -> ModelWork:
    """Work without a network."""
    return ModelWork(session, tasks, entries=[ENTRY], endpoint="http://127.0.0.1:9", waits=())


@pytest.fixture
def page(session: Session, work: ModelWork) -> Iterator[ModelsPage]:
    yield from shown(session, work)


@pytest.fixture
def online(session: Session, tasks: Tasks, hub: FakeHub) -> Iterator[ModelsPage]:
    """The page, with the hub within reach."""
    yield from shown(session, ModelWork(session, tasks, entries=[ENTRY], endpoint=hub.endpoint, waits=()))


def built(session: Session, work: ModelWork) -> ModelsPage:
    """The page with all of its cards."""
    page = ModelsPage(session, work)
    while len(page.entries) < len(work.entries):
        QApplication.processEvents()
    return page


def shown(session: Session, work: ModelWork) -> Iterator[ModelsPage]:
    """The page while it is on the screen."""
    page = built(session, work)
    page.show()
    yield page
    page.close()
    page.deleteLater()
