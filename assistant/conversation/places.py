"""Where recalled memories stand in a chat: before the question that recalled them, for as long as the prompt holds that
question. So the model reads a memory once, and not in every turn that needs it again.

Knows no prompt. Holds memories in RAM, as the KV cache does, and is cleared with it.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence

from assistant.memory.views import Found
from assistant.store.records import Episode, RecordId

_RECENT = 8
"""A memory keeps its place when the dialogue moves on, if one of so many last questions wanted it."""

_WORTH_A_PLACE = 8
"""Fewer memories are read again when they are wanted: each one that stands in a dialogue distracts a small model."""


class Places:
    """The places in one chat at a time; another chat starts anew. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._chat: object = None
        self._first: RecordId = ""
        self._before: dict[RecordId, tuple[Found, ...]] = {}
        self._questions = 0
        self._wanted: dict[RecordId, int] = {}

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._clear(None)

    def _clear(self, chat: object) -> None:
        self._chat, self._first = chat, ""
        self._before.clear()
        self._wanted.clear()

    def standing(
        self, chat: object, messages: Sequence[RecordId], now: Callable[[Found], Found | None] = lambda found: found
    ) -> dict[RecordId, tuple[Found, ...]]:
        """What stands before each message.

        When the dialogue has moved on since the last time, it has to be read anew anyway: then what was not wanted
        lately loses its place.

        Args:
            chat: What must be the same for a place to count: the chat, and what it may recall.
            messages: Ids of the messages that a prompt holds, oldest first.
            now: A memory as it is now; None where it must not be recalled any more.
        """
        with self._lock:
            if chat != self._chat:
                self._clear(chat)
            first = messages[0] if messages else ""
            lately = self._questions - _RECENT if first != self._first else -1
            self._first = first
            for message, placed in list(self._before.items()):
                current = (now(f) for f in placed if self._wanted.get(f.record.id, 0) > lately)
                self._before[message] = tuple(found for found in current if found is not None)
            return {message: self._before[message] for message in messages if self._before.get(message)}

    def keep(
        self,
        chat: object,
        question: RecordId,
        new: Sequence[Found],
        standing: Mapping[RecordId, tuple[Found, ...]],
        wanted: Collection[RecordId],
    ) -> None:
        """After a question was answered: what its prompt held keeps its place.

        Args:
            chat: As for `standing`.
            question: Id of its message.
            new: What stood with the question. The model's own earlier answers find no place: it would take what it made
                up for what was told.
            standing: What stood before earlier messages.
            wanted: Ids of what was recalled for this question, at whatever place.
        """
        with self._lock:
            if chat != self._chat:
                self._clear(chat)
            self._questions += 1
            told = tuple(f for f in new if not (isinstance(f.record, Episode) and f.record.role == "assistant"))
            self._before = {**standing, question: told} if len(told) >= _WORTH_A_PLACE else dict(standing)
            self._wanted |= dict.fromkeys(wanted, self._questions)
            kept = {found.record.id for placed in self._before.values() for found in placed}
            self._wanted = {record: last for record, last in self._wanted.items() if record in kept}
