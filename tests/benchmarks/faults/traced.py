"""A worker as a program of its own, for strace: `python -m tests.benchmarks.faults.traced HOME KIND SEED`."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from assistant.paths import Home
from tests.benchmarks.faults.worker import Worker


def say(what: dict[str, Any]) -> None:
    """One write for each line, so that it is one event."""
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    home, kind, seed = sys.argv[1:]
    Worker(Home(Path(home)), int(seed), say).work(kind)
