"""The chat in the middle of the window: heading, messages, composer, and one turn at a time.

What a turn does is in `turn.py`, how a message looks in `message_row.py`. While one chat is being answered another
may be read; the answer goes on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import HippoError
from assistant.ui import theme
from assistant.ui.chat.attachments import dropped_paths
from assistant.ui.chat.blank import BlankChat
from assistant.ui.chat.composer import Composer
from assistant.ui.chat.drafts import Drafts, Written
from assistant.ui.chat.file_row import FileRow
from assistant.ui.chat.files import Files
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
from assistant.ui.inspector.words import who_words
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
        files: What waits to be attached.

    Signals:
        show_memory: Show the record with this id in the inspector.
        chat_kept: A turn is over and kept; the chat with it.
        prompt_measured: Tokens of the prompt just made, and its budget.
        rename_requested, archive_requested, move_requested, export_requested, forget_requested: For the conversation
            with this id.
        model_wanted: Prepare the model after all.
        chat_changed: The chat that is shown became a stored one, or its memory was turned on or off, or another
            version of it is shown, or a file was attached to it.
        forget_file: The file should be forgotten that is this message of this conversation.
    """

    show_memory = Signal(str)
    chat_kept = Signal(object)
    prompt_measured = Signal(int, int)
    rename_requested = Signal(str)
    archive_requested = Signal(str)
    move_requested = Signal(str)
    export_requested = Signal(str)
    forget_requested = Signal(str)
    model_wanted = Signal()
    chat_changed = Signal()
    forget_file = Signal(str, str)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self.chat: Chat | None = None
        self.temporary = False
        self._space = ""
        self.turn = Turn(lambda: session.engine, tasks, self)
        self._ready = False
        self._hint = ""
        self._opening = ""
        self._drafts = Drafts(session, tasks, self)
        self._filling = self._switching = False
        self._editing = self._new_text = ""
        self._places_left = 0
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
        self.heading.move_wanted.connect(lambda: self.move_requested.emit(self.conversation_id()))
        self.heading.export_wanted.connect(lambda: self.export_requested.emit(self.conversation_id()))
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
        self.composer.typed.connect(self._typed)
        self.composer.edit_ended.connect(self.leave_edit)
        self.composer.recall_wanted.connect(self.edit_last)
        self.files = Files(
            session,
            tasks,
            self.composer,
            possible=lambda: self.can_attach,
            taken=lambda: {message.file for message in self._messages()},
            parent=self,
        )
        self.setAcceptDrops(True)
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

    def new_chat(self, *, temporary: bool = False, space: str | None = None) -> None:
        """Begin a chat in a space (None: where the last one was begun). Nothing is stored before its first answer."""
        if space is not None:
            self._space = space
        if self._is_unanswered() and not self.turn.under_way and not self.turn.waits_to_be_kept:
            self.turn.drop()  # the new chat is another one than that whose first message failed
            self.chat = None
        self._leave()
        self.chat, self.temporary, self._opening = None, temporary, ""
        self._show_chat()
        self._show_draft()
        if not temporary:
            self.files.bring_back("")
        self.composer.setFocus()

    def open_chat(self, conversation: str, message: str = "") -> None:
        """Show a stored chat, at a message if one is given."""
        known = not message or any(shown.id == message for shown in self._messages())
        if known and self.conversation_id() == conversation and self.chat is not None and not self._opening:
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
                self._show_draft()
                self.files.bring_back(self._draft_key())
                self._show_message(message)

        def failed(error: HippoError) -> None:
            if self._opening == conversation:
                self._opening = ""
                self._show_chat()
                self._blank.say(error.message, error.next_step)

        self._tasks.run(
            lambda: _read(session, conversation, message),
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
        self._drafts.renew()
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
                if self._editing and not any(message.id == self._editing for message in self._messages()):
                    self.leave_edit()
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
        self.files.clear()
        self._places_left += 1
        self.turn.drop()
        self._drafts.clear()
        self._space = ""
        self._positions.clear()
        self._prompts.clear()
        self._stopped.clear()
        self._fill("")
        self.chat, self.temporary, self._opening = None, False, ""
        self._show_chat()

    def write_drafts(self) -> None:
        """Write what is typed and not sent into the store now: before the lock, and before the end."""
        self._note_draft()
        self._drafts.write()

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
        self._show_state()
        if self._places.words:
            self._find(self._places.words)

    def _show_state(self) -> None:
        rows = self._row_count()
        unseen = QSizePolicy.Policy.Ignored if rows else QSizePolicy.Policy.Preferred
        self._blank.setSizePolicy(unseen, unseen)  # else it asks for room while it is not seen
        self._pages.setCurrentWidget(self.list if rows else self._blank)
        title = self.chat.conversation.title if self.chat is not None else ""
        if self.temporary:
            title = self.tr("Temporary chat")
        elif not self._opening:
            title = title or (self.tr("New chat") if not rows else self.tr("Chat"))
        self._blank.invite(temporary=self.temporary)
        if self._opening:
            self._blank.say("", self.tr("Opening…"))
        space = self.chat.conversation.space if self.chat is not None else self._space
        self.heading.show_chat(title, memory=self.memory_state, space="" if self.temporary or self._opening else space)
        busy = self._switching or self.files.attaching.under_way
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
        elif self.files.attaching.under_way:
            hint = self.tr("Hippo reads the file into its memory. Take it away to stop that.")
        elif self._switching:
            hint = self.tr("Going over to the other version…")
        self.composer.set_state(
            ready=self._ready and not stuck and not self._opening and not busy,
            answering=self.turn.under_way,
            hint=hint,
            temporary=self.temporary,
        )
        self._allow(self.list.built())

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
            typed = self.composer.text()
            self._drafts.note("", Written())
            self._fill("")
            self.new_chat(temporary=not on)
            self._fill(typed)
            self._note_draft()
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
        messages = self._messages()
        if not self._live_here():
            return len(messages)
        if self.turn.instead_of:
            return next((at for at, m in enumerate(messages) if m.id == self.turn.instead_of), len(messages))
        return len(messages) - (1 if self.turn.again else 0)

    def _is_unanswered(self) -> bool:
        """Whether this is a chat of which nothing is stored, because its first message failed."""
        return self._live_here() and not self._messages() and not self.temporary

    def _row_count(self) -> int:
        if not self._live_here():
            return len(self._messages())
        return self._stored_rows() + (1 if self.turn.again else 2)

    def _build_row(self, at: int) -> QWidget:
        messages, stored = self._messages(), self._stored_rows()
        if at < stored and messages[at].file:
            file = FileRow(messages[at], day=self._new_day(at))
            file.show_memory.connect(self.show_memory)
            file.forget_wanted.connect(lambda message: self.forget_file.emit(self.conversation_id(), message))
            return file
        if at < stored:
            row = MessageRow(messages[at].role, day=self._new_day(at))
            self._connect_row(row)
            row.show_message(
                messages[at],
                last=at == len(messages) - 1 and self._ready,
                prompt_known=messages[at].id in self._prompts,
                stopped=messages[at].id in self._stopped,
            )
            self._allow({at: row})
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
        row.edit_message.connect(self.edit_message)
        row.version_wanted.connect(self._show_version)

    def _allow(self, rows: Mapping[int, QWidget]) -> None:
        """Let messages be worded anew, and other versions be shown, where that is possible now."""
        stored, edit, switch = self._stored_rows(), self._can_edit, self._can_switch
        for at, row in rows.items():
            if isinstance(row, MessageRow) and at < stored:
                row.allow(edit=edit, versions=switch)

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
        if at < len(messages) and messages[at].file:
            return theme.scaled(76)
        text = messages[at].text if at < len(messages) else ""
        letters = max(20, int(width / (theme.points() * 0.72)))
        lines = sum(1 + len(line) // letters for line in text.split("\n"))
        return round(lines * theme.points() * 2.1) + theme.scaled(72)

    # The turn

    def _send(self, text: str) -> None:
        if not self._ready or self.turn.under_way or self.files.attaching.under_way:
            return
        if self.files.tray.documents() and not self._editing:
            self._attach_then_send(text)
            return
        self._send_text(text)

    def _send_text(self, text: str) -> None:
        if self.chat is None:
            self.chat = self._session.engine.new_chat(temporary=self.temporary, space=self._space)
            self.temporary = self.chat.temporary
        instead_of, left = self._editing, self._new_text
        self._fill(left)
        chat = self.chat
        self.turn.drop()
        if instead_of:
            self.list.keep(-1)
            self.list.set_count(len(chat.before(instead_of)))
        self.turn.ask(chat, text, instead_of=instead_of)
        self._note_draft()

    def _regenerate(self) -> None:
        if self._ready and not self.turn.under_way and self.chat is not None:
            self.turn.drop()
            self.list.rebuild(self.list.count() - 1)
            self.turn.ask_again(self.chat)

    def _take_back(self) -> None:
        """Put the question of a turn that came to nothing back into the composer."""
        question = "" if self.turn.again else self.turn.question
        instead_of = self.turn.instead_of
        self.turn.drop()
        if question and not instead_of:
            typed = self.composer.text().strip()
            self._fill(f"{question}\n{typed}" if typed else question)
        if self.chat is not None and not self.chat.messages:
            self.chat = None
        self.list.reset(self._row_count())
        self._show_state()
        if instead_of:
            self.edit_message(instead_of, question)
        self._note_draft()
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
        self._draft_sent(prepared)
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

    def _fill(self, text: str) -> None:
        """Put a new message into the composer, without taking that for something typed."""
        self._filling = True
        self._editing = self._new_text = ""
        self.composer.show_editing(False)
        if text:
            self.composer.set_text(text)
        else:
            self.composer.clear()
        self._filling = False

    def _typed(self) -> None:
        if not self._filling:
            self._note_draft()

    def _note_draft(self) -> None:
        """Hold what is typed in this chat. Of a temporary one, nothing is; where nothing is kept, in RAM only."""
        if self.temporary or self._opening:
            return
        typed = self.composer.text()
        written = Written(self._new_text, self._editing, typed) if self._editing else Written(typed)
        if self._live_here() and self.turn.question and not self.turn.again:
            written = written.unsent(self.turn.question, self.turn.instead_of)
        self._drafts.note(self._draft_key(), written, sealed=self.memory_state is MemoryState.ON)

    def _draft_sent(self, prepared: Prepared) -> None:
        """What was asked is kept now: only what was typed since is a draft."""
        before, shown = prepared.chat, self.chat is not None and self.chat.conversation == prepared.chat.conversation
        if before.temporary or prepared.regenerate:
            return
        key = before.conversation.id if before.messages else ""
        left = (self._drafts.known(key) or Written()).sent(prepared.question, prepared.instead_of)
        sealed = self._session.stage == "open" and before.remembers
        if shown and not key:
            self._drafts.note("", Written(), sealed=sealed)
            self._drafts.note(before.conversation.id, left, sealed=sealed)
        else:
            self._drafts.note(key, left, sealed=sealed)

    def _show_draft(self) -> None:
        """Put back into the composer what was typed here."""
        key = self._draft_key()
        if self.temporary:
            return

        def found(written: Written) -> None:
            if key != self._draft_key() or self.temporary or self._opening or self.composer.text().strip():
                return
            if self._live_here():
                written = written.sent(self.turn.question, self.turn.instead_of)
            self._fill(written.text)
            if written.edit and any(message.id == written.instead_of for message in self._messages()):
                self.edit_message(written.instead_of, written.edit)
            elif written.edit:  # the message is gone; the words are not
                self._fill("\n".join(words for words in (written.text, written.edit) if words))

        self._drafts.ask(key, found)

    def _leave(self) -> None:
        """Remember what is typed and where the user was reading. A temporary chat leaves nothing behind."""
        self._places_left += 1
        if self.temporary:
            if self.turn.under_way and self._live_here():
                self.turn.stop()
            elif self._live_here():
                self.turn.drop()
            self._fill("")
            self.files.tray.take()
            return
        if not self._opening:
            self.files.put_aside(self._draft_key())
        if self.turn.under_way and self._live_here() and not self._draft_key():
            self._drafts.note("", Written(self.composer.text()))  # goes on to the next new chat
        else:
            self._note_draft()
        if self._live_here() and not self.turn.under_way and not self.turn.waits_to_be_kept:
            self.turn.drop()
        self._drafts.write()
        self._fill("")
        if self.chat is not None:
            self._positions[self.chat.conversation.id] = self.list.position()

    # Files

    @property
    def can_attach(self) -> bool:
        """Whether files can be attached: they become memories of this chat."""
        return self.memory_state is MemoryState.ON and self._session.stage == "open"

    def _attach_then_send(self, text: str) -> None:
        chat, place = self.chat or self._session.engine.new_chat(space=self._space), self._places_left

        def show(chat: Chat) -> bool:
            here = place == self._places_left and self._session.stage == "open"
            if here and chat.messages:
                self._drafts.note(self._draft_key(), Written())
                self.chat = chat
                self.list.set_count(self._row_count())
                self.list.show_end()
            return here

        def attached(chat: Chat, whole: bool) -> None:
            if show(chat):
                self.files.tray.take()
                if text.strip() and whole:  # else the user may not want to send it without the file
                    self._send_text(text)
                self._note_draft()
                self.chat_changed.emit()
            self._show_state()

        def failed(chat: Chat, error: HippoError) -> None:
            if show(chat):
                self._note_draft()
                self.chat_changed.emit()
            self._show_state()
            self._tasks.trouble.emit(error)

        self.files.attaching.attach(chat, done=attached, failed=failed)
        self._show_state()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere over the chat."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.composer.show_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is over the chat any more."""
        self.composer.show_target(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        self.composer.show_target(False)
        if paths := dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.files.add(paths)

    # Versions

    @property
    def _can_switch(self) -> bool:
        idle = not self.turn.under_way and not self._live_here() and not self._switching
        return idle and self._session.stage == "open" and bool(self.conversation_id()) and not self._opening

    @property
    def _can_edit(self) -> bool:
        """Whether messages can be worded anew: the old words stay within reach, so all must have been kept."""
        kept = self.chat is not None and not self.chat.unkept and self.memory_state is MemoryState.ON
        return kept and self._ready and self._can_switch

    def edit_message(self, message: str, text: str = "") -> None:
        """Let the user word a message anew; `text` stands there instead of its own words."""
        sent = next((each for each in self._messages() if each.id == message), None)
        if sent is None or sent.role != "user" or not self._can_edit:
            return
        aside = self._new_text if self._editing else self.composer.text()
        self._fill(text or sent.text)
        self._editing, self._new_text = message, aside
        self.composer.show_editing(True)
        self._note_draft()
        self.composer.setFocus()

    def edit_last(self) -> None:
        """Let the user word their last message anew."""
        last = next((message for message in reversed(self._messages()) if message.role == "user"), None)
        if last is not None:
            self.edit_message(last.id)

    @property
    def editing(self) -> bool:
        """Whether the composer holds other words for a message that was sent."""
        return bool(self._editing)

    def leave_edit(self) -> None:
        """Leave the message as it is; what was typed before is in the composer again."""
        if self._editing:
            self._fill(self._new_text)
            self._note_draft()
            self.composer.setFocus()

    def step_version(self, by: int) -> None:
        """Show the version before or after: of the message that has the keyboard, else of the last that has some."""
        rows = self.list.built()
        focused = [at for at, row in rows.items() if row.isAncestorOf(_focus(self))]
        messages = self._messages()
        have = [at for at, message in enumerate(messages) if message.versions > 1]
        at = next((at for at in focused if at in have), have[-1] if have else -1)
        if at >= 0 and 0 <= messages[at].version + by < messages[at].versions:
            self._show_version(messages[at].id, messages[at].version + by)

    def has_versions(self) -> bool:
        """Whether there is another version of something that is shown."""
        return self._can_switch and any(message.versions > 1 for message in self._messages())

    def _show_version(self, message: str, version: int) -> None:
        conversation, session = self.conversation_id(), self._session
        if not self._can_switch:
            return
        at = next((at for at, each in enumerate(self._messages()) if each.id == message), -1)
        row = self.list.built().get(at)
        forwards = at >= 0 and version > self._messages()[at].version
        held = isinstance(row, MessageRow) and row.versions is not None and row.versions.isAncestorOf(_focus(self))
        self.leave_edit()
        self._switching = True
        self._show_state()

        def switch() -> Chat:
            session.memory.show_version(conversation, message, version)
            return _read(session, conversation)

        def shown(chat: Chat) -> None:
            self._switching = False
            if self.conversation_id() == conversation and not self._opening:
                self._go_over(chat, at, focus=held, forwards=forwards)
            self._show_state()
            self.chat_changed.emit()

        def failed(error: HippoError) -> None:
            self._switching = False
            self._show_state()
            self._tasks.trouble.emit(error)

        self._tasks.run(switch, done=shown, failed=failed, owner=self)

    def _go_over(self, chat: Chat, at: int, *, focus: bool, forwards: bool) -> None:
        """Show the other version from row `at` on; what the user looks at stays where it is."""
        row = self.list.built().get(at)
        top = row.y() if row is not None else 0
        self.chat = chat
        self.list.keep(-1)
        self.list.set_count(at)
        self.list.set_count(self._row_count())
        self.list.set_position((at, -top))
        row = self.list.built().get(at)
        if focus and isinstance(row, MessageRow) and row.versions is not None:
            row.versions.take_focus(forwards=forwards)
        if self._places.words:
            self._find(self._places.words)

    def _show_message(self, message: str) -> None:
        for at, shown in enumerate(self._messages()):
            if message and shown.id == message:
                self.list.show_row(at)

    # Finding

    def _find(self, words: str) -> None:
        self._places.look(words, [message.file or message.text for message in self._messages()])
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
    return MemoryLine(found.id, found.text, found.time, getattr(found, "file", "") and who_words(found))


def _focus(view: QWidget) -> QWidget:
    return view.window().focusWidget() or view


def _read(session: Session, conversation: str, message: str = "") -> Chat:
    """The stored chat, on the branch that a message was said on if one is given.

    Needs no model, unlike `Engine.open_chat`, so chats can be read while one is prepared.
    """
    from assistant.conversation.chat import read_chat

    if message:
        session.memory.show_message(conversation, message)
    return read_chat(session.memory, session.memory.conversation(conversation))
