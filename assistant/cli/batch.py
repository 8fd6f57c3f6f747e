"""Batch files: one JSON object a line, checked as a whole before any of it is used."""

from pathlib import Path
from typing import TypeVar

import msgspec

from assistant.errors import InputError

Line = TypeVar("Line", bound=msgspec.Struct)


def read_lines(path: Path, kind: type[Line], what: str) -> list[Line]:
    """The lines of a batch file as objects of a kind, which `what` names for people.

    Raises:
        InputError: The file cannot be read, or a line (named by its number) is no such object.
    """
    decoder = msgspec.json.Decoder(kind)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    read: list[Line] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                read.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputError(f"Line {number} of {path.name} is not a {what}: {error}.") from error
    return read
