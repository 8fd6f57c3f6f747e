"""A dialogue into a memory, quickly: in blocks, with the turn counter, the use and the idle work of a real one.

Of each block the last turn goes through the verbs of a real turn, the others come in one go before it.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.models.embedder import Embedder, FloatArray
from assistant.store.records import Conversation, Usage, new_id
from assistant.store.store import Store
from assistant.vault.sealer import Sealer

from .dialogue import Dialogue

BLOCK = 10
"""Turns of a block."""

IDLE = 50
"""Turns from one idle time to the next."""

RECALLED = 10
"""Memories that the real turn of each block uses."""


class CachingEmbedder(Embedder):
    """An embedder that computes each text once: for putting the same dialogue into several memories."""

    def __init__(self, inner: Embedder) -> None:
        self.name, self.version = inner.name, inner.version
        self.dimensions, self.context_length = inner.dimensions, inner.context_length
        self._inner = inner
        self._known: dict[str, bytes] = {}

    def count_tokens(self, text: str) -> int:
        """As the embedder does."""
        return self._inner.count_tokens(text)

    def embed(
        self,
        texts: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FloatArray:
        """As the embedder does; texts that were embedded before come from RAM, at half precision."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            vectors = self._inner.embed(new, progress=progress, cancelled=cancelled)
            self._known.update(zip(new, (row.astype("<f2").tobytes() for row in vectors), strict=True))
        rows = [np.frombuffer(self._known[text], "<f2") for text in texts]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, self.dimensions), np.float32)


def open_memory(folder: Path, embedder: Callable[[], Embedder]) -> Memory:
    """A new, empty memory in a folder, sealed with a key that nobody keeps."""
    return Memory(Store.open(folder, Sealer(os.urandom(32))), embedder)


def new_conversation(dialogue: Dialogue) -> Conversation:
    """The one conversation of a dialogue."""
    return Conversation(id=dialogue.message_id(-1, "conversation"), created=dialogue.turns[0].time)


def ingest(
    memory: Memory,
    dialogue: Dialogue,
    turns: range,
    *,
    idle: Callable[[Memory], None],
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Put these turns of a dialogue into a memory, after what is there.

    Args:
        memory: Where to.
        dialogue: What was said.
        turns: Which turns, without gaps.
        idle: What Hippo does when nobody waits.
        progress: Called with the number of turns that are in.
    """
    conversation = new_conversation(dialogue)
    for first in range(turns.start, turns.stop, BLOCK):
        block = range(first, min(first + BLOCK, turns.stop))
        known = memory.store.get(conversation.id)
        bulk = [said for turn in block[:-1] for said in said_in(dialogue, turn)]
        if bulk:
            memory.remember([] if known else [conversation], bulk)
        # The counter stands as if each turn of the block had been one of its own.
        memory.store.turn = block[-1]
        keep_turn(memory, dialogue, conversation, block[-1])
        if (block[-1] + 1) % IDLE == 0 or block[-1] + 1 == turns.stop:
            idle(memory)
        progress(block[-1] + 1)


def keep_turn(memory: Memory, dialogue: Dialogue, conversation: Conversation, turn: int) -> None:
    """One turn as the engine keeps it: with the memories that its question recalls."""
    said = said_in(dialogue, turn)
    used = memory.recall(said[0].text, limit=RECALLED, space=conversation.space, least=0.3, answers=False)
    usage = Usage(id=new_id(), answer=said[1].id, conversation=conversation.id, time=said[1].time, turn=0)
    memory.keep_turn(conversation, said, used=used, usage=usage)


def said_in(dialogue: Dialogue, turn: int) -> list[Said]:
    """The two messages of a turn."""
    said = dialogue.turns[turn]
    chat = new_conversation(dialogue).id
    return [
        Said(chat, role, text, said.time, 2 * turn + place, id=dialogue.message_id(turn, role))
        for place, (role, text) in enumerate((("user", said.user), ("assistant", said.assistant)))
    ]
