"""300 turns of a scripted conversation with the real model in one process: does it stay as small and as quick?

Reports resident memory after each turn, the time of each turn next to others of about the same prompt length, and the
time to the first token with the KV cache that the conversation keeps, over that of the same prompt read from its start.
`--order paper` puts the memory before the dialogue, as HEMA does.
"""

import argparse
import gc
import statistics
import tempfile
import time
from itertools import product
from pathlib import Path

from assistant.conversation.session import Session
from assistant.models.decoder import Decoder
from assistant.models.library import LANGUAGE_MODEL
from assistant.paths import Home
from assistant.settings import Generation, MemorySettings, Settings

from .runtime import load

PEOPLE = ["my sister Ines", "my neighbour Tom", "my boss Ruth", "my friend Kofi", "my uncle Karl"]
THINGS = [
    "is going to {place} in {month}.",
    "wants to learn how to cook with {food}.",
    "told me a story about {place} and {food}.",
    "will not eat {food} any more.",
]
PLACES = ["Lisbon", "Oslo", "Kyoto", "Accra", "Quito"]
FOODS = ["saffron", "lentils", "figs", "rye bread", "smoked trout"]
EVERY = 10  # turns, of which one is also read from the start
MONTHS = ["March", "June", "August", "October", "December"]


def script(turns: int) -> list[str]:
    """What the user says, the same at every run."""
    lines = []
    for i, (thing, person) in enumerate(product(THINGS * 15, PEOPLE)):
        filled = thing.format(place=PLACES[i % 5], food=FOODS[(i // 2) % 5], month=MONTHS[(i // 3) % 5])
        lines.append(f"Today {person} {filled}" if i % 4 else f"What did I say about {person}?")
    return lines[:turns]


def resident_bytes() -> int:
    """Resident memory of this process. Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--order", choices=("cached", "paper"), default="cached", help="what the prompt has first")


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, object]:
    """Run the conversation; times in ms, memory in MB."""
    turns = 20 if quick else 300
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        session = Session(Home(Path(scratch) / "home"), keyring=None)
        session.create(passphrase="a passphrase for benchmarks")
        session.prepare_models()
        # In the model's own words throughout: a quotation reads passages instead of the prompt.
        session.engine.change_settings(
            Settings(generation=Generation(answers="free"), memory=MemorySettings(prompt_order=options.order))
        )
        fresh = Decoder.load(session.home.models / LANGUAGE_MODEL.folder)
        chat = session.engine.new_chat()
        for text in script(turns):
            began = time.perf_counter()
            prepared = session.engine.prepare(chat, text)
            answering = session.engine.answer(prepared, max_tokens=48)
            for _ in answering:
                pass
            answered = time.perf_counter()
            chat = session.engine.keep(prepared, answering)
            ended = time.perf_counter()
            # Between two turns of a person there is time to read.
            session.engine.read_ahead(chat)
            ahead = time.perf_counter() - ended
            afresh = 0.0
            if len(rows) % EVERY == EVERY - 1:
                cache = fresh.new_cache(len(prepared.prompt.tokens))
                began_afresh = time.perf_counter()
                fresh.prefill(cache, prepared.prompt.tokens)
                afresh = (time.perf_counter() - began_afresh) * 1000
                del cache
            gc.collect()
            rows.append(
                {
                    "first_token_ms": prepared.recall_ms + answering.prefill_ms,
                    "afresh_ms": prepared.recall_ms + afresh if afresh else 0.0,
                    "turn_ms": (ended - began) * 1000,
                    "recall_ms": prepared.recall_ms,
                    "prefill_ms": answering.prefill_ms,
                    "read_ahead_ms": ahead * 1000,
                    "generate_ms": answering.generate_ms,
                    "keep_ms": (ended - answered) * 1000,
                    "prompt_tokens": len(prepared.prompt.tokens),
                    "answer_tokens": answering.tokens,
                    "resident_mb": resident_bytes() / 1e6,
                }
            )
        session.close()
    return _summed_up(rows)


def _summed_up(rows: list[dict[str, float]]) -> dict[str, object]:
    settled = [row["resident_mb"] for row in rows[20:]] or [rows[-1]["resident_mb"]]
    middle = statistics.median(settled)
    slowest = 0.0
    for row in rows[1:]:
        # Same prompt length means within 15 %; the time for one token of the answer differs with its length.
        alike = [r for r in rows[1:] if abs(r["prompt_tokens"] - row["prompt_tokens"]) <= 0.15 * row["prompt_tokens"]]
        usual = statistics.median(r["turn_ms"] for r in alike)
        slowest = max(slowest, row["turn_ms"] / usual)

    def median(name: str) -> float:
        return round(statistics.median(row[name] for row in rows), 1)

    both = [row for row in rows if row["afresh_ms"]]
    return {
        "turns": len(rows),
        "first_token_ratio": round(statistics.median(r["first_token_ms"] / r["afresh_ms"] for r in both), 3),
        "first_token_ms_median": round(statistics.median(r["first_token_ms"] for r in both), 1),
        "afresh_ms_median": round(statistics.median(r["afresh_ms"] for r in both), 1),
        "resident_mb_after_turn_20": round(rows[min(20, len(rows) - 1)]["resident_mb"], 1),
        "resident_mb_at_end": round(rows[-1]["resident_mb"], 1),
        "resident_spread_after_20": round(max(abs(value - middle) for value in settled) / middle, 3),
        "slowest_turn_over_median_at_same_length": round(slowest, 2),
        "turn_ms_median": median("turn_ms"),
        "recall_ms_median": median("recall_ms"),
        "prefill_ms_median": median("prefill_ms"),
        "generate_ms_median": median("generate_ms"),
        "keep_ms_median": median("keep_ms"),
        "read_ahead_ms_median": median("read_ahead_ms"),
        "largest_prompt": max(row["prompt_tokens"] for row in rows),
        "budget": Settings().memory.prompt_tokens,
        "load": load(),
    }
