"""Two programs on one home: the second calls the first to the front, and a crash leaves nothing in the way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

PROGRAM = """
import sys
from pathlib import Path
from assistant.paths import Home
from assistant.ui import app, main_window

def tell(name):
    act = getattr(main_window.MainWindow, name)
    def told(window):
        act(window)
        print(name, flush=True)
    setattr(main_window.MainWindow, name, told)

tell("start")
tell("come_forward")
sys.exit(app.run(Home(Path(sys.argv[1]))))
"""


class Starter:
    """Starts programs, and ends those that are left."""

    def __init__(self, runtime: Path | None) -> None:
        self.environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.environment.pop("XDG_RUNTIME_DIR", None)
        if runtime is not None:
            self.environment["XDG_RUNTIME_DIR"] = str(runtime)
        self.started: list[subprocess.Popen[str]] = []

    def start(self, home: Path) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", PROGRAM, str(home)]
        program = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        self.started.append(program)
        return program


@pytest.fixture(params=["runtime folder", "no runtime folder"])
def starter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Starter]:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    starter = Starter(runtime if request.param == "runtime folder" else None)
    yield starter
    for program in starter.started:
        program.kill()
        program.wait()
        said(program).close()


def said(program: "subprocess.Popen[str]") -> IO[str]:
    assert program.stdout is not None
    return program.stdout


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(starter: Starter, tmp_path: Path) -> None:
    first = starter.start(tmp_path / "home")
    assert said(first).readline() == "start\n"
    second = starter.start(tmp_path / "home")
    assert second.wait(30) == 0
    assert said(second).read() == ""
    assert said(first).readline() == "come_forward\n"
    assert first.poll() is None
    other = starter.start(tmp_path / "other")
    assert said(other).readline() == "start\n"


def test_after_a_crash_hippo_starts_again(starter: Starter, tmp_path: Path) -> None:
    first = starter.start(tmp_path / "home")
    assert said(first).readline() == "start\n"
    first.kill()
    first.wait()
    again = starter.start(tmp_path / "home")
    assert said(again).readline() == "start\n"
    second = starter.start(tmp_path / "home")
    assert second.wait(30) == 0
