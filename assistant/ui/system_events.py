"""What the desktop tells: that the screen was locked, and that the computer is about to sleep.

Listens on D-Bus where there is one (Linux and its kin): screen savers and systemd-logind. Elsewhere it stays silent,
and the window notices only afterwards that the computer slept (see `awake_seconds`). D-Bus is a local socket, no
network.
"""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_MANAGER = f"{LOGIN}.Manager"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


def awake_seconds() -> float:
    """A clock that goes on while the computer sleeps, in seconds from any point."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()


class SystemEvents(QObject):
    """Listens to the desktop.

    Attributes:
        tells_of_screen: Whether this platform can say that the screen is locked.
        tells_of_sleep: Whether it says beforehand that the computer is about to sleep.

    Signals:
        screen_locked: The screen was locked, or the session was told to lock.
        falling_asleep: The computer is about to sleep. It waits (a few seconds at most) for `let_sleep`.
    """

    screen_locked = Signal()
    falling_asleep = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tells_of_screen = False
        self.tells_of_sleep = False
        self._delay: object | None = None
        self._asking: object | None = None
        if sys.platform.startswith(("linux", "freebsd", "openbsd", "netbsd")):
            self._listen_on_dbus()

    def let_sleep(self) -> None:
        """All is locked: the computer need not wait any longer."""
        self._delay = None  # closing the descriptor is the permission

    def _listen_on_dbus(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a Qt without D-Bus
            return
        if _has_session_bus():
            session = QDBusConnection.sessionBus()
            for saver in SCREEN_SAVERS:
                self.tells_of_screen |= self._hear(session, "", saver, "ActiveChanged", "_on_screen(bool)")
        if _has_system_bus():
            system = QDBusConnection.systemBus()
            own = _session_path(os.environ.get("XDG_SESSION_ID", ""))
            self.tells_of_screen |= self._hear(system, own, f"{LOGIN}.Session", "Lock", "_on_lock()")
            self.tells_of_sleep = self._hear(system, _LOGIN_PATH, _MANAGER, "PrepareForSleep", "_on_sleep(bool)")
            if self.tells_of_sleep:
                self._ask_for_delay()

    def _hear(self, bus: object, path: str, interface: str, name: str, slot: str) -> bool:
        connect = getattr(bus, "connect")  # noqa: B009 - its annotation demands bytes, its implementation text
        return bool(bus.isConnected() and connect("", path, interface, name, self, f"1{slot}"))  # type: ignore[attr-defined]

    def _ask_for_delay(self) -> None:
        """Ask systemd-logind to wait before the computer sleeps until everything is locked."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(LOGIN, _LOGIN_PATH, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "Hippo", "Locks the memory", "delay"])
        watcher = QDBusPendingCallWatcher(QDBusConnection.systemBus().asyncCall(call), self)

        def answered() -> None:
            given = watcher.reply().arguments() if not watcher.isError() else []
            self._delay = given[0] if given else None
            watcher.deleteLater()
            self._asking = None

        watcher.finished.connect(answered)
        self._asking = watcher

    @Slot(bool)
    def _on_screen(self, active: bool) -> None:
        if active:
            self.screen_locked.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.screen_locked.emit()

    @Slot(bool)
    def _on_sleep(self, begins: bool) -> None:
        if begins:
            self.falling_asleep.emit()
        else:
            self._ask_for_delay()


def _has_session_bus() -> bool:
    """Whether there is a session bus already: without this, asking for one might start one."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    return bool(named) or Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus").exists()


def _has_system_bus() -> bool:
    return bool(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")) or any(
        Path(path).exists() for path in ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
    )


def _session_path(session: str) -> str:
    """The object of a login session, as systemd names it (`sd_bus_path_encode`); "" is any."""
    if not session:
        return ""
    encoded = "".join(
        letter if (letter.isascii() and letter.isalpha()) or (letter.isdigit() and at) else f"_{ord(letter):02x}"
        for at, letter in enumerate(session)
    )
    return f"{_LOGIN_PATH}/session/{encoded}"
