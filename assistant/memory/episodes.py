"""From messages to episodes: split, embed (alone, and with what came before), and give search terms.

Knows how an episode is made, not where it is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from msgspec.structs import replace

from assistant.memory.recall.cues import cues_of
from assistant.memory.text import split_message
from assistant.models.embedder import Embedder
from assistant.store.records import Episode, RecordId, Remembered, new_id
from assistant.store.terms import search_terms

EPISODE_CHARACTERS = 900
"""Longest episode. The embedder reads 256 word pieces, about 1,000 characters of English."""

CONTEXT_CHARACTERS = 300
"""How much of the message before is embedded together with a message."""


@dataclass(frozen=True)
class Said:
    """A message that is to be remembered.

    Attributes:
        position: Counts the messages of its conversation from 0.
        pages: Of a file, the numbers and texts of its pages, which make up the text; the role is the file's name.
    """

    conversation: RecordId
    role: str
    text: str
    time: datetime
    position: int
    source_id: str = ""
    id: RecordId = ""
    pages: tuple[tuple[int, str], ...] = ()


def context_of(text: str, before: str) -> str:
    """The words that an episode's second embedding sees: the end of what came before, then the episode."""
    return f"{before[-CONTEXT_CHARACTERS:]}\n{text}" if before else text


def pack_vectors(alone: np.ndarray, in_context: np.ndarray) -> bytes:
    """Two float32 embeddings (d,) as the float16 bytes of `Episode.vectors`, (2, d)."""
    return np.stack([alone, in_context]).astype("<f2").tobytes()


def make_episodes(
    messages: Sequence[Said],
    embedder: Embedder,
    *,
    before: Mapping[RecordId, str] | None = None,
    turn: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Episode]:
    """Make the episodes of messages.

    Args:
        messages: In order within each conversation.
        embedder: Embeds each episode alone and in context.
        before: For conversations that have been going on, the text of the last message before these.
        turn: The memory's turn counter, kept in each episode.
        progress: Called with (embeddings made, embeddings to make).
        cancelled: Asked now and then whether to stop.

    Raises:
        CancelledError: `cancelled` answered true; nothing was made.
    """
    bare: list[Episode] = []
    contexts: list[str] = []
    last = dict(before or {})
    for said in messages:
        message = said.id or new_id()
        pages = said.pages or ((0, said.text),)
        pieces = [(page, piece) for page, text in pages for piece in split_message(text, EPISODE_CHARACTERS)]
        for part, (page, text) in enumerate(pieces):
            bare.append(
                Episode(
                    id=new_id() if part else message,
                    conversation=said.conversation,
                    role=said.role,
                    text=text,
                    time=said.time,
                    position=said.position,
                    message=message,
                    part=part,
                    turn=turn,
                    source_id=said.source_id,
                    file=said.role if said.pages else "",
                    page=page,
                    terms=search_terms(text).tobytes(),
                    cues=cues_of(text),
                )
            )
            contexts.append(context_of(text, last.get(said.conversation, "")))
            last[said.conversation] = text
    texts = [episode.text for episode in bare]
    # One call for both embeddings, so that the embedder can sort all of them into batches of like length.
    vectors = embedder.embed([*texts, *contexts], progress=progress, cancelled=cancelled)
    alone, in_context = vectors[: len(texts)], vectors[len(texts) :]
    return [with_vectors(episode, a, c) for episode, a, c in zip(bare, alone, in_context, strict=True)]


def with_vectors(episode: Episode, alone: np.ndarray, in_context: np.ndarray) -> Episode:
    """The same episode with these embeddings, float32 (d,) each."""
    return replace(episode, vectors=pack_vectors(alone, in_context))


def reworded(episode: Episode, text: str, embedder: Embedder, *, before: str) -> Episode:
    """The same episode with other words or another message before it: embeddings and search terms made anew."""
    alone, in_context = embedder.embed([text, context_of(text, before)])
    return replace(
        episode,
        text=text,
        terms=search_terms(text).tobytes(),
        cues=cues_of(text),
        vectors=pack_vectors(alone, in_context),
    )


def in_context_anew(pairs: Sequence[tuple[Episode, str]], embedder: Embedder) -> list[Episode]:
    """Episodes (with their vectors) whose predecessor changed, each with what comes before it now.

    Only the embedding in context is made anew, all in one go.
    """
    if not pairs:
        return []
    vectors = embedder.embed([context_of(episode.text, before) for episode, before in pairs])
    half = len(vectors[0]) * 2
    return [
        replace(episode, vectors=episode.vectors[:half] + vector.astype("<f2").tobytes())
        for (episode, _), vector in zip(pairs, vectors, strict=True)
    ]


def terms_of(record: Remembered) -> set[int]:
    """The hashed search terms of a record."""
    return set(np.frombuffer(record.terms, "<u4").tolist())
