"""What a message asks, by its words alone: whether it asks about what the user told, and whose and what it is about.

Cheap rules for English. They only ever choose between quoting, "I don't find that" and the model's own words.
"""

import re
from enum import Enum

LONGEST = 300
"""Characters of a question to memory. Longer messages are tasks or stories."""


class Asks(Enum):
    """What a message wants."""

    OWN = "own"
    """What only the user can have told: "Where do I live?"."""
    WORLD = "world"
    """What memory or the model's knowledge may answer: "Who plays the cello?"."""
    NOTHING = "nothing"
    """Nothing of memory: a statement, a greeting, a request, a wish for advice."""


_LEAD = re.compile(
    r"^\W*(?:(?:well|so|and|ok|okay|hey|hi|hello|hippo|please|sorry|by the way)\b[\s,!.]*)*"
    r"(?:(?:(?:can|could|do|would) you (?:please )?(?:still )?)?"
    r"(?:remember|recall|know|tell me|remind me(?: of)?)\b[\s,:]*"
    r"|(?:did|have) i (?:ever |already )?(?:tell|told|mention(?:ed)?(?: to)?) (?:to )?you\b[\s,:]*"
    r"|i (?:forgot|forget|don'?t remember|can'?t remember)\b[\s,:]*)?",
    re.IGNORECASE,
)
_REMINDING = re.compile(r"\b(?:remember|recall|remind|forg[eo]t|tell you|told you|mention)", re.IGNORECASE)
_TELLING = re.compile(rf"{_REMINDING.pattern}|\btell me|\bknow\b", re.IGNORECASE)
ASKING = re.compile(
    r"(?:(?:in|at|on|for|from|to|with|by|of|about|under|since|until) )?"
    r"(?:who|whose|whom|what|which|where|when|why|how)(?:'s)?\b"
    r"|(?:is|are|was|were|am|do|does|did|have|has|had|will|would|can|could)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:my|our|the names? of)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"^(?:how|where|what|which|why|when)\b.{0,40}?\b(?:should|shall|could|can|might) (?:i|we)\b"
    r"|^(?:should|shall|can|could|may|must) (?:i|we)\b"
    r"|^(?:can|could|would|will) you\b"
    r"|^(?:what|how) (?:about|if|else)\b"
    r"|^how (?:are|do) you\b|^who are you\b|^how to\b"
    # "How do I boil an egg?", but not "How do I feel about eggs?"
    r"|^how (?:do|would) (?:i|we|you) (?!(?:feel|like|take|get to|know|usually|prefer|spend|pay)\b)",
    re.IGNORECASE,
)
_GIFT = re.compile(
    r"^(?:which|what) [\w ]+ (?:should|shall|can|could) (?:i|we) (?:get|buy|bring|order|make|cook) for\b", re.IGNORECASE
)
"""Asks what somebody likes, though it sounds like advice."""
YOU = re.compile(r"\byou(?:rs?|rself)?\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:i(?:'[mdv]e?|'ll)?|me|my|mine|myself|we(?:'re|'ve|'ll)?|us|our|ours)\b", re.IGNORECASE)
_PARENT = re.compile(
    r"\b(?:mum|mom|mummy|mommy|dad|daddy|grandma|grandpa|granny|gran|nana|granddad|grandad)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(r"(?:is|are|was|were|am|do|does|did|have|has|had|will|would|can|could)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:used to|before|previous|previously|formerly|former|earlier|at first|originally|once|back then|old)\b",
    re.IGNORECASE,
)


def inner(text: str) -> str:
    """The question itself: "Do you remember where I live?" asks "where I live?"."""
    text = " ".join(text.split())
    rest = _LEAD.sub("", text, count=1)
    return rest if len(rest.split()) >= 2 else text


def asks(text: str) -> Asks:
    """What a message wants, as far as its words tell."""
    text = " ".join(text.split())
    question = inner(text)
    lead = text.removesuffix(question)
    reminding = _REMINDING.search(lead) is not None
    named = _NAMED.match(question) is not None and _TELLING.search(lead) is not None
    if len(text) > LONGEST or not (text.endswith("?") or named or ASKING.match(question)):
        return Asks.NOTHING
    if not text.endswith("?") and not reminding and "," in question:
        return Asks.NOTHING  # "What a day it was, I am tired."
    if _ADVICE.search(question) and not reminding and not _GIFT.search(question):
        return Asks.NOTHING
    if FIRST_PERSON.search(text if reminding else question) or _PARENT.search(question):
        return Asks.OWN
    return Asks.NOTHING if YOU.search(question) else Asks.WORLD


def asks_yes_or_no(question: str) -> bool:
    """Whether yes or no would answer it."""
    return _YES_OR_NO.match(inner(question)) is not None


def asks_past(question: str) -> bool:
    """Whether it is about what held earlier."""
    return _PAST.search(question) is not None


def names(text: str) -> set[str]:
    """The capitalised words of a text in lower case, but for its first: mostly names."""
    return {bare(word) for word in WORD.findall(text)[1:] if word[0].isupper() and not _NO_NAME.fullmatch(word)}


def bare(word: str) -> str:
    """A word in lower case, without a possessive ending."""
    return re.sub(r"['’]s?$", "", word).lower()


WORD = re.compile(r"[^\W\d_][\w'’-]*|-")
_NO_NAME = re.compile(
    r"(?i:i('\w+)?|who|what|which|where|when|why|how|hippo|(mon|tues|wednes|thurs|fri|satur|sun)days?|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|christmas|easter)"
)
