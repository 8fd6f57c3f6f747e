"""The catalogue offers what Hippo can run and people may use."""

import re

import pytest

from assistant.errors import InputError
from assistant.models.catalogue import catalogue, find_entry, machine_memory


def test_every_entry_is_complete_and_permissively_licensed() -> None:
    entries = catalogue()
    assert len({entry.id for entry in entries}) == len(entries) >= 10
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9.-]+", entry.id)
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", entry.repository)
        assert entry.licence in ("Apache-2.0", "MIT")
        assert len(entry.files) == 1
        assert entry.files[0].lower().endswith(".gguf")
        assert entry.summary.endswith(".")


def test_entries_grow_and_their_classes_with_them() -> None:
    entries = catalogue()
    assert [entry.parameters for entry in entries] == sorted(entry.parameters for entry in entries)
    assert entries[0].parameters < 0.5 < 8 < entries[-1].parameters
    limits = {"tiny": (0, 1), "small": (1, 3), "medium": (3, 6), "large": (6, 9)}
    for entry in entries:
        least, most = limits[entry.size]
        assert least < entry.parameters < most
        assert entry.memory > entry.parameters * 0.85


def test_an_entry_is_found_by_id_and_by_name() -> None:
    assert find_entry("QWEN3-4B") is find_entry("qwen3 4b")
    with pytest.raises(InputError, match="catalogue"):
        find_entry("no such model")


def test_the_machine_tells_its_memory() -> None:
    assert machine_memory() > 0.5
