"""What was said later and takes the place of a passage: by saying that it is over, or by answering the same anew.

Works on what was found, without any fact having been made of it: facts know the kinds of things that they have rules
for, people change their minds about everything.
"""

import re
from collections.abc import Iterable

from assistant.memory.facts.changes import ended_in
from assistant.memory.recall.query import names_in
from assistant.memory.recall.when import has_time
from assistant.memory.text import sentences
from assistant.store.terms import search_terms

from .evidence import Passage
from .people import FirstNames
from .question import names

_FIRST = re.compile(r"\b(?:i(?:'[mdv]e?|'ll)?|my|mine|me|we(?:'re|'ve|'ll)?|our|us)\b", re.IGNORECASE)


_SELF = re.compile(r"(?:i(?:'[mdv]e?|'ll)?|we(?:'re|'ve|'ll)?)\b", re.IGNORECASE)


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
    told = _terms(earlier.text) | _terms(earlier.said.text)
    about = {term for name in names(question) for term in _terms(name)}
    for sentence in sentences(later.text):
        for old in ended_in(sentence):
            over = _terms(old) - about
            # "The archery team" is over: "Archery" was told. But a day is the same day only as a whole, and many
            # things fall on it.
            day = has_time(old)
            shared = len(over & told)
            if not over or (shared < len(over) if day else 2 * shared < len(over)):
                continue
            if day and not (_terms(sentence) - over - about) & told:
                continue
            if _same_subject(sentence.split(old)[0], earlier, question, first_names):
                return True
    return False


def _terms(text: str) -> set[int]:
    return set(search_terms(text).tolist())


def _same_subject(sentence: str, earlier: Passage, question: str, first_names: FirstNames) -> bool:
    """Whether a sentence, up to what it says is over, can be about whom a question asks: it names them, or nobody."""
    asked = names(question)
    if not asked:
        return _FIRST.search(sentence) is not None or not names_in(sentence)
    first = re.match(r"\W*([^\W\d_]+)", sentence)
    leading = [first[1]] if first and len(search_terms(first[1])) else []
    named = {name.lower() for name in (*names_in(sentence), *first_names.among(leading))}
    if any(name in sentence.lower() for name in asked):
        return True
    strangers = {name for name in named if name not in earlier.said.text.lower()}
    return not strangers and not _SELF.match(sentence.strip())
