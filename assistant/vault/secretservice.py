"""Finding an operating system keyring that keeps secrets, and talking to it without trusting it to work.

Not every `keyring` backend is one: the fail and null backends keep nothing, and the ones of `keyrings.alt` keep
secrets in files that anybody can read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from assistant.errors import NoKeyringError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Hippo"
_NOT_REAL = re.compile(r"keyring\.backends\.(fail|null)$|keyrings\.alt\b")

KeyringChoice: TypeAlias = "KeyringBackend | Literal['default'] | None"
"""A backend to use, none at all, or the one that the `keyring` package finds on this machine."""


class SecretService:
    """The entries of one keyring, under the service name "Hippo"."""

    def __init__(self, choice: KeyringChoice) -> None:
        self._choice = choice

    def available(self) -> bool:
        """Whether there is a real keyring and it answers. Never raises."""
        try:
            self.get("availability probe")
        except NoKeyringError:
            return False
        return True

    def get(self, entry: str) -> str | None:
        """The secret of an entry, or None where there is no such entry.

        Raises:
            NoKeyringError: There is no real keyring, or it did not answer.
        """
        backend = self._backend()
        try:
            return backend.get_password(SERVICE, entry)
        except Exception as error:
            raise _no_answer(error) from error

    def add(self, entry: str, secret: str) -> None:
        """Keep a secret under a name that must be free, and check that it comes back.

        Raises:
            NoKeyringError: There is no real keyring, it did not answer, it did not keep the secret, or the name
                is taken.
        """
        if self.get(entry) is not None:
            raise NoKeyringError("The keyring already has an entry of this name; it was left as it is.")
        backend = self._backend()
        try:
            backend.set_password(SERVICE, entry, secret)
        except Exception as error:
            raise _no_answer(error) from error
        if self.get(entry) != secret:
            raise NoKeyringError(
                "The keyring of this machine did not keep the key.",
                next_step="Use a passphrase instead.",
            )

    def discard(self, entry: str) -> bool:
        """Delete an entry; whether it is certainly gone. Never raises."""
        try:
            if self.get(entry) is None:
                return True
            self._backend().delete_password(SERVICE, entry)
        except Exception:  # noqa: BLE001 - see get
            return False
        return True

    def _backend(self) -> KeyringBackend:
        backend = self._choice
        if backend == "default":
            import keyring

            try:
                backend = keyring.get_keyring()
            except Exception as error:
                raise _no_answer(error) from error
        if backend is not None:
            from keyring.backend import KeyringBackend

            for candidate in getattr(backend, "backends", None) or [backend]:
                if isinstance(candidate, KeyringBackend) and not _NOT_REAL.match(type(candidate).__module__):
                    return candidate
        raise NoKeyringError("This machine has no keyring that keeps secrets.", next_step="Use a passphrase instead.")


def _no_answer(error: Exception) -> NoKeyringError:
    return NoKeyringError(
        f"The keyring of this machine did not answer ({type(error).__name__}).",
        next_step="Unlock the keyring and try again, or use the passphrase or the recovery code.",
    )
