"""The offline guard: no network connection is opened unless the user pressed Download.

It hangs in Python's own audit events, so no library that is written in Python can reach round it. Native code
raises no audit events: that none of the native libraries connects is checked by running the product in a network
namespace without an interface (see tests). One does where the user has set a place to share memories at: LanceDB, in
`assistant.store.shared` only. Local sockets (X11, D-Bus, the keyring) are not a network.
"""

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

from assistant.errors import OfflineError

_permission = threading.local()
_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_RESOLVING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_guarded = threading.Event()


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTING:
        connection, address = arguments[0], arguments[1]
        if connection.family not in (socket.AF_INET, socket.AF_INET6) or _is_permitted():
            return
        # On Windows a socket pair inside one process is made of a loopback connection.
        if sys.platform == "win32" and address and address[0] in _LOOPBACK:
            return
    elif event not in _RESOLVING or _is_permitted() or (sys.platform == "win32" and arguments[0] in _LOOPBACK):
        return
    raise OfflineError("A network connection was refused: Hippo works offline.")


def _is_permitted() -> bool:
    return getattr(_permission, "given", False)


def guard_process() -> None:
    """Refuse network connections of this process from now on. It cannot be undone; a second call does nothing."""
    if not _guarded.is_set():
        _guarded.set()
        sys.addaudithook(_guard)


def is_guarded() -> bool:
    """Whether `guard_process` was called."""
    return _guarded.is_set()


@contextlib.contextmanager
def permitted() -> Iterator[None]:
    """Let the current thread connect, for a download that the user asked for."""
    _permission.given = True
    try:
        yield
    finally:
        _permission.given = False
