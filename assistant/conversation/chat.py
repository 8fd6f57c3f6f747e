"""A chat as it is shown and continued: its conversation and its messages. Read from memory, never stored itself."""

from dataclasses import dataclass, replace
from datetime import datetime

from assistant.memory.memory import Memory
from assistant.store.records import Conversation, RecordId, State, Usage


@dataclass(frozen=True)
class Message:
    """One message, its parts joined.

    Attributes:
        usage: What an answer used, where that was recorded.
        faded: It is out of recall, and out of prompts.
        unkept: It is in RAM only: it was said while nothing was to be kept.
    """

    id: RecordId
    role: str
    text: str
    time: datetime
    usage: Usage | None = None
    faded: bool = False
    unkept: bool = False


@dataclass(frozen=True)
class Chat:
    """A conversation with its messages, oldest first.

    Attributes:
        temporary: Nothing of it is read from memory or written to it.
    """

    conversation: Conversation
    messages: tuple[Message, ...] = ()
    temporary: bool = False

    @property
    def remembers(self) -> bool:
        """Whether this chat reads and writes memory."""
        return not self.temporary and self.conversation.memory

    @property
    def unkept(self) -> tuple[Message, ...]:
        """The messages that would be gone if the chat were left now."""
        return tuple(message for message in self.messages if message.unkept)


def read_chat(memory: Memory, conversation: Conversation) -> Chat:
    """The chat of a stored conversation."""
    usages = {usage.answer: usage for usage in memory.usages_of(conversation.id)}
    messages: list[Message] = []
    for episode in memory.episodes_of(conversation.id):
        if messages and messages[-1].id == episode.message:
            messages[-1] = _lengthened(messages[-1], episode.text)
        else:
            usage = usages.get(episode.message)
            faded = episode.state is State.FADED
            messages.append(Message(episode.message, episode.role, episode.text, episode.time, usage, faded))
    return Chat(conversation, tuple(messages))


def _lengthened(message: Message, text: str) -> Message:
    return replace(message, text=message.text + text)
