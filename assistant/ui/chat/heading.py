"""The line above a chat: its title, whether it is a temporary one, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from assistant.ui import theme
from assistant.ui.chat.memory_button import MemoryButton, MemoryState
from assistant.ui.icons import set_icon
from assistant.ui.widgets.elided_label import ElidedLabel

WORDS_FROM = 380
"""Width in pixels at 100 % text from which the state of the memory is told in words."""


class ChatHeading(QFrame):
    """The line.

    Attributes:
        title: The name of the chat.
        memory: Says whether memory is read and kept here, and changes it.
        sidebar_button, inspector_button: Show or hide what is beside the chat.
        more: Opens the menu.

    Signals:
        find_wanted, prompt_wanted, rename_wanted, archive_wanted, move_wanted, export_wanted, forget_wanted: Chosen in
            the menu.
        menu_opens: Before the menu is seen: `allow` says what can be chosen.
    """

    find_wanted = Signal()
    prompt_wanted = Signal()
    rename_wanted = Signal()
    archive_wanted = Signal()
    move_wanted = Signal()
    export_wanted = Signal()
    forget_wanted = Signal()
    menu_opens = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._temporary = False
        self.setObjectName("chatHeading")
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "heading")
        self.memory = MemoryButton(self)
        self.sidebar_button = self._button("panel", self.tr("Show or hide the list of chats (Ctrl+B)"))
        self.inspector_button = self._button("memory", self.tr("Show or hide the memory inspector (Ctrl+I)"))
        self.more = more = self._button("more", self.tr("More about this chat"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        self._find = menu.addAction(self.tr("Find in this chat…"), self.find_wanted.emit)
        self._prompt = menu.addAction(self.tr("What the model saw last"), self.prompt_wanted.emit)
        menu.addSeparator()
        self._stored = [
            menu.addAction(self.tr("Rename…"), self.rename_wanted.emit),
            menu.addAction(self.tr("Archive"), self.archive_wanted.emit),
            menu.addAction(self.tr("Move to a space…"), self.move_wanted.emit),
            menu.addAction(self.tr("Export…"), self.export_wanted.emit),
        ]
        menu.addSeparator()
        self._stored.append(menu.addAction(self.tr("Forget this chat…"), self.forget_wanted.emit))
        menu.aboutToShow.connect(self.menu_opens)
        more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.sidebar_button)
        row.addWidget(self.title, 1)
        row.addWidget(self.memory, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(more)
        row.addWidget(self.inspector_button)
        QWidget.setTabOrder(self.memory, more)
        QWidget.setTabOrder(more, self.inspector_button)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def show_chat(self, title: str, *, memory: MemoryState, space: str = "") -> None:
        """Name the chat, and its space if that has a name. A temporary one has its own ground and its own sign."""
        self._temporary = memory is MemoryState.TEMPORARY
        self.title.show_line(f"{space} · {title}" if space else title)
        self.memory.show_state(memory)
        self._restyle()

    def allow(self, *, stored: bool, find: bool, prompt: bool) -> None:
        """What can be chosen: what is done to a stored chat, finding, and showing the last prompt."""
        for action in self._stored:
            action.setEnabled(stored)
        self._find.setEnabled(find)
        self._prompt.setEnabled(prompt)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the title."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.memory.shorten(self.width() < theme.scaled(WORDS_FROM))

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        set_icon(button, icon, "muted", 20)
        return button

    def _restyle(self) -> None:
        ground = theme.current().temporary_soft if self._temporary else theme.current().window
        self._fit()
        sheet = f"#chatHeading {{ background: {ground}; }}"
        if sheet != self.styleSheet():  # to set it styles all that is inside anew
            self.setStyleSheet(sheet)
