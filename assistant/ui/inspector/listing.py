"""What the inspector asks of the memory, and the answer in the shape that its list shows. Knows no Qt.

Everything here runs on the store lane; the results are only read afterwards, so the UI thread may hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.memory.views import Filter
from assistant.store.records import KINDS, Fact, RecordId, Remembered, Standing, State

if TYPE_CHECKING:
    from assistant.memory.memory import Memory

SEARCH_LIMIT = 200
"""A search by meaning ranks everything; beyond this many, matches mean nothing."""

LEAST_MATCH = 0.3
"""What a search finds by meaning scores at least this; below it, hits have nothing to do with the words."""

ALL_KINDS = frozenset(KINDS)
ALL_STATES = frozenset(State)


class Order(StrEnum):
    """How the list is sorted. `BEST` is the order of the search; without words it is `NEWEST`."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_USED = "most-used"


@dataclass(frozen=True)
class Query:
    """What the list shows.

    Attributes:
        words: What the user typed into the search field, or "".
        kinds, states: Which kinds and states of memory.
        standing: Of facts, only those with this standing, or None.
        conversation: Id of the only conversation, or None.
        first_day, last_day: Days in this machine's time zone, both included; None is open.
        used: Only those that an answer used (True), or none did (False), or both.
        order: How the list is sorted.
    """

    words: str = ""
    kinds: frozenset[str] = ALL_KINDS
    states: frozenset[State] = ALL_STATES
    standing: Standing | None = None
    conversation: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    used: bool | None = None
    order: Order = Order.BEST

    def restricts(self) -> bool:
        """Whether anything that is remembered may be left out."""
        return bool(self.words.strip()) or self.filters()

    def filters(self) -> bool:
        """Whether something other than the words restricts the list."""
        return replace(self, words="", order=Order.BEST) != Query()

    def filter(self, *, days: bool = True) -> Filter:
        """The memory's own filter, without the words; `days=False` leaves the date range open too."""
        first = self.first_day if days else None
        last = self.last_day if days else None
        return Filter(
            kinds=self.kinds,
            states=self.states,
            standing=self.standing,
            conversation=self.conversation,
            since=_midnight(first) if first else None,
            until=_midnight(last + timedelta(days=1)) if last else None,
            used=self.used,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


@dataclass(frozen=True)
class Listing:
    """What the list shows, and what it needs to say about each row.

    Attributes:
        query: What was asked.
        records: In the order of the list.
        scores: How well each record matched the search, 0 to 1, by id; empty without a search.
        used: In how many answers each record was used, by id; a missing one is 0.
        titles: Titles of conversations by id; a missing or empty one has no title.
        days: How many records of this query fall on each day, the date range left open.
    """

    query: Query = Query()
    records: Sequence[Remembered] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)

    def without(self, ids: frozenset[str]) -> Listing:
        """The same with these records left out, conversations among the ids with all that is theirs."""
        kept = [r for r in self.records if r.id not in ids]
        if len(self.records) - len(kept) < len(ids):
            kept = [r for r in kept if r.conversation not in ids]
        return replace(self, records=kept)


def read_listing(memory: Memory, query: Query) -> Listing:
    """Ask the memory."""
    words = query.words.strip()
    scores: dict[str, float] = {}
    dated = query.first_day is not None or query.last_day is not None

    def ask(filter_: Filter) -> list[Remembered]:
        if not words:
            return memory.records(filter_)
        found = memory.search(words, limit=SEARCH_LIMIT, filter=filter_, least=LEAST_MATCH)
        scores.update((each.record.id, each.score) for each in found)
        return [each.record for each in found]

    in_time = ask(query.filter(days=False))
    records = ask(query.filter()) if dated else in_time
    used = dict(memory.used_counts())
    return Listing(
        query=query,
        records=beside(memory, _sorted(records, query.order, used, searched=bool(words))),
        scores=scores,
        used=used,
        titles={entry.conversation.id: entry.conversation.title for entry in memory.conversations()},
        days=Counter(local_day(record.time) for record in in_time),
    )


def matching_words(memory: Memory, query: Query) -> list[Remembered]:
    """Those records of the query that really contain its words, not only come close in meaning; newest first."""
    return memory.records(replace(query.filter(), words=query.words.strip()))


def local_day(moment: datetime) -> date:
    """The day in this machine's time zone."""
    return moment.astimezone().date()


def _sorted(records: list[Remembered], order: Order, used: Mapping[str, int], *, searched: bool) -> list[Remembered]:
    if order is Order.BEST or (order is Order.NEWEST and not searched):
        return records  # as the memory gives them: best match first, or newest first
    newest: Callable[[Remembered], datetime] = lambda record: record.time  # noqa: E731
    records = sorted(records, key=newest, reverse=order is not Order.OLDEST)
    if order is Order.MOST_USED:
        records.sort(key=lambda record: used.get(record.id, 0), reverse=True)
    return records


def beside(memory: Memory, records: list[Remembered]) -> list[Remembered]:
    """The same, but facts in dispute stand one below the other: where the first of them stands."""
    conflicts = {record.id: first for record in records if (first := _conflict(memory, record))}
    together: dict[RecordId, list[Remembered]] = {}
    for record in records:
        if record.id in conflicts:
            together.setdefault(conflicts[record.id], []).append(record)
    arranged: list[Remembered] = []
    for record in records:
        arranged.extend(together.pop(conflicts[record.id], ()) if record.id in conflicts else [record])
    return arranged


def _conflict(memory: Memory, record: Remembered) -> RecordId:
    """The open conflict that a record belongs to, by the id of the first fact in it, or ""."""
    if not isinstance(record, Fact) or record.standing is not Standing.DISPUTED:
        return ""
    matter = memory.matter(record.id)
    return matter.disputed[0].id if matter is not None and matter.disputed else ""
