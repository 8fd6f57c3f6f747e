"""All summaries of a store by what they sum up, and those of them that a turn may use. Kept in RAM; makes none."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.store.records import Record, RecordId, Summary
from assistant.store.store import Store


@dataclass(frozen=True)
class Compact:
    """The compact memory that a turn may use. What is being forgotten is left out.

    Attributes:
        running: Level 1: the running summary of the conversation.
        stretches: Level 2: one for each 100 turns of the conversation, oldest first.
        user: Of the user as a whole, in the conversation's space.
    """

    running: Summary | None = None
    stretches: tuple[Summary, ...] = ()
    user: Summary | None = None


class Summaries:
    """All summaries by what they sum up, kept up with the commits: no call walks over all records."""

    def __init__(self, store: Store) -> None:
        self._by_id: dict[RecordId, Summary] = {}
        self._of: dict[tuple[RecordId, str], dict[RecordId, Summary]] = {}
        self.update(store.all(Summary, vectors=False))

    def update(self, records: Iterable[Record]) -> None:
        """Take over new and changed summaries; other records do not matter."""
        for record in records:
            if isinstance(record, Summary):
                self.remove([record.id])
                self._by_id[record.id] = record
                self._of.setdefault(_scope(record), {})[record.id] = record

    def remove(self, ids: Iterable[RecordId]) -> None:
        """Let go of what was removed."""
        for i in ids:
            summary = self._by_id.pop(i, None)
            if summary is not None:
                members = self._of[_scope(summary)]
                del members[i]
                if not members:
                    del self._of[_scope(summary)]

    def all(self) -> Iterable[Summary]:
        """Every summary."""
        return self._by_id.values()

    def spaces(self) -> list[str]:
        """The spaces that have a summary of the user."""
        return [space for conversation, space in self._of if not conversation]

    def running(self, conversation: RecordId) -> Summary | None:
        """The running summary of a conversation."""
        return next((s for s in self._of.get((conversation, ""), {}).values() if s.level == 1), None)

    def stretches(self, conversation: RecordId) -> list[Summary]:
        """The summaries of level 2 of a conversation, oldest first."""
        found = [s for s in self._of.get((conversation, ""), {}).values() if s.level > 1]
        return sorted(found, key=lambda s: s.first)

    def around(self, conversation: RecordId, space: str) -> list[Summary]:
        """All summaries of a conversation, and that of the user in a space."""
        user = self.user(space)
        return [*self._of.get((conversation, ""), {}).values(), *([user] if user is not None else [])]

    def user(self, space: str) -> Summary | None:
        """The summary of the user as a whole in a space."""
        return next(iter(self._of.get(("", space), {}).values()), None)


def _scope(summary: Summary) -> tuple[RecordId, str]:
    return summary.conversation, "" if summary.conversation else summary.space
