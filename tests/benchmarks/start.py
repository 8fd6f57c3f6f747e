"""How long the terminal takes from nothing: first start (with conversion of the model), and a later one; and what the
model alone takes: seconds to load it, and memory with a full KV cache of 4,096 tokens, above the bare libraries."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.models.library import LANGUAGE_MODEL

_MODEL = """
import json, sys, time
from pathlib import Path
from assistant.models.decoder import Decoder
import numpy, onnxruntime, tokenizers
def resident():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1000
before = resident()
began = time.perf_counter()
decoder = Decoder.load(Path(sys.argv[1]), threads=2)
loaded = time.perf_counter() - began
cache = decoder.new_cache(4096)
decoder.prefill(cache, list(range(100, 400)))
for buffer in cache.buffers:
    buffer.fill(0.0)
print(json.dumps({"load_s": loaded, "process_mb": resident(), "model_mb": resident() - before}))
"""


def measure(*, quick: bool = False) -> dict[str, object]:
    """Seconds for one short answer in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        home = str(Path(scratch) / "home")
        first = _answer(home)
        rounds = 1 if quick else 5
        later = statistics.median(_answer(home) for _ in range(rounds))
        models = [_model(Path(home) / "models" / LANGUAGE_MODEL.folder) for _ in range(rounds)]
    return {
        "first_answer_s": round(first, 2),
        "later_answer_s": round(later, 2),
        "model_load_s": round(statistics.median(each["load_s"] for each in models), 2),
        "model_and_cache_mb": round(statistics.median(each["model_mb"] for each in models), 1),
        "process_mb": round(statistics.median(each["process_mb"] for each in models), 1),
    }


def _model(folder: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", _MODEL, str(folder)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _answer(home: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", "--home", home, "chat", "Hello!", "--max-tokens", "4"],
        env={**os.environ, "ASSISTANT_PASSPHRASE": "a passphrase for benchmarks"},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began
