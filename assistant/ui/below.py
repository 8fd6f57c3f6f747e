"""What the layers below the window say, in the user's language.

They know no Qt, and the terminal shows the same sentences: so an error comes in English, put together already. It is
looked up in the list of all that can be said, and what stood in its gaps is put into the translation. What is not in
the list stays as it is.
"""

import math
import re
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale

from assistant.errors import HippoError, TooSoonError

_GAP = re.compile(r"\{(\d)\}")
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d+\.\d+")
"""As Python writes large ones and fractions; others are the same in every language, or are names."""


def translate_error(error: HippoError) -> None:
    """Put what an error says into the user's language."""
    error.message = translated(error.message)
    if isinstance(error, TooSoonError):
        seconds = max(1, math.ceil(error.seconds))
        error.next_step = QCoreApplication.translate("Below", "Try again in %n seconds.", None, seconds)
    else:
        error.next_step = translated(error.next_step)


def translated(said: str) -> str:
    """A sentence from below in the user's language."""
    whole = QCoreApplication.translate("Below", said)
    if not said or whole != said:
        return whole
    for text, parts in _with_gaps():
        if said.startswith(parts[0]) and said.endswith(parts[-1]):
            found = re.fullmatch("(.+?)".join(map(re.escape, parts)), said, re.DOTALL)
            if found is not None:
                return _filled(QCoreApplication.translate("Below", text), found)
    return said


def _filled(text: str, found: re.Match[str]) -> str:
    return _GAP.sub(lambda gap: _in_gap(found[int(gap[1])]), text)


def _in_gap(said: str) -> str:
    if _NUMBER.fullmatch(said):
        return QLocale().toString(float(said.replace(",", "")), "f", len(said.partition(".")[2]))
    return translated(said)


@cache
def _with_gaps() -> list[tuple[str, list[str]]]:
    """The texts that have gaps, and what stands around the gaps; those that say most come first."""
    from assistant.ui.translations.texts import TEXTS  # nothing that a window needs to open

    found = [(text, _GAP.split(text)[::2]) for text in TEXTS if _GAP.search(text)]
    return sorted(found, key=lambda each: -sum(map(len, each[1])))
