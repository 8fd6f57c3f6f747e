"""How long the built program takes to its first window, on a screen of its own: cold (its files put out of the page
cache first) and warm. Run by hand: `python -m tests.benchmarks.installed build/dist/hippo/hippo`; it needs Xvfb and
xdotool. "source" instead of a path measures the source tree.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def measure(command: Sequence[str], *, files: Path, rounds: int = 5) -> dict[str, object]:
    """Seconds from the start of the process until its window is on the screen: three cold, `rounds` warm, medians."""
    ready, writing = os.pipe()
    screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(screen, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(ready) as pipe:
        environment = os.environ | {"DISPLAY": f":{pipe.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    try:
        with tempfile.TemporaryDirectory() as home:
            whole = [*command, "--home", home]
            cold = [_once(whole, environment, put_out=files) for _ in range(3)]
            warm = [_once(whole, environment) for _ in range(rounds)]
    finally:
        server.terminate()
        server.wait()
    return {
        "cold_s": round(statistics.median(cold), 2),
        "warm_s": round(statistics.median(warm), 2),
        "all": [round(each, 2) for each in cold + warm],
    }


def _once(command: Sequence[str], environment: dict[str, str], put_out: Path | None = None) -> float:
    if put_out is not None:
        for path in put_out.rglob("*"):
            if path.is_file():
                _put_out_of_cache(path)
    search = ["xdotool", "search", "--onlyvisible", "--name", "Hippo"]
    began = time.perf_counter()
    running = subprocess.Popen(command, env=environment)
    try:
        while not subprocess.run(search, env=environment, capture_output=True).stdout:
            if running.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError("no window came")
            time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait()


def _put_out_of_cache(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fdatasync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


if __name__ == "__main__":
    if sys.argv[1] == "source":
        found = measure([sys.executable, "-m", "assistant"], files=Path(sys.prefix, "lib"))
    else:
        found = measure([sys.argv[1]], files=Path(sys.argv[1]).parent)
    print(json.dumps(found))  # noqa: T201
