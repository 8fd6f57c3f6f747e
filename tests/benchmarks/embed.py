"""Embedding 2,000 messages: like lengths together, against batches in the order of arrival padded to their longest."""

import random
import statistics
import time

import numpy as np

from assistant.models.embedder import Embedder, FloatArray
from assistant.models.library import EMBEDDER

from .runtime import THREADS, load, model_home

WORDS = [
    *("the", "of", "my", "a", "and", "to", "in", "it", "friend", "harbour", "lunch", "printer", "sister", "moved"),
    *("yesterday", "because", "quite", "blue", "garden", "never", "again", "recipe", "flour", "train", "late"),
    *("said", "wrote", "asked", "about", "letter", "quickly", "kitchen", "ticket", "summer", "remember", "Lisbon"),
]
BATCH = 32


def messages(count: int) -> list[str]:
    """Texts whose lengths are spread like those of chat messages: median 18 words, one in twenty above 65."""
    chance = random.Random(5)
    lengths = (max(1, int(chance.lognormvariate(2.9, 0.8))) for _ in range(count))
    return [" ".join(chance.choice(WORDS) for _ in range(length)) for length in lengths]


def measure(*, quick: bool = False) -> dict[str, object]:
    """Messages per second, ours over the plain way, and the greatest cosine distance between the two."""
    before = load()
    texts = messages(200 if quick else 2000)
    ours: list[float] = []
    plain: list[float] = []
    distance = 0.0
    with model_home() as home:
        embedder = Embedder.load(home.models / EMBEDDER.folder, threads=THREADS)
        for _ in range(1 if quick else 5):
            began = time.perf_counter()
            vectors = embedder.embed(texts)
            middle = time.perf_counter()
            arrived = _in_order_of_arrival(embedder, texts)
            ours.append(len(texts) / (middle - began))
            plain.append(len(texts) / (time.perf_counter() - middle))
            distance = max(distance, float(1 - (vectors * arrived).sum(axis=1).min()))
    return {
        "ratio": round(statistics.median(a / b for a, b in zip(ours, plain, strict=True)), 2),
        "messages_per_second": round(statistics.median(ours)),
        "plain_messages_per_second": round(statistics.median(plain)),
        "cosine_distance": distance,
        "load": [before, load()],
    }


def _in_order_of_arrival(embedder: Embedder, texts: list[str]) -> FloatArray:
    pieces = [embedder._truncated(each.ids) for each in embedder._tokenizer.encode_batch(texts)]
    return np.concatenate([embedder._run(pieces[at : at + BATCH]) for at in range(0, len(pieces), BATCH)])
