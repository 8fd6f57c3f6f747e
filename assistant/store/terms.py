"""Text to search terms: words, without English stop words, stemmed, hashed.

The terms are stored inside the sealed record, so that opening a memory needs no tokenising. A term is the CRC-32
of a stem: two stems in a vocabulary of 50,000 share one with a chance of about one in four, which costs a search a
stray match and nothing else.
"""

import re
import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

# Lucene's English stop words and the function words that questions are made of.
_STOP_LIST = """
a about after again all also am an and any are aren't as at be because been before being but by can can't
could couldn't did didn't do does doesn't doing don't down for from further had hadn't has hasn't have haven't
having he her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself
just let let's me more most my myself no nor not of off on once only or other our ours out over own same she
she's should so some such than that that's the their theirs them themselves then there there's these they
they're this those through to too under until up us very was wasn't we we're were weren't what what's when
where which while who whom why will with won't would wouldn't you you're your yours yourself
"""
_STOP_WORDS = frozenset(_STOP_LIST.split())


def search_terms(text: str) -> npt.NDArray[np.uint32]:
    """The hashed terms of `text`, in order and with repeats: uint32 of shape (n,)."""
    words = (word.replace("’", "'") for word in _WORD.findall(text.lower()))
    return np.array([_term(word) for word in words if word not in _STOP_WORDS], dtype="<u4")


def term_set(text: str) -> frozenset[int]:
    """The different search terms of `text`."""
    return frozenset(search_terms(text).tolist())


def forget_words() -> None:
    """Drop the words that were looked up before: they are content."""
    _term.cache_clear()


@lru_cache(maxsize=50_000)
def _term(word: str) -> int:
    stem: str = snowballstemmer.stemmer("english").stemWord(word.removesuffix("'s"))
    return zlib.crc32(stem.encode())
