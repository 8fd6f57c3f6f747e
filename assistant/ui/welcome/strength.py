"""A rough idea of how long a passphrase withstands guessing, while it is typed. A hint, not a rule; knows no Qt."""

import math
import re
from dataclasses import dataclass

LEAST = 8
"""Fewest characters that the vault takes."""

_NOTORIOUS = ("password", "passwort", "qwert", "asdf", "12345", "abcdef", "letmein", "iloveyou", "hippo", "secret")
_BITS_OF_A_WORD = 12.0


@dataclass(frozen=True)
class Strength:
    """How strong: `level` is 0 (too short) to 4 (strong), `bits` a rough estimate."""

    level: int
    bits: float


def strength(passphrase: str) -> Strength:
    """The strength of a passphrase.

    Characters count by the alphabets they come from; repeated ones, runs like "abc" and notorious words count little;
    and plain words count as words, because that is how they are guessed.
    """
    if len(passphrase) < LEAST:
        return Strength(0, 0.0)
    lowered = passphrase.lower()
    for word in _NOTORIOUS:
        lowered = lowered.replace(word, word[0])
    telling = sum(
        1.0 if at == 0 or abs(ord(letter) - ord(lowered[at - 1])) > 1 else 0.25 for at, letter in enumerate(lowered)
    )
    telling = min(telling, 2.0 * len(set(lowered)))
    alphabets = ((r"[a-z]", 26), (r"[A-Z]", 26), (r"[0-9]", 10), (r"[^\w]|_", 24), (r"[^\x00-\x7f]", 60))
    pool = sum(size for pattern, size in alphabets if re.search(pattern, passphrase))
    bits = telling * math.log2(max(2, pool))
    words = [word for word in re.split(r"[\s\-_.]+", lowered) if word]
    if all(re.fullmatch(r"[^\W\d]+", word) for word in words):
        bits = min(bits, _BITS_OF_A_WORD * len(set(words)) + 6.0)
    level = 1 + sum(bits >= enough for enough in (36.0, 48.0, 60.0))
    return Strength(level, bits)
