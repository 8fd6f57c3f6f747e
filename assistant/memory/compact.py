"""Compact memory, level 1: the running summary of a conversation, S_t = summarise(S_{t-1}, u_t) (HEMA, section 3).

Extractive: it keeps the user's own sentences that say most about them, so it can neither invent nor distort, and each
line knows the episode that it came from. At most 60 tokens. Knows no store.
"""

import re
from collections.abc import Callable, Sequence
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
        summary: S_{t-1}, or None at the start. Words that the user corrected stay as they are.
        said: New episodes of the user, in order, of one conversation.
        count_tokens: Counts the tokens of a text.
        now: Time of the new summary.
    """
    corrected = summary is not None and summary.corrected
    fixed = summary.text if summary is not None and corrected else ""
    lines: list[tuple[str, RecordId]] = []
    if summary is not None and not corrected:
        lines = list(zip(summary.text.split("\n"), summary.sources, strict=True))
    known = {text for text, _ in lines}
    fresh = [
        (line, episode.id)
        for episode in said
        for line in (" ".join(sentence.split()) for sentence in sentences(episode.text))
        if _worth(line) > 0 and line not in known
    ]
    if summary is not None and not fresh:
        return summary
    kept = _best([*lines, *fresh], SUMMARY_TOKENS - (count_tokens(fixed) if fixed else 0), count_tokens)
    if not kept and not fixed:
        return None
    if corrected and summary is not None:
        # The correction covers the sources that it covered; new sentences stand after it until it is rebuilt.
        sources = (*summary.sources, *(s for _, s in kept if s not in summary.sources))
        text = " ".join([fixed, *(text for text, _ in kept)])
        return replace(summary, text=text, sources=sources, time=now) if kept else summary
    text, sources = "\n".join(t for t, _ in kept), tuple(s for _, s in kept)
    if summary is not None:
        return replace(summary, text=text, sources=sources, time=now)
    return Summary(id=new_id(), conversation=said[0].conversation, text=text, time=now, sources=sources)


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
