"""`python -m training.evaluate`: how well an adapter answers.

Measured on kinds of facts and words that training never saw, and on LoCoMo with the messages given that hold the
answer. Without an adapter it measures the stock model.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import torch
from transformers import DynamicCache

from assistant.conversation.reading import ReadingPassage
from training.base import Base, add_base_option, built_in, load_weights, read_base
from training.data.compose import Composer
from training.locomo import CATEGORIES, questions
from training.lora import add_lora, load_lora
from training.packing import prompt_tokens
from training.scoring import Scored, figures

Answer = Callable[[Sequence[ReadingPassage], str, date | None], str]

_LONGEST = 48
"""Tokens of an answer."""


class Answerer:
    """Answers greedily, and reads passages that several questions share once."""

    def __init__(self, model: Any, base: Base) -> None:
        self._model = model
        self._base = base
        self._cache = DynamicCache()
        self._read: list[int] = []

    @torch.inference_mode()
    def __call__(self, passages: Sequence[ReadingPassage], question: str, today: date | None) -> str:
        """The answer to a question."""
        tokens = prompt_tokens(self._base.tokenizer, passages, question, today)
        known = 0
        while known < min(len(self._read), len(tokens) - 1) and self._read[known] == tokens[known]:
            known += 1
        if not known:
            self._cache = DynamicCache()
        elif known < len(self._read):
            self._cache.crop(known - len(self._read))
        answer: list[int] = []
        step = tokens[known:]
        while len(answer) < _LONGEST:
            ids = torch.tensor([step], device=self._model.device)
            logits = self._model(ids, past_key_values=self._cache, logits_to_keep=1).logits
            token = int(logits[0, -1].argmax())
            if token in self._base.stops:
                break
            answer.append(token)
            step = [token]
        self._read = [*tokens, *answer][: self._cache.get_seq_length()]
        return self._base.tokenizer.decode(answer).strip()


def held_out(answer: Answer, count: int, seed: int) -> Iterator[Scored]:
    """About so many questions of families and words that training never saw."""
    composer = Composer(seed, testing=True)
    asked = 0
    while asked < count:
        example = composer.example()
        for each in example.asked:
            reply = answer(example.passages, each.question, example.today)
            yield Scored(each.kind, each.question, each.answer, reply)
        asked += len(example.asked)


def oracle(answer: Answer, path: Path, count: int, seed: int) -> Iterator[Scored]:
    """So many questions of LoCoMo, with their evidence."""
    asked = list(questions(path))
    for each in random.Random(seed).sample(asked, min(count, len(asked))):
        reply = answer(each.evidence, each.question, None)
        yield Scored(CATEGORIES[each.category], each.question, each.answer, reply)


def main() -> None:
    """Run from the command line; prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    add_base_option(parser)
    parser.add_argument("adapter", type=Path, nargs="?", help="adapter.safetensors; without it the stock model")
    parser.add_argument("--held-out", type=int, default=150, help="questions of unseen families")
    parser.add_argument("--locomo", type=Path, help="a file of LoCoMo's conversations")
    parser.add_argument("--oracle", type=int, default=100, help="questions of LoCoMo with their evidence")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print every answer")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    base = read_base(options.base or built_in())
    model = load_weights(base.path)
    if options.adapter:
        rank = adapter_rank(options.adapter)
        load_lora(add_lora(model, rank=rank, alpha=rank), options.adapter)
    answer = Answerer(model.eval(), base)
    result: dict[str, Any] = {"adapter": str(options.adapter or "none")}
    runs: list[tuple[str, Iterator[Scored]]] = []
    if options.held_out:
        runs.append(("held-out families", held_out(answer, options.held_out, options.seed)))
    if options.locomo:
        runs.append(("LoCoMo, evidence given", oracle(answer, options.locomo, options.oracle, options.seed)))
    for name, run in runs:
        scored = []
        for each in run:
            scored.append(each)
            if options.show:
                sys.stderr.write(f"{each.overlap:.2f} {each.kind} | {each.question} | {each.right} | {each.answer}\n")
        result[name] = figures(scored)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


def adapter_rank(path: Path) -> int:
    """The rank of an adapter."""
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        name = next(name for name in file.keys() if name.endswith("lora_A"))  # noqa: SIM118  (no mapping)
        return int(file.get_slice(name).get_shape()[0])


if __name__ == "__main__":
    main()
