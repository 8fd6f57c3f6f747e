"""The `llama` architecture (Llama, SmolLM and their kin) as an ONNX graph.

Touvron et al. 2023 (arXiv 2302.13971): RMS norm before each half of a layer, rotary positions, SwiGLU, no biases;
with grouped-query attention. Scaled rotary positions (Llama 3) are not converted yet and are refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile, Tensor
from assistant.models.convert.graph import MICROSOFT, Graph
from assistant.models.convert.quantisation import FloatArray, Packed, dequantise, pack, unpack

ARCHITECTURE: Final = "llama"
_TO_THE_END: Final = np.iinfo(np.int64).max
_MAX_LAYERS: Final = 1024


@dataclass(frozen=True)
class LlamaShape:
    """What the header says about the model: counts, widths, and the constants of its formulas."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    head_size: int
    context_length: int
    rope_base: float
    epsilon: float


def read_shape(file: GgufFile) -> LlamaShape:
    """Read the shape of a llama model from the header of `file`.

    Raises:
        ModelError: The header contradicts itself or lacks something.
        UnsupportedModelError: It uses a variant that is not converted yet.
    """
    width = file.integer("llama.embedding_length")
    heads = file.integer("llama.attention.head_count")
    shape = LlamaShape(
        layers=file.integer("llama.block_count"),
        width=width,
        heads=heads,
        kv_heads=file.integer("llama.attention.head_count_kv", heads),
        head_size=file.integer("llama.attention.key_length", width // max(heads, 1)),
        context_length=file.integer("llama.context_length"),
        rope_base=file.number("llama.rope.freq_base", 10000.0),
        epsilon=file.number("llama.attention.layer_norm_rms_epsilon"),
    )
    sound = (
        0 < shape.layers <= _MAX_LAYERS
        and 0 < shape.kv_heads <= shape.heads
        and shape.heads % shape.kv_heads == 0
        and shape.head_size > 0
        and shape.head_size % 2 == 0
        and 0 < shape.context_length <= 1 << 24
    )
    if not sound:
        raise ModelError(f"The header of {file.path.name} contradicts itself.", next_step="Download or copy it again.")
    scaled = file.metadata.get("llama.rope.scaling.type", "none") != "none" or "rope_freqs.weight" in file.tensors
    if scaled or file.integer("llama.rope.dimension_count", shape.head_size) != shape.head_size:
        raise UnsupportedModelError(f"{file.path.name} scales its rotary positions, which Hippo cannot convert yet.")
    if file.integer("llama.expert_count", 0):
        raise UnsupportedModelError(f"{file.path.name} is a mixture of experts, which Hippo cannot convert yet.")
    return shape


def build(file: GgufFile, graph: Graph, *, before_layer: Callable[[int, int], None]) -> LlamaShape:
    """Write the model in `file` to `graph`.

    Inputs: input_ids int64 (1, n); attention_mask int64 (1, cached + n), all ones; num_logits_to_keep int64 (), how
    many of the last positions get logits; past_key_values.*.key|value float32 (1, kv_heads, capacity, head_size).
    Outputs: logits float32 (1, kept, vocabulary) and present.*, which must be bound to the same memory as past.

    Args:
        file: The GGUF file.
        graph: Receives nodes and weights; the caller saves it.
        before_layer: Called with (layer, layers) before each layer; may raise to stop.

    Raises:
        ModelError: A tensor is missing or has the wrong shape; also what `read_shape` and `pack` raise.
    """
    shape = read_shape(file)
    _Builder(file, graph, shape).build(before_layer)
    return shape


class _Builder:
    def __init__(self, file: GgufFile, graph: Graph, shape: LlamaShape) -> None:
        self.file = file
        self.graph = graph
        self.shape = shape

    def build(self, before_layer: Callable[[int, int], None]) -> None:
        graph, shape = self.graph, self.shape
        ids = graph.add_input("input_ids", np.int64, (1, "sequence"))
        mask = graph.add_input("attention_mask", np.int64, (1, "total"))
        kept = graph.add_input("num_logits_to_keep", np.int64, ())
        vocabulary = self._tensor("token_embd.weight").shape[0]
        graph.add_output("logits", np.float32, (1, "kept", vocabulary))

        graph.constant("one", np.array(1, np.int32))
        graph.constant("zero", np.array([0], np.int64))
        total = graph.op(
            "Cast", graph.op("Gather", graph.op("Shape", mask), graph.constant("second", np.array(1))), to=6
        )
        last = graph.op("Unsqueeze", graph.op("Sub", total, "one"), "zero")
        positions = [last, total, *self._rotary_tables()]

        hidden, output_weight = self._embedding(ids)
        update = ""
        for layer in range(shape.layers):
            before_layer(layer, shape.layers)
            normed, hidden = self._norm(f"blk.{layer}.attn_norm.weight", hidden, update)
            update = self._attention(layer, normed, positions)
            normed, hidden = self._norm(f"blk.{layer}.ffn_norm.weight", hidden, update)
            update = self._feed_forward(layer, normed)
        normed, _ = self._norm("output_norm.weight", hidden, update)
        length = graph.op("Gather", graph.op("Shape", normed), graph.constant("axis", np.array([1])))
        start = graph.op("Sub", length, kept)
        end = graph.constant("end", np.array([_TO_THE_END]))
        output_weight(graph.op("Slice", normed, start, end, "axis"))

    def _embedding(self, ids: str) -> tuple[str, Callable[[str], str]]:
        """Append the look-up of the token embedding, and prepare the output layer that may share its weights."""
        graph = self.graph
        weight = self._weight("token_embd.weight")
        tied = "output.weight" not in self.file.tensors
        if isinstance(weight, Packed) and weight.bits == 8 and weight.offsets is None:
            quants = graph.constant("token_embd.quants", weight.quants)
            scales = graph.constant("token_embd.scales", weight.scales)
            rows = graph.op("Cast", graph.op("Gather", quants, ids), to=1)
            centred = graph.op("Sub", rows, graph.constant("excess", np.array(128, np.float32)))
            spread = graph.op("Unsqueeze", graph.op("Gather", scales, ids), graph.constant("last", np.array([-1])))
            flat = graph.constant("flat", np.array([0, 0, self.shape.width]))
            hidden = graph.op("Reshape", graph.op("Mul", centred, spread), flat)
            if tied:
                return hidden, lambda x: self._logits(x, weight, quants, scales)
        else:
            table = graph.constant("token_embd", self._dense("token_embd.weight"))
            hidden = graph.op("Gather", table, ids)
        output = self._weight("token_embd.weight" if tied else "output.weight")
        return hidden, lambda x: self._logits(x, output)

    def _logits(self, x: str, weight: Packed | FloatArray, quants: str = "", scales: str = "") -> str:
        graph = self.graph
        if isinstance(weight, Packed) and quants:
            logits = graph.packed_linear("output", x, weight, quants, scales)
        else:
            logits = graph.linear("output", x, weight)
        return graph.node("Identity", [logits], outputs=["logits"])[0]

    def _norm(self, name: str, hidden: str, update: str) -> tuple[str, str]:
        """RMS norm of hidden + update; returns the normed sum and the sum."""
        gain = self.graph.constant(name, self._dense(name).reshape(-1))
        if not update:
            normed = self.graph.op(
                "SimplifiedLayerNormalization", hidden, gain, axis=-1, epsilon=self.shape.epsilon, stash_type=1
            )
            return normed, hidden
        outputs = self.graph.node(
            "SkipSimplifiedLayerNormalization",
            [hidden, update, gain],
            domain=MICROSOFT,
            outputs=[f"{name}.normed", "", "", f"{name}.sum"],
            epsilon=self.shape.epsilon,
        )
        return outputs[0], outputs[3]

    def _attention(self, layer: int, x: str, positions: list[str]) -> str:
        graph, shape = self.graph, self.shape
        blk = f"blk.{layer}"
        qkv = self._joined(f"{blk}.attn_qkv", x, [f"{blk}.attn_{part}.weight" for part in "qkv"])
        cache_shape = (1, shape.kv_heads, "capacity", shape.head_size)
        past = [
            graph.add_input(f"past_key_values.{layer}.{part}", np.float32, cache_shape) for part in ("key", "value")
        ]
        present = [graph.add_output(f"present.{layer}.{part}", np.float32, cache_shape) for part in ("key", "value")]
        # GGUF stores the rows of q and k so that rotary pairs are neighbours.
        attended, *_ = graph.node(
            "GroupQueryAttention",
            [qkv, "", "", *past, *positions],
            domain=MICROSOFT,
            outputs=[f"{blk}.attended", *present],
            num_heads=shape.heads,
            kv_num_heads=shape.kv_heads,
            do_rotary=1,
            rotary_interleaved=1,
        )
        return graph.linear(f"{blk}.attn_output", attended, self._weight(f"{blk}.attn_output.weight"))

    def _feed_forward(self, layer: int, x: str) -> str:
        graph = self.graph
        blk = f"blk.{layer}"
        names = [f"{blk}.ffn_gate.weight", f"{blk}.ffn_up.weight"]
        both = self._joined(f"{blk}.ffn_gate_up", x, names)
        gate, up = graph.node("Split", [both], outputs=2, axis=-1, num_outputs=2)
        silu = graph.op("QuickGelu", gate, domain=MICROSOFT, alpha=1.0)
        return graph.linear(f"{blk}.ffn_down", graph.op("Mul", silu, up), self._weight(f"{blk}.ffn_down.weight"))

    def _joined(self, name: str, x: str, parts: list[str]) -> str:
        """One product with the rows of several weights stacked: fewer, larger operations."""
        return self.graph.linear(name, x, _stack([self._weight(part) for part in parts]))

    def _rotary_tables(self) -> list[str]:
        """cos and sin of position · base^(−2i / head_size), float32 (context, head_size / 2)."""
        half = np.arange(0, self.shape.head_size, 2, dtype=np.float64)
        angles = np.outer(np.arange(self.shape.context_length), self.shape.rope_base ** (-half / self.shape.head_size))
        tables = (("rotary.cos", np.cos(angles)), ("rotary.sin", np.sin(angles)))
        return [self.graph.constant(name, table.astype(np.float32)) for name, table in tables]

    def _tensor(self, name: str) -> Tensor:
        """The tensor `name`, with its shape checked."""
        tensor = self.file.tensors.get(name)
        if tensor is None or not tensor.shape[0] or tensor.shape != self._expected(name, tensor.shape[0]):
            raise self._wrong(name)
        return tensor

    def _expected(self, name: str, rows: int) -> tuple[int, ...]:
        width, inner = self.shape.width, self.file.integer("llama.feed_forward_length")
        queries, keys = (count * self.shape.head_size for count in (self.shape.heads, self.shape.kv_heads))
        matrices = {
            "token_embd": (rows, width),
            "output": (rows, width),
            "attn_q": (queries, width),
            "attn_k": (keys, width),
            "attn_v": (keys, width),
            "attn_output": (width, queries),
            "ffn_gate": (inner, width),
            "ffn_up": (inner, width),
            "ffn_down": (width, inner),
        }
        return matrices.get(name.split(".")[-2], (width,))

    def _weight(self, name: str) -> Packed | FloatArray:
        tensor = self._tensor(name)
        blocks = self.file.blocks(tensor)
        return pack(tensor.type.name, blocks) or dequantise(tensor.type.name, blocks)

    def _dense(self, name: str) -> FloatArray:
        tensor = self._tensor(name)
        return dequantise(tensor.type.name, self.file.blocks(tensor))

    def _wrong(self, name: str) -> ModelError:
        return ModelError(
            f"{self.file.path.name} lacks the tensor “{name}”, or it has the wrong shape.",
            next_step="Download or copy the file again.",
        )


def _stack(weights: list[Packed | FloatArray]) -> Packed | FloatArray:
    packed = [weight for weight in weights if isinstance(weight, Packed)]
    if len(packed) < len(weights) or len({weight.bits for weight in packed}) > 1:
        return np.concatenate([_dense_of(weight) for weight in weights])
    offsets: FloatArray | None = None
    if any(weight.offsets is not None for weight in packed):
        zeros = [np.zeros_like(weight.scales) if weight.offsets is None else weight.offsets for weight in packed]
        offsets = np.concatenate(zeros)
    return Packed(
        packed[0].bits,
        np.concatenate([weight.quants for weight in packed]),
        np.concatenate([weight.scales for weight in packed]),
        offsets,
    )


def _dense_of(weight: Packed | FloatArray) -> FloatArray:
    return unpack(weight) if isinstance(weight, Packed) else weight
