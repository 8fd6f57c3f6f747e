"""The built program needs no network and looks for none.

It runs in a network namespace without an interface (what needed a network would fail), and with its system calls traced
in a namespace that has one (what asked for a network would show, also where it failed silently).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from .conftest import PASSPHRASE, Built

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


@pytest.fixture
def screen(built: Built) -> Iterator[dict[str, str]]:
    """A screen to draw on; the tests' own tools see it, and so does the program."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool for a real window")
    ready, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(ready) as pipe:
        display = {"DISPLAY": f":{pipe.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    built.display = display
    try:
        yield os.environ | display
    finally:
        server.terminate()
        server.wait()


def live_in_the_terminal(hippo: Built) -> None:
    """First start, chat, recall, forgetting."""
    assert "Hippo" in hippo.run("--version")
    assert "-- " not in hippo.run("check")
    told = json.loads(hippo.run("chat", "My locker code is 4711.", "--json", "--max-tokens", "12"))
    assert told["answer"]
    asked = json.loads(hippo.run("chat", "What is my locker code?", "--json", "--max-tokens", "24"))
    assert "4711" in asked["answer"]
    assert asked["memories"]
    assert "4711" in hippo.run("memory", "search", "locker")
    hippo.run("memory", "forget", "--matching", "locker", "--yes")
    assert "4711" not in hippo.run("memory", "list")


@contextmanager
def window_of(hippo: Built, screen: dict[str, str]) -> Iterator[str]:
    """The window, opened and at the end closed in good order; gives its X11 id."""
    with (hippo.home.parent / "errors").open("w+") as errors:
        running = subprocess.Popen(
            hippo.command(), env=hippo.environment(), stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        try:
            search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Hippo"]
            found = subprocess.run(search, env=screen, capture_output=True, text=True, timeout=60)
            yield found.stdout.split()[0]
            os.killpg(running.pid, signal.SIGTERM)
            assert running.wait(30) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
            errors.seek(0)
            assert errors.read() == ""
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()


def live_in_the_window(hippo: Built, screen: dict[str, str]) -> None:
    """First start, chat and inspector by the keyboard alone; then the terminal recalls what was said and forgets it."""
    store = hippo.home / "store"

    def rows() -> set[str]:
        return {path.name for path in store.rglob("*.lance") if path.is_file()}

    def protect() -> None:
        press("ctrl+a")
        write(PASSPHRASE)
        press("Tab", "Tab")  # past the eye that shows it
        write(PASSPHRASE)
        press("Return")

    def say(text: str) -> None:
        press("ctrl+a")
        write(text)
        press("Return")

    def say_until_kept(text: str) -> None:
        before = rows()
        again_and_again(lambda: say(text), lambda: rows() != before, f"{text!r} to be kept")

    def press(*keys: str) -> None:
        hand(screen, "key", *keys)

    def write(text: str) -> None:
        hand(screen, "type", "--delay", "8", text)

    with window_of(hippo, screen) as window:
        hand(screen, "windowfocus", window)
        again_and_again(protect, (store / "owner.pid").exists, "the memory to be open")
        say_until_kept("Hello.")  # the same keys confirm the pages of the first start that are still in the way
        press("ctrl+i")
        say_until_kept("My bicycle is called Rosalind.")
    assert "Rosalind" in hippo.run("chat", "What is my bicycle called?", "--max-tokens", "24")
    hippo.run("memory", "forget", "--matching", "Rosalind", "--yes")
    assert "Rosalind" not in hippo.run("memory", "list")


def again_and_again(act: Callable[[], None], condition: Callable[[], bool], what: str) -> None:
    """Act until it shows: a page that is still being made ready hears nothing yet."""
    for _ in range(5):
        act()
        end = time.monotonic() + 8
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.1)
    pytest.fail(f"waited in vain for {what}")


def hand(screen: dict[str, str], *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env=screen, check=True, timeout=60)


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
