"""One turn as the window sees it: prepare (store lane), answer (model lane), keep (store lane).

Remembers what was asked and how far it came, so that a failure can be retried and nothing typed is lost. Shows
nothing; the chat view listens.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.errors import HippoError
from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from assistant.conversation.answering import Answering
    from assistant.conversation.chat import Chat
    from assistant.conversation.engine import Engine, Prepared


class Phase(Enum):
    """How far a turn is. The first four are under way; `STOPPED` and `FAILED` wait for the user."""

    RECALLING = "recalling"
    READING = "reading"
    WRITING = "writing"
    KEEPING = "keeping"
    STOPPED = "stopped"
    FAILED = "failed"
    NONE = "none"


UNDER_WAY = frozenset({Phase.RECALLING, Phase.READING, Phase.WRITING, Phase.KEEPING})


@dataclass(frozen=True)
class _Read:
    done: int
    total: int


class Turn(QObject):
    """The turn under way, or the one that waits to be tried again.

    Attributes:
        phase: How far it is.
        chat: The chat it belongs to, as it was before.
        question: What the user asked ("" when the last answer is written anew).
        again: The last answer is being written anew.
        instead_of: Id of the message that the question takes the place of, or "".
        text: The answer as far as it is written.
        read: Tokens read and tokens to read.
        pieces: Pieces written (close to the number of tokens).
        error: Why it failed.

    Signals:
        changed: The phase or the text changed.
        prepared: The prompt is ready (a `Prepared`).
        kept: The turn is over; the chat with it (a `Chat`), and the `Prepared` and `Answering` that made it.
        entitled: The chat has a better title since (a `Chat`).
    """

    changed = Signal()
    prepared = Signal(object)
    kept = Signal(object, object, object)
    entitled = Signal(object)

    def __init__(self, engine: Callable[[], Engine], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = tasks
        self._stop = threading.Event()
        self._ahead = threading.Event()
        self._prepared: Prepared | None = None
        self._answering: Answering | None = None
        self._began_writing = 0.0
        self._when_over: list[Callable[[], None]] = []
        self.phase = Phase.NONE
        self.chat: Chat | None = None
        self.question = ""
        self.again = False
        self.instead_of = ""
        self.text = ""
        self.read = (0, 0)
        self.pieces = 0
        self.error: HippoError | None = None

    @property
    def under_way(self) -> bool:
        """Whether work goes on."""
        return self.phase in UNDER_WAY

    @property
    def waits_to_be_kept(self) -> bool:
        """Whether there is an answer that could not be kept."""
        return self.phase is Phase.FAILED and self._answering is not None

    @property
    def speed(self) -> float:
        """Tokens per second so far."""
        spent = time.monotonic() - self._began_writing
        return self.pieces / spent if self.pieces > 2 and spent > 0 else 0.0

    def ask(self, chat: Chat, question: str, *, instead_of: str = "") -> None:
        """Answer a new question, or one that takes the place of a message of the chat, and of all that followed it."""
        self._begin(chat, question, again=False, instead_of=instead_of)

    def ask_again(self, chat: Chat) -> None:
        """Write the chat's last answer anew."""
        self._begin(chat, chat.messages[-2].text if len(chat.messages) > 1 else "", again=True)

    def retry(self) -> None:
        """Try again what failed or was stopped: keeping, or else the whole turn."""
        if self.waits_to_be_kept:
            self._keep()
        elif self.phase in (Phase.FAILED, Phase.STOPPED) and self.chat is not None:
            self._begin(self.chat, self.question, again=self.again, instead_of=self.instead_of)

    def stop(self) -> None:
        """Stop as soon as possible. What is written is kept."""
        self._stop.set()

    def drop(self) -> None:
        """Let go of a turn that failed or was stopped, and of its words."""
        if self.under_way:
            return
        self.chat = self._prepared = self._answering = self.error = None
        self.question = self.text = self.instead_of = ""
        self.again = False
        self._to(Phase.NONE)

    def stop_then(self, over: Callable[[], None]) -> None:
        """Stop, and call `over` once what is written is kept (or could not be)."""
        self._ahead.set()
        if not self.under_way:
            over()
            return
        self._when_over.append(over)
        self.stop()

    def _begin(self, chat: Chat, question: str, *, again: bool, instead_of: str = "") -> None:
        self.chat, self.question, self.again, self.instead_of = chat, question, again, instead_of
        self.text, self.read, self.pieces, self.error = "", (0, 0), 0, None
        self._prepared = self._answering = None
        self._stop.clear()
        self._ahead.set()
        self._to(Phase.RECALLING)
        self._tasks.run(
            lambda: (
                self._engine().prepare_again(chat)
                if again
                else self._engine().prepare(chat, question, instead_of=instead_of)
            ),
            done=self._answer,
            failed=self._fail,
            owner=self,
        )

    def _answer(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.prepared.emit(prepared)
        if self._stop.is_set():
            self._over(Phase.STOPPED)
            return
        self.read = (0, len(prepared.prompt.tokens))
        self._to(Phase.READING)
        engine, stopped = self._engine, self._stop.is_set

        def write(emit: Callable[[_Read | str], None]) -> Answering:
            answering = engine().answer(
                prepared, cancelled=stopped, on_prefill=lambda done, total: emit(_Read(done, total))
            )
            for piece in answering:
                emit(piece)
            return answering

        self._tasks.stream(write, each=self._take, done=self._written, failed=self._fail, owner=self)

    def _take(self, pieces: list[_Read | str]) -> None:
        for piece in pieces:
            if isinstance(piece, _Read):
                self.read = (piece.done, piece.total)
                continue
            if self.phase is not Phase.WRITING:
                self.phase = Phase.WRITING
                self._began_writing = time.monotonic()
            self.text += piece
            self.pieces += 1
        self.changed.emit()

    def _written(self, answering: Answering) -> None:
        self.text = answering.text
        if not answering.text.strip():
            if answering.ended == "cancelled":
                self._over(Phase.STOPPED)
            else:
                self._fail(
                    HippoError(
                        self.tr("The model had nothing to say to this."),
                        next_step=self.tr("Try it in other words."),
                    )
                )
            return
        self._answering = answering
        self._keep()

    def _keep(self) -> None:
        prepared, answering = self._prepared, self._answering
        if prepared is None or answering is None:
            return
        self.error = None
        self._to(Phase.KEEPING)

        def kept(chat: Chat) -> None:
            self.chat = self._prepared = self._answering = None
            self.question = self.text = self.instead_of = ""
            self.phase = Phase.NONE
            self.kept.emit(chat, prepared, answering)
            self._over(Phase.NONE)
            self._read_ahead(chat)

        self._tasks.run(lambda: self._engine().keep(prepared, answering), done=kept, failed=self._fail, owner=self)

    def _read_ahead(self, chat: Chat) -> None:
        """Let the model read what the next prompt will begin with, until the next question comes."""
        if self.under_way or self._tasks.inline:
            return
        self._ahead = over = threading.Event()
        engine, tasks = self._engine, self._tasks
        tasks.run(
            lambda: engine().read_ahead(chat, cancelled=lambda: over.is_set() or tasks.closing),
            lane="model",
            failed=lambda _error: None,  # it was only meant to save time
            owner=self,
        )
        tasks.run(
            lambda: engine().title_for(chat, cancelled=lambda: over.is_set() or tasks.closing),
            lane="model",
            done=lambda title: self._entitle(chat, title),
            failed=lambda _error: None,  # its first words are its title
            owner=self,
        )

    def _entitle(self, chat: Chat, title: str) -> None:
        if title:
            engine = self._engine
            self._tasks.run(
                lambda: engine().entitle(chat, title),
                done=self.entitled.emit,
                failed=lambda _error: None,  # it was forgotten meanwhile
                owner=self,
            )

    def _fail(self, error: HippoError) -> None:
        self.error = error
        self._over(Phase.FAILED)

    def _over(self, phase: Phase) -> None:
        self._to(phase)
        waiting, self._when_over = self._when_over, []
        for call in waiting:
            call()

    def _to(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()
