"""Episodic recall: which rows answer a query, by meaning and by words, in their surroundings.

Scores every row of the unlocked index with a few array operations; nothing here embeds, reads files or decides what
goes into a prompt.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.store.store import Store
from assistant.store.terms import search_terms

from .layout import Layout

Scores = npt.NDArray[np.float32]

# How a score spreads over unrelated rows of the built-in embedder and of BM25 shares, and how many rows this prior
# weighs as. It keeps z-scores sane in a memory of three episodes.
_PRIOR_COSINE = (0.08, 0.12)
_PRIOR_WORDS = (0.02, 0.08)
_PRIOR_ROWS = 30


@dataclass(frozen=True)
class Weights:
    """What each signal adds to a row's score, in standard deviations of that signal.

    Chosen by hand on five long public dialogues. Halving or doubling any one of them moved the share of questions with
    an evidence message among the first ten by .03 at most.
    """

    alone: float = 1.0
    in_context: float = 1.0
    words: float = 1.6
    neighbours: float = 0.3
    session: float = 0.35
    speaker: float = 1.5
    pinned: float = 0.5


@dataclass(frozen=True)
class Ranking:
    """All rows that may be recalled, best first.

    Attributes:
        rows: int64 (n,), rows of the index.
        relevance: float32 (n,), 0 (unrelated) to 1 (the words or the meaning match fully).
    """

    rows: npt.NDArray[np.int64]
    relevance: Scores


def rank(
    store: Store,
    layout: Layout,
    query: str,
    vector: Scores,
    allowed: npt.NDArray[np.bool_],
    *,
    limit: int,
    weights: Weights = Weights(),
) -> Ranking:
    """Rank the allowed rows for a query.

    Args:
        store: Its index gives the similarities.
        layout: Where each row stands.
        query: The query's words.
        vector: The query's embedding, float32 (d,).
        allowed: bool (rows,): which rows may be returned and lend weight to others.
        limit: At most this many rows.
        weights: What each signal is worth.
    """
    count = len(allowed)
    chosen = np.flatnonzero(allowed)
    if not len(chosen) or limit <= 0:
        return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
    alone = store.index.similarities(vector, 0)[:count]
    in_context = store.index.similarities(vector, 1)[:count]
    terms = search_terms(query).tolist()
    words = store.index.bm25(terms)[:count] / max(store.index.bm25_of_full_match(terms), 1e-6)

    score = np.full(count, 0.0, np.float32)
    score[chosen] = (
        weights.alone * _standardised(alone[chosen], *_PRIOR_COSINE)
        + weights.in_context * _standardised(in_context[chosen], *_PRIOR_COSINE)
        + weights.words * _standardised(words[chosen], *_PRIOR_WORDS)
    )
    spread = max(float(score[chosen].std()), 0.5)
    total = score.copy()
    total += weights.neighbours * _from_neighbours(score, layout, allowed)
    total += weights.session * _from_session(score, layout, chosen)
    total += weights.speaker * spread * _names_speaker(query, layout, allowed)
    total += weights.pinned * layout.is_pinned[:count]

    best = chosen[np.argsort(-total[chosen], kind="stable")[:limit]]
    return Ranking(best, _relevance(alone[best], in_context[best], words[best]))


def _standardised(values: Scores, prior_mean: float, prior_deviation: float) -> Scores:
    """z-scores, with mean and variance shrunk towards what is usual for the signal."""
    count = len(values)
    mean = (values.sum() + _PRIOR_ROWS * prior_mean) / (count + _PRIOR_ROWS)
    squares = float(((values - mean) ** 2).sum()) + _PRIOR_ROWS * prior_deviation**2
    return np.asarray((values - mean) / np.sqrt(squares / (count + _PRIOR_ROWS)), np.float32)


def _from_neighbours(score: Scores, layout: Layout, allowed: npt.NDArray[np.bool_]) -> Scores:
    """The scores of the messages before and after, added up: an answer often says little without its question."""
    count = len(score)
    padded = np.append(np.where(allowed, score, 0.0).astype(np.float32), np.float32(0.0))
    before, after = layout.previous[:count], layout.following[:count]
    # Index -1 is the padding.
    return np.asarray(
        padded[np.where(before < count, before, -1)] + padded[np.where(after < count, after, -1)], np.float32
    )


def _from_session(score: Scores, layout: Layout, chosen: npt.NDArray[np.int64]) -> Scores:
    """For each row the best score in its session: a session that is about the subject lifts all its messages."""
    sessions = layout.session[: len(score)]
    rows = chosen[sessions[chosen] >= 0]
    best = np.full(layout.sessions + 1, 0.0, np.float32)
    np.maximum.at(best, sessions[rows], score[rows])
    return np.asarray(np.where(sessions >= 0, best[sessions], 0.0), np.float32)


def _names_speaker(query: str, layout: Layout, allowed: npt.NDArray[np.bool_]) -> Scores:
    """1 for the rows said by the one speaker that the query names; 0 everywhere when it names none or several."""
    asked = set(re.findall(r"\w+", query.lower()))
    named = [code for code, role in enumerate(layout.roles) if role not in _GENERIC_ROLES and role in asked]
    if len(named) != 1:
        return np.zeros(len(allowed), np.float32)
    return np.asarray(layout.role[: len(allowed)] == named[0], np.float32)


_GENERIC_ROLES = frozenset({"user", "assistant", "system"})


def _relevance(alone: Scores, in_context: Scores, words: Scores) -> Scores:
    """One number between 0 and 1 that people can compare: unrelated unless the meaning or the words match."""
    meaning = np.clip(np.maximum(alone, 0.9 * in_context), 0.0, 1.0)
    return np.asarray(1.0 - (1.0 - meaning) * (1.0 - np.clip(words, 0.0, 1.0)), np.float32)
