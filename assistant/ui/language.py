"""The language of the window: which there are, and how one is put in place.

The code says English; its plurals come from a file, other languages wholly (`translations/`), and what Qt says itself
(Cancel, Close, ...) from Qt. Dates, numbers and sizes follow the same language, in the ways of the user's country.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from assistant.settings import Language

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""The languages there are, each by its own name."""

_FOLDER: Final = Path(__file__).parent / "translations"
_CODE_SPEAKS: Final = "en"


def language_of(wanted: Language) -> str:
    """The language that a setting means: for "system" the first of the user's that there is, or else English."""
    if wanted != "system":
        return wanted
    spoken = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in spoken if name in LANGUAGES), _CODE_SPEAKS)


def speak(app: QApplication, wanted: Language) -> None:
    """Put a language in place. What is built before keeps its words."""
    name = language_of(wanted)
    language = QLocale(name).language()
    if QLocale().language() != language:
        QLocale.setDefault(QLocale(language, QLocale.system().territory()))
    if app.layoutDirection() != QLocale().textDirection():
        app.setLayoutDirection(QLocale().textDirection())
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # The one that is installed last is asked first.
    for file in (f"{qt}/qtbase_{name}", _FOLDER / f"hippo_{_CODE_SPEAKS}", _FOLDER / f"hippo_{name}"):
        translator = QTranslator(app)
        if translator.load(str(file)):
            app.installTranslator(translator)
