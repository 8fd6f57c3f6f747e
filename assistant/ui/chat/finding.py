"""Where words are found in a chat, and at which of these places the user is. Knows no widget."""

from collections.abc import Sequence


class Places:
    """The places.

    Attributes:
        words: What is looked for, or "".
    """

    def __init__(self) -> None:
        self.words = ""
        self._found: list[tuple[int, int]] = []
        self._at = -1

    def __len__(self) -> int:
        return len(self._found)

    def look(self, words: str, texts: Sequence[str]) -> None:
        """Find words in texts, in any case. One step back from here is the last place."""
        self.words = words
        low = words.casefold()
        self._found = [
            (at, place) for at, text in enumerate(texts if low else ()) for place in range(text.casefold().count(low))
        ]
        self._at = len(self._found)

    def step(self, by: int) -> tuple[int, int]:
        """Go on to another place, round the end. Returns its number, from 1, and the text that it is in, from 0."""
        self._at = (self._at + by) % len(self._found)
        return self._at + 1, self._found[self._at][0]

    def place_in(self, text: int) -> int:
        """Which of the places in a text the user is at, from 0; -1 where it is none of them."""
        at, place = self._found[self._at] if 0 <= self._at < len(self._found) else (-1, -1)
        return place if at == text else -1
