"""Titles of chats, made from what was said first."""

_LONGEST = 48


def title_from(text: str) -> str:
    """A title from a message: its first words, cut at a word."""
    words = " ".join(text.split())
    if len(words) <= _LONGEST:
        return words.rstrip(".,;: ")
    cut = words.rfind(" ", 0, _LONGEST)
    return words[: cut if cut > _LONGEST // 2 else _LONGEST].rstrip(".,;: ") + "…"
