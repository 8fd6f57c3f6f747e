"""Installs a Hugging Face ONNX export: a folder as `optimum` and transformers.js make and read them.

The graph stays as it came (see `exported` for how it runs); tokenizer, chat template and end tokens are brought into
the form of Hippo's model folders. Its files: `model*.onnx` or `decoder_model_merged*.onnx`, in the folder or in its
subfolder `onnx`, with their external data beside them; tokenizer.json, tokenizer_config.json, config.json, and where
they exist generation_config.json and chat_template.jinja.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.errors import CancelledError, InputError, ModelError, UnsupportedModelError
from assistant.models.install import install
from assistant.models.manifest import FileStamp, Manifest, stamp, write_manifest
from assistant.models.tokenizer import compile_template
from assistant.models.tokenizer_file import PLAIN_FILE, write_packed

_GRAPH: Final = re.compile(r"(?:model|decoder_model_merged)(?P<variant>[._-]\w+)?\.onnx", re.IGNORECASE)
_VARIANTS: Final = ("_q4", "_int4", "_quantized", "_int8", "_uint8", "", "_fp16", "_q4f16", "_bnb4")
"""The quickest on a CPU first; what is called otherwise comes after them."""

_COPIED: Final = 0.9  # the share of the time; a first pass of the model takes the rest
_PIECE: Final = 1 << 24  # bytes copied between two looks at whether to stop
_SPARE: Final = 64 * 2**20  # bytes
_LARGEST_JSON: Final = 256 * 2**20  # bytes
_LONGEST_CONTEXT: Final = 1 << 20  # what some files call "no limit" is far beyond it
_USUAL_CONTEXT: Final = 2048


@dataclass(frozen=True)
class About:
    """What is known of a model before its files are read; see `Manifest`."""

    name: str = ""
    licence: str = ""
    origin: str = ""


def find_graphs(folder: Path) -> list[Path]:
    """The decoder graphs in `folder` and its subfolder `onnx`, the one that runs best on a CPU first."""
    found = [path for place in (folder, folder / "onnx") for path in sorted(place.glob("*.onnx"))]
    return sorted((path for path in found if _GRAPH.fullmatch(path.name)), key=_preference)


def _preference(path: Path) -> int:
    match = _GRAPH.fullmatch(path.name)
    variant = (match["variant"] or "").lower() if match else "?"
    return _VARIANTS.index(variant) if variant in _VARIANTS else len(_VARIANTS)


def install_export(
    source: Path,
    target: Path,
    *,
    about: About,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    """Install the export in the folder `source` (or the graph `source` in one) as the model folder `target`.

    Args:
        source: Only read.
        target: The folder to make or replace; it is there whole or not at all, and only if the model runs.
        about: The name and where it comes from.
        progress: Called with the share that is done, from 0 to 1.
        cancelled: Asked several times a second.

    Raises:
        InputError: There is no decoder in the folder.
        ModelError: A file is missing or damaged, or the disk has no room.
        UnsupportedModelError: Its graph is of a kind that cannot be run, or it is not made for conversations.
        CancelledError: `cancelled` said so; `target` is as it was.
    """
    graph, root = _locate(source)
    data = sorted(path for path in graph.parent.iterdir() if path.name.startswith(graph.name) and path != graph)
    description = _Description(root)
    total = sum(path.stat().st_size for path in (graph, *data)) or 1

    def check() -> None:
        if cancelled():
            raise CancelledError("The model was not added.")

    def build(folder: Path) -> None:
        _check_room(folder, total)
        copied, sources = 0, {}
        for path in (graph, *data):
            name = "model.onnx" if path == graph else path.name
            before = copied

            def report(done: int, before: int = before) -> None:
                check()
                progress(_COPIED * (before + done) / total)

            made = _copy(path, folder / name, report)
            sources[path.relative_to(root).as_posix()] = made
            copied += made.size
        write_packed(folder, description.tokenizer)
        (folder / "chat_template.jinja").write_text(description.template, encoding="utf-8", newline="")
        (folder / "tokenizer_config.json").write_text(json.dumps(description.names), encoding="utf-8")
        manifest = Manifest(
            name=about.name or description.name,
            architecture=description.architecture,
            context_length=description.context,
            stop_tokens=description.stop_tokens,
            source=sources,
            files={path.name: stamp(path) for path in sorted(folder.iterdir())},
            converter=0,
            licence=about.licence,
            origin=about.origin,
            graph="export",
        )
        write_manifest(folder, manifest)
        progress(_COPIED)
        check()
        _try_out(folder)
        check()

    progress(0.0)
    install(target, build)
    progress(1.0)


def _locate(source: Path) -> tuple[Path, Path]:
    """The graph and the folder with what belongs to it."""
    if source.is_file():
        parent = source.parent
        return source, parent.parent if parent.name == "onnx" and not (parent / PLAIN_FILE).exists() else parent
    graphs = find_graphs(source)
    if not graphs:
        raise InputError(
            f"{source} holds no model that Hippo can run.",
            next_step="Choose a folder with model.onnx and tokenizer.json, or a GGUF file.",
        )
    return graphs[0], source


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise ModelError(
            f"The model takes {size / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free.",
            next_step="Make room and try again.",
        )


def _copy(source: Path, target: Path, report: Callable[[int], None]) -> FileStamp:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(_PIECE):
            report(size)
            writer.write(piece)
            digest.update(piece)
            size += len(piece)
    return FileStamp(size=size, sha256=digest.hexdigest(), modified=source.stat().st_mtime_ns)


def _try_out(folder: Path) -> None:
    """Let the model read a word; it must be able to say what follows."""
    import numpy

    from assistant.models.decoder import Decoder

    decoder = Decoder.load(folder)
    tokens = decoder.tokenizer.encode("Hello there") or [0]
    try:
        logits = decoder.prefill(decoder.new_cache(len(tokens)), tokens)
    except ModelError as error:
        raise ModelError(
            "The model fails at its first words: it needs another ONNX Runtime, or more memory than there is.",
            next_step="Add another variant of it, or its GGUF file.",
        ) from error
    if not numpy.isfinite(logits).all():
        raise ModelError("The model's weights are damaged: it computes nothing but errors.")


class _Description:
    """What the files beside a graph say about the model.

    Attributes:
        tokenizer: The text of tokenizer.json.
        template: The chat template.
        names: What the template may call `bos_token` and `eos_token`.
        name: The model's name.
        architecture: As transformers calls it.
        context: How many tokens it can see.
        stop_tokens: The ids that end an answer.
    """

    def __init__(self, root: Path) -> None:
        self.tokenizer = _text(root, PLAIN_FILE)
        settings, config = _json(root, "tokenizer_config.json"), _json(root, "config.json")
        inner = config["text_config"] if isinstance(config.get("text_config"), dict) else {}
        self.names = {
            key: text for key in ("bos_token", "eos_token") if (text := _content(settings.get(key))) is not None
        }
        self.template = _template(root, settings)
        self.name = str(config.get("_name_or_path") or root.name).rstrip("/").rsplit("/", 1)[-1] or root.name
        self.architecture = str(config.get("model_type") or "unknown")
        limits = (config.get("max_position_embeddings"), inner.get("max_position_embeddings"))
        self.context = _context([*limits, config.get("n_positions"), settings.get("model_max_length")])
        ends = [source.get("eos_token_id") for source in (_json(root, "generation_config.json"), config, inner)]
        self.stop_tokens = self._stops(ends)

    def _stops(self, ends: Sequence[object]) -> list[int]:
        stops = {end for value in ends for end in (value if isinstance(value, list) else [value])}
        try:
            added = {str(token["content"]): token["id"] for token in json.loads(self.tokenizer)["added_tokens"]}
        except (ValueError, TypeError, KeyError) as error:
            raise _damaged(PLAIN_FILE) from error
        from assistant.models.convert.vocabulary import ENDS

        stops |= {added.get(text) for text in (*ENDS, self.names.get("eos_token", ""))}
        found = sorted(stop for stop in stops if isinstance(stop, int) and not isinstance(stop, bool) and stop >= 0)
        if not found:
            raise ModelError("The model does not say how its answers end (eos_token_id is missing).")
        return found


def _template(root: Path, settings: dict[str, Any]) -> str:
    given: object = settings.get("chat_template") or _json(root, "chat_template.json").get("chat_template")
    if (root / "chat_template.jinja").exists():
        given = _text(root, "chat_template.jinja")
    if isinstance(given, list):
        named = {str(one.get("name")): one.get("template") for one in given if isinstance(one, dict)}
        given = named.get("default") or next(iter(named.values()), None)
    if not isinstance(given, str) or not given:
        raise UnsupportedModelError(
            f"{root.name} has no chat template: it continues text but does not answer.",
            next_step="Choose the “instruct” or “chat” version of the model.",
        )
    compile_template(given)
    return given


def _context(limits: Sequence[object]) -> int:
    known = [int(limit) for limit in limits if isinstance(limit, int | float) and 1 < limit <= _LONGEST_CONTEXT]
    return min(known) if known else _USUAL_CONTEXT


def _content(token: object) -> str | None:
    """A special token is written as text, or as an object with its text in `content`."""
    text = token.get("content") if isinstance(token, dict) else token
    return text if isinstance(text, str) else None


def _text(root: Path, name: str) -> str:
    path = root / name
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise _damaged(name)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ModelError(
            f"{name} is missing in {root}.", next_step="Download the whole repository, with all files beside the graph."
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(name) from error


def _json(root: Path, name: str) -> dict[str, Any]:
    if not (root / name).exists():
        return {}
    try:
        value = json.loads(_text(root, name))
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    if not isinstance(value, dict):
        raise _damaged(name)
    return value


def _damaged(name: str) -> ModelError:
    return ModelError(f"{name} is damaged.", next_step="Download it again.")
