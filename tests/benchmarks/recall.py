"""The weights of recall: learned on dialogues with questions whose answering messages are known, judged on others.

Each dialogue is left out in turn: the weights come from the others, and the share of its questions that have an
answering message among the first ten is what is reported, beside the weights that the product ships. Without `--data`
the dialogues are those of the generator (`tests.benchmarks.hema`). `--data FILE` takes lines of
{"messages": [{"conversation", "role", "text", "time", "source_id"}], "questions": [{"text", "sources": [...]}]}, one
line a dialogue; `--others FILE` takes one text a line, and adds a store of all dialogues and these texts.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.memory.episodes import Said
from assistant.memory.memory import Memory
from assistant.memory.recall.layout import Layout
from assistant.memory.recall.query import forms, speakers_named, understand
from assistant.memory.recall.rank import SIGNALS, Weights, signals
from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder
from assistant.paths import Home
from assistant.store.records import Conversation, new_id

from .hema.generator import generate
from .hema.ingest import open_memory, said_in
from .hema.place import say

_KEPT = 1000
"""Rows of a question that are kept, the best by the shipped weights; and the answering ones in any case."""

_LEARNED_FROM = (21, 22, 23, 24)
"""Seeds of the generated dialogues that are always learned from, beside the others."""


@dataclass(frozen=True)
class Dialogue:
    """Messages of one dialogue, and questions with the source ids of what answers them."""

    name: str
    messages: Sequence[Mapping[str, str]]
    questions: Sequence[tuple[str, frozenset[str]]]


@dataclass(frozen=True)
class Example:
    """One question: the signals of its rows, float32 (n, signals), which answer it, and the session of each."""

    dialogue: str
    signals: npt.NDArray[np.float32]
    right: npt.NDArray[np.int64]
    session: npt.NDArray[np.int32]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--data", type=Path)
    parser.add_argument("--others", type=Path)
    parser.add_argument("--learn", action="store_true", help="also learn weights, leaving each dialogue out in turn")


def measure(*, quick: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Figures of the shipped weights, and of learned ones, as one JSON-like object."""
    dialogues = _read(options.data) if options.data else _made(range(1, 2 if quick else 5))
    others = options.others.read_text(encoding="utf-8").splitlines() if options.others else []
    sets: dict[str, list[Example]] = {"inside": []}
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        home.create()
        embedder = Embedder.load(ensure_embedder(home))
        for dialogue in dialogues:
            sets["inside"] += _examples([dialogue], [], embedder)
            say(f"{dialogue.name}: {len(sets['inside'])} questions")
        if others:
            sets["whole"] = _examples(dialogues, others, embedder)
    shipped = np.array(astuple(Weights()), np.float32)
    report: dict[str, Any] = {"shipped": {name: _figures(examples, shipped) for name, examples in sets.items()}}
    if options.learn:
        made = [e for dialogue in _made(_LEARNED_FROM) for e in _examples([dialogue], [], embedder)]
        left_out = {}
        for dialogue in dialogues:
            weights = learn([*made, *(e for es in sets.values() for e in es if e.dialogue != dialogue.name)])
            left_out[dialogue.name] = {
                name: _figures([e for e in examples if e.dialogue == dialogue.name], weights)
                for name, examples in sets.items()
            }
            say(f"left out {dialogue.name}: {left_out[dialogue.name]}")
        learned = learn([*made, *(e for examples in sets.values() for e in examples)])
        report["made"] = _figures(made, learned)
        report["left out in turn"] = left_out
        report["mean of left out"] = {
            name: {
                key: round(
                    sum(left_out[d.name][name][key] * len(d.questions) for d in dialogues)
                    / sum(len(d.questions) for d in dialogues),
                    3,
                )
                for key in ("hit@5", "hit@10", "recall@50", "session_hit@5")
            }
            for name in sets
        }
        report["learned"] = dict(zip(SIGNALS, (round(float(w), 3) for w in learned), strict=True))
    return report


def learn(
    examples: Sequence[Example], *, steps: int = 300, rate: float = 0.05, shrink: float = 0.002
) -> npt.NDArray[np.float32]:
    """Weights under which a softmax over the rows of each question puts most on the answering ones.

    The mean cross-entropy against an even share for each answering row, plus `shrink` / 2 times the squared norm, by
    Adam. `pinned` is not in such data and keeps its weight.
    """
    rows = np.concatenate([e.signals for e in examples])
    lengths = np.array([len(e.signals) for e in examples])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    of = np.repeat(np.arange(len(examples)), lengths)
    target = np.zeros(len(rows), np.float32)
    for start, example in zip(starts, examples, strict=True):
        target[start + example.right] = 1.0 / len(example.right)
    wanted = target @ rows / len(examples)
    weights, first, second = (np.zeros(len(SIGNALS), np.float32) for _ in range(3))
    for step in range(1, steps + 1):
        score = rows @ weights
        share = np.exp(score - np.maximum.reduceat(score, starts)[of])
        share /= np.add.reduceat(share, starts)[of]
        gradient = share @ rows / len(examples) - wanted + shrink * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    weights[SIGNALS.index("pinned")] = Weights().pinned
    return np.asarray(weights, np.float32)


def _figures(examples: Sequence[Example], weights: npt.NDArray[np.float32]) -> dict[str, float]:
    counts: dict[str, list[float]] = {key: [] for key in ("hit@5", "hit@10", "recall@50", "session_hit@5")}
    for example in examples:
        order = np.argsort(-(example.signals @ weights), kind="stable")
        hits = np.isin(order, example.right)
        sessions = list(dict.fromkeys(example.session[order].tolist()))[:5]
        counts["hit@5"].append(bool(hits[:5].any()))
        counts["hit@10"].append(bool(hits[:10].any()))
        counts["recall@50"].append(hits[:50].sum() / len(example.right))
        counts["session_hit@5"].append(not set(sessions).isdisjoint(example.session[example.right].tolist()))
    return {key: round(float(np.mean(values)), 3) for key, values in counts.items()} | {"questions": len(examples)}


def _examples(dialogues: Sequence[Dialogue], others: Sequence[str], embedder: Embedder) -> list[Example]:
    shipped = np.array(astuple(Weights()), np.float32)
    found = []
    with _filled(dialogues, others, embedder) as (memory, sources):
        index, layout = memory.store.index, Layout(memory.store)
        around = index.alive & layout.of_kinds({"episode"})[: len(index.ids)]
        row_of = {sources[name]: row for row, name in enumerate(index.ids) if name in sources}
        for dialogue in dialogues:
            for text, right in dialogue.questions:
                asked = forms(text, [layout.roles[code] for code in speakers_named(text, layout.roles)])
                query = understand(text, index, embedder.embed(asked), layout.roles, datetime.now(UTC))
                matrix, _ = signals(index, layout, query, around)
                chosen = np.flatnonzero(around & ~layout.said_by("assistant")[: len(around)])
                best = chosen[np.argsort(-(matrix[chosen] @ shipped), kind="stable")[:_KEPT]]
                answering = np.array(sorted(row_of[source] for source in right if source in row_of), np.int64)
                if not len(answering):
                    continue
                rows = np.union1d(best, answering)
                session = layout.session[rows]
                found.append(Example(dialogue.name, matrix[rows], np.searchsorted(rows, answering), session))
    return found


@contextmanager
def _filled(
    dialogues: Sequence[Dialogue], others: Sequence[str], embedder: Embedder
) -> Iterator[tuple[Memory, dict[str, str]]]:
    """A memory with these dialogues and texts, and the source id of each episode."""
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(Path(folder), lambda: embedder)
        try:
            said: list[Said] = []
            conversations = []
            for dialogue in dialogues:
                chat = Conversation(id=new_id(), created=datetime.now(UTC))
                conversations.append(chat)
                said += [
                    Said(
                        chat.id, m["role"], m["text"], datetime.fromisoformat(m["time"]).astimezone(), i, m["source_id"]
                    )
                    for i, m in enumerate(dialogue.messages)
                ]
            if others:
                chat = Conversation(id=new_id(), created=datetime.now(UTC))
                conversations.append(chat)
                day = datetime(2022, 1, 1).astimezone()
                said += [
                    Said(chat.id, "user", text, day + timedelta(minutes=i), i) for i, text in enumerate(others) if text
                ]
            memory.remember(conversations, said)
            sources = {e.id: e.source_id for chat in conversations for e in memory.episodes_of(chat.id) if e.source_id}
            yield memory, sources
        finally:
            memory.store.close()


def _read(path: Path) -> list[Dialogue]:
    dialogues = []
    for line in path.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        asked = [(question["text"], frozenset(question["sources"])) for question in value["questions"]]
        dialogues.append(Dialogue(value["messages"][0]["conversation"], value["messages"], asked))
    return dialogues


def _made(seeds: Sequence[int]) -> list[Dialogue]:
    """Dialogues of the generator, 500 turns each."""
    dialogues = []
    for seed in seeds:
        made = generate(500, seed)
        said = [each for turn in range(500) for each in said_in(made, turn)]
        messages = [
            {"conversation": str(seed), "role": s.role, "text": s.text, "time": s.time.isoformat(), "source_id": s.id}
            for s in said
        ]
        asked = [
            (probe.question, frozenset(map(made.message_id, probe.evidence)))
            for probe in made.probes
            if probe.answerable
        ]
        dialogues.append(Dialogue(str(seed), messages, asked))
    return dialogues
