"""The built-in models as they are shipped: converted once, here, so that no user's machine has to."""

import os
from pathlib import Path

import msgspec

from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.models.manifest import FileStamp, read_manifest, write_manifest
from assistant.paths import Home


def prepare(work: Path, moment: int) -> Path:
    """The folder of the converted models; made where it is missing, damaged or of an older converter.

    All files get one time in whole, even seconds, and the manifests say so: archives keep no finer times, and a
    start reads a file again whose time is not as its manifest has it.

    Args:
        work: A folder for what is built on the way.
        moment: Seconds since 1970.

    Raises:
        ModelError: A package with a model is missing.
    """
    home = Home(work / "models-home")
    for folder in (ensure_language_model(home), ensure_embedder(home)):
        _date(folder, moment - moment % 2)
    return home.models


def _date(folder: Path, moment: int) -> None:
    manifest = read_manifest(folder)
    write_manifest(
        folder,
        msgspec.structs.replace(manifest, source=_dated(manifest.source, moment), files=_dated(manifest.files, moment)),
    )
    for path in folder.iterdir():
        os.utime(path, (moment, moment))


def _dated(files: dict[str, FileStamp], moment: int) -> dict[str, FileStamp]:
    return {name: msgspec.structs.replace(file, modified=moment * 10**9) for name, file in files.items()}
