"""Choosing the next token from logits.

Order: repetition penalty, temperature, top-k, top-p, min-p, as in Hugging Face transformers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import InputError, ModelError

_HEAD: Final = 1024


@dataclass(frozen=True)
class Sampling:
    """How tokens are drawn.

    Attributes:
        temperature: Logits are divided by it; 0 is greedy: always the likeliest token.
        top_k: Keep the k likeliest tokens; 0 keeps all.
        top_p: Keep the fewest tokens whose probabilities add up to p (Holtzman et al. 2020, arXiv 1904.09751).
        min_p: Keep tokens at least min_p times as likely as the likeliest (Nguyen et al. 2024, arXiv 2407.01082).
        repetition_penalty: Divides positive logits of recent tokens and multiplies negative ones; 1 is none
            (Keskar et al. 2019, arXiv 1909.05858, section 4.1).
        seed: The same seed draws the same tokens; None draws anew each time.

    Raises:
        InputError: A value is out of range.
    """

    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    seed: int | None = None

    def __post_init__(self) -> None:
        ranges = {
            "temperature": 0 <= self.temperature <= 10,
            "top_k": self.top_k >= 0,
            "top_p": 0 < self.top_p <= 1,
            "min_p": 0 <= self.min_p <= 1,
            "repetition_penalty": 0.1 <= self.repetition_penalty <= 10,
            "seed": self.seed is None or self.seed >= 0,
        }
        for name, holds in ranges.items():
            if not holds:
                raise InputError(f"The setting {name} cannot be {getattr(self, name)}.", next_step=_RANGES)


_RANGES: Final = (
    "Temperature goes from 0 to 10, top-k from 0, top-p from above 0 to 1, min-p from 0 to 1, "
    "the repetition penalty from 0.1 to 10."
)


class Sampler:
    """Draws tokens for one answer; it owns the random numbers, so a new answer takes a new sampler."""

    def __init__(self, sampling: Sampling) -> None:
        self.sampling = sampling
        self._random = np.random.default_rng(sampling.seed)

    def pick(self, logits: NDArray[np.float32], recent_tokens: Sequence[int]) -> int:
        """The next token, given logits (vocabulary,) and the tokens that the repetition penalty is about.

        Greedy takes the first of several equal maxima. `logits` is left as it is.

        Raises:
            ModelError: The logits are no numbers.
        """
        scores = self._penalised(logits, recent_tokens)
        best = int(scores.argmax())
        if not np.isfinite(scores[best]):
            raise ModelError("The model computed nonsense.", next_step="Remove it and add it again.")
        if self.sampling.temperature == 0:
            return best
        tokens, chances = candidates(scores, self.sampling)
        heights = chances.cumsum()
        return int(tokens[np.searchsorted(heights, self._random.random() * heights[-1], side="right")])

    def _penalised(self, logits: NDArray[np.float32], recent_tokens: Sequence[int]) -> NDArray[np.float32]:
        penalty = np.float32(self.sampling.repetition_penalty)
        if penalty == 1 or not recent_tokens:
            return logits
        recent = np.unique(np.asarray(recent_tokens))
        scores = logits.copy()
        scores[recent] = np.where(scores[recent] > 0, scores[recent] / penalty, scores[recent] * penalty)
        return scores


def candidates(scores: NDArray[np.float32], sampling: Sampling) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The tokens that may be drawn and their chances (which add up to at most 1), likeliest first where any are cut.

    `sampling.temperature` must be above 0.
    """
    chances = np.exp((scores.astype(np.float64) - float(scores.max())) / sampling.temperature)
    if 0 < sampling.top_k < len(scores):
        tokens = _likeliest(scores, sampling.top_k)
        total = chances[tokens].sum()
    else:
        total = chances.sum()
        if sampling.top_p == 1 and sampling.min_p == 0:
            return np.arange(len(scores)), chances / total
        # Sorting a whole vocabulary takes longer than a token may; a thousand tokens nearly always hold enough.
        tokens = _likeliest(scores, min(_HEAD, len(scores)))
        kept = chances[tokens]
        if kept.sum() < sampling.top_p * total and kept[-1] >= sampling.min_p * kept[0]:
            tokens = _likeliest(scores, len(scores))
    chances = chances[tokens] / total
    if sampling.top_p < 1:
        # A token stays while those before it have not reached p, so at least one always stays.
        kept_count = int(np.searchsorted(chances.cumsum() - chances, sampling.top_p, side="left"))
        tokens, chances = tokens[:kept_count], chances[:kept_count]
    kept_count = int((chances >= sampling.min_p * chances[0]).sum())
    return tokens[:kept_count], chances[:kept_count]


def _likeliest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The `count` tokens of the highest scores, highest first."""
    tokens = np.argpartition(-scores, count - 1)[:count]
    return tokens[np.lexsort((tokens, -scores[tokens]))]
