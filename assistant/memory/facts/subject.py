"""Whom or what a clause is about: the speaker, a person by name or relation, or a thing of one of these.

Shallow on purpose: English declaratives as people write them in a chat, subject first.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.memory.facts.lexicon import (
    ANIMALS,
    AUXILIARIES,
    EPITHETS,
    FEMALE,
    MALE,
    NO_NAME,
    NO_NOUNS,
    PASSED_OVER,
    PLURALS,
    RELATIONS,
    ROLES,
    TIME_ADVERBS,
)
from assistant.memory.facts.verbs import base_form, is_past


@dataclass(frozen=True)
class Subject:
    """Whom or what a clause is about.

    Attributes:
        kind: "speaker"; "person" (or animal), by name or by relation to the speaker; "thing" of somebody's or "the"
            thing.
        words: As it stands in the clause ("My sister Ada").
        name: The name, as written, or "".
        relation: "sister", "dog", or "".
        noun: For a thing, its noun phrase without its owner ("locker code").
        owner: Whose thing it is; None for "the" thing.
    """

    kind: Literal["speaker", "person", "thing"]
    words: str
    name: str = ""
    relation: str = ""
    noun: str = ""
    owner: "Subject | None" = None

    @property
    def gender(self) -> str:
        """The pronoun that may stand for it: "she", "he", or "" where that cannot be told."""
        heads = {self.relation.rsplit(" ", 1)[-1], _PREFIX.sub("", self.relation)}
        return "she" if heads & FEMALE else "he" if heads & MALE else ""


_NAME_WORD = r"[A-ZÀ-Þ](?:[\w-]*[\wÀ-ÿ])?(?:['’](?!s\b)[A-ZÀ-Þ][\w-]*)?"
NAME = rf"{_NAME_WORD}(?: {_NAME_WORD})?"
"""A pattern for a name of one or two words, without a possessive ending."""

_SPEAKER = re.compile(
    r"(?P<words>I|we|both of us|(?:my|our) (?:family|wife|husband|partner) and (?:I|me)) (?P<rest>.+)", re.IGNORECASE
)
_OWN_PERSON = re.compile(
    rf"(?P<words>(?:my|our) (?P<relation>(?-i:(?:[a-z][\w-]* ){{0,4}}?[a-z][\w-]*)),?(?: (?:who is )?(?:called|named))?"
    rf" (?-i:(?P<name>{NAME}))(?P<own>'s)?),? (?P<rest>.+)",
    re.IGNORECASE,
)
_OWN_RELATIVE = tuple(
    re.compile(rf"(?P<words>(?:my|our) (?P<relation>(?:[\w-]+ ){{{n}}}[\w-]+)(?P<own>'s)?) (?P<rest>.+)", re.IGNORECASE)
    for n in range(4)
)
_NAMED = re.compile(rf"(?P<words>(?P<name>{NAME})(?P<own>'s)?) (?P<rest>.+)")
_PRONOUN = re.compile(r"(?P<words>he|she) (?P<rest>.+)", re.IGNORECASE)
_THING = re.compile(r"(?P<owner>my|our|the|his|her) (?P<rest>.+)", re.IGNORECASE)
_LONGEST_NOUN = 7
"""Words of a noun phrase."""

_NO_NAME_ENDINGS = ("ing", "tion", "ness", "ment", "ity", "ship", "ism", "ly")
_KINS = ("mate", "-in-law", "ologist", "therapist", "dresser")
_PREFIX = re.compile(r"^(?:step|god|grand|great-|ex-|half-|foster )+")
_SPEAKER_SUBJECT = Subject("speaker", "I")


def read_subject(text: str, last: Subject | None) -> tuple[Subject, str] | None:
    """The subject of a clause and what follows it; None where it has none that can be told.

    Args:
        text: A clause, contractions spelled out.
        last: The person that was spoken of before, whom "he" or "she" may stand for.
    """
    if found := _SPEAKER.match(text):
        return Subject("speaker", found["words"]), found["rest"]
    for pattern in (_OWN_PERSON, *_OWN_RELATIVE, _NAMED):
        if (found := pattern.match(text)) and (person := _person(found)) is not None:
            if found["own"]:
                if (thing := _thing(found["words"], found["rest"], person)) is not None:
                    return thing
            elif begins_predicate(found["rest"], of=person):
                return person, found["rest"]
    if found := _PRONOUN.match(text):
        if last is None or last.gender not in ("", found["words"].lower()):
            return None
        return replace(last, words=last.words[:1].upper() + last.words[1:]), found["rest"]
    if found := _THING.match(text):
        owner = found["owner"].lower()
        if owner in ("his", "her"):
            gender = "she" if owner == "her" else "he"
            if last is None or last.gender not in ("", gender):
                return None
            return _thing(f"{last.words[:1].upper()}{last.words[1:]}'s", found["rest"], last)
        return _thing(found["owner"], found["rest"], None if owner == "the" else _SPEAKER_SUBJECT)
    return None


def people_in(text: str) -> list[Subject]:
    """The people that a text names: "my sister Ada", or a name by itself where it cannot be the first of a sentence."""
    people: dict[str, Subject] = {}
    for found in _ANY_OWN_PERSON.finditer(text):
        if not (reads_as_name(found["name"]) and _may_be_relation(found["relation"])):
            continue
        people.setdefault(found["name"], Subject("person", found[0], found["name"], _relation(found["relation"])))
    for found in _ANY_NAME.finditer(text):
        name = found[0]
        if reads_as_name(name) and not any(name in known for known in people):
            people[name] = Subject("person", name, name)
    return list(people.values())


_ANY_OWN_PERSON = re.compile(rf"\b[Mm]y (?P<relation>(?:[a-z][\w-]* ){{0,3}}?[a-z][\w-]*) (?P<name>{_NAME_WORD})")
_ANY_NAME = re.compile(rf"\b{_NAME_WORD}\b")


def _person(found: re.Match[str]) -> Subject | None:
    groups = found.groupdict()
    name, relation = groups.get("name") or "", _relation(groups.get("relation") or "")
    words = found["words"].removesuffix("'s").rstrip(",")
    if name and not reads_as_name(name):
        return None
    if groups.get("relation") and not (is_relation(relation) or (name and _may_be_relation(groups["relation"]))):
        return None
    return Subject("person", words, name, relation)


def _relation(words: str) -> str:
    """The relation in the words between "my" and a name, without epithets: "sister" of "older sister"."""
    kept = words.lower().split()
    while len(kept) > 1 and kept[0] in EPITHETS:
        del kept[0]
    return " ".join(kept)


def is_relation(words: str) -> bool:
    """Whether a noun phrase names a person or an animal by what they are to somebody."""
    head = words.rsplit(" ", 1)[-1]
    if "'" in words or any(base_form(word) == "be" for word in words.split()):
        return False
    known = {_PREFIX.sub("", head), head} & (RELATIONS | PLURALS | ANIMALS | ROLES)
    return bool(known) or head.endswith(_KINS)


def _may_be_relation(words: str) -> bool:
    """Whether the words between "my" and a name are one noun phrase."""
    return not any(word in AUXILIARIES or word in NO_NOUNS for word in words.lower().split())


def _thing(words: str, text: str, owner: Subject | None) -> tuple[Subject, str] | None:
    tokens = text.split()
    for i in range(1, min(len(tokens), _LONGEST_NOUN + 1)):
        if begins_predicate(" ".join(tokens[i:])):
            noun = " ".join(tokens[:i])
            if re.search(r"[,;:]", noun) or noun.split()[0].lower() in AUXILIARIES:
                return None
            thing = Subject("thing", f"{words} {noun}", noun=noun, owner=owner)
            return thing, " ".join(tokens[i:])
    return None


def begins_predicate(text: str, of: Subject | None = None) -> bool:
    """Whether a finite verb comes first, adverbs passed over: not so in "appointment is on Friday" after "my dentist".

    Args:
        text: What follows.
        of: The person that it follows: then a verb may be one that is not in the lexicon, and a plural takes any form.
    """
    words = [word.strip(",.").lower() for word in text.split()]
    first = next((word for word in words if word not in PASSED_OVER and word not in TIME_ADVERBS), "")
    if first in AUXILIARIES:
        return True
    base = base_form(first)
    if of is not None:
        plural = of.relation.endswith("s") or of.relation in PLURALS
        unknown = first.endswith("s") and not base
        # "Small acts can help": a noun in the plural, not the verb of somebody called Small.
        if unknown and not of.relation and any(word in AUXILIARIES or base_form(word) for word in words[1:6]):
            return False
        return is_past(first) or (first.endswith("s") and len(first) > 2) or (plural and bool(base))
    return bool(base) and (is_past(first) or (first.endswith("s") and first != base))


def reads_as_name(words: str) -> bool:
    """Whether capitalised words may be a person's name rather than the first words of a sentence."""
    return all(
        word.lower() not in NO_NAME and not word.lower().endswith(_NO_NAME_ENDINGS) and not base_form(word.lower())
        for word in words.split()
    )
