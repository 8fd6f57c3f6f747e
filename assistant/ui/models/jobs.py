"""One piece of long work with a model, as the page shows it: how far it is, how fast, and how it is stopped."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["download", "add", "measure", "check", "remove", "use"]
Stage = Literal["wait", "connect", "download", "prepare", "work"]

_WINDOW: Final = 8.0  # seconds over which the speed of a download is taken


@dataclass(frozen=True)
class Note:
    """What became of something.

    Attributes:
        words: A sentence or two for the user.
        tone: The look of the words (a role of the style sheet).
    """

    words: str
    tone: Literal["success", "warning", "danger"] = "danger"


@dataclass
class Job:
    """Work that is under way or waits for its turn. All but the two events belongs to the UI thread.

    Attributes:
        key: What it is about: `download_key`, `add_key` or `model_key`.
        kind: What is done.
        name: The model or file, for people.
        stage: "wait" until it begins.
        share: How much of the stage is done, 0 to 1; None where that is unknown.
        done: Bytes received, of a download.
        total: Bytes in all, of a download.
        cancel: Set to stop it for good.
        pause: Set to stop a download for now.
    """

    key: str
    kind: Kind
    name: str
    stage: Stage = "wait"
    share: float | None = None
    done: int = 0
    total: int = 0
    cancel: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop and has not done so yet."""
        return self.cancel.is_set() or self.pause.is_set()

    def receive(self, done: int, total: int) -> None:
        """Note how many bytes have come, now."""
        self.done, self.total = done, total
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    @property
    def speed(self) -> float:
        """Bytes that come in a second; 0 where it is too early to tell."""
        if len(self._marks) < 2:
            return 0.0
        (then, before), (now, after) = self._marks[0], self._marks[-1]
        return (after - before) / (now - then) if now - then >= 1 else 0.0


def download_key(entry: str) -> str:
    """The key of a download, by the id of the catalogue's entry."""
    return f"download:{entry}"


def add_key(path: str) -> str:
    """The key of a file or folder that is added."""
    return f"add:{path}"


def model_key(model: str) -> str:
    """The key of what is done with an installed model, by its id."""
    return f"model:{model}"
