"""The sign of Hippo among those of the desktop, where it has such a place: quick entry, pause, lock; and notifications.

A notification never quotes what was said: it may be seen by others, and desktops keep a list of them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLineEdit, QMenu, QSystemTrayIcon, QVBoxLayout, QWidget

from assistant.ui import icons, theme
from assistant.ui.widgets.parts import text_label

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_ANSWER_SECONDS = 8.0
"""An answer that took this long, from the question to its end, is told of where nobody is looking."""


class QuickEntry(QDialog):
    """One line to type a question in, wherever one is. Enter sends it to a new chat.

    Signals:
        asked: The question.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        flags = Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Ask Hippo"))
        card = QFrame(self)
        card.setObjectName("quickEntry")
        self.field = QLineEdit(card)
        self.field.setPlaceholderText(self.tr("Ask Hippo…"))
        self.field.setAccessibleName(self.tr("Question for Hippo"))
        self.field.returnPressed.connect(self._ask)
        column = QVBoxLayout(card)
        column.addWidget(self.field)
        column.addWidget(text_label(self.tr("Enter asks in a new chat · Esc closes"), "small"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        c = theme.current()
        self.setStyleSheet(f"#quickEntry {{ background: {c.surface}; border: 1px solid {c.border_strong}; }}")
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.setFixedWidth(min(theme.scaled(520), room.width() - 2 * theme.HUGE))
        self.adjustSize()
        self.move(room.center().x() - self.width() // 2, room.top() + room.height() // 4)

    def _ask(self) -> None:
        question = self.field.text().strip()
        if question:
            self.accept()
            self.asked.emit(question)


class Tray(QObject):
    """The sign, its menu, and what it tells.

    Attributes:
        shown: Whether the desktop has a place for it.

    Signals:
        open_wanted, lock_wanted, quit_wanted, temporary_wanted: Chosen in the menu.
        pause_wanted: All chats shall stop reading and keeping (True), or go on.
        asked: A question that was typed in the quick entry.
    """

    open_wanted = Signal()
    lock_wanted = Signal()
    quit_wanted = Signal()
    temporary_wanted = Signal()
    pause_wanted = Signal(bool)
    asked = Signal(str)

    def __init__(
        self, window: QWidget, *, available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    ) -> None:
        """`available`: whether the desktop has a place for such signs."""
        super().__init__(window)
        self._window = window
        self._began: float | None = None
        self.shown = available()
        self.menu = QMenu(window)
        self.menu.addAction(self.tr("Open Hippo"), self.open_wanted.emit)
        self.menu.addAction(self.tr("Ask…"), self.quick_entry)
        self.menu.addAction(self.tr("New temporary chat"), self.temporary_wanted.emit)
        self.menu.addSeparator()
        self._pause = self.menu.addAction(self.tr("Pause remembering in all chats"))
        self._pause.setCheckable(True)
        self._pause.triggered.connect(self.pause_wanted)
        self._lock = self.menu.addAction(self.tr("Lock now"), self.lock_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Quit Hippo"), self.quit_wanted.emit)
        self._icon: QSystemTrayIcon | None = None
        if self.shown:
            self._icon = QSystemTrayIcon(icons.logo(), self)
            self._icon.setToolTip("Hippo")
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.open_wanted)
            self._icon.show()

    def show_state(self, *, unlocked: bool, paused: bool) -> None:
        """What can be chosen, and what is."""
        self._pause.setEnabled(unlocked)
        self._pause.setChecked(paused)
        self._lock.setEnabled(unlocked)

    def quick_entry(self) -> None:
        """Let the user ask a question from wherever they are."""
        shown = self._window.findChild(QuickEntry) or QuickEntry(self._window)
        shown.asked.connect(self.asked, Qt.ConnectionType.UniqueConnection)
        shown.show()
        shown.raise_()
        shown.activateWindow()
        shown.field.setFocus()

    def answering(self, under_way: bool) -> None:
        """An answer is on its way, or is over. One that took long is told of, where the window is not looked at."""
        if under_way:
            self._began = self._began or time.monotonic()
            return
        began, self._began = self._began, None
        if began is not None and time.monotonic() - began >= LONG_ANSWER_SECONDS and not self._is_seen():
            self.tell(self.tr("Hippo has answered."))

    def tell(self, words: str) -> None:
        """Notify the user. `words` must hold no content."""
        if self._icon is not None and QSystemTrayIcon.supportsMessages():
            self._icon.showMessage("Hippo", words, icons.logo())
        else:
            QApplication.alert(self._window)

    def _is_seen(self) -> bool:
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.quick_entry()
