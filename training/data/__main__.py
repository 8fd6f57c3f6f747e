"""`python -m training.data`: writes examples of a task, one JSON object a line."""

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from training.tasks import TASKS, Material

from .compose import Composer, Example


def rows(examples: Iterator[Example]) -> Iterator[dict[str, Any]]:
    """Examples as JSON objects."""
    for example in examples:
        yield {
            "passages": [
                {"speaker": p.speaker, "text": p.text, "time": p.time.isoformat(), "asked": p.asked}
                for p in example.passages
            ],
            "today": example.today.isoformat() if example.today else None,
            "asked": [vars(asked) for asked in example.asked],
        }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.data", description=__doc__)
    parser.add_argument("target", type=Path, help="the file to write")
    parser.add_argument("--task", choices=sorted(TASKS), default="answer")
    parser.add_argument("--count", type=int, default=6000, help="conversations; of the other tasks, prompts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--testing", action="store_true", help="of the families and words that training never sees")
    parser.add_argument("--families", default="", help="only of these, comma-separated")
    options = parser.parse_args()
    names = [name for name in options.families.split(",") if name]
    composer = Composer(options.seed, testing=options.testing, names=names)
    made = rows(composer.example() for _ in range(options.count))
    if options.task != "answer":
        lessons = TASKS[options.task].lessons(options.seed, options.testing, Material(names))
        items = islice((item for lesson in lessons for item in lesson), options.count)
        made = ({"prompt": i.prompt[-1].content, "answer": i.answer, "kind": i.kind} for i in items)
    with options.target.open("w", encoding="utf-8") as stream:
        for row in made:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
