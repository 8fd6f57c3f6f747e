"""What an adapter's folder says, and what is refused of it."""

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.models.adapter import Adapter, damaged_adapters, find_adapter, read_adapter
from assistant.models.manifest import FileStamp, Manifest
from tests.models.random_adapter import Tensors, write_adapter

SHA = "ab" * 32


@pytest.fixture
def tensors() -> Tensors:
    return {
        "layers.0.q_proj.lora_A": np.ones((4, 32), np.float16),
        "layers.0.q_proj.lora_B": np.ones((16, 4), np.float16),
    }


def manifest(sha256: str = SHA) -> Manifest:
    return Manifest(
        name="Big",
        architecture="llama",
        context_length=8,
        stop_tokens=[1],
        source={"big.gguf": FileStamp(size=1, sha256=sha256, modified=0)},
        files={},
        converter=1,
    )


def test_an_adapter_is_found_by_its_task_its_base_and_the_form_of_its_prompt(tmp_path: Path, tensors: Tensors) -> None:
    write_adapter(tmp_path / "reads", tensors, SHA)
    write_adapter(tmp_path / "titles", tensors, SHA, task="title")
    (tmp_path / "spoilt").mkdir()

    def found(task: str, sha256: str = SHA, prompt_format: int = 1) -> str:
        adapter = find_adapter(task, manifest(sha256), prompt_format, tmp_path)
        return adapter.folder.name if adapter is not None else ""

    assert (found("answer"), found("title"), found("facts")) == ("reads", "titles", "")
    assert found("answer", sha256="cd" * 32) == found("answer", prompt_format=2) == ""
    assert [error.message for error in damaged_adapters(tmp_path)] == [
        "The adapter “spoilt” is damaged: adapter.toml is missing or cannot be understood."
    ]


def test_an_adapter_for_another_model_is_refused_by_name(tmp_path: Path, tensors: Tensors) -> None:
    adapter = read_adapter(write_adapter(tmp_path / "reads", tensors, "cd" * 32))
    with pytest.raises(ModelError, match=r"“Random” was made for Tiny; Big is another model\."):
        adapter.check_base(manifest())


def test_whatever_is_wrong_with_the_matrices_is_said(tmp_path: Path, tensors: Tensors) -> None:
    adapter: Adapter = read_adapter(write_adapter(tmp_path / "reads", tensors, SHA))
    file = adapter.folder / "adapter.safetensors"
    whole = file.read_bytes()
    assert adapter.matrices()[0, "q_proj"].b.shape == (16, 4)
    for spoilt in (b"", whole[:4], whole[:60], whole[:-1], b"\xff" * 8 + whole[8:], whole.replace(b"F16", b"F32")):
        file.write_bytes(spoilt)
        with pytest.raises(ModelError, match="“reads” is damaged"):
            adapter.matrices()
    file.unlink()
    with pytest.raises(ModelError, match=r"adapter\.safetensors cannot be read"):
        adapter.matrices()


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("layers.0.q_proj.lora_B", np.ones((16, 3), np.float16)),
        ("layers.0.q_proj.lora_B", np.full((16, 4), np.nan, np.float16)),
        ("layers.1.q_proj.lora_A", np.ones((4, 32), np.float16)),
        ("layers.0.norm.lora_A", np.ones((4, 32), np.float16)),
    ],
)
def test_matrices_that_do_not_fit_each_other_are_refused(
    tmp_path: Path, tensors: Tensors, name: str, array: np.ndarray
) -> None:
    folder = write_adapter(tmp_path / "reads", {**tensors, name: array}, SHA)
    with pytest.raises(ModelError, match="“reads” is damaged"):
        read_adapter(folder).matrices()
