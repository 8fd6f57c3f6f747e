"""One graph builder for all architectures: a `Design` and the weights that it names become an ONNX decoder.

What the file itself shows is not in the design: whether matrices come joined (Phi-3), have biases (Qwen2), or whether
the output layer shares the embedding's.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from assistant.models.convert.attention import ROWS, RowAttention, is_grouped
from assistant.models.convert.design import Attention, Design, ShortConvolution
from assistant.models.convert.eight_bit_cache import EightBitAttention, is_possible
from assistant.models.convert.graph import MICROSOFT, TO_THE_END, Graph
from assistant.models.convert.likeliest import is_worthwhile, two_step_logits
from assistant.models.convert.packed import FloatArray, Packed
from assistant.models.convert.rotary import Rotary
from assistant.models.convert.rows import packed_rows
from assistant.models.convert.weights import Matrix, Weights, joined

_INT32: Final = 6  # onnx.TensorProto.INT32


def build(design: Design, weights: Weights, graph: Graph, *, before_layer: Callable[[int, int], None]) -> None:
    """Write the decoder to `graph`.

    Inputs: input_ids int64 (1, n); attention_mask int64 (1, cached + n), all ones; num_logits_to_keep int64 (), how
    many of the last positions get logits; past_key_values.*.key|value float32 or int8 (1, kv_heads, capacity,
    head_size); past_conv.* float32 (1, taps − 1, width), what a convolution saw last.
    Outputs: logits float32 (1, kept, vocabulary); present.*, which must be bound to the same memory as past_key_values;
    present_conv.* float32 (1, taps − 1 + n, width), past_conv and what came after it: after the i-th new token the
    state is [:, i : i + taps − 1].

    Args:
        design: What the decoder looks like.
        weights: Its weights.
        graph: Receives nodes and weights; the caller saves it.
        before_layer: Called with (layer, layers) before each layer; may raise to stop.

    Raises:
        ModelError: A tensor is missing, has the wrong shape, or holds values that are no numbers.
        UnsupportedModelError: Weights are packed in a way that Hippo does not know.
    """
    _Builder(design, weights, graph).build(before_layer)


class _Builder:
    def __init__(self, design: Design, weights: Weights, graph: Graph) -> None:
        self.design = design
        self.weights = weights
        self.graph = graph
        self._positions: list[str] = []
        self._rows: RowAttention | None = None
        self._eight_bits: EightBitAttention | None = None
        self._rotary: dict[Rotary, list[str]] = {}

    def build(self, before_layer: Callable[[int, int], None]) -> None:
        graph, design = self.graph, self.design
        ids = graph.add_input("input_ids", np.int64, (1, "sequence"))
        mask = graph.add_input("attention_mask", np.int64, (1, "total"))
        kept = graph.add_input("num_logits_to_keep", np.int64, ())
        graph.add_output("logits", np.float32, (1, "kept", self.weights.rows("token_embd.weight")))

        graph.constant("one", np.array(1, np.int32))
        graph.constant("zero", np.array([0], np.int64))
        total = graph.op(
            "Cast", graph.op("Gather", graph.op("Shape", mask), graph.constant("second", np.array(1))), to=_INT32
        )
        last = graph.op("Unsqueeze", graph.op("Sub", total, "one"), "zero")
        self._positions = [last, total]
        grouped = [mixer for mixer in design.mixers if isinstance(mixer, Attention) and is_grouped(mixer)]
        if self._has_eight_bit_cache():
            self._eight_bits = EightBitAttention(graph, ids, kept, last, total)
        elif grouped:
            self._rows = RowAttention(graph, ids, total)
            graph.describe(ROWS, str(max(mixer.heads // mixer.kv_heads for mixer in grouped)))
        for mixer in design.mixers:
            if isinstance(mixer, Attention) and mixer.rotary is not None:
                self._rotary_tables(mixer.rotary)

        hidden, output = self._embedding(ids)
        graph.constant("axis", np.array([1]))
        update = ""
        for layer, mixer in enumerate(design.mixers):
            before_layer(layer, len(design.mixers))
            blk = f"blk.{layer}"
            normed, hidden = self._norm(f"{blk}.attn_norm.weight", hidden, update)
            if isinstance(mixer, Attention):
                mixed = self._attention(layer, mixer, normed)
                product, columns = "attn_output", mixer.heads * mixer.head_size
            else:
                mixed = self._convolution(layer, mixer, normed)
                product, columns = "shortconv.out_proj", design.width
            if layer == len(design.mixers) - 1:
                # Nothing later looks at the other tokens: where a prompt is read, that is all but one.
                mixed, hidden = self._last_rows(mixed, kept), self._last_rows(hidden, kept)
            update = self._linear(f"{blk}.{product}", mixed, design.width, columns)
            update = self._half_done(f"{blk}.post_attention_norm.weight", update)
            normed, hidden = self._norm(f"{blk}.ffn_norm.weight", hidden, update)
            update = self._half_done(f"{blk}.post_ffw_norm.weight", self._feed_forward(blk, normed))
        normed, _ = self._norm(design.output_norm, hidden, update)
        output(self._scaled(normed, design.logit_scale))

    def _last_rows(self, x: str, count: str) -> str:
        start = self.graph.op("Sub", self.graph.op("Gather", self.graph.op("Shape", x), "axis"), count)
        return self.graph.op("Slice", x, start, self.graph.shape("to", [TO_THE_END]), "axis")

    def _has_eight_bit_cache(self) -> bool:
        """Where products round what they read to 8 bits, the cache may as well."""
        possible = all(isinstance(mixer, Attention) and is_possible(mixer) for mixer in self.design.mixers)
        packed = any(self.weights.is_packed(f"blk.0.attn_{part}.weight") for part in ("qkv", "k"))
        return self.graph.int8_activations and possible and packed

    def _embedding(self, ids: str) -> tuple[str, Callable[[str], str]]:
        """Append the look-up of the token embedding, and prepare the output layer that may share its weights."""
        graph, width = self.graph, self.design.width
        weight = self.weights.matrix("token_embd.weight", self.weights.rows("token_embd.weight"), width)
        tied = "output.weight" not in self.weights
        if isinstance(weight, Packed):
            quants = graph.constant("token_embd.quants", weight.quants)
            scales = graph.constant("token_embd.scales", weight.scales)
            hidden = packed_rows(graph, ids, weight, quants, scales)
        else:
            quants = scales = ""
            hidden = graph.op("Gather", graph.constant("token_embd", weight), ids)
        hidden = self._scaled(hidden, self.design.embedding_scale)
        if tied:
            return hidden, lambda x: self._logits(x, weight, quants, scales)
        rows = self.weights.rows("output.weight")
        return hidden, lambda x: self._logits(x, self.weights.matrix("output.weight", rows, width))

    def _logits(self, x: str, weight: Matrix, quants: str = "", scales: str = "") -> str:
        graph = self.graph
        if isinstance(weight, Packed) and graph.int8_activations and is_worthwhile(weight):
            quants = quants or graph.constant("output.quants", weight.quants)
            scales = scales or graph.constant("output.scales", weight.scales)
            gain = self.weights.values(self.design.output_norm, self.design.width)
            logits = two_step_logits(graph, x, weight, quants, scales, gain)
        elif isinstance(weight, Packed) and quants:
            logits = graph.packed_linear("output", x, weight, quants, scales)
        else:
            logits = graph.linear("output", x, weight)
        return graph.node("Identity", [logits], outputs=["logits"])[0]

    def _norm(self, name: str, hidden: str, update: str) -> tuple[str, str]:
        """RMS norm of hidden + update; returns the normed sum and the sum."""
        gain = self.graph.constant(name, self.weights.values(name, self.design.width))
        if not update:
            return self._rms_norm(hidden, gain), hidden
        outputs = self.graph.node(
            "SkipSimplifiedLayerNormalization",
            [hidden, update, gain],
            domain=MICROSOFT,
            outputs=[f"{name}.normed", "", "", f"{name}.sum"],
            epsilon=self.design.epsilon,
        )
        return outputs[0], outputs[3]

    def _rms_norm(self, x: str, gain: str) -> str:
        return self.graph.op(
            "SimplifiedLayerNormalization", x, gain, axis=-1, epsilon=self.design.epsilon, stash_type=1
        )

    def _half_done(self, norm: str, update: str) -> str:
        """What is done to a half of a layer before it is added."""
        if self.design.post_norms:
            update = self._rms_norm(update, self.graph.constant(norm, self.weights.values(norm, self.design.width)))
        return self._scaled(update, self.design.residual_scale)

    def _attention(self, layer: int, attention: Attention, x: str) -> str:
        graph = self.graph
        blk = f"blk.{layer}"
        queries, keys = attention.heads * attention.head_size, attention.kv_heads * attention.head_size
        parts = self._project(f"{blk}.attn_qkv", x, [f"{blk}.attn_{part}" for part in "qkv"], [queries, keys, keys])
        if attention.norms:
            parts = self._split(parts, [queries, keys, keys])
            parts[:2] = [
                self._head_norm(f"{blk}.attn_{name}_norm.weight", part, attention.head_size)
                for name, part in zip("qk", parts, strict=False)
            ]
        if self._eight_bits is not None and attention.rotary is not None:
            tables = self._rotary[attention.rotary]
            all_rows = layer < len(self.design.mixers) - 1
            return self._eight_bits.attend(blk, attention, parts, layer, tables, all_rows=all_rows)
        cache_shape = (1, attention.kv_heads, "capacity", attention.head_size)
        past = [
            graph.add_input(f"past_key_values.{layer}.{part}", np.float32, cache_shape) for part in ("key", "value")
        ]
        present = [graph.add_output(f"present.{layer}.{part}", np.float32, cache_shape) for part in ("key", "value")]
        tables = self._rotary[attention.rotary] if attention.rotary else []
        if self._rows is not None and is_grouped(attention):
            parts = self._split(parts, [queries, keys, keys])
            return self._rows.attend(blk, attention, parts, past, present, tables)
        rotary = {"do_rotary": 1, "rotary_interleaved": int(attention.rotary.interleaved)} if attention.rotary else {}
        scale = {"scale": attention.scale} if attention.scale else {}
        window = {"local_window_size": attention.window} if attention.window else {}
        attended, *_ = graph.node(
            "GroupQueryAttention",
            [*[*parts, "", ""][:3], *past, *self._positions, *tables],
            domain=MICROSOFT,
            outputs=[f"{blk}.attended", *present],
            num_heads=attention.heads,
            kv_num_heads=attention.kv_heads,
            **rotary,
            **scale,
            **window,
        )
        return attended

    def _head_norm(self, name: str, x: str, head_size: int) -> str:
        """RMS norm of each head of x (1, n, heads · head_size)."""
        graph = self.graph
        heads = graph.op("Reshape", x, graph.shape("heads", [0, 0, -1, head_size]))
        normed = self._rms_norm(heads, graph.constant(name, self.weights.values(name, head_size)))
        return graph.op("Reshape", normed, graph.shape("joined_heads", [0, 0, -1]))

    def _convolution(self, layer: int, convolution: ShortConvolution, x: str) -> str:
        """B, C, h = split(W x); W' (C · conv(B · h)), the convolution causal and channel by channel."""
        graph, width, taps = self.graph, self.design.width, convolution.taps
        blk = f"blk.{layer}.shortconv"
        gate, gate_out, value = self._split([self._linear(f"{blk}.in_proj", x, 3 * width, width)], [width] * 3)
        past = graph.add_input(f"past_conv.{layer}", np.float32, (1, taps - 1, width))
        present = graph.add_output(f"present_conv.{layer}", np.float32, (1, f"sequence + {taps - 1}", width))
        graph.node("Concat", [past, graph.op("Mul", gate, value)], outputs=[present], axis=1)
        kernel = self.weights.values(f"{blk}.conv.weight", width, taps)
        terms = []
        for tap in range(taps):
            end = TO_THE_END if tap == taps - 1 else tap + 1 - taps
            seen = graph.op("Slice", present, graph.shape("from", [tap]), graph.shape("to", [end]), "axis")
            terms.append(graph.op("Mul", seen, graph.constant(f"{blk}.conv.{tap}", kernel[:, tap])))
        total = graph.op("Sum", *terms)
        if f"{blk}.conv.bias" in self.weights:
            bias = graph.constant(f"{blk}.conv.bias", self.weights.values(f"{blk}.conv.bias", width))
            total = graph.op("Add", total, bias)
        return graph.op("Mul", gate_out, total)

    def _feed_forward(self, blk: str, x: str) -> str:
        graph, inner = self.graph, self.design.inner
        if f"{blk}.ffn_gate.weight" in self.weights:
            names = [f"{blk}.ffn_gate", f"{blk}.ffn_up"]
            parts = self._project(f"{blk}.ffn_gate_up", x, names, [inner, inner])
        else:
            parts = [self._linear(f"{blk}.ffn_up", x, 2 * inner, self.design.width)]
        if len(parts) == 1:
            parts = [*graph.node("Split", parts, outputs=2, axis=-1, num_outputs=2)]
        gate, up = parts
        if self.design.activation == "gelu":
            active = graph.op("FastGelu", gate, domain=MICROSOFT)
        else:
            active = graph.op("QuickGelu", gate, domain=MICROSOFT, alpha=1.0)
        return self._linear(f"{blk}.ffn_down", graph.op("Mul", active, up), self.design.width, inner)

    def _project(self, name: str, x: str, parts: Sequence[str], rows: Sequence[int]) -> list[str]:
        """Products of x with several matrices: in one operation if the file has them joined or they can be, else each.

        Returns:
            One name, of all rows, or one for each part.
        """
        width = self.design.width
        if f"{name}.weight" in self.weights:
            return [self._linear(name, x, sum(rows), width)]
        matrices = [
            self.weights.matrix(f"{part}.weight", count, width) for part, count in zip(parts, rows, strict=True)
        ]
        biases = [self._bias(part, count) for part, count in zip(parts, rows, strict=True)]
        whole = joined(matrices)
        if whole is None:
            return [
                self._biased(part, self.graph.linear(part, x, matrix), bias)
                for part, matrix, bias in zip(parts, matrices, biases, strict=True)
            ]
        bias = None
        if any(part is not None for part in biases):
            zeros = [np.zeros(count, np.float32) for count in rows]
            bias = np.concatenate([zero if part is None else part for part, zero in zip(biases, zeros, strict=True)])
        return [self._biased(name, self.graph.linear(name, x, whole), bias)]

    def _linear(self, name: str, x: str, rows: int, columns: int) -> str:
        product = self.graph.linear(name, x, self.weights.matrix(f"{name}.weight", rows, columns))
        return self._biased(name, product, self._bias(name, rows))

    def _bias(self, name: str, rows: int) -> FloatArray | None:
        return self.weights.values(f"{name}.bias", rows) if f"{name}.bias" in self.weights else None

    def _biased(self, name: str, product: str, bias: FloatArray | None) -> str:
        return product if bias is None else self.graph.op("Add", product, self.graph.constant(f"{name}.bias", bias))

    def _split(self, parts: list[str], sizes: list[int]) -> list[str]:
        if len(parts) > 1:
            return parts
        return [*self.graph.node("Split", [*parts, self.graph.shape("sizes", sizes)], outputs=len(sizes), axis=-1)]

    def _scaled(self, x: str, scale: float) -> str:
        if scale == 1:
            return x
        name = f"scale.{scale}"
        return self.graph.op("Mul", x, self.graph.once(name, np.array(scale, np.float32)))

    def _rotary_tables(self, rotary: Rotary) -> None:
        if rotary in self._rotary:
            return
        stem = f"rotary.{len(self._rotary)}" if self._rotary else "rotary"
        tables = zip(("cos", "sin"), rotary.tables(self.design.context_length), strict=True)
        self._rotary[rotary] = [self.graph.constant(f"{stem}.{name}", table) for name, table in tables]
