"""What the composer holds: a new message, or other words for one that was sent; kept as the draft of its chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.ui.chat.composer import Composer
from assistant.ui.chat.drafts import Drafts, Written
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.shown import Shown
from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from assistant.conversation.engine import Prepared
    from assistant.conversation.session import Session


class Writing(QObject):
    """Joins the composer with the chat that is shown.

    Attributes:
        drafts: Of all chats.
        editing: Id of the message that is being worded anew, or "".
        aside: What was typed as a new message before that.
    """

    def __init__(self, shown: Shown, session: Session, tasks: Tasks, composer: Composer, parent: QObject) -> None:
        super().__init__(parent)
        self._shown = shown
        self._session = session
        self._composer = composer
        self.drafts = Drafts(session, tasks, self)
        self.editing = self.aside = ""
        self._filling = False
        composer.typed.connect(self._typed)
        composer.edit_ended.connect(self.leave_edit)
        composer.recall_wanted.connect(self.edit_last)

    def fill(self, text: str) -> None:
        """Put a new message into the composer, without taking that for something typed."""
        self._filling = True
        self.editing = self.aside = ""
        self._composer.show_editing(False)
        if text:
            self._composer.set_text(text)
        else:
            self._composer.clear()
        self._filling = False

    def _typed(self) -> None:
        if not self._filling:
            self.note()

    # Drafts

    def note(self) -> None:
        """Hold what is typed in this chat. Of a temporary one, nothing is; where nothing is kept, in RAM only."""
        shown = self._shown
        if shown.temporary or shown.opening:
            return
        typed = self._composer.text()
        written = Written(self.aside, self.editing, typed) if self.editing else Written(typed)
        if shown.live and shown.turn.question and not shown.turn.again:
            written = written.unsent(shown.turn.question, shown.turn.instead_of)
        self.drafts.note(shown.draft_key, written, sealed=shown.memory_state is MemoryState.ON)

    def sent(self, prepared: Prepared) -> None:
        """What was asked is kept now: only what was typed since is a draft."""
        before, chat = prepared.chat, self._shown.chat
        is_shown = chat is not None and chat.conversation == before.conversation
        if before.temporary or prepared.regenerate:
            return
        key = before.conversation.id if before.messages else ""
        left = (self.drafts.known(key) or Written()).sent(prepared.question, prepared.instead_of)
        sealed = self._session.stage == "open" and before.remembers
        if is_shown and not key:
            self.drafts.note("", Written(), sealed=sealed)
            self.drafts.note(before.conversation.id, left, sealed=sealed)
        else:
            self.drafts.note(key, left, sealed=sealed)

    def bring_back(self) -> None:
        """Put back into the composer what was typed here."""
        shown = self._shown
        key = shown.draft_key
        if shown.temporary:
            return

        def found(written: Written) -> None:
            if key != shown.draft_key or shown.temporary or shown.opening or self._composer.text().strip():
                return
            if shown.live:
                written = written.sent(shown.turn.question, shown.turn.instead_of)
            self.fill(written.text)
            if written.edit and shown.find(written.instead_of) is not None:
                self.edit_message(written.instead_of, written.edit)
            elif written.edit:  # the message is gone; the words are not
                self.fill("\n".join(words for words in (written.text, written.edit) if words))

        self.drafts.ask(key, found)

    def put_aside(self) -> None:
        """The chat is left: its draft is written."""
        shown = self._shown
        if shown.turn.under_way and shown.live and not shown.draft_key:
            self.drafts.note("", Written(self._composer.text()))  # goes on to the next new chat
        else:
            self.note()

    # Words for a message that was sent

    def edit_message(self, message: str, text: str = "") -> None:
        """Let the user word a message anew; `text` stands there instead of its own words."""
        sent = self._shown.find(message)
        if sent is None or sent.role != "user" or not self._shown.can_edit:
            return
        aside = self.aside if self.editing else self._composer.text()
        self.fill(text or sent.text)
        self.editing, self.aside = message, aside
        self._composer.show_editing(True)
        self.note()
        self._composer.setFocus()

    def edit_last(self) -> None:
        """Let the user word their last message anew."""
        last = next((message for message in reversed(self._shown.messages) if message.role == "user"), None)
        if last is not None:
            self.edit_message(last.id)

    def leave_edit(self) -> None:
        """Leave the message as it is; what was typed before is in the composer again."""
        if self.editing:
            self.fill(self.aside)
            self.note()
            self._composer.setFocus()
