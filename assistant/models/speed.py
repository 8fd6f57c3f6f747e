"""How fast a model is on this machine: what the model library shows beside a model, measured, not looked up.

The last measurement is kept in the model's folder, with the machine that it is about: the folder may move to another.
"""

import contextlib
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from assistant.errors import CancelledError
from assistant.files import write_atomically

_FILE: Final = "speed.json"

_TEXT: Final = "A model that reads this aloud to itself is not asked to understand it, only to be quick about it. "
_PROMPT: Final = 384  # tokens
_ANSWER: Final = 24  # tokens
_RUNS: Final = 3
_STEPS: Final = _RUNS * (1 + _ANSWER)


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """The speed of a model.

    Attributes:
        load_ms: Milliseconds to load it.
        read: Tokens of a prompt that it reads in a second, in a prompt of a few hundred.
        write: Tokens of an answer that it writes in a second after that prompt, without guessing ahead.
        machine: Which machine it was measured on, and with how many threads.
    """

    load_ms: float
    read: float
    write: float
    machine: str


def measure_speed(
    folder: Path,
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Speed:
    """Load the model in `folder` and measure it, the median of three runs, and keep the result beside it.

    It takes seconds, or minutes for a model that is too large for this machine.

    Args:
        folder: A model folder.
        progress: Called with the share that is done, from 0 to 1.
        cancelled: Asked before each token and, by another thread, a hundred times a second.

    Raises:
        ModelError: The model is damaged.
        CancelledError: `cancelled` said so.
    """
    start = time.perf_counter()
    from assistant.models.decoder import Decoder

    decoder = Decoder.load(folder)
    load = time.perf_counter() - start
    words = decoder.tokenizer.encode(_TEXT) or [0]
    size = min(_PROMPT, decoder.context_length - _ANSWER)
    prompt = (words * (size // len(words) + 1))[:size]
    cache = decoder.new_cache(size + _ANSWER)
    reading, writing = [], []
    for run in range(_RUNS):
        cache.crop(0)
        start = time.perf_counter()
        logits = decoder.prefill(cache, prompt, cancelled=cancelled)
        reading.append(time.perf_counter() - start)
        for token in range(_ANSWER):
            if cancelled():
                raise CancelledError("The measurement was stopped.")
            start = time.perf_counter()
            logits = decoder.step(cache, int(logits.argmax()))
            writing.append(time.perf_counter() - start)
            progress((run * (1 + _ANSWER) + 2 + token) / _STEPS)
    speed = Speed(
        load_ms=load * 1000,
        read=size / statistics.median(reading),
        write=1 / statistics.median(writing),
        machine=_machine(),
    )
    with contextlib.suppress(OSError):  # a folder that can only be read
        write_atomically(folder / _FILE, msgspec.json.encode(speed))
    return speed


def known_speed(folder: Path) -> Speed | None:
    """What was measured last on this machine for the model in `folder`, if anything."""
    try:
        speed = msgspec.json.decode((folder / _FILE).read_bytes(), type=Speed)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return speed if speed.machine == _machine() else None


def _machine() -> str:
    from assistant.models.runtime import good_thread_count

    return f"{platform.machine()} {platform.processor()} {os.cpu_count()} {good_thread_count()}"
