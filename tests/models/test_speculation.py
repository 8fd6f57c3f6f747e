"""Guessing makes answers faster and never different."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.models.convert.convert import convert_gguf
from assistant.models.decoder import Decoder
from assistant.models.draft import DraftModel, draft_for
from assistant.models.generate import Report, generate
from assistant.models.library import LANGUAGE_MODEL
from assistant.models.pace import Pace
from assistant.models.sampling import Sampling
from assistant.models.tokenizer import Message
from assistant.paths import Home

MEMORIES = (
    "[3 May 2026] I said: To start the boiler, first open the red valve under the sink, then hold the black button for "
    "ten seconds until the small lamp turns green, and only after that switch on the pump in the hall.\n"
    "[4 May 2026] I said: The chestnut cake needs four hundred grams of flour, two eggs, a pinch of salt, a spoon of "
    "rosemary and half a litre of water; it bakes for thirty-five minutes at one hundred and ninety degrees."
)
PROMPTS = [
    f"Memories:\n{MEMORIES}\n\nRepeat the memory about the boiler word for word.",
    f"Memories:\n{MEMORIES}\n\nRepeat the memory about the chestnut cake word for word.",
    f"{MEMORIES}\n\nWhat comes after the red valve?",
    "Tell me about the moon.",
    "Write a short story about a dog in a harbour town.",
    "Count from one to forty.",
    "Repeat ten times: the cat sat on the mat.",
    "List five cities and one reason to visit each.",
    "Write a poem in which every line begins with the word never.",
    "What is 2 + 2? Answer, and then explain it to a child.",
]


def never() -> bool:
    return False


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is found is checked, so that many guesses are wrong."""
    monkeypatch.setattr(Pace, "length", lambda self, kind, most: max(min(most, 6), 0))


def written(
    decoder: Decoder,
    text: str,
    sampling: Sampling,
    *,
    tokens: int = 40,
    lookup: bool = True,
    draft: DraftModel | None = None,
    sources: Sequence[Sequence[int]] = (),
) -> tuple[list[int], Report, list[int]]:
    """The answer's tokens, its report, and what the cache holds of it afterwards."""
    prompt = decoder.tokenizer.encode_chat([Message("user", text)], add_generation_prompt=True)
    cache = decoder.new_cache(len(prompt) + tokens)
    answer = generate(
        decoder,
        cache,
        prompt,
        sampling=sampling,
        max_tokens=tokens,
        cancelled=never,
        lookup=lookup,
        draft=draft,
        sources=sources,
    )
    found = [token for chunk in answer for token in chunk.tokens]
    assert answer.report is not None
    assert cache.tokens[: len(prompt)] == prompt
    return found, answer.report, cache.tokens[len(prompt) :]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("text", PROMPTS)
@pytest.mark.parametrize(
    "sampling", [Sampling(), Sampling(repetition_penalty=1.1), Sampling(temperature=0.9, top_p=0.95, seed=4)]
)
def test_answers_are_the_same_token_by_token(decoder: Decoder, text: str, sampling: Sampling) -> None:
    plain, _, _ = written(decoder, text, sampling, lookup=False)
    fast, report, held = written(decoder, text, sampling)
    assert fast == plain
    assert held in (fast, fast[:-1])
    assert report.generated_tokens == len(fast)


@pytest.mark.usefixtures("eager")
def test_wrong_guesses_leave_no_trace_in_the_cache(decoder: Decoder) -> None:
    prompt = decoder.tokenizer.encode_chat([Message("user", PROMPTS[3])], add_generation_prompt=True)
    cache = decoder.new_cache(400)
    answer = generate(decoder, cache, prompt, sampling=Sampling(), max_tokens=50, cancelled=never)
    list(answer)
    assert answer.report is not None
    assert answer.report.guessed_tokens > answer.report.right_tokens > 0
    fresh = decoder.new_cache(400)
    decoder.prefill(fresh, prompt)
    for token in cache.tokens[len(prompt) :]:
        decoder.step(fresh, token)
    assert np.array_equal(decoder.step(cache, 300), decoder.step(fresh, 300))


def test_a_quotation_takes_fewer_passes_than_it_has_tokens(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "timed", lambda self, guesses, seconds: None)  # a busy machine would hold it back
    prompt = decoder.tokenizer.encode(f"{MEMORIES}\n\n{MEMORIES[:90]}")
    answer = generate(decoder, decoder.new_cache(400), prompt, sampling=Sampling(), max_tokens=60, cancelled=never)
    list(answer)
    report = answer.report
    assert report is not None
    assert report.right_tokens > report.generated_tokens / 2
    assert report.right_tokens > report.guessed_tokens / 2


def test_without_lookup_nothing_is_guessed(decoder: Decoder) -> None:
    _, report, _ = written(decoder, PROMPTS[0], Sampling(), lookup=False)
    assert (report.guessed_tokens, report.right_tokens) == (0, 0)


@pytest.mark.usefixtures("eager")
def test_sampled_answers_follow_the_models_distribution(tiny: Path, tmp_path: Path) -> None:
    convert_gguf(tiny, tmp_path / "model")
    decoder = Decoder.load(tmp_path / "model")  # so quick that it writes many answers
    # What other answers began with is guessed, and is right now and then.
    sources = [_drawn(decoder, 9000 + seed, lookup=False)[0] for seed in range(8)]
    counts = {lookup: Counter[tuple[int, int]]() for lookup in (False, True)}
    guessed = right = 0
    for seed in range(150):
        for lookup, count in counts.items():
            # Different seeds, so that the two are independent samples.
            found, report = _drawn(decoder, seed + 1000 * lookup, lookup=lookup, sources=sources)
            count.update(pairwise(found))
            guessed, right = guessed + report.guessed_tokens, right + report.right_tokens
    assert guessed / 2 > right > 200
    shared = {pair for pair, count in (counts[False] + counts[True]).items() if count >= 15}
    assert len(shared) > 20
    for pair in shared:
        plain, fast = counts[False][pair], counts[True][pair]
        # Four standard deviations of a difference of two counts.
        assert abs(plain - fast) <= 4 * (plain + fast) ** 0.5


def _drawn(
    decoder: Decoder, seed: int, *, lookup: bool, sources: Sequence[Sequence[int]] = ()
) -> tuple[list[int], Report]:
    sampling = Sampling(temperature=1.0, top_k=2, seed=seed)
    return written(decoder, "Yes or no?", sampling, tokens=12, lookup=lookup, sources=sources)[:2]


@pytest.mark.usefixtures("eager")
def test_an_answer_stops_between_the_tokens_of_one_pass(decoder: Decoder) -> None:
    prompt = decoder.tokenizer.encode_chat([Message("user", PROMPTS[1])], add_generation_prompt=True)
    cache = decoder.new_cache(600)
    given: list[int] = []
    answer = generate(decoder, cache, prompt, sampling=Sampling(), max_tokens=60, cancelled=lambda: len(given) >= 25)
    for chunk in answer:
        given.extend(chunk.tokens)
    assert answer.report is not None
    assert answer.report.ended == "cancelled"
    assert len(given) == 25
    assert cache.tokens[len(prompt) :] in (given, given[:-1])


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("limit", [1, 2, 7, 30])
def test_the_limits_hold_in_the_middle_of_a_pass(decoder: Decoder, limit: int) -> None:
    found, report, _ = written(decoder, PROMPTS[3], Sampling(), tokens=limit)
    assert report.ended in ("length", "stop")
    assert found == written(decoder, PROMPTS[3], Sampling(), tokens=limit, lookup=False)[0]


def test_a_draft_model_that_shares_the_tokens_changes_no_answer(decoder: Decoder) -> None:
    draft = DraftModel.beside(decoder, decoder, 400)
    for sampling in (Sampling(), Sampling(temperature=0.8, seed=2)):
        plain, _, _ = written(decoder, "Tell me about the moon.", sampling, lookup=False)
        fast, report, _ = written(decoder, "Tell me about the moon.", sampling, draft=draft)
        assert fast == plain
        assert report.right_tokens > 0
    draft.clear()


def test_a_draft_that_is_too_small_for_the_text_guesses_nothing(decoder: Decoder) -> None:
    draft = DraftModel(decoder, 8)
    assert draft.guess(list(range(20)), 4, never) == []
    assert len(draft.guess(list(range(100, 106)), 4, never)) == 2


def test_a_model_with_other_tokens_cannot_guess(decoder: Decoder, tiny: Path, tmp_path: Path) -> None:
    convert_gguf(tiny, tmp_path / "model")
    with pytest.raises(InputError, match="tokens differ"):
        DraftModel.beside(Decoder.load(tmp_path / "model"), decoder, 100)


def test_a_model_guesses_only_for_a_far_larger_one_of_its_tokens(
    decoder: Decoder, model_home: Home, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = model_home.models / LANGUAGE_MODEL.folder
    assert draft_for(decoder, small) is None  # not larger
    assert draft_for(decoder, tmp_path / "nothing") is None
    convert_gguf(tiny, tmp_path / "model")
    other = Decoder.load(tmp_path / "model")
    monkeypatch.setattr(other, "size", 10**12)
    assert draft_for(other, small) is None  # other tokens
    monkeypatch.setattr(decoder, "size", 10**12)
    found = draft_for(decoder, small)
    assert found is not None
    assert found.name == decoder.name


@pytest.mark.usefixtures("eager")
def test_texts_that_are_not_in_the_prompt_can_be_quoted_fast(decoder: Decoder) -> None:
    text = "Count from one to forty."
    plain, _, _ = written(decoder, text, Sampling(), lookup=False)
    fast, report, _ = written(decoder, text, Sampling(), sources=[plain])
    assert fast == plain
    assert report.right_tokens > len(plain) / 2
