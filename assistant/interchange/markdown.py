"""Markdown export: conversations as headed sections, for people to read. One way only."""

from collections.abc import Iterable
from pathlib import Path

from .jsonl import ImportedMessage
from .plain_file import new_plain_file


def write_markdown(path: Path, messages: Iterable[ImportedMessage]) -> int:
    """Write messages, grouped as they come, to a file that must not exist yet. Returns how many.

    Raises:
        InputError: The file exists, or cannot be written.
    """
    count = 0
    heading: str | None = None
    with new_plain_file(path) as stream:
        for message in messages:
            if message.conversation != heading:
                heading = message.conversation
                stream.write(f"# {message.title or heading or 'Chat'}\n\n".encode())
            when = f" · {message.time:%Y-%m-%d %H:%M}" if message.time else ""
            stream.write(f"**{message.role}**{when}\n\n{message.text}\n\n".encode())
            count += 1
    return count
