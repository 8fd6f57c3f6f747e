"""Examples as token sequences: the passages once, then every question with its answer, blind to the other questions.

Reading the passages is most of the work. With a mask that lets each question see the passages and itself only, all
questions about them are learned for little more than the price of one, as if each stood alone in a prompt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.conversation.reading import ReadingPassage, reading_prompt
from assistant.models.tokenizer import Tokenizer


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


def passages_of(row: Mapping[str, Any]) -> list[ReadingPassage]:
    """The passages of a row that `training.data` wrote."""
    return [
        ReadingPassage(p["speaker"], p["text"], datetime.fromisoformat(p["time"]), p.get("asked", ""))
        for p in row["passages"]
    ]


def today_of(row: Mapping[str, Any]) -> date | None:
    """The day of asking of a row."""
    return date.fromisoformat(row["today"]) if row.get("today") else None


def prompt_tokens(
    tokenizer: Tokenizer, passages: Sequence[ReadingPassage], question: str, today: date | None
) -> list[int]:
    """The tokens of the prompt as the product makes them."""
    return tokenizer.encode_chat(reading_prompt(passages, question, today), add_generation_prompt=True)


def pack(tokenizer: Tokenizer, row: Mapping[str, Any], stop: int, longest: int) -> Packed | None:
    """A row that `training.data` wrote; None where it is longer than `longest` tokens."""
    passages, today = passages_of(row), today_of(row)
    prompts = [prompt_tokens(tokenizer, passages, asked["question"], today) for asked in row["asked"]]
    answers = [[*tokenizer.encode(asked["answer"]), stop] for asked in row["asked"]]
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
