"""What Linux installs from, made of a small program that stands in for the real one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.bundle import Bundle
from installer.icons import make_icons
from installer.linux.deb import make_deb
from installer.linux.elf import needs
from installer.linux.portable import make_portable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="about packages for Linux")

MOMENT = 1_700_000_000


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """A program that says where it was told to keep things, a native program beside it, and the icons."""
    folder = tmp_path / "dist" / "hippo"
    (folder / "_internal").mkdir(parents=True)
    (folder / "hippo").write_text('#!/bin/sh\necho "$@"\n')
    (folder / "hippo").chmod(0o755)
    shutil.copy("/bin/true", folder / "_internal" / "native")
    (folder / "_internal" / "link").symlink_to("native")
    (folder / "_internal" / "LICENCES.txt").write_text("all licences")
    for path in folder.rglob("*"):
        os.utime(path, (MOMENT, MOMENT), follow_symlinks=False)
    make_icons(tmp_path / "icons")
    return Bundle(folder, tmp_path / "icons", MOMENT)


def test_the_portable_program_keeps_everything_beside_itself(bundle: Bundle, tmp_path: Path) -> None:
    if not (shutil.which("tar") and shutil.which("zstd")):
        pytest.skip("needs tar and zstd")
    (archive,) = make_portable(bundle, bundle.folder.parent)
    (tmp_path / "elsewhere").mkdir()
    subprocess.run(["tar", "-xf", str(archive), "-C", str(tmp_path / "elsewhere")], check=True)
    (folder,) = (tmp_path / "elsewhere").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["_internal", "hippo", "hippo-portable"]
    said = subprocess.run([str(folder / "hippo-portable"), "check"], capture_output=True, text=True, check=True).stdout
    assert said == f"--home {folder}/home check\n"
    assert (folder / "_internal" / "link").readlink() == Path("native")
    assert (folder / "hippo").stat().st_mtime == MOMENT  # or each start would read the models again


@pytest.fixture
def unpacked(bundle: Bundle, tmp_path: Path) -> Path:
    if not all(map(shutil.which, ("dpkg-deb", "dpkg-query", "objdump"))):
        pytest.skip("needs dpkg and binutils")
    (deb,) = make_deb(bundle, bundle.folder.parent)
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", str(deb), str(root)], check=True)
    return root


def test_the_package_brings_the_program_its_menu_entry_icons_and_licences(unpacked: Path) -> None:
    said = subprocess.run([str(unpacked / "usr/bin/hippo"), "hello"], capture_output=True, text=True, check=True).stdout
    assert said == "hello\n"
    share = unpacked / "usr/share"
    for file in (
        "applications/hippo.desktop",
        "icons/hicolor/16x16/apps/hippo.png",
        "icons/hicolor/512x512/apps/hippo.png",
        "icons/hicolor/scalable/apps/hippo.svg",
        "metainfo/io.github.hippo_assistant.Hippo.metainfo.xml",
        "man/man1/hippo.1.gz",
        "doc/hippo-assistant/copyright",
        "doc/hippo-assistant/changelog.gz",
    ):
        assert (share / file).is_file(), file
    assert (share / "doc/hippo-assistant/licences-of-all-parts.txt").read_text() == "all licences"
    assert (unpacked / "usr/lib/hippo/hippo").stat().st_mtime == MOMENT


def test_the_package_asks_for_what_its_binaries_are_linked_with(unpacked: Path) -> None:
    control = (unpacked / "DEBIAN/control").read_text()
    assert "\nDepends: libc6 (>= 2." in control
    assert "$" not in control


def test_every_file_of_the_package_can_be_checked(unpacked: Path) -> None:
    done = subprocess.run(["md5sum", "--quiet", "-c", "DEBIAN/md5sums"], cwd=unpacked, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_a_program_carries_itself_is_not_asked_of_the_system(bundle: Bundle) -> None:
    if shutil.which("objdump") is None:
        pytest.skip("needs binutils")
    found = needs(bundle.folder)
    assert "libc.so.6" in found.libraries
    assert found.glibc >= (2, 2)
    shutil.copy("/bin/true", bundle.folder / "_internal" / "libc.so.6")
    assert "libc.so.6" not in needs(bundle.folder).libraries
