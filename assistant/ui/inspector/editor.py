"""The words of a memory: shown as they are, and edited in place."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from assistant.ui import theme


class MemoryText(QTextEdit):
    """As high as its words. Read-only until `begin`.

    Attributes:
        editing: Whether it can be typed into now.

    Signals:
        saved: The new words (Ctrl+Enter).
        cancelled: Editing ended without a change (Escape).
    """

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = False
        self._words = ""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Text of the memory"))
        # A style of its own, because the look of a field is wrong for words that are only read.
        self.setStyleSheet(
            "QTextEdit[readOnly=true], QTextEdit[readOnly=true]:focus"
            " { background: transparent; border: none; padding: 0; }"
        )
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._allow_typing(False)

    def show_words(self, words: str) -> None:
        """Show these words; an editing under way is given up."""
        self._words = words
        self._allow_typing(False)
        if self.toPlainText() != words:
            self.setPlainText(words)

    def begin(self) -> None:
        """Let the user type."""
        self._allow_typing(True)
        self.setFocus()
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def save(self) -> None:
        """Take the words over, if they are others and not empty."""
        words = self.toPlainText()
        if not self.editing or not words.strip():
            return
        if words == self._words:
            self.cancel()
            return
        self._words = words
        self._allow_typing(False)
        self.saved.emit(words)

    def cancel(self) -> None:
        """Go back to the words of before."""
        if self.editing:
            self.show_words(self._words)
            self.cancelled.emit()

    def event(self, event: QEvent) -> bool:
        """While editing, Escape and Ctrl+Enter belong here and not to the window."""
        keys = {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        override = event.type() == QEvent.Type.ShortcutOverride
        if self.editing and override and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Escape cancels."""
        if self.editing and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier):
                self.save()
                return
        elif self.editing and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as the words."""
        return QSize(theme.scaled(160), self._height())

    def minimumSizeHint(self) -> QSize:
        """Narrow, and as high as the words."""
        return QSize(theme.scaled(80), self._height())

    def _height(self) -> int:
        margins = self.viewportMargins()
        return int(self.document().size().height()) + margins.top() + margins.bottom() + 4

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    def _allow_typing(self, allowed: bool) -> None:
        self.editing = allowed
        self.setReadOnly(not allowed)
        across, down = (theme.MEDIUM, theme.SMALL) if allowed else (0, 0)
        self.setViewportMargins(across, down, across, down)
        if not allowed:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.style().unpolish(self)
        self.style().polish(self)
        self._fit()
