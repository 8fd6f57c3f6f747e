"""Whether there is a screen: somebody has to answer, not just a variable to be set."""

import socket
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.cli.check import has_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("display", ["", ":4242", "unix:4242.0", "nonsense", "elsewhere:0"])
def test_an_x_display_that_nobody_serves_is_none(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not has_display()


def test_an_x_server_that_answers_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4243.0")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X4243")
        server.listen()
        assert has_display()
    assert not has_display()


def test_a_wayland_compositor_that_answers_is_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not has_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert has_display()


@pytest.mark.parametrize(("platform", "there"), [("offscreen", True), ("vnc:size=10x10", True), ("xcb", False)])
def test_a_screen_that_qt_draws_itself_counts(platform: str, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert has_display() is there


def test_the_demo_says_that_it_needs_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--demo"]) == 1
    told = capsys.readouterr()
    assert not told.out
    assert "no display here" in told.err


def test_the_demo_takes_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--demo", "memory", "stats"]) == 1
    assert "takes no command" in capsys.readouterr().err
