"""Whether an answer that a model wrote is borne out by what it read, and by which passages of it.

By words: an answer from memory is short, and what matters in it are names, numbers, days and things, which stand in the
passages or follow from them. A small model that has not understood invents just these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.store.terms import term_set

from .question import asks_yes_or_no
from .reading import ReadingPassage, reading_lines

_BORNE_OUT: Final = 0.5
"""The share of an answer's words that has to be found; of names and numbers all have to."""

_MOST_SOURCES: Final = 4

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COUNT = re.compile(
    r"(?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|several|both)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow (?:many|much|often|long|old|far)\b", re.IGNORECASE)
_OWN = frozenset(("yes", "likely", "probably", "perhaps", "maybe", "none", "never", "since", "ago"))
"""Words that an answer may have of its own."""


@dataclass(frozen=True)
class _Words:
    """What an answer is made of: hashed terms."""

    strict: tuple[frozenset[int], ...]
    others: tuple[frozenset[int], ...]


def is_borne_out(answer: str, question: str, passages: Sequence[ReadingPassage]) -> bool:
    """Whether what an answer says stands in the passages, or follows from their days."""
    known = term_set(f"{reading_lines(passages)} {question}")
    words = _words_of(answer, question)
    if not all(term <= known for term in words.strict):
        return False
    found = sum(term <= known for term in words.others)
    return found >= _BORNE_OUT * len(words.others)


def drawn_on(answer: str, question: str, passages: Sequence[ReadingPassage]) -> tuple[int, ...]:
    """Which passages an answer draws on, by their places: as few as hold all its words that any of them holds.

    Of equal ones the first is taken, so the best passages come first. A mere yes or no draws on the first passage that
    shares most with the question.
    """
    told = [term_set(reading_lines([passage])) for passage in passages]
    asked = term_set(question)
    words = _words_of(answer, question)
    wanted = {term for group in (*words.strict, *words.others) for term in group}
    rare = {term: 1.0 / held for term in wanted if (held := sum(term in terms for terms in told))}

    def worth(place: int) -> tuple[float, int, int]:
        return sum(rare[term] for term in told[place] if term in rare), len(told[place] & asked), -place

    chosen: list[int] = []
    left = set(range(len(told)))
    while left and len(chosen) < _MOST_SOURCES:
        best = max(left, key=worth)
        if chosen and not worth(best)[0]:
            break
        chosen.append(best)
        left.discard(best)
        for term in told[best]:
            rare.pop(term, None)
    return tuple(chosen)


def _words_of(answer: str, question: str) -> _Words:
    strict: list[frozenset[int]] = []
    others: list[frozenset[int]] = []
    counted = _COUNTED.search(question) is not None
    begun = not asks_yes_or_no(question)
    for at, found in enumerate(_WORD.finditer(answer)):
        word = found[0]
        term = term_set(word)
        if not term or word.lower() in _OWN or (counted and _COUNT.fullmatch(word)):
            continue
        # A capital at the beginning says nothing, unless it is kept in a short answer: "Lisbon".
        named = word[0].isupper() and (at > 0 or (begun and len(answer.split()) <= 2))
        (strict if named or any(letter.isdigit() for letter in word) else others).append(term)
    return _Words(tuple(strict), tuple(others))
