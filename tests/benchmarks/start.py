"""How long the terminal takes from nothing: first start (with conversion of the model), and a later one."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(*, quick: bool = False) -> dict[str, object]:
    """Seconds for one short answer in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        home = str(Path(scratch) / "home")
        first = _answer(home)
        later = statistics.median(_answer(home) for _ in range(1 if quick else 5))
    return {"first_answer_s": round(first, 2), "later_answer_s": round(later, 2)}


def _answer(home: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", "--home", home, "chat", "Hello!", "--max-tokens", "4"],
        env={**os.environ, "ASSISTANT_PASSPHRASE": "a passphrase for benchmarks"},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began
