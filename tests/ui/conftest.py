"""Shared by all tests of the window: one offscreen application, and work that runs inline."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme

OF_THE_OFFSCREEN_PLATFORM = "This plugin does not support "

_complaints: list[str] = []


def _listen(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    harmless = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or text.startswith(OF_THE_OFFSCREEN_PLATFORM)
    if not harmless:
        _complaints.append(text)


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The one application of all tests of the window."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["hippo-tests"])
    app.setQuitOnLastWindowClosed(False)
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
