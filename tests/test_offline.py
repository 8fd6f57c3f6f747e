"""The offline guard, in a process of its own: an audit hook cannot be taken off again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def in_a_guarded_process(code: str) -> str:
    setup = "import socket; from assistant import offline; from assistant.errors import OfflineError\n"
    setup += "offline.guard_process()\n"
    done = subprocess.run([sys.executable, "-c", setup + code], capture_output=True, text=True)
    return done.stdout + done.stderr.strip().rsplit("\n", 1)[-1]


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.invalid', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6).connect_ex(('::1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="loopback is let through there")
def test_a_guarded_process_refuses_every_connection(attempt: str) -> None:
    assert "OfflineError" in in_a_guarded_process(attempt)


def test_a_refused_connection_never_reaches_the_network() -> None:
    code = """
server = socket.create_server(('127.0.0.1', 0)); server.settimeout(0.2)
client = socket.socket()
try:
    client.connect(server.getsockname())
except OfflineError:
    print('refused')
try:
    server.accept()
except TimeoutError:
    print('nobody came')
"""
    if sys.platform != "win32":
        assert "refused\nnobody came" in in_a_guarded_process(code)


def test_a_download_that_the_user_asked_for_may_connect() -> None:
    code = """
server = socket.create_server(('127.0.0.1', 0))
with offline.permitted():
    socket.create_connection(server.getsockname()).close()
print('connected')
"""
    assert "connected" in in_a_guarded_process(code)


@pytest.mark.skipif(not hasattr(__import__("socket"), "AF_UNIX"), reason="needs local sockets")
def test_local_sockets_are_not_a_network() -> None:
    assert "fine" in in_a_guarded_process("a, b = socket.socketpair(); a.sendall(b'x'); print('fine')")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at where Linux keeps caches")
def test_a_model_runtime_that_is_started_leaves_no_device_id_and_no_events_behind(tmp_path: Path) -> None:
    # Telemetry that cannot be sent is kept in a database in the user's cache folder, beside a lasting device id.
    code = "try: open_session(Path('none.onnx'))\nexcept ModelError: pass"
    places = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")}
    imports = "from pathlib import Path\nfrom assistant.errors import ModelError\n"
    imports += "from assistant.models.runtime import open_session\n"
    subprocess.run([sys.executable, "-c", imports + code], check=True, env=os.environ | places, timeout=60)
    assert list(tmp_path.iterdir()) == []
