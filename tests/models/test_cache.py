"""The cache forgets what it is told to forget."""

import numpy as np
import pytest

from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder


@pytest.fixture
def cache(decoder: Decoder) -> KVCache:
    cache = decoder.new_cache(64)
    decoder.prefill(cache, [10, 20, 30, 40])
    return cache


def test_it_knows_what_it_shares_with_a_prompt(cache: KVCache) -> None:
    assert cache.common_prefix([10, 20, 99]) == 2
    assert cache.common_prefix([10, 20, 30, 40, 50]) == 4
    assert cache.common_prefix([10]) == 1
    assert cache.common_prefix([99]) == cache.common_prefix([]) == 0


def test_cropping_keeps_the_start(cache: KVCache) -> None:
    cache.crop(9)
    assert cache.length == 4
    cache.crop(2)
    assert cache.tokens == [10, 20]
    cache.crop(-1)
    assert cache.length == 0


def test_clearing_leaves_nothing_of_the_conversation_in_memory(decoder: Decoder, cache: KVCache) -> None:
    decoder.prefill(cache, list(range(50, 70)))
    assert all(buffer.any() for buffer in cache.buffers)
    cache.crop(1)  # what lies past the length must go too
    cache.clear()
    assert cache.length == 0
    assert not any(buffer.any() for buffer in cache.buffers)
    assert not cache.logits.any()


def test_a_cleared_cache_can_be_used_again(decoder: Decoder, cache: KVCache) -> None:
    cache.clear()
    assert np.array_equal(decoder.prefill(cache, [5, 6, 7]), decoder.prefill(decoder.new_cache(8), [5, 6, 7]))
