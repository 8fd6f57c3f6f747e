"""What can be said of somebody: attributes, and how many values each has at a time. A table, no rules."""

import re
from dataclasses import dataclass
from enum import Enum


class Holds(Enum):
    """How many values an attribute has.

    `FIXED`: one for ever (a birthday). `ONE`: one at a time, and it may change (a home). `MANY`: several side by side
    (allergies). `ONCE`: something that happened or will happen; it is the same thing only on the same day.
    """

    FIXED = "fixed"
    ONE = "one"
    MANY = "many"
    ONCE = "once"


@dataclass(frozen=True)
class Attribute:
    """One attribute.

    Attributes:
        name: As it stands in `Fact.attribute`.
        opposite: The attribute that denies it of the same value ("likes" and "dislikes"), or "".
    """

    name: str
    holds: Holds
    opposite: str = ""


_FIXED = ("name", "birthday", "birthplace", "origin", "nationality", "childhood home")
_ONE = (
    "age home job employer studies school relationship partner children diet phone email car salary height weight"
    " health religion wake-up"
)
_MANY = (
    "allergy condition medication language instrument sport hobby habit pet possession skill fear need goal opinion"
    " friend sibling child dwelling name-day fact"
)
_ONCE = "event plan"
_RELATIVES_MANY = (
    "sister brother son daughter kid child baby grandmother grandma granny grandfather grandpa aunt uncle cousin niece"
    " nephew friend colleague coworker co-worker neighbour neighbor roommate flatmate housemate teacher godson"
    " goddaughter grandson granddaughter buddy pal stepsister stepbrother stepson stepdaughter"
    " sister-in-law brother-in-law classmate schoolmate mate godmother godfather student pupil client patient customer"
    " tenant trainer coach"
)

_SEVERAL = frozenset(_RELATIVES_MANY.split())
_PREFIX = re.compile(r"^(?:step|god|grand|great-|half-)+")

_TABLE = {
    **{name: Attribute(name, Holds.FIXED) for name in _FIXED},
    **{name: Attribute(name, Holds.ONE) for name in _ONE.split()},
    **{name: Attribute(name, Holds.MANY) for name in _MANY.split()},
    **{name: Attribute(name, Holds.MANY) for name in _RELATIVES_MANY.split()},
    **{name: Attribute(name, Holds.ONCE) for name in _ONCE.split()},
    "likes": Attribute("likes", Holds.MANY, opposite="dislikes"),
    "dislikes": Attribute("dislikes", Holds.MANY, opposite="likes"),
    "eats": Attribute("eats", Holds.MANY, opposite="does not eat"),
    "does not eat": Attribute("does not eat", Holds.MANY, opposite="eats"),
    "drinks": Attribute("drinks", Holds.MANY, opposite="does not drink"),
    "does not drink": Attribute("does not drink", Holds.MANY, opposite="drinks"),
    "": Attribute("", Holds.MANY),
}


def attribute(name: str) -> Attribute:
    """The attribute of this name. One that nobody foresaw ("locker code", "favourite colour") has one value."""
    if found := _TABLE.get(name):
        return found
    # "book club friend", "stepbrother": people have several of whom they have several.
    head = _PREFIX.sub("", name.rsplit(" ", 1)[-1])
    several = head in _SEVERAL or (head == "partner" and head != name)  # a running partner, a business partner
    return Attribute(name, Holds.MANY if several else Holds.ONE)
