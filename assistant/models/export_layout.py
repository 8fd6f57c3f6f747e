"""Recognises a decoder graph that Hippo did not make, by the names, types and shapes of its inputs and outputs.

What `optimum`, transformers.js and onnxruntime-genai export for text generation: input_ids, attention_mask, perhaps
position_ids, use_cache_branch (two graphs merged into one: without and with a past) and num_logits_to_keep; a growing
cache `past_key_values.*` → `present.*`; states of fixed size such as `past_conv.*` → `present_conv.*`.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from assistant.errors import UnsupportedModelError

_IDS: Final = "input_ids"
_MASK: Final = "attention_mask"
_POSITIONS: Final = "position_ids"
_BRANCH: Final = "use_cache_branch"
_KEPT: Final = "num_logits_to_keep"
_LOGITS: Final = "logits"
_PLAIN: Final = frozenset({_IDS, _MASK, _POSITIONS, _BRANCH, _KEPT})
_TYPES: Final[dict[str, np.dtype[Any]]] = {
    "tensor(float)": np.dtype(np.float32),
    "tensor(float16)": np.dtype(np.float16),
    "tensor(int64)": np.dtype(np.int64),
    "tensor(int32)": np.dtype(np.int32),
    "tensor(bool)": np.dtype(np.bool_),
}


@dataclass(frozen=True)
class Growing:
    """The keys or values of a layer: names of input and output, type, and the shape (1, heads, tokens, width)."""

    past: str
    present: str
    dtype: np.dtype[Any]
    heads: int
    width: int


@dataclass(frozen=True)
class Fixed:
    """A state that is replaced with each pass: names of input and output, type and shape."""

    past: str
    present: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class ExportLayout:
    """What an exported decoder takes and gives.

    Attributes:
        growing: Its KV cache.
        fixed: Its recurrent and convolution states.
        inputs: The types of the plain inputs that it has: input_ids, attention_mask, position_ids, use_cache_branch,
            num_logits_to_keep.
        logits: Type of the logits.
        vocabulary: Width of the logits.
        kept_rank: Dimensions of num_logits_to_keep, 0 or 1.
    """

    growing: tuple[Growing, ...]
    fixed: tuple[Fixed, ...]
    inputs: dict[str, np.dtype[Any]]
    logits: np.dtype[Any]
    vocabulary: int
    kept_rank: int = 0

    @property
    def merged(self) -> bool:
        """Whether the graph is two in one: without and with a past."""
        return _BRANCH in self.inputs


def recognise_export(session: Any) -> ExportLayout:
    """The layout of the graph in `session`, an `onnxruntime.InferenceSession`.

    Raises:
        UnsupportedModelError: The graph is of another kind; the message names what stands in the way.
    """
    inputs = {value.name: value for value in session.get_inputs()}
    outputs = {value.name: value for value in session.get_outputs()}
    growing: list[Growing] = []
    fixed: list[Fixed] = []
    for name, value in inputs.items():
        if name in _PLAIN:
            continue
        if not name.startswith("past_"):
            raise _unknown(f"it wants an input “{name}”")
        present = name.replace("past_key_values.", "present.", 1).replace("past_", "present_", 1)
        if present not in outputs or outputs[present].type != value.type:
            raise _unknown(f"its state “{name}” has no output “{present}”")
        dtype, shape = _type(value), tuple(value.shape)[1:]
        if name.startswith("past_key_values."):
            if len(shape) != 3 or not isinstance(shape[0], int) or not isinstance(shape[2], int):
                raise _unknown(f"the shape of its cache “{name}” is not one of heads, tokens and width")
            growing.append(Growing(name, present, dtype, shape[0], shape[2]))
        else:
            sizes = tuple(size for size in shape if isinstance(size, int) and size > 0)
            if len(sizes) != len(shape):
                raise _unknown(f"the size of its state “{name}” is not fixed")
            fixed.append(Fixed(name, present, dtype, (1, *sizes)))
    plain = {name: _type(value) for name, value in inputs.items() if name in _PLAIN}
    if _IDS not in plain or _LOGITS not in outputs or not (growing or fixed):
        raise _unknown("its inputs and outputs are not those of a decoder with a cache")
    if _POSITIONS in inputs and len(inputs[_POSITIONS].shape) != 2:
        raise _unknown("its positions have several dimensions")
    vocabulary = outputs[_LOGITS].shape[-1]
    if len(outputs[_LOGITS].shape) != 3 or not isinstance(vocabulary, int):
        raise _unknown("the size of its vocabulary is not fixed")
    kept_rank = len(inputs[_KEPT].shape) if _KEPT in inputs else 0
    return ExportLayout(tuple(growing), tuple(fixed), plain, _type(outputs[_LOGITS]), vocabulary, kept_rank)


def _type(value: Any) -> np.dtype[Any]:
    if value.type not in _TYPES:
        raise _unknown(f"“{value.name}” is of type {value.type}")
    return _TYPES[value.type]


def _unknown(why: str) -> UnsupportedModelError:
    return UnsupportedModelError(
        f"This ONNX model cannot be run: {why}.", next_step="Add the GGUF file of the same model instead."
    )
