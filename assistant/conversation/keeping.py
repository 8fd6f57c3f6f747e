"""Keeping afterwards what was said while nothing was to be kept: a temporary chat, or a chat with its memory off."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from assistant.errors import InputError
from assistant.memory.episodes import Said
from assistant.memory.memory import Memory

from .chat import Chat, Message, read_chat


def keep_afterwards(memory: Memory, chat: Chat) -> Chat:
    """Remember the messages of a chat that are in RAM only, as if memory had been on; returns the stored chat.

    From now on the chat reads and keeps. Each turn is one commit, so a crash in between keeps those before it.

    Raises:
        InputError: There is nothing to keep.
        StoreError: The disk refused; the turns before are kept.
    """
    if not chat.unkept:
        raise InputError("There is nothing to keep in this chat.")
    conversation = replace(chat.conversation, memory=True)
    if memory.knows(conversation.id):
        memory.set_remembering(conversation.id, True)
    for turn in _turns(chat.unkept):
        position = memory.next_position(conversation.id)
        said = [
            Said(conversation.id, message.role, message.text, message.time, position + at, id=message.id)
            for at, message in enumerate(turn)
        ]
        memory.keep_turn(conversation, said, usage=turn[-1].usage)
    return read_chat(memory, memory.conversation(conversation.id))


def _turns(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """The messages, each question with its answer."""
    turn: list[Message] = []
    for message in messages:
        if turn and message.role == "user":
            yield turn
            turn = []
        turn.append(message)
    if turn:
        yield turn
