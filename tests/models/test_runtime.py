"""ONNX Runtime is started with sensible settings."""

import os
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models.runtime import good_thread_count, open_session


def test_threads_are_at_least_one_and_never_more_than_the_machine_has() -> None:
    assert 1 <= good_thread_count() <= min(8, os.cpu_count() or 1)


@pytest.mark.parametrize("data", [None, b"", b"no graph at all"])
def test_what_is_no_graph_is_a_clear_error_without_noise(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes | None
) -> None:
    path = tmp_path / "model.onnx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_session(path)
    assert capfd.readouterr() == ("", "")
