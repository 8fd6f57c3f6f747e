"""What a conversation is about, before anybody says it: who tells facts of which family, filled with which words."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from assistant.conversation.reading import ReadingPassage

from . import words
from .families import Family, Question, families
from .wording import Person

USER: Final = Person("", "user")
HIPPO: Final = Person("", "assistant")

_PAIRS: Final = (words.RELATIVES, words.KIN, words.CITIES)
_SIZES: Final = {1: 9, 2: 13, 3: 14, 4: 14, 6: 24, 8: 13, 10: 9, 12: 4}
"""How often a conversation has about so many messages."""


@dataclass
class Told:
    """Something that is told: the passage (at first its template), and what the template is filled with.

    A reply of a few words says something only together with the question: `form`, one of those of `reply_to`, or what
    the family has for it.

    Attributes:
        asked: What the other one asked before it, or "".
        said: The words that tell it, without those around them.
        rest: A second message right after the first one, or None.
        open_reason: Whether a reason could have been told and was not.
        when: When it happened, as an answer; "" where nothing tells.
        why: The reason, or "".
    """

    passage: ReadingPassage
    slots: dict[str, str]
    when: str
    why: str
    reply_to: Question | None = None
    form: str = ""
    asked: str = ""
    open_reason: bool = False
    said: str = ""
    rest: ReadingPassage | None = None


@dataclass
class Matter:
    """Facts of one family that one person told, in one or several messages."""

    family: Family
    teller: Person
    other: Person
    told: list[Told] = field(default_factory=list)

    @property
    def groups(self) -> set[str]:
        """What it may be taken for: its kind, and the groups of its kind."""
        return {self.family.name, *self.family.groups}

    @property
    def several(self) -> bool:
        """Whether facts of the same kind stand side by side: a list."""
        return len(self.told) > 1 and not self.family.then and not self.family.change


@dataclass(frozen=True)
class Plan:
    """Who talks, what is told, and how many messages there are about."""

    first: Person
    second: Person
    matters: tuple[Matter, ...]
    size: int


class Deck:
    """Draws people, families and words.

    Attributes:
        choice: What everything is drawn from.
        families: Those to draw from.
    """

    def __init__(self, choice: random.Random, *, testing: bool, names: Sequence[str]) -> None:
        self.choice = choice
        self.families = [f for f in families().values() if f.held is testing and (not names or f.name in names)]
        self._testing = testing
        self._drawn: dict[int, set[str]] = {}

    def plan(self) -> Plan:
        """The next conversation."""
        self._drawn = {}
        first, second = self._people()
        self._drawn[id(words.NAMES)] = {first.name, second.name}
        size = self.choice.choices(list(_SIZES), list(_SIZES.values()))[0]
        return Plan(first, second, tuple(self._matters(first, second, size)), size)

    def word(self, vocabulary: tuple[str, ...]) -> str:
        """A word of a vocabulary."""
        return self.choice.choice(words.of(vocabulary, testing=self._testing))

    def slots(self, family: Family) -> dict[str, str]:
        """Values for a family's slots; none comes twice in a conversation while there are others."""
        drawn: dict[str, str] = {}
        gender = ""
        for names, vocabulary in family.slots.items():
            people = vocabulary in (words.NAMES, words.WOMEN, words.MEN)
            used = self._drawn.setdefault(id(words.NAMES if people else vocabulary), set())
            known = words.of(vocabulary, testing=self._testing)
            if vocabulary is words.NAMES and gender:  # "my aunt Vera"
                known = words.of(words.WOMEN if gender == "f" else words.MEN, testing=self._testing)
            value = self.choice.choice([word for word in known if word not in used] or known)
            used.add(value)
            gender = value[-1] if vocabulary in (words.RELATIVES, words.KIN) else gender
            parts = value.split("|") if "," in names else [value.split("|")[0] if vocabulary in _PAIRS else value]
            drawn |= dict(zip(names.split(","), parts, strict=True))
        return {
            name: self.choice.choice(value.split("/")) if name in ("yes", "no") else value
            for name, value in drawn.items()
        }

    def _people(self) -> tuple[Person, Person]:
        choice = self.choice
        women = words.of(words.WOMEN, testing=self._testing)
        men = words.of(words.MEN, testing=self._testing)
        named = [Person(choice.choice(women), "f"), Person(choice.choice(men), "m")]
        if choice.random() < 0.3:
            both = women if choice.random() < 0.5 else men
            named = [Person(name, "f" if both is women else "m") for name in choice.sample(both, 2)]
        choice.shuffle(named)
        kind = choice.random()
        if kind < 0.3:
            return USER, HIPPO
        return (USER, named[0]) if kind < 0.4 else (named[0], named[1])

    def _matters(self, first: Person, second: Person, size: int) -> list[Matter]:
        choice = self.choice
        chosen: list[Matter] = []
        taken: set[tuple[str, str]] = set()
        room = max(1, round(size * choice.uniform(0.6, 1.0)))
        # What is said to somebody by name suits no talk between the user and Hippo.
        pool = [f for f in self.families if _suits(f, first, second)]
        # To Hippo, people tell more about themselves.
        pool.sort(key=lambda family: choice.random() * (0.5 if family.user and not second.name else 1.0))
        told = 0
        for family in pool:
            if told >= room:
                break
            alone = second.gender == "assistant"
            pair = (first, second) if alone or family.user or choice.random() < 0.5 else (second, first)
            # A hard negative: the other one tells the same kind of thing, with other values.
            often = 0.6 if family.of("both") else 0.25
            both = not alone and size >= 2 and not family.user and choice.random() < often
            for teller, other in [pair, pair[::-1]] if both else [pair]:
                keys = {(name, teller.speaker) for name in (family.name, *family.groups)}
                if keys & taken:
                    continue
                taken |= keys
                shared = _shared(family, chosen) if both and choice.random() < 0.7 else {}
                matter = self._tell(Matter(family, teller, other), max(1, room - told), shared)
                chosen.append(matter)
                told += len(matter.told)
        return chosen

    def _tell(self, matter: Matter, most: int, shared: Mapping[str, str]) -> Matter:
        choice, family = self.choice, matter.family
        slots = self.slots(family) | dict(shared)
        plain = [q for q in family.of("ask") if "{WH" not in q.answer and "trait" not in q.answer]
        if plain and not shared and choice.random() < 0.12:
            question = choice.choice(plain)
            passage = ReadingPassage(matter.teller.speaker, question.answer, datetime.min)
            matter.told = [Told(passage, slots, "", "", question, choice.choice(question.forms))]
            return matter
        told = [self._message(matter, family.say, slots)]
        if family.then:
            told.append(self._message(matter, family.then, slots))
        elif family.change and most > 1 and choice.random() < 0.75:
            for _ in range(2 if most > 2 and choice.random() < 0.25 else 1):
                kept = {name: value for name, value in slots.items() if name not in ("v", "country", "old")}
                slots = self.slots(family) | {"old": slots["v"]} | kept
                told.append(self._message(matter, family.change, slots))
        elif family.of("list") and most > 1 and choice.random() < 0.55:
            more = choice.randint(1, min(3, most - 1))
            told += [self._message(matter, family.say, self.slots(family)) for _ in range(more)]
        matter.told = told
        return matter

    def _message(self, matter: Matter, templates: Sequence[str], slots: dict[str, str]) -> Told:
        """A message without its day."""
        replies = matter.family.reply if templates is matter.family.say else []
        reply = self.choice.choice([None] * len(templates) + [*replies])
        template = reply.answer if reply is not None else self.choice.choice(templates)
        why = self.word(words.REASONS) if "{WHY}" in template and self.choice.random() < 0.45 else ""
        passage = ReadingPassage(matter.teller.speaker, template, datetime.min)
        open_reason = "{WHY}" in template and not why
        return Told(passage, slots, "", why, asked=reply.asked if reply is not None else "", open_reason=open_reason)


def _suits(family: Family, first: Person, second: Person) -> bool:
    """Whether these two may talk about it: what is said to somebody by name, nobody says to Hippo."""
    if family.user:
        return first.gender == "user"
    return bool(first.name) or second.gender != "assistant" or not any("{B" in text for text in family.say)


def slot_names(template: str) -> list[str]:
    """The slots that a template names."""
    return re.findall(r"\{(?:a )?([a-z]\w*)(?::\w+)?\}", template)


def _shared(family: Family, chosen: Sequence[Matter]) -> dict[str, str]:
    """What both tell alike, where the other one told the same kind of thing before and it can be asked for."""
    if not (questions := family.of("both")) or not chosen or chosen[-1].family is not family:
        return {}
    names = {name for question in questions for name in slot_names(question.answer)}
    names |= {"country", "city"} if names & {"city", "country"} else set()
    return {name: value for name, value in chosen[-1].told[0].slots.items() if name in names}
