"""What was said at another time and may take the place of a passage: it answers as well, or says that it is over.

Works on what was found, without any fact having been made of it: facts know the kinds of things that they have rules
for, people change their minds about everything.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.conversation.question import FIRST_PERSON, asks_yes_or_no, inner, names
from assistant.memory.facts.changes import ended_in
from assistant.memory.recall.query import names_in
from assistant.memory.recall.when import asks_when, has_time
from assistant.memory.text import sentences
from assistant.store.terms import search_terms, term_set

from .direct import time_told
from .evidence import Passage
from .people import FirstNames
from .weighing import Weighed

_LESS_COVERED: Final = 0.1
_LESS_GAIN: Final = 0.8
_LESS_RELEVANT: Final = 0.2
"""A passage that falls short of the best by no more than these answers the same question."""

_SELF = re.compile(r"(?:i(?:'[mdv]e?|'ll)?|we(?:'re|'ve|'ll)?)\b", re.IGNORECASE)


def rivals(question: str, weighed: Sequence[Weighed]) -> list[Passage]:
    """The passages that answer about as well as the best one, the first, and were said at another time."""
    best = weighed[0]
    if asks_yes_or_no(question):
        return []
    asked_when = asks_when(inner(question))
    return [
        item.passage.said
        for item in weighed[1:]
        if item.passage.said.record != best.passage.said.record
        and item.passage.said.speaker == best.passage.said.speaker
        and item.covered >= best.covered - _LESS_COVERED
        and item.gain >= best.gain - _LESS_GAIN
        and item.passage.relevance >= best.passage.relevance - _LESS_RELEVANT
        and (not asked_when or time_told(item.passage.said, item.passage.said.text))
    ]


def follows_up(question: str, passage: Passage, found: Iterable[Passage], first_names: FirstNames) -> Passage | None:
    """The last passage that says that what a passage tells is over; None where none does.

    Args:
        question: What the user asks.
        passage: What would be quoted.
        found: What was recalled for the question.
        first_names: Tells whether a sentence begins with one.
    """
    known = {p.said.record: p.said for p in found}
    ending = [p for p in known.values() if p.time > passage.said.time and _ends(p, passage, question, first_names)]
    return max(ending, key=lambda p: p.time, default=None)


def _ends(later: Passage, earlier: Passage, question: str, first_names: FirstNames) -> bool:
    if later.speaker != earlier.said.speaker:
        return False
    told = term_set(earlier.text) | term_set(earlier.said.text)
    about = {term for name in names(question) for term in term_set(name)}
    for sentence in sentences(later.text):
        for old in ended_in(sentence):
            over = term_set(old) - about
            # "The archery team" is over: "Archery" was told. But a day is the same day only as a whole, and many
            # things fall on it.
            day = has_time(old)
            shared = len(over & told)
            if not over or (shared < len(over) if day else 2 * shared < len(over)):
                continue
            if day and not (term_set(sentence) - over - about) & told:
                continue
            if _same_subject(sentence.split(old)[0], earlier, question, first_names):
                return True
    return False


def _same_subject(sentence: str, earlier: Passage, question: str, first_names: FirstNames) -> bool:
    """Whether a sentence, up to what it says is over, can be about whom a question asks: it names them, or nobody."""
    asked = names(question)
    if not asked:
        return FIRST_PERSON.search(sentence) is not None or not names_in(sentence)
    first = re.match(r"\W*([^\W\d_]+)", sentence)
    leading = [first[1]] if first and len(search_terms(first[1])) else []
    named = {name.lower() for name in (*names_in(sentence), *first_names.among(leading))}
    if any(name in sentence.lower() for name in asked):
        return True
    strangers = {name for name in named if name not in earlier.said.text.lower()}
    return not strangers and not _SELF.match(sentence.strip())
