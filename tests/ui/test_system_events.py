"""What the desktop tells, over a D-Bus of the test's own with a stand-in for systemd-logind."""

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtDBus import QDBusUnixFileDescriptor

from assistant.ui.system_events import _session_path, awake_seconds

DESKTOP = """
import os
from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
LOGIN = "/org/freedesktop/login1"


class Login(QDBusVirtualObject):
    asked = Signal()

    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):
        print(message.member(), *message.arguments(), flush=True)
        self.reading, writing = os.pipe()
        descriptor = QDBusUnixFileDescriptor(writing)
        os.close(writing)
        sent = connection.send(message.createReply([descriptor]))
        self.asked.emit()
        return sent


def tell(path, interface, name, *arguments):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    bus.send(message)


def begin():
    tell("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    tell("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
    tell(LOGIN + "/session/_39", "org.freedesktop.login1.Session", "Lock")
    tell(LOGIN + "/session/_32", "org.freedesktop.login1.Session", "Lock")
    tell(LOGIN, "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    login.notifier = QSocketNotifier(login.reading, QSocketNotifier.Type.Read)
    login.notifier.activated.connect(released)


def released():
    print("may sleep", os.read(login.reading, 1), flush=True)
    app.quit()


login = Login()
login.asked.connect(lambda: QTimer.singleShot(200, begin))
assert bus.registerVirtualObject(LOGIN, login)
assert bus.registerService("org.freedesktop.login1")
print("ready", flush=True)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""

HIPPO = """
import os
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
os.environ["XDG_SESSION_ID"] = "2"
from PySide6.QtCore import QCoreApplication, QTimer
from assistant.ui.system_events import SystemEvents

app = QCoreApplication([])
events = SystemEvents()
print("tells", events.tells_of_screen, events.tells_of_sleep, flush=True)
events.screen_locked.connect(lambda: print("screen locked", flush=True))


def sleepy():
    print("falling asleep", flush=True)
    events.let_sleep()
    QTimer.singleShot(300, app.quit)


events.falling_asleep.connect(sleepy)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


def has_dbus() -> bool:
    return shutil.which("dbus-run-session") is not None and bool(QDBusUnixFileDescriptor.isSupported())


@pytest.mark.skipif(not has_dbus(), reason="this machine has no D-Bus daemon")
def test_it_hears_of_the_locked_screen_and_holds_up_sleep_until_all_is_locked() -> None:
    both = """
    exec 3< <("$0" -c "$1"); read -r line <&3; [ "$line" = ready ] || exit 9
    "$0" -c "$2"; cat <&3
    """
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", both, sys.executable, DESKTOP, HIPPO],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout.splitlines() == [
        "tells True True",
        "screen locked",  # by the screen saver; that it ended was passed over
        "screen locked",  # by systemd-logind, for this session and not for the other
        "falling asleep",
        "Inhibit sleep Hippo Locks the memory delay",
        "may sleep b''",
    ], done.stderr


def test_without_any_bus_it_is_silent_and_starts_none() -> None:
    hidden = {"DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR"}
    program = """
import assistant.ui.system_events as events
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
events._has_system_bus = lambda: False
heard = events.SystemEvents()
heard.let_sleep()
print(heard.tells_of_screen, heard.tells_of_sleep)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env={name: value for name, value in os.environ.items() if name not in hidden},
    )
    assert done.stdout.strip() == "False False", done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("session", "path"),
    [
        ("", ""),
        ("2", "/org/freedesktop/login1/session/_32"),
        ("c12", "/org/freedesktop/login1/session/c12"),
        ("12", "/org/freedesktop/login1/session/_312"),
        ("a-b", "/org/freedesktop/login1/session/a_2db"),
    ],
)
def test_a_session_is_found_under_the_name_that_systemd_gives_it(session: str, path: str) -> None:
    assert _session_path(session) == path


def test_the_clock_goes_on() -> None:
    first = awake_seconds()
    assert awake_seconds() >= first > 0
