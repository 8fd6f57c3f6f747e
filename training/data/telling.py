"""The messages of a conversation: what is told gets its day, its words, and other words around it."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.conversation.memory_block import day
from assistant.conversation.reading import ReadingPassage, with_dates

from . import chatter, times
from .matters import HIPPO, USER, Matter, Plan, Told
from .nearby import Near
from .order import earlier
from .wording import Person, fill, tidy, turned

_GAPS: Final = (1, 2, 3, 5, 7, 9, 14, 20, 33, 60)
"""Days between two talks."""
_TOGETHER: Final = 0.5
"""Share of the things told one after the other that are told in one message."""
_REPLIES: Final = (
    "{}.",
    "{}!",
    "{}, of course.",
    "{}, why?",
    "{}, if you ask me.",
    "{}. I thought you knew!",
)
_COMMON: Final = frozenset(
    (
        "My",
        "The",
        "There",
        "We",
        "This",
        "Our",
        "So",
        "Every",
        "Before",
        "Bad",
        "Big",
        "Turns",
        "Please",
        "Last",
        "Funny",
        *("Where", "For", "At", "On", "In", "Post", "Our", "No", "You", "First", "New", "All", "Teeth", "Update"),
    )
)
"""Words that get a small letter after a comma."""
_RAMBLING: Final = 0.12
_ANSWERED: Final = 0.45
_IN_TWO: Final = 0.15
"""Share of the longer messages that come in two."""
_INTERRUPTED: Final = 0.4
_SENTENCE: Final = re.compile(r"(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<!St\.)(?<=[.!?])\s+(?=[A-Z])")
_NEEDS_TIME: Final = re.compile(r"^\{WHEN\}|\{WHEN\}(?!(?:\{WHY\})?[.,!])|happened \{WHEN\}|was \{WHEN\}")
"""Where a sentence would be broken without the time."""


class Telling:
    """Writes the messages of one conversation after another.

    Attributes:
        seeming: The messages of the last one that seem to tell something and do not.
        chatter: Those that tell nothing.
    """

    def __init__(self, choice: random.Random) -> None:
        self._choice = choice
        self._chatted: set[str] = set()
        self._notes = False
        self.seeming: dict[ReadingPassage, Near] = {}
        self.chatter: set[ReadingPassage] = set()

    def messages(self, plan: Plan) -> list[ReadingPassage]:
        """All messages, oldest first: those of one matter in order, with small talk and reactions in between.

        Puts the passages that it writes into the plan's matters, too.
        """
        choice = self._choice
        self._chatted.clear()
        self.seeming = {}
        self.chatter = set()
        told = [(matter, each) for matter in plan.matters for each in matter.told]
        days = self._days(max(len(told) + len(plan.near), plan.size), plan)
        self._notes = plan.notes
        places = sorted(choice.sample(range(len(days)), len(told)))
        owners = [id(matter) for matter, _ in told]
        choice.shuffle(owners)
        filled: dict[int, ReadingPassage] = {}
        by_place: dict[int, Told] = {}
        for matter in plan.matters:
            own = [place for place, owner in zip(places, owners, strict=True) if owner == id(matter)]
            for place, each in zip(own, matter.told, strict=True):
                self._write(matter, each, days[place])
                filled[place] = each.passage
                by_place[place] = each
        replies = {each.passage.time: (matter, each) for matter, each in told if each.asked}
        free = [place for place in range(len(days)) if place not in filled]
        for place, near in zip(choice.sample(free, len(plan.near)), plan.near, strict=True):
            filled[place] = self._near(near, days[place])
            self.seeming[filled[place]] = near
        written: list[ReadingPassage] = []
        for place, said in enumerate(days):
            if place not in filled:
                filled[place] = self._filler(plan, said)
            elif self._joins(by_place.get(place - 1), by_place.get(place)):
                # People tell several things in one breath.
                first, second = written.pop(), by_place[place].passage
                filled[place] = replace(first, text=f"{first.text} {second.text}")
                for each in by_place.values():
                    if each.passage in (first, second):
                        each.passage = filled[place]
            elif said in replies and choice.random() < 0.5:
                matter, each = replies[said]
                written.append(self._question(matter, each))
                filled[place] = each.passage = replace(each.passage, asked="")
            written.append(filled[place])
            if self._can_pause(by_place.get(place), by_place.get(place + 1)) and choice.random() < _IN_TWO:
                whole = written.pop()
                written += self._in_two(plan, whole, [each for each in by_place.values() if each.passage == whole])
        return written

    def _can_pause(self, now: Told | None, following: Told | None) -> bool:
        """Whether a message may come in two: no reply, and the next one is not going to be joined to it."""
        return now is not None and not now.asked and not self._notes and not self._may_join(now, following)

    def _in_two(self, plan: Plan, whole: ReadingPassage, told: Sequence[Told]) -> list[ReadingPassage]:
        """The first half of a message, a word of the other one, perhaps, and the second half.

        Args:
            plan: Who talks.
            whole: The message; as it is where it has one sentence.
            told: What is told in it. Learns of the halves.
        """
        choice = self._choice
        sentences = _SENTENCE.split(whole.text)
        if len(sentences) < 2:
            return [whole]
        cut = choice.randrange(1, len(sentences))
        later = whole.time + timedelta(minutes=1)
        first = replace(whole, text=" ".join(sentences[:cut]))
        rest = replace(whole, text=" ".join(sentences[cut:]), time=later)
        for each in told:
            each.passage, each.rest = first, rest
        other = plan.second if plan.first.speaker == whole.speaker else plan.first
        if choice.random() < _INTERRUPTED and other.gender != "assistant":
            return [first, ReadingPassage(other.speaker, choice.choice(chatter.INTERJECTIONS), later), rest]
        return [first, rest]

    def _joins(self, before: Told | None, each: Told | None) -> bool:
        """Whether two things become one message."""
        return before is not None and self._may_join(before, each) and self._choice.random() < _TOGETHER

    def _may_join(self, before: Told, each: Told | None) -> bool:
        """Whether they could: told by one person on one day, and nothing beside the words."""
        if each is None or before.asked or each.asked or before.rest is not None:
            return False
        if before.slots.get("v") == each.slots.get("old", ""):
            return False  # nobody takes back in one breath what they say
        first, second = before.passage, each.passage
        alike = first.speaker == second.speaker and first.time.date() == second.time.date()
        return alike and "[photo:" not in first.text

    def _near(self, near: Near, said: datetime) -> ReadingPassage:
        """A message that seems to tell something."""
        time = times.past(said, self._choice).words
        slots = near.slots | {"WHEN": time, "WHEN+": times.ahead(said, self._choice).words, "WHY": ""}
        text = fill(near.template, slots, near.teller, near.other, near.view)
        if near.frame:
            text = text[:1].lower() + text[1:] if ", []" in near.frame else text
            text = fill(near.frame, slots, near.teller, near.other, "speaking").replace("[]", text)
        if not self._notes and self._choice.random() < _RAMBLING:
            text = f"{text} {self._chat(chatter.RAMBLES, near.teller, near.other)}"
        speaker = near.other if near.view == "addressing" else near.teller
        return ReadingPassage(speaker.speaker, text, said)

    def _days(self, count: int, plan: Plan) -> list[datetime]:
        choice = self._choice
        now = datetime(choice.randint(2018, 2026), choice.randint(1, 12), choice.randint(1, 28), choice.randint(7, 21))
        days: list[datetime] = []
        # What changes, changes in the course of time.
        changes = any(matter.family.is_state and len(matter.told) > 1 for matter in plan.matters)
        while len(days) < count:
            number = 1 if plan.notes or (changes and choice.random() < 0.8) else choice.randint(1, 3)
            days += [now + timedelta(minutes=3 * i) for i in range(number)]
            gap = choice.choice(_GAPS) * (choice.randint(1, 4) if plan.notes else 1)
            now = now.replace(hour=choice.randint(7, 21)) + timedelta(gap)
        return days[:count]

    def _write(self, matter: Matter, each: Told, said: datetime) -> None:
        """Fill in the template of a message on its day."""
        choice, template = self._choice, each.passage.text
        time = times.Time("", day(said))
        if "{WHEN+}" in template:
            time = times.ahead(said, choice)
        elif "{WHEN}" in template and (_NEEDS_TIME.search(template) or choice.random() < 0.75):
            time = times.past(said, choice)
        why = each.why and (f" {each.why}" if each.why.startswith("to ") else f" because {each.why}")
        slots = each.slots | {"WHEN": time.words, "WHEN+": time.words, "WHY": why}
        text, asked = fill(template, slots, matter.teller, matter.other, "speaking"), ""
        while "{WHEN}" in template and earlier(day(said), _by_calendar(time.words, with_dates(text, said))):
            # The prompt takes some times of a sentence without a verb for times ahead.
            time = times.past(said, choice)
            slots["WHEN"] = time.words
            text = fill(template, slots, matter.teller, matter.other, "speaking")
        if each.reply_to is not None:
            asked = fill(each.form, slots, matter.teller, matter.other, "addressing")
            asked = each.asked = turned(asked) if matter.family.user else asked
            text = choice.choice(_REPLIES).format(text)
        elif each.asked:
            asked = each.asked = fill(each.asked, slots, matter.teller, matter.other, "addressing")
        openers = chatter.TO_HIPPO if matter.other.gender == "assistant" else chatter.OPENERS
        often = 0.3 if self._notes else 1.0
        before = self._chat(openers, matter.teller, matter.other) if not asked and choice.random() < 0.4 * often else ""
        after = self._chat(chatter.REMARKS, matter.teller, matter.other) if choice.random() < 0.35 * often else ""
        before = each.opener or before
        # What counts may be an aside in a long message about something else.
        if not asked and not each.opener and choice.random() < _RAMBLING:
            before = f"{self._chat(chatter.RAMBLES, matter.teller, matter.other)} {choice.choice(chatter.ASIDES)}"
        elif choice.random() < _RAMBLING * often:
            after = self._chat(chatter.RAMBLES, matter.teller, matter.other)
        photo = ""
        if matter.family.photo and each.reply_to is None and choice.random() < 0.3:
            shown = fill(matter.family.photo, slots, matter.teller, matter.other, "speaking", sentence=False)
            photo = f"[photo: {shown}]"
        if before.endswith(",") and text.split()[0] in _COMMON:
            text = text[:1].lower() + text[1:]
        whole = " ".join(part for part in (before, text, after, photo) if part)
        each.passage = replace(each.passage, text=whole, time=said, asked=asked)
        # "Three weeks ago" does not tell that something took three days.
        timeless = fill(template, slots | {"WHEN": "", "WHEN+": ""}, matter.teller, matter.other, "speaking")
        each.said = f"{asked} {timeless} {photo}"
        if "{WHEN" in template:
            each.when = time.answer or _by_calendar(time.words, with_dates(whole, said))

    def _question(self, matter: Matter, each: Told) -> ReadingPassage:
        """What the other one asked right before a reply."""
        kinds = chatter.OF_HIPPO if matter.other.gender == "assistant" else chatter.SMALL_TALK
        before = self._chat(kinds, matter.other, matter.teller) if self._choice.random() < 0.3 else ""
        text = f"{before} {each.passage.asked}".strip()
        return ReadingPassage(matter.other.speaker, text, each.passage.time - timedelta(minutes=1))

    def _filler(self, plan: Plan, said: datetime) -> ReadingPassage:
        """A message that tells nothing new."""
        choice = self._choice
        pair = (plan.first, plan.second)
        speaker, other = pair if choice.random() < (0.8 if plan.notes else 0.5) else pair[::-1]
        done = [
            (deed, each)
            for matter in plan.matters
            if matter.teller is other and (deed := matter.family.deed) is not None and deed.past
            for each in matter.told
            if datetime.min < each.passage.time < said and each.reply_to is None
        ]
        around = [
            (line, each)
            for matter in plan.matters
            if matter.teller is other
            for each in matter.told
            if datetime.min < each.passage.time < said
            for line in matter.family.around
            if (other.name or "{B" not in line) and speaker.gender != "assistant"
        ]
        if around and choice.random() < 0.4:
            line, each = choice.choice(around)
            return ReadingPassage(speaker.speaker, fill(line, each.slots, speaker, other, "speaking"), said)
        if done and choice.random() < 0.35:
            deed, each = choice.choice(done)
            rest = fill(deed.rest, each.slots, USER, HIPPO, "answering", sentence=False)
            template = choice.choice(chatter.REACTIONS)
            template = template if other.name else template.replace(", {S}", "")
            return ReadingPassage(speaker.speaker, tidy(template.format(past=deed.past, rest=rest, S=other.name)), said)
        said_so = self._small_talk(plan, speaker, other, said)
        self.chatter.add(said_so)
        return said_so

    def _small_talk(self, plan: Plan, speaker: Person, other: Person, said: datetime) -> ReadingPassage:
        choice = self._choice
        if speaker.gender == "assistant":
            answered = self._answered(plan, said) if choice.random() < _ANSWERED else None
            return answered or ReadingPassage(speaker.speaker, self._chat(chatter.OF_HIPPO, speaker, other), said)
        kinds: tuple[Sequence[str], ...] = (chatter.SMALL_TALK, chatter.SMALL_TALK, chatter.RAMBLES)
        if other.gender == "assistant":
            kinds = (chatter.SMALL_TALK_TO_HIPPO, chatter.SMALL_TALK_TO_HIPPO, chatter.RAMBLES)
        count = choice.choice((1, 1, 2))
        lines = dict.fromkeys(self._chat(choice.choice(kinds), speaker, other) for _ in range(count))
        return ReadingPassage(speaker.speaker, " ".join(lines), said)

    def _answered(self, plan: Plan, said: datetime) -> ReadingPassage | None:
        """What Hippo answered when the user asked for something that held then."""
        known = [
            (matter, told[-1])
            for matter in plan.matters
            if matter.family.is_state and matter.teller.gender == "user"
            if (told := [each for each in matter.told if datetime.min < each.passage.time < said])
        ]
        if not known:
            return None
        matter, each = self._choice.choice(known)
        question = self._choice.choice(matter.family.of("now"))
        asked = fill(self._choice.choice(question.forms), each.slots, matter.teller, matter.other, "asking")
        answer = fill(question.answer, each.slots, matter.teller, matter.other, "answering")
        text = self._choice.choice(chatter.ANSWERING).format(answer)
        return ReadingPassage(HIPPO.speaker, text, said, asked)

    def _chat(self, lines: Sequence[str], speaker: Person, other: Person) -> str:
        """One of the lines, a new one if there is; none with a name for the user, who has none."""
        fitting = [line for line in lines if other.gender != "user" or "{B}" not in line]
        line = self._choice.choice([line for line in fitting if line not in self._chatted] or fitting)
        self._chatted.add(line)
        return fill(line, {}, speaker, other, "speaking")


def _by_calendar(words: str, text: str) -> str:
    """What the prompt adds after the words of a time; "" where it adds nothing."""
    found = re.search(rf"{re.escape(words)}\S{{0,2}} \(([^)]+)\)", text, re.IGNORECASE) if words else None
    return found[1] if found else ""
