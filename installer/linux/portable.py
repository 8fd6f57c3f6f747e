"""The portable archive: unpack it anywhere and run ./hippo-portable; all that it writes stays in `home` beside it."""

import platform
import shutil
import subprocess
from pathlib import Path
from typing import Final

from assistant import __version__
from installer.bundle import Bundle

_STARTER: Final = """\
#!/bin/sh
# Starts Hippo with everything that it writes kept in the folder "home" beside this file.
here=$(dirname "$(readlink -f "$0")")
exec "$here/hippo" --home "${ASSISTANT_HOME:-$here/home}" "$@"
"""


def make_portable(bundle: Bundle, target: Path) -> list[Path]:
    """hippo-VERSION-linux-MACHINE.tar.zst in `target`; nothing without tar and zstd."""
    if not (shutil.which("tar") and shutil.which("zstd")):
        return []
    starter = target / "hippo-portable"
    starter.write_text(_STARTER, encoding="utf-8", newline="\n")
    starter.chmod(0o755)
    name = f"hippo-{__version__}-linux-{platform.machine()}"
    archive = target / f"{name}.tar.zst"
    subprocess.run(  # noqa: S603
        [
            *("tar", "--create", "--file", str(archive), "--use-compress-program", "zstd -T0 -12"),
            *("--sort=name", f"--mtime=@{bundle.moment}", "--owner=0", "--group=0", "--numeric-owner"),
            f"--transform=flags=r;s,^{starter.name}$,{name}/{starter.name},",
            f"--transform=flags=r;s,^{bundle.folder.name}\\(/\\|$\\),{name}\\1,",
            *("--directory", str(target), bundle.folder.name, starter.name),
        ],
        check=True,
    )
    starter.unlink()
    return [archive]
