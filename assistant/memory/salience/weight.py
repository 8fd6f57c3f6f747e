"""Salience: how much a memory weighs, which decides what fades first. Decides nothing itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the window shows the rule before anything is opened
    import numpy as np
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"


@dataclass(frozen=True)
class Salience:
    """The rule of semantic forgetting: w = λ·e^(−γ·age) + β·r + υ·q/(q + κ).

    The first two terms are HEMA's (section 3.4), following its words. The third is the utility of the memory: q adds
    up how often answers had it in their prompt (each time `mention`) and how much of it they quoted (up to 1 each
    time), so that what was really used weighs more than what was only recalled, and gains less by each further use.

    Attributes:
        decay_weight, decay: λ and γ. Age counts in turns.
        recall_weight: β. r is 1 for what was recalled within the last `recent` turns, else 0.
        use_weight, half_use: υ and κ: a utility q of κ weighs half of what it can at most.
        mention: What being in a prompt adds to q, quoted or not.
        as_printed: r as the paper's formula prints it (1 − δ): 1 for what was *not* recalled. For comparison only.
    """

    decay_weight: float = 1.0
    decay: float = 0.002
    recall_weight: float = 0.5
    recent: int = 100
    use_weight: float = 0.5
    half_use: float = 2.0
    mention: float = 0.1
    as_printed: bool = False

    def weight(self, age: int, since_recall: int | None, utility: float = 0.0) -> float:
        """The weight at an age in turns; `since_recall` is None for what was never recalled."""
        import numpy as np

        since = math.inf if since_recall is None else since_recall
        return float(self.weights(np.array([age]), np.array([since]), np.array([utility]))[0])

    def weights(self, age: Floats, since_recall: Floats, utility: Floats) -> Floats:
        """The weights of many: float64 (n,) each; `since_recall` is inf for what was never recalled."""
        import numpy as np

        recalled = since_recall <= self.recent
        return np.asarray(
            self.decay_weight * np.exp(-self.decay * age)
            + self.recall_weight * (~recalled if self.as_printed else recalled)
            + self.use_weight * utility / (utility + self.half_use)
        )
