"""Semantic forgetting: which episodes fade next and when. Reads and foretells; `consolidation` lets them fade.

After every 100 turns the lowest 0.5 % of the active episodes fade (HEMA, section 3.4): they stay out of recall, are
still listed, and can be restored. What is pinned never fades, nor do the sources of facts that hold, nor what was
stored or restored less than 100 turns ago. A memory of fewer than 200 active episodes loses nothing.

Age counts in turns since an episode was stored or restored. An import brings many messages in one turn: their ages
count on from there into the past, two messages a turn, in the order of their times, as if they had been said to Hippo.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.memory.salience.usage import Tally
from assistant.memory.salience.weight import Floats, Salience
from assistant.store.records import Episode, Fact, RecordId, Standing, State
from assistant.store.store import Store

EVERY = 100
"""Turns from one run to the next, and the least age of what may fade."""

SHARE = 0.005
"""Of the active, unpinned episodes, how many fade in a run."""

HORIZON = 50
"""Runs that a forecast looks ahead."""

_TURN_MESSAGES = 2


@dataclass(frozen=True)
class Fading:
    """An episode that will fade if nothing changes, or has faded.

    Attributes:
        weight: Its salience now.
        in_turns: In how many turns it fades; 0 with the next consolidation; None if it has faded.
    """

    episode: Episode
    weight: float
    in_turns: int | None


@dataclass(frozen=True)
class Weighed:
    """The active, unpinned episodes of a memory and what their weight is made of. All arrays are (n,).

    Attributes:
        ids: Their ids.
        age: float64, in turns.
        since_recall: float64, turns since the last recall; inf for never.
        utility: float64, see `Tally.utility`.
        spared_until: float64, the turn from which on each may fade; inf for what never does.
        turn: The memory's turn counter that ages are counted to.
    """

    ids: tuple[RecordId, ...]
    age: Floats
    since_recall: Floats
    utility: Floats
    spared_until: Floats
    turn: int

    def weights(self, salience: Salience, turn: int) -> Floats:
        """The weights at this or a later turn, if nothing is recalled until then."""
        later = turn - self.turn
        return salience.weights(self.age + later, self.since_recall + later, self.utility)


def extra_ages(episodes: Iterable[Episode]) -> dict[RecordId, int]:
    """Turns that imported episodes are older than the turn in which they were stored; those without are left out."""
    by_turn: dict[int, list[Episode]] = {}
    for episode in episodes:
        by_turn.setdefault(episode.turn, []).append(episode)
    extra: dict[RecordId, int] = {}
    for members in by_turn.values():
        if len(members) <= _TURN_MESSAGES:
            continue
        messages = {e.message: e for e in members}
        if len(messages) <= _TURN_MESSAGES:
            continue
        newest_first = sorted(messages.values(), key=lambda e: (e.time, e.position), reverse=True)
        ranks = {e.message: i // _TURN_MESSAGES for i, e in enumerate(newest_first)}
        extra.update((e.id, ranks[e.message]) for e in members if ranks[e.message])
    return extra


def stored_turn(episode: Episode) -> int:
    """The turn from which the age of an episode counts: when it was stored, or restored since."""
    return max(episode.turn, episode.state_turn if episode.state is State.ACTIVE else 0)


def age_of(episode: Episode, turn: int, extra: int) -> int:
    """The age of an episode in turns; see `extra_ages`."""
    restored = episode.state is State.ACTIVE and episode.state_turn > episode.turn
    return max(turn - stored_turn(episode), 0) + (0 if restored else extra)


def weigh(store: Store, tally: Tally, salience: Salience, extra: dict[RecordId, int]) -> Weighed:
    """Everything that may fade, some time, with what its weight is made of."""
    turn = store.turn
    facts = [f for f in store.all(Fact, vectors=False) if f.state is not State.FADED]
    spared = {i for f in facts if f.standing is not Standing.SUPERSEDED for i in f.sources}
    last = tally.last
    ids: list[RecordId] = []
    figures: list[tuple[float, float, float, float]] = []
    for e in store.each(Episode):
        if e.state is not State.ACTIVE:
            continue
        ids.append(e.id)
        figures.append(
            (
                age_of(e, turn, extra.get(e.id, 0)),
                turn - last[e.id] if e.id in last else np.inf,
                tally.utility(e.id, salience.mention),
                np.inf if e.id in spared else stored_turn(e) + EVERY,
            )
        )
    age, since_recall, utility, spared_until = np.array(figures, np.float64).reshape(-1, 4).T
    return Weighed(
        ids=tuple(ids),
        age=age,
        since_recall=since_recall,
        utility=utility,
        spared_until=spared_until,
        turn=turn,
    )


def lowest(weighed: Weighed, salience: Salience, turn: int, gone: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Indices of those that fade in a run at a turn, the lowest first; `gone` (bool (n,)) faded in runs before."""
    quota = int(SHARE * int((~gone).sum()))
    may = np.flatnonzero(~gone & (weighed.spared_until <= turn))
    if not quota or not len(may):
        return np.zeros(0, np.int64)
    weights = weighed.weights(salience, turn)[may]
    # Of equal weight the older ones go first: the store gives them in the order of insertion.
    return np.asarray(may[np.argsort(weights, kind="stable")[:quota]])


def is_due(turn: int, last_run: int) -> bool:
    """Whether a run is due at a turn, after one at `last_run` (0: there was none)."""
    # When the newest turns were forgotten, the counter may have gone back since.
    return turn // EVERY > min(last_run, turn) // EVERY


def next_run(turn: int, last_run: int) -> int:
    """The turn of the next run; this one if it is due."""
    return turn if is_due(turn, last_run) else (turn // EVERY + 1) * EVERY


def forecast(
    weighed: Weighed, salience: Salience, first_run: int, *, limit: int | None = None, runs: int = HORIZON
) -> list[tuple[RecordId, int]]:
    """What fades next if nothing is said, recalled or changed but time goes on: (id, turn of the run), in order.

    Args:
        weighed: From `weigh`.
        salience: The rule.
        first_run: From `next_run`.
        limit: At most this many.
        runs: How many runs to look ahead.
    """
    gone = np.zeros(len(weighed.ids), bool)
    found: list[tuple[RecordId, int]] = []
    for i in range(runs):
        turn = first_run if not i else (first_run // EVERY + i) * EVERY
        chosen = lowest(weighed, salience, turn, gone)
        gone[chosen] = True
        found.extend((weighed.ids[k], turn) for k in chosen.tolist())
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found
