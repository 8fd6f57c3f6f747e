"""The chat in the middle of the window: heading, messages, composer, and one turn at a time.

Joins the parts, each in a file of its own: what is shown (`shown.py`), its rows (`rows.py`), what is written below them
(`writing.py`), other versions (`versions.py`), and what a turn does (`turn.py`). While one chat is being answered
another may be read; the answer goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
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
from assistant.ui.chat.drafts import Written
from assistant.ui.chat.files import Files
from assistant.ui.chat.find_bar import FindBar
from assistant.ui.chat.heading import ChatHeading
from assistant.ui.chat.live_row import cannot_be_sent
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.chat.rows import ChatRows
from assistant.ui.chat.shown import Shown
from assistant.ui.chat.turn import Phase, Turn
from assistant.ui.chat.versions import Versions
from assistant.ui.chat.writing import Writing
from assistant.ui.icons import set_icon
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.parts import push_button, text_label, with_role

if TYPE_CHECKING:
    from assistant.conversation.answering import Answering
    from assistant.conversation.chat import Chat
    from assistant.conversation.engine import Prepared
    from assistant.conversation.session import Session
    from assistant.store.records import Conversation


class ChatView(QWidget):
    """The chat.

    Attributes:
        turn: The turn under way, in this chat or another.
        shown: The chat that is shown, and what can be done with it now.
        rows, list: Its messages.
        writing: What the composer holds.
        versions: Shows other versions of what was said.
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
            version of it is shown, or a file was attached to it, or it has a better title.
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
        self.turn = Turn(lambda: session.engine, tasks, self)
        self.shown = shown = Shown(session, self.turn)
        self._hint = ""
        self._places_left = 0
        self._positions: dict[str, tuple[int, int] | None] = {}

        self.heading = ChatHeading(self)
        self.heading.find_wanted.connect(self.open_find)
        self.heading.prompt_wanted.connect(self.show_last_prompt)
        self.heading.rename_wanted.connect(lambda: self.rename_requested.emit(shown.conversation))
        self.heading.archive_wanted.connect(lambda: self.archive_requested.emit(shown.conversation))
        self.heading.move_wanted.connect(lambda: self.move_requested.emit(shown.conversation))
        self.heading.export_wanted.connect(lambda: self.export_requested.emit(shown.conversation))
        self.heading.forget_wanted.connect(lambda: self.forget_requested.emit(shown.conversation))
        self.heading.menu_opens.connect(self._renew_menu)
        self.heading.memory.menu_opens.connect(self._renew_memory_menu)
        self.heading.memory.memory_wanted.connect(self.set_remembering)
        self.heading.memory.keep_wanted.connect(self.keep_chat)
        self.rows = rows = ChatRows(shown, session, tasks, self)
        self.list = rows.list
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
        self.writing = Writing(shown, session, tasks, self.composer, self)
        self.versions = Versions(shown, rows, self.writing, session, tasks, self, read=_read)
        self.versions.changed.connect(self._show_state)
        self.versions.gone_over.connect(self._find_anew)
        self.versions.switched.connect(self.chat_changed)
        rows.regenerate.connect(self._regenerate)
        rows.take_back.connect(self._take_back)
        rows.edit_message.connect(self.writing.edit_message)
        rows.version_wanted.connect(self.versions.show)
        rows.show_memory.connect(self.show_memory)
        rows.forget_file.connect(self.forget_file)
        self.files = Files(
            session,
            tasks,
            self.composer,
            possible=lambda: shown.can_attach,
            taken=lambda: {message.file for message in shown.messages},
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
        self.turn.entitled.connect(self._chat_entitled)

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

    @property
    def chat(self) -> Chat | None:
        """What is shown; None for a new chat that nothing was said in yet."""
        return self.shown.chat

    @property
    def temporary(self) -> bool:
        """Whether what is shown is, or will be, a temporary chat."""
        return self.shown.temporary

    def conversation_id(self) -> str:
        """Id of the stored conversation that is shown, or ""."""
        return self.shown.conversation

    # What the window asks for

    def set_ready(self, ready: bool, hint: str = "") -> None:
        """Whether messages can be sent, and if not, why."""
        self.shown.ready, self._hint = ready, hint
        self._show_state()

    def offer_model(self, why: str) -> None:
        """Say why there is no model and offer to prepare it, where else one types; "" takes the offer back."""
        self._offer_words.setText(why)
        self._offer.setVisible(bool(why))
        self.composer.setHidden(bool(why))

    def new_chat(self, *, temporary: bool = False, space: str | None = None) -> None:
        """Begin a chat in a space (None: where the last one was begun). Nothing is stored before its first answer."""
        if space is not None:
            self.shown.space = space
        if self.shown.unanswered and not self.turn.under_way and not self.turn.waits_to_be_kept:
            self.turn.drop()  # the new chat is another one than that whose first message failed
            self.shown.chat = None
        self._leave()
        self.shown.chat, self.shown.temporary, self.shown.opening = None, temporary, ""
        self._show_chat()
        self.writing.bring_back()
        if not temporary:
            self.files.bring_back("")
        self.composer.setFocus()

    def open_chat(self, conversation: str, message: str = "") -> None:
        """Show a stored chat, at a message if one is given."""
        shown = self.shown
        known = not message or shown.find(message) is not None
        if known and shown.conversation == conversation and shown.chat is not None and not shown.opening:
            self.rows.show_message(message)
            return
        self._leave()
        shown.chat, shown.temporary, shown.opening = None, False, conversation
        self._show_chat()
        session = self._session

        def opened(chat: Chat) -> None:
            if shown.opening == conversation:
                shown.opening = ""
                shown.chat = chat
                self._show_chat()
                self.writing.bring_back()
                self.files.bring_back(shown.draft_key)
                self.rows.show_message(message)

        def failed(error: HippoError) -> None:
            if shown.opening == conversation:
                shown.opening = ""
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
        conversation, session = self.shown.conversation, self._session
        if not conversation or self.shown.opening:
            return

        def read(stored: Conversation) -> None:
            if self.shown.chat is not None and self.shown.is_chat(conversation):
                self.shown.chat = replace(self.shown.chat, conversation=stored)
                self._show_state()

        self._tasks.run(lambda: session.memory.conversation(conversation), done=read, owner=self)

    def reload(self) -> None:
        """Read the chat again: something in memory was changed or forgotten."""
        self.rows.prompts.clear()
        self.writing.drafts.renew()
        shown, session = self.shown, self._session
        if shown.chat is None or shown.chat.temporary or not shown.conversation:
            return
        conversation = shown.chat.conversation.id

        def read(chat: Chat) -> None:
            if not shown.is_chat(conversation) or shown.chat is None:
                return
            if not chat.messages and not shown.chat.unkept:
                self.new_chat()
                return
            position = self.list.position()
            shown.chat = replace(chat, messages=(*chat.messages, *shown.chat.unkept))
            if self.writing.editing and shown.find(self.writing.editing) is None:
                self.writing.leave_edit()
            self._show_chat()
            self.list.set_position(position)

        def gone(_error: HippoError) -> None:
            if shown.is_chat(conversation):
                self.new_chat()

        self._tasks.run(
            lambda: _read(session, conversation),
            done=read,
            failed=gone,
            owner=self,
        )

    def may_leave(self) -> bool:
        """Ask before words are left that are not kept; there is no way back to them."""
        shown = self.shown
        live = shown.memory_state is not MemoryState.ON and shown.live
        if shown.chat is None or not (shown.chat.unkept or live or (shown.temporary and shown.chat.messages)):
            return True
        question = self.tr("Leave this chat?")
        told = self.tr("Its memory is off or paused: what was said since then is not kept. When you leave, it is gone.")
        if self.shown.temporary:
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
        self.writing.drafts.clear()
        self.shown.space = ""
        self._positions.clear()
        self.rows.forget_notes()
        self.writing.fill("")
        self.shown.chat, self.shown.temporary, self.shown.opening = None, False, ""
        self._show_chat()

    def write_drafts(self) -> None:
        """Write what is typed and not sent into the store now: before the lock, and before the end."""
        self.writing.note()
        self.writing.drafts.write()

    def open_find(self) -> None:
        """Find in the chat."""
        if self.shown.chat is not None:
            self.find_bar.open_bar()

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
        shown = self.shown
        self.rows.show_anew(self._positions.get(shown.chat.conversation.id) if shown.chat is not None else None)
        self._show_state()
        self._find_anew()

    def _show_state(self) -> None:
        shown = self.shown
        rows = shown.row_count
        unseen = QSizePolicy.Policy.Ignored if rows else QSizePolicy.Policy.Preferred
        self._blank.setSizePolicy(unseen, unseen)  # else it asks for room while it is not seen
        self._pages.setCurrentWidget(self.list if rows else self._blank)
        title = shown.chat.conversation.title if shown.chat is not None else ""
        if shown.temporary:
            title = self.tr("Temporary chat")
        elif not shown.opening:
            title = title or (self.tr("New chat") if not rows else self.tr("Chat"))
        self._blank.invite(temporary=shown.temporary)
        if shown.opening:
            self._blank.say("", self.tr("Opening…"))
        space = shown.chat.conversation.space if shown.chat is not None else shown.space
        self.heading.show_chat(
            title, memory=shown.memory_state, space="" if shown.temporary or shown.opening else space
        )
        busy = shown.switching or self.files.attaching.under_way
        stuck = shown.live and self.turn.phase in (Phase.FAILED, Phase.STOPPED)
        hint = self._hint
        if stuck:
            hint = self.tr("First try again, or take the message above back to edit it.")
            if cannot_be_sent(self.turn):
                hint = self.tr("Take the message above back to edit it.")
            if self.turn.waits_to_be_kept:
                hint = self.tr("First try again, or leave the answer above out.")
        elif self.turn.under_way and not shown.live:
            hint = self.tr("Hippo is still answering in another chat.")
        elif self.files.attaching.under_way:
            hint = self.tr("Hippo reads the file into its memory. Take it away to stop that.")
        elif shown.switching:
            hint = self.tr("Going over to the other version…")
        self.composer.set_state(
            ready=shown.ready and not stuck and not shown.opening and not busy,
            answering=self.turn.under_way,
            hint=hint,
            temporary=shown.temporary,
        )
        self.rows.allow()

    def _fit_column(self) -> None:
        """Keep the composer right under the messages, whether they have a scroll bar or not."""
        bar = self.list.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 and self._pages.currentWidget() is self.list else 0
        self._below.setContentsMargins(0, 0, taken, 0)

    def _renew_menu(self) -> None:
        shown = self.shown
        last = shown.messages[-1].id if shown.messages else ""
        self.heading.allow(
            stored=bool(shown.conversation), find=shown.chat is not None, prompt=last in self.rows.prompts
        )

    # Memory of this chat

    def set_remembering(self, on: bool) -> None:
        """Let this chat read and keep memory, or not. A new chat becomes a temporary one, or an ordinary one again."""
        conversation, session = self.shown.conversation, self._session
        if not self.shown.can_remember:
            return
        if not conversation:
            typed = self.composer.text()
            self.writing.drafts.note("", Written())
            self.writing.fill("")
            self.new_chat(temporary=not on)
            self.writing.fill(typed)
            self.writing.note()
            self.chat_changed.emit()
            return

        def turn() -> Conversation:
            session.memory.set_remembering(conversation, on)
            return session.memory.conversation(conversation)

        def turned(stored: Conversation) -> None:
            if self.shown.chat is not None and self.shown.is_chat(conversation):
                self.shown.chat = replace(self.shown.chat, conversation=stored)
                self._show_state()
                self.chat_changed.emit()

        self._tasks.run(turn, done=turned, owner=self)

    def keep_chat(self) -> None:
        """Keep what was said here while nothing was to be kept. From now on the chat remembers."""
        chat, session = self.shown.chat, self._session
        if chat is None or not self.shown.can_be_kept:
            return
        to_keep = replace(chat, temporary=False)

        def keep() -> Chat:
            from assistant.conversation.keeping import keep_afterwards

            return keep_afterwards(session.memory, to_keep)

        def kept(stored: Chat) -> None:
            if self.shown.is_chat(stored.conversation.id):
                position = self.list.position()
                self.shown.chat, self.shown.temporary = stored, False
                self._show_chat()
                self.list.set_position(position)
            self.chat_changed.emit()

        self._tasks.run(keep, done=kept, owner=self)

    def renew_memory_state(self) -> None:
        """Remembering was paused or goes on."""
        self._show_state()

    def _renew_memory_menu(self) -> None:
        is_open = self._session.stage == "open"
        can = self.shown
        self.heading.memory.allow(memory=can.can_remember, pause=is_open, keep=can.can_be_kept, forget=is_open)

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

    # The turn

    def _send(self, text: str) -> None:
        if not self.shown.ready or self.turn.under_way or self.files.attaching.under_way:
            return
        if self.files.tray.documents() and not self.writing.editing:
            self._attach_then_send(text)
            return
        self._send_text(text)

    def _send_text(self, text: str) -> None:
        shown = self.shown
        if shown.chat is None:
            shown.chat = self._session.engine.new_chat(temporary=shown.temporary, space=shown.space)
            shown.temporary = shown.chat.temporary
        instead_of, left = self.writing.editing, self.writing.aside
        self.writing.fill(left)
        chat = shown.chat
        self.turn.drop()
        if instead_of:
            self.list.keep(-1)
            self.list.set_count(len(chat.before(instead_of)))
        self.turn.ask(chat, text, instead_of=instead_of)
        self.writing.note()

    def _regenerate(self) -> None:
        if self.shown.ready and not self.turn.under_way and self.shown.chat is not None:
            self.turn.drop()
            self.list.rebuild(self.list.count() - 1)
            self.turn.ask_again(self.shown.chat)

    def _take_back(self) -> None:
        """Put the question of a turn that came to nothing back into the composer."""
        question = "" if self.turn.again else self.turn.question
        instead_of = self.turn.instead_of
        self.turn.drop()
        if question and not instead_of:
            typed = self.composer.text().strip()
            self.writing.fill(f"{question}\n{typed}" if typed else question)
        if self.shown.chat is not None and not self.shown.chat.messages:
            self.shown.chat = None
        self.list.reset(self.shown.row_count)
        self._show_state()
        if instead_of:
            self.writing.edit_message(instead_of, question)
        self.writing.note()
        self.composer.setFocus()

    def _turn_changed(self) -> None:
        if self.turn.phase is Phase.WRITING and self.shown.live:
            self.rows.draw_soon()
            return
        self.rows.follow_turn(begins=self.turn.phase is Phase.RECALLING)
        self._show_state()

    def _measure(self, prepared: Prepared) -> None:
        if self.shown.live:
            self.prompt_measured.emit(len(prepared.prompt.tokens), prepared.prompt.budget)

    def _turn_kept(self, chat: Chat, prepared: Prepared, answering: Answering) -> None:
        self.rows.note_prompt(chat.messages[-1].id, prepared.prompt, stopped=answering.ended == "cancelled")
        self.writing.sent(prepared)
        if self.shown.is_chat(chat.conversation.id):
            before = len(self.shown.messages) - 1
            self.shown.chat = chat
            self.rows.show_kept(before)
        self._show_state()
        self.chat_kept.emit(chat)

    def _chat_entitled(self, chat: Chat) -> None:
        if self.shown.chat is not None and self.shown.is_chat(chat.conversation.id):
            self.shown.chat = replace(self.shown.chat, conversation=chat.conversation)
            self._show_state()
        self.chat_changed.emit()

    # Leaving and coming back

    def _leave(self) -> None:
        """Remember what is typed and where the user was reading. A temporary chat leaves nothing behind."""
        self._places_left += 1
        if self.shown.temporary:
            if self.turn.under_way and self.shown.live:
                self.turn.stop()
            elif self.shown.live:
                self.turn.drop()
            self.writing.fill("")
            self.files.tray.take()
            return
        if not self.shown.opening:
            self.files.put_aside(self.shown.draft_key)
        self.writing.put_aside()
        if self.shown.live and not self.turn.under_way and not self.turn.waits_to_be_kept:
            self.turn.drop()
        self.writing.drafts.write()
        self.writing.fill("")
        if self.shown.chat is not None:
            self._positions[self.shown.chat.conversation.id] = self.list.position()

    # Files

    def _attach_then_send(self, text: str) -> None:
        chat, place = self.shown.chat or self._session.engine.new_chat(space=self.shown.space), self._places_left

        def show(chat: Chat) -> bool:
            here = place == self._places_left and self._session.stage == "open"
            if here and chat.messages:
                self.writing.drafts.note(self.shown.draft_key, Written())
                self.shown.chat = chat
                self.list.set_count(self.shown.row_count)
                self.list.show_end()
            return here

        def attached(chat: Chat, whole: bool) -> None:
            if show(chat):
                self.files.tray.take()
                if text.strip() and whole:  # else the user may not want to send it without the file
                    self._send_text(text)
                self.writing.note()
                self.chat_changed.emit()
            self._show_state()

        def failed(chat: Chat, error: HippoError) -> None:
            if show(chat):
                self.writing.note()
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

    # Finding

    def _find(self, words: str) -> None:
        if self.rows.find(words):
            self._find_step(-1)
        else:
            self.find_bar.show_count(0, 0)

    def _find_anew(self) -> None:
        if self.rows.places.words:
            self._find(self.rows.places.words)

    def _find_step(self, by: int) -> None:
        if self.rows.places:
            self.find_bar.show_count(self.rows.step_place(by), len(self.rows.places))

    def show_last_prompt(self) -> None:
        """Show what the model saw for the last answer, where that is still known."""
        if self.shown.messages:
            self.rows.show_prompt(self.shown.messages[-1].id)


def _read(session: Session, conversation: str, message: str = "") -> Chat:
    """The stored chat, on the branch that a message was said on if one is given.

    Needs no model, unlike `Engine.open_chat`, so chats can be read while one is prepared.
    """
    from assistant.conversation.chat import read_chat

    if message:
        session.memory.show_message(conversation, message)
    return read_chat(session.memory, session.memory.conversation(conversation))
