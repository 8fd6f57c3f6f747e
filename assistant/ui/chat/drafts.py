"""What is typed and not sent yet, for each chat: held in RAM while Hippo is unlocked, and kept sealed beside the chat.

Keys are gathered: a draft is written when the user pauses, now and then while they do not, and when the chat is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from assistant.conversation.session import Session

PAUSE_MS = 1_200
"""So long after the last key a draft is written."""

AT_LAST_MS = 8_000
"""So long after the first key it is written at the latest."""


@dataclass(frozen=True)
class Written:
    """What is typed in a chat.

    Attributes:
        text: As a new message.
        instead_of: Id of the message that is being edited, or "".
        edit: The other words for that message.
    """

    text: str = ""
    instead_of: str = ""
    edit: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.edit.strip())

    def unsent(self, question: str, instead_of: str = "") -> Written:
        """With a question that was sent and is not kept yet, so that it is not lost when Hippo is killed."""
        if instead_of:
            return Written(self.text, instead_of, question)
        return replace(self, text=f"{question}\n{self.text}" if self.text.strip() else question)

    def sent(self, question: str, instead_of: str = "") -> Written:
        """What is left when that question is kept, or is shown elsewhere."""
        if instead_of:
            return Written(self.text) if self.instead_of == instead_of else self
        if self.text == question or self.text.startswith(f"{question}\n"):
            return replace(self, text=self.text[len(question) + 1 :])
        return self


class Drafts(QObject):
    """The drafts of all chats; that of the next new one is that of ""."""

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._known: dict[str, Written] = {}
        self._unwritten: set[str] = set()
        self._pause, self._at_last = self._timer(PAUSE_MS), self._timer(AT_LAST_MS)

    def known(self, conversation: str) -> Written | None:
        """What is typed in a chat, as far as that is known without asking the store."""
        return self._known.get(conversation)

    def note(self, conversation: str, written: Written, *, sealed: bool = True) -> None:
        """Hold what is typed; write it before long where it may be kept."""
        if self._known.get(conversation, Written()) == written:
            return
        self._known[conversation] = written
        if not sealed:
            self._unwritten.discard(conversation)
            return
        self._unwritten.add(conversation)
        self._pause.start()
        if not self._at_last.isActive():
            self._at_last.start()

    def write(self) -> None:
        """Write now what is not written yet."""
        self._pause.stop()
        self._at_last.stop()
        session = self._session
        waiting, self._unwritten = self._unwritten, set()
        if not waiting or session.stage != "open":
            return
        drafts = {conversation: self._known.get(conversation, Written()) for conversation in waiting}

        def keep() -> None:
            if session.stage == "open":
                for conversation, draft in drafts.items():
                    session.memory.keep_draft(conversation, draft.text, instead_of=draft.instead_of, edit=draft.edit)

        # What cannot be written is in the window still, and is tried again with the next key.
        self._tasks.run(keep, failed=lambda _error: None, owner=self)

    def ask(self, conversation: str, found: Callable[[Written], None]) -> None:
        """Look up what is typed in a chat: at once where that is known, else in the store."""
        known, session = self._known.get(conversation), self._session
        if known is not None:
            found(known)
            return
        if session.stage != "open":
            return

        def look() -> Written:
            draft = session.memory.draft_of(conversation) if session.stage == "open" else None
            return Written(draft.text, draft.instead_of, draft.edit) if draft is not None else Written()

        def take(written: Written) -> None:
            if session.stage == "open":
                found(self._known.setdefault(conversation, written))

        self._tasks.run(look, done=take, failed=lambda _error: None, owner=self)

    def renew(self) -> None:
        """Something was forgotten: other words for a message go with it."""
        session = self._session
        edits = {chat: written for chat, written in self._known.items() if written.instead_of}
        if not edits or session.stage != "open":
            return

        def look() -> list[str]:
            if session.stage != "open":
                return []
            return [chat for chat, written in edits.items() if not session.memory.knows(written.instead_of)]

        def drop(chats: list[str]) -> None:
            for chat in chats:
                if self._known.get(chat) == edits[chat]:
                    self.note(chat, Written(edits[chat].text))

        self._tasks.run(look, done=drop, failed=lambda _error: None, owner=self)

    def clear(self) -> None:
        """Let go of all words: at the lock. What is not written yet is lost."""
        self._pause.stop()
        self._at_last.stop()
        self._known.clear()
        self._unwritten.clear()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.write)
        return timer
