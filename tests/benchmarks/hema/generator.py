"""Generated dialogues of one user with an assistant, and the questions that probe what is remembered of them.

The same length and seed give the same dialogue. A story is one kind of thing told of one person: once, or told and
later revised, contradicted or denied. Stories are put at turns first and put into words in order afterwards, because
whom a name stands for has to be said the first time. The rest of the turns is filler.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Literal

from . import filler, words
from .dialogue import Category, Dialogue, Piece, Probe, Turn
from .kinds import (
    EVENT_ASKED,
    EVENT_BEFORE,
    EVENT_CHANGE,
    EVENT_QUESTION,
    EVENT_SHORT,
    EVENT_TELL,
    HABIT_DENY,
    HABIT_QUESTION,
    HABIT_TELL,
    HABITS,
    KINDS,
    Habit,
    Kind,
)
from .phrasing import USER, Person, choose, clause, date_forms, sentence, with_article

START = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
GAP = 150
"""Turns between a telling and its probe, where the dialogue is long enough."""

_TOLD_SHARE = 0.32
_NEAR_MISS_SHARE = 0.12

Outcome = Literal["told", "revised", "contradicted", "negated"]


@dataclass(frozen=True)
class _Value:
    """A value as it is said, and the forms that count as it."""

    said: str
    forms: tuple[str, ...]
    day: date | None = None

    @property
    def told_as(self) -> tuple[str, ...]:
        return () if any(form.lower() in self.said.lower() for form in self.forms) else (self.said,)


@dataclass
class _Story:
    """One kind of thing told of one person."""

    who: Person
    kind: Kind
    outcome: Outcome
    probed: bool
    near: bool
    event: str = ""
    habit: Habit | None = None
    values: list[_Value] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    two_message: bool = False


@dataclass(frozen=True)
class _Slot:
    """What happens in a turn: a telling of a story (which of them), its opening question, or filler."""

    story: _Story
    step: int
    asks: bool = False


def generate(turns: int, seed: int, *, probes: int = 0) -> Dialogue:
    """A dialogue of so many turns.

    Args:
        turns: At least 20.
        seed: For the chance in it.
        probes: About how many answerable probes; 0 for what fits the length. A quarter more cannot be answered.
    """
    return _Writer(turns, seed, probes or max(8, min(turns // 5, 320))).write()


class _Writer:
    def __init__(self, turns: int, seed: int, probes: int) -> None:
        self.count, self.seed, self.wanted = turns, seed, probes
        self.chance = random.Random(f"hema/{turns}/{seed}")
        self.cast, self.absent = self._people(12 + turns // 55)
        self.slots: dict[int, _Slot] = {}
        self.met: set[str] = set()
        self.times = list(_times(turns, self.chance))
        self.used: dict[str, set[str]] = {}
        self.turns: list[Turn] = []

    def write(self) -> Dialogue:
        stories = self._stories()
        for number in range(self.count):
            self.turns.append(self._turn(number))
        probes = [probe for story in stories if story.probed for probe in self._probes_of(story)]
        probes += self._several(stories)
        probes += self._unanswerable(stories, max(4, len(probes) // 4))
        return Dialogue(self.seed, tuple(self.turns), tuple(probes), tuple(self.cast))

    # Who and what

    def _people(self, count: int) -> tuple[list[Person], list[Person]]:
        """Who is in the dialogue, and some who are never mentioned."""
        pick = self.chance
        names = [(name, True) for name in words.WOMEN] + [(name, False) for name in words.MEN]
        pick.shuffle(names)
        people = []
        for name, female in names[: count + 12]:
            people.append((name, pick.choice(words.FEMALE_RELATIONS if female else words.MALE_RELATIONS), female))
        present = [relation for _, relation, _ in people[:count]]
        # Who is never mentioned can only be asked for by name.
        return (
            [Person(n, r, f, present.count(r) == 1) for n, r, f in people[:count]],
            [Person(n, r, f) for n, r, f in people[count:]],
        )

    def _stories(self) -> list[_Story]:
        pairs = [(who, kind) for who in [USER, *self.cast] for kind in self._all_kinds()]
        self.chance.shuffle(pairs)
        # The user tells of themselves more than of any other.
        pairs.sort(key=lambda pair: self.chance.random() - (0.35 if pair[0].is_user else 0.0))
        room = int(self.count * _TOLD_SHARE)
        stories: list[_Story] = []
        probed = 0
        for who, (kind, event, habit) in pairs:
            if room <= 0:
                break
            outcome: Outcome = "negated" if habit else "told"
            if not habit and kind.change and self.chance.random() < 0.35:
                outcome = "contradicted" if self.chance.random() < 0.2 else "revised"
            elif habit and self.chance.random() < 0.3:
                outcome = "told"
            is_probed = probed < self.wanted and (not habit or outcome != "told")
            near = self.chance.random() < min(0.5, 30 / self.wanted)
            story = _Story(who, kind, outcome, is_probed, near, event, habit)
            if not self._place(story):
                continue
            probed += is_probed
            room -= len(story.turns) + story.two_message
            stories.append(story)
        for story in stories:
            self._give_values(story)
        return stories

    def _all_kinds(self) -> list[tuple[Kind, str, Habit | None]]:
        kinds: list[tuple[Kind, str, Habit | None]] = [(kind, "", None) for kind in KINDS]
        kinds += [(_event_kind(event), event, None) for event in self.chance.sample(words.EVENTS, 12)]
        kinds += [(_habit_kind(habit), "", habit) for habit in self.chance.sample(HABITS, 6)]
        return kinds

    def _give_values(self, story: _Story) -> None:
        taken = self.used.setdefault(story.kind.name, set())
        for step, turn in enumerate(story.turns):
            if story.habit:
                story.values.append(_Value(story.habit.plain, (story.habit.key,)))
            elif not story.kind.values:
                story.values.append(self._date(story, step, turn))
            else:
                own = {value.said for value in story.values}
                free = [value for value in story.kind.values if value not in taken | own]
                said = self.chance.choice(free or [value for value in story.kind.values if value not in own])
                taken.add(said)
                story.values.append(_Value(said, (said,)))

    def _date(self, story: _Story, step: int, turn: int) -> _Value:
        told = self.times[turn].date()
        if story.event and step == len(story.turns) - 1 and self.chance.random() < 0.15:
            ahead = self.chance.randrange(1, 22)
            day = told + timedelta(days=ahead)
            if ahead == 1:
                return _Value("tomorrow", date_forms(day), day)
            if ahead % 7 == 0:
                weeks = ("a week", "two weeks", "three weeks")[ahead // 7 - 1]
                return _Value(f"{words.DAYS[day.weekday()]} in {weeks}", date_forms(day), day)
        day = told + timedelta(days=self.chance.randrange(25, 330))
        forms = date_forms(day)
        if any(day == value.day for value in story.values):
            return self._date(story, step, turn)
        said = self.chance.choice([forms[0], forms[1], f"the {forms[2]}"])
        return _Value(said, forms, day)

    # Where

    def _place(self, story: _Story) -> bool:
        """Choose the turns of a story; False where there is no room left."""
        end = self.count
        if story.near and end >= 2 * GAP:
            last = end - GAP - self.chance.randrange(-15, 60)
        else:
            last = self.chance.randrange(2, max(3, end - GAP if end >= 2 * GAP else end * 2 // 5))
        if not story.probed:
            last = self.chance.randrange(2, end)
        first = last
        if story.outcome in ("revised", "contradicted", "negated"):
            first = max(0, last - self.chance.randrange(5, max(6, min(last, 400))))
        for step, wanted in enumerate(dict.fromkeys((first, last))):
            two = step == 0 and not story.habit and self.chance.random() < (0.2 if first == last else 0.1)
            turn = self._free(wanted, 2 if two else 1, not_before=story.turns[-1] + 1 if story.turns else 0)
            if turn is None or (step == 0 and first != last and turn >= end - 2):
                break
            if two:
                self.slots[turn] = _Slot(story, step, asks=True)
                turn += 1
                story.two_message = True
            self.slots[turn] = _Slot(story, step)
            story.turns.append(turn)
        if len(story.turns) < 2:
            story.outcome = "told"
        return bool(story.turns)

    def _free(self, wanted: int, length: int, *, not_before: int) -> int | None:
        """The first free turns soon after a place, else the last before it."""
        limit = min(self.count - length, wanted + 40)
        turns = chain(range(max(wanted, not_before), limit), range(wanted, not_before - 1, -1))
        return next((turn for turn in turns if all(turn + i not in self.slots for i in range(length))), None)

    # In words

    def _turn(self, number: int) -> Turn:
        slot = self.slots.get(number)
        if slot is None:
            said, reply = self._filler()
        elif slot.asks:
            said, reply = self._asking(slot)
        else:
            said, reply = self._telling(slot, number)
        return Turn(said, reply, self.times[number])

    def _call(self, who: Person) -> str:
        """What the user calls somebody: with the relation at first, mostly by name later."""
        if who.is_user:
            return "I"
        if who.name not in self.met:
            self.met.add(who.name)
            return f"my {who.relation} {who.name}"
        chance = self.chance.random()
        if who.alone and chance < 0.08:
            return f"my {who.relation}"
        return f"my {who.relation} {who.name}" if chance < 0.2 else who.name

    def _asking(self, slot: _Slot) -> tuple[str, str]:
        who = slot.story.who
        about = filler.ABOUT_SELF if who.is_user else filler.ABOUT_PERSON
        said = clause(self.chance.choice(about), who, self._call(who), {}, self.chance)
        asked = clause(
            self.chance.choice(slot.story.kind.asked), who, who.name, self._slots(slot.story, 0), self.chance
        )
        lead = self.chance.choice(filler.SMALL_TALK) if self.chance.random() < 0.6 else ""
        return sentence(said), f"{lead} {sentence(asked)}".strip()

    def _telling(self, slot: _Slot, number: int) -> tuple[str, str]:
        story, pick = slot.story, self.chance
        slots = self._slots(story, slot.step)
        if slot.step == 0 and story.two_message:
            answer = sentence(clause(pick.choice(story.kind.short), story.who, story.who.name, slots, pick))
            if pick.random() < 0.4:
                answer += " " + self._aside()
            return answer, pick.choice(filler.ACKNOWLEDGE)
        templates = story.kind.tell if slot.step == 0 or story.outcome == "contradicted" else story.kind.change
        core = clause(pick.choice(templates), story.who, self._call(story.who), slots, pick)
        reply = pick.choice(filler.ACKNOWLEDGE)
        if pick.random() < 0.15 and not story.who.is_user:
            reply = pick.choice(filler.ECHO).format(clause=core.replace("my ", "your "), Clause=sentence(core)[:-1])
            reply = reply.replace("My ", "Your ").replace(" my ", " your ")
        return self._wrapped(core, reply, changed=slot.step > 0 and story.outcome == "revised")

    def _wrapped(self, core: str, reply: str, *, changed: bool) -> tuple[str, str]:
        """A clause told directly, in passing, or before or after a request."""
        pick = self.chance
        form = pick.random()
        if changed and pick.random() < 0.3:
            core = f"{pick.choice(('actually', 'change of plan:', 'I have to correct myself:', 'news:'))} {core}"
        if form < 0.22:
            return sentence(core), reply
        if form < 0.42:
            return sentence(f"{pick.choice(filler.OPENERS)}, {core}"), reply
        if form < 0.55:
            return sentence(f"{choose(pick.choice(filler.BEFORE_CLAUSES), pick)} {core}"), reply
        if form < 0.66:
            return sentence(f"{core}, {pick.choice(filler.AFTER_CLAUSES)}"), reply
        if form < 0.82:
            asides = [self._aside(), sentence(core)]
            pick.shuffle(asides)
            return " ".join(asides), reply
        request = choose(pick.choice(filler.REQUESTS), pick)
        parts = [sentence(core), request]
        if pick.random() < 0.4:
            parts.reverse()
        return " ".join(parts), self._help()

    def _slots(self, story: _Story, step: int) -> dict[str, str]:
        value = story.values[step].said
        old = story.values[step - 1].said if step else ""
        slots = {"v": value, "av": with_article(value), "o": old, "ao": with_article(old) if old else ""}
        if story.event:
            slots["event"] = story.event
        if story.habit:
            slots |= {"plain": story.habit.plain, "third": story.habit.third, "doing": story.habit.doing}
        return slots

    def _aside(self) -> str:
        return choose(self.chance.choice(filler.ASIDES), self.chance)

    def _help(self) -> str:
        parts = (filler.HELP_FIRST, filler.HELP_MIDDLE, filler.HELP_LAST)
        return " ".join(choose(self.chance.choice(part), self.chance) for part in parts).strip()

    def _guess(self, who: Person) -> str:
        """The assistant makes something up about somebody: nobody told it, and nothing may come of it."""
        pick = self.chance
        kind = pick.choice([kind for kind in KINDS if kind.values])
        value = pick.choice(kind.values)
        core = clause(pick.choice(kind.tell), who, who.name, {"v": value, "av": with_article(value)}, pick)
        return pick.choice(filler.GUESS).format(clause=core)

    def _filler(self) -> tuple[str, str]:
        pick = self.chance
        kind = pick.random()
        if kind < _NEAR_MISS_SHARE / (1 - _TOLD_SHARE):
            return self._near_miss(), pick.choice(filler.SMALL_TALK)
        if kind < 0.55:
            lead = f"{choose(pick.choice(filler.GREETINGS), pick)} " if pick.random() < 0.2 else ""
            return lead + choose(pick.choice(filler.REQUESTS), pick), self._help()
        if kind < 0.75:
            return choose(pick.choice(filler.OPINIONS), pick), pick.choice(filler.SMALL_TALK)
        if kind < 0.85:
            who = pick.choice(self.cast)
            said = clause(pick.choice(filler.ABOUT_PERSON), who, self._call(who), {}, pick)
            return sentence(said), self._guess(who) if pick.random() < 0.15 else pick.choice(filler.SMALL_TALK)
        return f"{choose(pick.choice(filler.GREETINGS), pick)} {self._aside()}", pick.choice(filler.SMALL_TALK)

    def _near_miss(self) -> str:
        """Something of the same form, about nobody in the cast."""
        pick = self.chance
        stranger = Person(pick.choice(filler.STRANGERS), "", pick.random() < 0.5)
        kind = pick.choice([kind for kind in KINDS if kind.values])
        value = pick.choice(kind.values)
        core = clause(pick.choice(kind.tell), stranger, stranger.name, {"v": value, "av": with_article(value)}, pick)
        if pick.random() < 0.3:
            return sentence(core)
        return sentence(pick.choice(filler.WONDERING).format(clause=core))

    # Questions

    def _probes_of(self, story: _Story) -> Iterator[Probe]:
        last = len(story.turns) - 1
        subject = _names(story.who)
        current = story.values[last]
        stale = tuple(form for value in story.values[:last] for form in value.forms)
        # A revision may name the old value: then it tells that one too.
        piece = Piece(subject, current.forms, (story.turns[last],), told_as=current.told_as)
        category: Category = "two-message" if story.two_message and not last else "single"
        if story.habit:
            if story.outcome != "negated":
                return
            piece = Piece(subject, current.forms, (story.turns[last],), denied=True)
            yield Probe(
                self._question(story, HABIT_QUESTION),
                "negated",
                story.kind.name,
                (piece,),
                stale_turns=tuple(story.turns[:last]),
                near=story.near,
            )
            return
        if story.event:
            category = "when"
        if last:
            category = "contradicted" if story.outcome == "contradicted" else "revised"
        yield Probe(
            self._question(story, story.kind.question),
            category,
            story.kind.name,
            (piece,),
            stale,
            tuple(story.turns[:last]),
            _others(story.kind, current),
            story.near,
        )
        if last and story.kind.before and story.outcome == "revised" and self.chance.random() < 0.5:
            before = story.values[last - 1]
            turns = [story.turns[last - 1]]
            if any(form in self.turns[story.turns[last]].user for form in before.forms):
                turns.append(story.turns[last])
            piece = Piece(subject, before.forms, tuple(turns), told_as=before.told_as)
            yield Probe(
                self._question(story, story.kind.before),
                "previous",
                story.kind.name,
                (piece,),
                others=current.forms,
                near=story.near,
            )

    def _several(self, stories: Sequence[_Story]) -> Iterator[Probe]:
        """Questions that need two things: the same of two people."""
        by_kind: dict[str, list[_Story]] = {}
        for story in stories:
            if story.probed and not story.habit and not story.event and not story.who.is_user:
                by_kind.setdefault(story.kind.name, []).append(story)
        for name, group in by_kind.items():
            for one, other in zip(group[::2], group[1::2], strict=False):
                if self.chance.random() < 0.4:
                    continue
                question = self._question(one, one.kind.question)
                question = f"{question} And {other.who.name}?"
                pieces = tuple(
                    Piece(_names(s.who), s.values[-1].forms, (s.turns[-1],), told_as=s.values[-1].told_as)
                    for s in (one, other)
                )
                stale = tuple(f for s in (one, other) for v in s.values[:-1] for f in v.forms)
                stale_turns = tuple(turn for s in (one, other) for turn in s.turns[:-1])
                yield Probe(question, "multi", name, pieces, stale, stale_turns, near=one.near and other.near)

    def _unanswerable(self, stories: Sequence[_Story], count: int) -> Iterator[Probe]:
        told = {(story.who.name, kind) for story in stories for kind in _answered_by(story.kind.name)}
        known = [who for who in self.cast if who.name in self.met]
        absent = list(self.absent)
        for number in range(count):
            kind, event, habit = self.chance.choice(self._all_kinds())
            if habit:
                kind, event = next(k for k in KINDS if k.name == "home"), ""
            if number % 3 == 2 and absent:
                who, category = absent[number % len(absent)], "nobody"
            else:
                choices = [who for who in [USER, *known] if (who.name, kind.name) not in told]
                if not choices:
                    continue
                who, category = self.chance.choice(choices), "no such thing"
            told.add((who.name, kind.name))
            story = _Story(who, kind, "told", True, False, event)
            story.values.append(_Value("", ()))
            question = self._question(story, kind.question)
            yield Probe(question, "nobody" if category == "nobody" else "no such thing", kind.name)

    def _question(self, story: _Story, templates: Sequence[str]) -> str:
        who = story.who
        called = who.name
        if who.alone and self.chance.random() < 0.1:
            called = f"my {who.relation}"
        last = len(story.values) - 1
        slots = self._slots(story, last) if story.values[last].said else {"event": story.event}
        return sentence(clause(self.chance.choice(templates), who, called, slots, self.chance))


def _event_kind(event: str) -> Kind:
    return Kind(event, (), EVENT_TELL, EVENT_CHANGE, EVENT_ASKED, EVENT_SHORT, EVENT_QUESTION, EVENT_BEFORE)


def _habit_kind(habit: Habit) -> Kind:
    return Kind(habit.plain, (), HABIT_TELL, HABIT_DENY, (), (), HABIT_QUESTION)


def _names(who: Person) -> tuple[str, ...]:
    if who.is_user:
        return ()
    return (who.name, f"my {who.relation}", who.relation) if who.alone else (who.name,)


def _others(kind: Kind, current: _Value) -> tuple[str, ...]:
    return tuple(value for value in kind.values if value not in current.forms)


def _times(turns: int, chance: random.Random) -> Iterator[datetime]:
    """When each turn is said: sessions of some minutes, one or two a day, sometimes days apart."""
    time, left = START, 0
    for _ in range(turns):
        if left == 0 or time.hour == 23:
            left = chance.randrange(4, 30)
            later = time.replace(hour=0, minute=0) + timedelta(hours=time.hour + chance.randrange(3, 8))
            if later.day == time.day and later.hour < 22 and chance.random() < 0.5:
                time = later
            else:
                next_day = time + timedelta(days=chance.choice((1, 1, 1, 1, 2, 4)))
                time = next_day.replace(hour=chance.randrange(7, 21), minute=chance.randrange(60))
        time += timedelta(seconds=chance.randrange(40, 400))
        left -= 1
        yield time


def _answered_by(kind: str) -> tuple[str, ...]:
    """The kinds of things that a telling answers: a street answers where somebody lives."""
    return (kind, {"home": "street", "street": "home"}.get(kind, kind))
