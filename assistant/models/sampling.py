"""Choosing the next token from logits.

Order: repetition penalty, temperature, top-k, top-p, min-p, as in Hugging Face transformers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.errors import InputError, ModelError

_HEADS: Final = (128, 1024)  # tokens
_BLOCK: Final = 256
_MARGINS: Final = (4, 8, 16)  # below the highest score; picking from few tokens is quicker than from all


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
        return int(tokens[_draw(chances, self._random.random())])

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
    best, temperature = scores.max(), np.float32(sampling.temperature)
    if 0 < sampling.top_k < len(scores):
        tokens = _likeliest(scores, sampling.top_k)
        chances = _powers(scores[tokens], best, temperature)
        chances /= chances.sum()
    else:
        # In float32 a vocabulary takes a fifth of the time; each summand is off by less than a millionth.
        weights = np.exp((scores - best) / temperature)
        total = float(weights.sum(dtype=np.float64))
        if sampling.top_p == 1 and sampling.min_p == 0:
            return np.arange(len(scores)), weights.astype(np.float64) / total
        # Sorting a whole vocabulary takes longer than a token may; some hundred tokens nearly always hold enough.
        for head in (*_HEADS, len(scores)):
            tokens = _likeliest(scores, min(head, len(scores)))
            chances = _powers(scores[tokens], best, temperature) / total
            if chances.sum() >= sampling.top_p or chances[-1] < sampling.min_p * chances[0]:
                break
    if sampling.top_p < 1:
        # A token stays while those before it have not reached p, so at least one always stays.
        kept_count = int(np.searchsorted(chances.cumsum() - chances, sampling.top_p, side="left"))
        tokens, chances = tokens[:kept_count], chances[:kept_count]
    kept_count = int((chances >= sampling.min_p * chances[0]).sum())
    return tokens[:kept_count], chances[:kept_count]


def _draw(chances: NDArray[np.float64], height: float) -> int:
    """The index at which the chances, added up one after the other, pass `height` times their sum."""
    # Adding up a whole vocabulary takes a twentieth of a step; its blocks and then one of them, hardly anything.
    starts = np.arange(0, len(chances), _BLOCK)
    tops = np.add.reduceat(chances, starts).cumsum()
    height *= float(tops[-1])
    block = min(int(np.searchsorted(tops, height, side="right")), len(tops) - 1)
    within = chances[starts[block] : starts[block] + _BLOCK].cumsum()
    if block:
        height -= float(tops[block - 1])
    return int(starts[block]) + min(int(np.searchsorted(within, height, side="right")), len(within) - 1)


def _powers(scores: NDArray[np.float32], best: np.float32, temperature: np.float32) -> NDArray[np.float64]:
    powers: NDArray[np.float64] = np.exp((scores.astype(np.float64) - float(best)) / float(temperature))
    return powers


def _likeliest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The `count` tokens of the highest scores, highest first."""
    near = np.arange(len(scores))
    for margin in _MARGINS:
        close = np.flatnonzero(scores >= scores.max() - np.float32(margin))
        if len(close) >= count:
            near = close
            break
    tokens = near[np.argpartition(-scores[near], count - 1)[:count]]
    return tokens[np.lexsort((tokens, -scores[tokens]))]
