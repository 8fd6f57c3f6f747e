"""A few passages of a conversation with what they answer: how Hippo reads when it has looked at each passage alone.

What is asked is answered as in the whole conversation where all is shown that counts for it, refused where nothing of
it is shown, and left out where a part is.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.conversation.reading import REFUSAL
from assistant.store.terms import term_set

from .compose import Example
from .unanswerable import Asked

_PASSAGES: Final = (1, 1, 2, 3, 3, 4)
_MOST_QUESTIONS: Final = 5
_REFUSED: Final = 0.28
"""Share of the questions that an excerpt does not answer, where it answers any."""
_WITHOUT: Final = 0.15
"""Share of the excerpts that leave out what they would be read for."""
_OF_SEVERAL: Final = ("order", "both", "hop", "count", "list")
"""Kinds of questions that more than one thing is told for: what is shown for the others may answer a part of them."""


def excerpt(example: Example, choice: random.Random) -> Example | None:
    """A few passages that a question would bring up, and the questions that they answer or do not.

    Returns:
        None where what counts is more than a few passages.
    """
    known = [asked for asked in example.asked if asked.evidence]
    if not known:
        return None
    goal = choice.choice(known)
    needed = _needed(goal, example)
    count = max(len(needed), choice.choice(_PASSAGES))
    if count > max(_PASSAGES):
        return None
    others = [place for place in _alike(goal, example, choice) if place not in needed]
    kept = set(others[:count]) if choice.random() < _WITHOUT and others else {*needed, *others[: count - len(needed)]}
    answered, refused = list[Asked](), list[Asked]()
    for asked in example.asked:
        counts = set(_needed(asked, example)) | set(example.told.get(asked.family, ()))
        if not asked.evidence or (not counts & kept and asked.kind not in _OF_SEVERAL):
            refused.append(Asked(asked.question, REFUSAL, "unanswerable", asked.family, ()))
        elif kept.issuperset(_needed(asked, example)):
            answered.append(asked)
    choice.shuffle(answered)
    answered = sorted(answered, key=lambda asked: asked is not goal)[: _MOST_QUESTIONS - 1]
    share = _REFUSED / (1 - _REFUSED) * len(answered)
    choice.shuffle(refused)
    refused = refused[: max(int(share) + (choice.random() < share % 1), not answered)]
    places = sorted(kept)
    chosen = [_moved(each, places) for each in (*answered, *refused)]
    choice.shuffle(chosen)
    return Example(tuple(example.passages[place] for place in places), tuple(chosen), example.today) if chosen else None


def _needed(asked: Asked, example: Example) -> tuple[int, ...]:
    """The passages without which the answer would be another: of what changes, every telling."""
    told = example.told.get(asked.family, ()) if asked.wrong else ()
    return tuple(sorted({*asked.evidence, *told}))


def _alike(asked: Asked, example: Example, choice: random.Random) -> list[int]:
    """The passages, those that share most words with a question mostly first."""
    terms = term_set(asked.question)
    shared = [len(terms & term_set(passage.text)) + 2 * choice.random() for passage in example.passages]
    return sorted(range(len(shared)), key=lambda place: -shared[place])


def _moved(asked: Asked, places: Sequence[int]) -> Asked:
    evidence = tuple(places.index(place) for place in asked.evidence)
    return replace(asked, evidence=evidence)
