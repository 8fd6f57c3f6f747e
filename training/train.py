"""`python -m training.train`: teaches an adapter one task (by default to answer from memory), on a processor or a GPU.

The loss is on the answers only. Every few minutes the adapter is written to OUT/adapter.safetensors, together with the
state of the optimiser, so that a run can be stopped at any time and continued with `--resume`, also with other data.
"""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from training.base import add_base_option, built_in, load_weights, read_base
from training.data.nearness import BySense
from training.lora import LoraLinear, add_lora, load_lora, save_lora
from training.packing import Packed, pack
from training.tasks import ALL, TASKS, Material, some_kinds

ANSWERS = 40
"""Answers of a step, unless told otherwise."""


def batches(
    examples: Iterator[Packed], *, answers: int, choice: random.Random, ahead: int = 48
) -> Iterator[list[Packed]]:
    """Groups of examples with about so many answers, of all lengths: each is a step of the optimiser."""
    waiting: list[Packed] = []
    for example in examples:
        waiting.append(example)
        if len(waiting) < ahead:
            continue
        choice.shuffle(waiting)
        group: list[Packed] = []
        while waiting and sum(int(e.segments.max()) for e in group) < answers:
            group.append(waiting.pop())
        yield group


def losses(model: Any, example: Packed, device: str) -> torch.Tensor:
    """The cross entropy of the answer tokens, summed within each answer and divided by the root of its length.

    A plain mean over tokens would let long lists and reasons drown the short answers that people mostly want.
    """
    mask = torch.from_numpy(example.mask())
    dtype = next(iter(model.parameters())).dtype
    added = torch.zeros(mask.shape, dtype=dtype).masked_fill_(~mask, torch.finfo(dtype).min)[None, None].to(device)
    hidden = model.model(
        input_ids=torch.from_numpy(example.tokens)[None].to(device),
        position_ids=torch.from_numpy(example.positions)[None].to(device),
        attention_mask=added,
        use_cache=False,
    ).last_hidden_state[0]
    targets = torch.from_numpy(example.targets).to(device)
    learned = targets >= 0
    logits = model.lm_head(hidden[learned]).float()
    each = functional.cross_entropy(logits, targets[learned], reduction="none")
    segments = torch.from_numpy(example.segments).to(device)[learned]
    lengths = torch.bincount(segments)[segments]
    return each / lengths.sqrt()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line, or with these arguments; prints a line a step."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    add_base_option(parser)
    parser.add_argument("out", type=Path, help="folder for the adapter and the state")
    parser.add_argument("--task", choices=sorted(TASKS), default="answer")
    parser.add_argument("--resume", action="store_true", help="continue from OUT")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--answers", type=int, default=ANSWERS, help="answers a step")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--alpha", type=float, default=32)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--longest", type=int, default=900, help="tokens of an example")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", type=float, default=1, help="share of the kinds of facts, for a learning curve")
    parser.add_argument("--families", default="", help="only of these, comma-separated")
    parser.add_argument("--talks", type=float, default=1, help="share of the written talks, for a learning curve")
    parser.add_argument("--written", type=float, default=ALL.written, help="share of the lessons that come from talks")
    parser.add_argument("--minutes", type=float, default=0, help="stop, and let the rate fall, by this time")
    parser.add_argument("--every", type=float, default=4, help="minutes between two checkpoints")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    options.base = options.base or built_in()
    base = read_base(options.base)
    torch.manual_seed(options.seed)
    model = load_weights(options.base).to(options.device)
    layers = add_lora(model, rank=options.rank, alpha=options.alpha)
    for layer in layers.values():
        layer.to(options.device)
    parameters = [p for layer in layers.values() for p in (layer.lora_a, layer.lora_b)]
    optimiser = torch.optim.AdamW(parameters, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0)
    done = {"steps": 0, "conversations": 0, "answers": 0, "tokens": 0, "seconds": 0.0}
    if options.resume:
        done |= resume(options.out, layers, optimiser)
    names = [name for name in options.families.split(",") if name]
    if options.kinds < 1:
        names = some_kinds(options.kinds)
    nearness = BySense() if options.task == "answer" and options.written else None
    material = Material(names, options.talks, options.written, nearness)
    made = TASKS[options.task].lessons(options.seed + done["conversations"], False, material)
    packed = (pack(base.tokenizer, lesson, base.stops[-1], options.longest) for lesson in made if lesson)
    began = saved = time.monotonic()
    choice = random.Random(options.seed)
    model.train()
    first = done["steps"]
    for group in batches((p for p in packed if p is not None), answers=options.answers, choice=choice):
        spent = (time.monotonic() - began) / 60
        share = max((done["steps"] - first) / options.steps, spent / options.minutes if options.minutes else 0.0)
        if share >= 1:
            break
        warm = min(1.0, (done["steps"] - first + 1) / 15)
        for each in optimiser.param_groups:
            each["lr"] = options.rate * warm * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * share)))
        number = sum(int(e.segments.max()) for e in group)
        total = 0.0
        for example in group:
            loss = losses(model, example, options.device).sum() / number
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        done["steps"] += 1
        done["conversations"] += len(group)
        done["answers"] += number
        done["tokens"] += sum(len(e.tokens) for e in group)
        if time.monotonic() - saved > 60 * options.every:
            save(options, layers, optimiser, done | {"seconds": done["seconds"] + time.monotonic() - began}, base)
            saved = time.monotonic()
        note = f"{done['steps']} loss {total:.3f} answers {done['answers']} tokens {done['tokens']} min {spent:.1f}"
        sys.stdout.write(f"{note} rate {each['lr']:.1e}\n")
        sys.stdout.flush()
    done["seconds"] += time.monotonic() - began
    save(options, layers, optimiser, done, base)


def save(options: Any, layers: dict[str, LoraLinear], optimiser: Any, done: dict[str, Any], base: Any) -> None:
    """Write the adapter, the optimiser's state and what was done; each checkpoint of the adapter is kept."""
    for name in ("adapter", f"adapter-{done['answers']:07d}"):
        save_lora(layers, options.out / f"{name}.safetensors")
    torch.save(optimiser.state_dict(), options.out / "optimiser.pt")
    told = done | {"rank": options.rank, "alpha": options.alpha, "rate": options.rate, "seed": options.seed}
    told |= {"base": base.name, "base_sha256": base.sha256}
    told |= {"task": options.task, "kinds": options.kinds, "talks": options.talks, "written": options.written}
    told |= {"prompt_format": TASKS[options.task].prompt_format}
    (options.out / "done.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def resume(out: Path, layers: dict[str, LoraLinear], optimiser: Any) -> dict[str, Any]:
    """Go on from what `save` wrote; how far it had come."""
    load_lora(layers, out / "adapter.safetensors")
    if (state := out / "optimiser.pt").exists():
        optimiser.load_state_dict(torch.load(state, weights_only=True))
    done: dict[str, Any] = json.loads((out / "done.json").read_text(encoding="utf-8"))
    return {name: done[name] for name in ("steps", "conversations", "answers", "tokens", "seconds")}


if __name__ == "__main__":
    main()
