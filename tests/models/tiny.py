"""Writes GGUF files of a tiny random llama with the `gguf` package, an implementation that is not ours."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

LAYERS, WIDTH, HEADS, KV_HEADS, INNER, CONTEXT = 2, 64, 4, 2, 96, 128
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)

# Where the float16 numbers of a block lie, and what they are to the standard deviation of its weights.
_NUMBERS = {"Q4_K": {0: 1 / 150, 2: 1 / 20}, "Q5_K": {0: 1 / 300, 2: 1 / 20}, "Q6_K": {208: 1 / 1500}}


def byte_alphabet() -> list[str]:
    """The 256 characters that stand for bytes in byte-level BPE (GPT-2's bytes_to_unicode), by byte."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]


def write_tiny_gguf(path: Path, kind: str, *, width: int = WIDTH, inner: int = INNER, **changes: Any) -> Path:
    """Write a tiny llama whose matrices are of type `kind` ("Q4_1", ...); `changes` replaces header values.

    "Q4_K_M" is the mixture that most people download: mostly Q4_K, some of it Q6_K. These want widths of 256.
    """
    rng = np.random.default_rng(7)
    tokens = [*CONTROL, *byte_alphabet(), "he", "hel"]
    header = {
        "architecture": "llama",
        "pre": "smollm",
        "model": "gpt2",
        "template": TEMPLATE,
        "types": [3] * len(CONTROL) + [1] * (len(tokens) - len(CONTROL)),
        **changes,
    }
    writer = gguf.GGUFWriter(path, header["architecture"])
    writer.add_name("Tiny")
    writer.add_block_count(LAYERS)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model(header["model"])
    writer.add_tokenizer_pre(header["pre"])
    writer.add_token_list(tokens)
    writer.add_token_types(header["types"])
    writer.add_token_merges(["h e", "he l"])
    writer.add_eos_token_id(2)
    if header["template"]:
        writer.add_chat_template(header["template"])
    keys = KV_HEADS * (width // HEADS)
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (len(tokens), width), "output_norm": (width,)}
    for layer in range(LAYERS):
        parts = {"attn_norm": (width,), "ffn_norm": (width,), "attn_q": (width, width), "attn_k": (keys, width)}
        parts |= {"attn_v": (keys, width), "attn_output": (width, width), "ffn_gate": (inner, width)}
        parts |= {"ffn_up": (inner, width), "ffn_down": (width, inner)}
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in parts.items()}
    for name, shape in shapes.items():
        weight = rng.normal(1 if len(shape) == 1 else 0, 0.2 * (WIDTH / width) ** 0.5, shape).astype(np.float32)
        used = _type_of(name, shape, kind)
        writer.add_tensor(f"{name}.weight", quantise(weight, used), raw_dtype=used)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _type_of(name: str, shape: tuple[int, ...], kind: str) -> gguf.GGMLQuantizationType:
    if len(shape) == 1:
        return gguf.GGMLQuantizationType.F32
    if kind == "Q4_K_M":
        kind = "Q6_K" if name.endswith(("token_embd", "attn_v", "ffn_down")) else "Q4_K"
    return gguf.GGMLQuantizationType[kind]


def quantise(weight: NDArray[np.float32], kind: gguf.GGMLQuantizationType) -> NDArray[Any]:
    """As `gguf.quantize`; for the types that the package cannot make, random blocks of about the same spread."""
    if kind.name not in _NUMBERS:
        blocks: NDArray[Any] = gguf.quantize(weight, kind)
        return blocks
    rng = np.random.default_rng(weight.size)
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    raw = rng.integers(0, 256, (len(weight), weight.shape[1] // elements, size), dtype=np.uint8)
    for at, spread in _NUMBERS[kind.name].items():
        number = (weight.std() * spread * rng.uniform(0.5, 1.5, (*raw.shape[:2], 1))).astype(np.float16)
        raw[..., at : at + 2] = number.view(np.uint8)
    return raw.reshape(len(weight), -1)
