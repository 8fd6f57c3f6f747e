"""The .deb on a bare system (`.ci/bare-debian` makes one): installed, started from its menu entry, used without a
network, and removed without a trace, but for what its user keeps.
"""

import hashlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import PASSPHRASE, ROOT, Built
from .living import live_in_the_terminal, live_in_the_window

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]

USER = "ada"
PACKAGE = "hippo-assistant"
CHANGES_BY_ITSELF = ("proc", "sys", "dev", "run", "tmp", "var/lib/dpkg", "var/log", "var/cache", f"home/{USER}")


@dataclass
class Installed(Built):
    """The installed program, for its user, with its own folder for data; `root` is where the bare system lies."""

    root: Path = Path()

    def command(self, *arguments: str) -> list[str]:
        # Without a network, and with the socket of the screen: nothing else of the machine is in the bare system.
        inside = 'mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" && mount -t proc proc "$0/proc" && exec chroot "$@"'
        user = (f"--userspec={USER}:{USER}", str(self.root), "env", "-C", f"/home/{USER}")
        alone = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child=SIGTERM")
        return [*alone, "sh", "-c", inside, str(self.root), *user, *self._program(), *arguments]

    def _program(self) -> list[str]:
        entry = (self.root / "usr/share/applications/hippo.desktop").read_text()
        (started,) = (line.removeprefix("Exec=") for line in entry.splitlines() if line.startswith("Exec="))
        return shlex.split(started)

    def environment(self) -> dict[str, str]:
        own = {"HOME": f"/home/{USER}", "USER": USER, "PATH": "/usr/sbin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return own | {"ASSISTANT_PASSPHRASE": PASSPHRASE}


@pytest.fixture
def bare() -> Path:
    """The bare system, without Hippo."""
    root, debs = ROOT / "build" / "bare", list((ROOT / "build" / "dist").glob("*.deb"))
    if not ((root / ".complete").exists() and len(debs) == 1 and os.geteuid() == 0 and shutil.which("unshare")):
        pytest.skip("needs root and a bare system: `python -m installer`, then .ci/bare-debian")
    (root / "tmp" / ".X11-unix").mkdir(mode=0o1777, exist_ok=True)
    shutil.copy(debs[0], root / "tmp" / "hippo.deb")
    subprocess.run(["chroot", str(root), "dpkg", "--purge", PACKAGE], capture_output=True)
    shutil.rmtree(root / "home" / USER / ".local", ignore_errors=True)
    data = ("install", "--directory", f"--owner={USER}", f"--group={USER}")
    for folder in (".local", ".local/share"):
        subprocess.run(["chroot", str(root), *data, f"/home/{USER}/{folder}"], check=True)
    return root


@pytest.fixture
def installed(bare: Path) -> Iterator[Installed]:
    subprocess.run(["chroot", str(bare), "dpkg", "--install", "/tmp/hippo.deb"], check=True, capture_output=True)
    yield Installed(bare / "usr/lib/hippo/hippo", bare / "home" / USER / ".local/share/Hippo", root=bare)
    subprocess.run(["chroot", str(bare), "dpkg", "--purge", PACKAGE], capture_output=True)


def files_of(root: Path, *, within: str = "", besides: tuple[str, ...] = ()) -> dict[str, str]:
    """The path of every file and link below, with the hash of what it holds."""
    found = {}
    for folder, names, files in os.walk(root / within):
        here = Path(folder).relative_to(root)
        names[:] = [name for name in names if str(here / name) not in besides]
        for name in files:
            path = root / here / name
            content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
            found[str(here / name)] = hashlib.sha256(content).hexdigest()
    return found


def test_from_the_menu_a_conversation_can_be_held_without_a_network(
    installed: Installed, screen: dict[str, str]
) -> None:
    live_in_the_window(installed, screen)


def test_the_terminal_can_be_used_without_a_network(installed: Installed) -> None:
    live_in_the_terminal(installed)


def test_removed_it_leaves_the_memory_of_its_user_and_nothing_else(bare: Path) -> None:
    before = files_of(bare, besides=CHANGES_BY_ITSELF)
    subprocess.run(["chroot", str(bare), "dpkg", "--install", "/tmp/hippo.deb"], check=True, capture_output=True)
    hippo = Installed(bare / "usr/lib/hippo/hippo", bare / "home" / USER / ".local/share/Hippo", root=bare)
    hippo.run("chat", "My locker code is 4711.", "--max-tokens", "8")
    kept = files_of(bare, within=f"home/{USER}")
    assert any(path.endswith("vault.json") for path in kept)
    removal = ["chroot", str(bare), "dpkg", "--remove", PACKAGE]
    done = subprocess.run(removal, check=True, capture_output=True, text=True)
    assert "~/.local/share/Hippo" in done.stdout
    assert files_of(bare, within=f"home/{USER}") == kept
    assert files_of(bare, besides=CHANGES_BY_ITSELF) == before
