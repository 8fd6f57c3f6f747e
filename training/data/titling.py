"""Chats with the user and what each is called: requests to Hippo, and things told to it.

A request has its title in `requests.txt`. What was told is called after its facts ("Gym: Iron House", "Gym and phone").
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from assistant.conversation.reading import ReadingPassage

from . import chatter, words
from .stating import Fact, Stated, Stating
from .wording import HIPPO_NAME, article

_REQUESTED: Final = 0.7
"""Share of the chats that begin with a request."""
_SLOTS: Final = {
    "name": words.NAMES,
    "dish": words.DISHES,
    "crop": words.PLANTS,
    "city": words.CITIES,
    "lang": words.LANGUAGES,
    "job": words.JOBS,
    "item": words.ITEMS,
    "hobby": words.HOBBIES,
    "subject": words.SUBJECTS,
    "event": words.EVENTS,
    "pet": words.PETS,
    "room": words.ROOMS,
    "color": words.COLORS,
    "plant": words.PLANTS,
    "animal": words.PETS,
    "theme": words.THEMES,
}


@dataclass(frozen=True)
class Titled:
    """The first messages of a chat and its title.

    Attributes:
        kind: "request" or "told".
    """

    messages: tuple[ReadingPassage, ...]
    title: str
    kind: str


@cache
def requests() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All requests: a title and the messages that ask for it."""
    lines = Path(__file__).with_name("requests.txt").read_text(encoding="utf-8").splitlines()
    split = (line.partition(" => ") for line in lines if " => " in line and not line.startswith("#"))
    return tuple((title, tuple(rest.split(" / "))) for title, _, rest in split)


class Titling:
    """Draws chats with titles."""

    def __init__(self, seed: int, *, testing: bool = False, names: Sequence[str] = ()) -> None:
        self._choice = random.Random(seed)
        self._testing = testing
        self._stating = Stating(seed, testing=testing, names=names)
        self._requests = [each for each in requests() if words.held(each[0]) is testing]

    def chats(self) -> Iterator[Titled]:
        """Chats without end."""
        while True:
            if self._choice.random() < _REQUESTED:
                yield self._request()
            elif (told := self._told(self._stating.conversation())) is not None:
                yield told

    def _request(self) -> Titled:
        choice = self._choice
        title, forms = choice.choice(self._requests)
        form = choice.choice(forms)
        slots = {name: choice.choice(words.of(known, testing=self._testing)) for name, known in _SLOTS.items()}
        slots = {name: value.split("|")[0] for name, value in slots.items()}
        messages = [_said("user", _filled(form, slots), 0)]
        if choice.random() < 0.5:
            opener = choice.choice((*chatter.TO_HIPPO[3:5], "Hello!", "One question:", "Hi there!"))
            messages[0] = _said("user", f"{opener} {messages[0].text}", 0)
        if choice.random() < 0.5:
            messages.append(_said(HIPPO_NAME, choice.choice(chatter.OF_HIPPO), 1))
            if choice.random() < 0.5:
                rest = [line for line in chatter.SMALL_TALK_TO_HIPPO if "?" not in line]
                messages.append(_said("user", choice.choice((*chatter.RAMBLES, *rest)), 2))
        return Titled(tuple(messages), _capital(_filled(title, slots)), "request")

    def _told(self, stated: Sequence[Stated]) -> Titled | None:
        stating = [each for each in stated if each.passage.speaker == "user"][: self._choice.randint(1, 4)]
        facts = [fact for each in stating for fact in each.facts]
        if not facts or not stating[0].facts:
            return None
        start = stating[0].passage.time
        said: list[ReadingPassage] = []
        for each in stating:
            if each.passage.asked:
                said.append(_said(HIPPO_NAME, each.passage.asked, len(said), start))
            said.append(_said("user", each.passage.text, len(said), start))
        return Titled(tuple(said), title_of(facts), "told")


def title_of(facts: Sequence[Fact]) -> str:
    """What a chat about these facts is called."""
    topics = list(dict.fromkeys(_topic(fact) for fact in facts))
    values = list(dict.fromkeys(fact.value for fact in facts))
    if len(topics) > 1:
        return _capital(f"{topics[0]} and {topics[1]}")
    if facts[0].attribute in ("event", "plan"):
        return _capital(facts[0].value)
    return _capital(f"{topics[0]}: {values[-1]}")


def _topic(fact: Fact) -> str:
    if fact.attribute in ("event", "plan"):
        return fact.value
    owner = fact.subject.removeprefix("user").removeprefix("'s ")
    return f"{owner}'s {fact.attribute}" if owner else fact.attribute


def _said(speaker: str, text: str, place: int, start: datetime = datetime(2026, 1, 1, 9)) -> ReadingPassage:
    return ReadingPassage(speaker, text, start + timedelta(minutes=place))


def _filled(template: str, slots: dict[str, str]) -> str:
    text = re.sub(r"\{(\w+):a\}", lambda found: article(slots[found[1]]), template)
    return re.sub(r"\{(\w+)\}", lambda found: slots[found[1]], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
