"""Attention in which a token gets the same result alone and among others, to the last bit.

ONNX Runtime computes attention for a single token with another kernel than for several; the sums come out in another
order, and activations in 8 bits turn that into differences that can be seen in an answer. Guessed tokens that are
checked several at a time (see `models.speculation`) would then change greedy answers. So the query heads that share
keys and values become rows of one head: a token has as many rows as a group has heads, the kernel for several rows is
always taken, and it reads the keys and values once for a whole group.

New keys and values are written into the cache first; then queries attend to the cache under an explicit mask.
"""

from typing import Final

import numpy as np

from assistant.models.convert.design import Attention
from assistant.models.convert.graph import MICROSOFT, Graph

ROWS: Final = "hippo.rows_per_token"
"""Where the graph file says how many rows a token has. The cache must be at least as long as a pass has rows."""

_INT32: Final = 6
_INT64: Final = 7
_HIDDEN: Final = -1e30  # finite: a block of keys that a row does not see at all gives no NaN


def is_grouped(attention: Attention) -> bool:
    """Whether several query heads share keys and values, and all tokens are seen: otherwise it would cost too much."""
    return attention.heads > attention.kv_heads and not attention.window


class RowAttention:
    """Appends attention to a graph. What all layers need is computed once."""

    def __init__(self, graph: Graph, ids: str, total: str) -> None:
        """
        Args:
            graph: Receives the nodes.
            ids: The tokens of the pass, int64 (1, n).
            total: How many tokens there are with those in the cache, int32 ().
        """
        self._graph = graph
        self._new = graph.op("Gather", graph.op("Shape", ids), graph.shape("second_of", [1]))
        self._total = graph.op("Cast", total, to=_INT64)
        self._start = graph.op("Sub", self._total, self._new)
        steps = graph.op("Range", self._scalar(0), graph.op("Squeeze", self._new), self._scalar(1))
        self._position = graph.op("Add", steps, self._start)
        self._positions = graph.op("Unsqueeze", self._position, graph.shape("first", [0]))
        self._masks: dict[int, tuple[str, str, str]] = {}

    def attend(
        self,
        name: str,
        attention: Attention,
        parts: list[str],
        past: list[str],
        present: list[str],
        tables: list[str],
    ) -> str:
        """Append the attention of one layer.

        Args:
            name: The layer's.
            attention: With several heads to a group.
            parts: Queries (1, n, heads · head_size), keys and values (1, n, kv_heads · head_size), not turned yet.
            past: The cache of keys and of values, float32 (1, kv_heads, capacity, head_size).
            present: The outputs that are bound to the same memory.
            tables: Cosine and sine of the rotary positions, or none.

        Returns:
            float32 (1, n, heads · head_size).
        """
        graph, heads, groups = self._graph, attention.heads, attention.kv_heads
        size, rows = attention.head_size, attention.heads // attention.kv_heads
        queries, keys, values = parts
        if attention.rotary is not None:
            queries, keys = self._turn(queries, heads, attention, tables), self._turn(keys, groups, attention, tables)
        for new, cache, output in zip((keys, values), past, present, strict=True):
            split = graph.op("Reshape", new, graph.shape("by_head", [1, -1, groups, size]))
            by_head = graph.op("Transpose", split, perm=[0, 2, 1, 3])
            graph.node("TensorScatter", [cache, by_head, self._start], outputs=[output], axis=-2)
        bias, last, total = self._mask(rows)
        nothing = graph.once(f"nothing.{groups * size}", np.zeros((1, 0, groups * size), np.float32))
        scale = {"scale": attention.scale} if attention.scale else {}
        (attended,) = graph.node(
            "GroupQueryAttention",
            [self._swapped(queries, groups, rows, size), nothing, nothing, *present, last, total, "", "", "", bias],
            domain=MICROSOFT,
            outputs=[f"{name}.attended"],
            num_heads=groups,
            kv_num_heads=groups,
            causal=0,
            **scale,
        )
        return self._swapped(attended, rows, groups, size, joined=heads)

    def _swapped(self, x: str, outer: int, inner: int, size: int, *, joined: int = 0) -> str:
        """Heads numbered (outer, inner) become (inner, outer), the outer of these rows unless all are `joined`."""
        graph = self._graph
        if outer > 1 and inner > 1:
            split = graph.op("Reshape", x, graph.shape("heads", [1, -1, outer, inner, size]))
            x = graph.op("Transpose", split, perm=[0, 1, 3, 2, 4])
        return graph.op("Reshape", x, graph.shape("rows", [1, -1, (joined or outer) * size]))

    def _turn(self, x: str, heads: int, attention: Attention, tables: list[str]) -> str:
        rotary = attention.rotary
        if rotary is None:
            return x
        partial = {"rotary_embedding_dim": rotary.size} if rotary.size < attention.head_size else {}
        return self._graph.op(
            "RotaryEmbedding",
            x,
            self._positions,
            *tables,
            domain=MICROSOFT,
            interleaved=int(rotary.interleaved),
            num_heads=heads,
            **partial,
        )

    def _mask(self, rows: int) -> tuple[str, str, str]:
        """What hides later tokens, float32 (1, 1, n · rows, keys), and the number of keys as the operator wants it.

        The operator insists on at least as many keys as rows, so at the start of a text it gets some that are hidden.
        """
        if rows not in self._masks:
            graph = self._graph
            new_rows = graph.op("Mul", self._new, graph.shape("rows_per_token", [rows]))
            keys = graph.op("Squeeze", graph.op("Max", self._total, new_rows))
            total = graph.op("Cast", keys, to=_INT32)
            last = graph.op("Unsqueeze", graph.op("Sub", total, "one"), "zero")
            column = graph.op("Reshape", self._position, graph.shape("column", [-1, 1]))
            tiled = graph.op("Tile", column, graph.shape("tiles", [1, rows]))
            seen_to = graph.op("Reshape", tiled, graph.shape("column", [-1, 1]))
            later = graph.op("Greater", graph.op("Range", self._scalar(0), keys, self._scalar(1)), seen_to)
            hidden = graph.once("hidden", np.array(_HIDDEN, np.float32))
            bias = graph.op("Where", later, hidden, graph.once("seen", np.array(0, np.float32)))
            self._masks[rows] = graph.op("Unsqueeze", bias, graph.shape("first_two", [0, 1])), last, total
        return self._masks[rows]

    def _scalar(self, value: int) -> str:
        return self._graph.once(f"scalar.{value}", np.array(value, np.int64))
