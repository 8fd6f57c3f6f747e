"""JSON Lines: one message a line, as {"conversation", "title", "role", "text", "time", "source_id"}.

The file is checked as a whole before anything of it is used, so a corrupt line keeps nothing half-imported.
"""

import stat
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path

import msgspec

from assistant.errors import InputError

from .plain_file import new_plain_file

LONGEST_LINE = 16 * 2**20
"""A longer line is refused: it is no message."""


class ImportedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One line.

    Attributes:
        conversation: What the file calls the conversation, "" for one without a name.
        title: What people call the conversation, if that is something else.
        role: "user", "assistant" or a speaker's name.
        time: As written; without an offset it means the local time of this machine. None means now.
        source_id: What the file calls the message, or "".
    """

    text: str
    conversation: str = ""
    role: str = "user"
    time: datetime | None = None
    source_id: str = ""
    title: str | None = None


def read_jsonl(path: Path) -> Iterator[ImportedMessage]:
    """The messages of a file, in order. Empty lines are passed over.

    Raises:
        InputError: The file cannot be read, or a line (named by its number) is no message.
    """
    decoder = msgspec.json.Decoder(ImportedMessage)
    try:
        # The file is read more than once, which a pipe does not survive.
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{path} is not a regular file.", next_step="Save the messages in a file and import that.")
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise InputError(f"Line {number} of {path.name} is longer than 16 MB.", next_step=_NEXT)
                if line.strip():
                    yield _message(decoder, line.lstrip(b"\xef\xbb\xbf"), number, path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


_NEXT = "Nothing was imported. Mend or remove the line and import again."


def _message(decoder: "msgspec.json.Decoder[ImportedMessage]", line: bytes, number: int, path: Path) -> ImportedMessage:
    try:
        message = decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = str(error).split(" - at ")[0]
        raise InputError(f"Line {number} of {path.name} is not a message: {reason}.", next_step=_NEXT) from error
    if not message.text.strip():
        raise InputError(f"Line {number} of {path.name} has no text.", next_step=_NEXT)
    if message.time is not None and not _has_local_time(message.time):
        raise InputError(f"Line {number} of {path.name} has a time that is out of range.", next_step=_NEXT)
    return message


def _has_local_time(time: datetime) -> bool:
    """Whether a time can be told with any offset from UTC; the first and the last year cannot."""
    try:
        time.astimezone()
    except (ValueError, OverflowError, OSError):
        return False
    return MINYEAR < time.year < MAXYEAR


def check_jsonl(path: Path) -> int:
    """Read the whole file once and return how many messages it holds.

    Raises:
        InputError: As `read_jsonl`, or the file holds no message at all.
    """
    count = sum(1 for _ in read_jsonl(path))
    if not count:
        raise InputError(f"{path.name} holds no messages.")
    return count


def jsonl_line(message: ImportedMessage) -> bytes:
    """One line for a message, with the line end."""
    return msgspec.json.encode(message) + b"\n"


def write_jsonl(path: Path, messages: Iterable[ImportedMessage]) -> int:
    """Write messages to a file that must not exist yet, readable by this user only. Returns how many.

    Raises:
        InputError: The file exists, or cannot be written.
    """
    count = 0
    with new_plain_file(path) as stream:
        for message in messages:
            stream.write(jsonl_line(message))
            count += 1
    return count
