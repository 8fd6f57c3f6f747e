"""An attached file in the chat: a chip with its name and length, and the way to what is remembered of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.ui import icons, theme
from assistant.ui.chat.attachments import size_words
from assistant.ui.widgets.elided_label import ElidedLabel
from assistant.ui.widgets.parts import icon_button, push_button, text_label

if TYPE_CHECKING:
    from assistant.conversation.chat import Message


class FileRow(QWidget):
    """The row.

    Signals:
        show_memory: Show the first memory of the file with this id in the inspector.
        forget_wanted: The file that is the message with this id should be forgotten.
    """

    show_memory = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, message: Message, *, day: str = "", parent: QWidget | None = None) -> None:
        """Show it; `day` is a line above the row, where a new day begins."""
        super().__init__(parent)
        chip = QFrame(self)
        chip.setProperty("role", "bubble")
        chip.setMaximumWidth(theme.scaled(520))
        name = ElidedLabel(chip)
        name.show_line(message.file)
        length = size_words(message.pages, len(message.text))
        told = text_label(self.tr("Attached file · {length}").format(length=length), "small")
        self.setAccessibleName(self.tr("Attached file {name}, {length}").format(name=message.file, length=length))
        self._sign = QLabel(chip)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(told)
        show = push_button(self.tr("Memories"), "link", tip=self.tr("Show what is remembered of this file"))
        show.clicked.connect(lambda: self.show_memory.emit(message.id))
        forget = icon_button("forget", self.tr("Forget this file"))
        forget.clicked.connect(lambda: self.forget_wanted.emit(message.id))
        row = QHBoxLayout(chip)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(show)
        row.addWidget(forget)
        line = QHBoxLayout()
        line.addWidget(chip, 1000)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.MEDIUM)
        if day:
            label = text_label(day, "small")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setContentsMargins(0, theme.SMALL, 0, theme.MEDIUM)
            box.addWidget(label)
        box.addLayout(line)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._sign.setPixmap(icons.icon("attach", theme.current().muted).pixmap(theme.scaled(20)))
