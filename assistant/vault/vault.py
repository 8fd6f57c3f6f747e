"""The vault: a random data key, open in memory or only wrapped on disk.

It hands out sealers for sub-keys of the data key and changes the ways in which the data key is wrapped. It never
stores the data key bare, and it knows nothing of what is sealed.
"""

import base64
import binascii
import contextlib
import os
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from assistant.errors import (
    InputError,
    NoKeyringError,
    VaultError,
    VaultLockedError,
    WrongKeyError,
)
from assistant.files import make_private_folder, sync_folder
from assistant.vault import recovery, wraps
from assistant.vault.cost import at_least, for_this_machine
from assistant.vault.sealer import KEY_BYTES, Sealer, derive_key
from assistant.vault.secretservice import KeyringChoice, SecretService
from assistant.vault.tries import Tries
from assistant.vault.wraps import Argon2Cost, VaultFile

PASSPHRASE_MIN = 8
"""Fewest characters of a new passphrase."""


@dataclass(frozen=True)
class NewKey:
    """A data key that is wrapped and ready, but that vault.json does not name yet.

    Attributes:
        content: The vault file that will hold it.
        recovery_code: The new recovery code to show once, or None where the vault has none.
        key: The data key itself.
    """

    content: VaultFile
    recovery_code: str | None
    key: bytes

    def sealer(self, purpose: str) -> Sealer:
        """What `Vault.sealer` will hand out once this key is in place."""
        return Sealer(_sub_key(self.key, self.content.vault_id, purpose))


class Vault:
    """The vault at one path.

    Attributes:
        path: Where vault.json lies.
    """

    def __init__(self, path: Path, *, keyring: KeyringChoice = "default", cost: Argon2Cost | None = None) -> None:
        """Name a vault; nothing is read, written or asked yet.

        Args:
            path: Path of vault.json.
            keyring: The keyring to use: a backend, None for none, or what this machine has.
            cost: Least cost of a passphrase, set or used from now on. The default is meant for people, and follows
                the speed of the machine upwards; tests may choose less.
        """
        self.path = path
        self._keyring = SecretService(keyring)
        self._cost = cost or Argon2Cost()
        self._follows_speed = cost is None
        self._tries = Tries(path.with_suffix(".tries"))
        self._key: bytearray | None = None
        self._key_id = ""
        self._sealers: weakref.WeakSet[Sealer] = weakref.WeakSet()

    @property
    def exists(self) -> bool:
        """Whether there is a vault file, readable or not."""
        try:
            return self.path.exists()
        except OSError:  # the folder cannot be looked into: reading the vault says so
            return True

    @property
    def is_open(self) -> bool:
        """Whether the data key is in memory."""
        return self._key is not None

    @property
    def wraps(self) -> tuple[str, ...]:
        """The ways to open it: some of "keyring", "passphrase", "recovery". Raises VaultError when damaged."""
        return self.content().wraps

    @property
    def vault_id(self) -> str:
        """32 hexadecimal digits, not secret. Raises VaultError when damaged."""
        return self.content().vault_id

    def content(self) -> VaultFile:
        """What vault.json holds now. Raises VaultError where there is none, or a damaged one."""
        return wraps.read(self.path)

    def keyring_available(self) -> bool:
        """Whether this machine has a keyring that really keeps secrets and answers. Never raises."""
        return self._keyring.available()

    def keyring_entry_found(self) -> bool:
        """Whether the keyring still has this vault's entry. Never raises."""
        try:
            wrap = self.content().keyring
            return wrap is not None and self._keyring.get(wrap.entry) is not None
        except VaultError:
            return False

    def create(self, *, passphrase: str | None = None, use_keyring: bool = False) -> None:
        """Make a vault with a fresh data key and leave it open.

        Raises:
            VaultError: There is a vault already, neither way to open it was given, or the disk refused.
            InputError: The passphrase is too short.
            NoKeyringError: The keyring cannot keep the key. Nothing was created.
        """
        if self.exists:
            raise VaultError(f"There is a vault at {self.path} already.", next_step="Open that one.")
        if passphrase is None and not use_keyring:
            raise VaultError("A vault needs a passphrase or the keyring of this machine.")
        key = os.urandom(KEY_BYTES)
        content = VaultFile(vault_id=os.urandom(16).hex(), key_id=Sealer(key).key_id)
        if passphrase is not None:
            _check_new(passphrase)
            made = wraps.make_passphrase_wrap(content, key, passphrase, self._cost)
            content = msgspec.structs.replace(content, passphrase=made)
        if use_keyring:
            content = self._with_keyring(content, key)
        try:
            make_private_folder(self.path.parent)
            wraps.write_new(self.path, content)
        except BaseException:
            if content.keyring is not None:
                self._keyring.discard(content.keyring.entry)
            raise
        self._adopt(key, content)

    def unlock_with_keyring(self) -> None:
        """Open the vault by the entry in the keyring.

        Raises:
            NoKeyringError: There is no keyring, it did not answer, or it has lost the entry.
            WrongKeyError: The vault has no keyring entry, or the entry does not open it.
        """
        content = self.content()
        if content.keyring is None:
            raise WrongKeyError("This vault has no entry in the keyring.", next_step="Open it in another way.")
        secret = self._keyring.get(content.keyring.entry)
        if secret is None:
            raise NoKeyringError(
                "The keyring has no entry for this vault (any more).",
                next_step="Use the passphrase or the recovery code, then renew the keyring entry.",
            )
        try:
            wrapping_key = base64.b64decode(secret, validate=True)
        except (binascii.Error, ValueError):
            wrapping_key = b""
        self._adopt(wraps.open_keyring_wrap(content, content.keyring, wrapping_key), content)

    def unlock_with_passphrase(self, passphrase: str) -> None:
        """Open the vault by its passphrase, and raise what a guess costs where that has become too little.

        Raises:
            WrongKeyError: It is not the passphrase.
            TooSoonError: After several wrong ones it is too early for another try.
        """
        content = self.content()
        began = time.perf_counter()
        key = self._try_passphrase(content, passphrase)
        spent = time.perf_counter() - began
        self._adopt(key, content)
        with contextlib.suppress(VaultError):  # the vault is open; raising the cost is tried again the next time
            self._raise_cost(key, passphrase, spent)

    def check_passphrase(self, passphrase: str) -> None:
        """Make sure that this is the passphrase. Nothing changes.

        Raises:
            WrongKeyError: It is not, or there is none.
            TooSoonError: After several wrong ones it is too early for another try.
        """
        self._try_passphrase(self.content(), passphrase)

    def wait_for_passphrase(self) -> float:
        """Seconds until the next passphrase may be tried: more than 0 after several wrong ones. Never raises."""
        return self._tries.wait()

    def unlock_with_recovery(self, code: str) -> None:
        """Open the vault by its recovery code.

        Raises:
            InputError: The code has a typing error.
            WrongKeyError: The code is well formed, but does not open this vault.
        """
        content = self.content()
        self._adopt(wraps.open_recovery_wrap(content, recovery.read_code(code)), content)
        self._tries.succeeded()

    def lock(self) -> None:
        """Drop the data key and the keys of all sealers that were handed out. Harmless when locked."""
        for sealer in self._sealers:
            sealer.forget_key()
        self._sealers.clear()
        if self._key is not None:
            self._key[:] = bytes(len(self._key))
        self._key = None

    def sealer(self, purpose: str) -> Sealer:
        """A sealer under the sub-key of the data key for one purpose, such as "store" or "backup".

        Raises:
            VaultLockedError: The vault is locked.
        """
        sealer = Sealer(_sub_key(self._open_key(), self.vault_id, purpose))
        self._sealers.add(sealer)
        return sealer

    def set_passphrase(self, passphrase: str) -> None:
        """Add or change the passphrase. Raises InputError when it is too short, VaultLockedError."""
        _check_new(passphrase)
        self._wrap_passphrase(self._open_key(), passphrase, self._cost)
        self._tries.succeeded()

    def remove_passphrase(self) -> None:
        """Take the passphrase away. Raises VaultError when it is the last way to open the vault."""
        self._change(lambda content: msgspec.structs.replace(content, passphrase=None))

    def add_keyring(self) -> None:
        """Let the keyring of this machine open the vault; an entry of before is replaced by a new one.

        Raises:
            NoKeyringError: The keyring cannot keep the key. The vault is as it was.
        """
        key = self._open_key()
        self._change(lambda content: self._with_keyring(content, key))

    def remove_keyring(self) -> None:
        """Take the keyring entry away. Raises VaultError when it is the last way to open the vault."""
        self._change(lambda content: _retire_entry(msgspec.structs.replace(content, keyring=None), content))

    def new_recovery_code(self) -> str:
        """Make a recovery code, to be shown once. A code of before no longer opens the vault."""
        key = self._open_key()
        secret = recovery.new_secret()
        self._change(
            lambda content: msgspec.structs.replace(content, recovery=wraps.make_recovery_wrap(content, key, secret))
        )
        return recovery.write_code(secret)

    def remove_recovery(self) -> None:
        """Take the recovery code away. Raises VaultError when it is the last way to open the vault."""
        self._change(lambda content: msgspec.structs.replace(content, recovery=None))

    def prepare_data_key(self, *, passphrase: str | None = None) -> NewKey:
        """Make a new data key with the same kinds of wrap, without putting it into vault.json.

        The passphrase has to be given where there is one, because its wrapping key is not kept. A recovery code
        cannot be kept for the same reason: a new one is made. A new entry is put into the keyring beside the old.

        Raises:
            VaultLockedError: The vault is locked.
            WrongKeyError: The passphrase is missing or wrong.
            TooSoonError: After several wrong ones it is too early for another try.
            NoKeyringError: The keyring cannot keep the new key.
        """
        self._open_key()
        old = self._current()
        key = os.urandom(KEY_BYTES)
        content = VaultFile(vault_id=old.vault_id, key_id=Sealer(key).key_id, retired=old.retired)
        if old.passphrase is not None:
            if passphrase is None:
                raise WrongKeyError("The passphrase is needed to change the data key.")
            self._try_passphrase(old, passphrase)
            made = wraps.make_passphrase_wrap(content, key, passphrase, at_least(old.passphrase.cost, self._cost))
            content = msgspec.structs.replace(content, passphrase=made)
        code = None
        if old.recovery is not None:
            secret = recovery.new_secret()
            code = recovery.write_code(secret)
            content = msgspec.structs.replace(content, recovery=wraps.make_recovery_wrap(content, key, secret))
        if old.keyring is not None:
            content = _retire_entry(self._with_keyring(content, key), old)
        return NewKey(content, code, key)

    def replace_data_key(self, new: NewKey) -> None:
        """Put a prepared data key into vault.json and go on with it: the old one opens nothing any more.

        Everything that is sealed must already be there under the new key: see `assistant.store.rekey`.
        """
        self._open_key()
        self._current()
        wraps.write(self.path, new.content)
        self.lock()
        self._adopt(new.key, new.content)

    def discard_data_key(self, new: NewKey) -> None:
        """Take back what preparing a data key left in the keyring."""
        if new.content.keyring is not None:
            self._keyring.discard(new.content.keyring.entry)

    def destroy(self) -> bool:
        """Lock, and delete every wrap of the data key: what was sealed under it can never be opened again.

        Copies of the vault file that were made before (a backup holds one, too) still open with what opened them.

        Returns:
            Whether the keyring's entries are certainly gone as well. Without the vault file they open nothing.

        Raises:
            VaultError: The vault file could not be deleted.
        """
        content = self.content()
        self.lock()
        try:
            with self.path.open("r+b") as stream:  # before the name goes: the file's blocks may outlive it
                stream.write(bytes(self.path.stat().st_size))
                stream.flush()
                os.fsync(stream.fileno())
            self.path.unlink()
            sync_folder(self.path.parent)
        except OSError as error:
            raise VaultError(
                f"The vault file {self.path} could not be deleted ({error.strerror}).",
                next_step="Delete it by hand.",
            ) from error
        self._tries.succeeded()
        entries = [*content.retired, *([content.keyring.entry] if content.keyring is not None else [])]
        left = [entry for entry in entries if not self._keyring.discard(entry)]
        return not left

    def _try_passphrase(self, content: VaultFile, passphrase: str) -> bytes:
        if content.passphrase is None:
            raise WrongKeyError("This vault has no passphrase.", next_step="Open it in another way.")
        self._tries.begin()
        key = wraps.open_passphrase_wrap(content, passphrase)
        self._tries.succeeded()
        return key

    def _raise_cost(self, key: bytes, passphrase: str, seconds: float) -> None:
        wrap = self.content().passphrase
        if wrap is None:
            return
        cost = at_least(wrap.cost, self._cost)
        if cost == wrap.cost and self._follows_speed:
            cost = for_this_machine(cost, seconds)
        if cost != wrap.cost:
            self._wrap_passphrase(key, passphrase, cost)

    def _wrap_passphrase(self, key: bytes, passphrase: str, cost: Argon2Cost) -> None:
        def change(content: VaultFile) -> VaultFile:
            least = at_least(content.passphrase.cost, cost) if content.passphrase is not None else cost
            made = wraps.make_passphrase_wrap(content, key, passphrase, least)
            return msgspec.structs.replace(content, passphrase=made)

        self._change(change)

    def _with_keyring(self, content: VaultFile, key: bytes) -> VaultFile:
        entry = f"{content.vault_id}/{os.urandom(4).hex()}"
        wrapping_key = os.urandom(KEY_BYTES)
        self._keyring.add(entry, base64.b64encode(wrapping_key).decode("ascii"))
        made = wraps.make_keyring_wrap(content, key, entry, wrapping_key)
        return _retire_entry(msgspec.structs.replace(content, keyring=made), content)

    def _change(self, change: Callable[[VaultFile], VaultFile]) -> None:
        self._open_key()
        changed = change(self._current())
        if not changed.wraps:
            raise VaultError("This is the last way to open the vault, so it stays.", next_step="Add another way first.")
        wraps.write(self.path, changed)
        self._discard_retired(changed)

    def _current(self) -> VaultFile:
        # Another process may have changed the file since it was opened here: wraps are always changed as they
        # are now, and never made for a data key that is no longer in use.
        content = self.content()
        if content.key_id != self._key_id:
            raise VaultError("The vault was changed by another program.", next_step="Lock and unlock it again.")
        return content

    def _adopt(self, key: bytes, content: VaultFile) -> None:
        self._key = bytearray(key)
        self._key_id = content.key_id
        self._discard_retired(content)

    def _discard_retired(self, content: VaultFile) -> None:
        if content.retired:
            left = tuple(entry for entry in content.retired if not self._keyring.discard(entry))
            if left != content.retired:
                wraps.write(self.path, msgspec.structs.replace(content, retired=left))

    def _open_key(self) -> bytes:
        if self._key is None:
            raise VaultLockedError("The vault is locked.", next_step="Unlock it first.")
        return bytes(self._key)


def _sub_key(key: bytes, vault_id: str, purpose: str) -> bytes:
    return derive_key(key, salt=bytes.fromhex(vault_id), info=b"hippo " + purpose.encode())


def _retire_entry(content: VaultFile, old: VaultFile) -> VaultFile:
    if old.keyring is None:
        return content
    return msgspec.structs.replace(content, retired=(*content.retired, old.keyring.entry))


def _check_new(passphrase: str) -> None:
    if len(wraps.normalise_passphrase(passphrase).decode("utf-8", "surrogatepass")) < PASSPHRASE_MIN:
        raise InputError(
            f"The passphrase is too short: it needs at least {PASSPHRASE_MIN} characters.",
            next_step="A few unrelated words are easy to remember and hard to guess.",
        )
