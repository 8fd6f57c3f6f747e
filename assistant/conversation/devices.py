"""The user's other devices: exchanging memories with them by way of the shared table, beside whatever else goes on.

How an exchange works, `assistant.store.exchange` knows. A `Session` has one of these where the settings name a place.
"""

import threading
from dataclasses import dataclass

from assistant.errors import HippoError
from assistant.memory.memory import Memory
from assistant.settings import Sharing
from assistant.store.exchange import Exchange, Incoming, Outgoing, exchange_all
from assistant.vault.sealer import Sealer


@dataclass
class _Journey:
    """What an exchange on a thread of its own comes back with."""

    incoming: Incoming | None = None
    error: HippoError | None = None


class Devices:
    """The exchange of one open memory with the other devices. Its verbs belong to the thread that owns the store.

    Attributes:
        problem: Why the last exchange failed, or None.
    """

    def __init__(self, memory: Memory, sealer: Sealer, place: Sharing) -> None:
        self.problem: HippoError | None = None
        self._memory = memory
        self._exchange = Exchange(memory.store, sealer, place)
        self._journey: _Journey | None = None
        self._thread: threading.Thread | None = None

    def step(self) -> bool:
        """Put in what has come, and send for more. Does not wait for the network.

        While a forgetting can still be undone, nothing is done.

        Returns:
            Whether anything in the memory changed.

        Raises:
            StoreFullError, StoreError: What came could not be put in; it comes again.
        """
        if self._memory.pending_forgets() or self.travelling:
            return False
        changed = self.arrive()
        self._journey = _Journey()
        arguments = (self._journey, self._exchange.begin())
        # A daemon: the program need not wait for a network to end.
        self._thread = threading.Thread(target=self._carry, args=arguments, name="exchange", daemon=True)
        self._thread.start()
        return changed

    def exchange(self) -> tuple[int, int]:
        """Exchange all there is, and wait for it.

        Returns:
            How many records came or changed, and how many were removed.

        Raises:
            StoreError: The place cannot be reached or is not what it was, or the disk refused.
        """
        if self._thread is not None:
            self._thread.join()
        self._thread = self._journey = None
        return exchange_all(self._exchange, self._memory.absorb)

    @property
    def travelling(self) -> bool:
        """Whether an exchange is under way on its own thread."""
        return self._thread is not None and self._thread.is_alive()

    def arrive(self) -> bool:
        """Put in what `step` sent for, once it is no longer `travelling`. Returns and raises as `step` does."""
        journey, self._journey = self._journey, None
        if journey is None:
            return False
        self.problem = journey.error
        if journey.incoming is None:
            return False
        return any(self._exchange.finish(journey.incoming, self._memory.absorb))

    def _carry(self, journey: _Journey, outgoing: Outgoing) -> None:
        try:
            journey.incoming = self._exchange.carry(outgoing)
        except HippoError as error:
            journey.error = error
