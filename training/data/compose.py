"""Examples to learn and to be tested from: made conversations with questions and answers.

Everything is drawn from one `random.Random`, so a seed always gives the same examples.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.conversation.reading import ReadingPassage

from .asking import Asking
from .matters import Deck
from .telling import Telling
from .unanswerable import Asked


@dataclass(frozen=True)
class Example:
    """Passages, oldest first, and what is asked about them.

    Attributes:
        today: The day of asking, or None where the prompt leaves it out.
    """

    passages: tuple[ReadingPassage, ...]
    asked: tuple[Asked, ...]
    today: date | None


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

    def example(self) -> Example:
        """The next example."""
        plan = self._deck.plan()
        passages = self._telling.messages(plan)
        asked = Asking(self._deck, plan, passages).questions()
        last = passages[-1].time.date()
        today = last + timedelta(self._choice.randint(0, 400)) if self._choice.random() < 0.3 else None
        return Example(tuple(passages), tuple(asked), today)
