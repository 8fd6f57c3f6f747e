"""Runs the real command line on a home of its own: in this process (quick), or in processes of its own."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import keyring
import keyring.backends.fail
import pytest

from assistant.cli.main import run
from assistant.paths import Home

PASSPHRASE = "a passphrase for tests"


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Terminal:
    """Commands on one home folder. `keys` are environment variables for every command."""

    home: Path
    keys: dict[str, str]

    def environment(self) -> dict[str, str]:
        screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "ASSISTANT_PASSPHRASE")
        inherited = {name: value for name, value in os.environ.items() if name not in screens}
        return inherited | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"} | self.keys

    def run(self, *arguments: str, stdin: str | None = None) -> Done:
        out, err = io.StringIO(), io.StringIO()
        before = keyring.get_keyring()
        keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
        try:
            with (
                mock.patch.dict(os.environ, self.environment(), clear=True),
                mock.patch("sys.stdin", io.StringIO(stdin or "")),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
            ):
                try:
                    status = run(["--home", str(self.home), *arguments])
                except SystemExit as ended:  # argparse, after --help or a usage error
                    status = int(ended.code or 0)
        finally:
            keyring.set_keyring(before)
        return Done(status, out.getvalue(), err.getvalue())

    def lines(self, *arguments: str, stdin: str | None = None) -> list[dict[str, Any]]:
        """The JSON lines that a command prints; it must succeed."""
        done = self.run(*arguments, "--json", stdin=stdin)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def ok(self, *arguments: str, stdin: str | None = None) -> str:
        """What a command prints on stdout; it must succeed."""
        done = self.run(*arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Processes(Terminal):
    """The same, each command in a process of its own, where every Python warning is an error."""

    def run(self, *arguments: str, stdin: str | None = None) -> Done:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "assistant", "--home", str(self.home), *arguments],
            env=self.environment(),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def with_models(home: Path, model_home: Home) -> Path:
    """A fresh home that shares the converted models, so that a test need not convert them again."""
    home.mkdir()
    (home / "models").symlink_to(model_home.models, target_is_directory=True)
    return home


@pytest.fixture
def terminal(tmp_path: Path, model_home: Home) -> Terminal:
    return Terminal(with_models(tmp_path / "home", model_home), {"ASSISTANT_PASSPHRASE": PASSPHRASE})


@pytest.fixture
def processes(terminal: Terminal) -> Processes:
    return Processes(terminal.home, terminal.keys)
