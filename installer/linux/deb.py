"""The Debian package: the bundle in /usr/lib/hippo, an entry in the menu, icons, AppStream metadata, a manual page.

What it depends on is read from the binaries, not guessed. Its scripts never touch what users keep in their homes.
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from string import Template
from typing import Final

from assistant import __version__
from installer.bundle import LICENCES, ROOT, Bundle
from installer.icons import SIZES, SOURCE
from installer.licences import owning_packages
from installer.linux.elf import needs

_HERE: Final = Path(__file__).parent
_PACKAGE: Final = "hippo-assistant"
_OPTIONAL: Final = r"printsupport/libcups"
_SCRIPTS: Final = ("postinst", "prerm", "postrm")


def make_deb(bundle: Bundle, target: Path) -> list[Path]:
    """hippo-assistant_VERSION_ARCHITECTURE.deb in `target`; nothing where the tools of Debian are missing."""
    if not all(map(shutil.which, ("dpkg-deb", "dpkg-query", "objdump"))):
        return []
    architecture = _output("dpkg", "--print-architecture")
    root = target / "deb-root"
    shutil.rmtree(root, ignore_errors=True)
    _lay_out(bundle, root)
    _describe(bundle, root, architecture)
    for path in [root, *root.rglob("*")]:
        os.utime(path, (bundle.moment, bundle.moment), follow_symlinks=False)
    deb = target / f"{_PACKAGE}_{__version__}_{architecture}.deb"
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(bundle.moment)}
    # Zstandard: every dpkg that has the libraries that this is linked with can read it, in a tenth of xz's time.
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(root), str(deb)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    shutil.rmtree(root)
    return [deb]


def _lay_out(bundle: Bundle, root: Path) -> None:
    share = root / "usr" / "share"
    program = root / "usr" / "lib" / "hippo"
    shutil.copytree(bundle.folder, program, symlinks=True, copy_function=_link_or_copy)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "hippo").symlink_to("../lib/hippo/hippo")
    for edge in SIZES:
        _put(bundle.icons / f"hippo-{edge}.png", share / f"icons/hicolor/{edge}x{edge}/apps/hippo.png")
    _put(SOURCE / "hippo.svg", share / "icons/hicolor/scalable/apps/hippo.svg")
    _put(_HERE / "hippo.desktop", share / "applications/hippo.desktop")
    metadata = share / "metainfo/io.github.hippo_assistant.Hippo.metainfo.xml"
    _fill(_HERE / "metainfo.xml", metadata, date=_output("date", "-u", "-d", f"@{bundle.moment}", "+%F"))
    documents = share / "doc" / _PACKAGE
    _put(_HERE / "copyright", documents / "copyright")
    (documents / "licences-of-all-parts.txt").symlink_to(f"../../../lib/hippo/{LICENCES}")
    _pack((ROOT / "CHANGELOG.md").read_bytes(), documents / "changelog.gz")
    _pack((_HERE / "hippo.1").read_bytes(), share / "man/man1/hippo.1.gz")


def _describe(bundle: Bundle, root: Path, architecture: str) -> None:
    required = needs(bundle.folder, but=_OPTIONAL)
    optional = needs(bundle.folder).libraries - required.libraries
    packages = owning_packages(required.libraries) - {"libc6"}
    glibc = ".".join(map(str, required.glibc))
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    control = root / "DEBIAN"
    control.mkdir()
    _fill(
        _HERE / "control",
        control / "control",
        architecture=architecture,
        size=str(sum(-(-path.stat().st_size // 1024) for path in files)),
        depends=", ".join([f"libc6 (>= {glibc})", *sorted(packages)]),
        recommends=", ".join(["fonts-dejavu-core | fonts-noto-core", *sorted(owning_packages(optional))]),
    )
    sums = (f"{_md5(path)}  {path.relative_to(root)}\n" for path in files)
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for name in _SCRIPTS:
        _put(_HERE / name, control / name, mode=0o755)


def _put(source: Path, target: Path, *, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _fill(template: Path, target: Path, **values: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = Template(template.read_text(encoding="utf-8")).substitute(values, version=__version__)
    target.write_text(text, encoding="utf-8")


def _pack(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, mtime=0))


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _md5(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()


def _output(*command: str) -> str:
    return re.sub(r"\s+$", "", subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603
