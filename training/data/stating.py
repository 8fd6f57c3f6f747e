"""What a message of a made conversation states: facts as the product keeps them, right by construction.

A message is used only where every value in it belongs to a statement of its kind of fact, or is marked as minor there.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.conversation.reading import ReadingPassage, with_dates

from .compose import Composer
from .families import Family, Statement
from .matters import HIPPO, Matter, Told, slot_names
from .unanswerable import supported
from .wording import Person, fill

USER_SUBJECT = "user"
_TAKEN = 0.7
"""How many of the messages with facts are taken, so that about a third of all states nothing."""

_UNCOUNTED = frozenset(("WHEN", "WHY", "old", "g", "country", "my"))
_DATED = frozenset(("event", "plan"))


@dataclass(frozen=True)
class Fact:
    """One statement of a message.

    Attributes:
        subject: As in the product's facts: "user", "user's sister", a name in lower case.
        attribute: "home"; "event" and "plan" for what happened once.
        value: In the speaker's words.
        when: Since when or when, by the calendar; "" where it was not told.
    """

    subject: str
    attribute: str
    value: str
    when: str = ""


@dataclass(frozen=True)
class Stated:
    """A message with everything that it states.

    Attributes:
        family: A kind of fact in it, or "".
    """

    passage: ReadingPassage
    facts: tuple[Fact, ...]
    family: str = ""


class Stating:
    """Draws messages with their facts, those of one conversation after another, in order."""

    def __init__(self, seed: int, *, testing: bool = False, names: Sequence[str] = ()) -> None:
        self._composer = Composer(seed, testing=testing, names=names)
        self._choice = random.Random(seed)

    def conversation(self) -> list[Stated]:
        """All messages of the next conversation whose facts are known, oldest first."""
        plan, passages, telling = self._composer.conversation()
        told = [(matter, each) for matter in plan.matters for each in matter.told]
        found: list[Stated] = []
        for passage in passages:
            here = [(matter, each) for matter, each in told if passage in (each.passage, each.rest)]
            near = telling.seeming.get(passage)
            if here:
                if (stated := _stated(passage, here)) is not None:
                    found.append(stated)
            elif passage in telling.chatter and passage.speaker != HIPPO.gender:
                found.append(Stated(passage, ()))
            elif near is not None and "{r}" not in near.template + near.frame and passage.speaker != HIPPO.gender:
                found.append(Stated(passage, (), near.family.name))
        return found

    def messages(self) -> Iterator[Stated]:
        """Messages without end, a part of them stating nothing."""
        while True:
            for stated in self.conversation():
                if not stated.facts or self._choice.random() < _TAKEN:
                    yield stated


def _stated(passage: ReadingPassage, told: Sequence[tuple[Matter, Told]]) -> Stated | None:
    """The facts of a message, or None where not all of them are known."""
    facts: list[Fact] = []
    for matter, each in told:
        known = {name for fact in matter.family.facts for part in _parts(fact) for name in slot_names(part)}
        template = each.template or each.passage.text
        if not matter.family.facts or set(slot_names(template)) - known - set(matter.family.minor) - _UNCOUNTED:
            return None
        if each.reply_to is not None:
            return None
        if each.asked and not passage.asked:
            passage = replace(passage, asked=each.asked)
        text = passage.text.partition("[photo:")[0]
        words = replace(each, said=f"{passage.asked} {text}") if each.rest is not None else each
        told_here = [_fact(matter, each, fact) for fact in matter.family.facts if _tells(fact, words)]
        if not told_here and each.rest is None:
            return None  # it tells something, only not what is written down of this kind
        facts += told_here
    return Stated(passage, tuple(dict.fromkeys(facts)), told[0][0].family.name)


def _parts(statement: Statement) -> tuple[str, str, str]:
    return statement.subject, statement.attribute, statement.value


def _tells(statement: Statement, told: Told) -> bool:
    """Whether the value is said. What it is a value of may be known from before."""
    named = slot_names(statement.value)
    return supported(statement.value, told) if named else supported(statement.subject, told)


def _fact(matter: Matter, each: Told, statement: Statement) -> Fact:
    teller, other = matter.teller, matter.other
    subject, attribute, value = (_filled(part, each, teller, other) for part in _parts(statement))
    speaker = USER_SUBJECT if teller.gender == "user" else teller.name.lower()
    if subject:
        subject = subject.lower() if subject[:1].isupper() else f"{speaker}'s {subject}"
    changes = _is_value(matter.family, statement)
    dated = attribute in _DATED or changes
    when = each.when if dated and each.when in with_dates(each.passage.text, each.passage.time) else ""
    return Fact(subject or speaker, attribute, value, when)


def _is_value(family: Family, statement: Statement) -> bool:
    return family.is_state and "v" in slot_names(statement.value)


def _filled(template: str, each: Told, teller: Person, other: Person) -> str:
    return fill(template, each.slots, teller, other, "speaking", sentence=False)
