"""The bundle: one folder with the program, everything that it runs on, its models, and the licences of it all."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installer.constraints import constraints
from installer.icons import make_icons
from installer.licences import collect
from installer.models import prepare

ROOT: Final = Path(__file__).parent.parent
SPEC: Final = ROOT / "installer" / "hippo.spec"
LICENCES: Final = "_internal/LICENCES.txt"


@dataclass(frozen=True)
class Bundle:
    """What was built.

    Attributes:
        folder: The program's folder; on macOS "Hippo.app".
        icons: All raster icons.
        moment: The time that all files carry, seconds since 1970.
    """

    folder: Path
    icons: Path
    moment: int


def source_moment() -> int:
    """When the source was last changed: SOURCE_DATE_EPOCH, or the last commit's time, or now. Even, for archives."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or _output("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    moment = int(given) if given.strip().isdigit() else int(time.time())
    return moment - moment % 2


def build(work: Path) -> Bundle:
    """Build the bundle below `work`, whose parts of an earlier build are used again or replaced.

    Raises:
        ModelError: A package with a model is missing.
        CalledProcessError: PyInstaller failed; it said why.
    """
    moment, icons = source_moment(), work / "icons"
    models = prepare(work, moment)
    make_icons(icons)
    licences = work / "LICENCES.txt"
    licences.write_text(collect(), encoding="utf-8")
    prepared = {"HIPPO_MODELS": str(models), "HIPPO_ICONS": str(icons), "HIPPO_LICENCES": str(licences)}
    if sys.platform == "win32":
        from installer.windows.version import write_version_info

        prepared["HIPPO_VERSION_INFO"] = str(write_version_info(work))
    subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"),
            *("--workpath", str(work / "pyinstaller"), "--distpath", str(work / "dist"), str(SPEC)),
        ],
        cwd=ROOT,
        env=os.environ | prepared | {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment)},
        check=True,
    )
    folder = work / "dist" / "hippo"
    if sys.platform == "linux":
        _strip_python(folder)
        (folder / LICENCES).write_text(collect(folder), encoding="utf-8")
    (work / "dist" / "constraints.txt").write_text(constraints(), encoding="utf-8", newline="\n")
    if sys.platform == "darwin":
        folder = work / "dist" / "Hippo.app"
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (moment, moment), follow_symlinks=not _can_date_links())
    return Bundle(folder, icons, moment)


def _strip_python(folder: Path) -> None:
    """Take the debugging tables out of Python's library (17 MB where Python was built from source). Wheels come
    stripped, and some of theirs break when it is done again."""
    if shutil.which("strip"):
        for library in (folder / "_internal").glob("libpython*.so*"):
            subprocess.run(["strip", "--strip-debug", str(library)], check=True)  # noqa: S603, S607


def _can_date_links() -> bool:
    return os.utime in os.supports_follow_symlinks


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout  # noqa: S603
    except OSError:
        return ""
