"""A model with an adapter: the same graph, weights and tokenizer, with the adapter's part added to some of the weights.

Of four ways that were measured this one is the fastest, whatever the adapter's rank: W + B·A is computed when the
adapter is loaded and rounded to 8 bits, where a base in 4 bits needs further operations to be exact. The sums stay in
memory, on no disk; what the adapter does not touch is mapped from the base's own file. The base itself, and a decoder
that runs it, are not changed in any way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from assistant.errors import CancelledError, ModelError
from assistant.models.adapter import Adapter, FloatArray, Low, Matrices
from assistant.models.convert.extended import Extended, columns_of, reduced
from assistant.models.convert.graph import GRAPH_FILE, WEIGHTS_FILE
from assistant.models.convert.packed import BLOCK, Packed, round_to_eight_bits, stack, unpack
from assistant.models.decoder import Decoder
from assistant.models.layout import recognise
from assistant.models.manifest import read_manifest
from assistant.models.runtime import open_changed_session
from assistant.models.tokenizer import Tokenizer

_PIECE: Final = 1 << 18  # weights added and rounded at once: what a processor's cache holds
_PRODUCT: Final = 1 << 18
"""Multiplications that OpenBLAS does in one thread. In several it is no faster for so narrow matrices, and on a busy
machine they wait for each other: ten times the work."""
_PAST: Final = "past_key_values."

_PARTS: Final[Mapping[str, Sequence[str]]] = {
    "attn_qkv": ("q_proj", "k_proj", "v_proj"),
    "attn_q": ("q_proj",),
    "attn_k": ("k_proj",),
    "attn_v": ("v_proj",),
    "attn_output": ("o_proj",),
    "ffn_gate_up": ("gate_proj", "up_proj"),
    "ffn_gate": ("gate_proj",),
    "ffn_up": ("up_proj",),
    "ffn_down": ("down_proj",),
}
"""The products of a layer by the names that they have in the graph, and whose rows each holds, in order."""


def load_adapted(
    folder: Path,
    adapter: Adapter,
    tokenizer: Tokenizer,
    *,
    threads: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Decoder:
    """Load the model in `folder` with an adapter: about a second, and as much memory as the model in 8 bits.

    Args:
        folder: A model folder of Hippo's own conversion.
        adapter: Made for this model.
        tokenizer: The model's.
        threads: As for `Decoder.load`.
        cancelled: Asked several times a second.

    Raises:
        ModelError: It was made for another model, it or the model is damaged, or they do not fit each other.
        UnsupportedModelError: The graph is of a kind that Hippo cannot run.
        CancelledError: `cancelled` said so.
    """
    manifest = read_manifest(folder)
    adapter.check_base(manifest)
    graph, arrays = _Merged(folder, adapter).result(cancelled)
    session = open_changed_session(graph, folder, arrays, threads)
    return Decoder(session, recognise(session), tokenizer, manifest)


class _Merged:
    """The graph of a model folder, changed to compute with other weights."""

    def __init__(self, folder: Path, adapter: Adapter) -> None:
        import onnx

        self._adapter = adapter
        self._matrices: Matrices = adapter.matrices()
        try:
            self._model = onnx.load(folder / GRAPH_FILE, load_external_data=False)
            self._data = np.memmap(folder / WEIGHTS_FILE, np.uint8, "r")
        except (OSError, ValueError) as error:
            raise ModelError(f"The model in {folder} is damaged.", next_step="Remove it and add it again.") from error
        self._initialisers = {tensor.name: tensor for tensor in self._model.graph.initializer}
        self._nodes = list(self._model.graph.node)
        self._makers = {name: at for at, node in enumerate(self._nodes) for name in node.output}
        self._takers = {name: at for at, node in enumerate(self._nodes) for name in node.input}
        self._gone: set[int] = set()
        shape = next(value for value in self._model.graph.input if value.name.startswith(_PAST)).type.tensor_type.shape
        self._kv_heads, self._head_size = shape.dim[1].dim_value, shape.dim[3].dim_value
        self._interleaved = any(
            attribute.name in ("interleaved", "rotary_interleaved") and attribute.i
            for node in [*self._nodes, *_in_branches(self._nodes)]
            for attribute in node.attribute
        )
        self._arrays: dict[str, np.ndarray[Any, Any]] = {}
        self._used: set[tuple[int, str]] = set()

    def result(self, cancelled: Callable[[], bool]) -> tuple[bytes, dict[str, np.ndarray[Any, Any]]]:
        """The graph, and the weights that it does not take from the base's file."""
        for node in self._nodes:
            if cancelled():
                raise CancelledError("The adapter's loading was stopped.")
            weight = node.input[1] if node.op_type in ("MatMulNBits", "MatMul") else ""
            layer, part = _place(weight)
            if part in _PARTS and weight in self._initialisers:
                packed = node.op_type == "MatMulNBits"
                rows, columns = _size(node) if packed else reversed(self._initialisers[weight].dims)
                added = list(self._added(layer, part, rows, columns))
                if added and packed:
                    self._change_packed(node, weight.removesuffix(".quants"), added, columns)
                elif added:
                    self._change_plain(node, weight, added)
        if set(self._matrices) - self._used:
            raise self._misfit()
        graph = self._model.graph
        kept = [*self._initialisers.values(), *map(_declared, self._arrays, self._arrays.values())]
        nodes = [node for at, node in enumerate(self._nodes) if at not in self._gone]
        del graph.initializer[:], graph.node[:]
        graph.initializer.extend(kept)
        graph.node.extend(nodes)
        return self._model.SerializeToString(), self._arrays

    def _added(self, layer: int, part: str, rows: int, columns: int) -> Iterator[tuple[int, Low]]:
        """What is added to a product's weight, each with the row at which it begins."""
        modules = _PARTS[part]
        if part == "ffn_up" and f"blk.{layer}.ffn_gate.quants" not in self._initialisers:
            alone = f"blk.{layer}.ffn_gate" in self._initialisers
            modules = modules if alone else _PARTS["ffn_gate_up"]  # a file may have the two joined
        if part == "attn_qkv":
            keys = self._kv_heads * self._head_size
            counts = [rows - 2 * keys, keys, keys]
        else:
            counts = [rows // len(modules)] * len(modules)
        start = 0
        for module, count in zip(modules, counts, strict=True):
            low = self._matrices.get((layer, module))
            if low is not None:
                if low.b.shape[0] != count or low.a.shape[1] != columns:
                    raise self._misfit()
                self._used.add((layer, module))
                turned = module in ("q_proj", "k_proj") and self._interleaved
                yield start, Low(low.a, self._neighbours(low.b)) if turned else low
            start += count

    def _neighbours(self, b: FloatArray) -> FloatArray:
        """Rows in the order in which the two of a rotary pair are neighbours, as in the base."""
        heads = b.reshape(-1, 2, self._head_size // 2, b.shape[1])
        return np.ascontiguousarray(heads.swapaxes(1, 2)).reshape(b.shape)

    def _change_packed(self, node: Any, name: str, added: Sequence[tuple[int, Low]], columns: int) -> None:
        numbers = {attribute.name: attribute for attribute in node.attribute}
        quants, scales = self._value(f"{name}.quants"), self._value(f"{name}.scales")
        offsets = zeros = None
        if f"{name}.offsets" in self._initialisers:
            offsets = self._value(f"{name}.offsets").T
            self._drop_offsets(node, name)
        elif f"{name}.zeros" in self._initialisers:
            zeros = self._value(f"{name}.zeros")
            self._drop_sums(node)
        step = max(1, _PIECE // columns)
        pieces = []
        for start in range(0, len(quants), step):
            rows = slice(start, start + step)
            if zeros is not None:
                weights = reduced(Extended(quants[rows], scales[rows], zeros[rows], columns))
            else:
                part = None if offsets is None else offsets[rows]
                weights = unpack(Packed(numbers["bits"].i, quants[rows], scales[rows], part))
            _add(weights, start, added)
            pieces.append(round_to_eight_bits(weights))
        whole = stack(pieces)
        numbers["bits"].i, numbers["block_size"].i, numbers["K"].i = whole.bits, BLOCK, columns
        node.input[1] = self._keep(f"{name}.adapted.quants", whole.quants)
        node.input[2] = self._keep(f"{name}.adapted.scales", whole.scales)
        for suffix in (".quants", ".scales", ".offsets", ".zeros"):
            self._initialisers.pop(f"{name}{suffix}", None)

    def _change_plain(self, node: Any, name: str, added: Sequence[tuple[int, Low]]) -> None:
        weights = np.ascontiguousarray(self._value(name).T)
        _add(weights, 0, added)
        node.input[1] = self._keep(f"{name}.adapted", np.ascontiguousarray(weights.T))
        del self._initialisers[name]

    def _drop_offsets(self, node: Any, name: str) -> None:
        """Take out what makes a product in 4 bits exact: product + block sums · offsets (see `Graph.packed_linear`)."""
        total = self._takers[node.output[0]]
        (product,) = [self._makers[name] for name in self._nodes[total].input if name != node.output[0]]
        sums = self._makers[self._nodes[product].input[0]]
        self._gone |= {total, product, sums, self._makers[self._nodes[sums].input[0]]}
        node.output[0] = self._nodes[total].output[0]

    def _drop_sums(self, node: Any) -> None:
        """Take out the block sums behind the input of a product in 4 bits (see `convert.extended`)."""
        joined = self._makers[node.input[0]]
        x, sums = self._nodes[joined].input
        self._gone |= {joined, self._makers[sums], self._makers[self._nodes[self._makers[sums]].input[0]]}
        node.input[0] = x
        del node.input[3:]

    def _keep(self, name: str, array: np.ndarray[Any, Any]) -> str:
        self._arrays[name] = array
        return name

    def _value(self, name: str) -> Any:
        """An initialiser of the base."""
        from onnx import TensorProto, helper, numpy_helper

        tensor = self._initialisers[name]
        if tensor.data_location != TensorProto.EXTERNAL:
            return numpy_helper.to_array(tensor)
        place = {entry.key: entry.value for entry in tensor.external_data}
        start, length = int(place["offset"]), int(place["length"])
        return (
            self._data[start : start + length]
            .view(helper.tensor_dtype_to_np_dtype(tensor.data_type))
            .reshape(tuple(tensor.dims))
        )

    def _misfit(self) -> ModelError:
        return ModelError(
            f"The adapter “{self._adapter.about.name}” does not fit the layers of {self._adapter.about.base}.",
            next_step="Install Hippo again. Your memory and your settings stay as they are.",
        )


def _in_branches(nodes: Iterable[Any]) -> Iterator[Any]:
    """The nodes of the graphs that are attributes of `nodes`."""
    return (inner for node in nodes for attribute in node.attribute for inner in attribute.g.node)


def _place(weight: str) -> tuple[int, str]:
    """Layer and part of "blk.3.attn_qkv.quants"; (0, "") for names of another kind."""
    pieces = weight.split(".")
    if len(pieces) < 3 or pieces[0] != "blk" or not pieces[1].isdecimal() or pieces[3:] not in ([], ["quants"]):
        return 0, ""
    return int(pieces[1]), pieces[2]


def _size(node: Any) -> tuple[int, int]:
    """Rows and columns of the weight of a MatMulNBits, without the rests that may lie behind it."""
    numbers = {attribute.name: attribute.i for attribute in node.attribute}
    return numbers["N"], columns_of(numbers["K"]) if len(node.input) > 3 else numbers["K"]


def _add(weights: FloatArray, first: int, added: Sequence[tuple[int, Low]]) -> None:
    """Add to the rows `first`, `first` + 1, ... of a weight what belongs to them."""
    for start, low in added:
        begin, end = max(start, first), min(start + len(low.b), first + len(weights))
        step = max(1, _PRODUCT // low.a.size)
        for row in range(begin, end, step):
            stop = min(row + step, end)
            weights[row - first : stop - first] += low.b[row - start : stop - start] @ low.a


def _declared(name: str, array: np.ndarray[Any, Any]) -> Any:
    """An initialiser as if it lay in a file: its value is given when the session is opened."""
    from onnx import TensorProto, helper

    kind = helper.np_dtype_to_tensor_dtype(array.dtype)
    tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "adapted"), ("offset", "0"), ("length", str(array.nbytes))):
        tensor.external_data.add(key=key, value=value)
    return tensor
