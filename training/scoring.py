"""How answers are scored: by token F1, as is usual (Rajpurkar et al. 2016, arXiv 1606.05250, section 3.3)."""

import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.conversation.reading import REFUSAL
from training.data.stating import Fact

_ARTICLES = frozenset(("a", "an", "the", "and"))


@dataclass(frozen=True)
class Scored:
    """An answer beside the right one.

    Attributes:
        kind: What it is counted under.
        wrong: What the answer was at another time.
    """

    kind: str
    question: str
    right: str
    answer: str
    wrong: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether it tells what holds at another time."""
        return not self.exact and any(words(self.answer) == words(wrong) for wrong in self.wrong)

    @property
    def overlap(self) -> float:
        """Token F1, 0 to 1."""
        return overlap(self.answer, self.right)

    @property
    def exact(self) -> bool:
        """Whether both are the same but for case, marks and articles."""
        return words(self.answer) == words(self.right)


def words(text: str) -> list[str]:
    """A text's words in lower case without marks and articles."""
    plain = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return [word for word in plain.split() if word not in _ARTICLES]


def overlap(answer: str, right: str) -> float:
    """Token F1 of an answer."""
    given, wanted = words(answer), words(right)
    same = sum((Counter(given) & Counter(wanted)).values())
    return 2 * same / (len(given) + len(wanted)) if same else 0.0


def refuses(text: str) -> bool:
    """Whether an answer is the refusal."""
    return words(text) == words(REFUSAL)


def figures(scored: Sequence[Scored]) -> dict[str, object]:
    """All figures of a run, rounded to three places."""
    kinds = sorted({each.kind for each in scored})
    by_kind = {kind: _mean([each.overlap for each in scored if each.kind == kind]) for kind in kinds}
    told = [each for each in scored if not refuses(each.right)]
    untold = [each for each in scored if refuses(each.right)]
    refused = [each for each in scored if refuses(each.answer)]
    changed = [each for each in scored if each.wrong]
    return {
        "questions": len(scored),
        "token F1": _mean([each.overlap for each in told]),
        "exact": _mean([each.exact for each in told]),
        "refused though told": _mean([refuses(each.answer) for each in told]),
        "answered though not told": _mean([not refuses(each.answer) for each in untold]),
        "told what holds at another time": _mean([each.stale for each in changed]),
        "refusals that are right": _mean([refuses(each.right) for each in refused]),
        "token F1 by kind": by_kind,
        "questions by kind": dict(Counter(each.kind for each in scored)),
    }


def facts_figures(pairs: Sequence[tuple[Sequence[Fact], Sequence[Fact]]]) -> dict[str, object]:
    """Precision and recall of facts.

    A fact counts as found "in full" where subject and attribute are the same and the value has the same words; "under a
    like name" where the subject is the same and attribute and value share at least half of their words (token F1); and
    "in substance" whatever the attribute is called: nobody can know what an unseen one is called here.

    Args:
        pairs: The right facts and the given ones, for each message.
    """
    said = sum(len(right) for right, _ in pairs)
    given = sum(len(found) for _, found in pairs)
    full = sum(_matched(right, found, _same_in_full) for right, found in pairs)
    named = sum(_matched(right, found, _same_by_name) for right, found in pairs)
    loose = sum(_matched(right, found, _same_in_substance) for right, found in pairs)
    empty = [found for right, found in pairs if not right]
    return {
        "messages": len(pairs),
        "facts": said,
        "in full": _precision_and_recall(full, given, said),
        "under a like name": _precision_and_recall(named, given, said),
        "in substance": _precision_and_recall(loose, given, said),
        "messages without facts that got some": _mean([bool(found) for found in empty]),
    }


def observed_figures(pairs: Sequence[tuple[Sequence[str], Sequence[Fact]]]) -> dict[str, object]:
    """How facts and observations in free sentences meet.

    A fact is borne out by a sentence that has at least half of the words of its value.

    Args:
        pairs: The sentences about a message and the facts that were given for it.
    """
    given = [(sentences, fact) for sentences, facts in pairs for fact in facts]
    told = [(sentence, facts) for sentences, facts in pairs for sentence in sentences]
    right = sum(any(_bears_out(sentence, fact) for sentence in sentences) for sentences, fact in given)
    found = sum(any(_bears_out(sentence, fact) for fact in facts) for sentence, facts in told)
    return {
        "messages": len(pairs),
        "observations": len(told),
        "facts": len(given),
        "facts that an observation bears out": round(right / len(given), 3) if given else None,
        "observations with such a fact": round(found / len(told), 3) if told else None,
    }


def _bears_out(sentence: str, fact: Fact) -> bool:
    value = words(fact.value)
    known = words(sentence)
    return 2 * sum(word in known for word in value) >= len(value) > 0


def _matched(right: Sequence[Fact], found: Sequence[Fact], same: Callable[[Fact, Fact], bool]) -> int:
    """How many of the right facts are among the found ones, each taken once."""
    left, count = list(found), 0
    for fact in right:
        if (match := next((other for other in left if same(fact, other)), None)) is not None:
            left.remove(match)
            count += 1
    return count


def _same_in_full(one: Fact, other: Fact) -> bool:
    names = [(each.subject.lower(), each.attribute.lower(), words(each.value)) for each in (one, other)]
    return names[0] == names[1]


def _same_by_name(one: Fact, other: Fact) -> bool:
    return _same_in_substance(one, other) and overlap(one.attribute, other.attribute) >= 0.5


def _same_in_substance(one: Fact, other: Fact) -> bool:
    return one.subject.lower() == other.subject.lower() and overlap(one.value, other.value) >= 0.5


def _precision_and_recall(matched: int, given: int, said: int) -> dict[str, float | None]:
    parts = {"precision": (matched, given), "recall": (matched, said), "F1": (2 * matched, given + said)}
    return {name: round(part / whole, 3) if whole else None for name, (part, whole) in parts.items()}


def title_figures(pairs: Sequence[tuple[str, str]]) -> dict[str, object]:
    """How close titles are to the right ones, and how long: (right, given)."""
    return {
        "titles": len(pairs),
        "token F1": _mean([overlap(given, right) for right, given in pairs]),
        "exact": _mean([words(given) == words(right) for right, given in pairs]),
        "words": _mean([len(given.split()) for _, given in pairs]),
        "words of the right ones": _mean([len(right.split()) for right, _ in pairs]),
    }


def summary_figures(triples: Sequence[tuple[Sequence[str], Sequence[str], str]]) -> dict[str, object]:
    """Which of the values that hold stand in summaries, and which that no longer do: (holds, gone, summary)."""
    kept = [_stands(value, text) for holds, _, text in triples for value in holds]
    stale = [_stands(value, text) for _, gone, text in triples for value in gone]
    return {
        "summaries": len(triples),
        "values that hold and stand in it": _mean(kept),
        "values that no longer hold and stand in it": _mean(stale),
        "words": _mean([len(text.split()) for *_, text in triples]),
    }


def _stands(value: str, text: str) -> bool:
    return f" {' '.join(words(value))} " in f" {' '.join(words(text))} "


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None
