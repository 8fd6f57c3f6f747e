"""Looking up rows of a packed matrix in a graph: token embeddings that stay in 4 or 8 bits."""

from typing import Final

import numpy as np

from assistant.models.convert.graph import Graph
from assistant.models.convert.packed import Packed

_FLOAT: Final = 1  # onnx.TensorProto.FLOAT


def packed_rows(graph: Graph, ids: str, weight: Packed, quants: str, scales: str) -> str:
    """Append the look-up of the rows `ids` of `weight`; exact.

    Args:
        graph: Receives the nodes.
        ids: int64 (1, n).
        weight: The matrix (rows, width).
        quants: Its quants as an initialiser, which others may use too.
        scales: Its scales likewise.

    Returns:
        float32 (1, n, width).
    """
    rows = graph.op("Gather", quants, ids)
    if weight.bits == 4:
        low = graph.op("BitwiseAnd", rows, graph.once("nibble", np.array(0x0F, np.uint8)))
        high = graph.op("BitShift", rows, graph.once("half", np.array(4, np.uint8)), direction="RIGHT")
        pair = graph.once("pair", np.array([-1]))
        rows = graph.op("Concat", *(graph.op("Unsqueeze", part, pair) for part in (low, high)), axis=-1)
        count = weight.columns // weight.block
        rows = graph.op("Reshape", rows, graph.once("blocks", np.array([0, 0, count, weight.block])))
    rows = graph.op("Cast", rows, to=_FLOAT)
    centre = np.array(2 ** (weight.bits - 1), np.float32)
    centred = graph.op("Sub", rows, graph.once("excess", centre))
    spread = graph.op("Unsqueeze", graph.op("Gather", scales, ids), graph.once("last", np.array([-1])))
    flat = graph.once("flat", np.array([0, 0, weight.columns]))
    values = graph.op("Mul", centred, spread)
    if weight.offsets is not None:
        offsets = graph.op("Gather", graph.once("token_embd.offsets", weight.offsets), ids)
        values = graph.op("Add", values, graph.op("Unsqueeze", offsets, "last"))
    return graph.op("Reshape", values, flat)
