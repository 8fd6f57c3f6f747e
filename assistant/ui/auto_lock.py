"""When Hippo locks by itself: after a time without input, with the screen, before sleep. How it locks is the window's
business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from assistant.ui.system_events import SystemEvents, awake_seconds

if TYPE_CHECKING:
    from assistant.conversation.session import Session

CHECK_MS = 5_000
SLEPT_SECONDS = 60.0
"""So much longer than planned between two looks at the clock, and the computer must have slept."""

_INPUT = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class AutoLock(QObject):
    """Watches for input, and for what the system tells.

    Attributes:
        system: What the system tells.
        last_input, last_look: When somebody was there, and when the clock was read; seconds without those of sleep.

    Signals:
        lock_wanted: It is time.
    """

    lock_wanted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watched: QWindow | None = None
        self.last_input = self.last_look = awake_seconds()
        self.system = SystemEvents(self)
        self.system.screen_locked.connect(self._screen_was_locked)
        self.system.falling_asleep.connect(self._falling_asleep)
        self._clock = QTimer(self, interval=CHECK_MS)
        self._clock.timeout.connect(self.check)
        self._clock.start()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._watch)

    def begin(self) -> None:
        """Somebody is there: the memory was opened just now."""
        self.last_input = self.last_look = awake_seconds()

    def check(self) -> None:
        """Look at the clock."""
        chosen, present = self._session.settings.privacy, awake_seconds()
        slept = present - self.last_look > CHECK_MS / 1000 + SLEPT_SECONDS
        self.last_look = present
        idle = chosen.lock_after_minutes and present - self.last_input >= 60 * chosen.lock_after_minutes
        if idle or (slept and chosen.lock_on_suspend):
            self.lock_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there."""
        if event.type() in _INPUT:
            self.last_input = awake_seconds()
        return super().eventFilter(watched, event)

    def _screen_was_locked(self) -> None:
        if self._session.settings.privacy.lock_with_screen:
            self.lock_wanted.emit()

    def _falling_asleep(self) -> None:
        if self._session.settings.privacy.lock_on_suspend:
            self.lock_wanted.emit()
        else:
            self.system.let_sleep()

    def _watch(self, window: QWindow | None) -> None:
        """Listen to the window that has the keyboard (this one, a dialog, the floating inspector), and to no other.

        A filter on the whole application would see each event of each widget, several thousand in a second.
        """
        if not isValid(self):
            return
        self.last_input = awake_seconds()
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
