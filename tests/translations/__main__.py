"""Brings the files of translations up to date with the code, and compiles them.

After a change to a text of the window: run this, translate what it calls unfinished (by hand in the .ts files, or with
Qt Linguist), and run it again.
"""

import argparse
import importlib
import sys

from assistant.ui.translations import texts

from . import below
from .files import FOLDER, FORMS, compile_to, qm_of, ts_of, update
from .sources import sources


def main() -> int:
    argparse.ArgumentParser(prog="python -m tests.translations", description=__doc__).parse_args()
    (FOLDER / "texts.py").write_text(below.module(), encoding="utf-8")
    importlib.reload(texts)
    found = sources()
    for language in FORMS:
        unfinished = update(language, found)
        compile_to(qm_of(language), language)
        sys.stdout.write(f"{ts_of(language).name}: {unfinished} unfinished\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
