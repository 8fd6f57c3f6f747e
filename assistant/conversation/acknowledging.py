"""The reply of a tiny model to what it is told: what it understood of that, instead of small talk that misses it.

The built-in model answers "I'm allergic to walnuts." with condolences. Its user sees from this reply what will be
remembered, and can correct it at once.
"""

import re
from datetime import datetime
from typing import Final

from assistant.memory.facts.extract import claims

from .addressing import to_the_user
from .question import Asks, asks

TINY: Final = 250_000_000
"""Bytes of weights below which a model's small talk misses what it was told."""

_MOST: Final = 5

_REQUEST = re.compile(
    r"\b(?:please|help|can you|could you|would you|will you|tell me|give me|show me|teach me|(?:need|looking for) "
    r"(?:a|an|some|your)|trying to|how to|let'?s)\b"
    r"|(?:^|[.!?,;:]\s+|\b(?:and|then|so)\s+)(?:write|explain|describe|list|make|create|find|compare|suggest|draft|check"
    r"|translate|summari[sz]e|rewrite|rephrase|correct(?! myself)|fix|improve|shorten|review|plan|calculate|name"
    r"|recommend)\b",
    re.IGNORECASE,
)
"""Wants something done: that is not answered by remembering it."""


def only_tells(text: str, said_at: datetime) -> bool:
    """Whether a message tells something and asks nothing: a tiny model would mix memories into its reply."""
    return asks(text) is Asks.NOTHING and bool(claims(text, "user", said_at))


def acknowledgement(text: str, said_at: datetime) -> str:
    """What will be remembered of a message, as said to the user; "" where that is nothing, or it wants something."""
    if asks(text) is not Asks.NOTHING or "?" in text or _REQUEST.search(text):
        return ""
    told = list(dict.fromkeys(to_the_user(claim.text) for claim in claims(text, "user", said_at)))
    if not told:
        return ""
    if len(told) == 1:
        return f"I'll remember that {_within(told[0])}"
    more = [f"- and {len(told) - _MOST} more"] if len(told) > _MOST else []
    return "\n".join(("I'll remember this:\n", *(f"- {each}" for each in told[:_MOST]), *more))


def _within(sentence: str) -> str:
    """A sentence as part of another one: "You live" is "you live", but "Ada lives" stays."""
    first = sentence.split()[0]
    return f"{sentence[0].lower()}{sentence[1:]}" if first in ("You", "Your", "Yours") else sentence
