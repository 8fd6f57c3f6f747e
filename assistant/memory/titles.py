"""Titles of chats, made from what was said first."""

import re

_LONGEST = 80
"""Characters. Front ends show as much of it as they have room for."""

_MARKUP = re.compile(r"^\s*(#{1,6}|>|[-*+]|\d+\.)\s+|[*`~|]+|</?[a-z][^<>]{0,40}>", re.MULTILINE)


def title_from(text: str) -> str:
    """A title from a message: its first words without Markdown, cut at a word."""
    words = " ".join(_MARKUP.sub(" ", text).split()) or " ".join(text.split())
    if len(words) <= _LONGEST:
        return words.rstrip(".,;: ")
    cut = words.rfind(" ", 0, _LONGEST)
    return words[: cut if cut > _LONGEST // 2 else _LONGEST].rstrip(".,;: ") + "…"
