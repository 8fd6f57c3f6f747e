"""Ends the window in good order when the system asks for it: SIGTERM, SIGINT (Ctrl+C).

Python would call a handler wherever its interpreter happens to be on this thread, in the middle of a repaint too, where
no window may be closed. So the handlers do nothing, and a byte that Python writes for each signal wakes the event loop.
"""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Ending(QObject):
    """Hears of signals while it lives.

    Signals:
        wanted: The program shall end.
    """

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours, self._pythons = socket.socketpair()
        for end in (self._ours, self._pythons):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before = signal.set_wakeup_fd(self._pythons.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _awaited)

    def close(self) -> None:
        """Hear no more: what comes from now on is passed over, as the end is under way."""
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        for end in (self._ours, self._pythons):
            end.close()

    def _hear(self) -> None:
        if self._ours.recv(64):
            self.wanted.emit()


def _awaited(_signal: int, _frame: FrameType | None) -> None:
    """The event loop hears of it."""
