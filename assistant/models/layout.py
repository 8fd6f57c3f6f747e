"""Recognises a decoder graph by the names, types and shapes of its inputs and outputs.

So the decoder does not care who made the graph. It does not look at nodes or weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from assistant.errors import UnsupportedModelError

_IDS: Final = "input_ids"
_MASK: Final = "attention_mask"
_KEPT: Final = "num_logits_to_keep"
_LOGITS: Final = "logits"
_PAST: Final = "past_key_values."
_PRESENT: Final = "present."
_PAST_CONV: Final = "past_conv."
_PRESENT_CONV: Final = "present_conv."
_ROWS: Final = "hippo.rows_per_token"
_MOST_ROWS: Final = 256
_TYPES: Final[Mapping[str, type[np.generic]]] = {"tensor(float)": np.float32, "tensor(int8)": np.int8}


@dataclass(frozen=True)
class DecoderLayout:
    """What a decoder graph takes and gives.

    Attributes:
        past: Names of the cache inputs, two a layer, each (1, kv_heads, capacity, head_size).
        present: Names of the outputs that belong to them, in the same order and the same memory.
        kv_heads: Heads of the cache.
        head_size: Width of a head.
        vocabulary: Width of the logits.
        cache_type: Of the cache: float32, or int8.
        rows_per_token: The cache must be at least so many times as long as a pass has tokens.
        past_conv: Names of the convolution states, each float32 (1, steps, width).
        present_conv: Names of the outputs that belong to them, float32 (1, steps + new tokens, width).
        conv_shapes: Steps and width of each.
    """

    past: tuple[str, ...]
    present: tuple[str, ...]
    kv_heads: int
    head_size: int
    vocabulary: int
    past_conv: tuple[str, ...] = ()
    present_conv: tuple[str, ...] = ()
    conv_shapes: tuple[tuple[int, int], ...] = ()
    rows_per_token: int = 1
    cache_type: type[np.generic] = np.float32


def recognise(session: Any) -> DecoderLayout:
    """The layout of the graph in `session`, an `onnxruntime.InferenceSession`.

    The graph takes input_ids, attention_mask and num_logits_to_keep, and its cache is shared: a past input and its
    present output name the same dimension for the capacity.

    Raises:
        UnsupportedModelError: The graph is of another kind.
    """
    inputs = {value.name: value for value in session.get_inputs()}
    outputs = {value.name: value for value in session.get_outputs()}
    past = tuple(name for name in inputs if name.startswith(_PAST))
    present = tuple(_PRESENT + name.removeprefix(_PAST) for name in past)
    past_conv = tuple(name for name in inputs if name.startswith(_PAST_CONV))
    present_conv = tuple(_PRESENT_CONV + name.removeprefix(_PAST_CONV) for name in past_conv)
    known = {_LOGITS, *present, *present_conv}
    if set(inputs) - {*past, *past_conv} != {_IDS, _MASK, _KEPT} or set(outputs) != known or not past:
        raise _unknown("its inputs and outputs are not those of a decoder that Hippo knows")
    shapes = [tuple(inputs[name].shape) for name in past]
    kv_heads, head_size = shapes[0][1], shapes[0][3]
    if len(set(shapes)) != 1 or len(shapes[0]) != 4 or not isinstance(kv_heads, int) or not isinstance(head_size, int):
        raise _unknown("the layers of its cache differ")
    types = {inputs[name].type for name in past}
    if not types <= _TYPES.keys() or len(types) > 1:
        raise _unknown("its cache is neither float32 nor int8")
    if [tuple(outputs[name].shape) for name in present] != shapes:
        raise _unknown("its cache grows with every step")
    conv_shapes = tuple(
        _conv_shape(inputs[name].shape, outputs[_PRESENT_CONV + name.removeprefix(_PAST_CONV)].shape)
        for name in past_conv
    )
    vocabulary = outputs[_LOGITS].shape[-1]
    if not isinstance(vocabulary, int):
        raise _unknown("the size of its vocabulary is not fixed")
    return DecoderLayout(
        past, present, kv_heads, head_size, vocabulary, past_conv, present_conv, conv_shapes, _rows(session),
        _TYPES[types.pop()],
    )  # fmt: skip


def _rows(session: Any) -> int:
    said = session.get_modelmeta().custom_metadata_map.get(_ROWS, "1")
    if not said.isdecimal() or not 1 <= int(said) <= _MOST_ROWS:
        raise _unknown(f"it says that a token has {said} rows")
    return int(said)


def _conv_shape(past: Sequence[int | str], present: Sequence[int | str]) -> tuple[int, int]:
    if len(past) == len(present) == 3 and isinstance(present[1], str):
        steps, width = past[1:]
        if isinstance(steps, int) and isinstance(width, int) and present[2] == width:
            return steps, width
    raise _unknown("its convolutions do not give back what they saw")


def _unknown(why: str) -> UnsupportedModelError:
    return UnsupportedModelError(
        f"This ONNX model cannot be run: {why}.", next_step="Add the GGUF file of the same model instead."
    )
