"""The set-up program for Windows, made by Inno Setup. Written by its documentation; not yet run on Windows."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from assistant import __version__
from installer.bundle import Bundle

_SCRIPT: Final = Path(__file__).with_name("hippo.iss")
_USUAL: Final = Path(r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe")


def make_setup(bundle: Bundle, target: Path) -> list[Path]:
    """Hippo-VERSION-setup.exe in `target`; nothing without Inno Setup 6."""
    compiler = shutil.which("ISCC") or (str(_USUAL) if _USUAL.is_file() else None)
    if compiler is None:
        return []
    values = {"Version": __version__, "Bundle": bundle.folder, "Icons": bundle.icons, "Target": target}
    defined = [f"/D{name}={value}" for name, value in values.items()]
    subprocess.run([compiler, "/Qp", *defined, str(_SCRIPT)], check=True)  # noqa: S603
    return [target / f"Hippo-{__version__}-setup.exe"]
