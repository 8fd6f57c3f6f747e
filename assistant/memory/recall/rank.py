"""Episodic recall: which rows answer a query, by meaning and by words, in their surroundings.

Scores every row of the unlocked index with a few array operations; nothing here embeds, reads files or decides what
goes into a prompt.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.cues import ASKS, FIRST_PERSON, NUMBER, TIME
from assistant.memory.recall.layout import Layout
from assistant.memory.recall.query import Query
from assistant.memory.recall.when import time_match
from assistant.store.index import SearchIndex
from assistant.store.postings import TermMatch
from assistant.store.terms import search_terms

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

# What brings the signals to a like scale: about their standard deviation over unrelated rows. Not z-scores: a score
# must mean the same in a memory of three episodes and in one of ten thousand.
_COSINE = 0.12
_WORDS = 0.08
_WINDOW_WORDS = 0.1
_SESSION_WORDS = 0.2

_OFF_SUBJECT = 0.4
"""What a row loses in relevance when its session holds none of the names that the question is about."""

_BREADTH = 0.3
"""What a row loses by the logarithm of its place among the rows of its session. See `_spread`."""

_UNLIKE = -9  # what no session is called
_RANK_OFFSET = 60
_RANKED = 200


@dataclass(frozen=True)
class Weights:
    """What each signal adds to the logarithm of a row's odds of being the one that answers. See `signals`.

    Learned as a linear model of which message answers which question (softmax over all rows), on five long public
    dialogues, inside each and in one store of all with 8,000 other lines, and on generated ones; the mean of the
    weights with and without the latter, rounded. Each public dialogue left out in turn, the share of its questions
    with an answering message among the first ten is .84 to .93 (`python -m tests.benchmarks recall`).
    """

    alone: float = 0.72
    in_context: float = 0.25
    as_asked: float = 0.27
    words: float = 0.24
    session_words: float = 0.29
    neighbours: float = 0.028
    session: float = 0.115
    speaker: float = 2.1
    takes_part: float = 3.8
    time: float = 4.45
    asks: float = -0.55
    length: float = 0.97
    names_time: float = 0.33
    time_asked: float = 1.7
    number_asked: float = 1.1
    named: float = 0.34
    first_person: float = 0.7
    replies: float = 0.1
    pinned: float = 1.0


SIGNALS = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True)
class Ranking:
    """All rows that may be recalled, best first.

    Attributes:
        rows: int64 (n,), rows of the index.
        relevance: float32 (n,), 0 (unrelated) to 1 (the words or the meaning match fully).
    """

    rows: Rows
    relevance: Scores


def rank(
    index: SearchIndex,
    layout: Layout,
    queries: Sequence[Query],
    allowed: npt.NDArray[np.bool_],
    *,
    limit: int,
    around: npt.NDArray[np.bool_] | None = None,
    weights: Weights = Weights(),
) -> Ranking:
    """Rank the allowed rows for a query, or for several.

    Several are fused by reciprocal rank: sum of weight / (60 + rank) (Cormack, Clarke & Büttcher, 2009, with weights).

    Args:
        index: Gives the similarities.
        layout: Where each row stands.
        queries: What is asked, each with the share that it has in a fused ranking.
        allowed: bool (rows,): which rows may be returned.
        limit: At most this many rows.
        around: bool (rows,): which rows lend weight to those beside them; None for the same.
        weights: What each signal is worth.
    """
    chosen = np.flatnonzero(allowed)
    if not len(chosen) or limit <= 0 or not queries:
        return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
    by_weight = np.array(astuple(weights), np.float32)
    fused = np.zeros(len(allowed), np.float32)
    relevance = np.zeros(len(allowed), np.float32)
    for query in queries:
        columns, match = _columns(index, layout, query, allowed if around is None else around)
        total = np.zeros(len(allowed), np.float32)
        for name, weight in zip(SIGNALS, by_weight, strict=True):
            if name in columns:
                # Not a matrix product: of this size it wakes BLAS's threads for nothing.
                total += weight * np.asarray(columns[name], np.float32)
        best = _spread(_best(chosen, total, limit + _RANKED), total, layout)
        if len(queries) == 1:
            return Ranking(best[:limit], match.relevance(best[:limit]))
        best = best[: max(limit, _RANKED)]
        fused[best] += query.share / (_RANK_OFFSET + np.arange(1, len(best) + 1))
        np.maximum(relevance, match.relevance(slice(None)) * query.share**0.2, out=relevance)
    best = _best(chosen[fused[chosen] > 0], fused, limit)
    return Ranking(best, relevance[best])


def _spread(rows: Rows, total: Scores, layout: Layout) -> Rows:
    """The rows, best first, again best first when each of a session adds less than the one before it.

    Several answers to one question were mostly given on several days, and a session that is about the subject lifts
    all its messages. With the n-th of a session (from 1) losing 0.3 ln n, .941 rather than .938 of the answering
    messages of public dialogues are among the first 50, as many among the first 10.
    """
    session = layout.session[rows]
    by_session = np.argsort(session, kind="stable")
    ordered = session[by_session]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(rows) else np.zeros(0, np.int64)
    place = np.zeros(len(rows), np.float32)
    place[by_session] = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    loss = np.where(session >= 0, _BREADTH * np.log1p(place), 0.0)
    return rows[np.argsort(loss - total[rows], kind="stable")]


def _best(chosen: Rows, total: Scores, limit: int) -> Rows:
    scores = -total[chosen]
    if limit < len(chosen):
        # To find the best few takes a tenth of the time that it takes to sort all. Equal ones stay in order.
        few = np.flatnonzero(scores <= np.partition(scores, limit - 1)[limit - 1])
        chosen, scores = chosen[few], scores[few]
    return chosen[np.argsort(scores, kind="stable")[:limit]]


def signals(
    index: SearchIndex, layout: Layout, query: Query, around: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float32], Scores]:
    """What speaks for each row, and how well it matches by itself.

    Returns:
        float32 (rows, signals) in the order of `SIGNALS`:
        - alone, in_context: cosine of the row, alone and with what came before it, to the question in the speaker's
          own person; as_asked: of the row in context to the question as it was asked;
        - words: share of the question's words, weighted by rarity, in the row or in the one before it;
          session_words: in its session;
        - neighbours, session: what speaks for the rows beside it, and for the best one of its session;
        - speaker: the question names who said it, and nobody else; takes_part: it names somebody who takes part in
          the conversation;
        - time: the question names the time at which it was said;
        - asks: it ends with a question; length: how much it says; names_time: it names a time; time_asked: and the
          question asks for one; number_asked: it names a number and the question asks for one;
        - named: the share of the (other) names in the question that the row or the one before it holds; first_person:
          it speaks of the one who says it, whom the question is about;
        - replies: cosine to the question of the message before it, if that asks one and somebody else said it;
        - pinned.
        And float32 (rows,), the relevance: 0 (unrelated) to 1 (the words or the meaning match fully).
    """
    columns, match = _columns(index, layout, query, around)
    none = np.zeros(len(around), np.float32)
    # Signal by signal in memory, which is four times faster to fill.
    matrix = np.stack([columns.get(name, none) for name in SIGNALS], dtype=np.float32, casting="unsafe").T
    return matrix, match.relevance(slice(None))


@dataclass(frozen=True)
class _Match:
    """How well each row matches by itself.

    Attributes:
        meaning: float32 (rows,), the better of its cosines, that in context counting a little less.
        words: float32 (rows,), the share of the question's words that it holds.
        near: float32 (rows,), the share of the question's names that its session holds.
    """

    meaning: Scores
    words: Scores
    near: Scores

    def relevance(self, rows: Rows | slice) -> Scores:
        """One number for each of these rows that people can compare, between 0 (unrelated) and 1."""
        meaning, words = np.clip(self.meaning[rows], 0.0, 1.0), np.clip(self.words[rows], 0.0, 1.0)
        related = np.asarray(1.0 - (1.0 - meaning) * (1.0 - words), np.float32)
        return np.asarray(related * (1.0 - _OFF_SUBJECT * (1.0 - self.near[rows])), np.float32)


def _columns(
    index: SearchIndex, layout: Layout, query: Query, around: npt.NDArray[np.bool_]
) -> tuple[dict[str, npt.NDArray[np.float32 | np.bool_]], _Match]:
    """The signals by name, each (rows,), without those that say nothing on this question."""
    count = len(around)
    cosines, contexts = query.alone[:, :count], query.in_context[:, :count]
    own, own_context = _finite(cosines[-1]), _finite(contexts[-1])
    one_form = len(cosines) == 1
    parts = [layout.takes_part(role)[:count] for role in query.named]
    taking_part = np.logical_or.reduce(parts) if parts else np.zeros(count, bool)
    matches, full = _matches(index, layout, query, around, taking_part)
    words, window, session_words = _word_shares(layout, matches, full, count)

    base = 0.7 * own / _COSINE + own_context / _COSINE + words / _WORDS + 0.8 * window / _WINDOW_WORDS
    base -= np.median(base[around]) if around.any() else 0.0
    in_context = own_context / _COSINE
    cues = layout.cues[:count]
    of_self = (cues & FIRST_PERSON) > 0
    named, near = _names(index, layout, query, around)
    columns: dict[str, npt.NDArray[np.float32 | np.bool_]] = {
        "alone": own / _COSINE,
        "in_context": in_context,
        "as_asked": in_context if one_form else _finite(contexts[0]) / _COSINE,
        "words": window / _WINDOW_WORDS,
        "session_words": session_words / _SESSION_WORDS,
        "neighbours": _from_neighbours(base, layout, around),
        "session": _from_session(base, layout, around),
        "asks": (cues & ASKS) > 0,
        "length": np.log1p(index.lengths[:count]),
        "names_time": (cues & TIME) > 0,
        "replies": _of_question_before(own, layout, count) / _COSINE,
        "pinned": layout.is_pinned[:count],
    }
    if parts:
        columns["takes_part"] = taking_part
    if query.times:
        columns["time"] = time_match(query.times, layout.time[:count])
    if query.asks_when:
        columns["time_asked"] = columns["names_time"]
    if query.asks_number:
        columns["number_asked"] = (cues & NUMBER) > 0
    if query.about:
        columns["named"] = named
    if len(query.named) == 1:
        by_speaker = layout.role[:count] == query.named[0]
        columns["speaker"], columns["first_person"] = by_speaker, of_self & by_speaker
    if query.about_self:
        columns["first_person"] = of_self & layout.said_by("user")[:count]
    best, best_context = (
        (own, own_context) if one_form else (_finite(cosines.max(axis=0)), _finite(contexts.max(axis=0)))
    )
    return columns, _Match(np.maximum(best, 0.9 * best_context), words, near)


def _finite(similarity: Scores) -> Scores:
    """Rows without an embedding are as unlike as can be."""
    return np.asarray(np.maximum(similarity, -1.0), np.float32)


def _matches(
    index: SearchIndex,
    layout: Layout,
    query: Query,
    allowed: npt.NDArray[np.bool_],
    taking_part: npt.NDArray[np.bool_],
) -> tuple[list[TermMatch], float]:
    """Where the words of a query are found, and what a row with all of them would score.

    A speaker's name says nothing within their own conversations, where it is what the others call them.
    """
    names = {term for role in query.named for term in search_terms(layout.roles[role]).tolist()}
    found = []
    full = 0.0
    for match in index.matches(search_terms(query.text)):
        counts = allowed[np.minimum(match.rows, len(allowed) - 1)] & (match.rows < len(allowed))
        if match.term in names:
            counts[counts] &= ~taking_part[match.rows[counts]]
        else:
            full += match.idf
        found.append(TermMatch(match.term, match.rows[counts], match.scores[counts], match.idf))
    return found, max(full, 1e-6)


def _word_shares(
    layout: Layout, matches: Sequence[TermMatch], full: float, count: int
) -> tuple[Scores, Scores, Scores]:
    """The share of a query's words that each row holds, that it or the row before it holds, that its session holds.

    Each word counts once, where it scores most. All three float32 (rows,).
    """
    session, following = layout.session[:count], layout.following[:count]
    words, window = np.zeros(count, np.float32), np.zeros(count, np.float32)
    in_session = np.zeros(layout.sessions + 1, np.float32)
    for match in matches:
        rows = match.rows.astype(np.int64)
        words[rows] += match.scores
        here = np.zeros(count, np.float32)
        here[rows] = match.scores
        after = following[rows]
        carries = (after >= 0) & (after < count)
        carries[carries] &= session[after[carries]] == session[rows[carries]]
        np.maximum.at(here, after[carries], match.scores[carries])
        window += here
        best = np.zeros(layout.sessions + 1, np.float32)
        np.maximum.at(best, session[rows], match.scores)  # rows without a session share the last place
        in_session += best
    by_session = np.where(session >= 0, in_session[session], words)
    return words / full, window / full, np.asarray(by_session / full, np.float32)


def _names(index: SearchIndex, layout: Layout, query: Query, around: npt.NDArray[np.bool_]) -> tuple[Scores, Scores]:
    """The share of a query's names in each row or the one before it; and in its session. float32 (rows,) each."""
    count = len(around)
    if not query.about:
        return np.zeros(count, np.float32), np.ones(count, np.float32)
    session, following = layout.session[:count], layout.following[:count]
    here, near = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for name in query.about:
        holds = np.zeros(count, bool)
        for match in index.matches(list(name)):
            rows = match.rows[match.rows < count]
            holds[rows] = True
        holds &= around
        after = following[np.flatnonzero(holds)]
        beside = holds.copy()
        beside[after[(after >= 0) & (after < count)]] = True
        here += beside
        sessions = np.zeros(layout.sessions + 1, bool)
        sessions[session[np.flatnonzero(holds)]] = True
        sessions[-1] = False
        near += holds | ((session >= 0) & sessions[session])
    return here / np.float32(len(query.about)), near / np.float32(len(query.about))


def _of_question_before(own: Scores, layout: Layout, count: int) -> Scores:
    """How well the question that each row replies to matches; 0 for what is no reply."""
    return np.asarray(_beside(np.maximum(own, 0.0), layout)[layout.replies_to[:count]])


def _from_neighbours(base: Scores, layout: Layout, allowed: npt.NDArray[np.bool_]) -> Scores:
    """What speaks for the rows before and after, added up: an answer often says little without its question."""
    lent = _beside(np.where(allowed, base, np.float32(0.0)), layout)
    return np.asarray(lent[layout.before[: len(base)]] + lent[layout.after[: len(base)]])


def _beside(scores: Scores, layout: Layout) -> Scores:
    """Scores by row, and 0 for "no row": the last place is that of the row -1."""
    beside = np.zeros(len(layout.before) + 1, np.float32)
    beside[: len(scores)] = scores
    return beside


def _from_session(base: Scores, layout: Layout, allowed: npt.NDArray[np.bool_]) -> Scores:
    """For each row the best one of its session: a session that is about the subject lifts all its messages."""
    session = layout.session[: len(base)]
    # Rows of one session mostly follow one another: what is best of each run tells what is best of its session.
    starts = np.flatnonzero(np.diff(session, prepend=_UNLIKE))
    lent = np.where(allowed, base, np.float32(-np.inf))
    best = np.full(layout.sessions + 1, -np.inf, np.float32)
    np.maximum.at(best, session[starts], np.maximum.reduceat(lent, starts))
    best[-1] = -np.inf  # where the rows without a session are
    lifted = np.repeat(best[session[starts]], np.diff(starts, append=len(base)))
    return np.asarray(np.where(np.isneginf(lifted), base, lifted), np.float32)
