import os
from pathlib import Path

import pytest

from assistant.store import traces
from assistant.store.traces import find_traces


@pytest.mark.parametrize("others", [0, 500])
@pytest.mark.parametrize("place", [0, 90, 93, 1000, 4984])
def test_a_trace_is_found_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int, place: int
) -> None:
    monkeypatch.setattr(traces, "_CHUNK", 100)
    needle = os.urandom(16)
    content = bytearray(os.urandom(5000))
    content[place : place + 16] = needle
    with_it, without = tmp_path / "with", tmp_path / "without"
    with_it.write_bytes(content)
    without.write_bytes(os.urandom(5000) + needle[:15])
    needles = [needle, *(os.urandom(16) for _ in range(others))]
    assert find_traces([without, with_it], needles) == [with_it]


def test_nothing_is_found_in_empty_files_or_without_needles(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    assert find_traces([empty], [os.urandom(16) for _ in range(9)]) == []
    assert find_traces([empty], []) == []
