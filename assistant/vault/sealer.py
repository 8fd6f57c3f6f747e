"""Sealing and opening boxes under one key. Not about where the key comes from: see `vault`.

A box is `nonce (12 bytes) + AES-256-GCM ciphertext and tag`. The plaintext inside is
`length (4 bytes, little-endian) + content + zeros` up to a size class, so that the size of a box says little about
the size of its content.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from assistant.errors import SealError, VaultLockedError

KEY_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16
_LENGTH_BYTES = 4
_STEP = 256
_LINEAR_LIMIT = 4096


def derive_key(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """A 256-bit sub-key of a high-entropy secret (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def size_class(length: int) -> int:
    """The padded size in bytes for a plaintext of `length` bytes (its length prefix included).

    Up to 4 KiB the classes are the multiples of 256 bytes. Above, each power of two is divided into eight equal
    steps (4.5, 5, 5.5 … 8, 9, 10 … KiB), so padding adds at most one eighth.
    """
    step = _STEP if length <= _LINEAR_LIMIT else 1 << (length - 1).bit_length() - 4
    return max(1, -(-length // step)) * step


class Sealer:
    """AES-256-GCM under one key, with random nonces.

    With random 96-bit nonces one key should seal fewer than 2^32 boxes (NIST SP 800-38D, section 8.3): a memory
    stays far below.

    Attributes:
        key_id: 16 hexadecimal digits that name the key without saying anything about it.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self.key_id = HKDFExpand(algorithm=SHA256(), length=8, info=b"hippo key id").derive(key).hex()
        self._cipher: AESGCM | None = AESGCM(key)

    def seal(self, plaintext: bytes, associated: bytes | memoryview) -> bytes:
        """Pad and encrypt `plaintext`, bound to `associated` (which is not stored).

        Raises:
            VaultLockedError: The key was forgotten.
        """
        size = size_class(_LENGTH_BYTES + len(plaintext))
        padded = (len(plaintext).to_bytes(_LENGTH_BYTES, "little") + plaintext).ljust(size, b"\0")
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._key().encrypt(nonce, padded, associated)

    def open(self, box: bytes, associated: bytes | memoryview) -> bytes:
        """The plaintext of a box that was sealed with the same key and the same `associated`.

        Raises:
            SealError: The box was altered, truncated, moved to another place, or sealed with another key.
            VaultLockedError: The key was forgotten.
        """
        cipher = self._key()
        if len(box) < NONCE_BYTES + _TAG_BYTES + _LENGTH_BYTES:
            raise SealError("A sealed box is too short to be whole.")
        try:
            padded = cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], associated)
        except InvalidTag:
            raise SealError("A sealed box was altered, moved, or sealed with another key.") from None
        length = int.from_bytes(padded[:_LENGTH_BYTES], "little")
        if length > len(padded) - _LENGTH_BYTES:
            raise SealError("A sealed box states a length that it does not have.")
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def forget_key(self) -> None:
        """Drop the key. Later use raises VaultLockedError."""
        self._cipher = None

    def _key(self) -> AESGCM:
        if self._cipher is None:
            raise VaultLockedError("The memory is locked.", next_step="Unlock it first.")
        return self._cipher
