"""What a question asks for: whose words, a time, a number; and the question as the one it is about would put it.

Reads words only; knows no store and embeds nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from .when import asks_when

_GENERIC_ROLES = frozenset({"user", "assistant", "system"})

_ASKS_NUMBER = re.compile(
    r"\bhow (many|much|often|long|old|far|tall|big)\b|\bwie (viele?|oft|lange|alt|weit|gro(ß|ss))\b", re.IGNORECASE
)

_LEANS = re.compile(
    r"\b(it|its|that|this|those|these|they|them|their|he|him|his|she|her|hers|there|then|one|ones|same|else|instead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """A question, ready to be ranked for.

    Attributes:
        text: The words.
        vectors: float32 (n, d): of the words, and of each other form in `forms`.
        named: Codes of the speakers that it names.
        asks_when, asks_number: Whether it asks for a time, for a number.
        asked_at: When: "last week" is counted from here.
    """

    text: str
    vectors: npt.NDArray[np.float32]
    asked_at: datetime
    named: tuple[int, ...] = ()
    asks_when: bool = False
    asks_number: bool = False


def speakers_named(text: str, roles: Sequence[str]) -> tuple[int, ...]:
    """The codes of the speakers (other than user and assistant) whose name, or first name, is in a text."""
    words = set(re.findall(r"\w+", text.lower()))
    return tuple(
        code
        for code, role in enumerate(roles)
        if role not in _GENERIC_ROLES and (first := re.findall(r"\w+", role)[:1]) and first[0] in words
    )


def forms(text: str, named: Sequence[str]) -> list[str]:
    """The forms of a question whose embeddings are compared: as it is, and with "I" for the speakers that it names.

    A speaker says "I went to Rome", so "When did I go to Rome?" lies nearer to it than "When did Ada go to Rome?".
    """
    changed = text
    for name in named:
        first = re.escape(re.findall(r"\w+", name)[0])
        changed = re.sub(rf"\b{first}\b['’]s\b", "my", changed, flags=re.IGNORECASE)
        changed = re.sub(rf"\b{first}\b", "I", changed, flags=re.IGNORECASE)
    return [text] if changed == text else [text, changed]


def understand(text: str, vectors: npt.NDArray[np.float32], roles: Sequence[str], asked_at: datetime) -> Query:
    """The query of a text whose `forms` have these embeddings."""
    return Query(
        text,
        vectors,
        asked_at,
        named=speakers_named(text, roles),
        asks_when=asks_when(text),
        asks_number=_ASKS_NUMBER.search(text) is not None,
    )


def leans_on_what_came_before(text: str) -> bool:
    """Whether a message can hardly be understood alone: "And when is that?"."""
    words = re.findall(r"\w+", text)
    return len(words) <= 3 or (len(words) <= 12 and _LEANS.search(text) is not None)
