"""What waits to be purged: hidden from all reading, together with what would bring it back."""

from collections.abc import Iterator

from assistant.memory.forgetting.echoes import Shadow, shadow
from assistant.store.records import PendingForget, RecordId
from assistant.store.store import Store


class PendingForgets:
    """What the user asked to forget and that is not purged yet, oldest first. True while there is any."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[RecordId, PendingForget] = {pending.id: pending for pending in store.all(PendingForget)}
        self._shadows: dict[RecordId, Shadow] = {}
        self._hidden: frozenset[RecordId] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._pending)

    @property
    def hidden(self) -> frozenset[RecordId]:
        """Ids of all records that nothing may show until the purge, or the undo."""
        if self._hidden is None:
            self._hidden = frozenset[RecordId]().union(*(self.shadow(pending).hidden for pending in self._pending))
        return self._hidden

    def shadow(self, pending: RecordId) -> Shadow:
        """What is hidden by one of those that wait. Worked out once, and again after `refresh`."""
        known = self._shadows.get(pending)
        if known is None:
            known = self._shadows[pending] = shadow(self._store, self._pending[pending].records)
        return known

    def get(self, pending: RecordId) -> PendingForget | None:
        """The one with this id, or None when it was purged or undone."""
        return self._pending.get(pending)

    def add(self, pending: PendingForget) -> frozenset[RecordId]:
        """Hide what is to be forgotten. Returns the ids of all that is hidden by it."""
        self._pending[pending.id] = pending
        self._hidden = None
        return self.shadow(pending.id).hidden

    def drop(self, pending: RecordId) -> None:
        """It was purged, or is shown again."""
        del self._pending[pending]
        self._shadows.pop(pending, None)
        self._hidden = None

    def refresh(self) -> None:
        """Something was stored or removed that may draw on what waits: work out anew what is hidden, when asked."""
        self._shadows.clear()
        self._hidden = None
