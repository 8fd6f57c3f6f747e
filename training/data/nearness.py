"""How near the messages of a written talk come to the questions about it: what is near and no answer teaches most.

A search finds what shares words with a question (`ByWords`) and what is alike in sense (`BySense`).
"""

import tempfile
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder
from assistant.paths import Home
from assistant.store.terms import term_set

from .written import Talk

FloatArray = npt.NDArray[np.float32]

_A_WORD: Final = 0.04
"""What a word in common adds to the cosine of two embeddings."""


class Nearness(Protocol):
    """Tells how near messages come to questions."""

    def __call__(self, talk: Talk) -> FloatArray:
        """Float32 (questions, messages) of a talk, in their orders; more is nearer."""
        ...


class ByWords:
    """By the number of words in common."""

    def __init__(self) -> None:
        self._known: dict[str, FloatArray] = {}

    def __call__(self, talk: Talk) -> FloatArray:
        """As `Nearness` tells."""
        if talk.name not in self._known:
            said = [term_set(message.text) for message in talk.messages]
            asked = [term_set(each.question) for each in talk.asked]
            self._known[talk.name] = np.array([[len(a & b) for b in said] for a in asked], np.float32)
        return self._known[talk.name]


class BySense:
    """By the product's own embeddings, and by words. A talk takes about a second when it is first needed."""

    def __init__(self, threads: int = 1) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self._embedder = Embedder.load(ensure_embedder(Home(Path(folder))), threads)
        self._by_words = ByWords()
        self._known: dict[str, FloatArray] = {}

    def __call__(self, talk: Talk) -> FloatArray:
        """As `Nearness` tells."""
        if talk.name not in self._known:
            said = self._embedder.embed([f"{message.speaker}: {message.text}" for message in talk.messages])
            asked = self._embedder.embed([each.question for each in talk.asked])
            self._known[talk.name] = asked @ said.T + _A_WORD * self._by_words(talk)
        return self._known[talk.name]
