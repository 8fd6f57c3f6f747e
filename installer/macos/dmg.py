"""The disk image for macOS: Hippo.app beside a link to the Applications folder. Not yet run on macOS.

Signed if HIPPO_SIGNING_IDENTITY names a certificate (PyInstaller signs the parts with the entitlements, see
`hippo.spec`), and notarised if HIPPO_NOTARY_PROFILE names a profile that `xcrun notarytool store-credentials` made.
"""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from assistant import __version__
from installer.bundle import Bundle


def make_dmg(bundle: Bundle, target: Path) -> list[Path]:
    """Hippo-VERSION-MACHINE.dmg in `target`; nothing without `hdiutil`."""
    if shutil.which("hdiutil") is None:
        return []
    content = target / "dmg-root"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir()
    shutil.copytree(bundle.folder, content / bundle.folder.name, symlinks=True)
    (content / "Applications").symlink_to("/Applications")
    image = target / f"Hippo-{__version__}-{platform.machine()}.dmg"
    _do("hdiutil", "create", "-ov", "-volname", "Hippo", "-format", "ULMO", "-srcfolder", str(content), str(image))
    shutil.rmtree(content)
    if identity := os.environ.get("HIPPO_SIGNING_IDENTITY"):
        _do("codesign", "--sign", identity, "--timestamp", str(image))
    if profile := os.environ.get("HIPPO_NOTARY_PROFILE"):
        _do("xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait")
        _do("xcrun", "stapler", "staple", str(image))
    return [image]


def _do(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603
