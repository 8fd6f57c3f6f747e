"""From templates to sentences: alternatives, persons, articles, dates. All chance comes from the generator given."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .words import MONTHS

_CHOICE = re.compile(r"<([^<>]*)>")
_PERSON = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


@dataclass(frozen=True)
class Person:
    """Somebody whom things are told of. The user has no name.

    Attributes:
        relation: What they are to the user, or "".
        alone: Nobody else in the dialogue is this to the user.
    """

    name: str
    relation: str
    female: bool
    alone: bool = False

    @property
    def is_user(self) -> bool:
        """Whether this is the user."""
        return not self.name


USER = Person("", "", False)


def choose(template: str, chance: random.Random) -> str:
    """The template with one of each set of alternatives."""
    return _CHOICE.sub(lambda found: chance.choice(found[1].split("/")), template)


def clause(template: str, who: Person, reference: str, slots: Mapping[str, str], chance: random.Random) -> str:
    """A template filled in for a person, who is called by `reference` ("Ines", "my sister Ines")."""
    text = _PERSON.sub(lambda found: found[1] if who.is_user else found[2], choose(template, chance))
    pronouns = ("she", "her", "her") if who.female else ("he", "his", "him")
    named = dict(zip(("he", "his", "him"), pronouns, strict=True))
    values = {"s": reference, "ss": f"{reference}'s", "He": pronouns[0].capitalize(), **named, **slots}
    return " ".join(text.format(**values).split())


def sentence(text: str) -> str:
    """A clause as a sentence of its own."""
    text = text.strip()
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def with_article(thing: str) -> str:
    """A thing with "a" or "an"; things that need none keep none."""
    if thing.startswith(("a ", "an ", "the ")) or (thing.endswith("s") and not thing.endswith("ss")):
        return thing
    return f"an {thing}" if thing[0].lower() in "aeiou" else f"a {thing}"


def date_forms(day: date) -> tuple[str, ...]:
    """The ways to write a day of the year that count as the same answer."""
    month, number = MONTHS[day.month - 1], day.day
    ending = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    short = month[:3]
    return (
        f"{number} {month}",
        f"{month} {number}",
        f"{number}{ending} of {month}",
        f"{month} {number}{ending}",
        f"{number}{ending} {month}",
        f"{number} {short}",
        f"{short} {number}",
        day.isoformat(),
    )
