"""The questions about a conversation, with their answers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from assistant.conversation.memory_block import day
from assistant.conversation.reading import ReadingPassage

from .families import Deed, Question
from .matters import Deck, Matter, Plan, Told, slot_names
from .order import earlier
from .times import month
from .unanswerable import WHEN, WHY, Asked, Unanswerable, names_a_value, of_deed, supported
from .wording import fill, tidy

UNKNOWN: Final = 0.26
"""Share of questions that nothing answers."""

_FEW: Final = 3
_DATED: Final = 0.12
"""Share of the questions about the past that name the time."""


class Asking:
    """Asks about one conversation."""

    def __init__(self, deck: Deck, plan: Plan, passages: Sequence[ReadingPassage]) -> None:
        self._deck = deck
        self._plan = plan
        self._passages = list(passages)

    def questions(self) -> list[Asked]:
        """A choice of questions, each with one right answer, in any order."""
        choice = self._deck.choice
        possible = [asked for matter in self._plan.matters for asked in self._about(matter)] + self._order()
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
        unknown_share = UNKNOWN if len(self._passages) > _FEW else UNKNOWN * 0.7
        share = unknown_share / (1 - unknown_share) * len(chosen)
        unknown = Unanswerable(self._deck, self._plan, self._passages, set(answers))
        for _ in range(int(share) + (choice.random() < share % 1)):
            if (untold := unknown.question()) is not None:
                chosen.append(untold)
        choice.shuffle(chosen)
        return chosen

    def told(self) -> dict[str, tuple[int, ...]]:
        """The places of the passages that tell of each kind of fact."""
        found: dict[str, set[int]] = {}
        for matter in self._plan.matters:
            found.setdefault(matter.family.name, set()).update(self._places(matter.told))
        return {family: tuple(sorted(places)) for family, places in found.items()}

    def _ask(
        self, matter: Matter, form: str, answer: str, each: Told, evidence: Sequence[Told], kind: str
    ) -> list[Asked]:
        """One question, or none where the answer was not told."""
        choice = self._deck.choice
        if ("{WHEN" in answer and not each.when) or ("{WHY}" in answer and not each.why):
            return []
        slots = each.slots | {"WHEN": each.when, "WHEN+": each.when, "WHY": each.why}
        question = fill(form, slots, matter.teller, matter.other, "asking")
        if kind in ("ask", "why") and _PAST.match(question) and not _OPEN.search(question) and choice.random() < _DATED:
            question = f"{question[:-1]} {_at(self._typed(each.when or day(each.passage.time)))}?"
        reply = fill(answer, slots, matter.teller, matter.other, "answering")
        wrong: tuple[str, ...] = ()
        if kind in _TIMED:
            all_slots = [told.slots | {"old": told.slots["v"]} for told in matter.told if told.reply_to is None]
            values = [fill(answer, slots, matter.teller, matter.other, "answering") for slots in all_slots]
            wrong = tuple(value for value in dict.fromkeys(values) if value != reply)
        return [Asked(question, reply, kind, matter.family.name, self._places(evidence), wrong)]

    def _places(self, evidence: Sequence[Told]) -> tuple[int, ...]:
        """Where something is told; with a reply goes the question before it, with a message its second half."""
        places: set[int] = set()
        for told in evidence:
            place = self._passages.index(told.passage)
            places |= {place - 1, place} if told.asked and not told.passage.asked else {place}
            if told.rest is not None:
                places.add(self._passages.index(told.rest))
        return tuple(sorted(places))

    def _about(self, matter: Matter) -> list[Asked]:
        family, told, choice = matter.family, matter.told, self._deck.choice
        first, last = told[0], told[-1]
        if first.reply_to is not None:
            others = [form for form in first.reply_to.forms if form != first.form and supported(form, first)]
            form = choice.choice(others or [first.form])
            return self._ask(matter, form, first.reply_to.answer, first, told, "reply")
        found: list[Asked] = []
        for question in family.questions:
            form, answer = choice.choice(question.forms), question.answer
            match question.kind:
                case "ask":
                    for each in told:
                        forms = [form for form in question.forms if supported(form, each)]
                        form = choice.choice(forms) if forms else ""
                        # Told several times, a question without a value in it would have several answers.
                        if form and (not matter.several or names_a_value(form, family)) and supported(answer, each):
                            found += self._ask(matter, form, answer, each, [each], _kind(answer))
                case "list":
                    found += self._list(matter, question, form)
                case "count" if matter.several:
                    found += self._ask(matter, form, _NUMBERS[len(told)], first, told, "count")
                case "hop":
                    found += self._ask(matter, form, answer, replace(last, slots=first.slots), told, "hop")
                case "now":
                    found += self._ask(matter, form, answer, last, [last], "now")
                case "at" if len(told) > 1:
                    found += self._at_times(matter, question)
                case "before" if len(told) > 1 and last.how != "correction":
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

    def _at_times(self, matter: Matter, question: Question) -> list[Asked]:
        """What held at a time between two tellings, or at first."""
        choice, found = self._deck.choice, list[Asked]()
        for now, following in pairwise((*matter.told, None)):
            if now is None or now.how == "correction" or (following is not None and following.how == "correction"):
                continue
            said = now.passage.time
            until = following.passage.time if following is not None else said + timedelta(40)
            if following is not None and "{WHEN" in following.template and not following.when:
                continue
            late = following.when if following is not None and following.when else day(until)
            middle = said + (until - said) * choice.random()
            times = [month(middle), month(said)] if now is matter.told[0] else [month(middle)]
            started = now is matter.told[0] or earlier(day(said), month(middle))
            forms = [f"in {time}" for time in times if earlier(time, late) and started]
            if earlier(day(said), day(middle)) and earlier(day(middle), late):
                forms.append(f"on {self._typed_day(day(middle))}")
            form = choice.choice(question.forms)
            if now is matter.told[0] and following is not None and "as things stood" not in form:
                forms += ["at first", "in the beginning"]
            told_in = month(said)
            if following is not None and sum(month(told.passage.time) == told_in for told in matter.told) == 1:
                whom = "to you " if matter.other.gender == "assistant" else ""
                forms.append(f"when {{he}} talked {whom}about it in {told_in}")
            if forms:
                each = replace(now, slots=now.slots | {"AT": choice.choice(forms)})
                found += self._ask(matter, form, question.answer, each, [now], "at")
        return found

    def _list(self, matter: Matter, question: Question, form: str) -> list[Asked]:
        if not all(supported(question.answer, each) for each in matter.told):
            return []
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
        if any("{" in own.slots.get(name, "") for name in slot_names(question.answer)):
            return []  # "my van" is not the same for both
        same = all(own.slots[name] == other.slots[name] for name in slot_names(question.answer))
        if not same or not supported(question.answer, own) or not supported(question.answer, other):
            return []
        return self._ask(matter, form, question.answer, own, [own, other], "both")

    def _deeds(self, matter: Matter, deed: Deed) -> list[Asked]:
        """When, why and by whom something was done, and whether."""
        choice, found = self._deck.choice, list[Asked]()
        is_state = any(name.split(",")[0] == "v" for name in matter.family.slots)

        def ask(form: str, answer: str, each: Told, kind: str) -> None:
            found.extend(self._ask(matter, of_deed(form, deed), answer, each, [], kind))

        # A state that holds from the beginning was not entered.
        for each in matter.told[1:] if is_state else matter.told:
            if not supported(deed.rest, each):
                continue
            before = len(found)
            if not deed.past:
                ask("When {{is}} {{S}} going to {base} {rest}?", "{WHEN+}", each, "when")
                ask("Who is going to {base} {rest}?", "{S}", each, "who")
            else:
                ask(choice.choice(WHEN), "{WHEN}", each, "when")
                ask(choice.choice(WHY), "{WHY}", each, "why")
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
            places = self._places([each])
            found[before:] = [replace(asked, evidence=places) for asked in found[before:]]
        return found

    def _order(self) -> list[Asked]:
        """Which of two things somebody did first."""
        choice, found = self._deck.choice, list[Asked]()
        done = [
            (matter, deed, each)
            for matter in self._plan.matters
            for each in matter.told
            if (deed := matter.family.deed) is not None and deed.past and each.when and not each.reply_to
        ]
        for first in done:
            for second in done:
                if first[0].teller is not second[0].teller or not earlier(first[2].when, second[2].when):
                    continue
                if not matter_is_entered(first) or not matter_is_entered(second):
                    continue
                teller, other = first[0].teller, first[0].other
                pasts, bases = [], []
                for _, deed, each in (first, second):
                    rest = fill(deed.rest, each.slots, teller, other, "answering", sentence=False)
                    pasts.append(f"{deed.past} {rest}")
                    mine = fill(deed.rest, each.slots, teller, other, "asking", sentence=False)
                    bases.append(f"{deed.base} {mine}")
                if bases[0] == bases[1]:
                    continue
                one, two = choice.sample(bases, 2)
                forms = (
                    (f"What did {{S}} do first: {one} or {two}?", pasts[0]),
                    (f"Which came first for {{S}}: did {{he}} {one} or {two}?", pasts[0]),
                    (f"Did {{S}} {bases[0]} before or after {{he}} {pasts[1]}?", "Before"),
                    (f"Did {{S}} {bases[1]} before or after {{he}} {pasts[0]}?", "After"),
                )
                form, answer = choice.choice(forms)
                text = fill(form, {}, teller, other, "asking")
                evidence = self._places([first[2], second[2]])
                found.append(Asked(text, tidy(answer), "order", first[0].family.name, evidence))
        return found

    def _typed_day(self, when: str) -> str:
        """A day as people type it."""
        date, name, year = when.split()
        return self._deck.choice.choice((when, f"{name} {date}, {year}"))

    def _typed(self, when: str) -> str:
        """A date as people type it."""
        if found := re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", when):
            date, month, year = found.groups()
            forms = (when, f"{date} {month}, {year}", f"{month} {date}, {year}", f"{month} {year}")
            return self._deck.choice.choice(forms)
        return when


_TIMED: Final = ("now", "before", "at")
_NUMBERS: Final = ("zero", "one", "two", "three", "four", "five")
_OPEN: Final = re.compile(r" (?:in|on|at|to|for)\?$|\b(?:say|said|tell|told|think|like|first)\b")
_PAST: Final = re.compile(r"(?:What|Where|Who|How|Why|Which \w+) (?:\w+ )?did ")
_ON_DATE: Final = (
    "What did {{S}} do {at}?",
    "What did {{S}} do {at}?",
    "What news did {{S}} have {at}?",
    "What happened in {{S's}} life {at}?",
    "What {{was}} {{S}} up to {at}?",
)
_PHOTO: Final = (
    "What is in the photo that {S} shared?",
    "What did {S} share a picture of?",
    "What does the picture from {S} show?",
)
_WEIGHTS: Final = {
    "both": 0.2,
    "now": 0.4,
    "before": 0.6,
    "at": 1.3,
    "order": 0.7,
    "why": 0.5,
    "list": 0.5,
    "count": 0.6,
    "hop": 0.6,
    "when": 0.5,
    "on date": 1.2,
    "photo": 1.5,
    "who": 1.6,
    "yes": 1.7,
    "no": 1.7,
}
"""What is drawn first: the smaller, the sooner."""


def matter_is_entered(done: tuple[Matter, Deed, Told]) -> bool:
    """Whether a deed was done: a state that holds from the beginning was not entered."""
    matter, _, each = done
    is_state = any(name.split(",")[0] == "v" for name in matter.family.slots)
    return each is not matter.told[0] or not is_state


def _at(when: str) -> str:
    """A time with its preposition."""
    if when.startswith("the weekend"):
        return f"at {when}"
    if re.match(r"\d{1,2} |\w+day,|\w+ \d{1,2}, ", when):
        return f"on {when}"
    return when if " before " in when and not when.startswith("the ") else f"in {when}"


def _kind(answer: str) -> str:
    return "when" if "{WHEN" in answer else "why" if "{WHY}" in answer else "ask"
