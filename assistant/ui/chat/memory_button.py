"""Says at all times whether a chat reads and keeps memory, and lets the user change that."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from assistant.ui import theme
from assistant.ui.icons import set_icon


class MemoryState(Enum):
    """What becomes of what is said in a chat."""

    ON = "on"
    OFF = "off"
    PAUSED = "paused"
    TEMPORARY = "temporary"


_ICONS = {
    MemoryState.ON: ("check", "success"),
    MemoryState.OFF: ("memory-off", "warning"),
    MemoryState.PAUSED: ("pause", "warning"),
    MemoryState.TEMPORARY: ("temporary", "temporary"),
}


class MemoryButton(QToolButton):
    """The button, with its menu.

    Attributes:
        state: What it says.

    Signals:
        memory_wanted: The chat shall read and keep (True), or not.
        pause_wanted: All chats shall stop reading and keeping (True), or go on.
        keep_wanted: What is in RAM only shall be kept.
        forget_hour_wanted: What was said in the last hour shall be forgotten.
        menu_opens: Before the menu is seen: `allow` says what can be chosen.
    """

    memory_wanted = Signal(bool)
    pause_wanted = Signal(bool)
    keep_wanted = Signal()
    forget_hour_wanted = Signal()
    menu_opens = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = MemoryState.ON
        self._words = ""
        self._short = False
        self.setObjectName("memoryState")
        self.setProperty("role", "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._memory = menu.addAction(self.tr("Memory in this chat"))
        self._pause = menu.addAction(self.tr("Pause remembering in all chats"))
        for action, signal in ((self._memory, self.memory_wanted), (self._pause, self.pause_wanted)):
            action.setCheckable(True)
            action.triggered.connect(signal)
        menu.addSeparator()
        self._keep = menu.addAction(self.tr("Keep what was said here"), self.keep_wanted.emit)
        self._forget = menu.addAction(self.tr("Forget the last hour…"), self.forget_hour_wanted.emit)
        menu.aboutToShow.connect(self.menu_opens)
        self.setMenu(menu)
        theme.notifier().changed.connect(self._restyle)
        self.show_state(MemoryState.ON)

    def show_state(self, state: MemoryState) -> None:
        """Say what becomes of what is said."""
        self.state = state
        self._words, told = {
            MemoryState.ON: (self.tr("Memory on"), self.tr("Hippo reads its memory here and keeps what is said.")),
            MemoryState.OFF: (self.tr("Memory off"), self.tr("Nothing is read from memory here, and nothing is kept.")),
            MemoryState.PAUSED: (
                self.tr("Paused"),
                self.tr("Remembering is paused: nothing is read from memory, and nothing is kept, in any chat."),
            ),
            MemoryState.TEMPORARY: (
                self.tr("Nothing is kept"),
                self.tr("A temporary chat: nothing is read from memory, and nothing is kept."),
            ),
        }[state]
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self._restyle()

    def allow(self, *, memory: bool, pause: bool, keep: bool, forget: bool) -> None:
        """What can be chosen."""
        self._memory.setEnabled(memory)
        self._memory.setChecked(self.state in (MemoryState.ON, MemoryState.PAUSED))
        self._pause.setEnabled(pause)
        self._pause.setChecked(self.state is MemoryState.PAUSED)
        self._keep.setEnabled(keep)
        self._forget.setEnabled(forget)

    def shorten(self, short: bool) -> None:
        """Show the sign alone, where there is no room for words."""
        if short != self._short:
            self._short = short
            self._restyle()

    def _restyle(self) -> None:
        icon, tint = _ICONS[self.state]
        set_icon(self, icon, tint, 16)
        self.setText("" if self._short else self._words)
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(alone if self._short else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        colour = theme.current().muted if self.state is MemoryState.ON else getattr(theme.current(), tint)
        self.setStyleSheet(f"#memoryState {{ color: {colour}; }} #memoryState::menu-indicator {{ image: none; }}")
