"""Cutting text at sentence boundaries, without losing a character. Knows no records."""

import re
from itertools import pairwise

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|\n+")


def sentences(text: str) -> list[str]:
    """Cut a text into sentences. Joined, they give the text again, white space included."""
    cuts = [match.end() for match in _SENTENCE_END.finditer(text)]
    bounds = [0, *(cut for cut in cuts if cut < len(text)), len(text)]
    return [text[start:end] for start, end in pairwise(bounds) if end > start]


def split_message(text: str, limit: int) -> list[str]:
    """Cut a message into parts of at most `limit` characters, at sentence boundaries where there are any.

    Joined, the parts give the message again. A sentence longer than the limit is cut at a space, or anywhere when it
    has none.
    """
    parts: list[str] = []
    for sentence in sentences(text):
        if parts and len(parts[-1]) + len(sentence) <= limit:
            parts[-1] += sentence
            continue
        rest = sentence
        while len(rest) > limit:
            cut = rest.rfind(" ", 1, limit) + 1 or limit
            parts.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            parts.append(rest)
    return parts or [text]
