"""The output layer in two steps: all logits from weights in 4 bits, then those of the likeliest tokens from 8 bits.

For a small model the output layer is a quarter of all bytes that a token costs, and nearly all of them are read for
tokens that will not come next. So the weights are rounded to 4 bits, and the tokens that are likeliest then get their
logits again, from weights in 8 bits and activations in float32: better than in one product with activations in 8 bits.
Rounding moves a logit by 0.3 or so, and the likeliest token leads the last one that is computed again by several times
as much: so it is among these, and greedy answers stay the same. What remains is noise in the logits of the others.

Some columns weigh far more than others, because activations are much larger there. They are in the product twice, the
second time with what rounding took from them: 4 bits and 4 bits again. This halves the noise of all logits.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.models.convert.graph import Graph
from assistant.models.convert.packed import FloatArray, Packed, round_to_four_bits, unpack
from assistant.models.convert.rows import packed_rows

COMPUTED_AGAIN: Final = 128  # tokens

_COLUMNS_TWICE: Final = 128
_LEAST_TOKENS: Final = 1 << 14
_PIECE: Final = 1 << 12  # rows


def is_worthwhile(weight: Packed) -> bool:
    """Whether two steps are quicker than one."""
    rows, columns = len(weight.quants), weight.columns
    return weight.bits == 8 and weight.offsets is None and rows >= _LEAST_TOKENS and columns >= 2 * _COLUMNS_TWICE


def two_step_logits(graph: Graph, x: str, weight: Packed, quants: str, scales: str, gain: FloatArray) -> str:
    """Append the product of x with the output layer.

    Each row gets the same result alone and among others, to the last bit.

    Args:
        graph: Receives the nodes.
        x: float32 (1, n, width), after the last norm.
        weight: The matrix (vocabulary, width), in 8 bits.
        quants: Its quants as an initialiser.
        scales: Its scales likewise.
        gain: Of the last norm, float32 (width,): where x is large.

    Returns:
        float32 (1, n, vocabulary).
    """
    rough, columns = _rough(weight, gain)
    taken = graph.op("Gather", x, graph.constant("output.columns", columns), axis=-1)
    whole = graph.op("Concat", x, taken, axis=-1)
    logits = graph.linear("output.rough", whole, rough)
    count = graph.shape("computed_again", [COMPUTED_AGAIN])
    _, tokens = graph.node("TopK", [logits, count], outputs=2, axis=-1)
    ids = graph.op("Reshape", tokens, graph.shape("in_a_row", [1, -1]))
    rows = packed_rows(graph, ids, weight, quants, scales)
    by_token = graph.op("Reshape", rows, graph.shape("by_token", [1, -1, COMPUTED_AGAIN, weight.columns]))
    upright = graph.op("Unsqueeze", x, graph.shape("last_axis", [-1]))
    exact = graph.op("Squeeze", graph.op("MatMul", by_token, upright), graph.shape("last_axis", [-1]))
    return graph.op("ScatterElements", logits, tokens, exact, axis=-1)


def _rough(weight: Packed, gain: FloatArray) -> tuple[Packed, NDArray[np.int64]]:
    """The weights in 4 bits with some columns twice, and which these are, int64."""
    size = np.zeros(weight.columns)
    for piece in _pieces(weight):
        size += np.square(unpack(piece), dtype=np.float64).sum(axis=0)
    columns = np.sort(np.argsort(-np.sqrt(size) * np.abs(gain), kind="stable")[:_COLUMNS_TWICE])
    quants, scales = [], []
    for piece in _pieces(weight):
        values = unpack(piece)
        found = round_to_four_bits(values)
        lost = (values - unpack(found))[:, columns]
        again = round_to_four_bits(np.ascontiguousarray(lost))
        quants.append(np.concatenate([found.quants, again.quants], axis=1))
        scales.append(np.concatenate([found.scales, again.scales], axis=1))
    return Packed(4, np.concatenate(quants), np.concatenate(scales), None), columns


def _pieces(weight: Packed) -> list[Packed]:
    starts = range(0, len(weight.quants), _PIECE)
    return [Packed(8, weight.quants[at : at + _PIECE], weight.scales[at : at + _PIECE], None) for at in starts]
