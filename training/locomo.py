"""Questions of LoCoMo (Maharana et al. 2024, arXiv 2402.17753), for measuring only. Nothing of it is ever trained on.

Its licence is CC BY-NC 4.0; the file is not part of this project.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.conversation.reading import ReadingPassage

CATEGORIES = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}


@dataclass(frozen=True)
class LocomoQuestion:
    """A question with the messages that hold its answer."""

    conversation: str
    question: str
    answer: str
    category: int
    evidence: tuple[ReadingPassage, ...]


def questions(path: Path) -> Iterator[LocomoQuestion]:
    """The answerable questions of a file, in order."""
    for sample in json.loads(path.read_text(encoding="utf-8")):
        said = dict(_messages(sample["conversation"]))
        for asked in sample["qa"]:
            places = [place for text in asked.get("evidence", []) for place in re.findall(r"D\d+:\d+", text)]
            evidence = tuple(said[place] for place in dict.fromkeys(places) if place in said)
            if asked["category"] != 5 and evidence:
                yield LocomoQuestion(
                    sample["sample_id"], asked["question"], str(asked["answer"]), asked["category"], evidence
                )


@dataclass(frozen=True)
class Observed:
    """A message with what the authors of LoCoMo let a large model observe in it: sentences, mostly one or none."""

    passage: ReadingPassage
    sentences: tuple[str, ...]


def observations(path: Path) -> Iterator[Observed]:
    """The messages of a file, in order."""
    for sample in json.loads(path.read_text(encoding="utf-8")):
        seen: dict[str, list[str]] = {}
        for session in sample["observation"].values():
            for told in session.values():
                for sentence, places in told:
                    for place in re.findall(r"D\d+:\d+", str(places)):
                        seen.setdefault(place, []).append(sentence)
        for place, passage in _messages(sample["conversation"]):
            yield Observed(passage, tuple(seen.get(place, ())))


def _messages(conversation: dict[str, Any]) -> Iterator[tuple[str, ReadingPassage]]:
    for key, turns in conversation.items():
        if re.fullmatch(r"session_\d+", key):
            start = datetime.strptime(conversation[f"{key}_date_time"], "%I:%M %p on %d %B, %Y")
            for index, turn in enumerate(turns):
                photo = f" [photo: {turn['blip_caption']}]" if turn.get("blip_caption") else ""
                time = start + timedelta(minutes=index)
                yield turn["dia_id"], ReadingPassage(turn["speaker"], turn["text"] + photo, time)
