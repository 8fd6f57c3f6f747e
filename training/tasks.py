"""What an adapter can be taught: each task draws lessons without end, made by the grammar of `data`.

Answers are also learned from written talks.

A lesson is a few prompts with their answers that share their beginning: the questions about one conversation, or
several messages under the same instruction. `packing` reads what they share once.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from assistant.conversation.reading import READING_FORMAT, ReadingPassage, reading_prompt
from assistant.conversation.titling import TITLE_FORMAT, title_prompt
from assistant.models.tokenizer import Message
from training.data import searched
from training.data.compose import Composer, Example
from training.data.excerpts import excerpt
from training.data.families import families
from training.data.nearness import Nearness
from training.data.stating import Stated, Stating
from training.data.summing import Summed, Summing
from training.data.titling import Titled, Titling
from training.forms import (
    FACTS_FORMAT,
    NOTHING,
    SUMMARY_FORMAT,
    facts_answer,
    facts_prompt,
    summary_prompt,
)
from training.locomo import Observed

_WHOLE: Final = 0.4
"""Share of the conversations that are read as a whole."""

_EXCERPTS: Final = 2
"""Excerpts of each."""

_TOGETHER: Final = 6
"""Messages in one lesson of the tasks that read one message at a time."""


@dataclass(frozen=True)
class Material:
    """What lessons are drawn from.

    Attributes:
        families: Names of kinds of facts; none: all that fit.
        talks: Share of the written talks.
        written: Share of the lessons that come from written talks, where the task learns from those.
        nearness: How a search would order the messages of written talks; without it by words.
    """

    families: Sequence[str] = ()
    talks: float = 1
    written: float = 0.6
    nearness: Nearness | None = None


ALL: Final = Material()


@dataclass(frozen=True)
class Item:
    """One prompt.

    Attributes:
        prompt: As the product makes it.
        answer: What is to be learned.
        kind: What it is counted under.
        wrong: What the answer was at another time.
        source: What it was made from, for those who measure.
    """

    prompt: tuple[Message, ...]
    answer: str
    kind: str
    wrong: tuple[str, ...] = ()
    source: Example | Stated | Titled | Summed | Observed | None = None


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        lessons: From a seed, whether it is for testing (then of the kinds only), and what to draw from.
        prompt_format: The number of the form of its prompt.
        longest: Tokens of an answer, at most.
    """

    name: str
    lessons: Callable[[int, bool, Material], Iterator[list[Item]]]
    prompt_format: int
    longest: int = 48


def some_kinds(share: float) -> list[str]:
    """The names of a share of the kinds of facts that may be trained on: always the same, a larger share has more."""
    known = [family.name for family in families().values() if not family.held]
    return sorted(known, key=lambda name: hashlib.sha256(name.encode()).digest())[: round(share * len(known))]


def _answers(seed: int, testing: bool, material: Material) -> Iterator[list[Item]]:
    composer = Composer(seed, testing=testing, names=material.families)
    choice = random.Random(seed)
    written = of_talks(seed, share=material.talks, nearness=material.nearness)
    while True:
        if not testing and choice.random() < material.written and (lesson := next(written, None)):
            yield lesson
            continue
        example = composer.example()
        shown = [example] if testing or choice.random() < _WHOLE else []
        if not testing:
            shown += [part for part in (excerpt(example, choice) for _ in range(_EXCERPTS)) if part is not None]
        for each in shown:
            yield _items(each)


def of_talks(
    seed: int, *, testing: bool = False, share: float = 1, nearness: Nearness | None = None
) -> Iterator[list[Item]]:
    """Lessons from written talks, as `searched.examples` draws them."""
    return map(_items, searched.examples(seed, testing=testing, share=share, nearness=nearness))


def _items(shown: Example) -> list[Item]:
    return [
        Item(_prompt(shown.passages, asked.question, shown.today), asked.answer, asked.kind, asked.wrong, shown)
        for asked in shown.asked
    ]


def _prompt(passages: Sequence[ReadingPassage], question: str, today: date | None) -> tuple[Message, ...]:
    return tuple(reading_prompt(passages, question, today))


def _facts(seed: int, testing: bool, material: Material) -> Iterator[list[Item]]:
    made = Stating(seed, testing=testing, names=material.families).messages()
    items = (
        Item(
            tuple(facts_prompt(each.passage)),
            facts_answer(each.facts),
            "several" if len(each.facts) > 1 else "one" if each.facts else "none",
            source=each,
        )
        for each in made
    )
    return _grouped(items)


def _titles(seed: int, testing: bool, material: Material) -> Iterator[list[Item]]:
    made = Titling(seed, testing=testing, names=material.families).chats()
    return _grouped(Item(tuple(title_prompt(chat.messages)), chat.title, chat.kind, source=chat) for chat in made)


def _summaries(seed: int, testing: bool, material: Material) -> Iterator[list[Item]]:
    made = Summing(seed, testing=testing, names=material.families).steps()
    return _grouped(
        Item(tuple(summary_prompt(step.before, step.said)), step.after or NOTHING, step.kind, source=step)
        for step in made
    )


def _grouped(items: Iterator[Item]) -> Iterator[list[Item]]:
    while group := list(islice(items, _TOGETHER)):
        yield group


TASKS: Final = {
    task.name: task
    for task in (
        Task("answer", _answers, READING_FORMAT),
        Task("facts", _facts, FACTS_FORMAT, longest=96),
        Task("title", _titles, TITLE_FORMAT, longest=24),
        Task("summary", _summaries, SUMMARY_FORMAT, longest=96),
    )
}
