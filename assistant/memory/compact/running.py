"""Compact memory, level 1: the running summary of a conversation, S_t = summarise(S_{t-1}, u_t) (HEMA, section 3).

Extractive: it keeps the user's own sentences that say most about them, so it can neither invent nor distort, and each
line knows the episode that it came from. At most 60 tokens. Knows no store. Level 2 chooses its lines with `best_lines`
too.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from assistant.memory.compact.lines import Line, Lines, lines_of, with_lines
from assistant.memory.compact.supersession import Claim, superseded
from assistant.memory.compact.worth import telling_parts, worth
from assistant.store.records import Episode, RecordId, Summary, new_id

SUMMARY_TOKENS = 60

_CANDIDATES = 60
_LEAST_NEW = 0.25
_LEAST_WORTH = 1.3
_LENGTH_POWER = 0.5
_PREFERRED = 1.5
_ELSEWHERE = 0.3


def update_summary(
    summary: Summary | None,
    said: Sequence[Episode],
    *,
    count_tokens: Callable[[str], int],
    now: datetime,
    elsewhere: Collection[str] = (),
    settled: Collection[RecordId] = (),
) -> Summary | None:
    """The summary after these messages, the same one if it stays, or None when nothing worth keeping was said.

    Args:
        summary: S_{t-1}, or None at the start. What the user wrote into it stays as it is, before all else.
        said: New episodes of people (not the assistant), in order, of one conversation.
        count_tokens: Counts the tokens of a text.
        now: Time of the new summary.
        elsewhere: Lines that the second level keeps: they make room here first.
        settled: Sources on which the user has had the last word in another summary: nothing new is taken from them.
    """
    before = lines_of(summary)
    known = {line.text for line in before.lines}
    closed = before.settled.union(settled)
    fresh = [line for line in lines_said(said) if line.text not in known and closed.isdisjoint(line.sources)]
    if not fresh:
        return summary
    kept = best_lines([*before.lines, *fresh], SUMMARY_TOKENS, count_tokens, elsewhere=elsewhere)
    if summary is None:
        summary = Summary(id=new_id(), conversation=said[0].conversation, text="", time=now, sources=())
    return with_lines(summary, Lines(tuple(kept), before.dismissed), now)


def lines_said(said: Sequence[Episode]) -> list[Line]:
    """The telling parts of episodes, in order, as lines; with the speaker's name where it is neither side's."""
    return [
        Line(part if episode.role == "user" else f"{episode.role}: {part}", (episode.id,))
        for episode in said
        for part in telling_parts(episode.text)
    ]


def best_lines(
    lines: Sequence[Line],
    budget: int,
    count_tokens: Callable[[str], int],
    *,
    preferred: Collection[str] = (),
    elsewhere: Collection[str] = (),
) -> list[Line]:
    """The lines that tell most for their length, least repetition first, in their own order, within a budget.

    A line that a newer one supersedes is left out, whatever room there is. The user's own lines are always in.

    Args:
        lines: Oldest first.
        budget: Tokens of all lines together.
        count_tokens: Counts the tokens of a text.
        preferred: Texts of lines that are worth more, because they were chosen before.
        elsewhere: Texts of lines that are worth less, because another summary has them.
    """
    values = [worth(line.text) for line in lines]
    claims = [Claim.of(line.text) for line in lines]
    old = superseded(claims)
    kept = [i for i, line in enumerate(lines) if line.held]
    free = [i for i, line in enumerate(lines) if not line.held and i not in old and values[i] >= _LEAST_WORTH]
    # The richest sentences are enough to choose from, however long the conversation was.
    left = sorted(free, key=lambda i: (values[i], i))[-_CANDIDATES:]
    spent = sum(count_tokens(lines[i].text) for i in kept)
    covered = set[int]().union(*(claims[i].terms for i in kept))
    cost = {i: count_tokens(lines[i].text) for i in left}

    def gain(i: int) -> float:
        text = lines[i].text
        weight = _PREFERRED if text in preferred else _ELSEWHERE if text in elsewhere else 1.0
        return weight * values[i] / float(max(cost[i], 1) ** _LENGTH_POWER)

    gains = {i: gain(i) for i in left}
    while left:
        # Later sentences are newer: a little recency settles ties.
        best = max(left, key=lambda i: (gains[i] * _novelty(claims[i].terms, covered), i))
        left.remove(best)
        if _novelty(claims[best].terms, covered) < _LEAST_NEW or spent + cost[best] > budget:
            continue
        kept.append(best)
        spent += cost[best]
        covered |= claims[best].terms
    return [lines[i] for i in sorted(kept)]


def _novelty(terms: frozenset[int], covered: set[int]) -> float:
    return len(terms - covered) / max(len(terms), 1)
