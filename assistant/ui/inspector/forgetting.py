"""Forgetting with ten seconds for undo: hide at once, show a toast, then purge for good and hand out the receipt.

Used by the inspector and by every other screen that forgets something (a message, a chat), so that undo is the same
everywhere. The memory does the work; this only keeps the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from assistant.errors import HippoError
from assistant.memory.views import Filter
from assistant.store.records import PendingForget
from assistant.ui.inspector.words import memories
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.toast import Toast, Toaster

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.memory.memory import Memory

UNDO_SECONDS = 10.0


@dataclass
class _Ticket:
    """One forgetting between its begin and its end. `pending` is set on the store lane, read there too.

    `last` is done instead of purging alone: to forget everything, keys included.
    """

    ids: frozenset[str]
    memory: Memory
    pending: PendingForget | None = None
    toast: Toast | None = None
    over: bool = False
    last: Callable[[], object] | None = None


class Forgetting(QObject):
    """Keeps the forgettings whose time for undo is running.

    Signals:
        hidden: Ids that were hidden just now (frozenset).
        undone: Something came back.
        finished: A `Receipt`, or what `last` returned: something is gone for good.
        failed: A `HippoError`.
    """

    hidden = Signal(object)
    undone = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, toaster: Toaster, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._toaster = toaster
        self._open: list[_Ticket] = []

    @property
    def pending(self) -> bool:
        """Whether something is hidden and not yet purged."""
        return bool(self._open)

    def forget(
        self,
        ids: Sequence[str],
        what: str,
        *,
        note: str = "",
        last: Callable[[], object] | None = None,
        seconds: float = UNDO_SECONDS,
    ) -> None:
        """Forget these records, with undo.

        Args:
            ids: Of memories or conversations.
            what: What they are, for the toast, such as "3 memories"; no content.
            note: What else the toast says.
            last: Done on the store lane when the time for undo is over, in place of the purge, which it includes.
            seconds: The time for undo.
        """
        if not ids:
            return
        try:
            ticket = _Ticket(frozenset(ids), self._session.memory, last=last)
        except HippoError as error:
            self.failed.emit(error)
            return
        self._open.append(ticket)

        def begin() -> tuple[int, int]:
            before = _listed(ticket.memory)
            ticket.pending = ticket.memory.begin_forget(list(ids))
            gone = before.keys() - _listed(ticket.memory).keys()
            named = sum(i in ticket.ids or before[i] in ticket.ids for i in gone)
            return named, len(gone) - named

        def begun(counted: tuple[int, int]) -> None:
            self.hidden.emit(ticket.ids)
            if not ticket.over:
                ticket.toast = self._toaster.show(
                    f"{self._told(what, *counted)}{note and '. '}{note}",
                    action=self.tr("Undo"),
                    shortcut="Ctrl+Z",
                    seconds=seconds,
                    acted=lambda: self._undo(ticket),
                    expired=lambda: None if ticket.over else self._finish(ticket),
                )

        def not_begun(error: HippoError) -> None:
            ticket.over = True
            self._drop(ticket)
            self.failed.emit(error)

        self._tasks.run(begin, done=begun, failed=not_begun, owner=self)

    def finish_pending(self, then: Callable[[], None] | None = None) -> None:
        """Purge now what is hidden: after this there is no undo. For locking and closing.

        The purge is queued on the store lane; what is queued there afterwards (`session.lock`) comes after it.

        Args:
            then: Called on the UI thread when all is purged, at once if there was nothing.
        """
        for ticket in list(self._open):
            if not ticket.over:
                self._finish(ticket)
        if then is not None:
            self._tasks.run(lambda: None, done=lambda _: then(), owner=self)

    def _told(self, what: str, named: int, more: int) -> str:
        """What the toast says: what was asked for, and how much goes with it."""
        if not more:
            return self.tr("{what} forgotten").format(what=what)
        counted = memories(named) == what
        others = QLocale().toString(more) if counted else memories(more)
        words = self.tr("{what} and {more} that drew on it forgotten")
        if counted and named > 1:
            words = self.tr("{what} and {more} that drew on them forgotten")
        return words.format(what=what, more=others)

    def _undo(self, ticket: _Ticket) -> None:
        ticket.over = True

        def undo() -> None:
            if ticket.pending is not None:
                ticket.memory.undo_forget(ticket.pending.id)

        self._tasks.run(
            undo,
            done=lambda _: self._end(ticket, self.undone.emit),
            failed=lambda error: self._end(ticket, lambda: self.failed.emit(error)),
            owner=self,
        )

    def _finish(self, ticket: _Ticket) -> None:
        ticket.over = True
        toast, ticket.toast = ticket.toast, None
        if toast is not None:
            toast.expire()

        def finish() -> object:
            if ticket.pending is None:
                return None
            return ticket.last() if ticket.last is not None else ticket.memory.finish_forget(ticket.pending.id)

        def finished(receipt: object) -> None:
            self._drop(ticket)
            if receipt is not None:
                self.finished.emit(receipt)

        self._tasks.run(
            finish,
            done=finished,
            failed=lambda error: self._end(ticket, lambda: self.failed.emit(error)),
            owner=self,
        )

    def _end(self, ticket: _Ticket, tell: Callable[[], None]) -> None:
        self._drop(ticket)
        tell()

    def _drop(self, ticket: _Ticket) -> None:
        if ticket in self._open:
            self._open.remove(ticket)


def _listed(memory: Memory) -> dict[str, str]:
    """Ids of all that is remembered and not hidden, and the conversation of each."""
    return {record.id: record.conversation for record in memory.records(Filter())}
