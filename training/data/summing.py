"""One-sentence summaries that are brought up to date: the sentence so far, new messages, the sentence after them.

A summary says what holds now: a new value takes the place of the former one. It is as long as the product lets a
summary be; what has not been spoken of for longest makes room.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.conversation.reading import ReadingPassage

from .stating import Fact, Stated, Stating

MOST_FACTS: Final = 6
"""So many stay within the product's 60 tokens."""
MOST_LETTERS: Final = 240
_NOTHING: Final = ""
_SINGULAR: Final = ("address", "series")


@dataclass(frozen=True)
class Summed:
    """One step of a running summary.

    Attributes:
        before: The sentence so far, or "".
        said: What was said since.
        after: The sentence after it, or "" while there is nothing to tell.
        whole: Everything that was said up to now.
        holds: The values in the sentence after it.
        gone: Values that no longer hold.
    """

    before: str
    said: tuple[ReadingPassage, ...]
    after: str
    whole: tuple[ReadingPassage, ...]
    holds: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What happens to the sentence: "first", "kept", "added" to or "changed"."""
        if not self.before or not self.after:
            return "first" if self.after else "kept"
        if self.before == self.after:
            return "kept"
        return "added" if _clauses(self.before) <= _clauses(self.after) else "changed"


class Summing:
    """Draws steps of running summaries."""

    def __init__(self, seed: int, *, testing: bool = False, names: Sequence[str] = ()) -> None:
        self._choice = random.Random(seed)
        self._stating = Stating(seed, testing=testing, names=names)

    def steps(self) -> Iterator[Summed]:
        """Steps without end, those of one conversation in order."""
        while True:
            known: list[Fact] = []
            whole: tuple[ReadingPassage, ...] = ()
            told: list[Fact] = []
            waiting = self._stating.conversation()
            while waiting:
                count = self._choice.choice((1, 1, 1, 2))
                step, waiting = waiting[:count], waiting[count:]
                before, known = known, _updated(known, step)
                passages = tuple(each.passage for each in step)
                whole += passages
                told += (fact for each in step for fact in each.facts)
                if any(each.facts for each in step) or self._choice.random() < 0.25:
                    holds = tuple(fact.value for fact in known if "my " not in fact.value)
                    gone = tuple(fact.value for fact in told if fact.value not in holds and _is_replaced(fact, known))
                    yield Summed(sentence_of(before), passages, sentence_of(known), whole, holds, gone)


def _is_replaced(old: Fact, known: Sequence[Fact]) -> bool:
    return any((old.subject, old.attribute) == (new.subject, new.attribute) for new in known)


def _updated(known: Sequence[Fact], said: Sequence[Stated]) -> list[Fact]:
    """What holds after these messages, the newest last."""
    facts = list(known)
    for new in (fact for each in said for fact in each.facts):
        several = new.attribute in ("event", "plan", "likes", "dislikes", "allergy", "friend", "pet", "hobby")
        facts = [
            old
            for old in facts
            if (old.subject, old.attribute) != (new.subject, new.attribute) or (several and old.value != new.value)
        ]
        facts.append(new)
    while len(facts) > MOST_FACTS or len(sentence_of(facts)) > MOST_LETTERS:
        facts = facts[1:]
    return facts


def sentence_of(facts: Sequence[Fact]) -> str:
    """The facts in one sentence; "" without any."""
    clauses = [_clause(fact) for fact in facts]
    if not clauses:
        return _NOTHING
    text = clauses[0] if len(clauses) == 1 else f"{', '.join(clauses[:-1])} and {clauses[-1]}"
    return f"{text[:1].upper()}{text[1:]}."


def _clauses(sentence: str) -> set[str]:
    return {clause.lower() for clause in sentence.rstrip(".").replace(" and ", ", ").split(", ")}


def _clause(fact: Fact) -> str:
    who = _who(fact.subject)
    when = f" ({fact.when})" if fact.when else ""
    value = re.sub(r"\bmy\b", "your" if fact.subject.startswith("user") else "their", fact.value)
    if fact.attribute == "event":
        return f"{who} {value}{when}"
    if fact.attribute == "plan":
        return f"{who} {'plan' if who == 'you' else 'plans'} to {value}{when}"
    if fact.attribute in ("likes", "dislikes", "teaches"):
        verb = fact.attribute.removesuffix("s") if who == "you" else fact.attribute
        return f"{who} {'teach' if verb == 'teache' else verb} {value}{when}"
    owner = "your" if who == "you" else f"{who}'s"
    be = "are" if fact.attribute.endswith("s") and fact.attribute not in _SINGULAR else "is"
    return f"{owner} {fact.attribute} {be} {value}{when}"


def _who(subject: str) -> str:
    """The subject of a fact in a sentence to the user."""
    if subject == "user":
        return "you"
    if subject.startswith("user's "):
        return f"your {subject.removeprefix('user' + chr(39) + 's ')}"
    return subject[:1].upper() + subject[1:]
