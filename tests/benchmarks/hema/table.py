"""The figures of a run as a short Markdown document."""

import argparse
from typing import Any

_SHARES = {
    "in_prompt": "in prompt",
    "in_prompt_near": "150 turns later",
    "stale_in_prompt": "stale in prompt",
    "something_recalled": "recalled though unanswerable",
    "answer_right": "answer right",
    "answer_stale": "answer stale",
    "false_recall": "false recall",
    "answer_contradicts_fact": "contradicts a fact",
    "answer_contradicts_itself": "contradicts itself",
    "on_subject": "on subject",
}
_FIGURES = {"prompt_tokens": "prompt tokens", "added_before_prefill_ms": "ms before prefill", "keep_ms": "ms to keep"}
_RETRIEVAL = ("p_at_5", "r_at_50", "auprc", "hit_at_10", "retrieval_ms", "retrieval_ms_p95")


def as_markdown(result: dict[str, Any], options: argparse.Namespace) -> str:
    """A table for each length."""
    switches = f"--turns {options.turns} --answers {options.answers} --answers-at {options.answers_at}"
    command = f"python -m tests.benchmarks hema {switches} --seed {options.seed}"
    lines = [
        "# What each part of the memory is worth",
        "",
        f"Made by `{command}` on a machine with 2 cores. Shares are of 1; times in ms (medians).",
    ]
    for length in result["lengths"]:
        lines += ["", *_of_length(length)]
    return "\n".join(lines) + "\n"


def _of_length(length: dict[str, Any]) -> list[str]:
    ablations: dict[str, dict[str, float]] = length["ablations"]
    columns = {**_SHARES, **_FIGURES}
    shown = {key: title for key, title in columns.items() if any(key in row for row in ablations.values())}
    lines = [
        f"## {length['turns']:,} turns",
        "",
        f"{length['dialogues']} dialogue(s), {length['probes']} probes, {length['unanswerable']} unanswerable ones.",
        "",
        "| | " + " | ".join(shown.values()) + " |",
        "|---" * (len(shown) + 1) + "|",
    ]
    for name, row in ablations.items():
        lines.append(f"| {name} | " + " | ".join(_cell(key, row.get(key)) for key in shown) + " |")
    retrieval = length["retrieval"]
    lines += ["", "| retrieval | " + " | ".join(_RETRIEVAL) + " |", "|---" * (len(_RETRIEVAL) + 1) + "|"]
    for name, prefix in (
        ("Hippo", ""),
        ("after forgetting", "forgetting "),
        ("as printed", "as printed "),
        ("plain cosine", "cosine "),
    ):
        if any(f"{prefix}{key}" in retrieval for key in _RETRIEVAL):
            cells = [_cell(key, retrieval.get(f"{prefix}{key}")) for key in _RETRIEVAL]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if key == "prompt_tokens" else f"{value:.1f}" if "_ms" in key else f"{value:.2f}"
