"""What is counted: whether a prompt or an answer holds what it should, and how good a ranking is.

Pure functions over texts, ids and scores; nothing here opens a store or a model.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .dialogue import Piece, Probe
from .kinds import DENIALS

_REFUSALS = re.compile(
    r"\b(not? (in|part of|record|mention|information|memory|idea|way)"
    r"|(do not|don't|did not|didn't|cannot|can't|could not|couldn't|have not|haven't|has not|hasn't|never) (\w+ )?"
    r"(know|remember|recall|find|have|tell|told|say|said|mention(ed)?|provided?|stated?|determine|specif\w+)"
    r"|not (been )?(mentioned|told|specified|stated|provided|sure|known)"
    r"|unknown|nothing about|no memory|unable to)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(until|till|no longer|was|were|used to|before|formerly|previously|earlier|then|not)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(i|my|me|mine|we|our|us|you|your|user|user's)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line that a prompt shows.

    Attributes:
        message: The id of the message that it quotes, or "" for a fact or a line of a summary.
        past: It says itself that it no longer holds.
    """

    text: str
    message: str = ""
    past: bool = False


def plain(text: str) -> str:
    """Lower case, single spaces, plain apostrophes and hyphens: what is equal then counts as the same words."""
    return " ".join(text.replace("’", "'").replace("‑", "-").lower().split())


def holds(text: str, form: str) -> bool:
    """Whether a text holds these words as whole words, whatever the case and the spacing."""
    return re.search(rf"(?<!\w){re.escape(plain(form))}(?!\w)", plain(text)) is not None


def holds_any(text: str, forms: Collection[str]) -> bool:
    """Whether a text holds one of these."""
    return any(holds(text, form) for form in forms)


def says_past(text: str) -> bool:
    """Whether a line about a value says that it is one of the past."""
    return _PAST.search(text) is not None


def _tells(text: str, piece: Piece) -> bool:
    if piece.denied:
        # The key of a habit is the beginning of a word: "cycl" for "cycling" and "cycles".
        return any(plain(form) in plain(text) for form in piece.forms) and holds_any(text, DENIALS)
    return holds_any(text, (*piece.forms, *piece.told_as))


def _names(line: Line, subject: Sequence[str], cast: Collection[str]) -> bool:
    if subject:
        return holds_any(line.text, subject)
    # Every message of the user says "I"; only a derived line that names nobody else is surely about the user.
    return not line.message and bool(_FIRST_PERSON.search(line.text)) and not holds_any(line.text, cast)


def shows(lines: Sequence[Line], piece: Piece, evidence: Collection[str], cast: Collection[str]) -> bool:
    """Whether a prompt shows a piece of an answer: the words of its telling, or a line with subject and value.

    Args:
        lines: What the prompt shows, apart from the question.
        piece: What has to be there.
        evidence: Ids of the messages that tell it.
        cast: The names of everybody in the dialogue.
    """
    return any(
        line.message in evidence or (_names(line, piece.subject, cast) and _tells(line.text, piece)) for line in lines
    )


def mentions(lines: Sequence[Line], piece: Piece) -> bool:
    """The laxer form of `shows`: the value stands somewhere, about whomever."""
    return any(_tells(line.text, piece) for line in lines)


def shows_stale(
    lines: Sequence[Line],
    probe: Probe,
    evidence: Sequence[Collection[str]],
    stale: Collection[str],
    cast: Collection[str],
) -> bool:
    """Whether a prompt would mislead: it shows a value that no longer holds, and not the current one with it.

    A line that says itself that it is about the past does not mislead.

    Args:
        lines: What the prompt shows.
        probe: The question.
        evidence: Ids of the messages that tell each piece.
        stale: Ids of the messages that told the older values.
        cast: The names of everybody in the dialogue.
    """
    if not probe.stale_turns:
        return False
    old = any(
        line.message in stale
        or (
            not line.message
            and not line.past
            and any(_names(line, piece.subject, cast) for piece in probe.pieces)
            and holds_any(line.text, probe.stale)
        )
        for line in lines
    )
    return old and not all(shows(lines, piece, ids, cast) for piece, ids in zip(probe.pieces, evidence, strict=True))


def refuses(answer: str) -> bool:
    """Whether an answer says that it does not know."""
    return not answer.strip() or _REFUSALS.search(answer.replace("’", "'")) is not None


def is_right(answer: str, probe: Probe) -> bool:
    """Exact match, as the share that is reported calls it: the answer holds a form of every value that it needs."""
    if not probe.pieces:
        return refuses(answer)
    if probe.pieces[0].denied:
        return holds_any(answer, DENIALS)
    return all(holds_any(answer, piece.forms) for piece in probe.pieces)


def is_stale(answer: str, probe: Probe) -> bool:
    """Whether an answer gives a value that no longer holds, and not the current one."""
    if not probe.stale_turns or is_right(answer, probe):
        return False
    if probe.pieces[0].denied:
        return not refuses(answer)
    return holds_any(answer, probe.stale)


def contradicts(answer: str, probe: Probe) -> bool:
    """Whether an answer gives another value than the one that holds."""
    if not probe.pieces or is_right(answer, probe):
        return False
    if probe.pieces[0].denied:
        return not refuses(answer)
    return holds_any(answer, (*probe.stale, *probe.others))


def disagree(one: str, other: str, probe: Probe) -> bool:
    """Whether two answers to a question give different values."""
    known = {*probe.others, *probe.stale, *(form for piece in probe.pieces for form in piece.forms)}
    values = [{plain(form) for form in known if holds(answer, form)} for answer in (one, other)]
    return bool(values[0]) and bool(values[1]) and values[0].isdisjoint(values[1])


def precision_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Hits among the first k over what could be hit: min(k, relevant)."""
    return sum(name in relevant for name in ranked[:k]) / min(k, len(relevant))


def recall_at(k: int, ranked: Sequence[str], relevant: Collection[str]) -> float:
    """The share of what is relevant among the first k."""
    return len({*ranked[:k]} & {*relevant}) / len(relevant)


def average_precision(scores: npt.ArrayLike, hits: npt.ArrayLike, relevant: int) -> float:
    """Area under the precision-recall curve by steps: the mean of the precision at each hit, best score first.

    Args:
        scores: float (n,), any scale.
        hits: bool (n,), which of them are relevant.
        relevant: How many relevant ones there are in all, found or not; 0 gives 0.
    """
    score, hit = np.asarray(scores, np.float64), np.asarray(hits, bool)
    if not relevant or not len(score):
        return 0.0
    order = np.argsort(-score, kind="stable")
    found = np.cumsum(hit[order])
    # Equal scores cannot be told apart by a threshold: each takes the precision at the end of its run.
    last = np.searchsorted(-score[order], -score[order], side="right") - 1
    precision = found[last] / (last + 1)
    return float(precision[hit[order]].sum() / relevant)


def separation(known: npt.ArrayLike, unknown: npt.ArrayLike) -> float:
    """How well a score tells two groups apart: the chance that one of the first is above one of the second (AUC)."""
    first, second = np.asarray(known, np.float64), np.asarray(unknown, np.float64)
    if not len(first) or not len(second):
        return 0.0
    difference = first[:, None] - second[None, :]
    return float((difference > 0).mean() + 0.5 * (difference == 0).mean())
