"""Examples to learn and to be tested from: made conversations with questions and answers.

Everything is drawn from one `random.Random`, so a seed always gives the same examples.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.conversation.reading import ReadingPassage

from .asking import Asking
from .matters import Deck, Plan
from .telling import Telling
from .unanswerable import Asked

_WITH_TODAY = (0.4, 0.85)
"""How often the day of asking is given, for talks between people and with Hippo."""


@dataclass(frozen=True)
class Example:
    """Passages, oldest first, and what is asked about them.

    Attributes:
        told: The places of the passages that tell of each kind of fact.
        today: The day of asking, or None where the prompt leaves it out.
    """

    passages: tuple[ReadingPassage, ...]
    asked: tuple[Asked, ...]
    today: date | None
    told: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])


class Composer:
    """Draws examples.

    Args:
        seed: The same seed gives the same examples.
        testing: Only families and words that training never sees, or only those that it does.
        names: Families to draw from; without it all that fit.
    """

    def __init__(self, seed: int, *, testing: bool = False, names: Sequence[str] = ()) -> None:
        self._choice = random.Random(seed)
        self._deck = Deck(self._choice, testing=testing, names=names)
        self._telling = Telling(self._choice)

    def conversation(self) -> tuple[Plan, list[ReadingPassage], Telling]:
        """The next conversation: what is told in it, its messages, and how they were written."""
        plan = self._deck.plan()
        return plan, self._telling.messages(plan), self._telling

    def example(self) -> Example:
        """The next example."""
        plan, passages, _ = self.conversation()
        asking = Asking(self._deck, plan, passages)
        asked = asking.questions()
        last = passages[-1].time.date()
        # The product leaves the day out where all was told longer ago than that.
        often = _WITH_TODAY[plan.second.gender == "assistant"]
        today = last + timedelta(self._choice.randint(0, 400)) if self._choice.random() < often else None
        return Example(tuple(passages), tuple(asked), today, asking.told())
