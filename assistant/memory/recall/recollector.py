"""Recall: from a question to the memories that may help to answer it, and from a memory to those that belong to it.

Says which rows may be found and asks `rank` for the best of them; what is found becomes records here.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from assistant.memory.clock import now
from assistant.memory.compact.levels import space_of
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
from assistant.memory.text import sentences
from assistant.memory.views import Filter, Found
from assistant.store.records import Episode, Fact, RecordId, Remembered, State, Summary

_IN_USE = frozenset({State.ACTIVE, State.PINNED})

_FEW_WORDS = 60
"""Characters up to which a message may be a reply that says nothing without its question."""

Rows = npt.NDArray[np.bool_]
"""A choice of rows of the search index: bool (rows,)."""


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
        found = self._ranked(self._queries([query]), allowed, limit=limit)
        return [each for each in found if each.score >= least]

    def recollect(
        self,
        query: str,
        *,
        limit: int,
        earlier: Sequence[str] = (),
        space: str = "",
        conversation: RecordId | None = None,
        leave_out: Iterable[RecordId] = (),
        answers: bool = True,
        least: float = 0.0,
        channels: Collection[str] = CHANNELS,
        seed: int = 0,
    ) -> Recollection:
        """See `Memory.recollect`."""
        if not query.strip():
            return Recollection()
        layout, index = self._indexed.layout(), self._indexed.store.index
        around = self._allowed(Filter(states=_IN_USE, conversation=conversation)) & self._within(space)
        queries = self._queries_of(query, earlier)
        wanted = around & self._of_kind("episode")
        if not answers:
            wanted &= ~layout.said_by("assistant")[: len(wanted)]
        held = {index.ids[row] for message in leave_out if message in index for row in self._rows_of(message)}
        lending = around & self._of_kind("episode")
        wanted[[index.row(part) for part in held]] = False
        none = np.zeros_like(around)
        facts = around & self._of_kind("fact") if "facts" in channels else none
        stretches = around & self._of_kind("summary") if "stretches" in channels else none
        episodes = self._ranked(queries, wanted, limit=max(4 * limit, 50), around=lending)
        known = self._ranked(queries, facts, limit=3 * FACTS)
        summaries = self._ranked(queries, stretches, limit=3 * STRETCHES)
        return channelled(
            episodes,
            [f for f in known if not (isinstance(f.record, Fact) and held.issuperset(f.record.sources))],
            [f for f in summaries if isinstance(f.record, Summary) and f.record.level == 2 and f.record.conversation],
            index,
            limit=limit,
            least=least,
            channels=channels,
            seed=seed,
            turn=self._indexed.store.turn,
        )

    def links(self, record: Remembered, limit: int, *, faded: bool) -> list[Link]:
        """See `Memory.links`."""
        states = frozenset(State) if faded else _IN_USE
        allowed = self._allowed(Filter(kinds=frozenset({"episode", "fact"}), states=states))
        by_summary = record.space if isinstance(record, Summary) else ""
        allowed &= self._within(space_of(self._indexed.store, record.conversation) or by_summary)
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
