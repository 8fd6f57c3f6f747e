"""What the terminal commands print: JSON lines or text on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Callable

from assistant.errors import HippoError
from assistant.memory.memory import Found, Memory
from assistant.store.records import Conversation, Episode, RecordId, State, Summary


def print_json(value: object) -> None:
    """One JSON object on a line of its own, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for the person, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def say_error(error: HippoError) -> None:
    """A foreseen failure in one line."""
    say(f"assistant: {error}")


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


def record_json(memory: Memory, record: Episode | Summary, score: float | None = None) -> dict[str, object]:
    """A record as the contract's JSON object."""
    source_id, role, state = _of_episode(record)
    value: dict[str, object] = {
        "id": record.id,
        "source_id": source_id,
        "kind": "episode" if isinstance(record, Episode) else "summary",
        "conversation": conversation_name(memory, record.conversation),
        "role": role,
        "text": record.text,
        "time": record.time.isoformat(),
    }
    return value | ({"state": str(state)} if score is None else {"score": score})


def _of_episode(record: Episode | Summary) -> tuple[str, str, State]:
    """What only episodes have: where they came from, who said them, their state."""
    if isinstance(record, Episode):
        return record.source_id, record.role, record.state
    return "", "", State.ACTIVE


def found_json(memory: Memory, found: Found) -> dict[str, object]:
    """A search result as the contract's JSON object."""
    return record_json(memory, found.record, found.score)


def conversation_name(memory: Memory, conversation: RecordId) -> str:
    """What `--conversation` takes: the name in the imported file, else the id."""
    record = memory.store.get(conversation)
    return record.source_id or record.id if isinstance(record, Conversation) else conversation


def record_line(record: Episode | Summary, score: float | None = None) -> str:
    """A record in one line of text."""
    who = record.role if isinstance(record, Episode) else "summary"
    mark = {"pinned": "*", "faded": "~"}.get(str(record.state) if isinstance(record, Episode) else "", " ")
    shown = f" {score:.2f}" if score is not None else ""
    return f"{record.id[:8]}{mark}{shown} {record.time:%Y-%m-%d %H:%M} {who}: {' '.join(record.text.split())}"
