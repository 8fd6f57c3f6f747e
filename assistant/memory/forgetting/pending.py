"""What waits to be purged: hidden from all reading, together with what would bring it back."""

from collections.abc import Iterator

from assistant.memory.forgetting.echoes import shadow
from assistant.store.records import PendingForget, RecordId
from assistant.store.store import Store


class PendingForgets:
    """What the user asked to forget and that is not purged yet, oldest first. True while there is any.

    Attributes:
        hidden: Ids of all records that nothing may show until the purge, or the undo.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[RecordId, PendingForget] = {}
        self._shadows: dict[RecordId, frozenset[RecordId]] = {}
        self.hidden: frozenset[RecordId] = frozenset()
        for pending in store.all(PendingForget):
            self.add(pending)

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._pending)

    def get(self, pending: RecordId) -> PendingForget | None:
        """The one with this id, or None when it was purged or undone."""
        return self._pending.get(pending)

    def add(self, pending: PendingForget) -> frozenset[RecordId]:
        """Hide what is to be forgotten. Returns the ids of all that is hidden by it."""
        self._pending[pending.id] = pending
        self._shadows[pending.id] = cast = shadow(self._store, pending.records)
        self.hidden |= cast
        return cast

    def drop(self, pending: RecordId) -> None:
        """It was purged, or is shown again."""
        del self._pending[pending], self._shadows[pending]
        self.hidden = frozenset[RecordId]().union(*self._shadows.values())

    def refresh(self) -> None:
        """Hide also what has come to draw on something that waits."""
        self._shadows = {each.id: shadow(self._store, each.records) for each in self._pending.values()}
        self.hidden = frozenset[RecordId]().union(*self._shadows.values())
