"""Reading and writing with the built-in model, next to llama.cpp with the same GGUF file and as many threads.

`--peer llama.cpp` needs llama-cpp-python: `uv run --group peers`, or `--peer-python` with an interpreter that has it.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assistant.models.decoder import Decoder
from assistant.models.library import LANGUAGE_MODEL

from .runtime import PROSE, THREADS, alternate, chat, load, model_home, ratio

SHORT, LONG = 64, 2800
WRITTEN = 96
QUESTIONS = [
    f"{ask} {about}."
    for ask in ("Tell me about", "Write a short story about", "Give me three tips about", "Explain in simple words")
    for about in ("the moon", "baking bread", "old harbours", "how bees live", "sleeping well")
]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--peer", choices=["llama.cpp"], help="compare with another runtime")
    parser.add_argument("--peer-python", default=sys.executable, help="an interpreter that has llama-cpp-python")


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, object]:
    """Tokens per second, and ours over the peer's."""
    rounds = 2 if quick else 9
    before = load()
    with model_home() as home:
        decoder = Decoder.load(home.models / LANGUAGE_MODEL.folder, threads=THREADS)
        cache = decoder.new_cache(4096)
        text = decoder.tokenizer.encode(PROSE * 60)

        def ours(prompt: Sequence[int], count: int) -> dict[str, Any]:
            cache.crop(0)
            began = time.perf_counter()
            written = [int(decoder.prefill(cache, prompt).argmax())]
            read = time.perf_counter()
            while len(written) <= count:
                written.append(int(decoder.step(cache, written[-1]).argmax()))
            return {"read_s": read - began, "write_s": time.perf_counter() - read, "tokens": written}

        workers = {"ours": ours}
        peer = Peer(Path(options.peer_python)) if options.peer else None
        if peer is not None and peer.process is not None:
            workers["peer"] = peer.run
        speeds: dict[str, dict[str, list[float]]] = {}
        for name, length in (("short", SHORT), ("long", LONG)):
            prompt = text[:length]
            found = alternate(rounds, {each: partial(run, prompt, WRITTEN) for each, run in workers.items()})
            speeds[f"decode_{name}"] = {w: [WRITTEN / each["write_s"] for each in found[w]] for w in workers}
            speeds[f"prefill_{name}"] = {w: [length / each["read_s"] for each in found[w]] for w in workers}
        result: dict[str, object] = {
            "threads": THREADS,
            "rounds": rounds,
            "tokens_per_second": {
                name: {worker: round(statistics.median(values), 1) for worker, values in by_worker.items()}
                for name, by_worker in speeds.items()
            },
            "load": [before, load()],
        }
        if "peer" in workers:
            result["ratio"] = {name: ratio(by["ours"], by["peer"]) for name, by in speeds.items()}
            common = []
            for question in QUESTIONS[:2] if quick else QUESTIONS:
                prompt = chat(decoder.tokenizer, question)
                pair = [workers[worker](prompt, WRITTEN)["tokens"] for worker in workers]
                common.append(next((i for i, (a, b) in enumerate(zip(*pair, strict=True)) if a != b), len(pair[0])))
            result["greedy_common_prefix"] = {
                "of": WRITTEN + 1,
                "median": statistics.median(common),
                "least": min(common),
            }
        elif options.peer:
            result["peer"] = f"llama-cpp-python is missing in {options.peer_python}"
        if peer is not None:
            peer.close()
    return result


class Peer:
    """llama.cpp in a process of its own."""

    def __init__(self, python: Path) -> None:
        model = LANGUAGE_MODEL.files["model.gguf"].locate()
        worker = Path(__file__).with_name("llama_cpp_worker.py")
        self.process: subprocess.Popen[str] | None = subprocess.Popen(
            [str(python), str(worker), str(model), str(THREADS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if self._line() is None:
            self.close()

    def run(self, prompt: Sequence[int], count: int) -> dict[str, Any]:
        """As `ours`."""
        if self.process is None or self.process.stdin is None:
            raise RuntimeError("the peer is not running")
        self.process.stdin.write(json.dumps({"prompt": list(prompt), "count": count}) + "\n")
        self.process.stdin.flush()
        answer = self._line()
        if answer is None:
            raise RuntimeError("the peer ended")
        return answer

    def close(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.communicate()
            self.process = None

    def _line(self) -> dict[str, Any] | None:
        if self.process is None or self.process.stdout is None:
            return None
        line = self.process.stdout.readline()
        found: dict[str, Any] | None = json.loads(line) if line.startswith("{") else None
        return found
