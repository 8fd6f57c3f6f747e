"""How the user stops a download: for good, or for now."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import CancelledError, HippoError


class PausedError(HippoError):
    """The user paused a download. What was received is kept."""

    def __init__(self) -> None:
        super().__init__("The download is paused.", next_step="Start it again, and it goes on from there.")


@dataclass(frozen=True)
class Stops:
    """How the user stops a download; both are asked several times a second.

    Attributes:
        cancelled: Whether to stop and throw away what was received.
        paused: Whether to stop and keep it.
    """

    cancelled: Callable[[], bool] = lambda: False
    paused: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Raises CancelledError or PausedError if the user wants to stop."""
        if self.cancelled():
            raise CancelledError("The download was stopped.")
        if self.paused():
            raise PausedError
