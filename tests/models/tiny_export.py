"""Builds folders like Hugging Face ONNX exports: a tiny random decoder of one layer, in the forms that are about."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.vocabulary import tokenizer_json
from tests.models.tiny import CONTEXT, TEMPLATE, write_tiny_gguf

WIDTH, HEADS, HEAD = 32, 2, 16
STEPS = 2  # of the convolution's state


@dataclass(frozen=True)
class Form:
    """How a decoder is exported.

    Attributes:
        dtype: "float" or "float16", of weights, cache and logits.
        positions: Whether it takes position_ids, instead of counting the cache.
        conv: Whether it has a short convolution with a state.
        attention: Whether it has attention with a cache.
        merged: Whether it is two graphs in one, chosen by use_cache_branch.
        single: Whether its graph with a past was traced with a single token, so that it has no causal mask.
        keeps: Whether it takes num_logits_to_keep.
        fused: Whether its attention is ONNX Runtime's own operator, which rotates and keeps the cache itself.
    """

    dtype: str = "float"
    positions: bool = True
    conv: bool = False
    attention: bool = True
    merged: bool = False
    single: bool = False
    keeps: bool = False
    fused: bool = False


FORMS = {
    "usual": Form(),
    "counting": Form(positions=False),
    "halves": Form(dtype="float16"),
    "convolution": Form(conv=True),
    "only-convolution": Form(conv=True, attention=False),
    "merged": Form(merged=True),
    "merged-single": Form(merged=True, single=True),
    "keeping": Form(keeps=True),
    "fused": Form(positions=False, fused=True),
    "fused-halves": Form(fused=True, dtype="float16", keeps=True),
    "merged-convolution": Form(merged=True, conv=True, keeps=True, dtype="float16"),
}


def _nodes(form: Form, mark: str, *, past: bool) -> str:
    """The body of a graph in ONNX's text form; its names end in `mark`."""
    lines = [f"e_{mark} = Gather (embed, input_ids)"]
    if form.positions:
        lines.append(f"at_{mark} = Identity (position_ids)")
    else:
        lines += [
            f"before_{mark} = Shape <start = 2, end = 3> (past_key_values.0.key)",
            f"zero_{mark} = Shape <start = 0, end = 0> (input_ids)",
            f"count_{mark} = Shape <start = 1, end = 2> (input_ids)",
            f"end_{mark} = Add (before_{mark}, count_{mark})",
            f"from_{mark} = Squeeze (before_{mark})",
            f"to_{mark} = Squeeze (end_{mark})",
            f"line_{mark} = Range (from_{mark}, to_{mark}, one)",
            f"at_{mark} = Unsqueeze (line_{mark}, axis0)",
        ]
    lines += [f"p_{mark} = Gather (places, at_{mark})", f"x0_{mark} = Add (e_{mark}, p_{mark})"]
    if form.conv:
        old = "past_conv.0" if past else "nothing"
        lines += [
            f"turned_{mark} = Transpose <perm = [0, 2, 1]> (x0_{mark})",
            f"window_{mark} = Concat <axis = 2> ({old}, turned_{mark})",
            f"conv_{mark} = Slice (window_{mark}, minus_steps, far, axis2)",
            f"mixed_{mark} = Conv <group = {WIDTH}> (window_{mark}, kernel)",
            f"back_{mark} = Transpose <perm = [0, 2, 1]> (mixed_{mark})",
            f"x1_{mark} = Add (x0_{mark}, back_{mark})",
        ]
    else:
        lines.append(f"x1_{mark} = Identity (x0_{mark})")
    if form.fused:
        lines += _fused(mark)
    elif form.attention:
        for part in "qkv":
            lines += [
                f"{part}0_{mark} = MatMul (x1_{mark}, w{part})",
                f"{part}1_{mark} = Reshape ({part}0_{mark}, split)",
                f"{part}_{mark} = Transpose <perm = [0, 2, 1, 3]> ({part}1_{mark})",
            ]
        for part, name in (("k", "key"), ("v", "value")):
            if past:
                lines.append(f"{name}_{mark} = Concat <axis = 2> (past_key_values.0.{name}, {part}_{mark})")
            else:
                lines.append(f"{name}_{mark} = Identity ({part}_{mark})")
        lines += [
            f"keyt_{mark} = Transpose <perm = [0, 1, 3, 2]> (key_{mark})",
            f"s_{mark} = MatMul (q_{mark}, keyt_{mark})",
            f"real_{mark} = Cast <to = 9> (attention_mask)",
            f"reals_{mark} = Unsqueeze (real_{mark}, axis12)",
        ]
        if past and form.single:
            lines.append(f"seen_{mark} = Identity (reals_{mark})")
        else:
            lines += [
                f"all_{mark} = Shape <start = 2, end = 3> (key_{mark})",
                f"alls_{mark} = Squeeze (all_{mark})",
                f"others_{mark} = Range (none, alls_{mark}, one)",
                f"here_{mark} = Unsqueeze (at_{mark}, axis2)",
                f"causal_{mark} = GreaterOrEqual (here_{mark}, others_{mark})",
                f"causals_{mark} = Unsqueeze (causal_{mark}, axis1)",
                f"seen_{mark} = And (reals_{mark}, causals_{mark})",
            ]
        lines += [
            f"masked_{mark} = Where (seen_{mark}, s_{mark}, never)",
            f"share_{mark} = Softmax <axis = -1> (masked_{mark})",
            f"o0_{mark} = MatMul (share_{mark}, value_{mark})",
            f"o1_{mark} = Transpose <perm = [0, 2, 1, 3]> (o0_{mark})",
            f"o2_{mark} = Reshape (o1_{mark}, join)",
            f"o3_{mark} = MatMul (o2_{mark}, wo)",
            f"x2_{mark} = Add (x1_{mark}, o3_{mark})",
        ]
    else:
        lines.append(f"x2_{mark} = Identity (x1_{mark})")
    if form.keeps:
        lines += [
            f"tail0_{mark} = Neg (num_logits_to_keep)",
            f"tail_{mark} = Unsqueeze (tail0_{mark}, axis0)",
            f"x3_{mark} = Slice (x2_{mark}, tail_{mark}, far, axis1)",
        ]
    else:
        lines.append(f"x3_{mark} = Identity (x2_{mark})")
    lines.append(f"logits_{mark} = MatMul (x3_{mark}, head)")
    return "\n".join(lines)


def _fused(mark: str) -> list[str]:
    """Attention as the exports for transformers.js and onnxruntime-genai have it."""
    given = f"q_{mark}, k_{mark}, v_{mark}, past_key_values.0.key, past_key_values.0.value, last_{mark}, all_{mark}"
    return [
        *(f"{part}_{mark} = MatMul (x1_{mark}, w{part})" for part in "qkv"),
        f"sum_{mark} = ReduceSum <keepdims = 0> (attention_mask, axis1)",
        f"less_{mark} = Sub (sum_{mark}, one)",
        f"last_{mark} = Cast <to = 6> (less_{mark})",
        f"long_{mark} = Shape <start = 1, end = 2> (attention_mask)",
        f"length_{mark} = Squeeze (long_{mark})",
        f"all_{mark} = Cast <to = 6> (length_{mark})",
        f"o2_{mark}, key_{mark}, value_{mark} = com.microsoft.GroupQueryAttention "
        f"<num_heads = {HEADS}, kv_num_heads = {HEADS}, do_rotary = 1> ({given}, cosines, sines)",
        f"o3_{mark} = MatMul (o2_{mark}, wo)",
        f"x2_{mark} = Add (x1_{mark}, o3_{mark})",
    ]


def _outputs(form: Form, vocabulary: int) -> dict[str, str]:
    """The text form of the type of each output, by the name that `_nodes` gives it."""
    kind = form.dtype
    found = {"logits": f"{kind}[batch, rows, {vocabulary}]"}
    if form.attention:
        found |= dict.fromkeys(("key", "value"), f"{kind}[batch, {HEADS}, total, {HEAD}]")
    if form.conv:
        found["conv"] = f"{kind}[batch, {WIDTH}, {STEPS}]"
    return found


_MARK = "__dot__"
_DOTS = re.compile(r"(?<=[a-z])\.(?=0)|(?<=\.0)\.")
_PUBLIC = {"logits": "logits", "key": "present.0.key", "value": "present.0.value", "conv": "present_conv.0"}


def build(form: Form, vocabulary: int) -> onnx.ModelProto:
    """The graph."""
    kind = form.dtype
    inputs = ["int64[batch, seq] input_ids", "int64[batch, total] attention_mask"]
    inputs += ["int64[batch, seq] position_ids"] * form.positions + ["bool[1] use_cache_branch"] * form.merged
    inputs += ["int64 num_logits_to_keep"] * form.keeps
    if form.attention:
        inputs += [f"{kind}[batch, {HEADS}, past, {HEAD}] past_key_values.0.{name}" for name in ("key", "value")]
    inputs += [f"{kind}[batch, {WIDTH}, {STEPS}] past_conv.0"] * form.conv
    types = _outputs(form, vocabulary)
    if form.merged:
        branches = []
        for mark, past in (("with", True), ("without", False)):
            results = ", ".join(f"{shape} {name}_{mark}" for name, shape in types.items())
            branches.append(f"g_{mark} () => ({results}) {{\n{_nodes(form, mark, past=past)}\n}}")
        names = ", ".join(f"{name}_out" for name in types)
        body = f"{names} = If (use_cache_branch) <then_branch = {branches[0]}, else_branch = {branches[1]}>\n"
        body += "\n".join(f"{_PUBLIC[name]} = Identity ({name}_out)" for name in types)
    else:
        body = _nodes(form, "only", past=True) + "\n"
        body += "\n".join(f"{_PUBLIC[name]} = Identity ({name}_only)" for name in types)
    results = ", ".join(f"{shape} {_PUBLIC[name]}" for name, shape in types.items())
    text = '<ir_version: 9, opset_import: ["" : 17, "com.microsoft" : 1]>\n'
    text += f"g ({', '.join(inputs)}) => ({results}) {{\n{body}\n}}"
    model = onnx.parser.parse_model(_DOTS.sub(_MARK, text))
    _restore(model.graph)
    model.graph.initializer.extend(
        numpy_helper.from_array(array, name) for name, array in _weights(form, vocabulary).items()
    )
    onnx.checker.check_model(model)
    return model


def _restore(graph: onnx.GraphProto) -> None:
    """Put the dots back that the text form does not know."""
    for value in (*graph.input, *graph.output):
        value.name = value.name.replace(_MARK, ".")
    for node in graph.node:
        for names in (node.input, node.output):
            names[:] = [name.replace(_MARK, ".") for name in names]
        for attribute in node.attribute:
            if attribute.HasField("g"):
                _restore(attribute.g)


def _weights(form: Form, vocabulary: int) -> dict[str, NDArray[Any]]:
    rng, dtype = np.random.default_rng(11), np.float16 if form.dtype == "float16" else np.float32

    def random(*shape: int) -> NDArray[Any]:
        return rng.normal(0, shape[0] ** -0.5 if len(shape) == 2 else 0.5, shape).astype(dtype)

    numbers = {"axis0": [0], "axis1": [1], "axis2": [2], "axis12": [1, 2], "minus_steps": [-STEPS], "far": [1 << 40]}
    numbers |= {"split": [0, -1, HEADS, HEAD], "join": [0, -1, WIDTH]}
    found: dict[str, NDArray[Any]] = {name: np.array(value, np.int64) for name, value in numbers.items()}
    found |= {"one": np.array(1, np.int64), "none": np.array(0, np.int64), "never": np.array(-1e4, dtype)}
    found |= {"embed": rng.normal(0, 1, (vocabulary, WIDTH)).astype(dtype), "places": random(CONTEXT, WIDTH) * 3}
    found |= {f"w{part}": random(WIDTH, WIDTH) for part in "qkvo"} | {"head": random(WIDTH, vocabulary)}
    angles = np.outer(np.arange(CONTEXT), 100.0 ** (-np.arange(HEAD // 2) * 2 / HEAD))
    found |= {"cosines": np.cos(angles).astype(dtype), "sines": np.sin(angles).astype(dtype)}
    return found | {"kernel": random(WIDTH, 1, STEPS + 1), "nothing": np.zeros((1, WIDTH, STEPS), dtype)}


def write_export(
    folder: Path, form: Form, *, graph: str = "model.onnx", apart: bool = False, **changes: dict[str, Any] | None
) -> Path:
    """Write a folder as on the hub.

    Args:
        folder: Made if it is missing.
        form: How the decoder is exported.
        graph: The name of the graph, which may be in the subfolder "onnx".
        apart: Whether the weights lie in a file of their own.
        changes: The contents of files by name without ".json"; None leaves the file out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = write_tiny_gguf(folder / "source.gguf", "Q8_0")
    with GgufFile(source) as file:
        definition = tokenizer_json(file)
    source.unlink()
    vocabulary = max(json.loads(definition)["model"]["vocab"].values()) + 1
    path = folder / graph
    path.parent.mkdir(exist_ok=True)
    model = build(form, vocabulary)
    where = {"save_as_external_data": True, "location": f"{path.name}_data", "size_threshold": 512} if apart else {}
    onnx.save(model, str(path), **where)
    files: dict[str, Any] = {
        "tokenizer": json.loads(definition),
        "tokenizer_config": {"chat_template": TEMPLATE, "eos_token": {"content": "<|im_end|>"}},
        "config": {"model_type": "tiny", "max_position_embeddings": CONTEXT, "_name_or_path": "people/Tiny-Export"},
        "generation_config": {"eos_token_id": [0, 2]},
    }
    for name, value in (files | changes).items():
        if value is not None:
            (folder / f"{name}.json").write_text(json.dumps(value))
    return folder
