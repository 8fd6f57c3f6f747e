"""What a clause says of its subject: its verb with tense and negation, and the rest. Knows no attributes."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.memory.facts.lexicon import NO_VERBS, PASSED_OVER
from assistant.memory.facts.verbs import IRREGULARS, base_form, is_past

Tense = Literal["present", "past", "perfect", "progressive", "future", "modal"]


@dataclass(frozen=True)
class Predicate:
    """What a clause says of its subject.

    Attributes:
        verb: Base form of its main verb.
        rest: What follows the verb, as written, without adverbs of negation and change.
        negated: "do not", "never".
        ended: It held and does not any more: "no longer", "used to", "stopped".
        begins: It did not hold before: "now", "started", "recently".
        form: The main verb as written.
    """

    verb: str
    rest: str
    tense: Tense
    form: str
    negated: bool = False
    ended: bool = False
    begins: bool = False


_BEGINS = frozenset({"now", "recently", "lately", "currently", "nowadays", "newly", "finally", "just", "already"})
_MODALS = frozenset(["would", "could", "might", "may", "must", "should", "can"])
_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
_PARTICIPLES = frozenset(participle for _, participle in IRREGULARS.values())
_ANY_MORE = re.compile(r"\s*\b(any ?more|any longer)$", re.IGNORECASE)
_PHASES = {"stop": "ended", "quit": "ended", "start": "begins", "begin": "begins", "keep": "", "continue": ""}


_SHORTEST_GERUND = 5


def _unknown_verb(form: str) -> str:
    """What stands where only a verb can stand, if it looks like a word at all."""
    return (
        re.sub(r"(?:ed|s)$", "", form)
        if len(form) > 2 and form.replace("-", "").isalpha() and form not in NO_VERBS
        else ""
    )


def read_predicate(text: str, *, surely: bool = False) -> Predicate | None:
    """The predicate of a clause, from what follows its subject; None where there is no verb that is known.

    Args:
        text: What follows the subject.
        surely: A verb follows ("I …"), be it one that is not in the lexicon.
    """
    words = text.split()
    tense: Tense | None = None
    negated = ended = begins = False
    i = 0
    while i < len(words):
        word = words[i].lower().strip(",")
        following = words[i + 1].lower().strip(",.") if i + 1 < len(words) else ""
        if word == "no" and following == "longer":
            negated = ended = True
            i += 2
        elif word in ("not", "never"):
            negated = True
            i += 1
        elif word in _BEGINS:
            begins = begins or word not in ("just", "already")
            i += 1
        elif word in PASSED_OVER:
            i += 1
        elif word == "used" and following == "to":
            ended, tense = True, "past"
            i += 2
        elif word in ("will", "shall"):
            tense = "future"
            i += 1
        elif word in _MODALS:
            tense = "modal"
            i += 1
        elif word == "had" and following == "to" and _at(words, i + 2):
            tense = "past"
            i += 2
        elif word in ("do", "does", "did") and (_next_verb(words, i + 1)):
            tense = "past" if word == "did" else tense
            i += 1
        elif (
            word in _BE
            and tense != "future"
            and following == "going"
            and _at(words, i + 2) == "to"
            and base_form(_at(words, i + 3)) == _at(words, i + 3)
        ):
            tense = "future"
            i += 3
        elif word == "going" and following == "to" and base_form(_at(words, i + 2)) == _at(words, i + 2) != "":
            tense = "future"
            i += 2
        elif word in _BE and _next_verb(words, i + 1, "ing"):
            tense = tense or ("past" if word in ("was", "were") else "progressive")
            i += 1
        elif word in ("have", "has") and following == "got" and i + 2 < len(words):
            return Predicate("have", " ".join(words[i + 2 :]), tense or "present", "have", negated, ended, begins)
        elif word in ("have", "has", "had") and _next_verb(words, i + 1, "participle"):
            tense = tense or "perfect"
            i += 1
        else:
            break
    if i >= len(words):
        return None
    form = words[i].lower().strip(",")
    verb = base_form(form) or (_unknown_verb(form) if surely else "")
    if not verb:
        return None
    rest = " ".join(words[i + 1 :])
    if tense is None:
        tense = "past" if is_past(form) or form in ("was", "were") else "present"
    elif form == "been" and tense == "perfect":
        verb = "be"
    if verb == "give" and _at(words, i + 1) == "up" and _at(words, i + 2).endswith("ing"):
        verb, i = "stop", i + 1
    if verb in _PHASES and i + 1 < len(words):
        head = words[i + 1].lower()
        if head.endswith("ing") and len(head) >= _SHORTEST_GERUND:
            ended = ended or (_PHASES[verb] == "ended" and not negated)
            begins = begins or _PHASES[verb] == "begins"
            return Predicate(
                base_form(head) or head.removesuffix("ing"),
                " ".join(words[i + 2 :]),
                "perfect" if tense == "past" else tense,
                head,
                negated or ended,
                ended,
                begins,
            )
    if negated and _ANY_MORE.search(rest):
        ended, rest = True, _ANY_MORE.sub("", rest)
    elif _ANY_MORE.search(rest):
        rest = _ANY_MORE.sub("", rest)
    leading = re.match(
        r"(?:(?:now|currently|also|still|always|really|already|actually|usually|no longer|not|never)\b,? ?)+",
        rest,
        re.IGNORECASE,
    )
    if leading and verb in ("be", "have"):
        said = leading[0].lower()
        negated = negated or "not" in said.split() or "never" in said or "no longer" in said
        ended = ended or "no longer" in said
        begins = begins or "now" in said or "currently" in said
        rest = rest[leading.end() :]
    trailing = re.search(r",? (now|nowadays|these days|from now on|at the moment|currently)$", rest, re.IGNORECASE)
    if trailing:
        begins, rest = True, rest[: trailing.start()]
    return Predicate(verb, rest, tense, form, negated, ended, begins)


def _at(words: list[str], i: int) -> str:
    return words[i].lower().strip(",.") if i < len(words) else ""


def _next_verb(words: list[str], i: int, shape: str = "") -> bool:
    """Whether a verb follows, adverbs passed over: in any form, or one that ends in -ing, or a participle."""
    while i < len(words) and (
        _at(words, i) in PASSED_OVER or _at(words, i) in _BEGINS or _at(words, i) in ("not", "never")
    ):
        i += 1
    word = _at(words, i)
    if shape == "ing":
        return word.endswith("ing") and bool(base_form(word))
    if shape == "participle":
        return word in _PARTICIPLES or (word.endswith("ed") and bool(base_form(word)))
    return bool(base_form(word)) and word not in ("been",)
