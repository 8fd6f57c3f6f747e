"""Which parts of memory are on: one settings object for each ablation."""

from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec.structs import replace

from assistant.settings import MemorySettings, Settings


@dataclass(frozen=True)
class Ablation:
    """Parts of memory that are on.

    Attributes:
        channels: What may bring lines into the prompt.
        fading: Semantic forgetting: "" for none; "words" where what was not recalled fades sooner, as the HEMA paper
            says; "printed" for the formula as it prints it, under which what *was* recalled fades sooner.
        asked_for: It is left out unless it is named.
    """

    name: str
    channels: tuple[str, ...]
    fading: Literal["", "words", "printed"] = ""
    asked_for: bool = False


_COMPACT = ("summary", "user")
_VECTOR = ("similar", "recent", "pinned", "replay")

ABLATIONS = {
    ablation.name: ablation
    for ablation in (
        Ablation("none", ()),
        Ablation("compact only", _COMPACT),
        Ablation("vector only", _VECTOR),
        Ablation("compact + vector", (*_COMPACT, *_VECTOR)),
        Ablation("+ facts", (*_COMPACT, *_VECTOR, "facts")),
        Ablation("+ second level", (*_COMPACT, *_VECTOR, "facts", "stretches")),
        Ablation("+ forgetting", (*_COMPACT, *_VECTOR, "facts", "stretches"), fading="words"),
        Ablation(
            "forgetting as printed", (*_COMPACT, *_VECTOR, "facts", "stretches"), fading="printed", asked_for=True
        ),
    )
}
"""By name, each with what the one before has (from "compact + vector" on)."""


def settings_for(ablation: Ablation) -> Settings:
    """Settings with these parts on."""
    known = {field.name for field in msgspec.structs.fields(MemorySettings)}
    wanted = {"channels": ablation.channels, "fading": bool(ablation.fading)}
    memory = replace(MemorySettings(), **{name: value for name, value in wanted.items() if name in known})
    if "channels" not in known and "similar" not in ablation.channels:
        memory = replace(memory, recall_limit=0)
    return Settings(memory=memory)
