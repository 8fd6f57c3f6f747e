"""Writing a plain-text export: never over an existing file, never half a file, for this user's eyes."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assistant.errors import InputError
from assistant.files import sync_folder


@contextlib.contextmanager
def new_plain_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file for writing; if anything fails, no file is left.

    Raises:
        InputError: There is such a file already, or it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise InputError(f"{path} exists already.", next_step="Choose another name.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(f"{path} cannot be written: {error.strerror}.") from error
        raise
    sync_folder(path.parent)
