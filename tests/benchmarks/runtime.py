"""What the benchmarks of the model runtime share: the built-in models in a folder of their own, and medians."""

import contextlib
import os
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from assistant.conversation.prompt import SYSTEM
from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.models.tokenizer import Message, Tokenizer
from assistant.paths import Home

Figure = TypeVar("Figure")

THREADS = 2
PROSE = (
    "A walk through the old harbour begins at the customs house. Fishermen mend their nets in the shade, gulls fight "
    "over what the market left, and a small ferry crosses to the island every half hour. Further on, where the wall "
    "bends, somebody has painted the names of all ships that were built here, from the first sloop to the last tanker. "
)
"""A text of our own, repeated where a long one is needed."""


@contextlib.contextmanager
def model_home() -> Iterator[Home]:
    """A home whose built-in models are ready; it is removed in the end."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "home")
        ensure_language_model(home)
        ensure_embedder(home)
        yield home


def chat(tokenizer: Tokenizer, text: str) -> list[int]:
    """The tokens of a chat in which the user says `text`."""
    return tokenizer.encode_chat(
        [Message("system", SYSTEM), Message("user", text)],
        add_generation_prompt=True,
    )


def alternate(rounds: int, runs: Mapping[str, Callable[[], Figure]]) -> dict[str, list[Figure]]:
    """Run all of `runs` once a round, in turn from the front and from the back; what each returned, round by round."""
    figures: dict[str, list[Figure]] = {name: [] for name in runs}
    for index in range(rounds):
        for name in sorted(runs, reverse=bool(index % 2)):
            figures[name].append(runs[name]())
    return figures


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """The median of the ratios of the rounds: what slows a whole round down does not count."""
    return round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 3)


def load() -> float:
    """The load average of the last minute: how many processes wanted a core."""
    return round(os.getloadavg()[0], 2)
