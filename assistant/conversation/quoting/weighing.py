"""How well each passage answers a question: by recall, by the words that it covers, and by how the model reads it."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.conversation.question import bare, inner, names
from assistant.store.terms import search_terms

from .evidence import Passage
from .filtering import can_answer, somebody, statements
from .reader import Reader

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts to embeddings of length 1: float32 (texts, dimensions)."""

MOST_PASSAGES: Final = 6
"""So many are weighed. Ten put the right one first hardly more often and take twice the time."""

SURE: Final = 1.1
SURE_IN_THE_SAME_WORDS: Final = 0.93
UNSURE: Final = 0.85
"""Of `Weighed.confidence`: from SURE on a passage answers, from UNSURE on it is shown as the nearest that there is.

A question that names the thing that is asked for ("which food am I allergic to?") needs less where all its other words
are said and something like that thing as well ("I am allergic to walnuts").
"""

COVERED: Final = 0.5
"""Of `Weighed.covered`: a passage that covers less of the question does not answer it, whatever its confidence.

SURE, UNSURE and COVERED were chosen on two invented lives, 65 short memories, 90 questions that these answer and 90
near to them that they do not: 4 of the latter were answered, 16 of the former only shown as the nearest or not found.
"""

RELATED: Final = 0.4
EXPLAINED: Final = 2.3
"""Of `Weighed.covered` and `Weighed.gain`: what reaches neither is only about the same person or place."""

FOCUS: Final = 0.4
"""Of `Weighed.focus`: a passage without anything like the thing that is asked for ("which meal") is not sure."""

_LONGEST = 80
"""Words of a passage that are compared with those of the question."""


@dataclass(frozen=True)
class Weighed:
    """A passage, weighed.

    Attributes:
        gain: See `Reader.gains`.
        covered: How well it covers the question's words, 0 to 1.
        focus: How well it covers the thing that is asked for: "meal" in "which meal"; 1 where none is named.
        own: It was said by whom the question names.
        same_words: All words of the question but the one for the thing that is asked for are in it.
    """

    passage: Passage
    gain: float
    covered: float
    focus: float
    own: bool
    same_words: bool = False

    @property
    def rank(self) -> float:
        """By this the best passage is chosen: mostly by how well it explains the question."""
        return self.gain + 1.5 * self.passage.relevance + 0.5 * self.own

    @property
    def confidence(self) -> float:
        """How sure it is that the passage answers."""
        return self.passage.relevance + 0.1 * self.gain + 0.3 * self.covered

    @property
    def answers(self) -> bool:
        """Whether it surely answers."""
        sure = SURE_IN_THE_SAME_WORDS if self.same_words else SURE
        return self.confidence >= sure and self.covered >= COVERED and self.focus >= FOCUS

    @property
    def is_near(self) -> bool:
        """Whether it is worth showing where nothing answers."""
        return self.confidence >= UNSURE and (self.covered >= RELATED or self.gain >= EXPLAINED)


def weigh(question: str, passages: Sequence[Passage], reader: Reader, embed: Embed) -> list[Weighed]:
    """The passages that may answer, the likeliest first.

    Raises:
        CancelledError: `reader.cancelled` answered true.
    """
    asked = inner(question)
    about = names(asked)
    able = [p for p in passages if can_answer(asked, statements(p.spoken), p.speaker, p.asked)]
    able = sorted(able, key=lambda p: -p.relevance)[:MOST_PASSAGES]
    least = max((p.relevance for p in able), default=0.0) / 2
    able = [p for p in able if p.relevance >= least]
    covered = _coverage(asked, [f"{p.asked} {statements(p.text)}" for p in able], embed)
    gains = reader.gains([p.as_sentence for p in able], asked)
    found = [
        # Tom speaks of himself, others speak to him.
        Weighed(passage, gain, share, focus, own=bare(passage.speaker) in about, same_words=same)
        for passage, gain, (share, focus, same) in zip(able, gains, covered, strict=True)
    ]
    return sorted(found, key=lambda item: -item.rank)


_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
_LIGHT = frozenset(
    (
        *("name", "names", "called", "call", "many", "much", "kind", "sort", "type", "old", "time", "long"),
        *("number", "date", "day"),
        *("do", "does", "go", "have", "has", "got", "get"),
    )
)
_FOCUS = re.compile(r"\b(?:which|what) (?:(?:kind|sort|type|make|brand|piece) of )?([^\W\d_]+)\b", re.IGNORECASE)


def _coverage(question: str, texts: Sequence[str], embed: Embed) -> list[tuple[float, float, bool]]:
    """How well each text covers a question's words, and the word for what is asked for; whether it has all others.

    The mean over the words of 1 for those that the text has, else of the cosine of the nearest that it has.
    """
    about = names(question)
    words = [
        word
        for word in _WORD.findall(question)
        if len(search_terms(word)) and bare(word) not in about and word.lower() not in _LIGHT
    ]
    # Whom it asks about says nothing of what it asks.
    whom = somebody(question)
    words = [word for word in words if bare(word) not in whom] or words
    if not words or not texts:
        return [(1.0, 1.0, False)] * len(texts)
    focus = {found.lower() for found in _FOCUS.findall(question)}
    told = [_telling(text, about) for text in texts]
    known = list(dict.fromkeys([*words, *(word for part in told for word in part)]))
    vectors = dict(zip(known, embed(known), strict=True))
    asked = [set(search_terms(word).tolist()) for word in words]
    found: list[tuple[float, float, bool]] = []
    for text, part in zip(texts, told, strict=True):
        terms = set(search_terms(text).tolist())
        near = np.stack([vectors[w] for w in part]) if part else np.zeros((1, len(vectors[words[0]])), np.float32)
        covered = {
            w: 1.0 if term & terms else float((near @ vectors[w]).max()) for w, term in zip(words, asked, strict=True)
        }
        named = [share for word, share in covered.items() if word.lower() in focus]
        others = [share for word, share in covered.items() if word.lower() not in focus]
        same = bool(named and others) and min(others) == 1.0
        found.append((sum(covered.values()) / len(covered), max(named, default=1.0), same))
    return found


def _telling(text: str, about: Container[str]) -> list[str]:
    """The words of a text that may answer, each once: not the light ones, nor those for whom the question names."""
    words = dict.fromkeys(_WORD.findall(text))
    return [word for word in words if word.lower() not in _LIGHT and bare(word) not in about][:_LONGEST]
