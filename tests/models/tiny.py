"""Writes GGUF files of a tiny random llama with the `gguf` package, an implementation that is not ours."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np

LAYERS, WIDTH, HEADS, KV_HEADS, INNER, CONTEXT = 2, 64, 4, 2, 96, 128
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def byte_alphabet() -> list[str]:
    """The 256 characters that stand for bytes in byte-level BPE (GPT-2's bytes_to_unicode), by byte."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]


def write_tiny_gguf(path: Path, kind: str, **changes: Any) -> Path:
    """Write a tiny llama whose matrices are of type `kind` ("Q4_1", ...); `changes` replaces header values."""
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
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
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
    keys = KV_HEADS * (WIDTH // HEADS)
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (len(tokens), WIDTH), "output_norm": (WIDTH,)}
    for layer in range(LAYERS):
        parts = {"attn_norm": (WIDTH,), "ffn_norm": (WIDTH,), "attn_q": (WIDTH, WIDTH), "attn_k": (keys, WIDTH)}
        parts |= {"attn_v": (keys, WIDTH), "attn_output": (WIDTH, WIDTH), "ffn_gate": (INNER, WIDTH)}
        parts |= {"ffn_up": (INNER, WIDTH), "ffn_down": (WIDTH, INNER)}
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in parts.items()}
    for name, shape in shapes.items():
        weight = rng.normal(1 if len(shape) == 1 else 0, 0.2, shape).astype(np.float32)
        used = gguf.GGMLQuantizationType[kind if len(shape) > 1 else "F32"]
        writer.add_tensor(f"{name}.weight", gguf.quantize(weight, used), raw_dtype=used)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
