"""What ELF files ask of the system they run on, read with `objdump` (binutils)."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Needs:
    """What a set of files needs from outside.

    Attributes:
        libraries: Names of shared libraries.
        glibc: The newest version of glibc that a symbol is asked of, as numbers.
    """

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def needs(folder: Path, *, but: str = r"(?!)") -> Needs:
    """What the programs and libraries below `folder` need that is not in it; files whose path matches `but` aside."""
    libraries: set[str] = set()
    carried: set[str] = set()
    glibc: tuple[int, ...] = (0,)
    for path in binaries(folder):
        carried.add(path.name)
        if re.search(but, path.as_posix()):
            continue
        told = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607
        libraries |= set(re.findall(r"NEEDED\s+(\S+)", told))
        found = (tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_(\d[\d.]*)", told))
        glibc = max([glibc, *found])
    return Needs(frozenset(libraries - carried), glibc)


def binaries(folder: Path) -> Iterator[Path]:
    """Every ELF file below `folder`, links included: a library is asked for by its link's name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    yield path
