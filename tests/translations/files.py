"""The files of translations: what they hold, how they are brought up to date with the code, and how they are compiled.

The format is Qt's own (.ts, for Qt Linguist and every other tool of translators), without the lines of the code, so
that a change there changes nothing here.
"""

import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import PySide6

from .sources import WINDOW, Source

FOLDER = WINDOW / "translations"
FORMS = {"en": 2, "de": 2}
"""The languages, and how many forms a plural has in each."""
SOURCE_LANGUAGE = "en"
"""The code speaks it; only its plurals need a file."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Translation:
    """What a language says for a text: one form, or one for each kind of number. `finished` is set by a translator."""

    forms: tuple[str, ...]
    finished: bool


def ts_of(language: str) -> Path:
    """Where the translations into a language lie."""
    return FOLDER / f"hippo_{language}.ts"


def qm_of(language: str) -> Path:
    """What the window loads of them."""
    return FOLDER / f"hippo_{language}.qm"


def wanted(language: str, found: Iterable[Source]) -> list[Source]:
    """Those of the texts that the file of a language holds."""
    return [source for source in found if source.plural or language != SOURCE_LANGUAGE]


def read(path: Path) -> dict[Key, Translation]:
    """The translations of a file by context and text; none where there is no file."""
    if not path.exists():
        return {}
    held = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
            key = context.findtext("name") or "", message.findtext("source") or ""
            held[key] = Translation(forms, translation.get("type") is None)
    return held


def update(language: str, found: Iterable[Source]) -> int:
    """Bring the file of a language up to date: new texts come in unfinished, those that are gone go.

    Returns how many are unfinished.
    """
    held = read(ts_of(language))
    texts = wanted(language, found)
    now = {
        (source.context, source.text): held.get((source.context, source.text), _unfinished(source, FORMS[language]))
        for source in texts
    }
    ts_of(language).write_text(_ts(language, texts, now), encoding="utf-8")
    return sum(not translation.finished for translation in now.values())


def compile_to(target: Path, language: str) -> None:
    """Write what the window loads."""
    tool = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([tool, "-silent", "-removeidentical", ts_of(language), "-qm", target], check=True)


def _unfinished(source: Source, forms: int) -> Translation:
    return Translation(("",) * (forms if source.plural else 1), finished=False)


def _ts(language: str, texts: list[Source], now: dict[Key, Translation]) -> str:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="{SOURCE_LANGUAGE}">')
    context = None
    for source in texts:
        if source.context != context:
            lines += ["</context>"] * (context is not None)
            context = source.context
            lines += ["<context>", f"    <name>{escape(context)}</name>"]
        translation = now[source.context, source.text]
        kind = "" if translation.finished else ' type="unfinished"'
        lines.append('    <message numerus="yes">' if source.plural else "    <message>")
        lines.append(f"        <source>{escape(source.text)}</source>")
        if source.plural:
            lines.append(f"        <translation{kind}>")
            lines += [f"            <numerusform>{escape(form)}</numerusform>" for form in translation.forms]
            lines.append("        </translation>")
        else:
            lines.append(f"        <translation{kind}>{escape(translation.forms[0])}</translation>")
        lines.append("    </message>")
    lines += ["</context>"] * (context is not None)
    return "\n".join([*lines, "</TS>", ""])
