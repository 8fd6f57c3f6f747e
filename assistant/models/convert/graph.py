"""Builds an ONNX decoder graph node by node, its large weights in a data file beside it.

The weights go to disk as they come, so memory stays small, and they are aligned so that ONNX Runtime can map them
instead of reading them. What a decoder looks like is not known here (see `builder`).
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from assistant.models.convert.extended import extend
from assistant.models.convert.packed import FloatArray, Packed

GRAPH_FILE: Final = "model.onnx"
WEIGHTS_FILE: Final = "model.onnx.data"
MICROSOFT: Final = "com.microsoft"
TO_THE_END: Final = np.iinfo(np.int64).max
"""The end of a Slice that leaves nothing out at the end."""

_OPSET: Final = 24
_IR_VERSION: Final = 10
_ALIGNMENT: Final = 65536  # what Windows wants of a mapped offset; Linux and macOS are content with less
_SMALL: Final = 4096  # bytes; anything smaller stays in the graph file
_INT8_ACTIVATIONS: Final = 4  # MatMulNBits accuracy_level


class Graph:
    """A graph under construction in `folder`. A context manager: leaving it closes the data file."""

    def __init__(self, folder: Path, *, int8_activations: bool = True) -> None:
        """Start a graph. Without `int8_activations` products are float32: slow, and only of use as a reference."""
        self._folder = folder
        self.int8_activations = int8_activations
        self._accuracy = _INT8_ACTIVATIONS if int8_activations else 1
        self._weights = (folder / WEIGHTS_FILE).open("wb")
        self._nodes: list[Any] = []
        self._made = 0
        self._rehearsed: dict[int, list[Any]] = {}  # what takes the place of the node with this number
        self._measured: dict[str, str] = {}
        self._initialisers: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._description: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._weights.close()

    def add_input(self, name: str, dtype: type[np.generic], shape: Sequence[int | str]) -> str:
        """Declare a graph input; a dimension is a number or a name."""
        self._inputs.append(_value(name, dtype, shape))
        return name

    def add_output(self, name: str, dtype: type[np.generic], shape: Sequence[int | str]) -> str:
        """Declare a graph output; a node has to produce it."""
        self._outputs.append(_value(name, dtype, shape))
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        *,
        domain: str = "",
        outputs: int | Sequence[str] = 1,
        **attributes: Any,
    ) -> tuple[str, ...]:
        """Append a node and return the names of its outputs, made up unless given."""
        from onnx import helper

        if isinstance(outputs, int):
            self._made += 1
            stem = f"{operator}_{self._made}"
            outputs = [f"{stem}.{index}" for index in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), list(outputs), domain=domain, **attributes))
        return tuple(outputs)

    def subgraph(self, outputs: Sequence[tuple[str, type[np.generic]]], append: Callable[[], None]) -> Any:
        """What `append` appends as a graph of its own, for one branch of a node; it sees all names of this one."""
        from onnx import helper

        outer, self._nodes = self._nodes, []
        append()
        inner, self._nodes = self._nodes, outer
        values = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), None)
                  for name, kind in outputs]  # fmt: skip
        return helper.make_graph(inner, "branch", [], values)

    @contextlib.contextmanager
    def rehearsing(self) -> Iterator[None]:
        """What is appended meanwhile takes the place of the next node in `rehearsal`, and is not in the graph."""
        outer, self._nodes = self._nodes, []
        yield
        self._rehearsed[len(outer)] = self._nodes
        self._nodes = outer

    def rehearse_for(self, name: str, value: str) -> None:
        """`rehearsal` gives `value` for the initialiser `name`."""
        self._measured[name] = value

    def rehearsal(self) -> tuple[bytes, Sequence[str]] | None:
        """The graph with other nodes in some places, and its outputs, named like initialisers; None if it has none."""
        from onnx import helper

        if not self._measured:
            return None
        self._weights.flush()
        nodes = [each for at, node in enumerate(self._nodes) for each in self._rehearsed.get(at, [node])]
        measured = [f"{name}.measured" for name in self._measured]
        pairs = zip(self._measured.values(), measured, strict=True)
        nodes += [helper.make_node("Identity", [value], [name]) for value, name in pairs]
        outputs = [_value(name, np.float32, ()) for name in measured]
        inputs = [value for value in self._inputs if not value.name.startswith("past_")]
        return self._serialised(nodes, inputs, outputs), list(self._measured)

    def replace(self, name: str, array: NDArray[Any]) -> None:
        """Give the small initialiser `name` another value."""
        from onnx import numpy_helper

        at = next(at for at, tensor in enumerate(self._initialisers) if tensor.name == name)
        self._initialisers[at] = numpy_helper.from_array(array, name)

    def op(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Append a node of one output and return its name."""
        return self.node(operator, inputs, domain=domain, **attributes)[0]

    def constant(self, name: str, array: NDArray[Any]) -> str:
        """Store `array` as the initialiser `name`."""
        from onnx import TensorProto, helper, numpy_helper

        array = np.ascontiguousarray(array)
        if array.nbytes < _SMALL:
            self._initialisers.append(numpy_helper.from_array(array, name))
            return name
        self._weights.write(bytes(-self._weights.tell() % _ALIGNMENT))
        tensor = TensorProto(
            name=name,
            data_type=helper.np_dtype_to_tensor_dtype(array.dtype),
            dims=array.shape,
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in (("location", WEIGHTS_FILE), ("offset", self._weights.tell()), ("length", array.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        self._weights.write(array.data)
        self._initialisers.append(tensor)
        return name

    def linear(self, name: str, x: str, weight: Packed | FloatArray) -> str:
        """Append x · Wᵀ for W (out, in), packed or float32; x is (batch, sequence, in)."""
        if not isinstance(weight, Packed):
            return self.op("MatMul", x, self.constant(name, weight.T))
        extended = extend(weight) if self.int8_activations else None
        if extended is not None:
            parts = (("quants", extended.quants), ("scales", extended.scales), ("zeros", extended.zeros))
            whole = self.op("Concat", x, self._block_sums(x, weight.scales.shape[1], weight.block), axis=-1)
            names = [self.constant(f"{name}.{part}", array) for part, array in parts]
            return self._product(whole, names, len(extended.scales), extended.whole, weight)
        quants = self.constant(f"{name}.quants", weight.quants)
        scales = self.constant(f"{name}.scales", weight.scales)
        return self.packed_linear(name, x, weight, quants, scales)

    def packed_linear(self, name: str, x: str, weight: Packed, quants: str, scales: str) -> str:
        """The same for a packed weight whose parts are initialisers already.

        With offsets, w = d·(q − 8) + o, so x · wᵀ = MatMulNBits(x; q, d) + blocksum(x) · oᵀ: exact, where a
        rounded integer zero point would not be. The second product is a thirty-second of the size. (See `extended` for
        what is done where this is not needed to the last bit.)
        """
        rows, count = weight.scales.shape
        product = self._product(x, [quants, scales], rows, weight.columns, weight)
        if weight.offsets is None:
            return product
        offsets = self.constant(f"{name}.offsets", weight.offsets.T)
        return self.op("Add", product, self.op("MatMul", self._block_sums(x, count, weight.block), offsets))

    def _product(self, x: str, parts: list[str], rows: int, columns: int, weight: Packed) -> str:
        return self.op(
            "MatMulNBits", x, *parts, domain=MICROSOFT,
            K=columns, N=rows, bits=weight.bits, block_size=weight.block, accuracy_level=self._accuracy,
        )  # fmt: skip

    def _block_sums(self, x: str, count: int, block: int) -> str:
        blocks = self.op("Reshape", x, self.shape("block_shape", [0, 0, count, block]))
        return self.op("ReduceSum", blocks, self.shape("last_axis", [-1]), keepdims=0)

    def shape(self, stem: str, values: list[int]) -> str:
        """Store whole numbers as an initialiser, once however often it is asked for; its name begins with `stem`."""
        return self.once(f"{stem}.{'.'.join(map(str, values))}", np.array(values, np.int64))

    def once(self, name: str, array: NDArray[Any]) -> str:
        """As `constant`, but nothing happens if there is an initialiser of this name."""
        if all(tensor.name != name for tensor in self._initialisers):
            self.constant(name, array)
        return name

    def describe(self, key: str, value: str) -> None:
        """Let the graph file say something about itself (its custom metadata)."""
        self._description[key] = value

    def save(self) -> None:
        """Write the graph file. Nothing is synced to disk here."""
        (self._folder / GRAPH_FILE).write_bytes(self._serialised(self._nodes, self._inputs, self._outputs))

    def _serialised(self, nodes: Sequence[Any], inputs: Sequence[Any], outputs: Sequence[Any]) -> bytes:
        from onnx import helper

        graph = helper.make_graph(nodes, "decoder", inputs, outputs, self._initialisers)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="hippo")
        helper.set_model_props(model, self._description)
        data: bytes = model.SerializeToString()
        return data


def _value(name: str, dtype: type[np.generic], shape: Sequence[int | str]) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), list(shape))
