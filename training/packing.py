"""Lessons as token sequences: what the prompts share once, then the rest of each with its answer, blind to the others.

Reading the passages is most of the work. With a mask that lets each question see the passages and itself only, all
questions about them are learned for little more than the price of one, as if each stood alone in a prompt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.models.tokenizer import Message, Tokenizer
from training.tasks import Item


@dataclass(frozen=True)
class Packed:
    """One example.

    Attributes:
        tokens: int64 (length,).
        positions: int64 (length,), those that the tokens would have in a prompt of one question.
        segments: int64 (length,), 0 for what all questions share, else the question's number.
        targets: int64 (length,), the token to be predicted next, or -100.
    """

    tokens: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int64]
    segments: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]

    def mask(self) -> npt.NDArray[np.bool_]:
        """bool (length, length): which token may see which."""
        place = np.arange(len(self.tokens))
        causal = place[:, None] >= place[None, :]
        same: npt.NDArray[np.bool_] = causal & (
            (self.segments[None, :] == 0) | (self.segments[:, None] == self.segments[None, :])
        )
        return same


def prompt_tokens(tokenizer: Tokenizer, prompt: Sequence[Message]) -> list[int]:
    """The tokens of a prompt as the product makes them."""
    return tokenizer.encode_chat(prompt, add_generation_prompt=True)


def pack(tokenizer: Tokenizer, lesson: Sequence[Item], stop: int, longest: int) -> Packed | None:
    """The items of a lesson in one sequence; None where it is longer than `longest` tokens."""
    prompts = [prompt_tokens(tokenizer, item.prompt) for item in lesson]
    answers = [[*tokenizer.encode(item.answer), stop] for item in lesson]
    shared = _common(prompts) if len(prompts) > 1 else len(prompts[0]) - 1
    tokens, positions, segments = list(prompts[0][:shared]), list(range(shared)), [0] * shared
    targets = [-100] * shared
    for number, (prompt, answer) in enumerate(zip(prompts, answers, strict=True), 1):
        own = [*prompt[shared:], *answer[:-1]]
        tokens += own
        positions += range(shared, shared + len(own))
        segments += [number] * len(own)
        targets += [-100] * (len(own) - len(answer)) + answer
    if len(tokens) > longest:
        return None
    return Packed(*(np.array(values, np.int64) for values in (tokens, positions, segments, targets)))


def _common(prompts: Sequence[Sequence[int]]) -> int:
    """Length of the beginning that all share, with at least one token left for each."""
    count = min(map(len, prompts)) - 1
    first = prompts[0]
    return next((i for i in range(count) if any(p[i] != first[i] for p in prompts)), count)
