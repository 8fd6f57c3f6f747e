"""Shared by all tests of the window: one offscreen application, and work that runs inline."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from assistant.conversation.session import Session
from assistant.paths import Home
from assistant.settings import Generation, Settings
from assistant.ui.language import speak
from assistant.ui.main_window import MainWindow
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme

PASSPHRASE = "correct horse battery staple"
OF_THE_OFFSCREEN_PLATFORM = "This plugin does not support "

_complaints: list[str] = []
_applications: list[QApplication] = []  # Qt has one for good, also where pytest ends the session and begins it anew


def _listen(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    harmless = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or text.startswith(OF_THE_OFFSCREEN_PLATFORM)
    if not harmless:
        _complaints.append(text)


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The one application of all tests of the window."""
    if not _applications:
        _applications.append(QApplication(["hippo-tests"]))
    (app,) = _applications
    app.setQuitOnLastWindowClosed(False)
    speak(app, "en")
    QLocale.setDefault(QLocale(QLocale.Language.English))
    qInstallMessageHandler(_listen)
    apply_theme(app, "light", 100)
    yield app
    qInstallMessageHandler(None)


@pytest.fixture(autouse=True)
def no_qt_warnings(qapp: QApplication) -> Iterator[None]:
    """Any warning of Qt fails the test that caused it."""
    _complaints.clear()
    yield
    for widget in QApplication.topLevelWidgets():
        # What is left alive is styled anew by every later test that changes the theme.
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    complaints, _complaints[:] = list(_complaints), []
    assert not complaints, complaints


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Tasks that run at once on the same thread."""
    tasks = Tasks(inline=True)
    yield tasks
    tasks.close()


@pytest.fixture(scope="module")
def kept_home(model_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault (made once: Argon2 is slow on purpose), to be copied."""
    root = tmp_path_factory.mktemp("kept") / "home"
    root.mkdir()
    (root / "models").symlink_to(model_home.models)
    session = Session(Home(root), keyring=None)
    session.create(passphrase=PASSPHRASE)
    session.save_settings(Settings(generation=Generation(max_tokens=12)))
    session.close()
    return root


@pytest.fixture
def session(kept_home: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(kept_home, tmp_path / "home", symlinks=True)
    session = Session(Home(tmp_path / "home"), keyring=None)
    session.unlock(passphrase=PASSPHRASE)
    yield session
    session.close()


@pytest.fixture
def window(qapp: QApplication, session: Session, tasks: Tasks, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(session, tasks, geometry=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    window.show()
    window.start()
    qapp.processEvents()
    yield window
    window.chat.shown.chat, window.chat.shown.temporary = None, False  # closing asks about words that are not kept
    window.close()
    window.deleteLater()
