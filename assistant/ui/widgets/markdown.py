"""Markdown of a model, as pieces that are safe to show: prose as HTML for a QTextDocument, and code as it is.

Raw HTML becomes text, pictures become their description, and only web and mail addresses become links. Pure
functions: nothing here paints, and nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True)
class Prose:
    """Text with its formatting, as the HTML that a QTextDocument understands."""

    html: str


@dataclass(frozen=True)
class Code:
    """A block of code and the language that its fence names ("" for none)."""

    text: str
    language: str = ""


Segment = Prose | Code


def plain(text: str) -> list[Segment]:
    """What a person typed, exactly as typed: line breaks and spaces kept, no formatting read into it."""
    return [Prose(f'<p style="white-space: pre-wrap">{escape(text)}</p>')]


def segments(markdown: str) -> list[Segment]:
    """Split Markdown into prose and blocks of code, in order. Unfinished Markdown is fine: it is being written."""
    result: list[Segment] = []
    run: list[Token] = []
    parser = _parser()

    def finish_run() -> None:
        if run:
            result.append(Prose(parser.renderer.render(run, parser.options, {}).strip()))
            run.clear()

    for token in parser.parse(markdown):
        if token.level == 0 and token.type in ("fence", "code_block"):
            finish_run()
            language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
            result.append(Code(token.content.rstrip("\n"), language))
        else:
            run.append(token)
    finish_run()
    return result


def _is_link(address: str) -> bool:
    try:
        return urlsplit(address.strip()).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _picture(_self: object, tokens: list[Token], index: int, _options: object, _env: object) -> str:
    return f"<i>[{escape(str(tokens[index].content or tokens[index].attrGet('src') or ''))}]</i>"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.validateLink = _is_link  # type: ignore[method-assign, assignment]  # the library's way to set it
    parser.add_render_rule("image", _picture)
    return parser
