"""How long a text is against what fits into a message, and the beginning of it that does. Trims nothing by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.memory.text import split_message

_SAMPLE = 20_000
"""Characters that are counted exactly; the tokens of a longer text follow from them."""

_SHARE = 0.5
"""Of what fits, a shortened text takes so much: the rest is for what is recalled, and for the dialogue."""

_PIECE = 200
"""Characters of the pieces that a beginning is made of, at sentence boundaries where there are any."""


@dataclass(frozen=True)
class Measured:
    """The length of a text.

    Attributes:
        tokens: About how many tokens it has.
        room: How many fit into one message, with nothing else.
        beginning: Its first sentences, as many as leave room for memories beside them.
    """

    tokens: int
    room: int
    beginning: str

    @property
    def fits(self) -> bool:
        """Whether it can be sent as one message."""
        return self.tokens <= self.room


def measured(text: str, count: Callable[[str], int], room: int) -> Measured:
    """Measure a text.

    Args:
        text: The text.
        count: Tokens of a text.
        room: Tokens that fit into one message.
    """
    sample = text[:_SAMPLE]
    tokens = count(sample) * len(text) // max(len(sample), 1)
    return Measured(tokens, room, _beginning(text, count, int(room * _SHARE)))


def _beginning(text: str, count: Callable[[str], int], room: int) -> str:
    taken, spent = "", 0
    for piece in split_message(text[: room * 12], _PIECE):
        spent += count(piece)
        if spent > room:
            break
        taken += piece
    return taken.rstrip()
