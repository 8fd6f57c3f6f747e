"""Reading a clause: whom it is about, its verb with tense and negation, and the rest. Knows no attributes.

Shallow on purpose: English declaratives as people write them in a chat, subject first.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from .lexicon import ANIMALS, FEMALE, MALE, NO_NAME, NO_VERBS, PASSED_OVER, PLURALS
from .verbs import IRREGULARS, base_form, is_past

Tense = Literal["present", "past", "perfect", "progressive", "future", "modal"]

_RELATIONS = (
    "wife husband partner spouse girlfriend boyfriend fiance fiancée fiancee fiancé mother mom mum father dad sister"
    " brother son daughter kid child baby grandmother grandma granny grandfather grandpa aunt uncle cousin niece nephew"
    " friend boss manager colleague coworker co-worker neighbour neighbor roommate flatmate housemate teacher doctor"
    " dentist therapist landlord landlady stepmother stepfather stepsister stepbrother stepson stepdaughter ex ex-wife"
    " ex-husband mother-in-law father-in-law sister-in-law brother-in-law godson goddaughter grandson granddaughter"
    " mentor coach trainer tutor assistant buddy pal twin"
)
RELATIONS = frozenset(_RELATIONS.split())


@dataclass(frozen=True)
class Subject:
    """Whom or what a clause is about.

    Attributes:
        kind: "speaker"; "person" (or animal), by name or by relation to the speaker; "thing" of the speaker's or
            "the" thing.
        words: As it stands in the clause ("My sister Ada").
        name: The name, as written, or "".
        relation: "sister", "dog", or "".
        noun: For a thing, its noun phrase without "my" ("locker code").
    """

    kind: Literal["speaker", "person", "thing"]
    words: str
    name: str = ""
    relation: str = ""
    noun: str = ""

    @property
    def gender(self) -> str:
        """The pronoun that may stand for it: "she", "he", or "" where that cannot be told."""
        return "she" if self.relation in FEMALE else "he" if self.relation in MALE else ""


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


_NAME = r"[A-ZÀ-Þ][\w'’-]*[\wÀ-ÿ](?: [A-ZÀ-Þ][\w'’-]*[\wÀ-ÿ])?"
_KIND_OF = (
    r"(?:older|younger|little|big|elder|eldest|twin|best|oldest|youngest|late|new|old|good"
    r"|dear|other|middle|close|half)"
)
_ALL_RELATIONS = "|".join(sorted(RELATIONS | PLURALS | ANIMALS, key=len, reverse=True))
_RELATION = re.compile(
    rf"(?P<words>(?:my|our) (?P<kind>(?:{_KIND_OF} )*)(?P<relation>{_ALL_RELATIONS})"
    rf"(?:,? (?:is )?(?:called |named )?(?-i:(?P<name>{_NAME})),?)?)(?= )(?P<rest>.+)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"(?P<words>I|we|both of us|(?:my|our) (?:family|wife|husband|partner) and (?:I|me)) (?P<rest>.+)", re.IGNORECASE
)
_THING = re.compile(
    r"(?P<words>(?P<owner>my|our|the) (?P<noun>(?:[\w'’&/-]+ ){0,4}?[\w'’&/-]+)) "
    r"(?P<rest>(?:(?:now|currently|still|actually|also) )?(?:is|are|was|were|will be|has been|have been|has"
    r"|have|starts|begins|ends|expires"
    r"|opens|closes|leaves|departs|arrives|takes place|costs|got|gets|changed"
    r"|moved)\b.+)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<words>(?P<name>{_NAME})) (?P<rest>.+)")
_PRONOUN = re.compile(r"(?P<words>he|she|they) (?P<rest>.+)", re.IGNORECASE)

# Words that begin a sentence with a capital letter and are no names.
_NO_NAME_ENDINGS = ("ing", "tion", "ness", "ment", "ity", "ship", "ism", "ly")


def read_subject(text: str, last: Subject | None) -> tuple[Subject, str] | None:
    """The subject of a clause and what follows it; None where it has none that can be told.

    Args:
        text: A clause, contractions spelled out.
        last: The person that was spoken of before, whom "he" or "she" may stand for.
    """
    if found := _SPEAKER.match(text):
        return Subject("speaker", found["words"]), found["rest"]
    if (found := _RELATION.match(text)) and _begins_with_verb(found["rest"]):
        kind = found["kind"].lower()
        relation = f"{kind if kind.strip() in _PART_OF_RELATION else ''}{found['relation'].lower()}"
        person = Subject("person", found["words"].rstrip(","), found["name"] or "", relation)
        return person, found["rest"].strip()
    if found := _THING.match(text):
        noun = found["noun"].lower()
        if base_form(noun.split()[-1]) and noun.count(" ") and noun.split()[-1] in ("is", "was"):
            return None
        owner = "" if found["owner"].lower() == "the" else "my"
        return Subject("thing", found["words"], relation=owner, noun=noun), found["rest"]
    if found := _PRONOUN.match(text):
        pronoun = found["words"].lower()
        if last is None or pronoun == "they" or last.gender not in ("", pronoun):
            return None
        return replace(last, words=last.words[:1].upper() + last.words[1:]), found["rest"]
    if (found := _NAMED.match(text)) and _reads_as_name(found["name"]):
        return Subject("person", found["words"], found["name"]), found["rest"]
    return None


def _begins_with_verb(text: str) -> bool:
    """Whether a verb comes first, adverbs passed over: not so in "appointment is on Friday" after "my dentist"."""
    words = [word.strip(",") for word in text.lower().split()]
    first = next((word for word in words if word not in PASSED_OVER and word not in _BEGINS), "")
    return bool(base_form(first)) or first in _MODALS or first in ("will", "used", "no", "never", "not")


_PART_OF_RELATION = frozenset({"best", "twin", "half"})


def _reads_as_name(words: str) -> bool:
    return all(
        word.lower() not in NO_NAME and not word.lower().endswith(_NO_NAME_ENDINGS) and not base_form(word.lower())
        for word in words.split()
    )


_BEGINS = frozenset({"now", "recently", "lately", "currently", "nowadays", "newly", "finally", "just", "already"})
_MODALS = frozenset(["would", "could", "might", "may", "must", "should", "can"])
_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
_PARTICIPLES = frozenset(participle for _, participle in IRREGULARS.values())
_ANY_MORE = re.compile(r"\s*\b(any ?more|any longer)$", re.IGNORECASE)
_PHASES = {"stop": "ended", "quit": "ended", "start": "begins", "begin": "begins", "keep": "", "continue": ""}


def _unknown_verb(form: str) -> str:
    """What stands where only a verb can stand, if it looks like a word at all."""
    return form.removesuffix("ed") if len(form) > 2 and form.replace("-", "").isalpha() and form not in NO_VERBS else ""


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
    if verb in _PHASES and i + 1 < len(words):
        head = words[i + 1].lower()
        if head.endswith("ing") and base_form(head):
            ended = ended or (_PHASES[verb] == "ended" and not negated)
            begins = begins or _PHASES[verb] == "begins"
            return Predicate(
                base_form(head),
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
