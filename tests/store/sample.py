"""Records to store, made up but of real shape."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.store.records import (
    Conversation,
    Episode,
    PendingForget,
    Record,
    RecordId,
    State,
    Summary,
    Usage,
    Used,
    new_id,
)
from assistant.store.store import Store
from assistant.store.terms import search_terms
from assistant.vault.sealer import Sealer

KEY = b"0123456789abcdef0123456789abcdef"
DIMENSIONS = 16
CONVERSATION = "c0" * 16
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

_random = np.random.default_rng(7)


def vectors(dimensions: int = DIMENSIONS) -> bytes:
    return _random.standard_normal((2, dimensions)).astype("<f2").tobytes()


def episode(
    text: str = "We adopted a grey cat in Lisbon.",
    *,
    position: int = 0,
    part: int = 0,
    turn: int = 0,
    conversation: RecordId = CONVERSATION,
    state: State = State.ACTIVE,
    record: RecordId | None = None,
) -> Episode:
    name = record or new_id()
    return Episode(
        id=name,
        conversation=conversation,
        role="user",
        text=text,
        time=NOW,
        position=position,
        message=name,
        part=part,
        turn=turn,
        state=state,
        vectors=vectors(),
        terms=search_terms(text).tobytes(),
    )


def one_of_each() -> list[Record]:
    talk = episode(turn=4)
    return [
        talk,
        Summary(id=new_id(), conversation=CONVERSATION, text="A cat.", time=NOW, sources=(talk.id,), vectors=vectors()),
        Conversation(id=CONVERSATION, created=NOW, title="Cats", space="Private"),
        Usage(
            id=new_id(),
            answer=talk.id,
            conversation=CONVERSATION,
            time=NOW,
            turn=5,
            used=(Used(record=talk.id, score=0.5),),
        ),
        PendingForget(id=new_id(), records=(talk.id,), time=NOW),
    ]


def as_a_crash_leaves_it(folder: Path) -> Path:
    """A copy of the folder of an open store."""
    return Path(shutil.copytree(folder, folder.with_name("crashed")))


def reopened(folder: Path) -> Store:
    return Store.open(folder, Sealer(KEY), dimensions=DIMENSIONS)


def all_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def files_with(folder: Path, needle: bytes) -> list[Path]:
    return [path for path in all_files(folder) if needle in path.read_bytes()]
