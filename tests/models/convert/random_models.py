"""Small models of every architecture with random weights, under the names that their authors publish them with.

`write_model` writes one as a GGUF file the way llama.cpp's converter would, with the `gguf` package and its own table
of names. `reference/make.py` gives the same weights to the authors' code and keeps what it computes.
"""

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import gguf
import numpy as np
from numpy.typing import NDArray

from tests.models.tiny import CONTROL, TEMPLATE, byte_alphabet

FloatArray = NDArray[np.float32]
Shapes = dict[str, tuple[int, ...]]

VOCABULARY: Final = 264
WIDTH, INNER, HEADS, KV_HEADS, HEAD = 64, 96, 4, 2, 16
CONTEXT: Final = 256
EPSILON: Final = 1e-5
TOKENS: Final = [int(token) for token in np.random.default_rng(5).integers(3, VOCABULARY, 80)]
KEPT: Final = (0, 1, 2, 7, 8, 9, 20, 40, 63, 79)  # positions whose logits are kept as a reference
SHORT: Final = tuple(1 + 0.05 * pair for pair in range(8))
LONG: Final = tuple(2 + 0.5 * pair for pair in range(8))
_LLAMA3: Final = {
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}


@dataclass(frozen=True)
class Model:
    """A small model.

    Attributes:
        architecture: As GGUF calls it.
        hugging_face: The name of its class in transformers.
        config: What transformers' configuration of it says, beyond what all have in common.
        keys: What the GGUF header says, beyond what all have in common.
        shapes: Of the weights, by their published names.
        permuted: Whether a GGUF file has the rows of queries and keys in another order (rotary pairs as neighbours).
        head: Width of a head.
    """

    architecture: str
    hugging_face: str
    layers: int
    shapes: Shapes
    config: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)
    permuted: bool = False
    head: int = HEAD


def _layer(layer: int, *, head: int = HEAD, norms: bool = False, biases: bool = False) -> Shapes:
    """A layer of a llama, with what some of its kin add."""
    at = f"model.layers.{layer}."
    queries, keys = HEADS * head, KV_HEADS * head
    shapes: Shapes = {f"{at}self_attn.q_proj.weight": (queries, WIDTH), f"{at}self_attn.k_proj.weight": (keys, WIDTH)}
    shapes |= {f"{at}self_attn.v_proj.weight": (keys, WIDTH), f"{at}self_attn.o_proj.weight": (WIDTH, queries)}
    shapes |= {f"{at}mlp.{name}_proj.weight": (INNER, WIDTH) for name in ("gate", "up")}
    shapes |= {f"{at}mlp.down_proj.weight": (WIDTH, INNER), f"{at}input_layernorm.weight": (WIDTH,)}
    shapes |= {f"{at}post_attention_layernorm.weight": (WIDTH,)}
    if norms:
        shapes |= {f"{at}self_attn.{name}_norm.weight": (head,) for name in "qk"}
    if biases:
        sizes = {"q": queries, "k": keys, "v": keys}
        shapes |= {f"{at}self_attn.{name}_proj.bias": (size,) for name, size in sizes.items()}
    return shapes


def _whole(layers: list[Shapes], *, tied: bool = True, norm: str = "model.norm.weight") -> Shapes:
    shapes: Shapes = {"model.embed_tokens.weight": (VOCABULARY, WIDTH), norm: (WIDTH,)}
    for layer in layers:
        shapes |= layer
    return shapes if tied else shapes | {"lm_head.weight": (VOCABULARY, WIDTH)}


def _gemma_layer(layer: int) -> Shapes:
    names = ("pre_feedforward_layernorm", "post_feedforward_layernorm")
    more: Shapes = {f"model.layers.{layer}.{name}.weight": (WIDTH,) for name in names}
    return _layer(layer, norms=True) | more


def _lfm_layer(layer: int, *, attends: bool) -> Shapes:
    at = f"model.layers.{layer}."
    shapes: Shapes = {f"{at}operator_norm.weight": (WIDTH,), f"{at}ffn_norm.weight": (WIDTH,)}
    shapes |= {f"{at}feed_forward.w1.weight": (INNER, WIDTH), f"{at}feed_forward.w2.weight": (WIDTH, INNER)}
    shapes |= {f"{at}feed_forward.w3.weight": (INNER, WIDTH)}
    if not attends:
        conv: Shapes = {f"{at}conv.conv.weight": (WIDTH, 1, 3), f"{at}conv.in_proj.weight": (3 * WIDTH, WIDTH)}
        return shapes | conv | {f"{at}conv.out_proj.weight": (WIDTH, WIDTH)}
    shapes |= {f"{at}self_attn.{name}_layernorm.weight": (HEAD,) for name in "qk"}
    sizes = {"q": HEADS * HEAD, "k": KV_HEADS * HEAD, "v": KV_HEADS * HEAD}
    shapes |= {f"{at}self_attn.{name}_proj.weight": (size, WIDTH) for name, size in sizes.items()}
    return shapes | {f"{at}self_attn.out_proj.weight": (WIDTH, HEADS * HEAD)}


def _phi_layer(layer: int, head: int) -> Shapes:
    at = f"model.layers.{layer}."
    shapes: Shapes = {f"{at}self_attn.qkv_proj.weight": ((HEADS + 2 * KV_HEADS) * head, WIDTH)}
    shapes |= {
        f"{at}self_attn.o_proj.weight": (WIDTH, HEADS * head),
        f"{at}mlp.gate_up_proj.weight": (2 * INNER, WIDTH),
    }
    shapes |= {f"{at}mlp.down_proj.weight": (WIDTH, INNER), f"{at}input_layernorm.weight": (WIDTH,)}
    return shapes | {f"{at}post_attention_layernorm.weight": (WIDTH,)}


_LFM_ATTENDS: Final = (False, False, True, False)
_LONG_ROPE: Final = {"rope_type": "longrope", "rope_theta": 10000.0, "short_factor": [*SHORT], "long_factor": [*LONG]}

MODELS: Final[dict[str, Model]] = {
    "llama": Model("llama", "Llama", 2, _whole([_layer(0), _layer(1)], tied=False), permuted=True),
    "llama3": Model(
        "llama",
        "Llama",
        2,
        _whole([_layer(0), _layer(1)]),
        {"rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, **_LLAMA3}},
        {"rope.freq_base": 500000.0},
        permuted=True,
    ),
    "qwen2": Model("qwen2", "Qwen2", 2, _whole([_layer(0, biases=True), _layer(1, biases=True)])),
    "qwen3": Model(
        "qwen3",
        "Qwen3",
        2,
        _whole([_layer(0, norms=True, head=32), _layer(1, norms=True, head=32)]),
        {"rope_parameters": {"rope_type": "default", "rope_theta": 1e6}},
        {"rope.freq_base": 1e6},
        head=32,
    ),
    "gemma3": Model(
        "gemma3",
        "Gemma3",
        7,
        _whole([_gemma_layer(layer) for layer in range(7)]),
        {
            "sliding_window": 9,
            "query_pre_attn_scalar": HEAD,
            "rope_parameters": {
                "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
                "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1e6},
            },
        },
        {
            "rope.freq_base": 1e6,
            "rope.scaling.type": "linear",
            "rope.scaling.factor": 8.0,
            "attention.sliding_window": 9,
        },
    ),
    "lfm2": Model(
        "lfm2",
        "Lfm2",
        4,
        _whole(
            [_lfm_layer(layer, attends=attends) for layer, attends in enumerate(_LFM_ATTENDS)],
            norm="model.embedding_norm.weight",
        ),
        {"full_attn_idxs": [2], "block_auto_adjust_ff_dim": False, "conv_L_cache": 3, "norm_eps": EPSILON},
        {
            "rope.freq_base": 1e6,
            "shortconv.l_cache": 3,
            "attention.head_count_kv": [KV_HEADS if attends else 0 for attends in _LFM_ATTENDS],
        },
    ),
    "phi3": Model(
        "phi3",
        "Phi3",
        2,
        _whole([_phi_layer(0, HEAD), _phi_layer(1, HEAD)], tied=False),
        {"sliding_window": 11},
        {"attention.sliding_window": 11},
    ),
    "phi3-long": Model(
        "phi3",
        "Phi3",
        2,
        _whole([_phi_layer(0, HEAD), _phi_layer(1, HEAD)]),
        {
            "max_position_embeddings": 4 * CONTEXT,
            "original_max_position_embeddings": CONTEXT,
            "rope_parameters": {**_LONG_ROPE, "original_max_position_embeddings": CONTEXT},
        },
        {
            "context_length": 4 * CONTEXT,
            "rope.scaling.type": "longrope",
            "rope.scaling.original_context_length": CONTEXT,
            "rope.scaling.attn_factor": math.sqrt(1 + math.log(4) / math.log(CONTEXT)),
        },
    ),
    "granite": Model(
        "granite",
        "Granite",
        2,
        _whole([_layer(0), _layer(1)]),
        {
            "embedding_multiplier": 12.0,
            "attention_multiplier": 0.03,
            "residual_multiplier": 0.22,
            "logits_scaling": 8.0,
        },
        {"embedding_scale": 12.0, "attention.scale": 0.03, "residual_scale": 0.22, "logit_scale": 8.0},
        permuted=True,
    ),
}


def weights(model: Model) -> dict[str, FloatArray]:
    """The weights of `model` by their published names; the same in every run and on every machine."""
    result: dict[str, FloatArray] = {}
    for name, shape in model.shapes.items():
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        centre = 1.0 if "norm" in name and model.architecture != "gemma3" else 0.0  # gemma adds the 1 itself
        spread = 0.3 if len(shape) == 1 or "conv.conv" in name else 1.5 * shape[-1] ** -0.5
        result[name] = (centre + spread * rng.normal(size=shape)).astype(np.float32)
    return result


def write_model(
    path: Path,
    model: Model,
    changes: Mapping[str, Any] | None = None,
    *,
    kind: str = "F32",
    joined: bool = False,
) -> Path:
    """Write `model` as a GGUF file.

    Args:
        path: Where.
        model: Which.
        changes: Header values to replace (None: to drop).
        kind: The type of its matrices.
        joined: Whether queries, keys and values are one matrix, as some converters make them.
    """
    architecture = next(arch for arch, name in gguf.MODEL_ARCH_NAMES.items() if name == model.architecture)
    writer = gguf.GGUFWriter(path, model.architecture)
    _write_header(writer, model, changes or {})
    names = gguf.get_tensor_name_map(architecture, model.layers)
    stored: dict[str, FloatArray] = {}
    for name, weight in weights(model).items():
        written = names.get_name(name, try_suffixes=(".weight", ".bias"))
        assert written is not None, name
        stored[written] = _as_stored(model, name, weight)
    for name, weight in (_join(stored) if joined else stored).items():
        matrix = len(weight.shape) > 1 and "shortconv.conv" not in name
        used = gguf.GGMLQuantizationType[kind if matrix else "F32"]
        writer.add_tensor(name, gguf.quantize(weight, used), raw_dtype=used)
    for name, factors in _rotary_factors(model).items():
        writer.add_tensor(f"{name}.weight", np.array(factors, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _write_header(writer: gguf.GGUFWriter, model: Model, changes: Mapping[str, Any]) -> None:
    tokens = [*CONTROL, *byte_alphabet(), "he", "hel"]
    tokens += [f"<|unused{index}|>" for index in range(VOCABULARY - len(tokens))]
    keys = {
        "block_count": model.layers,
        "context_length": CONTEXT,
        "embedding_length": WIDTH,
        "feed_forward_length": INNER,
        "attention.head_count": HEADS,
        "attention.head_count_kv": KV_HEADS,
        "attention.key_length": model.head,
        "attention.value_length": model.head,
        "attention.layer_norm_rms_epsilon": EPSILON,
        **model.keys,
    }
    header: dict[str, Any] = {f"{model.architecture}.{key}": value for key, value in keys.items()}
    header |= {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "smollm",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [3] * len(CONTROL) + [1] * (VOCABULARY - len(CONTROL)),
        "tokenizer.ggml.merges": ["h e", "he l"],
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.chat_template": TEMPLATE,
        "general.name": "Random",
    }
    for key, value in (header | dict(changes)).items():
        if value is None:
            continue
        if isinstance(value, list):
            writer.add_array(key, value)
        elif isinstance(value, str):
            writer.add_string(key, value)
        elif isinstance(value, float):
            writer.add_float32(key, value)
        else:
            writer.add_uint32(key, value)


def _as_stored(model: Model, name: str, weight: FloatArray) -> FloatArray:
    """The weight as llama.cpp's converter stores it."""
    if model.permuted and name.endswith(("q_proj.weight", "k_proj.weight")):
        heads = HEADS if "q_proj" in name else KV_HEADS
        return weight.reshape(heads, 2, -1, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)
    if model.architecture == "gemma3" and name.endswith("norm.weight"):
        return weight + 1
    return weight.squeeze(1) if name.endswith("conv.conv.weight") else weight


def _join(stored: dict[str, FloatArray]) -> dict[str, FloatArray]:
    result = dict(stored)
    for name in stored:
        if name.endswith(("attn_q.weight", "attn_q.bias")):
            parts = [result.pop(name.replace("attn_q", f"attn_{part}")) for part in "qkv"]
            result[name.replace("attn_q", "attn_qkv")] = np.concatenate(parts)
    return result


def _rotary_factors(model: Model) -> dict[str, tuple[float, ...]]:
    """The tensors with which a GGUF file stretches rotary positions."""
    rope = model.config.get("rope_parameters", {})
    if rope.get("rope_type") == "longrope":
        return {"rope_factors_short": SHORT, "rope_factors_long": LONG}
    if rope.get("rope_type") != "llama3":
        return {}
    # Grattafiori et al. 2024 (arXiv 2407.21783): long waves are stretched, short ones are not, those between in part.
    trained, low, high = (
        rope[key] for key in ("original_max_position_embeddings", "low_freq_factor", "high_freq_factor")
    )
    waves = 2 * np.pi * rope["rope_theta"] ** (np.arange(0, HEAD, 2) / HEAD)
    smooth = np.clip((trained / waves - low) / (high - low), 0, 1)
    return {"rope_freqs": tuple(1 / ((1 - smooth) / rope["factor"] + smooth))}
