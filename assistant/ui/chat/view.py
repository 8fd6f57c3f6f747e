"""The chat in the middle of the window: heading, messages, composer, and one turn at a time.

What a turn does is in `turn.py`, how a message looks in `message_row.py`. While one chat is being answered another
may be read; the answer goes on.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import HippoError
from assistant.ui import theme
from assistant.ui.chat.blank import BlankChat
from assistant.ui.chat.composer import Composer
from assistant.ui.chat.find_bar import FindBar
from assistant.ui.chat.finding import Places
from assistant.ui.chat.heading import ChatHeading
from assistant.ui.chat.link_question import ask_to_open
from assistant.ui.chat.live_row import cannot_be_sent, draw_live
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.message_row import MemoryLine, MessageRow
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.chat.turn import Phase, Turn
from assistant.ui.icons import set_icon
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.parts import push_button, text_label, with_role
from assistant.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from assistant.conversation.answering import Answering
    from assistant.conversation.chat import Chat, Message
    from assistant.conversation.engine import Prepared
    from assistant.conversation.prompt import Prompt
    from assistant.conversation.session import Session
    from assistant.store.records import Conversation

DRAW_EVERY_MS = 50
PROMPTS_KEPT = 50
"""What the model saw is held for this many answers, in RAM, until the lock."""


class ChatView(QWidget):
    """The chat.

    Attributes:
        chat: What is shown; None for a new chat that nothing was said in yet.
        temporary: What is shown is, or will be, a temporary chat.
        turn: The turn under way, in this chat or another.
        heading: The line above it.

    Signals:
        show_memory: Show the record with this id in the inspector.
        chat_kept: A turn is over and kept; the chat with it.
        prompt_measured: Tokens of the prompt just made, and its budget.
        rename_requested, archive_requested, forget_requested: For the conversation with this id.
        model_wanted: Prepare the model after all.
        chat_changed: The chat that is shown became a stored one, or its memory was turned on or off.
    """

    show_memory = Signal(str)
    chat_kept = Signal(object)
    prompt_measured = Signal(int, int)
    rename_requested = Signal(str)
    archive_requested = Signal(str)
    forget_requested = Signal(str)
    model_wanted = Signal()
    chat_changed = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self.chat: Chat | None = None
        self.temporary = False
        self.turn = Turn(lambda: session.engine, tasks, self)
        self._ready = False
        self._hint = ""
        self._opening = ""
        self._drafts: dict[str, str] = {}
        self._positions: dict[str, tuple[int, int] | None] = {}
        self._prompts: dict[str, Prompt] = {}
        self._stopped: set[str] = set()
        self._places = Places()
        self._draw_ms = 0.0
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.timeout.connect(self._draw_live)

        self.heading = ChatHeading(self)
        self.heading.find_wanted.connect(self.open_find)
        self.heading.prompt_wanted.connect(self._show_last_prompt)
        self.heading.rename_wanted.connect(lambda: self.rename_requested.emit(self.conversation_id()))
        self.heading.archive_wanted.connect(lambda: self.archive_requested.emit(self.conversation_id()))
        self.heading.forget_wanted.connect(lambda: self.forget_requested.emit(self.conversation_id()))
        self.heading.menu_opens.connect(self._renew_menu)
        self.heading.memory.menu_opens.connect(self._renew_memory_menu)
        self.heading.memory.memory_wanted.connect(self.set_remembering)
        self.heading.memory.keep_wanted.connect(self.keep_chat)
        self.list = VirtualList(self._build_row, self._estimate_row, parent=self)
        self.list.setAccessibleName(self.tr("Messages"))
        self.list.following_changed.connect(self._offer_end)
        self._blank = BlankChat(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self.list)
        self.find_bar = FindBar(self)
        self.find_bar.words_changed.connect(self._find)
        self.find_bar.step.connect(self._find_step)
        self.composer = Composer(self)
        self.composer.send.connect(self._send)
        self.composer.stop.connect(self.turn.stop)
        self._offer = self._build_offer()
        self._to_end = QToolButton(self.list)
        self._to_end.setAccessibleName(self.tr("Go to the newest message"))
        self._to_end.setToolTip(self.tr("Go to the newest message"))
        set_icon(self._to_end, "arrow-down", "text", 18)
        self._to_end.clicked.connect(self.list.show_end)
        self._to_end.hide()
        self.turn.changed.connect(self._turn_changed)
        self.turn.prepared.connect(self._measure)
        self.turn.kept.connect(self._turn_kept)

        self._below = middle = QHBoxLayout()
        middle.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.find_bar)
        column.addWidget(self.composer)
        column.addWidget(self._offer)
        middle.addLayout(column, 1000)
        middle.addStretch(1)
        self._column = column
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.heading)
        box.addWidget(self._pages, 1)
        box.addLayout(middle)
        self.list.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._fit_column())
        self._pages.currentChanged.connect(lambda _at: self._fit_column())
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._show_chat()

    # What the window asks for

    def set_ready(self, ready: bool, hint: str = "") -> None:
        """Whether messages can be sent, and if not, why."""
        self._ready, self._hint = ready, hint
        self._show_state()

    def offer_model(self, why: str) -> None:
        """Say why there is no model and offer to prepare it, where else one types; "" takes the offer back."""
        self._offer_words.setText(why)
        self._offer.setVisible(bool(why))
        self.composer.setHidden(bool(why))

    def new_chat(self, *, temporary: bool = False) -> None:
        """Begin a chat. Nothing is stored before its first answer."""
        if self._is_unanswered() and not self.turn.under_way and not self.turn.waits_to_be_kept:
            self.turn.drop()  # the new chat is another one than that whose first message failed
            self.chat = None
        self._leave()
        self.chat, self.temporary, self._opening = None, temporary, ""
        self._show_chat()
        self.composer.setFocus()

    def open_chat(self, conversation: str, message: str = "") -> None:
        """Show a stored chat, at a message if one is given."""
        if self.chat is not None and self.chat.conversation.id == conversation and not self._opening:
            self._show_message(message)
            return
        self._leave()
        self.chat, self.temporary, self._opening = None, False, conversation
        self._show_chat()
        session = self._session

        def opened(chat: Chat) -> None:
            if self._opening == conversation:
                self._opening = ""
                self.chat = chat
                self._show_chat()
                self._show_message(message)

        def failed(error: HippoError) -> None:
            if self._opening == conversation:
                self._opening = ""
                self._show_chat()
                self._blank.say(error.message, error.next_step)

        self._tasks.run(
            lambda: _read(session, conversation),
            done=opened,
            failed=failed,
            owner=self,
        )

    def renew_title(self) -> None:
        """Show the title as it is stored now; the messages are the same."""
        conversation, session = self.conversation_id(), self._session
        if not conversation or self._opening:
            return

        def read(stored: Conversation) -> None:
            if self.chat is not None and self.chat.conversation.id == conversation:
                self.chat = replace(self.chat, conversation=stored)
                self._show_state()

        self._tasks.run(lambda: session.memory.conversation(conversation), done=read, owner=self)

    def reload(self) -> None:
        """Read the chat again: something in memory was changed or forgotten."""
        self._prompts.clear()
        shown = self.chat
        if shown is None or shown.temporary or not self.conversation_id():
            return
        conversation, session = shown.conversation.id, self._session

        def still_shown() -> bool:
            return self.chat is not None and self.chat.conversation.id == conversation

        def read(chat: Chat) -> None:
            if still_shown() and not chat.messages and not (self.chat and self.chat.unkept):
                self.new_chat()
            elif still_shown():
                position = self.list.position()
                unkept = self.chat.unkept if self.chat is not None else ()
                self.chat = replace(chat, messages=(*chat.messages, *unkept))
                self._show_chat()
                self.list.set_position(position)

        def gone(_error: HippoError) -> None:
            if still_shown():
                self.new_chat()

        self._tasks.run(
            lambda: _read(session, conversation),
            done=read,
            failed=gone,
            owner=self,
        )

    def may_leave(self) -> bool:
        """Ask before words are left that are not kept; there is no way back to them."""
        live = self.memory_state is not MemoryState.ON and self._live_here()
        if self.chat is None or not (self.chat.unkept or live or (self.temporary and self.chat.messages)):
            return True
        question = self.tr("Leave this chat?")
        told = self.tr("Its memory is off or paused: what was said since then is not kept. When you leave, it is gone.")
        if self.temporary:
            question = self.tr("Leave the temporary chat?")
            told = self.tr("Nothing of a temporary chat is kept. When you leave it, it is gone.")
        box = QMessageBox(self)
        box.setWindowTitle(question)
        box.setText(question)
        box.setInformativeText(told)
        box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        answer = box.exec()
        box.deleteLater()
        return answer == QMessageBox.StandardButton.Discard

    def forget_everything_shown(self) -> None:
        """Let go of all words: at the lock. A turn under way must be over."""
        self.find_bar.close_bar()
        for dialog in self.findChildren(PromptDialog):
            dialog.close()
        self.turn.drop()
        self._drafts.clear()
        self._positions.clear()
        self._prompts.clear()
        self._stopped.clear()
        self.composer.clear()
        self.chat, self.temporary, self._opening = None, False, ""
        self._show_chat()

    def open_find(self) -> None:
        """Find in the chat."""
        if self.chat is not None:
            self.find_bar.open_bar()

    def conversation_id(self) -> str:
        """Id of the stored conversation that is shown, or ""."""
        if self._opening:
            return self._opening
        if self.chat is None or self.chat.temporary or len(self.chat.unkept) == len(self.chat.messages):
            return ""
        return self.chat.conversation.id

    # Pages

    def _build_offer(self) -> QWidget:
        card = with_role(QFrame(self), "card")
        self._offer_words = text_label()
        self.model_button = push_button(self.tr("Prepare the model"), "primary")
        self.model_button.clicked.connect(self.model_wanted)
        row = QHBoxLayout(card)
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self._offer_words, 1)
        row.addWidget(self.model_button)
        card.hide()
        return card

    def _show_chat(self) -> None:
        self._draw.stop()
        self.list.reset(self._row_count())
        self.list.keep(self._row_count() - 1 if self._live_here() else -1)
        if self.chat is not None and not self._live_here():
            self.list.set_position(self._positions.get(self.chat.conversation.id))
        if not self.turn.under_way or self._live_here():
            self.composer.set_text(self._drafts.pop(self._draft_key(), self.composer.text()))
        self._show_state()
        if self._places.words:
            self._find(self._places.words)

    def _show_state(self) -> None:
        rows = self._row_count()
        self._pages.setCurrentWidget(self.list if rows else self._blank)
        title = self.chat.conversation.title if self.chat is not None else ""
        if self.temporary:
            title = self.tr("Temporary chat")
        elif not self._opening:
            title = title or (self.tr("New chat") if not rows else self.tr("Chat"))
        self._blank.invite(temporary=self.temporary)
        if self._opening:
            self._blank.say("", self.tr("Opening…"))
        self.heading.show_chat(title, memory=self.memory_state)
        stuck = self._live_here() and self.turn.phase in (Phase.FAILED, Phase.STOPPED)
        hint = self._hint
        if stuck:
            hint = self.tr("First try again, or take the message above back to edit it.")
            if cannot_be_sent(self.turn):
                hint = self.tr("Take the message above back to edit it.")
            if self.turn.waits_to_be_kept:
                hint = self.tr("First try again, or leave the answer above out.")
        elif self.turn.under_way and not self._live_here():
            hint = self.tr("Hippo is still answering in another chat.")
        self.composer.set_state(
            ready=self._ready and not stuck and not self._opening,
            answering=self.turn.under_way,
            hint=hint,
            temporary=self.temporary,
        )

    def _fit_column(self) -> None:
        """Keep the composer right under the messages, whether they have a scroll bar or not."""
        bar = self.list.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 and self._pages.currentWidget() is self.list else 0
        self._below.setContentsMargins(0, 0, taken, 0)

    def _renew_menu(self) -> None:
        last = self.chat.messages[-1].id if self.chat is not None and self.chat.messages else ""
        self.heading.allow(
            stored=bool(self.conversation_id()), find=self.chat is not None, prompt=last in self._prompts
        )

    # Memory of this chat

    @property
    def memory_state(self) -> MemoryState:
        """What becomes of what is said in the chat that is shown."""
        if self.temporary:
            return MemoryState.TEMPORARY
        if self._session.settings.memory.paused:
            return MemoryState.PAUSED
        off = self.chat is not None and not self.chat.conversation.memory
        return MemoryState.OFF if off else MemoryState.ON

    @property
    def can_remember(self) -> bool:
        """Whether memory can be turned on or off here: in a stored chat, or before anything is said."""
        idle = self._session.stage == "open" and not self.turn.under_way and not self._opening
        return idle and bool(self.conversation_id() or (self.chat is None and not self._live_here()))

    @property
    def can_be_kept(self) -> bool:
        """Whether there is something here that is in RAM only and could be kept."""
        idle = self._session.stage == "open" and not self.turn.under_way
        return idle and self.chat is not None and bool(self.chat.unkept)

    def set_remembering(self, on: bool) -> None:
        """Let this chat read and keep memory, or not. A new chat becomes a temporary one, or an ordinary one again."""
        conversation, session = self.conversation_id(), self._session
        if not self.can_remember:
            return
        if not conversation:
            self.new_chat(temporary=not on)
            self.chat_changed.emit()
            return

        def turn() -> Conversation:
            session.memory.set_remembering(conversation, on)
            return session.memory.conversation(conversation)

        def turned(stored: Conversation) -> None:
            if self.chat is not None and self.chat.conversation.id == conversation:
                self.chat = replace(self.chat, conversation=stored)
                self._show_state()
                self.chat_changed.emit()

        self._tasks.run(turn, done=turned, owner=self)

    def keep_chat(self) -> None:
        """Keep what was said here while nothing was to be kept. From now on the chat remembers."""
        chat, session = self.chat, self._session
        if chat is None or not self.can_be_kept:
            return
        shown = replace(chat, temporary=False)

        def keep() -> Chat:
            from assistant.conversation.keeping import keep_afterwards

            return keep_afterwards(session.memory, shown)

        def kept(stored: Chat) -> None:
            if self.chat is not None and self.chat.conversation.id == stored.conversation.id:
                position = self.list.position()
                self.chat, self.temporary = stored, False
                self._show_chat()
                self.list.set_position(position)
            self.chat_changed.emit()

        self._tasks.run(keep, done=kept, owner=self)

    def renew_memory_state(self) -> None:
        """Remembering was paused or goes on."""
        self._show_state()

    def _renew_memory_menu(self) -> None:
        is_open = self._session.stage == "open"
        self.heading.memory.allow(memory=self.can_remember, pause=is_open, keep=self.can_be_kept, forget=is_open)

    def _offer_end(self, following: bool) -> None:
        self._to_end.setVisible(not following and self.list.count() > 0)
        self._to_end.adjustSize()
        self._to_end.move(
            (self.list.width() - self._to_end.width()) // 2,
            self.list.height() - self._to_end.height() - theme.SMALL,
        )
        self._to_end.raise_()

    def _restyle(self) -> None:
        self.composer.setMaximumWidth(theme.scaled(780))
        self.find_bar.setMaximumWidth(theme.scaled(780))

    # Rows

    def _messages(self) -> tuple[Message, ...]:
        return self.chat.messages if self.chat is not None else ()

    def _live_here(self) -> bool:
        """Whether the turn, under way or waiting for the user, belongs to the chat that is shown."""
        return (
            self.turn.phase is not Phase.NONE
            and self.chat is not None
            and self.turn.chat is not None
            and self.turn.chat.conversation.id == self.chat.conversation.id
        )

    def _stored_rows(self) -> int:
        """How many messages are shown as they are stored: not the answer that is being written anew."""
        return len(self._messages()) - (1 if self._live_here() and self.turn.again else 0)

    def _is_unanswered(self) -> bool:
        """Whether this is a chat of which nothing is stored, because its first message failed."""
        return self._live_here() and not self._messages() and not self.temporary

    def _row_count(self) -> int:
        if not self._live_here():
            return len(self._messages())
        return self._stored_rows() + (1 if self.turn.again else 2)

    def _build_row(self, at: int) -> QWidget:
        messages, stored = self._messages(), self._stored_rows()
        if at < stored:
            row = MessageRow(messages[at].role, day=self._new_day(at))
            self._connect_row(row)
            row.show_message(
                messages[at],
                last=at == len(messages) - 1 and self._ready,
                prompt_known=messages[at].id in self._prompts,
                stopped=messages[at].id in self._stopped,
            )
            self._mark(at, row)
            return row
        if at == stored and not self.turn.again:
            row = MessageRow("user")
            row.show_text(self.turn.question)
            return row
        row = MessageRow("assistant")
        self._connect_row(row)
        draw_live(row, self.turn)
        return row

    def _connect_row(self, row: MessageRow) -> None:
        row.regenerate.connect(self._regenerate)
        row.show_prompt.connect(self._show_prompt)
        row.unfold.connect(lambda answer: self._unfold(row, answer))
        row.show_memory.connect(self.show_memory)
        row.link_clicked.connect(lambda address: ask_to_open(address, self))
        row.retry.connect(self.turn.retry)
        row.edit.connect(self._take_back)

    def _new_day(self, at: int) -> str:
        messages = self._messages()
        day = messages[at].time.astimezone().date()
        if at and messages[at - 1].time.astimezone().date() == day:
            return ""
        if day == date.today():
            return self.tr("Today")
        return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

    def _estimate_row(self, at: int, width: int) -> int:
        messages = self._messages()
        text = messages[at].text if at < len(messages) else ""
        letters = max(20, int(width / (theme.points() * 0.72)))
        lines = sum(1 + len(line) // letters for line in text.split("\n"))
        return round(lines * theme.points() * 2.1) + theme.scaled(72)

    # The turn

    def _send(self, text: str) -> None:
        if not self._ready or self.turn.under_way:
            return
        waiting = self.turn.chat
        if waiting is not None and self.turn.question and not self._live_here():
            self._drafts[waiting.conversation.id if waiting.messages else ""] = self.turn.question
        if self.chat is None:
            self.chat = self._session.engine.new_chat(temporary=self.temporary)
            self.temporary = self.chat.temporary
        self.composer.clear()
        self._drafts.pop(self._draft_key(), None)
        chat = self.chat
        self.turn.drop()
        self.turn.ask(chat, text)

    def _regenerate(self) -> None:
        if self._ready and not self.turn.under_way and self.chat is not None:
            self.turn.drop()
            self.list.rebuild(self.list.count() - 1)
            self.turn.ask_again(self.chat)

    def _take_back(self) -> None:
        """Put the question of a turn that came to nothing back into the composer."""
        question = "" if self.turn.again else self.turn.question
        self.turn.drop()
        if question:
            typed = self.composer.text().strip()
            self.composer.set_text(f"{question}\n{typed}" if typed else question)
        if self.chat is not None and not self.chat.messages:
            self.chat = None
        self.list.reset(self._row_count())
        self._show_state()
        self.composer.setFocus()

    def _turn_changed(self) -> None:
        if self.turn.phase is Phase.WRITING and self._live_here():
            if not self._draw.isActive():
                self._draw.start(max(DRAW_EVERY_MS, round(4 * self._draw_ms)))
            return
        self._draw.stop()
        if self._live_here():
            if self.list.count() != self._row_count():
                self.list.keep(self._row_count() - 1)
                self.list.set_count(self._row_count())
                self.list.show_end()
            elif self.turn.phase is Phase.RECALLING:
                self.list.rebuild(self._row_count() - 1)
            self._draw_live()
        self._show_state()

    def _draw_live(self) -> None:
        if self._live_here():
            began = time.perf_counter()
            row = self.list.built().get(self._row_count() - 1)
            if isinstance(row, MessageRow):
                draw_live(row, self.turn)
            self._draw_ms = (time.perf_counter() - began) * 1000

    def _measure(self, prepared: Prepared) -> None:
        if self._live_here():
            self.prompt_measured.emit(len(prepared.prompt.tokens), prepared.prompt.budget)

    def _turn_kept(self, chat: Chat, prepared: Prepared, answering: Answering) -> None:
        if answering.ended == "cancelled":
            self._stopped.add(chat.messages[-1].id)
        self._prompts[chat.messages[-1].id] = prepared.prompt
        while len(self._prompts) > PROMPTS_KEPT:
            del self._prompts[next(iter(self._prompts))]
        if self.chat is not None and self.chat.conversation.id == chat.conversation.id:
            before = len(self.chat.messages) - 1
            self.chat = chat
            self.list.keep(-1)
            self.list.set_count(self._row_count())
            for at in {before, *range(self._row_count() - 2, self._row_count())}:
                if at >= 0:
                    self.list.rebuild(at)
        self._show_state()
        self.chat_kept.emit(chat)

    # Leaving and coming back

    def _draft_key(self) -> str:
        return self.chat.conversation.id if self.chat is not None and self.chat.messages else ""

    def _leave(self) -> None:
        """Remember what is typed and where the user was reading. A temporary chat leaves nothing behind."""
        if self.temporary:
            if self.turn.under_way and self._live_here():
                self.turn.stop()
            elif self._live_here():
                self.turn.drop()
            self.composer.clear()
            return
        typed = self.composer.text()
        if self._live_here() and not self.turn.under_way and not self.turn.waits_to_be_kept:
            typed = self.turn.question if not typed.strip() else f"{self.turn.question}\n{typed}"
            self.turn.drop()
        if typed.strip() and not self._opening:
            self._drafts[self._draft_key()] = typed
        self.composer.clear()
        if self.chat is not None:
            self._positions[self.chat.conversation.id] = self.list.position()

    def _show_message(self, message: str) -> None:
        for at, shown in enumerate(self._messages()):
            if message and shown.id == message:
                self.list.show_row(at)

    # Finding

    def _find(self, words: str) -> None:
        self._places.look(words, [message.text for message in self._messages()])
        self._mark_built()
        if self._places:
            self._find_step(-1)
        else:
            self.find_bar.show_count(0, 0)

    def _find_step(self, by: int) -> None:
        if self._places:
            number, at = self._places.step(by)
            self.find_bar.show_count(number, len(self._places))
            self.list.show_row(at)
            self._mark_built()

    def _mark_built(self) -> None:
        for at, row in self.list.built().items():
            if isinstance(row, MessageRow):
                self._mark(at, row)

    def _mark(self, at: int, row: MessageRow) -> None:
        """Mark what is found in a row, and apart from it the place that the user is at."""
        row.body.highlight(self._places.words, self._places.place_in(at))

    # Links, memories and prompts

    def _unfold(self, row: MessageRow, answer: str) -> None:
        message = next((m for m in self._messages() if m.id == answer), None)
        if message is None or message.usage is None:
            return
        ids = [used.record for used in message.usage.used]
        session, gone = self._session, self.tr("A memory that is forgotten now")

        def look_up() -> list[MemoryLine]:
            return [_memory_line(session, record, gone) for record in ids]

        self._tasks.run(look_up, done=row.show_memories, owner=row)

    def _show_prompt(self, answer: str) -> None:
        prompt = self._prompts.get(answer)
        if prompt is not None:
            PromptDialog(prompt, self).open()

    def _show_last_prompt(self) -> None:
        if self.chat is not None and self.chat.messages:
            self._show_prompt(self.chat.messages[-1].id)


def _memory_line(session: Session, record: str, gone: str) -> MemoryLine:
    try:
        found = session.memory.get(record)
    except HippoError:
        return MemoryLine("", gone)
    return MemoryLine(found.id, found.text, found.time)


def _read(session: Session, conversation: str) -> Chat:
    """The stored chat. Needs no model, unlike `Engine.open_chat`, so chats can be read while one is prepared."""
    from assistant.conversation.chat import read_chat

    return read_chat(session.memory, session.memory.conversation(conversation))
