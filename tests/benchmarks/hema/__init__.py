"""How well the memory recalls over 50 to 10,000 turns, part by part: `python -m tests.benchmarks hema --json`."""

import argparse
from pathlib import Path
from typing import Any

LENGTHS = (50, 100, 500, 1000, 10_000)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The switches of this benchmark."""
    parser.add_argument("--turns", default=",".join(map(str, LENGTHS)), help="lengths of the dialogues")
    parser.add_argument("--answers", type=int, default=24, help="probes that the model answers each time; 0: none")
    parser.add_argument("--answers-at", default="500,10000", help="lengths at which it answers")
    parser.add_argument("--form", default="auto", help="of answers: auto, quote, short, read (by an adapter), free")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--ablations",
        default="",
        help="names, parted by commas (default: all but the formula of forgetting as printed)",
    )
    parser.add_argument("--table", type=Path, help="also write a Markdown table to this file")


def measure(*, quick: bool = False, options: argparse.Namespace) -> dict[str, Any]:
    """Run it; quick: the shortest lengths, no answers."""
    from .ablations import ABLATIONS
    from .run import Plan, run
    from .table import as_markdown

    names = [name.strip() for name in options.ablations.split(",") if name.strip()] or [
        name for name, each in ABLATIONS.items() if not each.asked_for
    ]
    lengths = [50, 100] if quick else [int(turns) for turns in options.turns.split(",")]
    answered = [int(turns) for turns in options.answers_at.split(",")] if options.answers and not quick else []
    ablations = [ABLATIONS[name] for name in names]
    result = run(Plan(lengths, ablations, options.seed, options.answers, answered, form=options.form))
    if options.table:
        options.table.write_text(as_markdown(result, options), encoding="utf-8")
    return result
