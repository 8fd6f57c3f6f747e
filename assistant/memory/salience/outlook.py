"""How much each episode of a memory weighs, now and in turns to come, and what fades next. Changes nothing."""

from dataclasses import dataclass

from assistant.memory.indexed_store import IndexedStore
from assistant.memory.salience.fading import Fading, age_of
from assistant.memory.salience.weight import Salience
from assistant.store.records import Episode, RecordId, State

CURVE = (0, 50, 100, 200, 400, 800, 1600)
"""Turns ahead at which the curve of a memory's salience is drawn."""


@dataclass(frozen=True)
class Outlook:
    """What becomes of the memories of a store if nothing is said, recalled or changed but time goes on.

    Attributes:
        indexed: The memories.
        salience: The rule of semantic forgetting.
        fades: Whether semantic forgetting is on.
    """

    indexed: IndexedStore
    salience: Salience
    fades: bool = True

    def weight(self, episode: Episode, later: int = 0) -> float:
        """The salience of an episode now, or some turns later if it is not recalled until then."""
        tally, turn = self.indexed.tally(), self.indexed.store.turn
        last = tally.last.get(episode.id)
        return self.salience.weight(
            age_of(episode, turn, self.indexed.extra_ages().get(episode.id, 0)) + later,
            None if last is None else turn - last + later,
            tally.utility(episode.id, self.salience.mention),
        )

    def curve(self, episode: Episode) -> tuple[tuple[int, float], ...]:
        """The salience of an episode to come: (turns from now, weight)."""
        return tuple((later, round(self.weight(episode, later), 4)) for later in CURVE)

    def fades_in(self) -> dict[RecordId, int]:
        """In how many turns each episode fades, as far as can be foretold, soonest first."""
        if not self.fades:
            return {}
        turn = self.indexed.store.turn
        return {i: at - turn for i, at in self.indexed.foretold(self.salience).items()}

    def fading(self, limit: int) -> list[Fading]:
        """At most `limit` that will fade, soonest first, then at most as many that have faded, the latest first."""
        store, hidden = self.indexed.store, self.indexed.hidden
        soon = [(store.get(i, vectors=False), turns) for i, turns in self.fades_in().items() if i not in hidden]
        coming = [Fading(e, self.weight(e), turns) for e, turns in soon[:limit] if isinstance(e, Episode)]
        gone = [e for e in store.each(Episode) if e.state is State.FADED and e.id not in hidden]
        gone.sort(key=lambda e: (e.state_turn, e.time), reverse=True)
        return [*coming, *(Fading(e, self.weight(e), None) for e in gone[:limit])]
