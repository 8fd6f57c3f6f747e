"""Association: memories that belong together because of the same people, event, topic or fact.

Links are worked out when they are asked for, from the unlocked index and the records in memory. Nothing is stored, so
nothing has to be forgotten. What only stands next to a memory in its conversation is no link: that is shown anyway.

Recall does not follow links: on five long public dialogues (760 questions) a step from the first one to five rows moved
the share of questions with an evidence message among the first ten by -.011 to +.006; no setting helped throughout.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.layout import Layout
from assistant.memory.recall.times.words import CUES
from assistant.memory.recall.when import Span, spans
from assistant.store.records import Episode, Fact, RecordId, Remembered, Summary
from assistant.store.store import Store
from assistant.store.terms import search_terms

Why = Literal["people", "event", "topic", "fact"]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Link:
    """That a memory belongs together with another.

    Attributes:
        record: The other memory.
        strength: 0 to 1.
        why: What counts most for it.
    """

    record: RecordId
    strength: float
    why: Why


_TOPIC_FROM, _TOPIC_FULL = 1.04, 1.7
"""Likeness (see `_likeness`) at which a topic begins to be the same, and is surely the same.

Of the pairs of messages from different sessions of five long public dialogues, 0.5 % are as alike as the first; of the
pairs that answer a question together, 20 % (12 % at the same rate by the cosine alone).
"""

_FULL_WORDS = 2.5  # as many words that no other row holds say a good deal
_NAME, _EVENT, _NEARBY, _FACT = (
    0.5,
    0.5,
    0.25,
    0.9,
)  # what a shared name, a date, a session with shared words, a fact count
_ALIKE_ENOUGH = 0.3  # cosine from which a shared date is more than chance
_RARE_SHARE, _RARE_ROWS = 0.02, 5  # a rare word is in at most this share of the rows, or in so few
_POOL = 6  # candidates whose words are read, for each link that is wanted
_ONE_EVENT = timedelta(days=4)
_SURE = 0.8


def links(
    store: Store, layout: Layout, record: Remembered, allowed: npt.NDArray[np.bool_], *, limit: int = 8
) -> list[Link]:
    """The memories that belong together with one, the strongest link first, at most one from each exchange.

    Args:
        store: Its index gives the similarities.
        layout: Where each row stands.
        record: A record of the index.
        allowed: bool (rows,): where links may lead.
        limit: At most this many.
    """
    index, row = store.index, store.index.row(record.id)
    derived = _derived(store, layout)
    candidates = allowed & ~_around(store, layout, record, row, derived, len(allowed))
    if limit <= 0 or not candidates.any():
        return []
    count = len(allowed)
    terms = np.unique(np.frombuffer(record.terms, "<u4"))
    rare = _rare(store, terms)
    names = {name: int(term) for name in _names(record.text) for term in search_terms(name)}
    shared = index.bm25(np.array([t for t in rare if t not in names.values()], np.uint32))[:count]
    # One small talk is as good as another: no topic in common.
    telling = min(index.bm25_of_full_match(terms) / (_FULL_WORDS * _idf(1, len(index))), 1.0)
    cosine, likeness = _likeness(store, layout, row, terms, count)
    by_name = index.bm25(np.array([t for t in rare if t in names.values()], np.uint32))[:count]
    by_fact = _by_fact(record, derived)

    rough = likeness + 0.3 * (by_name > 0) + 0.1 * (shared > 0)
    rows = np.flatnonzero(candidates)
    rows = rows[np.argsort(-rough[rows], kind="stable")[: _POOL * limit]]
    pool = dict.fromkeys(rows.tolist())
    pool.update((r, None) for i in by_fact if i in index and candidates[r := index.row(i)])
    own_times = _times(record)
    found: list[tuple[float, int, Why]] = []
    for other_row in pool:
        other = store.get(index.ids[other_row], vectors=False)
        if not isinstance(other, Remembered):
            continue
        common = [rare[t] for n, t in names.items() if t in rare and _holds(other.text, n)]
        same_time = _coincide(own_times, record, _times(other), other)
        related = shared[other_row] > 0 or bool(common) or cosine[other_row] >= _ALIKE_ENOUGH
        nearby = layout.session[other_row] == layout.session[row] >= 0 and shared[other_row] > 0
        reasons: dict[Why, float] = {
            "fact": _FACT if other.id in by_fact else 0.0,
            "people": _NAME * max(common, default=0.0),
            "event": _EVENT if same_time and related else _NEARBY if nearby else 0.0,
            "topic": telling * _rise(float(likeness[other_row])),
        }
        strength = 1 - float(np.prod([1 - value for value in reasons.values()]))
        if strength > 0:
            found.append((strength, other_row, max(reasons, key=lambda why: reasons[why])))
    found.sort(key=lambda link: (-link[0], link[1]))
    return [Link(index.ids[r], round(s, 3), why) for s, r, why in _distinct(store, layout, found)[:limit]]


def _derived(store: Store, layout: Layout) -> list[Fact | Summary]:
    """All facts and summaries, by way of the layout: going through all records takes ten times as long."""
    ids = store.index.ids
    rows = np.flatnonzero(layout.of_kinds(("fact", "summary"))[: len(ids)])
    records = (store.get(ids[row], vectors=False) for row in rows.tolist())
    return [record for record in records if isinstance(record, Fact | Summary)]


def _around(
    store: Store, layout: Layout, record: Remembered, row: int, derived: Iterable[Fact | Summary], count: int
) -> npt.NDArray[np.bool_]:
    """The rows that are shown with a record anyway: itself, its parts, its exchange, its sources and derivates."""
    around = np.zeros(count, np.bool_)
    around[row] = True
    for steps in (layout.previous, layout.following):
        at = row
        for _ in range(2):
            at = int(steps[at]) if isinstance(record, Episode) else -1
            if at < 0:
                break
            around[at] = True
    related: set[RecordId] = set() if isinstance(record, Episode) else set(record.sources)
    if isinstance(record, Episode):
        episodes = store.episodes_of(record.conversation, vectors=False)
        related |= {part.id for part in episodes if part.message == record.message}
        related |= {made.id for made in derived if record.id in made.sources}
    for other in related:
        if other in store.index and store.index.row(other) < count:
            around[store.index.row(other)] = True
    return around


def _likeness(
    store: Store, layout: Layout, row: int, terms: npt.NDArray[np.uint32], count: int
) -> tuple[Scores, Scores]:
    """The cosine of every row to one, and how alike they are in all.

    Likeness is the cosine, plus b / (b + h) of the words that both hold, plus 0.1 for the same speaker. b is the words'
    BM25, h that of `_FULL_WORDS` words which no other row holds.
    """
    vectors = np.frombuffer(store.index.vectors(store.index.ids[row]), "<f2")
    cosine = np.zeros(count, np.float32)
    if len(vectors):
        alone = vectors.reshape(2, -1)[0].astype(np.float32)
        cosine = np.nan_to_num(store.index.similarities(alone, 0)[:count], neginf=0.0)
    words = store.index.bm25(terms)[:count]
    likeness = cosine + words / (words + _FULL_WORDS * _idf(1, len(store.index)))
    return cosine, np.asarray(likeness + 0.1 * (layout.role[:count] == layout.role[row]), np.float32)


def _rise(likeness: float) -> float:
    return min(max((likeness - _TOPIC_FROM) / (_TOPIC_FULL - _TOPIC_FROM), 0.0), 1.0)


def _idf(holding: float, rows: int) -> float:
    """The inverse document frequency of a term that so many of the rows hold, as in BM25."""
    return float(np.log1p((max(rows, 1) - holding + 0.5) / (holding + 0.5)))


def _rare(store: Store, terms: npt.NDArray[np.uint32]) -> dict[int, float]:
    """The terms that few rows hold, each with its inverse document frequency over that of a term in one row only."""
    rows = len(store.index)
    least = _idf(min(max(_RARE_SHARE * rows, _RARE_ROWS), 0.5 * rows), rows)
    weights = {int(term): store.index.bm25_of_full_match(np.array([term], np.uint32)) for term in terms}
    return {term: min(weight / _idf(1, rows), 1.0) for term, weight in weights.items() if weight >= least}


_CAPITALISED = re.compile(
    r"(?P<start>(?:^|[.!?…:;\n\"“”(\[])\s*)?\b(?P<name>[A-ZÄÖÜÀ-Þ][a-zß-ÿ]+(?:-[A-ZÄÖÜ][a-zß-ÿ]+)?)\b"
)
_GERMAN = frozenset(
    ("der", "die", "das", "und", "ich", "nicht", "ist", "ein", "eine", "einen", "mit", "wir", "sie", "auf", "zu", "war")
)


def _names(text: str) -> set[str]:
    """Words that are capitalised within a sentence, so that they are likely to be names of people, places or things.

    In German, where every noun is, there are none.
    """
    if len(_GERMAN & set(re.findall(r"\w+", text.lower()))) >= 2:
        return set()
    inner = {m["name"] for m in _CAPITALISED.finditer(text) if m["start"] is None}
    return {name for name in inner if name.lower() not in CUES}


def _holds(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _times(record: Remembered) -> list[Span]:
    """The days, or few days, that a record surely speaks of."""
    return [s for s in spans(record.text, record.time) if s.certain >= _SURE and s.end - s.start <= _ONE_EVENT]


def _coincide(own: Iterable[Span], record: Remembered, others: Iterable[Span], other: Remembered) -> bool:
    """Whether two records speak of the same days, or one of the day on which the other was said."""
    others = list(others)
    if any(span.start <= other.time < span.end for span in own):
        return True
    if any(span.start <= record.time < span.end for span in others):
        return True
    return any(a.start < b.end and b.start < a.end for a in own for b in others)


def _by_fact(record: Remembered, derived: Iterable[Fact | Summary]) -> set[RecordId]:
    """Episodes that the same facts came from; for a fact, the other facts about the same thing."""
    found: set[RecordId] = set()
    for fact in derived:
        if not isinstance(fact, Fact):
            continue
        if isinstance(record, Fact):
            if fact.attribute and (fact.subject, fact.attribute) == (record.subject, record.attribute):
                found.add(fact.id)
        elif record.id in fact.sources:
            found.update(fact.sources)
    return found - {record.id}


def _distinct(store: Store, layout: Layout, found: list[tuple[float, int, Why]]) -> list[tuple[float, int, Why]]:
    """Without what stands right beside something with a stronger link: in its exchange, or as a fact and its source."""
    kept: list[tuple[float, int, Why]] = []
    taken: set[int] = set()
    for link in found:
        row = link[1]
        record = store.get(store.index.ids[row], vectors=False)
        sources = record.sources if isinstance(record, Fact) else ()
        rows = {row, *(store.index.row(source) for source in sources if source in store.index)}
        if rows & taken:
            continue
        kept.append(link)
        taken |= rows | {int(layout.previous[row]), int(layout.following[row])} - {-1}
    return kept
