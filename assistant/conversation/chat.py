"""A chat as it is shown and continued: its conversation and its messages. Read from memory, never stored itself."""

from dataclasses import dataclass, replace
from datetime import datetime

from assistant.errors import InputError
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, RecordId, State, Usage


@dataclass(frozen=True)
class Message:
    """One message, its parts joined.

    Attributes:
        usage: What an answer used, where that was recorded.
        faded: It is out of recall, and out of prompts.
        unkept: It is in RAM only: it was said while nothing was to be kept.
        versions: How many ways there are to go on from here, this one included: see `Memory.versions_of`.
        version: Which of them is shown, from 0.
        file: The name of the file that the user attached: the text is the file's. "" for what was said.
        pages: How many pages of the file hold text; 0 where it has none.
    """

    id: RecordId
    role: str
    text: str
    time: datetime
    usage: Usage | None = None
    faded: bool = False
    unkept: bool = False
    versions: int = 1
    version: int = 0
    file: str = ""
    pages: int = 0


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

    def before(self, message: RecordId) -> tuple[Message, ...]:
        """The messages before one; all of them where `message` is "".

        Raises:
            InputError: There is no such message here.
        """
        if not message:
            return self.messages
        for at, each in enumerate(self.messages):
            if each.id == message:
                return self.messages[:at]
        raise InputError("The message that was edited is not there any more.", next_step="Send the text as a new one.")

    @property
    def unkept(self) -> tuple[Message, ...]:
        """The messages that would be gone if the chat were left now."""
        return tuple(message for message in self.messages if message.unkept)


def read_chat(memory: Memory, conversation: Conversation) -> Chat:
    """The chat of a stored conversation."""
    places = {place.message: place for place in memory.versions_of(conversation)} if conversation.branches else {}
    usages = {usage.answer: usage for usage in memory.usages_of(conversation.id)}
    messages: list[Message] = []
    parts: list[list[str]] = []
    for episode in memory.episodes_of(conversation.id):
        if messages and messages[-1].id == episode.message:
            parts[-1].append(episode.text)
            messages[-1] = replace(messages[-1], pages=episode.page) if episode.page else messages[-1]
        else:
            usage = usages.get(episode.message)
            faded = episode.state is State.FADED
            message = Message(episode.message, episode.role, episode.text, episode.time, usage, faded)
            if (place := places.get(message.id)) is not None:
                message = replace(message, versions=len(place.branches), version=place.shown)
            if episode.file:
                message = replace(message, file=episode.file, pages=episode.page)
            messages.append(message)
            parts.append([episode.text])
    joined = zip(messages, parts, strict=True)
    return Chat(conversation, tuple(replace(m, text="".join(p)) if len(p) > 1 else m for m, p in joined))
