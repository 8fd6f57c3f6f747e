"""The channels of recall: similar, pinned, recent, facts, replay. What is ranked is shared out among them here.

Every channel holds only what is relevant: a question about something else recalls nothing. Knows no prompt.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.memory.views import Found
from assistant.store.index import SearchIndex
from assistant.store.records import Episode, Fact, Standing, State

CHANNELS = ("summary", "user", "stretches", "facts", "pinned", "similar", "recent", "replay")
"""All that a prompt may hold of memory: the running summary of the chat, the summary of the user, summaries of
stretches of chats, facts, and episodes that are pinned, similar, recent, or drawn at random from what is similar."""

FACTS = 8
"""At most so many facts for one question."""

STRETCHES = 2
"""At most so many summaries of stretches for one question."""

_OTHERS = 3
"""At most so many in each of the channels that only add to the similar ones."""

_REPLAYED = 2
_RECENT_TURNS = 20
_LENIENT = 0.8
"""What is pinned or recent may be a little less relevant."""

_ALIKE = 0.96
"""Cosine from which two messages say the same."""


@dataclass(frozen=True)
class Recollection:
    """What may help to answer, by channel, each best first. A record is in one channel only.

    Attributes:
        similar: Episodes that match best.
        pinned: Pinned ones that match less well.
        recent: Of the last turns, what matches less well.
        facts: Facts that hold, or that are disputed, or that held before.
        stretches: Level-2 summaries.
        replay: Drawn at random from what matches well enough but found no place, for breadth.
    """

    similar: tuple[Found, ...] = ()
    pinned: tuple[Found, ...] = ()
    recent: tuple[Found, ...] = ()
    facts: tuple[Found, ...] = ()
    stretches: tuple[Found, ...] = ()
    replay: tuple[Found, ...] = ()


def channelled(
    episodes: Sequence[Found],
    facts: Sequence[Found],
    stretches: Sequence[Found],
    index: SearchIndex,
    *,
    limit: int,
    least: float,
    channels: Collection[str],
    seed: int,
    turn: int,
) -> Recollection:
    """Share out ranked episodes, facts and level-2 summaries, each best first, among the channels.

    Args:
        index: Holds the embeddings, by which near-duplicates are told: only the best one of them is recalled.
        limit: At most this many similar ones.
        least: The relevance from which an episode is recalled.
        channels: Which channels may be filled.
        seed: For the draw of the replay channel.
        turn: The memory's turn counter now.
    """
    different = _without_duplicates([found for found in episodes if found.score >= _LENIENT * least], index)
    fit = [found for found in different if found.score >= least]
    similar = fit[:limit] if "similar" in channels else []
    left = [found for found in different if found not in similar]
    pinned = [f for f in left if isinstance(f.record, Episode) and f.record.state is State.PINNED]
    pinned = pinned[:_OTHERS] if "pinned" in channels else []
    recent = [
        f for f in left if f not in pinned and isinstance(f.record, Episode) and turn - f.record.turn < _RECENT_TURNS
    ]
    recent = recent[:_OTHERS] if "recent" in channels else []
    others = [found for found in fit if found in left and found not in pinned and found not in recent]
    drawn = np.random.default_rng(seed).permutation(len(others))[:_REPLAYED] if "replay" in channels else ()
    replay = [others[place] for place in sorted(drawn)]
    known = [f for f in facts if f.score >= least and isinstance(f.record, Fact)]
    # What holds now comes before what held once, whatever the question: the model believes what it reads first.
    known.sort(key=lambda f: isinstance(f.record, Fact) and f.record.standing is Standing.SUPERSEDED)
    # A fact that holds adds nothing to the messages that it came from.
    said = {found.record.id for found in similar}
    known = [f for f in known if not _adds_nothing(f, said)]
    summed = [f for f in stretches if f.score >= least][:STRETCHES]
    return Recollection(
        tuple(similar), tuple(pinned), tuple(recent), tuple(known[:FACTS]), tuple(summed), tuple(replay)
    )


def _adds_nothing(found: Found, said: Collection[str]) -> bool:
    fact = found.record
    return isinstance(fact, Fact) and fact.standing is Standing.CURRENT and set(fact.sources) <= set(said)


def _without_duplicates(found: Sequence[Found], index: SearchIndex) -> list[Found]:
    """The same in order, without what says the same as a better one."""
    kept: list[Found] = []
    vectors = np.zeros((len(found), index.dimensions), np.float32)
    for each in found:
        packed = np.frombuffer(index.vectors(each.record.id), "<f2")[: index.dimensions].astype(np.float32)
        vector = packed / max(float(np.linalg.norm(packed)), 1e-6)
        if len(vector) == index.dimensions and kept and float((vectors[: len(kept)] @ vector).max()) >= _ALIKE:
            continue
        if len(vector) == index.dimensions:
            vectors[len(kept)] = vector
        kept.append(each)
    return kept
