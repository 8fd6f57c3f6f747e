"""What the chat view shows, and what can be done with it now. Draws nothing and changes nothing in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.turn import Phase, Turn

if TYPE_CHECKING:
    from assistant.conversation.chat import Chat, Message
    from assistant.conversation.session import Session


class Shown:
    """The chat that is shown, with the turn under way where that is its own.

    Attributes:
        turn: The turn under way, in this chat or another.
        chat: None for a new chat that nothing was said in yet.
        temporary: The chat is, or will be, a temporary one.
        opening: Id of the chat that is being read, or "".
        space: Where new chats begin.
        ready: Messages can be sent.
        switching: Another version is being fetched.
    """

    def __init__(self, session: Session, turn: Turn) -> None:
        self._session = session
        self.turn = turn
        self.chat: Chat | None = None
        self.temporary = False
        self.opening = ""
        self.space = ""
        self.ready = False
        self.switching = False
        self._counted: Chat | None = None
        self._in_ram = 0

    # The chat

    @property
    def _unkept(self) -> int:
        """How many messages are in RAM only: counted once for a chat, as each row asks."""
        if self._counted is not self.chat:
            self._counted, self._in_ram = self.chat, len(self.chat.unkept) if self.chat is not None else 0
        return self._in_ram

    @property
    def conversation(self) -> str:
        """Id of the stored conversation, or ""."""
        if self.opening:
            return self.opening
        if self.chat is None or self.chat.temporary or self._unkept == len(self.chat.messages):
            return ""
        return self.chat.conversation.id

    @property
    def messages(self) -> tuple[Message, ...]:
        """What was said."""
        return self.chat.messages if self.chat is not None else ()

    def find(self, message: str) -> Message | None:
        """The message with this id, or None."""
        return next((each for each in self.messages if each.id == message), None)

    def is_chat(self, conversation: str) -> bool:
        """Whether it is this conversation."""
        return self.chat is not None and self.chat.conversation.id == conversation

    @property
    def draft_key(self) -> str:
        """What its draft is kept under."""
        return self.chat.conversation.id if self.chat is not None and self.chat.messages else ""

    # The turn

    @property
    def live(self) -> bool:
        """Whether the turn, under way or waiting for the user, belongs to this chat."""
        return (
            self.turn.phase is not Phase.NONE
            and self.chat is not None
            and self.turn.chat is not None
            and self.turn.chat.conversation.id == self.chat.conversation.id
        )

    @property
    def unanswered(self) -> bool:
        """Whether this is a chat of which nothing is stored, because its first message failed."""
        return self.live and not self.messages and not self.temporary

    @property
    def stored_rows(self) -> int:
        """How many messages are shown as they are stored: not the answer that is being written anew."""
        messages = self.messages
        if not self.live:
            return len(messages)
        if self.turn.instead_of:
            return next((at for at, m in enumerate(messages) if m.id == self.turn.instead_of), len(messages))
        return len(messages) - (1 if self.turn.again else 0)

    @property
    def row_count(self) -> int:
        """How many rows there are, with those of the turn."""
        if not self.live:
            return len(self.messages)
        return self.stored_rows + (1 if self.turn.again else 2)

    # What can be done

    @property
    def memory_state(self) -> MemoryState:
        """What becomes of what is said here."""
        if self.temporary:
            return MemoryState.TEMPORARY
        if self._session.settings.memory.paused:
            return MemoryState.PAUSED
        off = self.chat is not None and not self.chat.conversation.memory
        return MemoryState.OFF if off else MemoryState.ON

    @property
    def can_remember(self) -> bool:
        """Whether memory can be turned on or off here: in a stored chat, or before anything is said."""
        idle = self._session.stage == "open" and not self.turn.under_way and not self.opening
        return idle and bool(self.conversation or (self.chat is None and not self.live))

    @property
    def can_be_kept(self) -> bool:
        """Whether there is something here that is in RAM only and could be kept."""
        idle = self._session.stage == "open" and not self.turn.under_way
        return idle and self.chat is not None and bool(self.chat.unkept)

    @property
    def can_attach(self) -> bool:
        """Whether files can be attached: they become memories of this chat."""
        return self.memory_state is MemoryState.ON and self._session.stage == "open"

    @property
    def can_switch(self) -> bool:
        """Whether another version of a message can be shown."""
        idle = not self.turn.under_way and not self.live and not self.switching
        return idle and self._session.stage == "open" and bool(self.conversation) and not self.opening

    @property
    def can_edit(self) -> bool:
        """Whether messages can be worded anew: the old words stay within reach, so all must have been kept."""
        kept = self.chat is not None and not self._unkept and self.memory_state is MemoryState.ON
        return kept and self.ready and self.can_switch
