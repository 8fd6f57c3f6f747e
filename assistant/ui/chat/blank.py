"""What stands where there are no messages yet: the sign of Hippo, or of a temporary chat, and a few words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from assistant.ui import icons, theme


class BlankChat(QWidget):
    """The page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._temporary = False
        self._logo = QLabel(self)
        self._logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title, self._text = QLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.MEDIUM)
        column.addStretch(2)
        column.addWidget(self._logo)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(3)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def invite(self, *, temporary: bool) -> None:
        """Say what a new chat is."""
        other = temporary != self._temporary
        self._temporary = temporary
        if temporary:
            self.say(
                self.tr("A chat that leaves no trace"),
                self.tr("Hippo reads none of its memories here and keeps nothing of what is said."),
            )
        else:
            self.say(
                self.tr("What is on your mind?"),
                self.tr("Hippo remembers what you tell it, on this computer only. You can see and forget all of it."),
            )
        if other:
            self._restyle()

    def say(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words have it."""
        super().resizeEvent(event)
        self._logo.setVisible(self.height() >= theme.scaled(230))

    def _restyle(self) -> None:
        sign = icons.icon("temporary", theme.current().temporary) if self._temporary else icons.logo()
        self._logo.setPixmap(sign.pixmap(theme.scaled(64)))
