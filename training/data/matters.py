"""What a conversation is about, before anybody says it: who tells facts of which family, filled with which words."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from assistant.conversation.reading import ReadingPassage

from . import chatter, words
from .families import Family, Question, Reply, families
from .nearby import Near, Nearby
from .wording import Person, turned

USER: Final = Person("", "user")
HIPPO: Final = Person("", "assistant")

_PAIRS: Final = (words.RELATIVES, words.KIN, words.CITIES)
_SIZES: Final = {1: 9, 2: 13, 3: 14, 4: 14, 6: 24, 8: 13, 10: 9, 12: 4}
_NOTES: Final = {4: 8, 5: 18, 6: 26, 7: 14, 8: 14, 10: 10, 12: 10}
"""How often a conversation, or what is gathered from many talks with Hippo, has about so many messages."""
_SHARED: Final = frozenset(id(value) for name, value in vars(words).items() if name.isupper())
"""Vocabularies of which tests have a part for themselves. A family's own ones are seen with that family only."""
NOTES: Final = 0.4
"""Share of what is gathered from many talks with Hippo."""
_RELATIVES_TOO: Final = 0.3
_RELATIVES_ONLY: Final = 0.3
_SHORTLY: Final = 0.12
"""Share of the values that are told as a reply."""
_CORRECTED: Final = 0.25


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
        how: "first", or how a new value was told: "change" (with the former one), "again" (without), "correction".
        template: What the passage was made from.
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
    how: str = "first"
    template: str = ""
    opener: str = ""


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
    """Who talks, what is told, and how many messages there are about.

    Attributes:
        near: Messages that seem to tell something and do not.
        notes: Each message is from another talk of the user with Hippo.
    """

    first: Person
    second: Person
    matters: tuple[Matter, ...]
    size: int
    near: tuple[Near, ...] = ()
    notes: bool = False


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
        notes = self.choice.random() < NOTES
        if notes:
            first, second = USER, HIPPO
        sizes = _NOTES if notes else _SIZES
        size = self.choice.choices(list(sizes), list(sizes.values()))[0]
        matters = tuple(self._matters(first, second, size, notes=notes))
        room = size - sum(len(matter.told) for matter in matters)
        near = Nearby(self, first, second, matters).some(room)
        return Plan(first, second, matters, size, near, notes)

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
            known = words.of(vocabulary, testing=self._testing) if id(vocabulary) in _SHARED else vocabulary
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
        if kind < 0.2:
            return USER, HIPPO
        return (USER, named[0]) if kind < 0.3 else (named[0], named[1])

    def _matters(self, first: Person, second: Person, size: int, *, notes: bool) -> list[Matter]:
        choice = self.choice
        chosen: list[Matter] = []
        taken: set[tuple[str, str]] = set()
        room = max(1, round(size * choice.uniform(0.6, 1.0)))
        # What is said to somebody by name suits no talk between the user and Hippo.
        pool = [f for f in self.families if _suits(f, first, second)]
        # To Hippo, people tell more about themselves.
        state = 0.45 if notes else 1.1
        weights = {f.name: state if f.is_state else 0.5 if f.user and not second.name else 1.0 for f in pool}
        pool = [f for f in pool if not f.name.endswith("_kin") or choice.random() < _RELATIVES_ONLY]
        pool.sort(key=lambda family: choice.random() * weights[family.name])
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
                if family.kin and room - told > 0 and choice.random() < _RELATIVES_TOO:
                    relative = families()[family.kin]
                    taken.add((relative.name, teller.speaker))
                    chosen.append(self._tell(Matter(relative, teller, other), room - told, {}))
                    told += len(chosen[-1].told)
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
        elif family.is_state and most > 1 and choice.random() < 0.85:
            for _ in range(choice.choice((1, 1, 1, 2, 2, 3)[: max(3, 2 * most - 1)])):
                if (new := self._again(matter, told)) is not None:
                    told.append(new)
        elif family.of("list") and most > 1 and choice.random() < 0.55:
            more = choice.randint(1, min(3, most - 1))
            told += [self._message(matter, family.say, self.slots(family)) for _ in range(more)]
        matter.told = told
        return matter

    def _again(self, matter: Matter, told: Sequence[Told]) -> Told | None:
        """The same kind of fact with a new value, or None where there are no more."""
        choice, family, before = self.choice, matter.family, told[-1].slots
        kept = {name: value for name, value in before.items() if name not in ("v", "country", "old")}
        slots = self.slots(family) | {"old": before["v"]} | kept
        if family.rising:
            later = family.slots["v"][family.slots["v"].index(before["v"]) + 1 :]
            slots["v"] = choice.choice(later[:4] or (before["v"],))
        if slots["v"] in [each.slots["v"] for each in told]:
            return None
        naming = [template for template in family.change if "old" in slot_names(template)]
        others = [template for template in family.change if "old" not in slot_names(template)]
        plain = [template for template in family.say if "v" in slot_names(template)]
        kind = choice.choices((naming, others, plain), (35 * bool(naming), 35 * bool(others), 40))[0]
        if kind is not plain:
            return replace(self._message(matter, kind, slots), how="change" if kind is naming else "again")
        each = self._message(matter, plain, slots)
        if each.asked or choice.random() < 0.3:
            return replace(each, how="again")
        if choice.random() < _CORRECTED:
            return replace(each, how="correction", opener=choice.choice(chatter.CORRECTING))
        return replace(each, how="again", opener=choice.choice(chatter.CHANGING))

    def _message(self, matter: Matter, templates: Sequence[str], slots: dict[str, str]) -> Told:
        """A message without its day."""
        replies = matter.family.reply if templates is matter.family.say else []
        reply = self.choice.choice([None] * len(templates) + [*replies])
        if matter.family.is_state and templates is not matter.family.change and self.choice.random() < _SHORTLY:
            question = self.choice.choice(matter.family.of("now"))
            asked = self.choice.choice(question.forms)
            reply = Reply(turned(asked) if matter.family.user else asked, f"{question.answer}.")
        template = reply.answer if reply is not None else self.choice.choice(templates)
        why = self.word(words.REASONS) if "{WHY}" in template and self.choice.random() < 0.45 else ""
        passage = ReadingPassage(matter.teller.speaker, template, datetime.min)
        open_reason = "{WHY}" in template and not why
        asked = reply.asked if reply is not None else ""
        return Told(passage, slots, "", why, asked=asked, open_reason=open_reason, template=template)


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
