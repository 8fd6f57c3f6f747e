"""What an adapter can be taught: each task draws lessons without end, made by the grammar of `data`.

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
from training.data.compose import Composer, Example
from training.data.excerpts import excerpt
from training.data.families import families
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

_WHOLE: Final = 0.4
"""Share of the conversations that are read as a whole."""

_EXCERPTS: Final = 2
"""Excerpts of each."""

_TOGETHER: Final = 6
"""Messages in one lesson of the tasks that read one message at a time."""


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
    source: Example | Stated | Titled | Summed | None = None


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        lessons: From a seed, whether it is for testing, and the families to draw from (none: all that fit).
        prompt_format: The number of the form of its prompt.
        longest: Tokens of an answer, at most.
    """

    name: str
    lessons: Callable[[int, bool, Sequence[str]], Iterator[list[Item]]]
    prompt_format: int
    longest: int = 48


def some_kinds(share: float) -> list[str]:
    """The names of a share of the kinds of facts that may be trained on: always the same, a larger share has more."""
    known = [family.name for family in families().values() if not family.held]
    return sorted(known, key=lambda name: hashlib.sha256(name.encode()).digest())[: round(share * len(known))]


def _answers(seed: int, testing: bool, names: Sequence[str]) -> Iterator[list[Item]]:
    composer = Composer(seed, testing=testing, names=names)
    choice = random.Random(seed)
    while True:
        example = composer.example()
        shown = [example] if testing or choice.random() < _WHOLE else []
        if not testing:
            shown += [part for part in (excerpt(example, choice) for _ in range(_EXCERPTS)) if part is not None]
        for each in shown:
            yield [
                Item(_prompt(each.passages, asked.question, each.today), asked.answer, asked.kind, asked.wrong, each)
                for asked in each.asked
            ]


def _prompt(passages: Sequence[ReadingPassage], question: str, today: date | None) -> tuple[Message, ...]:
    return tuple(reading_prompt(passages, question, today))


def _facts(seed: int, testing: bool, names: Sequence[str]) -> Iterator[list[Item]]:
    made = Stating(seed, testing=testing, names=names).messages()
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


def _titles(seed: int, testing: bool, names: Sequence[str]) -> Iterator[list[Item]]:
    made = Titling(seed, testing=testing, names=names).chats()
    return _grouped(Item(tuple(title_prompt(chat.messages)), chat.title, chat.kind, source=chat) for chat in made)


def _summaries(seed: int, testing: bool, names: Sequence[str]) -> Iterator[list[Item]]:
    made = Summing(seed, testing=testing, names=names).steps()
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
