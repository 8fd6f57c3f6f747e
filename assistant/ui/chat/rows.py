"""The rows of the chat: messages and files as they are stored, and the turn under way below them.

Builds what the list asks for, and keeps in RAM what only the rows need: what the model saw for each answer, which
answers were stopped, and what is looked for in the chat.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assistant.errors import HippoError
from assistant.ui import theme
from assistant.ui.chat.file_row import FileRow
from assistant.ui.chat.finding import Places
from assistant.ui.chat.link_question import ask_to_open
from assistant.ui.chat.live_row import draw_live
from assistant.ui.chat.message_row import MemoryLine, MessageRow
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.chat.shown import Shown
from assistant.ui.inspector.words import who_words
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from assistant.conversation.prompt import Prompt
    from assistant.conversation.session import Session

DRAW_EVERY_MS = 50
PROMPTS_KEPT = 50
"""What the model saw is held for this many answers, in RAM, until the lock."""


class ChatRows(QObject):
    """The rows.

    Attributes:
        list: Shows them.
        prompts: What the model saw, by the id of the answer.
        places: What is looked for in the chat.

    Signals:
        regenerate, take_back, edit_message, version_wanted, show_memory: As the row that was used tells them.
        forget_file: The file should be forgotten that is this message of this conversation.
    """

    regenerate = Signal()
    take_back = Signal()
    edit_message = Signal(str)
    version_wanted = Signal(str, int)
    show_memory = Signal(str)
    forget_file = Signal(str, str)

    def __init__(self, shown: Shown, session: Session, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._shown = shown
        self._session = session
        self._tasks = tasks
        self._view = view
        self.list = VirtualList(self._build, self._estimate, parent=view)
        self.list.setAccessibleName(self.tr("Messages"))
        self.prompts: dict[str, Prompt] = {}
        self.places = Places()
        self._stopped: set[str] = set()
        self._draw_ms = 0.0
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.timeout.connect(self.draw_live)

    def note_prompt(self, answer: str, prompt: Prompt, *, stopped: bool) -> None:
        """Hold what the model saw for an answer, and whether the user stopped it before its end."""
        if stopped:
            self._stopped.add(answer)
        self.prompts[answer] = prompt
        while len(self.prompts) > PROMPTS_KEPT:
            del self.prompts[next(iter(self.prompts))]

    def forget_notes(self) -> None:
        """Let go of what is held in RAM."""
        self.prompts.clear()
        self._stopped.clear()

    # Showing

    def show_anew(self, position: tuple[int, int] | None) -> None:
        """Show what is shown now, from where the user was reading (None: from its end)."""
        shown = self._shown
        self._draw.stop()
        self.list.reset(shown.row_count)
        self.list.keep(shown.row_count - 1 if shown.live else -1)
        if shown.chat is not None and not shown.live:
            self.list.set_position(position)

    def show_kept(self, before: int) -> None:
        """Show a turn that is over as it is stored; `before` is the number of the last row before it."""
        self.list.keep(-1)
        self.list.set_count(self._shown.row_count)
        for at in {before, *range(self._shown.row_count - 2, self._shown.row_count)}:
            if at >= 0:
                self.list.rebuild(at)

    def follow_turn(self, *, begins: bool) -> None:
        """Show that the turn went on to another phase."""
        self._draw.stop()
        if not self._shown.live:
            return
        last = self._shown.row_count - 1
        if self.list.count() != last + 1:
            self.list.keep(last)
            self.list.set_count(last + 1)
            self.list.show_end()
        elif begins:
            self.list.rebuild(last)
        self.draw_live()

    def draw_soon(self) -> None:
        """Draw the answer that is being written: less often where that takes long."""
        if not self._draw.isActive():
            self._draw.start(max(DRAW_EVERY_MS, round(4 * self._draw_ms)))

    def draw_live(self) -> None:
        """Draw the answer that is being written."""
        if self._shown.live:
            began = time.perf_counter()
            row = self.list.built().get(self._shown.row_count - 1)
            if isinstance(row, MessageRow):
                draw_live(row, self._shown.turn)
            self._draw_ms = (time.perf_counter() - began) * 1000

    def show_message(self, message: str) -> None:
        """Bring a message into sight."""
        for at, each in enumerate(self._shown.messages):
            if message and each.id == message:
                self.list.show_row(at)

    def allow(self, rows: Mapping[int, QWidget] | None = None) -> None:
        """Let messages be worded anew, and other versions be shown, where that is possible now."""
        stored, edit, switch = self._shown.stored_rows, self._shown.can_edit, self._shown.can_switch
        for at, row in (self.list.built() if rows is None else rows).items():
            if isinstance(row, MessageRow) and at < stored:
                row.allow(edit=edit, versions=switch)

    # Building

    def _build(self, at: int) -> QWidget:
        shown = self._shown
        messages, stored = shown.messages, shown.stored_rows
        if at < stored and messages[at].file:
            file = FileRow(messages[at], day=self.new_day(at))
            file.show_memory.connect(self.show_memory)
            file.forget_wanted.connect(lambda message: self.forget_file.emit(shown.conversation, message))
            return file
        if at < stored:
            row = MessageRow(messages[at].role, day=self.new_day(at))
            self._connect(row)
            row.show_message(
                messages[at],
                last=at == len(messages) - 1 and shown.ready,
                prompt_known=messages[at].id in self.prompts,
                stopped=messages[at].id in self._stopped,
            )
            self.allow({at: row})
            self._mark(at, row)
            return row
        if at == stored and not shown.turn.again:
            row = MessageRow("user")
            row.show_text(shown.turn.question)
            return row
        row = MessageRow("assistant")
        self._connect(row)
        draw_live(row, shown.turn)
        return row

    def _connect(self, row: MessageRow) -> None:
        row.regenerate.connect(self.regenerate)
        row.show_prompt.connect(self.show_prompt)
        row.unfold.connect(lambda answer: self._unfold(row, answer))
        row.show_memory.connect(self.show_memory)
        row.link_clicked.connect(lambda address: ask_to_open(address, self._view))
        row.retry.connect(self._shown.turn.retry)
        row.edit.connect(self.take_back)
        row.edit_message.connect(self.edit_message)
        row.version_wanted.connect(self.version_wanted)

    def new_day(self, at: int) -> str:
        """The day of a message where it is another one than that of the message before, else ""."""
        messages = self._shown.messages
        day = messages[at].time.astimezone().date()
        if at and messages[at - 1].time.astimezone().date() == day:
            return ""
        if day == date.today():
            return self.tr("Today")
        return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

    def _estimate(self, at: int, width: int) -> int:
        messages = self._shown.messages
        if at < len(messages) and messages[at].file:
            return theme.scaled(76)
        text = messages[at].text if at < len(messages) else ""
        points = theme.points()
        letters = max(20, int(width / (points * 0.72)))
        lines = 1 + text.count("\n") + len(text) // letters
        return round(lines * points * 2.1) + theme.scaled(72)

    # Finding

    def find(self, words: str) -> bool:
        """Look for words and mark them; whether there are any. One step back from there is the last place."""
        self.places.look(words, [message.file or message.text for message in self._shown.messages])
        self._mark_built()
        return bool(self.places)

    def step_place(self, by: int) -> int:
        """Go on to another place that was found; its number, from 1."""
        number, at = self.places.step(by)
        self.list.show_row(at)
        self._mark_built()
        return number

    def _mark_built(self) -> None:
        for at, row in self.list.built().items():
            if isinstance(row, MessageRow):
                self._mark(at, row)

    def _mark(self, at: int, row: MessageRow) -> None:
        """Mark what is found in a row, and apart from it the place that the user is at."""
        row.body.highlight(self.places.words, self.places.place_in(at))

    # Memories and prompts

    def _unfold(self, row: MessageRow, answer: str) -> None:
        message = self._shown.find(answer)
        if message is None or message.usage is None:
            return
        ids = [used.record for used in message.usage.used]
        session, gone = self._session, self.tr("A memory that is forgotten now")

        def look_up() -> list[MemoryLine]:
            return [_memory_line(session, record, gone) for record in ids]

        self._tasks.run(look_up, done=row.show_memories, owner=row)

    def show_prompt(self, answer: str) -> None:
        """Show what the model saw for an answer, where that is still known."""
        prompt = self.prompts.get(answer)
        if prompt is not None:
            PromptDialog(prompt, self._view).open()


def _memory_line(session: Session, record: str, gone: str) -> MemoryLine:
    try:
        found = session.memory.get(record)
    except HippoError:
        return MemoryLine("", gone)
    return MemoryLine(found.id, found.text, found.time, getattr(found, "file", "") and who_words(found))
