"""`python -m training.evaluate`: how well an adapter does its task.

Measured on kinds of facts and words that training never saw, and for answers also on LoCoMo with the messages given
that hold them. Without an adapter it measures the stock model, with `--rules` what the product does without one.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import torch
from transformers import DynamicCache

from assistant.conversation.reading import reading_prompt
from assistant.models.tokenizer import Message, Tokenizer
from training.base import Base, add_base_option, built_in, load_weights, read_base
from training.data.nearness import BySense
from training.data.stating import Stated
from training.data.summing import Summed
from training.data.titling import Titled
from training.forms import facts_answer, facts_prompt, read_facts
from training.locomo import CATEGORIES, Observed, observations, questions
from training.lora import add_lora, load_lora
from training.packing import prompt_tokens
from training.rules import facts_by_rules, summary_by_rules, title_by_rules
from training.scoring import (
    Scored,
    facts_figures,
    figures,
    observed_figures,
    summary_figures,
    title_figures,
)
from training.tasks import ALL, TASKS, Item, of_talks

HELD_OUT: Final = "held-out families"
TALKS: Final = "held-out talks"
LOCOMO: Final = "LoCoMo, evidence given"
OBSERVED: Final = "LoCoMo, observations"


class Answerer:
    """Answers greedily, and reads what several prompts share once."""

    def __init__(self, model: Any, base: Base, longest: int) -> None:
        self._model = model
        self._base = base
        self._longest = longest
        self._cache = DynamicCache()
        self._read: list[int] = []

    @torch.inference_mode()
    def __call__(self, prompt: Sequence[Message]) -> str:
        """The answer to a prompt."""
        tokens = prompt_tokens(self._base.tokenizer, prompt)
        known = 0
        while known < min(len(self._read), len(tokens) - 1) and self._read[known] == tokens[known]:
            known += 1
        if not known:
            self._cache = DynamicCache()
        elif known < len(self._read):
            self._cache.crop(known - len(self._read))
        answer: list[int] = []
        step = tokens[known:]
        while len(answer) < self._longest:
            ids = torch.tensor([step], device=self._model.device)
            logits = self._model(ids, past_key_values=self._cache, logits_to_keep=1).logits
            token = int(logits[0, -1].argmax())
            if token in self._base.stops:
                break
            answer.append(token)
            step = [token]
        self._read = [*tokens, *answer][: self._cache.get_seq_length()]
        return self._base.tokenizer.decode(answer).strip()


def held_out(task: str, count: int, seed: int) -> list[Item]:
    """About so many prompts of a task, of families and words that training never saw."""
    found: list[Item] = []
    for lesson in TASKS[task].lessons(seed, True, ALL):
        found += lesson
        if len(found) >= count:
            break
    return found


def held_talks(count: int, seed: int) -> list[Item]:
    """About so many questions about written talks that training never saw."""
    found: list[Item] = []
    for lesson in of_talks(seed, testing=True, nearness=BySense()):
        found += lesson
        if len(found) >= count:
            break
    return found


def oracle(path: Path, count: int, seed: int) -> Iterator[Item]:
    """So many questions of LoCoMo, with their evidence."""
    asked = list(questions(path))
    for each in random.Random(seed).sample(asked, min(count, len(asked))):
        prompt = tuple(reading_prompt(each.evidence, each.question, None))
        yield Item(prompt, each.answer, CATEGORIES[each.category])


def observed(path: Path, count: int, seed: int) -> Iterator[Item]:
    """So many messages of LoCoMo, to be compared with what was observed in them."""
    said = list(observations(path))
    for each in random.Random(seed).sample(said, min(count, len(said))):
        yield Item(tuple(facts_prompt(each.passage)), "", "observed", source=each)


def measured(task: str, items: Sequence[Item], answers: Sequence[str]) -> dict[str, object]:
    """The figures of a task.

    Args:
        task: Its name.
        items: What was asked.
        answers: What was answered, in the same order.
    """
    both = list(zip(items, answers, strict=True))
    seen = [(item.source.sentences, read_facts(a)) for item, a in both if isinstance(item.source, Observed)]
    match task:
        case "facts" if seen:
            return observed_figures(seen)
        case "facts":
            return facts_figures([(read_facts(item.answer), read_facts(answer)) for item, answer in both])
        case "title":
            return title_figures([(item.answer, answer) for item, answer in both])
        case "summary":
            steps = ((item.source, answer) for item, answer in both)
            known = [(step.holds, step.gone, answer) for step, answer in steps if isinstance(step, Summed)]
            return summary_figures(known)
        case _:
            asked = [item.prompt[-1].content.rpartition("Question: ")[2] for item in items]
            scored = [Scored(i.kind, q, i.answer, a, i.wrong) for (i, a), q in zip(both, asked, strict=True)]
            return figures(scored)


def by_rules(items: Sequence[Item], tokenizer: Tokenizer) -> Iterator[str]:
    """What the product's rules answer.

    Raises:
        ValueError: It has no rules for the task.
    """
    for item in items:
        match item.source:
            case Stated() | Observed():
                yield facts_answer(facts_by_rules(item.source.passage))
            case Titled():
                yield title_by_rules(item.source.messages)
            case Summed():
                yield summary_by_rules(item.source.whole, tokenizer)
            case _:
                raise ValueError("There are rules for facts, titles and summaries only.")


def main() -> None:
    """Run from the command line; prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    add_base_option(parser)
    parser.add_argument("adapter", type=Path, nargs="?", help="adapter.safetensors; without it the stock model")
    parser.add_argument("--task", choices=sorted(TASKS), default="answer")
    parser.add_argument("--rules", action="store_true", help="what the product does without a model, on the same")
    parser.add_argument("--held-out", type=int, default=150, help="prompts of unseen families")
    parser.add_argument("--talks", type=int, default=200, help="questions about unseen talks, for the task answer")
    parser.add_argument("--locomo", type=Path, help="a file of LoCoMo's conversations")
    parser.add_argument("--oracle", type=int, default=100, help="questions of LoCoMo, or for facts messages")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print every answer")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    base = read_base(options.base or built_in())
    runs: list[tuple[str, list[Item]]] = []
    if options.held_out:
        runs.append((HELD_OUT, held_out(options.task, options.held_out, options.seed)))
    if options.talks and options.task == "answer":
        runs.append((TALKS, held_talks(options.talks, options.seed)))
    if options.locomo and options.task == "answer":
        runs.append((LOCOMO, list(oracle(options.locomo, options.oracle, options.seed))))
    if options.locomo and options.task == "facts":
        runs.append((OBSERVED, list(observed(options.locomo, options.oracle, options.seed))))
    answerer = None if options.rules else load_answerer(base, options.adapter, TASKS[options.task].longest)
    result: dict[str, Any] = {"adapter": "rules" if options.rules else str(options.adapter or "none")}
    for name, items in runs:
        answers: list[str] = []
        made = by_rules(items, base.tokenizer) if answerer is None else (answerer(item.prompt) for item in items)
        for item, answer in zip(items, made, strict=True):
            answers.append(answer)
            if options.show:
                shown = item.prompt[-1].content.rpartition("\n")[2]
                sys.stderr.write(f"{item.kind} | {shown}\n    right: {item.answer!r}\n    given: {answer!r}\n")
        result[name] = measured(options.task, items, answers)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


def load_answerer(base: Base, adapter: Path | None, longest: int) -> Answerer:
    """The base, with an adapter where there is one.

    Args:
        base: What `read_base` read.
        adapter: As `train` wrote it.
        longest: Tokens of an answer.
    """
    model = load_weights(base.path)
    if adapter is not None:
        rank = adapter_rank(adapter)
        load_lora(add_lora(model, rank=rank, alpha=rank), adapter)
    return Answerer(model.eval(), base, longest)


def adapter_rank(path: Path) -> int:
    """The rank of an adapter."""
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        name = next(name for name in file.keys() if name.endswith("lora_A"))  # noqa: SIM118  (no mapping)
        return int(file.get_slice(name).get_shape()[0])


if __name__ == "__main__":
    main()
