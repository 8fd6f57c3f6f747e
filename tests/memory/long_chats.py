"""Long conversations for tests, stored in one go: what is told at given turns, and small talk between."""

from collections.abc import Mapping
from datetime import timedelta

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.store.records import Conversation, Episode, new_id

from .conftest import START


def chat_of(
    memory: Memory,
    turns: int,
    told: Mapping[int, str],
    *,
    space: str = "",
    role: str = "user",
    conversation: Conversation | None = None,
    first: int = 0,
) -> tuple[Conversation, dict[int, Episode]]:
    """Remember a conversation of so many turns, or more of one; returns it and the episode of each told sentence.

    Args:
        told: What the user says, by turn.
        role: Who says it.
        conversation: Go on with this one, at turn `first`.
    """
    chat = conversation or Conversation(id=new_id(), created=START, space=space)
    messages = []
    for turn in range(first, first + turns):
        time = START + timedelta(minutes=turn)
        text = told.get(turn, f"Hm, is that so ({turn})?")
        messages.append(Said(chat.id, role, text, time, 2 * turn, id=new_id()))
        messages.append(Said(chat.id, "assistant", "I see.", time, 2 * turn + 1, id=new_id()))
    memory.remember([chat] if conversation is None else [], messages)
    memory.summarise(chat.id)
    by_text = {e.text: e for e in memory.episodes_of(chat.id)}
    return chat, {turn: by_text[text] for turn, text in told.items()}
