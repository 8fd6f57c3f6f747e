"""vault.json: the data key, wrapped in one or more ways, and how each wrap is made and opened.

A wrap is an AES-256-GCM box of the data key under a wrapping key. Its associated data is the vault id, the id of
the data key, the kind of wrap and its parameters, so none of them can be changed or moved to another vault.

Not about the state of an open vault: see `vault`.
"""

import os
import tempfile
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from assistant.errors import SealError, VaultError, WrongKeyError
from assistant.files import sync_folder, write_atomically
from assistant.vault.sealer import KEY_BYTES, NONCE_BYTES, derive_key

FORMAT = 1
_BOX_BYTES = NONCE_BYTES + KEY_BYTES + 16
_MOVE_AWAY = "Restore it from a backup. Hippo leaves the damaged file as it is."

Box = Annotated[bytes, msgspec.Meta(min_length=_BOX_BYTES, max_length=_BOX_BYTES)]
Salt = Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
HexId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16,32}$")]


class Argon2Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one guess of the passphrase costs (Argon2id, RFC 9106).

    The bounds are also checked when a file is read, so that a hostile one cannot ask for all memory or all day.

    Attributes:
        memory_kib: Memory in KiB.
        passes: Passes over the memory.
        lanes: Degree of parallelism.
    """

    memory_kib: Annotated[int, msgspec.Meta(ge=64, le=1 << 20)] = 64 * 1024
    passes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 3
    lanes: Annotated[int, msgspec.Meta(ge=1, le=8)] = 4


class KeyringWrap(msgspec.Struct, frozen=True, kw_only=True):
    """The wrapping key is kept in the OS keyring under the name `entry`."""

    entry: str
    box: Box


class PassphraseWrap(msgspec.Struct, frozen=True, kw_only=True):
    """The wrapping key is Argon2id of the passphrase."""

    salt: Salt
    cost: Argon2Cost
    box: Box


class RecoveryWrap(msgspec.Struct, frozen=True, kw_only=True):
    """The wrapping key is HKDF-SHA256 of the secret in the recovery code."""

    salt: Salt
    box: Box


class VaultFile(msgspec.Struct, frozen=True, kw_only=True):
    """The content of vault.json.

    Attributes:
        key_id: Names the data key without saying anything about it.
        retired: Names of keyring entries that no longer open anything and could not be deleted yet.
    """

    format: int = FORMAT
    vault_id: HexId
    key_id: HexId
    keyring: KeyringWrap | None = None
    passphrase: PassphraseWrap | None = None
    recovery: RecoveryWrap | None = None
    retired: tuple[str, ...] = ()

    @property
    def wraps(self) -> tuple[str, ...]:
        """The kinds of wrap that there are, of "keyring", "passphrase" and "recovery"."""
        kinds = {"keyring": self.keyring, "passphrase": self.passphrase, "recovery": self.recovery}
        return tuple(kind for kind, wrap in kinds.items() if wrap is not None)


def parse(data: bytes, *, name: str) -> VaultFile:
    """Understand the content of a vault file; `name` is what error messages call it.

    Raises:
        VaultError: It is damaged, or a newer Hippo wrote it.
    """
    try:
        version = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if isinstance(version, int) and version > FORMAT:
            raise VaultError(f"{name} was written by a newer Hippo.", next_step="Update Hippo to open it.")
        content = msgspec.json.decode(data, type=VaultFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VaultError(f"{name} is damaged ({error}).", next_step=_MOVE_AWAY) from error
    if not content.wraps:
        raise VaultError(f"{name} is damaged (it holds no key).", next_step=_MOVE_AWAY)
    return content


def read(path: Path) -> VaultFile:
    """Read the vault file at `path`.

    Raises:
        VaultError: There is none, or it is damaged, or a newer Hippo wrote it.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise VaultError(f"There is no vault at {path} yet.", next_step="Create one first.") from None
    except OSError as error:
        raise VaultError(
            f"The vault file {path} cannot be read ({error.strerror}).",
            next_step="Check that it is a file and that you may read it.",
        ) from error
    return parse(data, name=f"The vault file {path}")


def write(path: Path, content: VaultFile) -> None:
    """Replace the vault file durably.

    Raises:
        VaultError: The disk refused.
    """
    try:
        write_atomically(path, _written(content))
    except OSError as error:
        raise _not_written(path, error) from error


def write_new(path: Path, content: VaultFile) -> None:
    """Write the vault file durably where there is none: one that is there, or comes meanwhile, is left as it is.

    Raises:
        VaultError: There is one already, or the disk refused.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_written(content))
                stream.flush()
                os.fsync(stream.fileno())
            _name_exclusively(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise VaultError(f"There is a vault at {path} already.", next_step="Open that one.") from error
    except OSError as error:
        raise _not_written(path, error) from error


def _name_exclusively(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links, as on a memory stick: an empty file holds the name until the rename.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _written(content: VaultFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _not_written(path: Path, error: OSError) -> VaultError:
    return VaultError(
        f"The vault file {path} could not be written ({error.strerror}).",
        next_step="Make room or check the disk, then try again.",
    )


def wrap_key(wrapping_key: bytes, data_key: bytes, associated: bytes) -> bytes:
    """The box of `data_key` under `wrapping_key`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, data_key, associated)


def unwrap_key(wrapping_key: bytes, box: bytes, associated: bytes) -> bytes:
    """The data key in a box.

    Raises:
        SealError: Wrong wrapping key, or box or parameters were altered.
    """
    try:
        return AESGCM(wrapping_key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], associated)
    except InvalidTag:
        raise SealError("The wrapped key does not open.") from None


def associated_data(content: VaultFile, kind: str, *parameters: object) -> bytes:
    """What a wrap of this vault is bound to."""
    return msgspec.msgpack.encode(("hippo wrap", content.format, content.vault_id, content.key_id, kind, *parameters))


def normalise_passphrase(passphrase: str) -> bytes:
    """The passphrase as bytes that do not depend on the keyboard that typed it (Unicode NFKC, UTF-8)."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def passphrase_key(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """The wrapping key of a passphrase (Argon2id, 32 bytes). Raises VaultError where there is too little memory."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    try:
        return kdf.derive(normalise_passphrase(passphrase))
    except MemoryError as error:
        raise VaultError(
            f"There is not enough memory to check the passphrase: it takes {cost.memory_kib // 1024:,} MB.",
            next_step="Close other programs and try again.",
        ) from error


def make_passphrase_wrap(content: VaultFile, data_key: bytes, passphrase: str, cost: Argon2Cost) -> PassphraseWrap:
    """Wrap the data key by a passphrase, under a fresh salt."""
    salt = os.urandom(16)
    bound = associated_data(content, "passphrase", salt, cost)
    return PassphraseWrap(salt=salt, cost=cost, box=wrap_key(passphrase_key(passphrase, salt, cost), data_key, bound))


def open_passphrase_wrap(content: VaultFile, passphrase: str) -> bytes:
    """The data key.

    Raises:
        WrongKeyError: The passphrase does not open it, or there is no passphrase wrap.
    """
    wrap = content.passphrase
    if wrap is None:
        raise WrongKeyError("This vault has no passphrase.", next_step="Open it in another way.")
    try:
        bound = associated_data(content, "passphrase", wrap.salt, wrap.cost)
        return unwrap_key(passphrase_key(passphrase, wrap.salt, wrap.cost), wrap.box, bound)
    except SealError:
        raise WrongKeyError(
            "The passphrase does not open this vault.", next_step="Try again; upper and lower case matter."
        ) from None


def make_recovery_wrap(content: VaultFile, data_key: bytes, secret: bytes) -> RecoveryWrap:
    """Wrap the data key by the secret in a recovery code."""
    salt = os.urandom(16)
    bound = associated_data(content, "recovery", salt)
    return RecoveryWrap(salt=salt, box=wrap_key(_recovery_key(secret, salt), data_key, bound))


def open_recovery_wrap(content: VaultFile, secret: bytes) -> bytes:
    """The data key.

    Raises:
        WrongKeyError: The code belongs to another vault or was replaced, or there is no recovery wrap.
    """
    wrap = content.recovery
    if wrap is None:
        raise WrongKeyError("This vault has no recovery code.", next_step="Open it in another way.")
    try:
        return unwrap_key(_recovery_key(secret, wrap.salt), wrap.box, associated_data(content, "recovery", wrap.salt))
    except SealError:
        raise WrongKeyError(
            "The recovery code is well formed, but it does not open this vault.",
            next_step="It may belong to another vault, or a newer code has replaced it.",
        ) from None


def make_keyring_wrap(content: VaultFile, data_key: bytes, entry: str, wrapping_key: bytes) -> KeyringWrap:
    """Wrap the data key by a key that the keyring keeps under the name `entry`."""
    bound = associated_data(content, "keyring", entry)
    return KeyringWrap(entry=entry, box=wrap_key(wrapping_key, data_key, bound))


def open_keyring_wrap(content: VaultFile, wrap: KeyringWrap, wrapping_key: bytes) -> bytes:
    """The data key.

    Raises:
        WrongKeyError: The keyring's key does not open it.
    """
    try:
        return unwrap_key(wrapping_key, wrap.box, associated_data(content, "keyring", wrap.entry))
    except (SealError, ValueError):
        raise WrongKeyError(
            "The entry in the keyring does not open this vault.",
            next_step="Use the passphrase or the recovery code, then renew the keyring entry.",
        ) from None


def _recovery_key(secret: bytes, salt: bytes) -> bytes:
    return derive_key(secret, salt=salt, info=b"hippo recovery code")
