"""`python -m training.curve`: what more data buys. One JSON object a line.

Of a run, every checkpoint on what training never saw: the figures against the number of answers learned. With
`--kinds`, runs of their own that learn equally many answers from a part of the kinds of facts: the figures against
variety.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from training import train
from training.base import Base, add_base_option, built_in, load_weights, read_base
from training.evaluate import HELD_OUT, LOCOMO, Answerer, adapter_rank, held_out, measured, oracle
from training.lora import add_lora, load_lora
from training.tasks import TASKS, Item, some_kinds

_CHECKPOINT = re.compile(r"adapter-(\d+)\.safetensors")


def checkpoints(run: Path) -> list[tuple[int, Path]]:
    """The checkpoints of a run with the number of answers that each had learned, fewest first."""
    found = ((_CHECKPOINT.fullmatch(path.name), path) for path in run.iterdir())
    return sorted((int(name[1]), path) for name, path in found if name is not None)


def spread(found: Sequence[tuple[int, Path]], most: int) -> list[tuple[int, Path]]:
    """At most so many of them: the last one, and those that lie nearest to its half, quarter, eighth, ..."""
    chosen: dict[int, Path] = {}
    goal = float(found[-1][0]) if found else 0.0
    while len(chosen) < min(most, len(found)) and goal >= 1:
        number, path = min(found, key=lambda each: abs(each[0] - goal))
        chosen[number] = path
        goal /= 2
    return sorted(chosen.items())


class Measuring:
    """Measures adapters of one rank on the same prompts, with the model loaded once."""

    def __init__(self, base: Base, task: str, sets: Mapping[str, Sequence[Item]]) -> None:
        """`sets` has prompts by the name under which they are measured."""
        self._base = base
        self._task = task
        self._sets = sets
        self._model: Any = None
        self._layers: Any = None
        self._rank = 0

    def figures(self, adapter: Path) -> dict[str, object]:
        """The figures of an adapter."""
        rank = adapter_rank(adapter)
        if self._model is None or rank != self._rank:
            self._model = load_weights(self._base.path).eval()
            self._layers, self._rank = add_lora(self._model, rank=rank, alpha=rank), rank
        load_lora(self._layers, adapter)
        answerer = Answerer(self._model, self._base, TASKS[self._task].longest)
        return {
            name: measured(self._task, items, [answerer(item.prompt) for item in items])
            for name, items in self._sets.items()
        }


def by_answers(measuring: Measuring, run: Path, most: int) -> Iterator[dict[str, object]]:
    """The checkpoints of a run."""
    for number, path in spread(checkpoints(run), most):
        yield {"answers": number} | measuring.figures(path)


def by_kinds(
    measuring: Measuring, out: Path, shares: Sequence[float], answers: int, options: argparse.Namespace
) -> Iterator[dict[str, object]]:
    """Runs of their own, each from a share of the kinds."""
    for share in shares:
        folder = out / f"kinds-{share:g}"
        if not (folder / "adapter.safetensors").exists():
            words = [str(folder), "--task", options.task, "--kinds", str(share), "--seed", str(options.seed)]
            words += ["--steps", str(max(1, answers // train.ANSWERS)), "--threads", str(options.threads)]
            words += ["--base", str(options.base)] if options.base else []
            train.main(words)
        done = json.loads((folder / "done.json").read_text(encoding="utf-8"))
        learned = {"kinds": len(some_kinds(share)), "answers": done["answers"]}
        yield learned | measuring.figures(folder / "adapter.safetensors")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.curve", description=__doc__)
    add_base_option(parser)
    parser.add_argument("run", type=Path, help="folder of a run; with --kinds one for the runs that are made")
    parser.add_argument("--task", choices=sorted(TASKS), default="answer")
    parser.add_argument("--kinds", type=float, nargs="+", default=[], help="shares of the kinds: 0.25 0.5 1")
    parser.add_argument("--answers", type=int, default=4000, help="answers that each run with --kinds learns")
    parser.add_argument("--held-out", type=int, default=150, help="prompts of unseen families")
    parser.add_argument("--locomo", type=Path, help="a file of LoCoMo's conversations, for the task answer")
    parser.add_argument("--oracle", type=int, default=100, help="questions of LoCoMo with their evidence")
    parser.add_argument("--most", type=int, default=6, help="checkpoints of a run")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    base = read_base(options.base or built_in())
    sets = {HELD_OUT: held_out(options.task, options.held_out, options.seed)}
    if options.locomo and options.task == "answer":
        sets[LOCOMO] = list(oracle(options.locomo, options.oracle, options.seed))
    measuring = Measuring(base, options.task, sets)
    rows = by_answers(measuring, options.run, options.most)
    if options.kinds:
        rows = by_kinds(measuring, options.run, options.kinds, options.answers, options)
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
