"""Whether a statement that no rule knows is worth keeping: it lasts or it happened, and it says which."""

import re

from assistant.memory.facts.lexicon import INANIMATE, OF_THE_DAY, OF_THE_MOMENT, VAGUE
from assistant.memory.facts.predicate import Predicate
from assistant.memory.facts.subject import Subject
from assistant.memory.facts.values import is_transient
from assistant.store.terms import search_terms

_NOT_TO_HAVE = re.compile(
    r"(?:an? |the |some |any |no |so |such |another |to\b|got\b|you\b|it\b)*(?:question|problem|issue|idea"
    r"|doubt|request|headache"
    r"|feeling|moment|minute|second|great|good|nice|lovely|bad|wonderful|blast|ball|fun|time|lot|bit|look|trouble|clue|chance|choice"
    r"|error|bug|favor|favour|point|rest|talk|chat|suggestion|hard|tough|rough|long|busy)\b|to\b|no\b|you\b",
    re.IGNORECASE,
)
TO_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_POINTING_REST = re.compile(
    r"(?:(?:to|at|for|with|about|of|on|from|up|into) )?(?:it|this|that|these|those|them|him|her|here|there|so"
    r"|what|something|anything|everything|nothing|stuff)\b"
    r"|(?:it|this|that|them|one)$",
    re.IGNORECASE,
)
_UNRESOLVED = re.compile(r"\b(?:it|them|each other(?:'s)?)\b", re.IGNORECASE)


def _reads_as_thing(predicate: Predicate) -> bool:
    """Whether a capitalised subject may be no person: "Summer brings rain"."""
    return predicate.verb in INANIMATE and predicate.tense == "present"


def _says_something(rest: str) -> bool:
    """Whether something is named besides what could be said of any day: not "had a great time"."""
    return any(word not in VAGUE for word in re.findall(r"[\w'-]+", re.sub(r"\b(?:on|in) .*\d{4}\b", "", rest).lower()))


_STAYING = re.compile(
    r"(?:stay|remain|keep|continue|be) (?:so |very |really |always |pretty |totally )*(?:positive|going"
    r"|on going|focused|motivated|determined|hopeful|strong|calm|safe|busy"
    r"|pushing|moving|trying|working hard|chasing|fighting|it up|up|at it|true|in touch|tuned|optimistic"
    r"|committed|open|humble|patient)\b"
    r"|(?:get|have|learn|do|take|make) (?:some|something|a ton|a few|a lot|lots|so much|the most|tons|plenty"
    r"|much|many|any)\b"
    r"|\w+ .*\b(?:make|making|made) (?:it|things|that|this) (?:happen|work|all)\b|work hard\b|give (?:it\b|up$)"
    r"|can not wait",
)
_FEWEST_TERMS = 2


def worth_keeping(subject: Subject, predicate: Predicate, text: str, is_dated: bool) -> bool:
    """Whether a clause that no rule knows states something lasting: no mood, no talk about the talk, no request."""
    verb, rest = predicate.verb, predicate.rest
    if predicate.tense == "modal" or (predicate.tense == "future" and not is_dated and "going to" not in text):
        return False
    particular = says_which(rest) and predicate.tense != "future"
    if (
        TO_YOU.search(text)
        or (_POINTING_REST.match(rest) and not particular)
        or (_UNRESOLVED.search(rest) and not particular)
    ):
        return False
    if predicate.tense in ("past", "perfect") and not _says_something(rest):
        return False
    if subject.kind == "person" and not subject.relation and _reads_as_thing(predicate) and not particular:
        return False
    if OF_THE_DAY & {verb, f"{verb}_{rest.split(' ', 1)[0]}"} or _OF_A_DAY.match(f"{verb} {rest}"):
        return False
    if verb in OF_THE_MOMENT and not (
        (predicate.tense == "past" and is_dated and verb in ("see", "hear", "find", "come"))
        or (verb in _KEPT_IF_PARTICULAR and particular)
        or re.match(r"(?:out|with) ", rest)
    ):
        return False
    if verb == "be" and (is_transient(rest) or predicate.tense == "progressive"):
        return False
    if _STAYING.match(f"{verb} {rest}"):
        return False
    if verb == "change" and rest.startswith(("my mind", "our mind")):
        return False
    if verb == "have" and _NOT_TO_HAVE.match(rest):
        return False
    if predicate.ended and predicate.negated:
        return len(search_terms(rest)) > 0
    if verb in ("do", "get", "make", "go", "give", "take", "keep", "put") and len(search_terms(rest)) < _FEWEST_TERMS:
        return False
    return len(search_terms(f"{predicate.form} {rest}")) >= _FEWEST_TERMS and "?" not in text


_KEPT_IF_PARTICULAR = frozenset({"see", "hear", "find", "wish", "try", "follow", "wait"})
_OF_A_DAY = re.compile(
    r"(?:have|eat|get|make|lose|find) .*\b(?:for (?:lunch|breakfast|dinner|supper|tea)|again)$"
    r"|make (?:me|us) (?:laugh|smile|cry|jump)\b|be (?:half |fast |still )?(?:asleep|awake)\b"
    r"|(?:spend|take) .*\blooking for\b"
    r"|write from\b|have .*\b(?:talk|chat|word) with\b|send (?:me|us)\b"
)


def says_which(text: str) -> bool:
    """Whether words name something by a number or a proper name, other than by their first word."""
    return re.search(r"\d|(?<=[\w,] )(?!I\b)[A-ZÀ-Þ]", f". {text}" if text[:1].isdigit() else text) is not None
