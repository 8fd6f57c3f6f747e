"""A real session with something to remember, and the inspector in a window."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

from assistant.conversation.session import Session
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.paths import Home
from assistant.store.records import Conversation, Episode, Usage, new_id
from assistant.ui.inspector import InspectorDock
from assistant.ui.tasks import Tasks

NOON = datetime.now(UTC).astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def hold(memory: Memory, title: str, *turns: tuple[str, str], days_ago: int = 0, recalled: int = 0) -> list[Episode]:
    """Remember a conversation of questions and answers; returns its episodes."""
    start = NOON - timedelta(days=days_ago)
    chat = Conversation(id=new_id(), created=start, title=title)
    kept: list[Episode] = []
    for at, (question, answer) in enumerate(turns):
        time = start + timedelta(minutes=at)
        said = [
            Said(chat.id, "user", question, time, 2 * at, id=new_id()),
            Said(chat.id, "assistant", answer, time, 2 * at + 1, id=new_id()),
        ]
        used = memory.recall(question, limit=recalled) if recalled else []
        usage = Usage(id=new_id(), answer=said[1].id, conversation=chat.id, time=time, turn=0)
        kept.extend(memory.keep_turn(chat, said, used=used, usage=usage))
    return kept


@pytest.fixture
def session(tmp_path: Path, model_home: Home) -> Iterator[Session]:
    home = Home(tmp_path / "home")
    home.create()
    home.models.symlink_to(model_home.models)
    session = Session(home, keyring=None)
    session.create(passphrase="lentil gazelle ghent")
    yield session
    session.close()


@pytest.fixture
def memory(session: Session) -> Memory:
    """Three chats: Lisbon today, recipes a week ago, a dog forty days ago."""
    memory = session.memory
    hold(memory, "Dogs", ("My dog Bruno is afraid of thunder.", "Poor Bruno!"), days_ago=40)
    hold(
        memory,
        "Recipes",
        ("I am allergic to walnuts.", "I will remember that."),
        ("Cumin comes before the onions.", "Good to know."),
        days_ago=7,
    )
    hold(memory, "Trip to Lisbon", ("I want a small hotel with a courtyard near Alfama.", "Noted."))
    return memory


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    window = QMainWindow()
    window.resize(1400, 950)
    window.setCentralWidget(QTextEdit())
    window.show()
    yield window
    window.close()
    window.deleteLater()


def until(done: Callable[[], object]) -> None:
    """Let the window work until this holds. Not by `QTest.qWait`, which keeps other Python threads from running."""
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, "it took too long"
        QApplication.processEvents()
        time.sleep(0.01)


def open_dock(window: QMainWindow, session: Session, tasks: Tasks) -> InspectorDock:
    """The inspector in the window, unlocked."""
    dock = InspectorDock(session, tasks, window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    QApplication.processEvents()
    dock.set_locked(False)
    return dock


@pytest.fixture
def dock(window: QMainWindow, session: Session, memory: Memory, tasks: Tasks) -> InspectorDock:
    return open_dock(window, session, tasks)
