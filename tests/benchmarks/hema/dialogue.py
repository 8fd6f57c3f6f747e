"""What a generated dialogue is: turns, and the questions that probe what is remembered of them. Data only."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .phrasing import Person

Category = Literal[
    "single",
    "two-message",
    "revised",
    "contradicted",
    "negated",
    "when",
    "previous",
    "multi",
    "no such thing",
    "nobody",
]


@dataclass(frozen=True)
class Turn:
    """What the user says, and what the assistant replies."""

    user: str
    assistant: str
    time: datetime


@dataclass(frozen=True)
class Piece:
    """One thing that an answer needs.

    Attributes:
        subject: Words that name whom it is about; empty for the user.
        forms: Ways to write the value; any of them counts.
        turns: Turns in which the user told it, each of them enough.
        denied: The value is that something is no longer so: `forms` names the thing.
        told_as: The value's words in the telling, where they are none of `forms` ("next Friday").
    """

    subject: tuple[str, ...]
    forms: tuple[str, ...]
    turns: tuple[int, ...]
    denied: bool = False
    told_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Probe:
    """A question about what was told.

    Attributes:
        pieces: What the answer needs; none for a question that cannot be answered.
        stale: Forms of values that no longer hold.
        stale_turns: Turns that told them.
        others: Values of the same kind that would be wrong.
        near: Whether the last telling lies about `GAP` turns before the end (else anywhere before).
    """

    question: str
    category: Category
    kind: str
    pieces: tuple[Piece, ...] = ()
    stale: tuple[str, ...] = ()
    stale_turns: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    near: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the dialogue tells the answer."""
        return bool(self.pieces)

    @property
    def evidence(self) -> tuple[int, ...]:
        """All turns that tell what the answer needs."""
        return tuple(turn for piece in self.pieces for turn in piece.turns)

    @property
    def relevant(self) -> tuple[int, ...]:
        """The turns that a search for the question should find: the evidence, and what it superseded."""
        return tuple(sorted({*self.evidence, *self.stale_turns}))


@dataclass(frozen=True)
class Dialogue:
    """Turns in order, and the probes to put after the last one."""

    seed: int
    turns: tuple[Turn, ...]
    probes: tuple[Probe, ...]
    cast: tuple[Person, ...]

    def message_id(self, turn: int, role: str = "user") -> str:
        """The record id of a message."""
        return hashlib.md5(f"{self.seed}/{len(self.turns)}/{turn}/{role}".encode()).hexdigest()
