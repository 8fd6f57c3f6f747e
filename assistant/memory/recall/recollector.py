"""Recall: from a question to the memories that may help to answer it, and from a memory to those that belong to it.

Says which rows may be found and asks `rank` for the best of them; what is found becomes records here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from assistant.memory.clock import now
from assistant.memory.indexed_store import IndexedStore
from assistant.memory.listing import records
from assistant.memory.recall.association import Link, links
from assistant.memory.recall.channels import CHANNELS, FACTS, STRETCHES, Recollection, channelled
from assistant.memory.recall.cues import ASKS
from assistant.memory.recall.query import (
    Query,
    forms,
    leans_on_what_came_before,
    one_by_one,
    speakers_named,
    understand,
)
from assistant.memory.recall.rank import Ranking, rank
from assistant.memory.recall.sequel import sequel
from assistant.memory.recall.when import Anchor, Span, anchors, resolve, spans
from assistant.memory.spaces import space_of_record
from assistant.memory.text import sentences
from assistant.memory.views import Filter, Found
from assistant.store.records import Episode, Fact, RecordId, Remembered, State, Summary

_IN_USE = frozenset({State.ACTIVE, State.PINNED})

_FEW_WORDS = 60
"""Characters up to which a message may be a reply that says nothing without its question."""

_EVENTS = 5
"""Rows that are looked at for an event that a question counts a time from."""

_IS_EVENT = 0.5
"""Relevance from which a row tells of the event."""

_UNSURE = 0.6
"""How surely an event took place on the day on which it was spoken of."""

Rows = npt.NDArray[np.bool_]
"""A choice of rows of the search index: bool (rows,)."""


@dataclass(frozen=True, kw_only=True)
class Recall:
    """What is to be recalled for a turn.

    Attributes:
        query: The user's words.
        limit: At most this many of the similar ones.
        earlier: What the user said before, the latest first. Counts where the query leans on it.
        space: Only what was said in this space, and what is pinned.
        conversation: Only what was said in this conversation.
        leave_out: Ids of messages that the prompt holds already.
        answers: Also what the assistant said.
        least: Nothing that scores less.
        channels: Of `CHANNELS`; the others stay empty.
        seed: For the replay channel.
    """

    query: str
    limit: int
    earlier: Sequence[str] = ()
    space: str = ""
    conversation: RecordId | None = None
    leave_out: Iterable[RecordId] = ()
    answers: bool = True
    least: float = 0.0
    channels: Collection[str] = CHANNELS
    seed: int = 0


class Recollector:
    """Finds memories. Keeps the last question with its embeddings, because one turn asks the same more than once."""

    def __init__(self, indexed: IndexedStore) -> None:
        self._indexed = indexed
        self._asked: tuple[object, list[Query]] | None = None

    def let_go(self) -> None:
        """Forget the last question: its words may be among those that the user wants gone."""
        self._asked = None

    def search(self, query: str, *, limit: int, wanted: Filter, least: float) -> list[Found]:
        """See `Memory.search`."""
        if not query.strip():
            return [Found(record, 0.0) for record in records(self._indexed, wanted)[:limit]]
        allowed = self._allowed(wanted)
        queries = self._anchored(self._queries([query]), allowed & self._of_kind("episode"))
        found = self._ranked(queries, allowed, limit=limit)
        return [each for each in found if each.score >= least]

    def recollect(self, asked: Recall) -> Recollection:
        """See `Memory.recollect`."""
        if not asked.query.strip():
            return Recollection()
        layout, index = self._indexed.layout(), self._indexed.store.index
        around = self._allowed(Filter(states=_IN_USE, conversation=asked.conversation)) & self._within(asked.space)
        lending = around & self._of_kind("episode")
        queries = self._anchored(self._queries_of(asked.query, asked.earlier), lending)
        wanted = lending.copy()
        if not asked.answers:
            wanted &= ~layout.said_by("assistant")[: len(wanted)]
        held = {index.ids[row] for message in asked.leave_out if message in index for row in self._rows_of(message)}
        wanted[[index.row(part) for part in held]] = False
        none = np.zeros_like(around)
        facts = around & self._of_kind("fact") if "facts" in asked.channels else none
        stretches = around & self._of_kind("summary") if "stretches" in asked.channels else none
        episodes = self._ranked(queries, wanted, limit=max(4 * asked.limit, 50), around=lending)
        known = self._ranked(queries, facts, limit=3 * FACTS)
        summaries = self._ranked(queries, stretches, limit=3 * STRETCHES)
        return channelled(
            episodes,
            [f for f in known if not (isinstance(f.record, Fact) and held.issuperset(f.record.sources))],
            [f for f in summaries if isinstance(f.record, Summary) and f.record.level == 2 and f.record.conversation],
            index,
            limit=asked.limit,
            least=asked.least,
            channels=asked.channels,
            seed=asked.seed,
            turn=self._indexed.store.turn,
        )

    def links(self, record: Remembered, limit: int, *, faded: bool) -> list[Link]:
        """See `Memory.links`."""
        states = frozenset(State) if faded else _IN_USE
        allowed = self._allowed(Filter(kinds=frozenset({"episode", "fact"}), states=states))
        allowed &= self._within(space_of_record(self._indexed.store, record))
        return links(self._indexed.store, self._indexed.layout(), record, allowed, limit=limit)

    def said_later(self, episode: Episode, space: str, limit: int) -> list[Episode]:
        """See `Memory.said_later`."""
        store, layout = self._indexed.store, self._indexed.layout()
        wanted = self._allowed(Filter(states=_IN_USE, kinds=frozenset({"episode"}))) & self._within(space)
        rows = sequel(store.index, layout, store.index.row(episode.id), episode.text, wanted, limit=limit)
        found = (store.get(store.index.ids[row], vectors=False) for row in rows)
        return [record for record in found if isinstance(record, Episode)]

    # Questions

    def _queries_of(self, query: str, earlier: Sequence[str]) -> list[Query]:
        """The queries of a question: of each that it asks about, and of what was said before where it leans on that."""
        asked = one_by_one(query) or [query]
        before = earlier if leans_on_what_came_before(query) else ()
        return self._queries([*asked, *before], [1.0] * len(asked) + [0.5 ** (i + 1) for i in range(len(before))])

    def _queries(self, texts: Sequence[str], shares: Sequence[float] = (1.0,)) -> list[Query]:
        """The texts as queries with these shares, all embedded in one go."""
        index, roles = self._indexed.store.index, self._indexed.layout().roles
        state = (tuple(texts), tuple(shares), self._indexed.store.turn, len(index.ids), len(index), index.numbering)
        if self._asked is None or self._asked[0] != state:
            asked = [forms(text, [roles[role] for role in speakers_named(text, roles)]) for text in texts]
            vectors = iter(self._indexed.embedder().embed([form for each in asked for form in each]))
            present = now()
            queries = [
                understand(text, index, np.stack([next(vectors) for _ in each]), roles, present, share)
                for text, each, share in zip(texts, asked, shares, strict=True)
            ]
            self._asked = (state, queries)
        return self._asked[1]

    def _anchored(self, queries: Sequence[Query], allowed: Rows) -> list[Query]:
        """The queries with the times that they tell by an event, "the day before my exam", when it is among these rows.

        The event took place when the message that tells of it says, or else on the day on which it was said.
        """
        anchored = []
        for query in queries:
            told = (self._time(anchor, allowed) for anchor in anchors(query.text) if anchor.unit)
            anchored.append(replace(query, times=(*query.times, *(time for time in told if time is not None))))
        return anchored

    def _time(self, anchor: Anchor, allowed: Rows) -> Span | None:
        """The time that a question tells by an event; None when none of these rows tells of the event."""
        index, layout = self._indexed.store.index, self._indexed.layout()
        vectors = self._indexed.embedder().embed([anchor.event])
        event = understand(anchor.event, index, vectors, layout.roles, now())
        day: Span | None = None
        for found in self._found(rank(index, layout, [event], allowed, limit=_EVENTS)):
            record = found.record
            if found.score < _IS_EVENT or not isinstance(record, Episode):
                continue
            said = record.time.astimezone()
            if told := spans(record.text, said, prefer="future"):
                return resolve(anchor, told[0])
            midnight = said.replace(hour=0, minute=0, second=0, microsecond=0)
            day = day or Span(midnight, midnight + timedelta(days=1), anchor.event, _UNSURE)
        return resolve(anchor, day) if day else None

    # Rows

    def _allowed(self, wanted: Filter) -> Rows:
        """Which rows a filter lets through."""
        index, layout = self._indexed.store.index, self._indexed.layout()
        count = len(index.ids)
        allowed = index.alive[:count].copy()
        allowed &= layout.of_kinds(wanted.kinds)[:count]
        for state, marks in ((State.PINNED, layout.is_pinned), (State.FADED, layout.is_faded)):
            if state not in wanted.states:
                allowed &= ~marks[:count]
        if State.ACTIVE not in wanted.states:
            allowed &= (layout.is_pinned | layout.is_faded)[:count]
        if wanted.conversation is not None:
            allowed &= layout.conversation[:count] == layout.code(wanted.conversation)
        if wanted.since or wanted.until or wanted.used is not None or wanted.words or wanted.standing is not None:
            listed = np.zeros(count, bool)
            listed[[index.row(record.id) for record in records(self._indexed, wanted) if record.id in index]] = True
            allowed &= listed
        for hidden in self._indexed.hidden:
            if hidden in index:
                allowed[index.row(hidden)] = False
        return allowed

    def _of_kind(self, kind: str) -> Rows:
        return self._indexed.layout().of_kinds({kind})[: len(self._indexed.store.index.ids)]

    def _within(self, space: str) -> Rows:
        """The rows of a space, and those that are pinned: these are shared by all spaces."""
        layout = self._indexed.layout()
        return np.asarray((layout.in_space(space) | layout.is_pinned)[: len(self._indexed.store.index.ids)])

    def _rows_of(self, message: RecordId) -> list[int]:
        """The rows of a message's parts, by the id of the first."""
        store, layout = self._indexed.store, self._indexed.layout()
        rows = [store.index.row(message)]
        while (following := int(layout.following[rows[-1]])) >= 0:
            part = store.get(store.index.ids[following], vectors=False)
            if not isinstance(part, Episode) or part.message != message:
                break
            rows.append(following)
        return rows

    # What is found

    def _ranked(
        self, queries: Sequence[Query], allowed: Rows, *, limit: int, around: Rows | None = None
    ) -> list[Found]:
        """The best of the allowed rows; see `rank`."""
        index, layout = self._indexed.store.index, self._indexed.layout()
        return self._found(rank(index, layout, queries, allowed, limit=limit, around=around))

    def _found(self, ranking: Ranking) -> list[Found]:
        store = self._indexed.store
        found = (store.get(store.index.ids[row], vectors=False) for row in ranking.rows.tolist())
        return [
            Found(record, round(float(score), 4), self._asked_before(record))
            for record, score in zip(found, ranking.relevance, strict=True)
            if isinstance(record, Remembered)
        ]

    def _asked_before(self, record: Remembered) -> str:
        """The question that a message of few words replies to."""
        if not isinstance(record, Episode) or len(record.text) > _FEW_WORDS or record.part:
            return ""
        store, layout = self._indexed.store, self._indexed.layout()
        before = int(layout.previous[store.index.row(record.id)])
        if before < 0 or not layout.cues[before] & ASKS:
            return ""
        asked = store.get(store.index.ids[before], vectors=False)
        if not isinstance(asked, Episode) or asked.role == record.role or asked.id in self._indexed.hidden:
            return ""
        return sentences(asked.text)[-1].strip()
