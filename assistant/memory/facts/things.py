"""What is said of somebody's things and appointments: the thing is the attribute, what it is said to be the value."""

import re
from dataclasses import dataclass

from assistant.memory.facts.lexicon import NO_HEADS, NO_THING_WORDS, NO_THINGS, OFTEN_MORE
from assistant.memory.facts.predicate import Predicate
from assistant.memory.facts.subject import Subject
from assistant.memory.facts.values import cut, is_transient, statement

_EVENT_NOUNS = (
    "appointment exam interview meeting flight wedding surgery operation deadline concert race test presentation"
    " reservation check-up checkup marathon recital party call class lesson shift viewing audition trip dinner hearing"
    " scan session graduation ceremony reunion premiere competition exhibition defence defense launch audit sale shoot"
    " shower christening housewarming evening certificate match game tournament festival conference interview"
)
_EVENT = rf"((?:[\w'-]+ ){{0,3}}?(?:{'|'.join(_EVENT_NOUNS.split())}))"
_HAVE_EVENT = re.compile(rf"(?:an?|my|the|got an?|another) {_EVENT}\b(.*)$", re.IGNORECASE)
_ENDS_WITH_EVENT = re.compile(rf"{_EVENT}$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:moved|changed|postponed|rescheduled|shifted|delayed|brought forward|put off|switched|renamed|pushed|raised"
    r"|set|fixed|scheduled|planned|went|gone|put)\b"
    r"(?: back| forward| up| down)?,?(?: .*?)?\b(?:to|until|till|for) (?P<value>.+)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:set|fixed|scheduled|planned)\b", re.IGNORECASE)
_POINTING_AT = re.compile(
    r"(?:it|this|that|these|those|you|your|what|how|so|such|why|because|when|where)\b", re.IGNORECASE
)
_SPECIFIC = re.compile(r"\d|\b(?:is|are|was|were) (?:called|named|on|at) ", re.IGNORECASE)
_IN_A_PLACE = re.compile(r"(?:at|in|on) (?!\d|the \d|[A-Z][a-z]+ \d)(?:the |an? )?[\w]", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday", re.IGNORECASE)
_BEING = frozenset({"be", "start", "leave", "arrive", "cost", "open", "close", "become", "go"})
_HOME = re.compile(
    r"^(?:(?:small|big|new|old|own|little|tiny|whole) )*(?:flat|house|apartment|home|place|room|studio)"
    r" in (?P<place>.+)$"
)
_ADJECTIVES = re.compile(r"^(?:(?:new|old|next|current|own|upcoming) )+(?=\w)")
_SYNONYMS = {
    **dict.fromkeys(("dish", "meal"), "food"),
    "movie": "film",
    "color": "colour",
    "mobile": "phone",
    "cellphone": "phone",
}
_LONGEST = 12
"""Words of a value."""


@dataclass(frozen=True)
class Told:
    """What is said of a thing: an attribute of its owner, the value, whether it is over, whether it changed."""

    attribute: str
    value: str
    past: bool = False
    changes: bool = False


def noun_of(subject: Subject) -> str:
    """The noun of a thing as the name of an attribute; "" where a thing of this kind tells nothing lasting."""
    noun = re.sub(r"\bfavorite\b", "favourite", subject.noun.lower())
    noun = _ADJECTIVES.sub("", noun)
    noun = " ".join(_SYNONYMS.get(word, word) for word in noun.split())
    words = noun.split()
    vague = words[-1] in NO_HEADS and not (len(words) > 1 and is_event(noun))
    if noun in NO_THINGS or vague or set(words) & NO_THING_WORDS or "'s" in noun:
        return ""
    return noun


def told_of_thing(subject: Subject, predicate: Predicate, *, corrects: bool, undated: str) -> Told | None:
    """What a clause says of a thing, if it is a state of it that has a name.

    Args:
        subject: The thing.
        predicate: What is said of it.
        corrects: It mends what was said before.
        undated: The clause as it was said, before dates were put in.
    """
    noun = noun_of(subject)
    if not noun or predicate.negated or predicate.tense == "modal":
        return None
    whole = f"{predicate.form} {predicate.rest}"
    changes = predicate.begins or corrects
    if moved := _MOVED.search(whole):
        value, changes = moved["value"], changes or not _CHANGED.search(whole)
    elif predicate.verb not in _BEING or (predicate.verb == "go" and predicate.tense != "present"):
        return None
    elif predicate.verb in ("be", "become"):
        value, changes = predicate.rest, changes or predicate.verb == "become"
    else:
        value = whole
    value = re.sub(r"^(?:called|named) ", "", statement(value))
    if not value or len(value.split()) > _LONGEST or _POINTING_AT.match(value):
        return None
    if is_transient(value) and not noun.startswith("favourite"):
        return None
    if subject.owner is None and not _SPECIFIC.search(undated):
        return None
    if noun == "name":
        value = cut("name", value) or value
    if predicate.verb == "be" and _IN_A_PLACE.match(value) and not _DAY.search(value):
        noun = f"{noun} place"
    return Told(noun, value, predicate.form in ("was", "were") and not changes and not moved, changes)


def home_in(subject: Subject) -> str:
    """The place of a home that a noun phrase takes for granted ("flat in Porto"), or ""."""
    found = _HOME.match(subject.noun)
    return (cut("place", found["place"]) or "") if found else ""


def appointment(predicate: Predicate, is_dated: bool) -> tuple[str, str] | None:
    """The noun and the time of "have an exam on Friday". One of a sort of which people have many is a plan."""
    if predicate.verb not in ("have", "book", "schedule") or not is_dated or predicate.negated or predicate.ended:
        return None
    found = _HAVE_EVENT.match(predicate.rest)
    if found is None or predicate.tense == "past":
        return None
    noun = found[1].lower().strip()
    return ("plan", f"{noun}{found[2]}".strip()) if noun in OFTEN_MORE else (noun, found[2].strip() or noun)


def is_event(noun: str) -> bool:
    """Whether an attribute is an appointment or another event."""
    return _ENDS_WITH_EVENT.search(noun) is not None
