"""`hippo.json`: what a model folder holds, and how to tell that nothing in it was damaged.

Not a catalogue of models: it speaks about the one folder that it lies in.
"""

import hashlib
from pathlib import Path
from typing import Final, Literal

import msgspec

from assistant.errors import ModelError

MANIFEST_FILE: Final = "hippo.json"


class FileStamp(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was: its `size` in bytes, its `sha256` in hexadecimal, and when it was modified, in ns."""

    size: int
    sha256: str
    modified: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a model folder says about itself.

    Attributes:
        name: The model's name, for people.
        architecture: "llama", "bert", ...
        context_length: How many tokens it can see.
        stop_tokens: The ids that end an answer; none for an embedder.
        source: The files that it was made from, by name.
        files: Every other file of the folder, by name.
        converter: The version of the code that made it.
        answers: The form of answers from memory that suits the model: "quote", "short", "read", "free"; "" by its size.
        licence: Its licence as its authors name it, "" if they do not.
        origin: Where it was downloaded from, "repository@commit", or "".
        graph: "own": made by Hippo's converter; "export": a Hugging Face ONNX export, as it came.
    """

    name: str
    architecture: str
    context_length: int
    stop_tokens: list[int]
    source: dict[str, FileStamp]
    files: dict[str, FileStamp]
    converter: int
    answers: Literal["", "quote", "short", "read", "free"] = ""
    licence: str = ""
    origin: str = ""
    graph: Literal["own", "export"] = "own"


def stamp(path: Path) -> FileStamp:
    """Read the file at `path` once and describe it."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    status = path.stat()
    return FileStamp(size=status.st_size, sha256=digest, modified=status.st_mtime_ns)


def is_unchanged(path: Path, expected: FileStamp) -> bool:
    """Whether the file still has its content. It is read only where its time says that it may have changed."""
    try:
        status = path.stat()
        if status.st_size != expected.size:
            return False
        return status.st_mtime_ns == expected.modified or stamp(path).sha256 == expected.sha256
    except OSError:
        return False


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `hippo.json` into `folder`."""
    (folder / MANIFEST_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read `hippo.json` of `folder`.

    Raises:
        ModelError: It is missing or cannot be understood.
    """
    try:
        return msgspec.json.decode((folder / MANIFEST_FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelError(
            f"{folder} is no model folder, or its {MANIFEST_FILE} is damaged.",
            next_step="Remove the folder and add the model again.",
        ) from error


def is_intact(folder: Path, converter: int) -> bool:
    """Whether `folder` is complete, undamaged and made by this version of the converter."""
    try:
        manifest = read_manifest(folder)
    except ModelError:
        return False
    names = manifest.files.keys()
    if manifest.converter != converter or not names or any(Path(name).name != name for name in names):
        return False
    return all(is_unchanged(folder / name, expected) for name, expected in manifest.files.items())
