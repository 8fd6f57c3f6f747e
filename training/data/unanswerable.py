"""Questions close to what was told that nothing answers, so that a model learns when to refuse."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from assistant.conversation.reading import REFUSAL, ReadingPassage

from .families import Deed, Family, Question, families
from .matters import Deck, Matter, Plan, Told, slot_names
from .times import month
from .wording import Person, fill


@dataclass(frozen=True)
class Asked:
    """A question with its answer.

    Attributes:
        kind: What it asks for, for the figures: "ask", "when", "why", "list", "unanswerable", ...
        family: The kind of fact.
        evidence: Places of the passages that answer it.
        wrong: What the answer was at another time.
    """

    question: str
    answer: str
    kind: str
    family: str
    evidence: tuple[int, ...]
    wrong: tuple[str, ...] = ()


class Unanswerable:
    """Draws questions that are not answered in a conversation.

    Args:
        possible: The questions that are.
    """

    def __init__(self, deck: Deck, plan: Plan, passages: Sequence[ReadingPassage], possible: set[str]) -> None:
        self._deck = deck
        self._plan = plan
        self._possible = possible
        self._earliest = min(passage.time for passage in passages)
        self._text = " ".join(f"{passage.asked} {passage.text}" for passage in passages).lower()

    def question(self) -> Asked | None:
        """One question, or none where there is none to be found."""
        kinds: dict[Callable[[], Iterator[Asked]], int] = {
            self._nearly_told: 24,
            self._of_another_person: 18,
            self._with_another_value: 16,
            self._left_out: 14,
            self._of_another_time: 12,
            self._of_a_relative: 10,
            self._of_another_kind: 12,
            self._close_by: 10,
        }
        while kinds:
            kind = self._deck.choice.choices(list(kinds), list(kinds.values()))[0]
            del kinds[kind]
            found = [asked for asked in kind() if asked.question not in self._possible]
            if found:
                chosen = self._deck.choice.choice(found)
                self._possible.add(chosen.question)
                return chosen
        return None

    def _of_another_person(self) -> Iterator[Asked]:
        """What only the other one told."""
        for matter in self._plan.matters:
            if matter.other.gender != "assistant" and not matter.family.user:
                yield from self._untold(matter.family, matter.other, matter.teller, matter.told[0].slots)

    def _of_another_kind(self) -> Iterator[Asked]:
        """What nobody told."""
        deck = self._deck
        tellers = [person for person in (self._plan.first, self._plan.second) if person.gender != "assistant"]
        for family in deck.choice.sample(deck.families, min(4, len(deck.families))):
            person = self._plan.first if family.user else deck.choice.choice(tellers)
            other = self._plan.second if person is self._plan.first else self._plan.first
            if family.user and person.gender != "user":
                continue
            if other.gender != "assistant" or not _speaks_to(family):
                yield from self._untold(family, person, other, deck.slots(family))

    def _nearly_told(self) -> Iterator[Asked]:
        """What somebody else told, planned, asked or only thought of."""
        for near in self._plan.near:
            yield from self._untold(near.family, near.teller, near.other, near.slots)

    def _of_another_time(self) -> Iterator[Asked]:
        """What was before the first thing that was told."""
        for matter in self._plan.matters:
            first = matter.told[0]
            if first.reply_to is not None or not matter.family.is_state:
                continue
            if len(matter.told) == 1:
                slots = first.slots | {"old": first.slots.get("v", "")}
                for question in matter.family.of("before"):
                    for form in question.forms:
                        if "{old" not in form:
                            yield self._asked(matter, form, slots)
            years_before = first.passage.time - timedelta(self._deck.choice.randint(400, 1500))
            if self._earliest.year - 1 > years_before.year:
                for question in matter.family.of("at"):
                    for form in question.forms:
                        at = self._deck.choice.choice((f"in {years_before.year}", f"in {month(years_before)}"))
                        yield self._asked(matter, form, first.slots | {"AT": at})

    def _of_a_relative(self) -> Iterator[Asked]:
        """The same of a relative where the teller's own was told, and the other way round."""
        known = families()
        for matter in self._plan.matters:
            name = matter.family.kin or matter.family.name.removesuffix("_kin")
            if name != matter.family.name and name in known and not known[name].user:
                slots = self._deck.slots(known[name])
                yield from self._untold(known[name], matter.teller, matter.other, slots)

    def _with_another_value(self) -> Iterator[Asked]:
        """The same question about another thing than the one that was told about."""
        for matter in self._plan.matters:
            other = self._deck.slots(matter.family)
            for question in matter.family.of("ask"):
                answered = {*slot_names(question.answer)}
                for form in question.forms:
                    named = [name for name in slot_names(form) if name in other and name not in answered]
                    whole = re.match(r"(?:No|Yes|Likely)\b", question.answer) or not named or "trait" in answered
                    if not whole and all(self._is_new(other[name]) for name in named):
                        yield self._asked(matter, form, other)
            deed = matter.family.deed
            if deed is not None and deed.past:
                named = [name for name in slot_names(deed.rest) if name in other]
                if named and all(self._is_new(other[name]) for name in named):
                    for form in (*WHEN, *WHY):
                        yield self._asked(matter, of_deed(form, deed), other)

    def _left_out(self) -> Iterator[Asked]:
        """What the way of telling left out."""
        for matter in self._plan.matters:
            told = matter.told[0]
            if len(matter.told) > 1 or told.reply_to is not None or matter.family.then:
                continue
            for question in matter.family.of("ask"):
                no_reason = question.answer == "{WHY}" and not told.why
                if no_reason or (not supported(question.answer, told) and self._is_untold(question, told)):
                    for form in question.forms:
                        if supported(form, told):
                            yield self._asked(matter, form, told.slots)
            deed = matter.family.deed
            if deed is not None and deed.past and told.open_reason and supported(deed.rest, told):
                for form in WHY:
                    yield self._asked(matter, of_deed(form, deed), told.slots)

    def _close_by(self) -> Iterator[Asked]:
        """What is near, and never told."""
        for matter in self._plan.matters:
            if matter.told[0].reply_to is None:
                for form in matter.family.never:
                    for told in matter.told:
                        if supported(form, told):
                            yield self._asked(matter, form, told.slots)

    def _untold(self, family: Family, person: Person, other: Person, slots: dict[str, str]) -> Iterator[Asked]:
        """All that can be asked about a kind of fact that somebody did not tell."""
        taken = {name for m in self._plan.matters if m.teller is person for name in m.groups}
        if taken & {family.name, *family.groups}:
            return
        forms = [form for q in family.questions if q.kind in ("ask", "list", "now") for form in q.forms]
        if family.deed is not None and family.deed.past:
            forms += [of_deed(form, family.deed) for form in (*WHEN, *WHY)]
        for form in forms:
            if "{WH" not in form and ("{S" in form or family.user):
                yield self._asked(Matter(family, person, other), form, slots)

    def _asked(self, matter: Matter, form: str, slots: dict[str, str]) -> Asked:
        question = fill(form, slots, matter.teller, matter.other, "asking")
        return Asked(question, REFUSAL, "unanswerable", matter.family.name, ())

    def _is_new(self, value: str) -> bool:
        """Whether nobody said a word of it."""
        return not any(piece.lower() in self._text for piece in re.sub(r"\{\w+\}", "", value).split("|"))

    def _is_untold(self, question: Question, told: Told) -> bool:
        """Whether none of the values that answer a question was said."""
        values = [told.slots[name] for name in slot_names(question.answer) if name in told.slots]
        return bool(values) and all(self._is_new(value) for value in values)


WHEN: Final = (
    "When did {{S}} {base} {rest}?",
    "When did {{S}} {base} {rest}?",
    "What day did {{S}} {base} {rest}?",
    "When was it that {{S}} {past} {rest}?",
    "On which date did {{S}} {base} {rest}?",
)
WHY: Final = (
    "Why did {{S}} {base} {rest}?",
    "What was {{S's}} reason to {base} {rest}?",
    "What made {{S}} {base} {rest}?",
    "For what reason did {{S}} {base} {rest}?",
)


def of_deed(form: str, deed: Deed) -> str:
    """A question about a deed, which is still to be filled."""
    return form.format(base=deed.base, past=deed.past, rest=deed.rest)


def supported(template: str, told: Told) -> bool:
    """Whether what was said holds the values of a template: not every way of telling tells everything."""
    text = f" {' '.join(_words(told.said))} "
    names = [_CITY_OF.get(name, name) for name in slot_names(template)]
    names = ["v" if name == "city" and name not in told.slots else name for name in names]
    values = [told.slots[name] for name in names if name in told.slots and name not in _UNSAID]
    if not all(any(_said(piece, text) for piece in value.split("|")) for value in values):
        return False
    # "35 euros" does not tell 35 thousand.
    counted = ((told.slots.get(name, ""), unit) for name, unit in _COUNTED.findall(template))
    return all(_said(f"{number} {unit}", text) for number, unit in counted if _NUMBER.fullmatch(number))


def _said(value: str, text: str) -> bool:
    """Whether the words of a value stand side by side in a text; marks, which change with the speaker, aside."""
    return all(f" {' '.join(_words(part))} " in text for part in re.split(r"\{\w+\}", value) if _words(part))


_COUNTED: Final = re.compile(r"\{(\w+)\} ([a-z]+)")
_NUMBER: Final = re.compile(r"[\d.,]+|\w+teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve")
_CITY_OF: Final = {"country": "city"}
"""Who tells a city tells its country."""
_UNSAID: Final = frozenset(("trait", "yes", "no", "g"))
"""Slots whose values are not said word for word."""


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


def names_a_value(form: str, family: Family) -> bool:
    """Whether a question names one of the values that were told."""
    known = {name for names in family.slots for name in names.split(",")}
    return not known.isdisjoint(slot_names(form))


def _speaks_to(family: Family) -> bool:
    return any("{B" in text for text in (*family.say, *(form for q in family.questions for form in q.forms)))
