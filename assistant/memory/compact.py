"""Compact memory, level 1: the running summary of a conversation, S_t = summarise(S_{t-1}, u_t) (HEMA, section 3).

Extractive: it keeps the user's own sentences that say most about them, so it can neither invent nor distort, and each
line knows the episode that it came from. At most 60 tokens. Knows no store.
"""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from assistant.store.records import Episode, RecordId, Summary, new_id
from assistant.store.terms import search_terms

from .text import sentences

SUMMARY_TOKENS = 60

_CANDIDATES = 50

_SELF = re.compile(r"\b(i|i'm|i've|i'd|i'll|my|mine|me|we|our|us|ich|mein\w*|wir|unser\w*)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"^(please|can you|could you|would you|tell me|write|explain|show|give me|help|what|who|where|when|why|how"
    r"|hi|hello|hey|thanks|thank you)\b",
    re.IGNORECASE,
)


def update_summary(
    summary: Summary | None,
    said: Sequence[Episode],
    *,
    count_tokens: Callable[[str], int],
    now: datetime,
) -> Summary | None:
    """The summary after these messages of the user, or None when nothing worth keeping was said.

    Args:
        summary: S_{t-1}, or None at the start. A correction by the user stays as it is, before all else.
        said: New episodes of the user, in order, of one conversation.
        count_tokens: Counts the tokens of a text.
        now: Time of the new summary.
    """
    correction, covered, lines = _taken_apart(summary)
    known = {text for text, _ in lines}
    fresh = [
        (line, episode.id)
        for episode in said
        for line in (" ".join(sentence.split()) for sentence in sentences(episode.text))
        if _worth(line) > 0 and line not in known
    ]
    if summary is not None and not fresh:
        return summary
    kept = _best([*lines, *fresh], SUMMARY_TOKENS - (count_tokens(correction) if correction else 0), count_tokens)
    if not kept and not correction:
        return None
    text = "\n".join([*([correction] if correction else []), *(line for line, _ in kept)])
    sources = (*covered, *(source for _, source in kept))
    if summary is not None:
        return replace(summary, text=text, sources=sources, time=now)
    return Summary(id=new_id(), conversation=said[0].conversation, text=text, time=now, sources=sources)


def corrected_summary(summary: Summary, text: str, now: datetime) -> Summary:
    """The summary in the user's own words. They hold until one of the sources that they cover is forgotten."""
    return replace(summary, text=" ".join(text.split()), corrected=True, time=now)


def rests_on(summary: Summary, gone: Collection[RecordId]) -> bool:
    """Whether the user's correction of a summary covers one of these sources, and so falls with it."""
    _, covered, _ = _taken_apart(summary)
    return not set(covered).isdisjoint(gone)


def has_line_of(summary: Summary, source: RecordId) -> bool:
    """Whether a line of a summary comes from this source, other than by the user's correction."""
    return any(source == each for _, each in _taken_apart(summary)[2])


def without_lines(summary: Summary, changed: Collection[RecordId]) -> Summary | None:
    """The summary without the lines that come from these sources; None when nothing is left."""
    correction, covered, lines = _taken_apart(summary)
    left = [(line, source) for line, source in lines if source not in changed]
    if not left and not correction:
        return None
    text = "\n".join([*([correction] if correction else []), *(line for line, _ in left)])
    return replace(summary, text=text, sources=(*covered, *(source for _, source in left)))


def _taken_apart(summary: Summary | None) -> tuple[str, tuple[RecordId, ...], list[tuple[str, RecordId]]]:
    """A summary as the user's correction, the sources that it covers, and the lines with a source each."""
    if summary is None:
        return "", (), []
    texts = summary.text.split("\n")
    if not summary.corrected:
        return "", (), list(zip(texts, summary.sources, strict=True))
    covered = len(summary.sources) - (len(texts) - 1)
    return texts[0], summary.sources[:covered], list(zip(texts[1:], summary.sources[covered:], strict=True))


def _worth(sentence: str) -> float:
    """How much a sentence tells about the user: its content words, more if it speaks of them, less if it asks."""
    words = len(search_terms(sentence))
    if words < 2:
        return 0.0
    about_self = bool(_SELF.search(sentence))
    asks = bool(_REQUEST.match(sentence))
    details = len(re.findall(r"\d+|(?<!^)\b[A-Z][a-z]+", sentence))
    if sentence.endswith("?") or (asks and not about_self):
        return 0.0
    return min(words, 8) * 0.1 + about_self + 0.3 * min(details, 4) - asks


def _best(
    lines: Sequence[tuple[str, RecordId]], budget: int, count_tokens: Callable[[str], int]
) -> list[tuple[str, RecordId]]:
    """The lines that tell most for their length, least repetition first, in their own order, within a budget."""
    worth = [_worth(text) for text, _ in lines]
    # The richest sentences are enough to choose from, however long the conversation was.
    left = sorted(range(len(lines)), key=lambda i: (worth[i], i))[-_CANDIDATES:]
    terms = {i: set(search_terms(lines[i][0]).tolist()) for i in left}
    kept: list[int] = []
    spent = 0
    covered: set[int] = set()
    while left:
        # Later sentences are newer: a little recency settles ties.
        best = max(left, key=lambda i: (worth[i] * _novelty(terms[i], covered), i))
        left.remove(best)
        cost = count_tokens(lines[best][0])
        if _novelty(terms[best], covered) < 0.25 or spent + cost > budget:
            continue
        kept.append(best)
        spent += cost
        covered |= terms[best]
    return [lines[i] for i in sorted(kept)]


def _novelty(terms: set[int], covered: set[int]) -> float:
    return len(terms - covered) / max(len(terms), 1)
