"""How much of what people tell becomes facts, and how much of the facts is worth having.

Facts are compared with reference statements (what an annotator noted about each speaker) by the cosine of their
embeddings: a reference is found when a fact comes as near as the threshold; a fact is right when a reference does.
Beside it stands a naive extractor that takes each sentence for a fact, under its speaker's name.

`--data PATH` names a file of conversations in LoCoMo's format (not part of the project). Without it, dialogues of a
small generator are used, whose references are known exactly. `--told SEED ...` measures the generated dialogues of the
`hema` benchmark instead, by kind and form of what was told, without an embedder: see `told`.
"""

import argparse
import json
import random
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.memory.facts.extract import claims
from assistant.memory.text import sentences
from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder
from assistant.paths import Home

from .told import measure as told_of_dialogues

THRESHOLDS = (0.6, 0.7)


@dataclass(frozen=True)
class Dialogue:
    """Messages as (speaker, text, time) in order, and reference statements by their name."""

    messages: list[tuple[str, str, datetime]]
    references: dict[str, list[str]]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="conversations in LoCoMo's format")
    parser.add_argument("--told", type=int, nargs="+", metavar="SEED", help="dialogues of the hema benchmark instead")


def measure(*, quick: bool = False, options: argparse.Namespace | None = None) -> dict[str, object]:
    """Precision and recall of facts and of the naive extractor, for each set of references; times in ms a message."""
    if options and options.told:
        return told_of_dialogues(options.told)
    data: Path | None = options.data if options else None
    dialogues = list(_read(data)) if data else [_generated(seed) for seed in range(2 if quick else 8)]
    if quick:
        dialogues = dialogues[:2]
    with TemporaryDirectory() as scratch:
        embedder = Embedder.load(ensure_embedder(Home(Path(scratch) / "home")))
        began = time.perf_counter()
        told = [_facts(d) for d in dialogues]
        spent = time.perf_counter() - began
        naive = [_naive(d) for d in dialogues]
        result: dict[str, object] = {
            "dialogues": len(dialogues),
            "messages": sum(len(d.messages) for d in dialogues),
            "facts": sum(map(len, told)),
            "naive_facts": sum(map(len, naive)),
            "extraction_ms_a_message": round(1000 * spent / sum(len(d.messages) for d in dialogues), 3),
        }
        for name, made in (("facts", told), ("naive", naive)):
            vectors = [embedder.embed(texts) for texts in made]
            for kind in dialogues[0].references:
                references = [embedder.embed(d.references[kind]) for d in dialogues]
                for threshold in THRESHOLDS:
                    result[f"{name}_{kind}_at_{threshold}"] = _compared(vectors, references, threshold)
    return result


def _compared(
    made: list[npt.NDArray[np.float32]], references: list[npt.NDArray[np.float32]], threshold: float
) -> dict[str, float]:
    precision, recall = [], []
    for ours, theirs in zip(made, references, strict=True):
        if not len(ours) or not len(theirs):
            continue
        near = ours @ theirs.T >= threshold
        precision.append(float(near.any(1).mean()))
        recall.append(float(near.any(0).mean()))
    p, r = statistics.fmean(precision), statistics.fmean(recall)
    return {"precision": round(p, 3), "recall": round(r, 3), "f1": round(2 * p * r / max(p + r, 1e-9), 3)}


def _facts(dialogue: Dialogue) -> list[str]:
    return list(dict.fromkeys(c.text for who, text, at in dialogue.messages for c in claims(text, who, at)))


def _naive(dialogue: Dialogue) -> list[str]:
    return [f"{who}: {line.strip()}" for who, text, _ in dialogue.messages for line in sentences(text) if line.strip()]


def _read(path: Path) -> Iterator[Dialogue]:
    for sample in json.loads(path.read_text()):
        spoken: dict[str, Any] = sample["conversation"]
        messages = []
        for number in sorted(int(key.split("_")[1]) for key in spoken if re.fullmatch(r"session_\d+", key)):
            at = datetime.strptime(spoken[f"session_{number}_date_time"], "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
            messages += [(turn["speaker"], turn["text"], at) for turn in spoken[f"session_{number}"]]
        observations = [
            line for session in sample["observation"].values() for lines in session.values() for line, *_ in lines
        ]
        events = [
            line
            for session in sample["event_summary"].values()
            for who, lines in session.items()
            if who != "date"
            for line in lines
        ]
        yield Dialogue(messages, {"observations": observations, "events": events})


# What people of the generator tell: how they say it, and what an annotator would note.
_TOLD = (
    ("By the way, I live in {place} now.", "{who} lives in {place}."),
    ("I work as a {job} and I like it.", "{who} works as a {job}."),
    ("Sadly I'm allergic to {food}.", "{who} is allergic to {food}."),
    ("My sister {name} moved to {place} last month.", "{who}'s sister {name} moved to {place}."),
    ("We adopted a {animal} called {pet}!", "{who} adopted a {animal} called {pet}."),
    ("Oh, and my favourite dish is {food} soup.", "{who}'s favourite dish is {food} soup."),
    ("I no longer eat {food}.", "{who} does not eat {food} any more."),
    ("I've been learning {language} since spring.", "{who} is learning {language}."),
    ("Yesterday I went to a {event} with {name}.", "{who} went to a {event} with {name}."),
    ("I have a {event} on Friday, I'm a little nervous.", "{who} has a {event} on Friday."),
    ("I play the {instrument} in a small band.", "{who} plays the {instrument} in a band."),
    ("I used to live in {place}, but that was years ago.", "{who} used to live in {place}."),
    ("I'm saving up for a trip to {place}.", "{who} is saving up for a trip to {place}."),
    ("I get up at five every day to go rowing.", "{who} gets up at five every day to go rowing."),
)
_FILLER = (
    "Hi there! How are you?", "That sounds lovely.", "Haha, no way!", "What did you do at the weekend?",
    "I'm so tired.",
    "Thanks for listening.", "Could you send me the recipe?", "If I were you, I would call them.", "Good luck!",
    "You should really try it.", "I see what you mean.", "It was great talking to you.", "Write me a poem about rain.",
    "I hope you feel better soon.", "Let me know how it goes.", "I can't believe it's already noon.",
)  # fmt: skip
_WORDS = {
    "place": ["Ghent", "Turin", "Malmö", "Porto", "Krakow", "Bergen", "Graz", "Cork"],
    "job": ["nurse", "carpenter", "bus driver", "librarian", "baker", "surveyor"],
    "food": ["walnut", "leek", "shrimp", "lentil", "celery", "mushroom"],
    "name": ["Ines", "Jonas", "Mira", "Pavel", "Tove", "Hugo"],
    "animal": ["dog", "cat", "rabbit", "parrot"],
    "pet": ["Biscuit", "Pepper", "Olive", "Ziggy"],
    "language": ["Italian", "Danish", "Greek", "Polish"],
    "event": ["concert", "wedding", "job interview", "chess tournament"],
    "instrument": ["cello", "trumpet", "accordion", "flute"],
}


def _generated(seed: int) -> Dialogue:
    chance = random.Random(seed)
    speakers = chance.sample(["Anna", "Boris", "Carla", "Dario", "Edda", "Felix"], 2)
    at = datetime(2025, 1, 6, 9, tzinfo=UTC)
    messages, references = [], []
    told = [(who, *template) for who in speakers for template in _TOLD]
    chance.shuffle(told)
    for who, saying, noted in told:
        words = {slot: chance.choice(choices) for slot, choices in _WORDS.items()}
        parts = [saying.format(**words)]
        parts.insert(chance.randint(0, 1), chance.choice(_FILLER))
        messages.append((who, " ".join(parts), at))
        messages.append((speakers[who == speakers[0]], chance.choice(_FILLER), at))
        references.append(noted.format(who=who, **words))
        at += timedelta(hours=30)
    return Dialogue(messages, {"references": references})
