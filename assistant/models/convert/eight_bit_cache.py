"""Attention whose cache of keys and values is in 8 bits: a quarter of the memory, and of what a long text costs.

One scale for all keys of a layer and one for all its values, measured when a model is converted (see `rehearsal`).
ONNX Runtime has a kernel for such a cache that reads a token alone and among a few others with the same rounding, to
the last bit: guesses (see `models.speculation`) do not change answers. With many tokens at once it is six times slower
than on float32, so a long pass writes the cache in 8 bits, and attends to a copy in float32.
"""

from typing import Any, Final

import numpy as np

from assistant.models.convert.design import Attention
from assistant.models.convert.graph import MICROSOFT, TO_THE_END, Graph

FEW: Final = 16  # tokens of a pass, the last one written and 15 guesses

_INT64: Final = 7
_KINDS: Final = {"kv_cache_bit_width": 8, "k_quant_type": "PER_TENSOR", "v_quant_type": "PER_TENSOR"}


def is_possible(attention: Attention) -> bool:
    """Whether the kernel can do what this attention does, and does it well."""
    return attention.rotary is not None and not attention.norms and not attention.window


class EightBitAttention:
    """Appends attention to a graph. What all layers need is computed once."""

    def __init__(self, graph: Graph, ids: str, kept: str, last: str, total: str) -> None:
        """
        Args:
            graph: Receives the nodes.
            ids: The tokens of the pass, int64 (1, n).
            kept: How many of them get logits, int64 (): all where an answer is written, at most one where a prompt is
                read. All pieces of a prompt are read alike, however short, so that it does not matter how it is cut.
            last: How many tokens there are with those in the cache, less one, int32 (1,).
            total: How many there are, int32 (1,).
        """
        self._graph, self._last, self._total = graph, last, total
        count = graph.op("Gather", graph.op("Shape", ids), graph.shape("second_of", [1]))
        new = graph.op("Squeeze", count)
        few = graph.op("Min", kept, graph.once("few", np.array(FEW, np.int64)))
        self._many = graph.op("Greater", graph.op("Squeeze", count), graph.op("Squeeze", few))
        # The kernel wants at least one row.
        self._last_rows = graph.op("Neg", graph.op("Max", kept, graph.shape("second_of", [1])))
        self._end = graph.op("Cast", total, to=_INT64)
        self._start = graph.op("Sub", self._end, count)
        steps = graph.op("Range", self._number(0), new, self._number(1))
        self._positions = graph.op("Unsqueeze", graph.op("Add", steps, self._start), graph.shape("first", [0]))

    def attend(
        self, name: str, attention: Attention, parts: list[str], layer: int, tables: list[str], *, all_rows: bool = True
    ) -> str:
        """Append the attention of one layer, and its cache as inputs and outputs of the graph.

        Args:
            name: The layer's.
            attention: With rotary positions.
            parts: Queries (1, n, heads · head_size), keys and values (1, n, kv_heads · head_size), not turned yet, or
                all three side by side.
            layer: Its number.
            tables: Cosine and sine of the rotary positions.
            all_rows: Without it, attention may be left out for tokens that get no logits.

        Returns:
            float32 (1, n, heads · head_size), or the last rows of that.
        """
        graph = self._graph
        shape = (1, attention.kv_heads, "capacity", attention.head_size)
        past = [graph.add_input(f"past_key_values.{layer}.{part}", np.int8, shape) for part in ("key", "value")]
        present = [graph.add_output(f"present.{layer}.{part}", np.int8, shape) for part in ("key", "value")]
        scales = [graph.constant(f"{name}.{part}_scale", np.ones(1, np.float32)) for part in ("key", "value")]
        outputs = [f"{name}.attended", *present]

        def few() -> None:
            self._query(
                attention, [*[*parts, "", ""][:3], *past, self._last, self._total, *tables, "", "", "", *scales],
                [f"{output}.few" for output in outputs], do_rotary=1, **_interleaved(attention), **_KINDS,
            )  # fmt: skip

        def many() -> None:
            queries, keys, values = self._turned(attention, parts, tables)
            if not all_rows:
                bounds = (self._last_rows, graph.shape("to", [TO_THE_END]), graph.shape("second_of", [1]))
                queries = graph.op("Slice", queries, *bounds)
            floats = []
            for new, cache, output, scale in zip((keys, values), past, present, scales, strict=True):
                split = graph.op("Reshape", new, graph.shape("by_head", [1, -1, *shape[1::2]]))
                by_head = graph.op("Transpose", split, perm=[0, 2, 1, 3])
                one, zero = graph.op("Squeeze", scale), graph.once("middle", np.zeros(1, np.int8))
                middle = graph.op("Squeeze", zero)
                rounded = graph.op("QuantizeLinear", by_head, one, middle)
                graph.node("TensorScatter", [cache, rounded, self._start], outputs=[f"{output}.many"], axis=-2)
                span = (graph.shape("first", [0]), self._end, graph.shape("third", [2]))
                seen = graph.op("Slice", f"{output}.many", *span)
                floats.append(graph.op("DequantizeLinear", seen, one, middle))
            width = attention.kv_heads * attention.head_size
            nothing = graph.once(f"nothing.{width}", np.zeros((1, 0, width), np.float32))
            inputs = [queries, nothing, nothing, *floats, self._last, self._total]
            self._query(attention, inputs, [f"{outputs[0]}.many"])

        types: tuple[type[np.generic], ...] = (np.float32, np.int8, np.int8)
        branches: dict[str, Any] = {
            branch: graph.subgraph([(f"{output}.{suffix}", kind) for output, kind in zip(outputs, types, strict=True)],
                                   append)
            for branch, suffix, append in (("then_branch", "many", many), ("else_branch", "few", few))
        }  # fmt: skip
        with graph.rehearsing():
            _, keys, values = self._turned(attention, parts, tables)
            for part, new in (("key", keys), ("value", values)):
                largest = graph.op("ReduceMax", graph.op("Abs", new), keepdims=0)
                graph.rehearse_for(f"{name}.{part}_scale", largest)
            inputs = [*[*parts, "", ""][:3], "", "", self._last, self._total, *tables]
            self._query(attention, inputs, outputs[:1], do_rotary=1, **_interleaved(attention))
        graph.node("If", [self._many], outputs=outputs, **branches)
        return outputs[0]

    def _query(self, attention: Attention, inputs: list[str], outputs: list[str], **more: Any) -> None:
        scale = {"scale": attention.scale} if attention.scale else {}
        self._graph.node(
            "GroupQueryAttention", inputs, domain=MICROSOFT, outputs=outputs,
            num_heads=attention.heads, kv_num_heads=attention.kv_heads, **scale, **more,
        )  # fmt: skip

    def _turned(self, attention: Attention, parts: list[str], tables: list[str]) -> list[str]:
        """Queries, keys and values, the first two turned."""
        graph, rotary, size = self._graph, attention.rotary, attention.head_size
        counts = [attention.heads, attention.kv_heads, attention.kv_heads]
        if len(parts) == 1:
            sizes = graph.shape("sizes", [count * size for count in counts])
            parts = [*graph.node("Split", [*parts, sizes], outputs=3, axis=-1)]
        if rotary is None:
            return parts
        partial = {"rotary_embedding_dim": rotary.size} if rotary.size < size else {}
        turned = [
            graph.op("RotaryEmbedding", part, self._positions, *tables, domain=MICROSOFT,
                     interleaved=int(rotary.interleaved), num_heads=count, **partial)
            for part, count in zip(parts[:2], counts, strict=False)
        ]  # fmt: skip
        return [*turned, parts[2]]

    def _number(self, value: int) -> str:
        return self._graph.once(f"scalar.{value}", np.array(value, np.int64))


def _interleaved(attention: Attention) -> dict[str, int]:
    return {"rotary_interleaved": int(attention.rotary is not None and attention.rotary.interleaved)}
