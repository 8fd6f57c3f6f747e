"""`python -m training.export`: a trained adapter as the folder that the product reads, with its model card.

The figures in the card come from the files that `training.evaluate` printed, so that nobody types them.
"""

import argparse
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safetensors.numpy import load_file, save

from training.base import add_base_option, built_in, read_base
from training.data.families import families
from training.data.written import talks
from training.evaluate import HELD_OUT, LOCOMO, TALKS

MOST_BYTES = 12_000_000
"""An adapter may be this large."""


def export(
    run: Path, target: Path, *, base: Path, checkpoint: str, figures: list[Path], name: str, note: str = ""
) -> None:
    """Write the folder `target`.

    Args:
        run: The folder that `training.train` wrote.
        target: The folder to make.
        base: The GGUF file that it was trained on.
        checkpoint: The file in `run`.
        figures: What `training.evaluate` printed, for the stock model and for this one.
        name: For people.
        note: More about how it was trained, for the card.

    Raises:
        ValueError: The base is not the one that it was trained on, or the adapter is too large.
    """
    done = json.loads((run / "done.json").read_text(encoding="utf-8"))
    about = read_base(base)
    if about.sha256 != done["base_sha256"]:
        raise ValueError(f"{base.name} is not what the adapter was trained on ({done['base']}).")
    tensors = {key: value.astype("float16") for key, value in load_file(run / checkpoint).items()}
    if (size := sum(value.nbytes for value in tensors.values())) > MOST_BYTES:
        raise ValueError(f"The adapter takes {size:,} bytes, where {MOST_BYTES:,} are allowed.")
    target.mkdir(parents=True, exist_ok=True)
    (target / "adapter.safetensors").write_bytes(save(tensors))
    measured = [json.loads(path.read_text(encoding="utf-8")) for path in figures]
    (target / "adapter.toml").write_text(_about(name, base.stem, done), encoding="utf-8")
    (target / "CARD.md").write_text(_card(name, base.stem, done, measured, note), encoding="utf-8")


def _about(name: str, base: str, done: dict[str, Any]) -> str:
    trained = f"{done['answers']:,} answers of {done['conversations']:,} lessons, {done['tokens']:,} tokens"
    lines = {
        "name": name,
        "task": done.get("task", "answer"),
        "base": base,
        "base_sha256": done["base_sha256"],
        "rank": done["rank"],
        "prompt_format": done["prompt_format"],
        "trained_on": trained,
        "made": datetime.now(UTC).date().isoformat(),
    }
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


_TEACHES = {
    "answer": "answer a question from memories that are given to it: in a few words, with dates by the calendar,\n"
    "or with a refusal",
    "facts": "write down the facts of a message, one a line: of whom, what, which value, and since when",
    "title": "give a chat a title of a few words",
    "summary": "bring a one-sentence summary up to date with what was said since",
}


def _card(name: str, base: str, done: dict[str, Any], measured: list[dict[str, Any]], note: str) -> str:
    kinds = [family for name, family in families().items() if not name.endswith("_kin")]
    known = [family for family in kinds if not family.held]
    task = done.get("task", "answer")
    product = {"answer": "assistant/conversation/reading.py", "title": "assistant/conversation/titling.py"}
    written = _WRITTEN.format(len(talks()), len(talks(testing=True))) if task == "answer" else ""
    form = product.get(task, "training/forms.py")
    return f"""# {name}

A low-rank adapter (LoRA, rank {done["rank"]}, all linear layers) for {base}. It teaches the model to
{_TEACHES[task]}.

- Base: {base}, GGUF with SHA-256 `{done["base_sha256"]}`
- Licence of the adapter: Apache-2.0
- Form of the prompt: `{form}`, number {done["prompt_format"]}
- Made with `python -m training.train`, seed {done["seed"]}, {done["seconds"] / 3600:.1f} hours on a processor

## Data
{done["answers"]:,} prompts in {done["conversations"]:,} lessons ({done["tokens"]:,} tokens), all made by
`training/data`: a grammar of {len(known)} kinds of facts with wordings and vocabularies that were written for this
project{written}. No other data set and no words of real people are in it.
{len(kinds) - len(known)} further kinds and about 15 % of every vocabulary were kept for testing.
{_TOLD if task == "answer" else ""}{note}

## Figures
Greedy answers of the unquantised adapter on the base's weights in bfloat16. Token F1 as for SQuAD; 1 is best.
{_LOCOMO if task == "answer" else ""}
{_table(measured) if task == "answer" else _plain_table(measured)}
## Limits
- English only. It copies and shortens; it knows nothing of the world that the base does not, and it reasons little.
- It is sure of itself when it is wrong: show what its words were taken from.
{_LIMITS if task == "answer" else ""}"""


_LIMITS = """- Questions that need several steps, counting or a guess about somebody's character are mostly wrong.
- Long answers (explanations, descriptions) come out too short, lists often lack an entry.
- It was taught on one to twelve messages between two people, or of one person to Hippo.
"""
_WRITTEN = """, and {} talks over weeks to years with questions about them,
which its authors wrote for it (`training/data/talks`; {} more are kept for testing)"""
_TOLD = "About one question in four has no answer in its memories. "
_LOCOMO = """LoCoMo (Maharana et al. 2024), development half, was used for measuring only, with the messages given that
hold the answer. Kinds of facts that had been worded after mistakes on it were removed from the grammar, and who wrote
the talks had not seen it; that some of them should be long, with themes that come back, was decided by one who had.
"""


def _plain_table(measured: list[dict[str, Any]]) -> str:
    """All figures on what was held out, a row each."""
    columns = [dict(_flat(each[HELD_OUT])) for each in measured]
    lines = ["| | " + " | ".join(_label(each) for each in measured) + " |", "|---" * (len(measured) + 1) + "|"]
    rows = dict.fromkeys(key for column in columns for key in column)
    return (
        "\n".join([*lines, *(f"| {key} | " + " | ".join(_shown(c, key) for c in columns) + " |" for key in rows)])
        + "\n"
    )


def _flat(figures: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}, ")
        else:
            yield f"{before}{key}", value


def _table(measured: list[dict[str, Any]]) -> str:
    lines = ["| | " + " | ".join(_label(each) for each in measured) + " |", "|---" * (len(measured) + 1) + "|"]
    for part in (HELD_OUT, TALKS, LOCOMO):
        runs = [each.get(part) for each in measured]
        if not any(runs):
            continue
        rows = [("questions", "questions"), ("token F1", "token F1"), ("exact", "exact")]
        rows += [("refused though told", "refused though told")]
        if part.startswith("held"):
            rows.append(("answered though not told", "answered though not told"))
            rows.append(("told what holds at another time", "told what holds at another time"))
        lines += [f"| **{part}** |" + " |" * len(measured)]
        lines += [f"| {label} | " + " | ".join(_shown(run, key) for run in runs) + " |" for key, label in rows]
        kinds = sorted({kind for run in runs if run for kind in run["token F1 by kind"]})
        lines += [
            f"| token F1, {kind} | "
            + " | ".join(str(run["token F1 by kind"].get(kind, "–")) if run else "–" for run in runs)
            + " |"
            for kind in kinds
        ]
    return "\n".join(lines) + "\n"


def _label(measured: dict[str, Any]) -> str:
    """Of a column: a checkpoint's file is named after the number of answers that it had seen."""
    if measured["adapter"] in ("none", "rules"):
        return "stock" if measured["adapter"] == "none" else "rules"
    seen = re.search(r"adapter-(\d+)", measured["adapter"])
    return f"after {int(seen[1]):,} answers" if seen else "adapter"


def _shown(run: dict[str, Any] | None, key: str) -> str:
    return "–" if run is None or run.get(key) is None else str(run[key])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    add_base_option(parser)
    parser.add_argument("run", type=Path, help="the folder that training.train wrote")
    parser.add_argument("target", type=Path, help="the folder to make, such as assistant/resources/adapters/answer")
    parser.add_argument("--checkpoint", default="adapter.safetensors")
    parser.add_argument("--figures", type=Path, nargs="*", default=[], help="what training.evaluate printed")
    parser.add_argument("--note", default="", help="more about how it was trained, for the card")
    parser.add_argument("--name", default="Answers from memory", help="for people")
    options = parser.parse_args()
    base = options.base or built_in()
    export(
        options.run,
        options.target,
        base=base,
        checkpoint=options.checkpoint,
        figures=options.figures,
        name=options.name,
        note=options.note,
    )


if __name__ == "__main__":
    main()
