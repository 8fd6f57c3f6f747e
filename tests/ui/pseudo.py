"""A made-up language: English with accents, longer, and in brackets. What shows no brackets was never translated."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QTranslator

_ACCENTS = str.maketrans("aceginorsuyACEGINORSUY", "áçéğíñóŕšúýÁÇÉĞÍÑÓŔŠÚÝ")
_KEPT = re.compile(r"(\{\w*\}|%L?n|&)")
_DATE = re.compile(r"[dMyHhms ,.:/]+")
_WORD = re.compile(r"[A-Za-z]{2}")
_KEYS = re.compile(r"((Ctrl|Shift|Alt|Meta)\+)*(F\d+|Return|Enter|Del|Esc|PgUp|PgDown|.)")
_UNITS = re.compile(r"(bytes|[kMG]B)")
_PADDING = " one two three four five six seven eight nine ten" * 3


def pseudo(text: str) -> str:
    """ "Forget {n}?" becomes "[Fóŕğét {n}? one]": a third longer, with its placeholders as they are."""
    if _DATE.fullmatch(text):
        return f"'['{text}']'"
    accented = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(_KEPT.split(text)))
    return f"[{accented}{_PADDING[: max(3, len(text) * 2 // 5)].rstrip()}]"


class Pseudo(QTranslator):
    """Speaks it, whatever is to be said."""

    def isEmpty(self) -> bool:
        """It has words for everything."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """What Qt asks for."""
        # Keys keep their names: shortcuts are read by them.
        return sourceText if context == "QShortcut" else pseudo(sourceText)


def untranslated(shown: str, data: Iterable[str]) -> str:
    """What of a text is neither in brackets, nor a key or a number, nor (part of) what is kept; or ""."""
    depth, rest = 0, ""
    for letter in shown:
        depth += letter == "["
        rest += letter if not depth else "\n" if letter == "[" else ""
        depth -= letter == "]" and depth > 0
    for part in re.split(r"\n| · |\. |: |, (?=.)", rest):
        bare = part.strip(" .…()‹›●:,;–—→“”「」▾\t")
        said = _WORD.search(_UNITS.sub("", bare)) and not _KEYS.fullmatch(part.strip())
        if said and not any(bare in text for text in data):
            return bare
    return ""
