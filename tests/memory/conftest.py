"""A memory with the real store and the real embedder."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.models.embedder import Embedder
from assistant.models.library import EMBEDDER
from assistant.paths import Home
from assistant.store.records import Conversation, Episode, Usage, new_id
from assistant.store.store import Store
from assistant.vault.sealer import Sealer

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def embedder(model_home: Home) -> Embedder:
    return Embedder.load(model_home.models / EMBEDDER.folder)


class Place:
    """Where a memory lies, so that a test can close it and open it again."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder, self.key, self.embedder = folder, os.urandom(32), embedder
        self.memory = self.open()

    def open(self) -> Memory:
        self.memory = Memory(Store.open(self.folder, Sealer(self.key)), lambda: self.embedder)
        return self.memory

    def reopen(self) -> Memory:
        self.memory.store.close()
        return self.open()


@pytest.fixture
def place(tmp_path: Path, embedder: Embedder) -> Iterator[Place]:
    place = Place(tmp_path / "store", embedder)
    yield place
    place.memory.store.close()


@pytest.fixture
def memory(place: Place) -> Memory:
    return place.memory


class Speaker:
    """Holds a conversation turn by turn, as the engine would."""

    def __init__(self, memory: Memory, *, space: str = "") -> None:
        self.memory = memory
        self.conversation = Conversation(id=new_id(), created=START, space=space)
        self.position = 0

    def turn(self, question: str, answer: str = "I see.", recalled: int = 0) -> tuple[Episode, Episode]:
        memory, chat = self.memory, self.conversation.id
        known = memory.store.get(chat)
        conversation = known if isinstance(known, Conversation) else self.conversation
        time = START + timedelta(minutes=self.position)
        said = [
            Said(chat, "user", question, time, self.position, id=new_id()),
            Said(chat, "assistant", answer, time, self.position + 1, id=new_id()),
        ]
        used = memory.recall(question, limit=recalled, space=conversation.space) if recalled else []
        usage = Usage(id=new_id(), answer=said[1].id, conversation=chat, time=time, turn=0)
        episodes = memory.keep_turn(conversation, said, used=used, usage=usage)
        self.position += 2
        return episodes[0], episodes[-1]
