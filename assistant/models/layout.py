"""Recognises a decoder graph by the names, types and shapes of its inputs and outputs.

So the decoder does not care who made the graph. It does not look at nodes or weights.
"""

from dataclasses import dataclass
from typing import Any, Final

from assistant.errors import UnsupportedModelError

_IDS: Final = "input_ids"
_MASK: Final = "attention_mask"
_KEPT: Final = "num_logits_to_keep"
_LOGITS: Final = "logits"
_PAST: Final = "past_key_values."
_PRESENT: Final = "present."


@dataclass(frozen=True)
class DecoderLayout:
    """What a decoder graph takes and gives.

    Attributes:
        past: Names of the cache inputs, two a layer, each float32 (1, kv_heads, capacity, head_size).
        present: Names of the outputs that belong to them, in the same order and the same memory.
        kv_heads: Heads of the cache.
        head_size: Width of a head.
        vocabulary: Width of the logits.
    """

    past: tuple[str, ...]
    present: tuple[str, ...]
    kv_heads: int
    head_size: int
    vocabulary: int


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
    if set(inputs) - set(past) != {_IDS, _MASK, _KEPT} or set(outputs) != {_LOGITS, *present} or not past:
        raise _unknown("its inputs and outputs are not those of a decoder that Hippo knows")
    shapes = [tuple(inputs[name].shape) for name in past]
    kv_heads, head_size = shapes[0][1], shapes[0][3]
    if len(set(shapes)) != 1 or len(shapes[0]) != 4 or not isinstance(kv_heads, int) or not isinstance(head_size, int):
        raise _unknown("the layers of its cache differ")
    if any(inputs[name].type != "tensor(float)" for name in past):
        raise _unknown("its cache is not float32")
    if [tuple(outputs[name].shape) for name in present] != shapes:
        raise _unknown("its cache grows with every step")
    vocabulary = outputs[_LOGITS].shape[-1]
    if not isinstance(vocabulary, int):
        raise _unknown("the size of its vocabulary is not fixed")
    return DecoderLayout(past, present, kv_heads, head_size, vocabulary)


def _unknown(why: str) -> UnsupportedModelError:
    return UnsupportedModelError(
        f"This ONNX model cannot be run: {why}.", next_step="Add the GGUF file of the same model instead."
    )
