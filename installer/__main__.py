"""`python -m installer`: build everything that this machine can build, and say what each megabyte is for.

Linux: a .deb and a portable tar.zst. Windows: a set-up program (Inno Setup). macOS: a disk image. Always: the bundle
itself, the licences of all its parts, and a constraints file with the exact versions.
"""

import argparse
import sys
from pathlib import Path

from installer.bundle import ROOT, Bundle, build
from installer.sizes import table


def main() -> int:
    """Run the build; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m installer", description="Build what this machine can build.")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="where to build (default: build/)")
    parser.add_argument("--bundle-only", action="store_true", help="the program's folder and nothing to install")
    options = parser.parse_args()
    work = options.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    bundle = build(work)
    tell(table(bundle.folder))
    if not options.bundle_only:
        for made in packages(bundle, work / "dist"):
            tell(f"{made.stat().st_size / 1e6:8.1f} MB  {made}")
    return 0


def packages(bundle: Bundle, target: Path) -> list[Path]:
    """Make what this system installs from; nothing where its tool is missing, which is said."""
    if sys.platform == "win32":
        from installer.windows.setup import make_setup

        return make_setup(bundle, target)
    if sys.platform == "darwin":
        from installer.macos.dmg import make_dmg

        return make_dmg(bundle, target)
    from installer.linux.deb import make_deb
    from installer.linux.portable import make_portable

    return [*make_portable(bundle, target), *make_deb(bundle, target)]


def tell(text: str) -> None:
    """Say something to whoever builds."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
