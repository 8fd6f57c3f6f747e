"""Salience: how much a memory weighs, which decides what fades first. Decides nothing itself."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Salience:
    """The rule of semantic forgetting: w = λ·e^(−γ·age) + β·r (HEMA, section 3.4, following its words).

    Age counts in turns; r is 1 for what was recalled within the last `recent` turns.
    """

    decay_weight: float = 1.0
    decay: float = 0.002
    recall_weight: float = 0.5
    recent: int = 100

    def weight(self, age: int, since_recall: int | None) -> float:
        """The weight at an age in turns; `since_recall` is None for what was never recalled."""
        recalled = since_recall is not None and since_recall <= self.recent
        return self.decay_weight * math.exp(-self.decay * age) + self.recall_weight * recalled
