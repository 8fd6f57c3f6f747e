"""Pictures of every screen, from the demo: `python -m tests.pictures FOLDER`.

One folder for each look: light and dark, a small and a large window, text at 100 % and at 200 %.
"""

import argparse
import os
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from assistant.conversation.demo import PASSPHRASE, demo_home, seed
from assistant.conversation.session import Session
from assistant.paths import Home
from assistant.settings import Theme
from assistant.ui.language import LANGUAGES, speak
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme

from .screens import first_start, save, use_mouse_nowhere, work

THEMES: tuple[Theme, ...] = ("light", "dark")
SIZES = {"small": (1000, 700), "large": (1600, 1000)}
SCALES = (100, 200)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", metavar="NAME", help="only this one, such as light-small-100")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    speak(app, options.language)
    QLocale.setDefault(QLocale(options.language))
    use_mouse_nowhere(app)
    with demo_home() as home, tempfile.TemporaryDirectory(prefix="hippo-pictures-") as scratch:
        session = Session(home, keyring=None)
        seed(session)
        session.prepare_models()
        session.close()
        for theme, size, scale in product(THEMES, SIZES, SCALES):
            look = f"{theme}-{size}-{scale}"
            if options.look in (None, look):
                apply_theme(app, theme, scale)
                _take(home, Path(scratch) / look, options.folder / look, SIZES[size])
    return 0


def _take(home: Home, scratch: Path, folder: Path, size: tuple[int, int]) -> None:
    """Walk through a copy of the demo: what one walk changes, another does not see."""
    folder.mkdir(parents=True, exist_ok=True)
    copy, new = Home(scratch / "demo"), Home(scratch / "new")
    shutil.copytree(home.root, copy.root, ignore=shutil.ignore_patterns("models"))
    for each in (copy, new):
        each.create()
        each.models.symlink_to(home.models)
    tasks = Tasks(inline=True)
    for screen in first_start(new, tasks, size):
        save(screen, folder)
    session = Session(copy, keyring=None)
    session.unlock(passphrase=PASSPHRASE)
    session.prepare_models()
    for screen in work(session, tasks, size):
        save(screen, folder)
    session.close()


if __name__ == "__main__":
    sys.exit(main())
