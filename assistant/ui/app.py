"""Starts the window: the application, the session of one home, the two lanes, and a clean end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from assistant import __version__
from assistant.ui import icons
from assistant.ui.ending import Ending
from assistant.ui.language import speak
from assistant.ui.single import claim
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme
from assistant.ui.upkeep import NOTICE_SECONDS

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.paths import Home


def run_demo() -> int:
    """Show the window of a made-up memory in a temporary folder, which is removed at the end.

    Raises:
        HippoError: The folder cannot be used, or the embedder is missing.
    """
    from assistant.conversation.demo import PASSPHRASE, demo_home, seed
    from assistant.conversation.session import Session

    with demo_home() as home:
        session = Session(home, keyring=None)
        seed(session)
        return run(home, session, demo_passphrase=PASSPHRASE)


def run(home: Home, session: Session | None = None, *, demo_passphrase: str = "") -> int:
    """Show the window of this home until it is closed; returns the exit status.

    Where the home has a window already, that one comes to the front instead.

    Args:
        home: The folder.
        session: Of this home, where it is opened already. It is closed at the end.
        demo_passphrase: Where this is the demo, what opens it: the window says so.

    Raises:
        InputError: The settings cannot be read.
        StoreError: A restore that was cut off cannot be finished.
    """
    from assistant.conversation.session import Session
    from assistant.ui.main_window import MainWindow

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Hippo")
    app.setApplicationDisplayName("Hippo")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("hippo")
    app.setWindowIcon(icons.logo())
    first = claim(home)
    if first is None:
        return 0
    session = session or Session(home)
    speak(app, session.settings.appearance.language)
    apply_theme(app, session.settings.appearance.theme, session.settings.appearance.text_scale)
    home.create()
    geometry = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
    tasks = Tasks()
    window = MainWindow(session, tasks, geometry=geometry)
    first.called.connect(window.come_forward)
    window.show()
    QTimer.singleShot(0, window, window.start)
    if demo_passphrase:
        notice = QCoreApplication.translate(
            "Demo", "This is a demo: everything in it was made up. Its passphrase is “{passphrase}”."
        ).format(passphrase=demo_passphrase)
        QTimer.singleShot(0, window, lambda: window.toaster.show(notice, seconds=NOTICE_SECONDS))
    ending = Ending()
    ending.wanted.connect(window.end)
    try:
        return app.exec()
    finally:
        ending.close()
        first.close()
        tasks.close(session.close)
