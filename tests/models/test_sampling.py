"""Which tokens may be drawn, and how often."""

from collections import Counter

import numpy as np
import pytest

from assistant.errors import InputError, ModelError
from assistant.models.sampling import Sampler, Sampling, candidates

PROBABILITIES = np.array([0.05, 0.4, 0.1, 0.25, 0.2])
LOGITS = np.log(PROBABILITIES).astype(np.float32)


def drawn(sampling: Sampling, times: int = 4000) -> dict[int, float]:
    sampler = Sampler(sampling)
    counts = Counter(sampler.pick(LOGITS, ()) for _ in range(times))
    return {token: count / times for token, count in counts.items()}


def test_greedy_takes_the_likeliest_and_the_first_of_equals() -> None:
    assert Sampler(Sampling()).pick(LOGITS, ()) == 1
    assert Sampler(Sampling()).pick(np.array([0, 3, 1, 3], np.float32), ()) == 1


def test_plain_sampling_follows_the_models_distribution() -> None:
    found = drawn(Sampling(temperature=1, seed=1))
    # Four standard deviations of a share of 0.4 in 4,000 draws.
    assert all(abs(found[token] - chance) < 0.031 for token, chance in enumerate(PROBABILITIES))


def test_temperature_sharpens_and_flattens() -> None:
    for temperature in (0.5, 2.0):
        expected = PROBABILITIES ** (1 / temperature)
        expected /= expected.sum()
        found = drawn(Sampling(temperature=temperature, seed=2))
        assert all(abs(found[token] - chance) < 0.032 for token, chance in enumerate(expected))


@pytest.mark.parametrize(
    ("sampling", "kept"),
    [
        (Sampling(temperature=1, top_k=2), {1, 3}),
        (Sampling(temperature=1, top_k=99), {0, 1, 2, 3, 4}),
        (Sampling(temperature=1, top_p=0.5), {1, 3}),
        (Sampling(temperature=1, top_p=0.01), {1}),
        (Sampling(temperature=1, min_p=0.45), {1, 3, 4}),
        (Sampling(temperature=1, min_p=1), {1}),
        (Sampling(temperature=1, top_k=4, top_p=0.9, min_p=0.3), {1, 3, 4}),
    ],
)
def test_only_the_allowed_tokens_are_drawn(sampling: Sampling, kept: set[int]) -> None:
    assert set(candidates(LOGITS, sampling)[0].tolist()) == kept
    assert set(drawn(sampling, 500)) == kept


@pytest.mark.parametrize(("spread", "top_p", "min_p"), [(0.1, 0.9, 0), (8, 0.95, 0), (0.1, 0.97, 0.8), (0.1, 1, 0.7)])
def test_a_large_vocabulary_is_cut_exactly_where_a_full_sort_would_cut_it(
    spread: float, top_p: float, min_p: float
) -> None:
    scores = np.random.default_rng(9).normal(0, spread, 20_000).astype(np.float32)
    tokens, chances = candidates(scores, Sampling(temperature=1, top_p=top_p, min_p=min_p))
    everything = np.exp(scores.astype(np.float64))
    everything /= everything.sum()
    order = np.argsort(-everything, kind="stable")
    before = everything[order].cumsum() - everything[order]
    kept = order[(before < top_p) & (everything[order] >= min_p * everything.max())]
    assert np.array_equal(tokens, kept)
    assert np.allclose(chances, everything[kept])


def test_a_seed_repeats_and_no_seed_does_not() -> None:
    def sequence(seed: int | None) -> list[int]:
        sampler = Sampler(Sampling(temperature=1, seed=seed))
        return [sampler.pick(LOGITS, ()) for _ in range(100)]

    assert sequence(5) == sequence(5) != sequence(6)
    assert sequence(None) != sequence(None)


def test_the_repetition_penalty_lowers_positive_and_negative_logits_once_each() -> None:
    logits = np.array([2.0, 1.9, -1.0, -1.1], np.float32)
    assert Sampler(Sampling(repetition_penalty=1.2)).pick(logits, [0, 0, 0]) == 1
    assert Sampler(Sampling(repetition_penalty=1.2)).pick(logits[2:], [0]) == 1
    assert logits.tolist() == pytest.approx([2.0, 1.9, -1.0, -1.1])


def test_nonsense_from_a_broken_model_is_a_clear_error() -> None:
    for bad in (np.nan, np.inf):
        with pytest.raises(ModelError):
            Sampler(Sampling()).pick(np.array([0, bad], np.float32), ())


@pytest.mark.parametrize(
    "values",
    [
        {"temperature": -1},
        {"temperature": float("nan")},
        {"top_k": -1},
        {"top_p": 0},
        {"top_p": 1.1},
        {"min_p": 2},
        {"repetition_penalty": 0},
        {"seed": -1},
    ],
)
def test_settings_out_of_range_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(values))):
        Sampling(**values)  # type: ignore[arg-type]
