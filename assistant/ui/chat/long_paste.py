"""What to do with a long text that was pasted: attach it, take its beginning, or paste it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.widgets.parts import push_button, text_label

if TYPE_CHECKING:
    from assistant.conversation.long_text import Measured

LONG_PASTE = 4_000
"""Characters from which a pasted text is asked about: some thousand tokens."""


class LongPasteDialog(QDialog):
    """The question. Leaving it pastes nothing; the text is on the clipboard still.

    Signals:
        attach_wanted: Attach it as a file.
        paste_wanted: Paste this much of it.
    """

    attach_wanted = Signal()
    paste_wanted = Signal(str)

    def __init__(self, text: str, length: Measured, *, can_attach: bool, parent: QWidget | None = None) -> None:
        """Ask.

        Args:
            text: What was pasted.
            length: Measured with the model that answers.
            can_attach: Whether something is remembered in this chat.
            parent: The parent widget.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("A long text"))
        number = QLocale().toString
        self._text, self._beginning = text, length.beginning
        told = self.tr("It has {words} words, about {tokens} tokens. One message has room for {room}.").format(
            words=number(len(text.split())), tokens=number(length.tokens), room=number(length.room)
        )
        if not length.fits:
            told += " " + self.tr("As it is, it is too long to be sent.")
        elif can_attach:
            told += " " + self.tr("What Hippo recalls has to fit in beside it.")
        attach = self.tr("Hippo reads all of it into the memory of this chat and looks up what a question needs.")
        cannot = self.tr("It cannot be attached, because nothing is remembered in this chat.")
        words = len(length.beginning.split())
        self.attach_button = push_button(self.tr("Attach as a file"), "primary")
        self.begin_button = push_button(self.tr("Paste the first {n} words").format(n=number(words)))
        self.paste_button = push_button(self.tr("Paste all of it"))
        self.cancel_button = push_button(self.tr("Cancel"))
        self.attach_button.setEnabled(can_attach)
        self.begin_button.setVisible(len(length.beginning) < len(text.rstrip()))
        self.attach_button.clicked.connect(self._attach)
        self.begin_button.clicked.connect(lambda: self._paste(self._beginning))
        self.paste_button.clicked.connect(lambda: self._paste(self._text))
        self.cancel_button.clicked.connect(self.reject)
        (self.attach_button if can_attach else self.paste_button).setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(self.tr("This is a long text"), "heading"))
        column.addWidget(text_label(told))
        column.addWidget(text_label(attach if can_attach else cannot, "muted"))
        column.addSpacing(theme.SMALL)
        for button in (self.attach_button, self.begin_button, self.paste_button):
            column.addWidget(button)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.cancel_button)
        column.addLayout(last)
        self.resize(theme.scaled(440), self.sizeHint().height())

    def _attach(self) -> None:
        self.accept()
        self.attach_wanted.emit()

    def _paste(self, text: str) -> None:
        self.accept()
        self.paste_wanted.emit(text)
