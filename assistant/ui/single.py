"""One window for one home: a second start asks the first one to come to the front, and ends.

A local socket (a file or a named pipe of this machine), never a network. Not a lock: that nobody else writes to the
store is the store's own business.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from assistant.paths import Home

PATIENCE_MS = 2_000


class FirstInstance(QObject):
    """Listens for later starts on the same home.

    Signals:
        called: Somebody started Hippo again.
    """

    called = Signal()

    def __init__(self, server: QLocalServer) -> None:
        super().__init__()
        self._server = server
        server.setParent(self)
        server.newConnection.connect(self._hear)

    def close(self) -> None:
        """Listen no more, and leave no socket behind."""
        self._server.close()

    def _hear(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.called.emit()


def claim(home: Home) -> FirstInstance | None:
    """Be the first on this home; None where another Hippo was there before, which has been called to the front."""
    name = socket_name(home)
    lock = QLockFile(name + ".lock" if Path(name).is_absolute() else QDir.temp().filePath(name + ".lock"))
    lock.tryLock(PATIENCE_MS)  # two starts at the same moment: one after the other
    try:
        caller = QLocalSocket()
        caller.connectToServer(name)
        if caller.waitForConnected(PATIENCE_MS):
            caller.waitForDisconnected(PATIENCE_MS)
            return None
        QLocalServer.removeServer(name)  # nobody listens: what lies there is left from a crash
        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.listen(name)
        return FirstInstance(server)
    finally:
        lock.unlock()


def socket_name(home: Home) -> str:
    """Name of the socket of a home: from a hash of its path, in the user's own runtime folder where there is one."""
    user = str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "")
    path = os.path.normcase(home.root.expanduser().resolve())
    name = "hippo-" + hashlib.sha256(f"{user}\0{path}".encode()).hexdigest()[:20]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(runtime) / name) if runtime and Path(runtime).is_dir() else name
