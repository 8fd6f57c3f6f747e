"""The store together with what memory works out from it and keeps in RAM, so that no question walks over all records.

Every change goes through `commit` or `purge` here: so the indexes never fall behind the store. Decides nothing.
"""

from collections.abc import Callable, Sequence

from assistant.memory.embedding import with_embeddings
from assistant.memory.facts.threads import Threads
from assistant.memory.forgetting.pending import PendingForgets
from assistant.memory.recall.layout import Layout
from assistant.memory.salience.fading import extra_ages, forecast, next_run, weigh
from assistant.memory.salience.usage import Tally
from assistant.memory.salience.weight import Salience
from assistant.memory.watch import Watch
from assistant.models.embedder import Embedder
from assistant.store.fragments import Row
from assistant.store.records import Aside, Conversation, Episode, Fact, Record, RecordId, Summary, Usage
from assistant.store.store import PurgeReport, Store

_TELLING = Episode | Aside | Summary | Fact | Conversation | Usage
"""What tells which records draw on which: see `PendingForgets`."""

_TURN_EPISODES = 2
"""A commit of more episodes than a turn's may hold an import, whose members are older than their turn."""


class IndexedStore:
    """The sealed records and the indexes over them.

    Attributes:
        store: The records. Changed only by way of this object.
        embedder: Gives the embedder; loads it the first time.
        pending: What waits to be purged.
        watch: All summaries, and what is due of consolidation.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder]) -> None:
        self.store = store
        self.embedder = embedder
        self.pending = PendingForgets(store)
        self._threads: Threads | None = None
        self.watch = Watch(store)
        self._layout = Layout(store)
        self._tally: Tally | None = None
        self._extra_ages: dict[RecordId, int] | None = None
        self._foretold: tuple[Salience, dict[RecordId, int]] | None = None

    @property
    def threads(self) -> Threads:
        """Which facts belong together. Worked out when first asked for: nobody needs it to search."""
        if self._threads is None:
            self._threads = Threads(self.store)
        return self._threads

    @property
    def hidden(self) -> frozenset[RecordId]:
        """Ids of what waits to be purged and of what draws on it: nothing may show them."""
        return self.pending.hidden

    def layout(self) -> Layout:
        """Where each row of the search index stands. Good until the next change."""
        self._layout.refresh()
        return self._layout

    def tally(self) -> Tally:
        """How each record was used."""
        if self._tally is None:
            self._tally = Tally(self.store.each(Usage))
        return self._tally

    def usages_of(self, conversation: RecordId) -> list[Usage]:
        """What the answers of a conversation used, in order."""
        ids = self.tally().of_conversation.get(conversation, ())
        return [usage for i in ids if isinstance(usage := self.store.get(i, vectors=False), Usage)]

    def extra_ages(self) -> dict[RecordId, int]:
        """How many turns imported episodes are older than their storing; see `salience.fading.extra_ages`."""
        if self._extra_ages is None:
            self._extra_ages = extra_ages(self.store.each(Episode))
        return self._extra_ages

    def foretold(self, salience: Salience) -> dict[RecordId, int]:
        """The turn in which each episode fades, as far as that can be foretold, the soonest first."""
        if self._foretold is None or self._foretold[0] != salience:
            run = self.watch.run
            first = next_run(self.store.turn, run.turn if run is not None else 0)
            weighed = weigh(self.store, self.tally(), salience, self.extra_ages())
            self._foretold = salience, dict(forecast(weighed, salience, first))
        return self._foretold[1]

    def count_tokens(self, text: str) -> int:
        """Tokens of a text as the embedder counts them."""
        return self.embedder().count_tokens(text)

    def commit(
        self,
        records: Sequence[Record] = (),
        *,
        remove: Sequence[RecordId] = (),
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Store records and remove others in one go. Summaries and facts with new words are embedded first.

        Args:
            records: New ones, or replacements for those with the same ids.
            remove: Ids of those that go.
            cancelled: Asked now and then, while embeddings are made, whether to stop.

        Raises:
            CancelledError: `cancelled` answered true; nothing was changed.
            StoreFullError, StoreError: Nothing was changed.
        """
        if not records and not remove:
            return
        store = self.store
        records = with_embeddings(store, records, self.embedder, cancelled=cancelled)
        lost = [was for i in (*(r.id for r in records), *remove) if (was := store.get(i, vectors=False)) is not None]
        spaces = {chat.id: chat.space for chat in lost if isinstance(chat, Conversation)}
        store.commit(records, remove=remove)
        self._foretold = None
        self.watch.note(records, remove)
        self._layout.note(records, anew=any(isinstance(was, Episode | Aside) for was in lost))
        for record in records:
            if isinstance(record, Fact):
                if self._threads is not None:
                    self._threads.put(record)
            elif isinstance(record, Conversation) and spaces.get(record.id, record.space) != record.space:
                self._move_facts(record.id)
        self._drop_from_threads(remove)
        self._note_use(records, lost)
        if any(isinstance(record, _TELLING) for record in (*records, *lost)):
            self.pending.refresh()

    def absorb(self, rows: Sequence[Row]) -> None:
        """Store rows that were sealed on another device. The indexes are built anew: any kind of record may come.

        Raises:
            StoreFullError, StoreError: Nothing was changed.
        """
        self.store.absorb(rows)
        self.pending = PendingForgets(self.store)
        self._threads = None
        self.watch = Watch(self.store)
        self._layout.note((), anew=True)
        self._tally = self._extra_ages = None

    def _move_facts(self, conversation: RecordId) -> None:
        """A conversation came to another space, and its facts with it."""
        if self._threads is None:
            return
        for fact in self.store.all(Fact, vectors=False):
            if fact.conversation == conversation:
                self._threads.put(fact)

    def _drop_from_threads(self, ids: Sequence[RecordId]) -> None:
        if self._threads is not None:
            for i in ids:
                self._threads.drop(i)

    def _note_use(self, records: Sequence[Record], lost: Sequence[Record]) -> None:
        if any(isinstance(was, Usage) for was in lost):
            self._tally = None
        elif self._tally is not None:
            for record in records:
                if isinstance(record, Usage):
                    self._tally.add(record)
        imported = sum(isinstance(record, Episode) for record in records) > _TURN_EPISODES
        if imported or any(isinstance(was, Episode | Aside) for was in lost):
            self._extra_ages = None

    def purge(self, ids: Sequence[RecordId]) -> PurgeReport:
        """Remove records so that their bytes are gone from the disk too.

        Raises:
            StoreFullError, StoreError: The records may be removed all the same; their bytes may be left.
        """
        try:
            return self.store.purge(ids)
        finally:
            gone = [i for i in ids if i not in self.store]
            self._layout.note((), anew=True)
            self.watch.note((), gone)
            self._drop_from_threads(gone)
            self.pending.refresh()
            self._tally = self._extra_ages = self._foretold = None
