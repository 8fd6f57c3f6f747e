"""Going over to another version of a message or an answer: another branch of the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assistant.ui.chat.message_row import MessageRow
from assistant.ui.chat.rows import ChatRows
from assistant.ui.chat.shown import Shown
from assistant.ui.chat.writing import Writing
from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.chat import Chat
    from assistant.conversation.session import Session
    from assistant.errors import HippoError


class Versions(QObject):
    """The versions.

    Signals:
        changed: Another version is being fetched, or has been.
        gone_over: Another version is in sight.
        switched: The chat has another version now, in sight or not.
    """

    changed = Signal()
    gone_over = Signal()
    switched = Signal()

    def __init__(
        self,
        shown: Shown,
        rows: ChatRows,
        writing: Writing,
        session: Session,
        tasks: Tasks,
        view: QWidget,
        *,
        read: Callable[[Session, str], Chat],
    ) -> None:
        """`read` reads a stored chat; it runs on the store lane."""
        super().__init__(view)
        self._shown = shown
        self._rows = rows
        self._writing = writing
        self._session = session
        self._tasks = tasks
        self._view = view
        self._read = read

    def step(self, by: int) -> None:
        """Show the version before or after: of the message that has the keyboard, else of the last that has some."""
        rows = self._rows.list.built()
        focused = [at for at, row in rows.items() if row.isAncestorOf(self._focus())]
        messages = self._shown.messages
        have = [at for at, message in enumerate(messages) if message.versions > 1]
        at = next((at for at in focused if at in have), have[-1] if have else -1)
        if at >= 0 and 0 <= messages[at].version + by < messages[at].versions:
            self.show(messages[at].id, messages[at].version + by)

    def possible(self) -> bool:
        """Whether there is another version of something that is shown."""
        return self._shown.can_switch and any(message.versions > 1 for message in self._shown.messages)

    def show(self, message: str, version: int) -> None:
        """Show this version, from 0, of a message, with all that followed it."""
        shown, session, read = self._shown, self._session, self._read
        conversation = shown.conversation
        if not shown.can_switch:
            return
        at = next((at for at, each in enumerate(shown.messages) if each.id == message), -1)
        row = self._rows.list.built().get(at)
        forwards = at >= 0 and version > shown.messages[at].version
        held = isinstance(row, MessageRow) and row.versions is not None and row.versions.isAncestorOf(self._focus())
        self._writing.leave_edit()
        shown.switching = True
        self.changed.emit()

        def switch() -> Chat:
            session.memory.show_version(conversation, message, version)
            return read(session, conversation)

        def fetched(chat: Chat) -> None:
            shown.switching = False
            if shown.conversation == conversation and not shown.opening:
                self._go_over(chat, at, focus=held, forwards=forwards)
                self.gone_over.emit()
            self.changed.emit()
            self.switched.emit()

        def failed(error: HippoError) -> None:
            shown.switching = False
            self.changed.emit()
            self._tasks.trouble.emit(error)

        self._tasks.run(switch, done=fetched, failed=failed, owner=self)

    def _go_over(self, chat: Chat, at: int, *, focus: bool, forwards: bool) -> None:
        """Show the other version from row `at` on; what the user looks at stays where it is."""
        rows = self._rows.list
        row = rows.built().get(at)
        top = row.y() if row is not None else 0
        self._shown.chat = chat
        rows.keep(-1)
        rows.set_count(at)
        rows.set_count(self._shown.row_count)
        rows.set_position((at, -top))
        row = rows.built().get(at)
        if focus and isinstance(row, MessageRow) and row.versions is not None:
            row.versions.take_focus(forwards=forwards)

    def _focus(self) -> QWidget:
        return self._view.window().focusWidget() or self._view
