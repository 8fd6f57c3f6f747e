"""The built program, where there is one: `python -m installer` makes it. HIPPO_BUNDLE names it if it lies elsewhere."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.screen import screen as a_screen
from tests.screen import there_is_one

ROOT = Path(__file__).parents[2]
PASSPHRASE = "correct horse battery staple"


@dataclass
class Built:
    """The built program on a home of its own. `within` is a command that the program is run by."""

    program: Path
    home: Path
    within: Sequence[str] = ()

    def command(self, *arguments: str) -> list[str]:
        return [*self.within, str(self.program), "--home", str(self.home), *arguments]

    def environment(self) -> dict[str, str]:
        """Nothing of the Python that runs the tests, no keyring, and folders for caches that can be looked into."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        scratch = self.home.parent / "user"
        scratch.mkdir(exist_ok=True)
        own = {"HOME": str(scratch), "ASSISTANT_PASSPHRASE": PASSPHRASE, "LC_ALL": "C.UTF-8"}
        return kept | own | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def program() -> Path:
    folder = Path(os.environ.get("HIPPO_BUNDLE") or ROOT / "build" / "dist" / "hippo")
    file = folder / ("assistant.exe" if sys.platform == "win32" else "hippo")
    if not file.is_file():
        pytest.skip("no program was built: `python -m installer` does it")
    return file


@pytest.fixture
def built(program: Path, tmp_path: Path) -> Built:
    return Built(program, tmp_path / "home")


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """A screen to draw on: how to find it, as variables of the environment."""
    if not there_is_one():
        pytest.skip("needs Xvfb and xdotool for a real window")
    with a_screen() as display:
        yield display
