"""The questions about a conversation, with their answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.conversation.memory_block import day
from assistant.conversation.reading import REFUSAL, ReadingPassage

from .families import Deed, Family, Question
from .matters import EXCLUSIVE, Deck, Matter, Plan, Told, slot_names
from .wording import fill

UNKNOWN: Final = 0.1
"""Share of questions that nothing answers."""

_FEW: Final = 3
_WRONG_PERSON: Final = 0.7
"""Share of those that ask the other one for what the one told."""

_DATED: Final = 0.2
"""Share of the questions about the past that name the time."""


@dataclass(frozen=True)
class Asked:
    """A question with its answer.

    Attributes:
        kind: What it asks for, for the figures: "ask", "when", "why", "list", "unanswerable", ...
        family: The kind of fact.
        evidence: Places of the passages that answer it.
    """

    question: str
    answer: str
    kind: str
    family: str
    evidence: tuple[int, ...]


class Asking:
    """Asks about one conversation."""

    def __init__(self, deck: Deck, plan: Plan, passages: Sequence[ReadingPassage]) -> None:
        self._deck = deck
        self._plan = plan
        self._passages = list(passages)

    def questions(self) -> list[Asked]:
        """A choice of questions, each with one right answer, in any order."""
        choice = self._deck.choice
        possible = [asked for matter in self._plan.matters for asked in self._about(matter)]
        answers: dict[str, set[str]] = {}
        for asked in possible:
            answers.setdefault(asked.question, set()).add(asked.answer)
        alike: dict[tuple[str, str, str], list[Asked]] = {}
        for asked in possible:
            if len(answers[asked.question]) == 1:
                alike.setdefault((asked.kind, asked.family, asked.answer), []).append(asked)
        chosen = [choice.choice(same) for same in alike.values()]
        choice.shuffle(chosen)
        chosen.sort(key=lambda asked: choice.random() * _WEIGHTS.get(asked.kind, 1.0))
        chosen = chosen[: min(11, 2 + 2 * len(self._plan.matters))]
        # Where little was recalled, it mostly is what was asked for.
        unknown_share = UNKNOWN if len(self._passages) > _FEW else UNKNOWN / 2
        share = unknown_share / (1 - unknown_share) * len(chosen)
        for _ in range(int(share) + (choice.random() < share % 1)):
            if (unknown := self._unanswerable()) is not None:
                chosen.append(unknown)
        choice.shuffle(chosen)
        return chosen

    def _ask(
        self, matter: Matter, form: str, answer: str, each: Told, evidence: Sequence[Told], kind: str
    ) -> list[Asked]:
        """One question, or none where the answer was not told."""
        choice = self._deck.choice
        if ("{WHEN" in answer and not each.when) or ("{WHY}" in answer and not each.why):
            return []
        slots = each.slots | {"WHEN": each.when, "WHEN+": each.when, "WHY": each.why}
        question = fill(form, slots, matter.teller, matter.other, "asking")
        if kind in ("ask", "why") and _PAST.match(question) and choice.random() < _DATED:
            question = f"{question[:-1]} {_at(self._typed(each.when or day(each.passage.time)))}?"
        reply = fill(answer, slots, matter.teller, matter.other, "answering")
        places = sorted(self._passages.index(told.passage) for told in evidence)
        return [Asked(question, reply, kind, matter.family.name, tuple(places))]

    def _about(self, matter: Matter) -> list[Asked]:
        family, told, choice = matter.family, matter.told, self._deck.choice
        first, last = told[0], told[-1]
        if first.reply_to is not None:
            form = choice.choice([form for form in first.reply_to.forms if form != first.form] or [first.form])
            return self._ask(matter, form, first.reply_to.answer, first, told, "reply")
        found: list[Asked] = []
        for question in family.questions:
            form, answer = choice.choice(question.forms), question.answer
            match question.kind:
                case "ask":
                    for each in told:
                        # Told several times, a question without a value in it would have several answers.
                        if (not matter.several or _names_a_value(form, family)) and _supported(answer, each):
                            found += self._ask(matter, form, answer, each, [each], _kind(answer))
                case "list":
                    found += self._list(matter, question, form)
                case "count" if matter.several:
                    found += self._ask(matter, form, _NUMBERS[len(told)], first, told, "count")
                case "hop":
                    found += self._ask(matter, form, answer, replace(last, slots=first.slots), told, "hop")
                case "now":
                    found += self._ask(matter, form, answer, last, [last], "now")
                case "before" if len(told) > 1:
                    found += self._ask(matter, form, answer, last, told[-2:], "before")
                case "both":
                    found += self._both(matter, question, form)
        for each in told:
            shown = fill(family.photo, each.slots, matter.teller, matter.other, "speaking", sentence=False)
            if shown and f"[photo: {shown}]" in each.passage.text:
                found += self._ask(matter, choice.choice(_PHOTO), family.photo, each, [each], "photo")
        if family.deed is not None:
            found += self._deeds(matter, family.deed)
        return found

    def _list(self, matter: Matter, question: Question, form: str) -> list[Asked]:
        items = [
            fill(question.answer, each.slots, matter.teller, matter.other, "answering", sentence=False)
            for each in matter.told
        ]
        items = list(dict.fromkeys(items))
        listed = items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
        kind = "list" if matter.several else "ask"
        return self._ask(matter, form, listed, matter.told[0], matter.told, kind)

    def _both(self, matter: Matter, question: Question, form: str) -> list[Asked]:
        twins = (m for m in self._plan.matters if m.family is matter.family and m.teller is not matter.teller)
        twin = next(twins, None)
        if twin is None or len(matter.told) > 1 or len(twin.told) > 1 or twin.told[0].reply_to is not None:
            return []
        own, other = matter.told[0], twin.told[0]
        same = all(own.slots[name] == other.slots[name] for name in slot_names(question.answer))
        if not same or not _supported(question.answer, own) or not _supported(question.answer, other):
            return []
        return self._ask(matter, form, question.answer, own, [own, other], "both")

    def _deeds(self, matter: Matter, deed: Deed) -> list[Asked]:
        """When, why and by whom something was done, and whether."""
        choice, found = self._deck.choice, list[Asked]()
        is_state = any(name.split(",")[0] == "v" for name in matter.family.slots)

        def ask(form: str, answer: str, each: Told, kind: str) -> None:
            found.extend(self._ask(matter, _of_deed(form, deed), answer, each, [], kind))

        # A state that holds from the beginning was not entered.
        for each in matter.told[1:] if is_state else matter.told:
            before = len(found)
            if not deed.past:
                ask("When {{is}} {{S}} going to {base} {rest}?", "{WHEN+}", each, "when")
                ask("Who is going to {base} {rest}?", "{S}", each, "who")
            else:
                ask(choice.choice(_WHEN), "{WHEN}", each, "when")
                ask(choice.choice(_WHY), "{WHY}", each, "why")
                ask("Who {past} {rest}?", "{S}", each, "who")
                ask("Did {{S}} {base} {rest}?", "Yes", each, "yes")
                other = each.slots | self._deck.slots(matter.family)
                changed = any(other[name] != each.slots[name] for name in slot_names(deed.rest) if name in other)
                known = [told.slots for told in matter.told]
                if changed and choice.random() < 0.7 and other not in known:
                    right = fill(deed.rest, each.slots, matter.teller, matter.other, "answering", sentence=False)
                    ask("Did {{S}} {base} {rest}?", f"No, {right}", replace(each, slots=other), "no")
                mine = [told for m in self._plan.matters if m.teller is matter.teller for told in m.told]
                if each.when and sum(told.when == each.when for told in mine) == 1:
                    form = choice.choice(_ON_DATE).replace("{at}", _at(self._typed(each.when)))
                    ask(form, f"{deed.past} {deed.rest}", each, "on date")
            place = self._passages.index(each.passage)
            found[before:] = [replace(asked, evidence=(place,)) for asked in found[before:]]
        return found

    def _unanswerable(self) -> Asked | None:
        """A question of which nothing was told: of what only the other one told, or of something else."""
        deck, plan = self._deck, self._plan
        choice = deck.choice
        told = {(matter.family.name, matter.teller.speaker) for matter in plan.matters}
        tellers = [person for person in (plan.first, plan.second) if person.gender != "assistant"]
        if choice.random() < _WRONG_PERSON and len(tellers) > 1:
            pool = [(m.family, m.other, m.teller, m.told[0].slots) for m in plan.matters]
        else:
            families = choice.sample(deck.families, min(4, len(deck.families)))
            pool = [(family, choice.choice(tellers), plan.second, deck.slots(family)) for family in families]
        for family, person, other, slots in choice.sample(pool, len(pool)):
            near = {family.name}.union(*(group for group in EXCLUSIVE if family.name in group))
            forms = [form for q in family.questions if q.kind in ("ask", "list", "now") for form in q.forms]
            if family.deed is not None and family.deed.past:
                forms += [_of_deed(form, family.deed) for form in (*_WHEN, *_WHY)]
            forms = [form for form in forms if "{WH" not in form and "{S" in form]
            if forms and not any((name, person.speaker) in told for name in near):
                question = fill(choice.choice(forms), slots, person, other, "asking")
                return Asked(question, REFUSAL, "unanswerable", family.name, ())
        return None

    def _typed(self, when: str) -> str:
        """A date as people type it."""
        if found := re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", when):
            date, month, year = found.groups()
            forms = (when, f"{date} {month}, {year}", f"{month} {date}, {year}", f"{month} {year}")
            return self._deck.choice.choice(forms)
        return when


_NUMBERS: Final = ("zero", "one", "two", "three", "four", "five")
_PAST: Final = re.compile(r"(?:What|Where|Who|How|Why|Which \w+) (?:\w+ )?did ")
_WHEN: Final = (
    "When did {{S}} {base} {rest}?",
    "When did {{S}} {base} {rest}?",
    "What day did {{S}} {base} {rest}?",
    "When was it that {{S}} {past} {rest}?",
    "On which date did {{S}} {base} {rest}?",
)
_ON_DATE: Final = (
    "What did {{S}} do {at}?",
    "What did {{S}} do {at}?",
    "What news did {{S}} have {at}?",
    "What happened in {{S's}} life {at}?",
    "What {{was}} {{S}} up to {at}?",
)
_WHY: Final = (
    "Why did {{S}} {base} {rest}?",
    "What was {{S's}} reason to {base} {rest}?",
    "What made {{S}} {base} {rest}?",
    "For what reason did {{S}} {base} {rest}?",
)
_PHOTO: Final = (
    "What is in the photo that {S} shared?",
    "What did {S} share a picture of?",
    "What does the picture from {S} show?",
)
_WEIGHTS: Final = {
    "both": 0.2,
    "why": 0.5,
    "list": 0.5,
    "count": 0.6,
    "hop": 0.6,
    "when": 0.9,
    "on date": 1.2,
    "photo": 1.5,
    "who": 1.6,
    "yes": 1.7,
    "no": 1.7,
}
"""What is drawn first: the smaller, the sooner."""


def _of_deed(form: str, deed: Deed) -> str:
    return form.format(base=deed.base, past=deed.past, rest=deed.rest)


def _at(when: str) -> str:
    """A time with its preposition."""
    if when.startswith("the weekend"):
        return f"at {when}"
    if re.match(r"\d{1,2} |\w+day,|\w+ \d{1,2}, ", when):
        return f"on {when}"
    return when if " before " in when and not when.startswith("the ") else f"in {when}"


def _supported(answer: str, told: Told) -> bool:
    """Whether what was said holds the values of an answer: not every way of telling tells everything."""
    text = _words(told.passage.text)
    values = [told.slots[name] for name in slot_names(answer) if name in told.slots and name not in _UNSAID]
    return all(any(_words(piece) <= text for piece in value.split("|")) for value in values)


_UNSAID: Final = frozenset(("country", "trait", "yes", "no", "g"))
"""Slots whose values are not said word for word."""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'-]+", re.sub(r"\{\w+\}", "", text.lower())))


def _names_a_value(form: str, family: Family) -> bool:
    known = {name for names in family.slots for name in names.split(",")}
    return not known.isdisjoint(slot_names(form))


def _kind(answer: str) -> str:
    return "when" if "{WHEN" in answer else "why" if "{WHY}" in answer else "ask"
