"""What people do with the built program: in the terminal, and in the window by the keyboard alone."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from .conftest import PASSPHRASE, Built


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
            hippo.command(),
            env=hippo.environment() | screen,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        try:
            search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Hippo"]
            found = subprocess.run(search, env=os.environ | screen, capture_output=True, text=True, timeout=60)
            yield found.stdout.split()[0]
            os.killpg(running.pid, signal.SIGTERM)
            assert running.wait(30) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
            errors.seek(0)
            complaints = errors.read()
            assert complaints == ""
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
    subprocess.run(["xdotool", *arguments], env=os.environ | screen, check=True, timeout=60)
