"""The side panel: search over all chats, new and temporary chats, the list, settings and lock.

Reads the list through the session; everything that changes something it asks of the window by signals.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.icons import icon, set_icon
from assistant.ui.sidebar.chat_list import ChatList
from assistant.ui.sidebar.groups import Row, grouped, title_of, translate
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.fields import ComboBox, name_buttons_of
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.memory.views import ChatEntry

SEARCH_AFTER_MS = 250
MESSAGES_FOUND = 20
LEAST_LIKENESS = 0.3
"""Messages that have other words than those searched for, and are less like them than this, are not found."""


class _SearchField(QLineEdit):
    """Escape empties it.

    Signals:
        down: The user wants to go on to the list.
    """

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties, arrow down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class Sidebar(QFrame):
    """The panel.

    Attributes:
        list: The list of chats.
        search: The field to search in.
        spaces: Chooses the space whose chats are listed; only seen where there is one that has a name.

    Signals:
        new_chat: Begin a chat; True for a temporary one.
        open_chat: Show the conversation with this id, at the message with this id ("" for where it was).
        rename, move_to, export, forget: For the conversation with this id.
        archive: For the conversation with this id: put away (True) or take out again.
        space_chosen: Another space is shown.
        settings, lock: The buttons at the bottom.
    """

    new_chat = Signal(bool)
    open_chat = Signal(str, str)
    rename = Signal(str)
    move_to = Signal(str)
    export = Signal(str)
    archive = Signal(str, bool)
    forget = Signal(str)
    space_chosen = Signal()
    settings = Signal()
    lock = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._entries: list[ChatEntry] = []
        self._found: list[Row] = []
        self._current = ""
        self._archived_shown = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_AFTER_MS)
        self._wait.timeout.connect(self._search)
        self.setProperty("role", "panel")
        self.search = _SearchField(self)
        self.search.setPlaceholderText(self.tr("Search chats…"))
        self.search.setAccessibleName(self.tr("Search chats"))
        self._glass = self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        name_buttons_of(self.search, self.tr("Empty the search"))
        self.search.textChanged.connect(self._typed)
        self.search.down.connect(self._to_list)
        self.search.returnPressed.connect(self._open_first)
        self.new_button = push_button(self.tr("New chat"), icon="plus", tip=self.tr("New chat (Ctrl+N)"))
        self.temporary_button = push_button(
            self.tr("Temporary"), icon="temporary", tip=self.tr("A chat that nothing is kept of (Ctrl+Shift+N)")
        )
        self.temporary_button.setAccessibleName(self.tr("New temporary chat"))
        set_icon(self.temporary_button, "temporary", "temporary", 16)
        self.new_button.clicked.connect(lambda: self.new_chat.emit(False))
        self.temporary_button.clicked.connect(lambda: self.new_chat.emit(True))
        self.spaces = ComboBox(self)
        self.spaces.setAccessibleName(self.tr("Space"))
        self.spaces.setToolTip(self.tr("What is said in a space is remembered in its chats only"))
        self.spaces.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.spaces.activated.connect(self._choose_space)
        self.spaces.hide()
        self._named: list[str] = []
        self.list = ChatList(self)
        self.list.chosen.connect(self._choose)
        self.list.rename.connect(self.rename)
        self.list.move_to.connect(self.move_to)
        self.list.export.connect(self.export)
        self.list.archive.connect(self.archive)
        self.list.forget.connect(self.forget)
        self.settings_button = push_button(
            self.tr("Settings"), "quiet", icon="settings", tip=self.tr("Settings (Ctrl+,)")
        )
        self.lock_button = push_button(self.tr("Lock"), "quiet", icon="lock", tip=self.tr("Lock now (Ctrl+L)"))
        self.settings_button.clicked.connect(self.settings)
        self.lock_button.clicked.connect(self.lock)
        top, bottom = QWidget(self), QWidget(self)
        above, below = FlowLayout(top), FlowLayout(bottom)
        above.addWidget(self.new_button)
        above.addWidget(self.temporary_button)
        below.addWidget(self.settings_button)
        below.addWidget(self.lock_button)
        padded = QVBoxLayout()
        padded.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.TINY)
        padded.setSpacing(theme.SMALL)
        padded.addWidget(self.search)
        padded.addWidget(top)
        padded.addWidget(self.spaces)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.SMALL)
        foot.addWidget(bottom)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(padded)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        order: tuple[QWidget, ...] = (self.new_button, self.temporary_button, self.search, self.spaces, self.list)
        order += (self.settings_button, self.lock_button)
        for one, next_one in pairwise(order):
            QWidget.setTabOrder(one, next_one)
        theme.notifier().changed.connect(self._restyle)

    def refresh(self) -> None:
        """Read the chats again."""
        session = self._session
        if session.stage != "open":
            self._take([])
            return
        self._tasks.run(lambda: session.memory.conversations(), done=self._take, owner=self)

    def set_current(self, conversation: str) -> None:
        """Mark the chat that is shown."""
        self._current = conversation
        self.list.set_current(conversation)

    def set_lockable(self, lockable: bool) -> None:
        """Whether there is anything to lock."""
        self.lock_button.setVisible(lockable)

    def forget_everything_shown(self) -> None:
        """Let go of all words: at the lock."""
        self._wait.stop()
        self._entries, self._found, self._current = [], [], ""
        self.search.setText("")  # `clear` could be undone
        self._named = []
        self._offer_spaces(None)
        self.list.rows.show([])

    @property
    def space(self) -> str | None:
        """The space whose chats are listed, and to which new ones belong; None where all are."""
        chosen = self.spaces.currentData()
        return None if chosen is None else str(chosen)

    def show_space(self, name: str | None) -> None:
        """List the chats of a space, also of one without any chat yet; None for those of all."""
        if name and name not in self._named:
            self._named = sorted([*self._named, name], key=str.casefold)
        self._offer_spaces(name)
        self._show()

    def _offer_spaces(self, chosen: str | None) -> None:
        self.spaces.clear()
        self.spaces.addItem(self.tr("All chats"), None)
        self.spaces.addItem(self.tr("Everyday"), "")
        for name in self._named:
            self.spaces.addItem(name, name)
        self.spaces.setCurrentIndex(max(0, self.spaces.findData(chosen)) if chosen is not None else 0)
        self.spaces.setVisible(bool(self._named))

    def _choose_space(self, _at: int) -> None:
        self._show()
        self.space_chosen.emit()

    def _of_space(self) -> list[ChatEntry]:
        space = self.space
        return [entry for entry in self._entries if space is None or entry.conversation.space == space]

    def titles(self) -> dict[str, str]:
        """Titles of the chats by id."""
        return {entry.conversation.id: title_of(entry) for entry in self._entries}

    def _restyle(self) -> None:
        self._glass.setIcon(icon("search"))

    def _words(self) -> str:
        return " ".join(self.search.text().split())

    def _take(self, entries: list[ChatEntry]) -> None:
        self._entries = entries
        space = self.space
        named = {entry.conversation.space for entry in entries} | ({space} if space else set())
        self._named = sorted((name for name in named if name), key=str.casefold)
        self._offer_spaces(space)
        self._show()

    def _show(self) -> None:
        words = self._words()
        if words:
            low = words.casefold().split()
            rows = [
                Row("chat", title_of(e), conversation=e.conversation.id, archived=e.conversation.archived)
                for e in self._of_space()
                if all(word in title_of(e).casefold() for word in low)
            ]
            if self._found:
                rows = [*rows, Row("header", translate("In messages")), *self._found]
            if not rows and not self._wait.isActive():
                rows = [Row("note", translate("No chat has these words."))]
        else:
            rows = grouped(self._of_space(), date.today(), archived_shown=self._archived_shown)
            if not rows:
                temporary = self._session.stage == "temporary"
                nothing = translate("Nothing is remembered in this session.")
                rows = [Row("note", nothing if temporary else translate("Your chats will appear here."))]
        self.list.show_rows(rows, self._current)

    def _typed(self) -> None:
        self._found = []
        if self._words():
            self._wait.start()
        else:
            self._wait.stop()
        self._show()

    def _search(self) -> None:
        words, session = self._words(), self._session
        titles = self.titles()
        if not words or session.stage != "open":
            self._show()
            return

        def look() -> list[Row]:
            from assistant.memory.views import Filter
            from assistant.store.records import Episode

            episodes = Filter(kinds=frozenset({"episode"}))
            said = session.memory.records(replace(episodes, words=words))
            alike = session.memory.search(words, limit=MESSAGES_FOUND, filter=episodes, least=LEAST_LIKENESS)
            found = {record.id: record for record in [*said, *(each.record for each in alike)]}
            return [
                Row("message", record.text, titles.get(record.conversation, ""), record.conversation, record.message)
                for record in list(found.values())[:MESSAGES_FOUND]
                if isinstance(record, Episode)
            ]

        def take(rows: list[Row]) -> None:
            if words == self._words():
                self._found = rows
                self._show()

        self._tasks.run(look, done=take, owner=self)

    def _choose(self, row: Row) -> None:
        if row.kind == "toggle":
            self._archived_shown = not self._archived_shown
            self._show()
            return
        self.open_chat.emit(row.conversation, row.message)

    def _to_list(self) -> None:
        for at, row in enumerate(self.list.rows.rows):
            if row.opens:
                self.list.setFocus()
                self.list.setCurrentIndex(self.list.rows.index(at))
                return

    def _open_first(self) -> None:
        for row in self.list.rows.rows:
            if row.conversation:
                self._choose(row)
                return
