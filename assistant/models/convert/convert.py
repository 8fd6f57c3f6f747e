"""One GGUF file in, one ONNX model folder out. The steps are in the files beside this one."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from assistant.errors import CancelledError, UnsupportedModelError
from assistant.models.convert.architectures import read_design
from assistant.models.convert.builder import build as build_decoder
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.graph import Graph
from assistant.models.convert.header import Header
from assistant.models.convert.rehearsal import measure_scales
from assistant.models.convert.room import check_room
from assistant.models.convert.vocabulary import chat_template, special_names, stop_tokens, tokenizer_json
from assistant.models.convert.weights import Weights
from assistant.models.install import install
from assistant.models.manifest import FileStamp, Manifest, stamp, write_manifest
from assistant.models.tokenizer_file import write_packed

CONVERTER_VERSION: Final = 7
TEMPLATE_FILE: Final = "chat_template.jinja"
CONFIG_FILE: Final = "tokenizer_config.json"

_BUILT: Final = 0.7  # the share of the time until the graph is written; syncing and hashing take the rest
_PIECE: Final = 1 << 24  # bytes hashed between two looks at `cancelled`


def _ignore(_: float) -> None: ...


def _never() -> bool:
    return False


def convert_gguf(
    source: Path,
    target: Path,
    *,
    name: str = "",
    progress: Callable[[float], None] = _ignore,
    cancelled: Callable[[], bool] = _never,
    int8_activations: bool = True,
    licence: str = "",
    origin: str = "",
) -> None:
    """Convert the GGUF file `source` to the model folder `target`, whole or not at all.

    Args:
        source: The GGUF file; it is only read.
        target: The folder to make or replace.
        name: What people call the model; without it, the name in the file's header.
        progress: Called with the share that is done, rising from 0 to 1.
        cancelled: Asked several times a second.
        int8_activations: Without them products are float32 and no weight is rounded: several times slower, and of use
            as a reference.
        licence: Its licence; without it, what the file's header says.
        origin: Where the file was downloaded from, for `Manifest.origin`.

    Raises:
        ModelError: The file is damaged, or the folder cannot be written.
        UnsupportedModelError: Its architecture, tokenizer or weights are of a kind that is not converted.
        CancelledError: `cancelled` said so; `target` is as it was.
    """

    def check() -> None:
        if cancelled():
            raise CancelledError("The conversion was stopped.")

    def before_layer(layer: int, layers: int) -> None:
        check()
        progress(_BUILT * layer / layers)

    def build(folder: Path) -> None:
        with GgufFile(source) as file:
            _refuse_part(file)
            header = Header(file)
            design = read_design(header)
            stops, shown_name = stop_tokens(file), name or file.text("general.name", source.stem)
            terms = licence or file.text("general.license", "")
            check_room(file, folder)
            write_packed(folder, tokenizer_json(file))
            (folder / TEMPLATE_FILE).write_text(chat_template(file), encoding="utf-8", newline="")
            (folder / CONFIG_FILE).write_text(json.dumps(special_names(file)), encoding="utf-8")
            with Graph(folder, int8_activations=int8_activations) as graph:
                weights = Weights(file, round_halves=int8_activations)
                build_decoder(design, weights, graph, before_layer=before_layer)
                measure_scales(graph, folder, design.context_length, cancelled)
                graph.save()
            check()
            progress(_BUILT)
        manifest = Manifest(
            name=shown_name,
            architecture=header.architecture,
            context_length=design.context_length,
            stop_tokens=stops,
            source={source.name: _stamp_source(source, check)},
            files={path.name: stamp(path) for path in sorted(folder.iterdir())},
            converter=CONVERTER_VERSION,
            licence=terms,
            origin=origin,
        )
        check()
        write_manifest(folder, manifest)

    check()
    progress(0.0)
    install(target, build)
    progress(1.0)


def _refuse_part(file: GgufFile) -> None:
    parts = file.integer("split.count", 1)
    if parts > 1:
        raise UnsupportedModelError(
            f"{file.path.name} is one of {parts} parts of a model, which Hippo cannot join.",
            next_step="Choose a model that comes in one file.",
        )


def _stamp_source(source: Path, check: Callable[[], None]) -> FileStamp:
    digest = hashlib.sha256()
    with source.open("rb") as stream:
        while piece := stream.read(_PIECE):
            check()
            digest.update(piece)
    status = source.stat()
    return FileStamp(size=status.st_size, sha256=digest.hexdigest(), modified=status.st_mtime_ns)
