"""However tokens get into the cache, the model sees the same text."""

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import CancelledError, ModelError
from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from tests.models.reference import divergence

TEXT = (
    "The hippocampus binds what happened, where and when into one episode. It is small, and it is needed to remember "
    "yesterday's breakfast. Without it, old memories stay and new ones do not last longer than a minute. "
) * 3


@pytest.fixture(scope="module")
def tokens(decoder: Decoder) -> list[int]:
    return decoder.tokenizer.encode(TEXT)[:101]


@pytest.mark.parametrize("chunk", [7, 25, 64, 100, 128])
def test_reading_in_chunks_is_reading_at_once(decoder: Decoder, tokens: list[int], chunk: int) -> None:
    whole = decoder.extend(decoder.new_cache(200), tokens)[0]
    cache = decoder.new_cache(200)
    assert np.array_equal(decoder.prefill(cache, tokens, chunk=chunk), whole)
    assert cache.tokens == tokens


def test_token_by_token_is_the_same_to_the_last_bit(decoder: Decoder, tokens: list[int]) -> None:
    cache, other = decoder.new_cache(200), decoder.new_cache(200)
    steps = np.stack([decoder.step(cache, token) for token in tokens])
    few = np.concatenate([decoder.extend(other, tokens[at : at + 16], keep=len(tokens[at : at + 16]))
                          for at in range(0, len(tokens), 16)])  # fmt: skip
    assert np.array_equal(few, steps)
    whole = decoder.extend(decoder.new_cache(200), tokens, keep=len(tokens))
    # What is written rounds otherwise than what is read.
    assert divergence(whole, steps) < 0.01


@pytest.mark.parametrize("before", [1, 300, 1500])
def test_a_token_alone_and_among_others_gets_the_same_logits(decoder: Decoder, tokens: list[int], before: int) -> None:
    cache = decoder.new_cache(2000)
    decoder.prefill(cache, (tokens * 20)[:before])
    rows = {}
    for count in (1, 2, 3, 8, 16):
        rows[count] = decoder.extend(cache, tokens[:count], keep=count)
        cache.crop(before)
    assert all(np.array_equal(row[0], rows[1][0]) for row in rows.values())
    assert np.array_equal(rows[8], rows[16][:8])


def test_a_pass_may_be_as_long_as_the_cache(decoder: Decoder, tokens: list[int]) -> None:
    text = (tokens * 10)[:900]
    cache = decoder.new_cache(len(text))
    rows = decoder.extend(cache, text, keep=500)
    assert cache.tokens == text
    fresh = decoder.new_cache(len(text))
    decoder.prefill(fresh, text[:700])
    assert np.array_equal(rows[300:], decoder.extend(fresh, text[700:], keep=200))


def test_continuing_after_a_crop_is_the_same_as_starting_afresh(decoder: Decoder, tokens: list[int]) -> None:
    fresh = decoder.prefill(decoder.new_cache(200), tokens, chunk=20)
    cache = decoder.new_cache(200)
    decoder.prefill(cache, tokens[:40] + [7, 8, 9] * 30, chunk=20)
    cache.crop(40)
    assert np.array_equal(decoder.prefill(cache, tokens[40:], chunk=20), fresh)


def test_the_capacity_of_the_cache_does_not_matter(decoder: Decoder, tokens: list[int]) -> None:
    small, large = (decoder.prefill(decoder.new_cache(size), tokens) for size in (len(tokens), 5000))
    assert np.array_equal(small, large)


def test_several_guesses_are_checked_in_one_pass(decoder: Decoder, tokens: list[int]) -> None:
    cache = decoder.new_cache(200)
    decoder.prefill(cache, tokens[:50])
    kept = decoder.extend(cache, tokens[50:60], keep=10)
    assert kept.shape == (10, decoder.vocabulary)
    for row, end in zip(kept, range(51, 61), strict=True):
        fresh = decoder.new_cache(200)
        decoder.prefill(fresh, tokens[:50])
        assert np.array_equal(row, decoder.extend(fresh, tokens[50:end], keep=end - 50)[-1])


def test_two_caches_do_not_disturb_each_other(decoder: Decoder, tokens: list[int]) -> None:
    one, other = decoder.new_cache(200), decoder.new_cache(200)
    decoder.prefill(one, tokens[:50])
    decoder.prefill(other, tokens[50:100])
    assert np.array_equal(decoder.step(one, 42), decoder.step(_filled(decoder, tokens[:50]), 42))


def test_reading_stops_between_chunks_and_keeps_what_it_read(decoder: Decoder, tokens: list[int]) -> None:
    cache = decoder.new_cache(200)
    seen: list[tuple[int, int]] = []
    with pytest.raises(CancelledError):
        decoder.prefill(cache, tokens, chunk=20, progress=lambda *at: seen.append(at), cancelled=lambda: len(seen) == 2)
    assert seen == [(20, len(tokens)), (40, len(tokens))]
    assert cache.tokens == tokens[:40]
    rest = decoder.prefill(cache, tokens[40:], chunk=20)
    assert np.array_equal(rest, decoder.prefill(decoder.new_cache(200), tokens, chunk=20))


def test_reading_stops_within_a_chunk_too_and_leaves_the_cache_usable(decoder: Decoder, tokens: list[int]) -> None:
    cache = decoder.new_cache(2000)
    decoder.prefill(cache, tokens[:20])
    asked = itertools.count()
    with pytest.raises(CancelledError):  # true from the second question on, which comes while the chunk is read
        decoder.prefill(cache, tokens * 15, chunk=2000, cancelled=lambda: next(asked) > 0)
    assert cache.tokens == tokens[:20]
    fresh = decoder.new_cache(200)
    decoder.prefill(fresh, tokens[:20])
    assert np.array_equal(decoder.prefill(cache, tokens[20:]), decoder.prefill(fresh, tokens[20:]))


def test_a_text_that_does_not_fit_is_refused_before_any_work(decoder: Decoder, tokens: list[int]) -> None:
    cache = decoder.new_cache(100)
    with pytest.raises(ModelError, match="longer than the model can see"):
        decoder.prefill(cache, tokens, chunk=10)
    assert cache.length == 0
    assert decoder.new_cache(1 << 40).capacity == decoder.context_length == 8192


def test_tokens_that_are_none_are_refused(decoder: Decoder) -> None:
    cache = decoder.new_cache(10)
    for bad in ([-1], [decoder.vocabulary], []):
        with pytest.raises(ModelError):
            decoder.prefill(cache, bad)
    assert cache.length == 0


@pytest.mark.parametrize(
    "name", ["model.onnx", "model.onnx.data", "tokenizer.json.gz", "chat_template.jinja", "hippo.json"]
)
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_folder_is_a_clear_error(tmp_path: Path, tiny: Path, name: str, damage: str) -> None:
    from assistant.models.convert.convert import convert_gguf

    convert_gguf(tiny, tmp_path / "model")
    path = tmp_path / "model" / name
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    if (name, damage) == ("chat_template.jinja", "cut"):
        path.write_text("{% if")
    with pytest.raises(ModelError) as caught:
        Decoder.load(tmp_path / "model")
    assert caught.value.next_step


def test_a_folder_can_move(tmp_path: Path, tiny: Path) -> None:
    from assistant.models.convert.convert import convert_gguf

    convert_gguf(tiny, tmp_path / "model")
    shutil.move(tmp_path / "model", tmp_path / "Modèle déplacé")
    assert Decoder.load(tmp_path / "Modèle déplacé").name == "Tiny"


def _filled(decoder: Decoder, tokens: list[int]) -> KVCache:
    cache = decoder.new_cache(200)
    decoder.prefill(cache, tokens)
    return cache
