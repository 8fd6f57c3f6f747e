"""One text with the licences of everything in the bundle, read from what lies in the environment and on the system.

Python distributions carry their own licence files; native ones often a list of what was compiled into them (an SBOM);
libraries of Debian have theirs in /usr/share/doc. What has no licence file of its own is named with what it declares.
"""

import filecmp
import importlib.metadata
import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path
from typing import Any, Final, cast

from installer import closure, trim

_ROOT: Final = Path(__file__).parent.parent
_WORDS: Final = ("LICENSE", "LICENCE", "NOTICE", "COPYING", "AUTHORS", "THIRDPARTY")
_RULE: Final = "=" * 100
_TEXTS: Final = Path(__file__).parent / "texts"
_QT: Final = ("pyside6-essentials", "shiboken6")


def collect(bundle: Path | None = None) -> str:
    """The text; for the bundle in this folder, with the libraries that it took from the system."""
    parts = [_own(), *_python(), *_distributions(), *_models(), *(_system(bundle) if bundle else ())]
    heads = "\n".join(f"  {head}" for head, _ in parts)
    texts = "\n".join(f"\n{_RULE}\n{head}\n{_RULE}\n\n{text.strip()}\n" for head, text in parts)
    return f"What Hippo is made of, and under which licences.\n\n{heads}\n{texts}"


def _own() -> tuple[str, str]:
    text = "\n\n".join((_ROOT / name).read_text(encoding="utf-8") for name in ("NOTICE", "LICENSE"))
    return "Hippo (Apache-2.0)", text


def _python() -> Iterator[tuple[str, str]]:
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    found = next((place for place in places if place.is_file()), None)
    head = f"Python {sys.version.split()[0]} (PSF-2.0)"
    yield head, found.read_text(encoding="utf-8") if found else "https://docs.python.org/3/license.html"
    bootloader = importlib.metadata.distribution("pyinstaller")
    yield f"PyInstaller's bootloader {bootloader.version} (GPL-2.0 with exception)", "\n".join(_files(bootloader))


def _distributions() -> Iterator[tuple[str, str]]:
    owners = importlib.metadata.packages_distributions()
    left_out = {closure.canonical(name) for module in trim.MODULES for name in owners.get(module, ())}
    for name, distribution in closure.needed().items():
        if name not in left_out:
            texts = [*_files(distribution), *_compiled_in(distribution)]
            head = f"{name} {distribution.version} ({_declared(distribution)})"
            if name in _QT:
                head += "; used under LGPL-3.0-only"
                texts += [(_TEXTS / file).read_text(encoding="utf-8") for file in ("LGPL-3.0.txt", "GPL-3.0.txt")]
            yield head, "\n\n".join(texts) or "It comes without a text of its own; the licence is named above."


def _models() -> Iterator[tuple[str, str]]:
    for name in closure.MODEL_PACKAGES:
        distribution = importlib.metadata.distribution(name)
        text = "\n\n".join(_files(distribution)) or "See Hippo's notice above; the licence is the Apache License 2.0."
        yield f"model files of {name} {distribution.version} ({_declared(distribution)})", text


def _declared(distribution: importlib.metadata.Distribution) -> str:
    fields = cast("Message", distribution.metadata)
    classifiers = [line.split(" :: ")[-1] for line in fields.get_all("Classifier") or [] if line.startswith("License")]
    stated = fields.get("License-Expression") or (fields.get("License") or "").strip().split("\n")[0]
    return stated[:80] or ", ".join(classifiers) or "not declared"


def _files(distribution: importlib.metadata.Distribution) -> Iterator[str]:
    for file in distribution.files or []:
        if any(word in file.name.upper() for word in _WORDS) and file.suffix not in (".py", ".pyc", ".so", ".h"):
            path = Path(str(file.locate()))
            if path.is_file():
                yield f"--- {file.name}\n{path.read_text(encoding='utf-8', errors='replace').strip()}"


def _compiled_in(distribution: importlib.metadata.Distribution) -> Iterator[str]:
    """What was compiled into a distribution, from its CycloneDX files, one line for each."""
    for file in distribution.files or []:
        if "/sboms/" in file.as_posix() and file.suffix == ".json":
            document = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
            lines = sorted({_line(component) for component in document.get("components", [])})
            yield f"--- compiled into it, from {file.name}\n" + "\n".join(lines)


def _line(component: dict[str, Any]) -> str:
    stated = [
        entry.get("expression") or entry.get("license", {}).get("id") or entry.get("license", {}).get("name", "")
        for entry in component.get("licenses", [])
    ]
    return f"{component.get('name')} {component.get('version', '')}: {', '.join(filter(None, stated)) or 'not stated'}"


def _system(bundle: Path) -> Iterator[tuple[str, str]]:
    """Libraries that were taken from this Debian, by package."""
    carried = {path.name: path for path in bundle.rglob("*.so*") if path.is_file() and not path.is_symlink()}
    taken = [
        name
        for name, path in carried.items()
        if any(place.is_file() and filecmp.cmp(place, path, shallow=False) for place in _places(name))
    ]
    for package in sorted(owning_packages(taken)):
        text = Path("/usr/share/doc", package, "copyright")
        if text.is_file():
            yield f"libraries of Debian's package {package}", text.read_text(encoding="utf-8", errors="replace")


def owning_packages(sonames: Iterable[str]) -> set[str]:
    """The Debian packages of this machine that libraries of these names belong to; libraries of nobody are passed over.

    Empty where there is no dpkg.
    """
    places = [str(place) for name in sorted(sonames) for place in _places(name)]
    if not places:
        return set()
    try:
        done = subprocess.run(["dpkg-query", "-S", *places], capture_output=True, text=True)  # noqa: S603, S607
    except OSError:
        return set()
    owners = [line.rsplit(": ", 1)[0] for line in done.stdout.splitlines() if not line.startswith("diversion ")]
    return {owner.split(":")[0] for line in owners for owner in line.split(", ")}


def _places(soname: str) -> list[Path]:
    """Where Debian keeps a library of this name: before and after /lib became a link to /usr/lib."""
    folder = str(sysconfig.get_config_var("MULTIARCH"))
    return [Path(root, folder, soname) for root in ("/lib", "/usr/lib")]
