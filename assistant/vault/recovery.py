"""The recovery code: 128 random bits that a person can write down and type in again. Knows no vault.

Seven groups of four symbols of Crockford's base 32 (https://www.crockford.com/base32.html): 28 symbols hold
140 bits, the 128 bits of the secret and the first 12 bits of their SHA-256 as a checksum.
"""

import hashlib
import os

from assistant.errors import InputError

SECRET_BYTES = 16
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOLS = 28
_GROUP = 4
_CHECK_BITS = 12
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " \t\r\n-‐‑‒–—_.")


def new_secret() -> bytes:
    """A fresh random secret of 16 bytes."""
    return os.urandom(SECRET_BYTES)


def write_code(secret: bytes) -> str:
    """The code for a secret of 16 bytes, such as `7Q4M-0ZKD-…`."""
    number = int.from_bytes(secret, "big") << _CHECK_BITS | _checksum(secret)
    symbols = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SYMBOLS)))
    return "-".join(symbols[start : start + _GROUP] for start in range(0, _SYMBOLS, _GROUP))


def read_code(code: str) -> bytes:
    """The secret that a typed code stands for.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.

    Raises:
        InputError: The code has the wrong length, a symbol that no code has, or a checksum that does not fit.
    """
    symbols = code.translate(_SEPARATORS).upper().translate(_READ_AS)
    unknown = sorted(set(symbols) - set(_ALPHABET))
    if unknown:
        raise InputError(
            f"The recovery code has a character that no code has: {unknown[0]!r}.",
            next_step="Compare it with what you wrote down.",
        )
    if len(symbols) != _SYMBOLS:
        raise InputError(
            f"The recovery code has {len(symbols)} letters and digits instead of {_SYMBOLS}.",
            next_step="Compare it with what you wrote down.",
        )
    number = 0
    for symbol in symbols:
        number = number << 5 | _ALPHABET.index(symbol)
    secret = (number >> _CHECK_BITS).to_bytes(SECRET_BYTES, "big")
    if _checksum(secret) != number & (1 << _CHECK_BITS) - 1:
        raise InputError(
            "The recovery code has a typing error: its checksum does not fit.",
            next_step="Compare it with what you wrote down, group by group.",
        )
    return secret


def _checksum(secret: bytes) -> int:
    digest = hashlib.sha256(b"hippo recovery code" + secret).digest()
    return int.from_bytes(digest[:2], "big") >> 16 - _CHECK_BITS
