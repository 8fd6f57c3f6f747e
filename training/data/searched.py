"""What Hippo would have before it of a written talk, and which questions that answers.

A question's own messages are shown with others that a search would bring up: they share its words, or stand beside it.
Of how many, and whether those that count are among them at all, chance decides.
"""

import random
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from assistant.conversation.reading import REFUSAL, ReadingPassage
from assistant.store.terms import term_set

from . import words
from .compose import Example
from .nearness import ByWords, FloatArray, Nearness
from .unanswerable import Asked
from .written import Talk, talks

_PASSAGES: Final = {1: 28, 2: 14, 3: 12, 4: 32, 6: 10, 10: 4}
"""How often so many are shown: one alone, as Hippo looks at each at first; the four that tell most; a whole search."""
_WITHOUT: Final = 0.12
_ONE_WITHOUT: Final = 0.4
"""Share of what is shown without what counts, and of single passages: most that a search finds are no answer, and
which one is can only be told by those that are not."""
_MOST_QUESTIONS: Final = 6
_ASKED_AGAIN: Final = 2
"""Questions that may be asked a second time in a round: most passages answer some, few answer what needs several."""
_SEVERAL_TWICE: Final = "several messages"
_OF_ONE: Final = ("one message", "when")
_REFUSED: Final = 0.25
_REFUSED_OF_ONE: Final = 0.4
"""Share of the questions that are not answered, where any is, and of single passages."""
_BESIDE: Final = 4
"""The place among what was found of a message that stands beside one that answers."""
_RENAMED: Final = 0.5
_WITH_TODAY: Final = 0.4


def examples(
    seed: int, *, testing: bool = False, share: float = 1, nearness: Nearness | None = None
) -> Iterator[Example]:
    """Excerpts of the written talks without end: in each round, nearly every question that is answered is in one.

    Args:
        seed: The same seed gives the same examples.
        testing: Of the talks that are kept for testing; they keep their names.
        share: Of the talks, for a learning curve.
        nearness: How a search would order the messages; without it by words.

    Raises:
        TalkError: A talk is malformed.
    """
    choice = random.Random(seed)
    near = nearness or ByWords()
    known = talks(testing=testing)
    known = tuple(random.Random(7).sample(known, round(share * len(known))))
    while known:
        goals = [(talk, asked) for talk in known for asked in talk.asked if asked.evidence]
        goals += [(talk, asked) for talk, asked in goals if asked.kind == _SEVERAL_TWICE]
        choice.shuffle(goals)
        seen: dict[str, set[str]] = {talk.name: set() for talk in known}
        for talk, goal in goals:
            if goal.question in seen[talk.name] and goal.kind in _OF_ONE:
                continue
            shown = _searched(talk, goal, near(talk), seen[talk.name], choice)
            seen[talk.name] |= {asked.question for asked in shown.asked if asked.answer != REFUSAL}
            if shown.asked:
                yield shown if testing or choice.random() > _RENAMED else _renamed(talk, shown, choice)


def _searched(talk: Talk, goal: Asked, near: FloatArray, seen: Collection[str], choice: random.Random) -> Example:
    needed = set(goal.evidence)
    count = max(len(needed), choice.choices(list(_PASSAGES), list(_PASSAGES.values()))[0])
    others = _found(near[talk.asked.index(goal)], needed, choice)
    without = choice.random() < (_ONE_WITHOUT if count == 1 else _WITHOUT)
    kept = set(others[:count]) if without else needed | set(others[: count - len(needed)])
    answered, refused = list[Asked](), list[Asked]()
    text = term_set(" ".join(talk.messages[place].text for place in kept))
    for row, asked in enumerate(talk.asked):
        if asked.answer != REFUSAL and kept.issuperset(asked.evidence):
            answered.append(asked)
        elif asked.answer == REFUSAL or not (
            kept & set(asked.evidence) or term_set(asked.answer) <= text or _held_before(asked, kept, near[row])
        ):
            refused.append(replace(asked, answer=REFUSAL, kind="unanswerable"))
    choice.shuffle(answered)
    new = [asked for asked in answered if asked is goal or asked.question not in seen or asked.kind not in _OF_ONE]
    again = [asked for asked in answered if asked not in new]
    answered = [*sorted(new, key=lambda asked: asked is not goal), *again[: max(_ASKED_AGAIN - len(new), 0)]]
    answered = answered[:_MOST_QUESTIONS]
    # The closest ones teach most: a search would have brought up what is shown for them too.
    rows = {asked.question: near[row] for row, asked in enumerate(talk.asked)}
    close = {
        asked.question: 3 * (asked.question == goal.question)
        + 1 * bool(kept & set(asked.evidence))
        + 2 / min(int((row >= row[place]).sum()) for place in kept)
        + choice.random()
        for asked in refused
        for row in (rows[asked.question],)
    }
    refused.sort(key=lambda asked: -close[asked.question])
    share = (part := _REFUSED_OF_ONE if len(kept) == 1 else _REFUSED) / (1 - part) * len(answered)
    chosen = answered + refused[: max(int(share) + (choice.random() < share % 1), not answered)]
    choice.shuffle(chosen)
    places = sorted(kept)
    passages = tuple(talk.messages[place] for place in places)
    moved = tuple(
        replace(asked, evidence=tuple(places.index(place) for place in asked.evidence if place in kept))
        for asked in chosen
    )
    last = passages[-1].time.date()
    today = last + timedelta(choice.randint(0, 400)) if choice.random() < _WITH_TODAY else None
    return Example(passages, moved, today)


def _held_before(asked: Asked, kept: Collection[int], near: FloatArray) -> bool:
    """Whether something that is shown may tell what held before the answer: alone, that is no wrong answer."""
    nearest = max(near[place] for place in asked.evidence)
    return any(place < min(asked.evidence) and near[place] >= nearest for place in kept)


def _found(near: FloatArray, needed: Collection[int], choice: random.Random) -> list[int]:
    """The messages that do not answer a question, mostly those first that a search finds first, or that stand beside
    one that answers."""
    found = [int(place) for place in (-near).argsort(kind="stable") if place not in needed]
    ranks = {
        place: min(rank, _BESIDE if any(abs(place - other) == 1 for other in needed) else rank)
        for rank, place in enumerate(found)
    }
    # Drawn one after the other without putting back, each as likely as its rank is low (Efraimidis and Spirakis 2006).
    return sorted(found, key=lambda place: choice.expovariate(1) * (1 + ranks[place]))


def _renamed(talk: Talk, shown: Example, choice: random.Random) -> Example:
    """The same with other names for the two who talk, so that names teach nothing."""
    text = " ".join((*(m.text for m in talk.messages), *(a.question for a in talk.asked)))
    new: dict[str, str] = {}
    for person in talk.speakers:
        if person.name:
            able = [name for name in (words.WOMEN if person.gender == "f" else words.MEN) if not words.held(name)]
            able = [name for name in able if name not in text and name not in new.values()]
            new[person.name] = choice.choice(able)
    if not new:
        return shown
    old = re.compile(rf"\b(?:{'|'.join(map(re.escape, new))})\b")

    def turned(text: str) -> str:
        return old.sub(lambda found: new[found[0]], text)

    passages = tuple(
        ReadingPassage(turned(each.speaker), turned(each.text), each.time, turned(each.asked))
        for each in shown.passages
    )
    asked = tuple(replace(each, question=turned(each.question), answer=turned(each.answer)) for each in shown.asked)
    return Example(passages, asked, shown.today)
