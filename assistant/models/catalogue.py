"""The catalogue of models that the user may download: what `assistant/resources/models.toml` says, and no more.

Reading it opens no connection; `hub` and `download` do, when the user asks.
"""

import functools
import os
import sys
import tomllib
from importlib import resources
from typing import Literal

import msgspec

from assistant.errors import InputError

Size = Literal["tiny", "small", "medium", "large"]


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A model that can be downloaded.

    Attributes:
        id: What the terminal calls it, and the name of its folder once it is installed.
        name: Its name, for people.
        family: The models that it belongs to.
        parameters: How many, in billions.
        size: Its class: "tiny" (below 1 billion), "small" (below 3), "medium" (below 6), "large".
        memory: About how many GB of memory it takes, with a cache of 4,096 tokens.
        licence: Its licence, an SPDX identifier.
        repository: Where it lies on the hub, "owner/name".
        files: Patterns (`fnmatch`, without regard to capitals) of the files to fetch, each of exactly one file.
        summary: A sentence on what it is good for.
    """

    id: str
    name: str
    family: str
    parameters: float
    size: Size
    memory: float
    licence: str
    repository: str
    files: tuple[str, ...]
    summary: str


@functools.cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """All entries, the smallest first."""
    text = resources.files("assistant").joinpath("resources", "models.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["model"], tuple[CatalogueEntry, ...])


def find_entry(name: str) -> CatalogueEntry:
    """The entry with this id or name; capitals do not matter.

    Raises:
        InputError: There is none.
    """
    for entry in catalogue():
        if name.casefold() in (entry.id, entry.name.casefold()):
            return entry
    raise InputError(
        f"“{name}” is not in the catalogue.", next_step="`assistant models catalogue` shows what can be downloaded."
    )


def machine_memory() -> float:
    """How many GB of memory this machine has; 0 where it does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (OSError, ValueError):
        return 0.0


def _windows_memory() -> float:
    import ctypes

    kilobytes = ctypes.c_ulonglong(0)
    windll = getattr(ctypes, "windll")  # noqa: B009 - it exists on Windows only
    told = windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return kilobytes.value * 1024 / 1e9 if told else 0.0
