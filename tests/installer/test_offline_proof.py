"""The built program needs no network and looks for none.

It runs in a network namespace without an interface (what needed a network would fail), and with its system calls traced
in a namespace that has one (what asked for a network would show, also where it failed silently).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from .conftest import Built
from .living import live_in_the_terminal, live_in_the_window

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]

ALONE = ("unshare", "--map-root-user", "--net")


@pytest.fixture
def alone(built: Built) -> Built:
    """The program in a network namespace of its own, without an interface that is up."""
    if shutil.which("unshare") is None or subprocess.run([*ALONE, "true"], capture_output=True).returncode != 0:
        pytest.skip("needs unshare and a system that allows network namespaces")
    built.within = ALONE
    seen = subprocess.run([*ALONE, "cat", "/proc/net/dev", "/proc/net/route"], capture_output=True, text=True).stdout
    assert set(re.findall(r"(\w+):", seen)) <= {"lo", "sit0", "tunl0", "ip6tnl0"}
    return built


def test_the_terminal_lives_without_a_network(alone: Built) -> None:
    live_in_the_terminal(alone)


def test_the_window_lives_without_a_network(alone: Built, screen: dict[str, str]) -> None:
    live_in_the_window(alone, screen)


def test_the_models_are_inside_and_nothing_is_converted_or_written_for_them(alone: Built) -> None:
    alone.run("chat", "Hello.", "--max-tokens", "4")
    assert not (alone.home / "models").exists()
    assert sum(path.stat().st_size for path in alone.home.rglob("*") if path.is_file()) < 2e6


def test_nothing_is_left_outside_of_the_home(alone: Built) -> None:
    alone.run("chat", "Hello.", "--max-tokens", "4")
    assert [path for path in (alone.home.parent / "user").rglob("*") if path.is_file()] == []


@pytest.fixture
def traced(built: Built) -> Iterator[Built]:
    """The program with a network, and with every socket that it asks for written down. Checked at the end."""
    trace = built.home.parent / "trace"
    command = ("strace", "--follow-forks", "--seccomp-bpf", "--trace=socket,connect,execve", "--output", str(trace))
    if shutil.which("strace") is None or subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        pytest.skip("needs strace and a system that allows it")
    subprocess.run([*command, sys.executable, "-c", "import socket; socket.socket()"], check=True)
    assert "AF_INET" in trace.read_text()  # it would be seen
    trace.unlink()
    built.within = (*command, "--output-append-mode")
    yield built
    calls = trace.read_text().splitlines()
    assert any("execve" in call and str(built.program) in call for call in calls)
    assert [call for call in calls if "AF_INET" in call] == []


def test_the_terminal_asks_for_no_connection(traced: Built) -> None:
    live_in_the_terminal(traced)


def test_the_window_asks_for_no_connection(traced: Built, screen: dict[str, str]) -> None:
    live_in_the_window(traced, screen)
