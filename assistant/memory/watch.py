"""What is due of consolidation: what changed since it was last done. Kept in RAM, in step with the commits."""

from collections.abc import Collection, Sequence

from assistant.memory.compact.levels import STRETCH
from assistant.memory.compact.material import outdated_values
from assistant.memory.compact.summaries import Summaries
from assistant.memory.spaces import space_of
from assistant.store.records import Aside, Conversation, Episode, Fact, FadingRun, Record, RecordId, State, Summary
from assistant.store.store import Store


class Watch:
    """What changed since it was last consolidated, kept up with the commits.

    Attributes:
        summaries: All summaries, by what they sum up.
        run: The last run of semantic forgetting, or None.
        outdated_are_told: Facts changed, and summaries may still tell values that hold no longer.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.summaries = Summaries(store)
        self.run: FadingRun | None = next(iter(store.all(FadingRun)), None)
        self._reach: dict[RecordId, int] = {}
        self._grown: set[RecordId] = set()
        self._spaces: set[str] = set()
        self._without: set[tuple[RecordId, int]] = set()
        self._facts_changed = True
        self.outdated_are_told = False
        self._outdated: dict[RecordId, set[str]] = {}
        self._begun = False
        self._fresh: dict[RecordId, dict[RecordId, None]] = {}

    def note(self, records: Sequence[Record], removed: Collection[RecordId]) -> None:
        """Take notice of a commit, after it."""
        self.summaries.update(records)
        self.summaries.remove(removed)
        for record in records:
            if isinstance(record, Episode):
                self._reach[record.conversation] = max(self._reach.get(record.conversation, 0), record.position + 1)
                self._grown.add(record.conversation)
                if record.told and record.state is not State.FADED:
                    self._fresh.setdefault(record.conversation, {})[record.id] = None
            elif isinstance(record, Summary):
                if record.conversation:
                    self._spaces.add(space_of(self._store, record.conversation))
            elif isinstance(record, Aside):
                self._begun = False
            elif isinstance(record, FadingRun):
                self.run = record
            elif isinstance(record, Fact):
                self._facts_changed = True
            elif isinstance(record, Conversation):
                # It may have come from another space.
                self._spaces.update([record.space, *self.summaries.spaces()])
        if removed:
            self._begun = False
            self._facts_changed = True
            if self.run is not None and self.run.id in removed:
                self.run = None

    def begin(self) -> None:
        """Look through everything, the first time and after something was removed."""
        if self._begun:
            return
        self._begun = True
        self._reach.clear()
        self._without.clear()
        for episode in self._store.each(Episode):
            self._reach[episode.conversation] = max(self._reach.get(episode.conversation, 0), episode.position + 1)
        self._grown.update(self._reach)
        self._spaces.update(space_of(self._store, s.conversation) for s in self.summaries.all() if s.conversation)

    def due_stretches(self) -> list[tuple[RecordId, int]]:
        """Conversations and positions of the whole stretches that have no summary yet."""
        due: list[tuple[RecordId, int]] = []
        for conversation in self._grown:
            have = {s.first for s in self.summaries.stretches(conversation)}
            settled = have.union(first for of, first in self._without if of == conversation)
            whole = range(0, self._reach.get(conversation, 0) - STRETCH + 1, STRETCH)
            due.extend((conversation, first) for first in whole if first not in settled)
        return due

    def settle_stretch(self, conversation: RecordId, first: int) -> None:
        """Nothing in this stretch is worth a summary."""
        self._without.add((conversation, first))

    def settle_stretches(self) -> None:
        """All stretches have been seen to."""
        self._grown.clear()

    def fresh(self) -> list[tuple[RecordId, list[RecordId]]]:
        """For each conversation, the episodes of people that were stored or changed since it was last seen to."""
        return [(conversation, list(ids)) for conversation, ids in self._fresh.items()]

    def settle_fresh(self, conversation: RecordId) -> None:
        """The summaries of this conversation tell nothing that its new episodes supersede."""
        self._fresh.pop(conversation, None)

    def due_spaces(self) -> set[str]:
        """Spaces in which a summary changed since that of the user was made."""
        return set(self._spaces)

    def settle_space(self, space: str) -> None:
        """The summary of the user in this space is up to date."""
        self._spaces.discard(space)

    def outdated(self) -> dict[RecordId, set[str]]:
        """`Material.outdated`, as the facts are now."""
        if self._facts_changed:
            self._outdated = outdated_values(self._store)
            self._facts_changed, self.outdated_are_told = False, True
        return self._outdated
