"""How large keys and values become, measured on a text while a model is converted: the scales of a cache in 8 bits.

The graph computes once with a float32 attention in the places of the other one (see `eight_bit_cache`). What a later
text has beyond the largest value here, and a margin, is cut off.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from assistant.errors import ModelError
from assistant.models.convert.graph import Graph
from assistant.models.interrupt import Interrupt, run_named
from assistant.models.runtime import open_changed_session
from assistant.models.tokenizer import Message, Tokenizer

TEXT: Final = (
    "On 14 March 2025 my sister Ines moved from Porto to Lisbon; her new number is 351-21-555-0142. She asked me to "
    'bring the blue printer, two chairs and "whatever is left of the chestnut cake".\n\n'
    "def mean(values: list[float]) -> float:\n    return sum(values) / len(values)  # {'a': 1.5, 'b': [2, 3]}\n\n"
    "Why do leaves change colour? Chlorophyll breaks down first, and what was hidden by it shows: carotenoids.\n"
    "- Größe: 1.250 €, café à Genève, ¿qué tal?\n- 12 × 7 = 84; 3/4 of 200 is 150.\n\n"
    "THE END. Thank you so much!!! I don't know, maybe tomorrow at half past six? Yes, no, yes, no, yes."
)
"""Prose, numbers, a program and other languages, in our own words."""

_MOST_TOKENS: Final = 384
_MARGIN: Final = 1.1
_LARGEST: Final = 127


def measure_scales(graph: Graph, folder: Path, context: int, cancelled: Callable[[], bool]) -> None:
    """Give the scales in `graph` their values, if there are any. Weights and tokenizer lie in `folder` already.

    Raises:
        ModelError: The model cannot be computed with.
        CancelledError: `cancelled` said so.
    """
    rehearsal = graph.rehearsal()
    if rehearsal is None:
        return
    tokenizer = Tokenizer.load(folder)
    try:
        messages = [
            Message("system", "You are a helpful assistant."),
            Message("user", TEXT),
            Message("assistant", TEXT),
        ]
        tokens = tokenizer.encode_chat(messages, add_generation_prompt=False)
    except ModelError:  # some templates know no system, or want something else
        tokens = tokenizer.encode(TEXT)
    tokens = tokens[: min(_MOST_TOKENS, context)]
    model, names = rehearsal
    session = open_changed_session(model, folder, {})
    inputs = {
        "input_ids": np.array([tokens], np.int64),
        "attention_mask": np.ones((1, len(tokens)), np.int64),
        "num_logits_to_keep": np.array(1, np.int64),
    }
    with Interrupt(cancelled) as interrupt:
        found = run_named(session, [f"{name}.measured" for name in names], inputs, interrupt)
    for name, largest in zip(names, found, strict=True):
        value = float(largest) if np.isfinite(largest) and largest > 0 else 1.0
        graph.replace(name, np.array([value * _MARGIN / _LARGEST], np.float32))
