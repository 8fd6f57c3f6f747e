"""Every failure that Hippo foresees, with words for the person who meets it.

Front ends show `message` and, where there is one, `next_step`; they never show a traceback for one of these.
Messages must not quote conversation content: they may end up on a terminal that is being recorded.
"""

import math


class HippoError(Exception):
    """A foreseen failure.

    Attributes:
        message: One plain sentence for the user.
        next_step: What the user can do about it, or "".
    """

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InputError(HippoError):
    """What the user gave (a file, an id, an option) cannot be used."""


class VaultError(HippoError):
    """The vault cannot do what was asked."""


class VaultLockedError(VaultError):
    """The data key is not in memory: unlock first."""


class WrongKeyError(VaultError):
    """A passphrase, recovery code or keyring entry does not open this vault."""


class TooSoonError(VaultError):
    """After several wrong passphrases the next try has to wait.

    Attributes:
        seconds: For how long still.
    """

    def __init__(self, seconds: float) -> None:
        whole = max(1, math.ceil(seconds))
        super().__init__(
            "There were several wrong passphrases, so the next try has to wait.",
            next_step=f"Try again in {whole} {'second' if whole == 1 else 'seconds'}.",
        )
        self.seconds = seconds


class NoKeyringError(VaultError):
    """This machine has no keyring that keeps secrets, or it did not answer."""


class SealError(VaultError):
    """A sealed box does not open: it was altered, truncated, moved, or sealed with another key."""


class StoreError(HippoError):
    """The memory on disk cannot do what was asked."""


class StoreInUseError(StoreError):
    """Another process owns the store."""


class StoreFullError(StoreError):
    """There is no space left on the disk. Nothing that was kept is lost."""


class StoreVersionError(StoreError):
    """The store was written by a newer Hippo."""


class ModelError(HippoError):
    """A model cannot be loaded, converted or run."""


class UnsupportedModelError(ModelError):
    """A model of a kind that Hippo cannot run."""


class OfflineError(HippoError):
    """Something tried to open a network connection that the user did not ask for."""


class CancelledError(HippoError):
    """The user stopped a long piece of work. Nothing was changed."""
