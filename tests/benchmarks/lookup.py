"""Answers with and without prompt lookup: those that quote a recalled memory, and free prose."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from assistant.models.cache import KVCache
from assistant.models.decoder import Decoder
from assistant.models.generate import generate
from assistant.models.library import LANGUAGE_MODEL
from assistant.models.sampling import Sampling

from .runtime import THREADS, alternate, chat, load, model_home, ratio

MEMORIES = {
    "the boiler": (
        "To start the boiler at the cabin, first open the red valve under the sink, then hold the black button for ten "
        "seconds until the small lamp turns green, and only after that switch on the pump in the hall, because "
        "otherwise the fuse in the cellar blows and the whole house goes dark."
    ),
    "the chestnut cake": (
        "Grandmother's chestnut cake needs four hundred grams of chestnut flour, two eggs, a pinch of salt, a spoon of "
        "rosemary, a handful of raisins and half a litre of water; it goes into a flat tin and bakes for thirty-five "
        "minutes at one hundred and ninety degrees until the top begins to crack."
    ),
    "Ines": (
        "Ines left the hospital in Porto after nine years, moved to Lisbon in March and now works as a nurse on a "
        "research ship that counts whales between Madeira and the Azores, which means that she is at sea for six weeks "
        "and then at home for three."
    ),
    "the architect": (
        "The meeting with the architect is on the second Thursday of October at half past four in the old customs "
        "house, and we have to bring the signed plans, the letter from the neighbours, two photographs of the roof and "
        "the receipt for the timber that Karl ordered in August."
    ),
}
PROSE = [
    "Tell me about the moon.",
    "Write a short story about a dog in a harbour town.",
    "How do I bake bread?",
    "Why do leaves change colour?",
    "Give me advice for a job interview.",
    "Describe a walk through an old city.",
]
TOKENS = 80
"""Of an answer: a memory and some words around it."""


def measure(*, quick: bool = False) -> dict[str, object]:
    """Tokens per second with lookup over those without, answer by answer, and whether all answers were the same."""
    rounds = 1 if quick else 5
    before = load()
    with model_home() as home:
        decoder = Decoder.load(home.models / LANGUAGE_MODEL.folder, threads=THREADS)
        cache = decoder.new_cache(1024)
        prompts = {
            "quote": [_quoting(decoder, about) for about in MEMORIES],
            "prose": [chat(decoder.tokenizer, question) for question in PROSE],
        }
        figures: dict[str, dict[str, float]] = {"ratio": {}, "cpu_ratio": {}}
        speeds: dict[str, dict[str, float]] = {}
        same = True
        for kind, asked in prompts.items():
            runs: dict[str, list[Run]] = {"lookup": [], "plain": []}
            ratios: dict[str, list[float]] = {"ratio": [], "cpu_ratio": []}
            for prompt in asked[:2] if quick else asked:
                found = alternate(
                    rounds,
                    {
                        "lookup": partial(_answer, decoder, cache, prompt, lookup=True),
                        "plain": partial(_answer, decoder, cache, prompt, lookup=False),
                    },
                )
                fast, plain = found["lookup"], found["plain"]
                same = same and len({run.tokens for run in (*fast, *plain)}) == 1
                ratios["ratio"].append(ratio((run.seconds for run in plain), (run.seconds for run in fast)))
                ratios["cpu_ratio"].append(ratio((run.cpu for run in plain), (run.cpu for run in fast)))
                for name, these in found.items():
                    runs[name] += these
            for name, values in ratios.items():
                figures[name][kind] = round(statistics.median(values), 3)
                figures[name][f"{kind}_least"] = min(values)
            speeds[kind] = {
                name: round(statistics.median(len(run.tokens) / run.seconds for run in these), 1)
                for name, these in runs.items()
            }
    return {
        **figures,
        "tokens_per_second": speeds,
        "identical": same,
        "rounds": rounds,
        "threads": THREADS,
        "load": [before, load()],
    }


@dataclass(frozen=True)
class Run:
    """An answer: its tokens, and the seconds by the clock and of the processor that writing them took."""

    tokens: tuple[int, ...]
    seconds: float
    cpu: float


def _quoting(decoder: Decoder, about: str) -> list[int]:
    recalled = f"[3 May 2026] I said: {MEMORIES[about]}"
    return chat(decoder.tokenizer, f"Memories:\n{recalled}\n\nRepeat the memory about {about} word for word.")


def _answer(decoder: Decoder, cache: KVCache, prompt: Sequence[int], *, lookup: bool) -> Run:
    # The prompt is read before, so that the processor's time is that of writing.
    cache.crop(cache.common_prefix(prompt))
    if cache.length < len(prompt):
        decoder.prefill(cache, prompt[cache.length :])
    began = time.process_time()
    answer = generate(
        decoder, cache, prompt, sampling=Sampling(), max_tokens=TOKENS, cancelled=lambda: False, lookup=lookup
    )
    tokens = tuple(token for chunk in answer for token in chunk.tokens)
    if answer.report is None:
        raise RuntimeError("the answer has no report")
    return Run(tokens, answer.report.generate_ms / 1000, time.process_time() - began)
