"""Adds language models to the models folder: from a GGUF file, from a folder, or from the catalogue.

A model is there whole or not at all. Models are ready for use as soon as these
return; switching to one is a setting (`Generation.model`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from assistant.errors import HippoError, InputError, ModelError
from assistant.models.catalogue import CatalogueEntry
from assistant.models.download import WAITS, discard, download
from assistant.models.exports import About, find_graphs, install_export
from assistant.models.install import models_lock, remove_all_leftovers
from assistant.models.installed import Installed, installed_models, read_installed
from assistant.models.library import EMBEDDER
from assistant.models.manifest import is_unchanged, read_manifest
from assistant.models.stops import Stops
from assistant.paths import SHIPPED_MODELS, Home

_ROOM: Final = 1.5  # a converted model is at most so many times as large as its GGUF file (Q6_K becomes 8 bits)


@dataclass(frozen=True)
class Step:
    """How far an addition from the catalogue is.

    Attributes:
        stage: "download", then "prepare" (conversion).
        share: How much of the stage is done, 0 to 1.
        done: Bytes received, of a download.
        total: Bytes in all, of a download.
    """

    stage: Literal["download", "prepare"]
    share: float
    done: int = 0
    total: int = 0


def _ignore(_: float) -> None: ...


def _never() -> bool:
    return False


def add_path(
    home: Home,
    path: Path,
    *,
    name: str = "",
    progress: Callable[[float], None] = _ignore,
    cancelled: Callable[[], bool] = _never,
) -> Installed:
    """Add a model that the user has: a GGUF file, a folder with an ONNX export (or one of its `.onnx` files).

    A folder may also hold one GGUF file.

    The file or folder is only read. A file that was added before is not converted again.

    Args:
        home: Its models folder receives the model.
        path: The file or folder.
        name: What people call it; without it, what the model calls itself.
        progress: Called with the share that is done, from 0 to 1.
        cancelled: Asked several times a second.

    Raises:
        InputError: There is no such file or folder.
        ModelError: It is damaged, of a kind that cannot be run, or the disk has no room.
        CancelledError: `cancelled` said so; nothing was added.
    """
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    path = path.absolute()
    if path.is_dir() and not find_graphs(path) and len(files := sorted(path.glob("*.gguf"))) == 1:
        path = files[0]
    return _add(home, path, _folder_name(name or path.stem), About(name=name), progress, cancelled)


def add_from_catalogue(
    home: Home,
    entry: CatalogueEntry,
    *,
    progress: Callable[[Step], None] = lambda step: None,
    stops: Stops | None = None,
    endpoint: str | None = None,
    waits: Sequence[float] = WAITS,
) -> Installed:
    """Download a model of the catalogue and add it. This connects to the network, so only the user may ask for it.

    Args:
        home: Its models folder receives the model.
        entry: What to download.
        progress: Called with how far it is, several times a second.
        stops: Whether the user wants to cancel (nothing is left) or to pause (what was received is kept).
        endpoint: Another address of the hub.
        waits: See `download`.

    Raises:
        PausedError, CutOffError: What was received is kept: the next call goes on from there.
        CancelledError, ModelError, InputError: As in `download` and `add_path`; nothing is left.
    """
    stops = stops or Stops()
    for model in installed_models(home):
        if model.id == entry.id and model.origin.startswith(entry.repository):
            discard(home, entry.id)
            return model
    folder, listing = download(
        home,
        entry.id,
        entry.repository,
        entry.files,
        progress=lambda done, total: progress(Step("download", done / total if total else 1.0, done, total)),
        stops=stops,
        room=_ROOM,
        endpoint=endpoint,
        waits=waits,
    )
    source = folder / listing.files[0].name if len(listing.files) == 1 else folder
    about = About(entry.name, entry.licence, f"{listing.repository}@{listing.revision}")
    try:
        model = _add(home, source, entry.id, about, lambda share: progress(Step("prepare", share)), stops.cancelled)
    except HippoError:
        discard(home, entry.id)
        raise
    discard(home, entry.id)
    return model


def _add(
    home: Home,
    path: Path,
    wanted: str,
    about: About,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Installed:
    with models_lock(home, cancelled):
        remove_all_leftovers(home.models)
        known = _added_before(home, path)
        if known is not None:
            progress(1.0)
            return known
        target = _free_place(home.models, wanted)
        if path.is_dir() or path.suffix.lower() == ".onnx":
            install_export(path, target, about=about, progress=progress, cancelled=cancelled)
        else:
            from assistant.models.convert.convert import convert_gguf

            convert_gguf(
                path,
                target,
                name=about.name,
                licence=about.licence,
                origin=about.origin,
                progress=progress,
                cancelled=cancelled,
            )
        model = read_installed(target)
    if model is None:
        raise ModelError(f"{path.name} is no language model.")
    return model


def _added_before(home: Home, path: Path) -> Installed | None:
    """The installed model that was made from these very files, by this version of the converter."""
    from assistant.models.convert.convert import CONVERTER_VERSION

    base = path if path.is_dir() else path.parent
    for model in installed_models(home):
        manifest = read_manifest(model.folder)
        current = manifest.graph == "export" or manifest.converter == CONVERTER_VERSION
        fits = bool(manifest.source) and (path.is_dir() or path.name in manifest.source)
        if current and fits and all(is_unchanged(base / name, file) for name, file in manifest.source.items()):
            return model
    return None


def _free_place(models: Path, wanted: str) -> Path:
    """A folder name that no model has yet; the remains of an unreadable one are not in the way."""
    for number in range(1, 1000):
        place = models / (wanted if number == 1 else f"{wanted}-{number}")
        if read_installed(place) is None and read_installed(SHIPPED_MODELS / place.name) is None:
            return place
    raise InputError(f"There are too many models called {wanted}.", next_step="Give it another name.")


def _folder_name(text: str) -> str:
    """`text` as the name of a folder that every system can hold, in small letters."""
    name = re.sub(r"[^a-z0-9._-]+", "-", text.casefold()).strip("-._")[:60]
    return name if name and name != EMBEDDER.folder else f"model-{name}".rstrip("-")
