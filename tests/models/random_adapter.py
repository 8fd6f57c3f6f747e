"""Writes adapters of random matrices with the `safetensors` package, and adds them to weights in plain NumPy."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from tests.models.reference import NumpyLlama

PARTS = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}

Tensors = dict[str, NDArray[np.float16]]


def random_matrices(model: NumpyLlama, rank: int = 4, modules: tuple[str, ...] = tuple(PARTS)) -> Tensors:
    """Matrices for a model, so large that they change what it says."""
    rng = np.random.default_rng(11)
    tensors = {}
    for layer in range(model.layers):
        for module in modules:
            out, width = model.weights[f"blk.{layer}.{PARTS[module]}"].shape
            a, b = rng.normal(0, 0.2, (rank, width)), rng.normal(0, 0.2, (out, rank))
            tensors[f"layers.{layer}.{module}.lora_A"] = a.astype(np.float16)
            tensors[f"layers.{layer}.{module}.lora_B"] = b.astype(np.float16)
    return tensors


def write_adapter(folder: Path, tensors: Tensors, base_sha256: str, rank: int = 4, **changes: Any) -> Path:
    """Write an adapter's folder; `changes` replaces what it says about itself."""
    folder.mkdir(parents=True)
    save_file(tensors, folder / "adapter.safetensors")
    about = {"name": "Random", "task": "answer", "base": "Tiny", "base_sha256": base_sha256, "rank": rank}
    lines = (f"{key} = {value!r}" for key, value in {**about, "prompt_format": 1, **changes}.items())
    (folder / "adapter.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def add(model: NumpyLlama, tensors: Tensors) -> None:
    """Add the matrices to the weights of a model, whose heads have the two of a rotary pair side by side."""
    for layer in range(model.layers):
        for module, part in PARTS.items():
            a, b = (tensors.get(f"layers.{layer}.{module}.lora_{half}") for half in "AB")
            if a is None or b is None:
                continue
            added = b.astype(np.float32) @ a.astype(np.float32)
            weight = model.weights[f"blk.{layer}.{part}"]
            if module in ("q_proj", "k_proj"):
                size = len(model.weights[f"blk.{layer}.attn_q"]) // model.heads
                first, second = np.arange(0, len(weight), size), np.arange(size)
                order = (first[:, None] + second // 2 + second % 2 * (size // 2)).ravel()
                added = added[order]
            model.weights[f"blk.{layer}.{part}"] = weight + added
