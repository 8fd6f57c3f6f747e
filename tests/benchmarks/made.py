"""A memory of any size, made up quickly: what the store benchmark measures. Embeds nothing.

The words are those of the generated dialogues (`tests.benchmarks.hema`), the assistant's replies drawn out with more
of them. The embeddings are synthetic unit vectors, clustered as those of dialogues are: a conversation has a few
subjects, a message lies near one of them, and the embedding in context lies between a message and the one before it.
To embed 100,000 messages for real takes half an hour, and the store cannot tell.

With the episodes comes what a memory of this size holds besides: for each turn a usage of five memories, for every
twenty episodes a fact, for each conversation a running summary.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.cues import cues_of
from assistant.store.records import Conversation, Episode, Fact, Record, Summary, Usage, Used, new_id
from assistant.store.store import Store
from assistant.store.terms import search_terms

from .hema.dialogue import Turn
from .hema.generator import generate

DIMENSIONS = 384
TURNS = 100
"""Turns of a conversation: two episodes each."""

_SUBJECTS = 5
_DRAWN_OUT = 3
_USED = 5
_COMMIT = 5000

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Question:
    """Words to search for and an embedding (float32, (DIMENSIONS,)) near that of some episode."""

    text: str
    vector: Vectors


def fill(store: Store, episodes: int, seed: int) -> list[Question]:
    """Fill an empty store with this many episodes and all that comes with them; questions to ask of it."""
    random = np.random.default_rng(seed)
    common = _unit(random.standard_normal(DIMENSIONS))
    questions: list[Question] = []
    batch: list[Record] = []
    said: list[Episode] = []
    for number in range(-(-episodes // (2 * TURNS))):
        made, asked = _conversation(number, seed, random, common, min(episodes - len(said), 2 * TURNS), said[-500:])
        said += (record for record in made if isinstance(record, Episode))
        batch += made
        questions += asked
        if len(batch) >= _COMMIT:
            store.commit(batch)
            batch = []
    store.commit(batch)
    store.compact()
    order = random.permutation(len(questions))
    return [questions[i] for i in order[:200]]


def _conversation(
    number: int, seed: int, random: np.random.Generator, common: Vectors, count: int, before: list[Episode]
) -> tuple[list[Record], list[Question]]:
    dialogue = generate(TURNS, seed * 100_000 + number)
    chat = Conversation(id=new_id(), created=dialogue.turns[0].time, title=f"Talk {number}")
    subjects = _unit(random.standard_normal((_SUBJECTS, DIMENSIONS)) + 6 * common)
    records: list[Record] = [chat]
    said: list[Episode] = []
    last = subjects[0]
    for turn, (texts, time) in enumerate(_texts(dialogue.turns, random)):
        subject = subjects[turn // (TURNS // _SUBJECTS) % _SUBJECTS]
        for role, text in zip(("user", "assistant"), texts, strict=True):
            if len(said) == count:
                break
            alone = _near(subject, random, 0.95)
            in_context = _unit(alone + 0.8 * last)
            last = alone
            name = new_id()
            said.append(
                Episode(
                    id=name,
                    conversation=chat.id,
                    role=role,
                    text=text,
                    time=time,
                    position=len(said),
                    message=name,
                    turn=number * TURNS + turn + 1,
                    vectors=np.stack([alone, in_context]).astype("<f2").tobytes(),
                    terms=search_terms(text).tobytes(),
                    cues=cues_of(text),
                )
            )
        known = [*before, *said]
        used = [known[i] for i in random.choice(len(known), min(_USED, len(known)), replace=False)]
        records.append(
            Usage(
                id=new_id(),
                answer=said[-1].id,
                conversation=chat.id,
                time=time,
                turn=number * TURNS + turn + 1,
                used=tuple(Used(record=e.id, score=0.4321, quoted=0.25) for e in used),
                prompt_tokens=1800,
                recall_ms=12.3,
                generate_ms=2345.6,
                answer_tokens=60,
            )
        )
        if len(said) == count:
            break
    records += said
    records += [_fact(episode) for episode in said[::20]]
    sources = tuple(episode.id for episode in said[:40:10])
    text = " ".join(e.text for e in said[:40:10])[:200]
    records.append(
        Summary(
            id=new_id(),
            conversation=chat.id,
            text=text,
            time=said[-1].time,
            sources=sources,
            vectors=said[0].vectors,
            terms=search_terms(text).tobytes(),
        )
    )
    probes = dialogue.probes or ()
    asked = [
        Question(probe.question, _near(_widened(said[int(random.integers(len(said)))]), random, 0.9))
        for probe in probes[:10]
    ]
    return records, asked


def _texts(turns: Sequence[Turn], random: np.random.Generator) -> Iterator[tuple[tuple[str, str], datetime]]:
    for turn in turns:
        more = " ".join(turns[int(i)].user for i in random.integers(len(turns), size=_DRAWN_OUT))
        yield (turn.user, f"{turn.assistant} {more}"), turn.time


def _fact(episode: Episode) -> Fact:
    text = f"They said: {episode.text[:60]}"
    return Fact(
        id=new_id(),
        conversation=episode.conversation,
        subject="user",
        attribute="",
        value=episode.text[:40],
        text=text,
        time=episode.time,
        sources=(episode.id,),
        vectors=episode.vectors,
        terms=search_terms(text).tobytes(),
    )


def _widened(episode: Episode) -> Vectors:
    return np.frombuffer(episode.vectors, "<f2")[:DIMENSIONS].astype(np.float32)


def _near(vector: Vectors, random: np.random.Generator, distance: float) -> Vectors:
    """A unit vector that makes about an angle with the tangent `distance` to another."""
    noise = random.standard_normal(DIMENSIONS)
    return _unit(vector + distance * noise / np.sqrt(DIMENSIONS))


def _unit(vectors: npt.NDArray[np.floating]) -> Vectors:
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return unit
