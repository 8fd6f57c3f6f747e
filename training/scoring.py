"""How answers are scored: by token F1, as is usual (Rajpurkar et al. 2016, arXiv 1606.05250, section 3.3)."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.reading import REFUSAL

_ARTICLES = frozenset(("a", "an", "the", "and"))


@dataclass(frozen=True)
class Scored:
    """An answer beside the right one.

    Attributes:
        kind: What it is counted under.
    """

    kind: str
    question: str
    right: str
    answer: str

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
    return {
        "questions": len(scored),
        "token F1": _mean([each.overlap for each in told]),
        "exact": _mean([each.exact for each in told]),
        "refused though told": _mean([refuses(each.answer) for each in told]),
        "answered though not told": _mean([not refuses(each.answer) for each in untold]),
        "refusals that are right": _mean([refuses(each.right) for each in refused]),
        "token F1 by kind": by_kind,
        "questions by kind": dict(Counter(each.kind for each in scored)),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None
