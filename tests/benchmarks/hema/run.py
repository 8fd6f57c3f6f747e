"""One run: build dialogues, put them into memories, ask the probes under each ablation, count.

Reports on stderr how far it is.
"""

import os
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from assistant.models.embedder import Embedder
from tests.benchmarks.turn import resident_bytes

from .ablations import Ablation
from .dialogue import Dialogue, Probe
from .generator import generate
from .ingest import CachingEmbedder
from .metrics import (
    contradicts,
    disagree,
    is_right,
    is_stale,
    refuses,
)
from .place import Bench, Counts, Place, extend

REPEAT_AFTER = 50
"""Turns between the two times that a probe is asked for its answer."""


@dataclass(frozen=True)
class Plan:
    """What to run.

    Attributes:
        turns: Lengths of the dialogues.
        ablations: Which.
        seed: Of the first dialogue of each length; further ones count on.
        answers: Probes that the model answers under each ablation.
        answers_at: The lengths at which it does.
        dialogues: How many of each length; 0 for what makes probes enough.
        form: Of the answers, as in the settings.
    """

    turns: Sequence[int]
    ablations: Sequence[Ablation]
    seed: int = 1
    answers: int = 0
    answers_at: Sequence[int] = ()
    dialogues: int = 0
    form: Literal["auto", "quote", "short", "free", "read"] = "auto"


def dialogues_of(turns: int) -> int:
    """How many dialogues of a length make probes enough."""
    return {50: 8, 100: 5, 500: 2}.get(turns, 1)


def run(plan: Plan) -> dict[str, Any]:
    """Everything that a plan asks for, as one JSON-like object."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), plan.form)
        return {
            "load_before": load,
            "seed": plan.seed,
            "answers": plan.answers,
            "lengths": [_length(bench, plan, turns) for turns in plan.turns],
        }


def _length(bench: Bench, plan: Plan, turns: int) -> dict[str, Any]:
    began = time.perf_counter()
    results: dict[str, Counts] = {ablation.name: defaultdict(list) for ablation in plan.ablations}
    by_category: dict[str, Counts] = {ablation.name: defaultdict(list) for ablation in plan.ablations}
    shared: Counts = defaultdict(list)
    missed: list[dict[str, Any]] = []
    answered: list[dict[str, Any]] = []
    dialogues = [generate(turns, plan.seed + i) for i in range(plan.dialogues or dialogues_of(turns))]
    answers = plan.answers if turns in plan.answers_at else 0
    for number, dialogue in enumerate(dialogues):
        sample = _sample(dialogue, -(-answers // len(dialogues)))
        embedder = CachingEmbedder(bench.embedder)
        for fading, shown in (("", ""), ("words", "forgetting "), ("printed", "as printed ")):
            ablations = [ablation for ablation in plan.ablations if ablation.fading == fading]
            if not ablations:
                continue
            folder = bench.scratch / f"{turns}-{number}-{fading or 'whole'}"
            place = Place(bench, dialogue, embedder, folder, fading)
            try:
                if turns > REPEAT_AFTER:
                    place.fill(range(turns - REPEAT_AFTER))
                # Half of them are asked twice.
                earlier = place.answers(ablations, sample[::2]) if turns > REPEAT_AFTER else {}
                place.fill(range(max(turns - REPEAT_AFTER, 0), turns))
                for ablation in ablations:
                    lost = place.probe(ablation, results[ablation.name], by_category[ablation.name])
                    missed += lost if ablation is plan.ablations[-1] else []
                extend(shared, place.rankings(), shown)
                extend(shared, place.facts(), shown)
                later = place.answers(ablations, sample)
                for ablation in ablations:
                    given = later.get(ablation.name, {})
                    _judge(bench, dialogue, sample, given, earlier.get(ablation.name, {}), results[ablation.name])
                    answered += _listed(sample, given) if ablation is plan.ablations[-1] else []
                if number == len(dialogues) - 1:
                    for ablation in ablations:
                        extend(results[ablation.name], place.turn_costs(ablation))
            finally:
                place.close()
    return {
        "turns": turns,
        "dialogues": len(dialogues),
        "probes": sum(probe.answerable for dialogue in dialogues for probe in dialogue.probes),
        "unanswerable": sum(not probe.answerable for dialogue in dialogues for probe in dialogue.probes),
        "retrieval": _means(shared),
        "ablations": {name: _means(counts) for name, counts in results.items()},
        "in_prompt_by_category": {name: _means(counts) for name, counts in by_category.items()},
        "missed": missed,
        "answered": answered,
        "resident_mb": round(resident_bytes() / 1e6),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _sample(dialogue: Dialogue, count: int) -> list[Probe]:
    """Probes for the model to answer: four in five of them answerable."""
    chance = random.Random(f"sample/{dialogue.seed}/{len(dialogue.turns)}")
    can = [probe for probe in dialogue.probes if probe.answerable]
    cannot = [probe for probe in dialogue.probes if not probe.answerable]
    chance.shuffle(can)
    chance.shuffle(cannot)
    unanswerable = count // 5
    return can[: count - unanswerable] + cannot[:unanswerable]


def _judge(
    bench: Bench,
    dialogue: Dialogue,
    sample: Sequence[Probe],
    answers: dict[str, str],
    earlier: dict[str, str],
    counts: Counts,
) -> None:
    """Count what was answered."""
    if not answers:
        return
    threshold, related = _on_subject(bench.embedder, dialogue, sample, answers)
    for probe in sample:
        answer = answers[probe.question]
        if not probe.answerable:
            counts["false_recall"].append(not refuses(answer))
            continue
        counts["answer_right"].append(is_right(answer, probe))
        counts["answer_refused"].append(refuses(answer))
        counts["answer_contradicts_fact"].append(contradicts(answer, probe))
        if probe.stale_turns:
            counts["answer_stale"].append(is_stale(answer, probe))
        if probe.question in earlier:
            counts["answer_contradicts_itself"].append(disagree(earlier[probe.question], answer, probe))
        counts["on_subject"].append(related[probe.question] > threshold)


def _listed(sample: Sequence[Probe], answers: dict[str, str]) -> list[dict[str, Any]]:
    """The answers in words, to see what went wrong."""
    return [
        {
            "question": probe.question,
            "category": probe.category,
            "expected": [piece.forms[0] for piece in probe.pieces],
            "answer": answers[probe.question],
            "right": is_right(answers[probe.question], probe),
        }
        for probe in sample
        if probe.question in answers
    ]


def _on_subject(
    embedder: Embedder, dialogue: Dialogue, sample: Sequence[Probe], answers: dict[str, str]
) -> tuple[float, dict[str, float]]:
    """How near each answer is to its question and evidence, and what 95 % of shuffled pairs stay below."""
    asked = [probe for probe in sample if probe.answerable]
    about = [" ".join([p.question, *(dialogue.turns[turn].user for turn in p.evidence)]) for p in asked]
    said = embedder.embed([answers[probe.question] for probe in asked])
    nearness = said @ embedder.embed(about).T
    apart = nearness[~np.eye(len(asked), dtype=bool)]
    threshold = float(np.quantile(apart, 0.95)) if len(apart) else 0.0
    return threshold, {probe.question: float(nearness[i, i]) for i, probe in enumerate(asked)}


def _means(counts: Counts) -> dict[str, float]:
    """Means of shares; medians and 95 % points of times."""
    means: dict[str, float] = {}
    for name, values in counts.items():
        if name.endswith("_ms"):
            means[name] = round(statistics.median(values), 1)
            means[f"{name}_p95"] = round(float(np.quantile(values, 0.95)), 1)
        else:
            means[name] = round(statistics.fmean(values), 3)
    return means
