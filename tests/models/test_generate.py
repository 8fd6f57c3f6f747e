"""An answer from the first token to the report."""

import threading

import pytest

from assistant.errors import ModelError
from assistant.models.decoder import Decoder
from assistant.models.generate import Answer, generate
from assistant.models.sampling import Sampling
from assistant.models.tokenizer import Message

GREEDY = Sampling()


def asked(decoder: Decoder, question: str) -> list[int]:
    return decoder.tokenizer.encode_chat([Message("user", question)], add_generation_prompt=True)


def answered(answer: Answer) -> str:
    return "".join(chunk.text for chunk in answer)


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def prompt(decoder: Decoder) -> list[int]:
    return asked(decoder, "What is the capital of France? Answer in one short sentence.")


def test_the_built_in_model_answers_a_question_and_stops(decoder: Decoder, prompt: list[int]) -> None:
    answer = generate(decoder, decoder.new_cache(256), prompt, sampling=GREEDY, max_tokens=100, cancelled=never)
    chunks = list(answer)
    text = "".join(chunk.text for chunk in chunks)
    assert "Paris" in text
    assert "<|" not in text
    report = answer.report
    assert report is not None
    assert (report.ended, report.prompt_tokens, report.reused_tokens) == ("stop", len(prompt), 0)
    assert report.generated_tokens == sum(len(chunk.tokens) for chunk in chunks)
    assert report.prefill_ms > 0 < report.generate_ms
    assert decoder.tokenizer.decode([token for chunk in chunks for token in chunk.tokens]) == text


@pytest.mark.parametrize("sampling", [GREEDY, Sampling(temperature=0.9, top_p=0.95, seed=11, repetition_penalty=1.1)])
def test_the_same_question_gets_the_same_answer(decoder: Decoder, prompt: list[int], sampling: Sampling) -> None:
    texts = {
        answered(generate(decoder, decoder.new_cache(size), prompt, sampling=sampling, max_tokens=40, cancelled=never))
        for size in (128, 256, 1024)
    }
    assert len(texts) == 1


def test_another_seed_gives_another_answer(decoder: Decoder) -> None:
    prompt = asked(decoder, "Tell me a story.")
    texts = {
        answered(
            generate(
                decoder,
                decoder.new_cache(256),
                prompt,
                sampling=Sampling(temperature=1, seed=seed),
                max_tokens=30,
                cancelled=never,
            )
        )
        for seed in (1, 2)
    }
    assert len(texts) == 2


def test_a_follow_up_reads_only_what_is_new(decoder: Decoder) -> None:
    cache = decoder.new_cache(512)
    first = [Message("user", "My name is Ada. Remember it.")]
    prompt = decoder.tokenizer.encode_chat(first, add_generation_prompt=True)
    text = answered(generate(decoder, cache, prompt, sampling=GREEDY, max_tokens=20, cancelled=never))
    held = list(cache.tokens)
    follow_up = [*first, Message("assistant", text), Message("user", "Thanks")]
    longer = decoder.tokenizer.encode_chat(follow_up, add_generation_prompt=True)
    read: list[tuple[int, int]] = []
    answer = generate(
        decoder, cache, longer, sampling=GREEDY, max_tokens=5, cancelled=never, on_prefill=lambda *at: read.append(at)
    )
    answered(answer)
    assert answer.report is not None
    assert answer.report.reused_tokens >= len(prompt)
    assert held[: answer.report.reused_tokens] == longer[: answer.report.reused_tokens]
    assert read[-1] == (len(longer) - answer.report.reused_tokens,) * 2


def test_asking_again_with_a_full_cache_needs_one_token_only(decoder: Decoder, prompt: list[int]) -> None:
    cache = decoder.new_cache(256)
    texts = []
    for _ in range(2):
        answer = generate(decoder, cache, prompt, sampling=GREEDY, max_tokens=8, cancelled=never)
        texts.append(answered(answer))
    assert answer.report is not None
    assert answer.report.reused_tokens == len(prompt) - 1
    assert texts[0] == texts[1]


def test_it_ends_at_the_limit_and_at_the_end_of_the_context(decoder: Decoder) -> None:
    prompt = asked(decoder, "Write a short story about a dog in a harbour town.")
    for capacity, limit, expected in ((256, 7, 7), (len(prompt) + 5, 100, 6), (len(prompt), 100, 1), (256, 0, 0)):
        answer = generate(
            decoder, decoder.new_cache(capacity), prompt, sampling=GREEDY, max_tokens=limit, cancelled=never
        )
        answered(answer)
        assert answer.report is not None
        assert (answer.report.ended, answer.report.generated_tokens) == ("length", expected)


def test_stop_is_heeded_before_each_token(decoder: Decoder, prompt: list[int]) -> None:
    stop = threading.Event()
    answer = generate(decoder, decoder.new_cache(256), prompt, sampling=GREEDY, max_tokens=100, cancelled=stop.is_set)
    for count, _ in enumerate(answer, start=1):
        assert count <= 3
        if count == 3:
            stop.set()
    assert answer.report is not None
    assert answer.report.ended == "cancelled"


def test_stop_is_heeded_while_the_prompt_is_read(decoder: Decoder) -> None:
    prompt = asked(decoder, "word " * 600)
    seen: list[int] = []
    cache = decoder.new_cache(2000)
    answer = generate(
        decoder,
        cache,
        prompt,
        sampling=GREEDY,
        max_tokens=10,
        cancelled=lambda: len(seen) == 2,
        on_prefill=lambda done, _: seen.append(done),
    )
    assert list(answer) == []
    assert answer.report is not None
    assert (answer.report.ended, answer.report.generated_tokens) == ("cancelled", 0)
    assert len(seen) == 2
    assert cache.tokens == prompt[: seen[-1]]


def test_an_answer_that_nobody_reads_to_the_end_is_reported_as_stopped(decoder: Decoder, prompt: list[int]) -> None:
    answer = generate(decoder, decoder.new_cache(256), prompt, sampling=GREEDY, max_tokens=50, cancelled=never)
    chunks = iter(answer)
    next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert answer.report is not None
    assert answer.report.ended == "cancelled"


def test_emoji_arrive_whole(decoder: Decoder) -> None:
    prompt = asked(decoder, "Repeat exactly: 🦛🎉🌍")
    answer = generate(decoder, decoder.new_cache(256), prompt, sampling=GREEDY, max_tokens=30, cancelled=never)
    assert all(chunk.text and "\ufffd" not in chunk.text for chunk in answer)


def test_a_prompt_that_does_not_fit_is_a_clear_error(decoder: Decoder, prompt: list[int]) -> None:
    answer = generate(decoder, decoder.new_cache(10), prompt, sampling=GREEDY, max_tokens=5, cancelled=never)
    with pytest.raises(ModelError, match="longer than the model can see"):
        list(answer)
    with pytest.raises(ModelError, match="nothing to read"):
        list(generate(decoder, decoder.new_cache(10), [], sampling=GREEDY, max_tokens=5, cancelled=never))
