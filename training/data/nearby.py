"""Messages that seem to tell something and do not.

Somebody else's words, a question without an answer, a plan that came to nothing, another value that was only thought
of. They stand beside what is told, or in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import chatter, words
from .families import Deed, Family
from .wording import Person, View

if TYPE_CHECKING:
    from .matters import Deck, Matter

_NUMBERS: Final = (0, 1, 1, 2, 2, 3)
"""How many there are, where there is room."""
_ABOUT_TOLD: Final = 0.5
"""Share of them that are about a kind of fact that is told, too."""

_DEEDS: Final = (
    "My {{r}} {past} {rest} {{WHEN}}.",
    "I hear that my {{r}} {past} {rest} {{WHEN}}.",
    "I nearly {past} {rest}, but then I didn't.",
    "I was going to {base} {rest}, but it came to nothing.",
    "We talked about it, but I didn't {base} {rest} after all.",
    "What would you say if I {past} {rest}?",
    "I dreamed that I {past} {rest}. Strange dream.",
    "My {{r}} thinks that I should {base} {rest}. I don't.",
    "Maybe I'll {base} {rest} one day, who knows.",
    "Do people really just {base} {rest}?",
)


@dataclass(frozen=True)
class Near:
    """A message that seems to tell something.

    Attributes:
        family: What it seems to tell.
        template: Its words, filled with `slots` as `view` says.
        frame: Words around them, with "[]" in their place; or "".
    """

    family: Family
    teller: Person
    other: Person
    template: str
    slots: dict[str, str]
    view: View = "speaking"
    frame: str = ""


class Nearby:
    """Draws such messages for one conversation."""

    def __init__(self, deck: Deck, first: Person, second: Person, matters: Sequence[Matter]) -> None:
        self._deck = deck
        self._first = first
        self._second = second
        self._matters = matters

    def some(self, room: int) -> tuple[Near, ...]:
        """A few, at most as many as there is room for."""
        choice = self._deck.choice
        found = (self._one() for _ in range(min(room, choice.choice(_NUMBERS))))
        told = {each.slots.get("v") for matter in self._matters for each in matter.told} - {None}
        # Where a small vocabulary is used up, a value that was told could come again.
        return tuple(near for near in found if near is not None and told.isdisjoint(near.slots.values()))

    def _one(self) -> Near | None:
        deck, choice = self._deck, self._deck.choice
        if self._matters and choice.random() < _ABOUT_TOLD:
            matter = choice.choice(self._matters)
            family, teller, other, is_told = matter.family, matter.teller, matter.other, True
        else:
            family, is_told = choice.choice(deck.families), False
            people = [self._first, self._second]
            if self._second.gender != "assistant" and not family.user and choice.random() < 0.5:
                people.reverse()
            teller, other = people
            if family.user and teller.gender != "user":
                return None
        if other.gender == "assistant" and any("{B" in text for text in (*family.say, *family.near)):
            return None
        ways: dict[Callable[[Family, Person, Person], Near | None], int] = {
            self._thought_of: 60 if family.near else 0,
            self._quoted: 20,
            self._asked: 15,
            self._not_done: 30 if family.deed is not None and family.deed.past else 0,
        }
        if is_told:
            ways[self._asked] = 8
            ways[self._not_done] = 0
            if not all("{S" in form for question in family.questions for form in question.forms):
                ways[self._quoted] = 0
        way = choice.choices(list(ways), list(ways.values()))[0]
        return way(family, teller, other)

    def _slots(self, family: Family) -> dict[str, str]:
        """New values, `x` and `y` of the vocabulary of `v`, and somebody else."""
        deck = self._deck
        slots = deck.slots(family)
        relative, gender = deck.word(words.KIN).split("|")
        named = deck.word(words.WOMEN if gender == "f" else words.MEN)
        more = {"r": relative, "g": gender, "name": named, "old": slots.get("v", "")}
        if "v" in slots:
            more |= {"x": slots["v"], "y": deck.slots(family)["v"]}
        return more | slots | ({} if "r" in slots else {"r": relative, "g": gender})

    def _thought_of(self, family: Family, teller: Person, other: Person) -> Near:
        return Near(family, teller, other, self._deck.choice.choice(family.near), self._slots(family))

    def _quoted(self, family: Family, teller: Person, other: Person) -> Near | None:
        told = [text for text in family.say if "{B" not in text]
        if not told:
            return None
        frame = self._deck.choice.choice(chatter.DREAMT)
        return Near(family, teller, other, self._deck.choice.choice(told), self._slots(family), "speaking", frame)

    def _asked(self, family: Family, teller: Person, other: Person) -> Near | None:
        """A question about the teller that nobody answers: of the other one, or of the user who forgot."""
        choice = self._deck.choice
        forms = [form for q in family.questions if q.kind in ("ask", "now", "list") for form in q.forms]
        forms = [form for form in forms if ("{S" in form or family.user) and "{B" not in form and "{WH" not in form]
        if not forms:
            return None
        view: View = "asking" if other.gender == "assistant" else "addressing"
        if family.user and view == "addressing":
            return None
        frames = [text for text in chatter.UNANSWERED if view == "addressing" or "told" not in text]
        return Near(family, teller, other, choice.choice(forms), self._slots(family), view, choice.choice(frames))

    def _not_done(self, family: Family, teller: Person, other: Person) -> Near | None:
        deed = family.deed
        if deed is None:
            return None
        template = self._deck.choice.choice(_DEEDS)
        return Near(family, teller, other, _filled(template, deed), self._slots(family))


def _filled(template: str, deed: Deed) -> str:
    """The words of a deed in a template, which is still to be filled."""
    return template.format(base=deed.base, past=deed.past, rest=deed.rest)
