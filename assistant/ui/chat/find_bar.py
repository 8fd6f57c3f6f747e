"""Find in the chat: a line of words, how often they stand there, and the way from one place to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from assistant.ui import theme
from assistant.ui.icons import set_icon


class FindBar(QFrame):
    """The bar.

    Signals:
        words_changed: The words to find ("" when the bar closes).
        step: Go on by this many places (1 or -1).
    """

    words_changed = Signal(str)
    step = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in this chat…"))
        self.field.setAccessibleName(self.tr("Find in this chat"))
        self._count = QLabel(self)
        self._count.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, theme.TINY, theme.TINY, theme.TINY)
        row.setSpacing(theme.TINY)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        for icon, name, act in (
            ("chevron-up", self.tr("Previous match"), lambda: self.step.emit(-1)),
            ("chevron-down", self.tr("Next match"), lambda: self.step.emit(1)),
            ("close", self.tr("Close find bar"), self.close_bar),
        ):
            button = QToolButton(self)
            button.setProperty("role", "quiet")
            button.setAccessibleName(name)
            button.setToolTip(name)
            set_icon(button, icon, "muted", 16)
            button.clicked.connect(act)
            row.addWidget(button)
        self.field.textChanged.connect(self.words_changed)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar and type into it."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self.words_changed.emit(self.field.text())

    def close_bar(self) -> None:
        """Hide the bar and its words."""
        self.hide()
        self.field.setText("")  # `clear` could be undone
        self.words_changed.emit("")

    def show_count(self, at: int, count: int) -> None:
        """Say which of how many matches is shown; `at` counts from 1."""
        if not self.field.text():
            self._count.setText("")
        else:
            self._count.setText(f"{at} / {count}" if count else self.tr("Nothing found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
