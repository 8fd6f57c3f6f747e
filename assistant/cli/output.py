"""What the terminal commands print: JSON lines or text on stdout, everything else on stderr.

All text goes through `printable`: what is remembered or answered must not steer the terminal.
"""

import contextlib
import json
import os
import re
import sys
from collections.abc import Callable
from typing import TextIO

from assistant.errors import HippoError
from assistant.memory.memory import Memory
from assistant.memory.views import Found
from assistant.store.records import Conversation, Episode, Fact, RecordId, Remembered, Standing, State, Summary, kind_of


class OutputError(HippoError):
    """What was printed did not arrive: the disk is full, or the reader of a pipe has left."""


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tab and newline, and those that reorder text: overrides, embeddings and isolates."""


def printable(text: str) -> str:
    """Text that cannot steer a terminal: what could is shown as its code, such as \\x1b or \\u202e."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def print_json(value: object) -> None:
    """One JSON object on a line of its own, at once."""
    _write(json.dumps(value, ensure_ascii=False) + "\n")


def show(text: str, *, end: str = "\n") -> None:
    """A line (or with another `end`, a piece of one) of what was asked for, on stdout, at once."""
    _write(printable(text) + end)


def _write(text: str) -> None:
    """Write to stdout.

    Raises:
        OutputError: It does not arrive.
    """
    if sys.stdout is None:  # Closed by whoever started Hippo, or a window on Windows.
        if text:
            raise OutputError("There is nowhere to print to.")
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError(f"The output cannot be written: {error.strerror}.") from error


def flush_output() -> None:
    """Make sure that all that was printed has arrived.

    Raises:
        OutputError: It has not.
    """
    _write("")


def _discard(stream: TextIO) -> None:
    """Let the rest of a stream go nowhere: Python flushes it once more at its end, and would complain again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def say(text: str, *, end: str = "\n") -> None:
    """A line for the person, on stderr; lost where nothing takes it."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(printable(text) + end)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def say_error(error: HippoError) -> None:
    """A foreseen failure in one line."""
    say("assistant: " + " ".join(str(error).split()))


def progress_line(what: str) -> Callable[[float], None]:
    """A function that shows the share done of `what` on a terminal; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        return lambda share: None
    last = -1

    def show(share: float) -> None:
        nonlocal last
        percent = int(share * 100)
        if percent != last:
            last = percent
            sys.stderr.write(f"\r{what} {percent:3d} %" + ("\n" if percent >= 100 else ""))
            sys.stderr.flush()

    return show


def record_json(memory: Memory, record: Remembered, score: float | None = None) -> dict[str, object]:
    """A record as the contract's JSON object."""
    role, state = _of_episode(record)
    value: dict[str, object] = {
        "id": record.id,
        "source_id": source_id_of(memory, record),
        "kind": kind_of(record),
        "conversation": conversation_name(memory, record.conversation),
        "role": role,
        "text": record.text,
        "time": record.time.isoformat(),
    }
    if isinstance(record, Summary):
        value |= {"level": record.level, "space": record.space}
    if isinstance(record, Fact):
        value |= _of_fact(record)
    return value | ({"state": str(state)} if score is None else {"score": score})


def _of_fact(fact: Fact) -> dict[str, object]:
    """What only facts have."""
    return {
        "standing": str(fact.standing),
        "subject": fact.subject,
        "attribute": fact.attribute,
        "value": fact.value,
        "valid_from": fact.valid_from.isoformat() if fact.valid_from else None,
        "valid_to": fact.valid_to.isoformat() if fact.valid_to else None,
        "successor": fact.successor,
        "sources": list(fact.sources),
        "corrected": fact.corrected,
    }


def source_id_of(memory: Memory, record: Remembered) -> str:
    """What the imported file calls the message that tells a memory: of a fact, the one that it is quoted from."""
    told = memory.told_in(record)
    return told.source_id if told is not None else ""


def _of_episode(record: Remembered) -> tuple[str, State]:
    """What only episodes have: who said them, and their state."""
    if isinstance(record, Episode):
        return record.role, record.state
    return "", record.state if isinstance(record, Fact) else State.ACTIVE


def _what_is_summed_up(summary: Summary) -> str:
    """Which summary it is: of a chat, of a stretch of one (from which message on), or of the user (in which space)."""
    if not summary.conversation:
        return f"summary of you ({summary.space})" if summary.space else "summary of you"
    return "summary" if summary.level == 1 else f"summary of level 2, from message {summary.first + 1}"


def found_json(memory: Memory, found: Found) -> dict[str, object]:
    """A search result as the contract's JSON object."""
    return record_json(memory, found.record, found.score)


def conversation_name(memory: Memory, conversation: RecordId) -> str:
    """What `--conversation` takes: the name in the imported file, else the id."""
    record = memory.store.get(conversation)
    return record.source_id or record.id if isinstance(record, Conversation) else conversation


def record_line(record: Remembered, score: float | None = None) -> str:
    """A record in one line of text."""
    who = " ".join(record.role.split()) if isinstance(record, Episode) else kind_of(record)
    if isinstance(record, Summary):
        who = _what_is_summed_up(record)
    if isinstance(record, Fact) and record.standing is not Standing.CURRENT:
        who = f"{who} ({record.standing})"
    mark = {"pinned": "*", "faded": "~"}.get(str(record.state) if isinstance(record, Episode | Fact) else "", " ")
    shown = f" {score:.2f}" if score is not None else ""
    return f"{record.id[:8]}{mark}{shown} {record.time:%Y-%m-%d %H:%M} {who}: {' '.join(record.text.split())}"
