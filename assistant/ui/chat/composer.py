"""Where the user types: a field that grows with the text, Send, and Stop while an answer is being written."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import theme
from assistant.ui.chat.attachments import AttachmentTray, dropped_paths
from assistant.ui.chat.long_paste import LONG_PASTE
from assistant.ui.icons import set_icon
from assistant.ui.widgets.parts import PushButton, icon_button, text_label

LINES_AT_MOST = 9


class _Field(QPlainTextEdit):
    """The text field: Enter sends, Shift+Enter begins a new line.

    Signals:
        send: Enter was pressed.
        focused: It has the keyboard now, or no longer.
        up: The up key was pressed while it is empty.
        files_given: These files were dropped or pasted.
        long_pasted: A long text was pasted, and is not in the field.
    """

    send = Signal()
    focused = Signal()
    up = Signal()
    files_given = Signal(object)
    long_pasted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: none; background: transparent; padding: 0; }")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        lines = max(1, min(LINES_AT_MOST, int(self.document().size().height())))
        margins = 2 * int(self.document().documentMargin())
        return QSize(240, lines * self.fontMetrics().lineSpacing() + margins + 4)

    def minimumSizeHint(self) -> QSize:
        """The least it can do with."""
        return QSize(80, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window (which can undo a forgetting) where there is nothing to undo here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_empty_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something here."""
        if self._is_empty_undo(event):
            event.ignore()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            self.send.emit()
            return
        if event.key() == Qt.Key.Key_Up and self.document().isEmpty():
            self.up.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take files too."""
        return bool(dropped_paths(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted or dropped: files, a long text, or words."""
        if paths := dropped_paths(source):
            self.files_given.emit(paths)
        elif len(source.text()) >= LONG_PASTE:
            self.long_pasted.emit(source.text())
        else:
            super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._fit()

    def _is_empty_undo(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()

    def _fit(self) -> None:
        full = self.document().size().height() > LINES_AT_MOST
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()


class Composer(QWidget):
    """The field with its buttons.

    Signals:
        send: The user wants this text sent. The field keeps it until `clear`.
        stop: The user wants the answer to stop.
        typed: The words changed.
        edit_ended: The user wants to leave the message as it is that they were wording anew.
        recall_wanted: The user wants to word their last message anew: the up key in an empty field.
        attach_wanted: The user wants to choose files.
        files_given: These files were dropped or pasted.
        long_pasted: A text was pasted that is long enough to be asked about; it is not in the field.
    """

    send = Signal(str)
    stop = Signal()
    typed = Signal()
    edit_ended = Signal()
    recall_wanted = Signal()
    attach_wanted = Signal()
    files_given = Signal(object)
    long_pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = True
        self._lit = False
        self._hint_text = ""
        self._answering = False
        self._card = QFrame(self)
        self._card.setObjectName("composerCard")
        self.field = _Field(self._card)
        self.field.setAccessibleName(self.tr("Message"))
        self.field.setPlaceholderText(self.tr("Message…"))
        self.send_button = PushButton(self.tr("Send"), self._card)
        self.send_button.setProperty("role", "primary")
        self.send_button.setAccessibleName(self.tr("Send message"))
        self.stop_button = PushButton(self.tr("Stop"), self._card)
        self.stop_button.setAccessibleName(self.tr("Stop the answer"))
        self.stop_button.setToolTip(self.tr("Stop the answer (Esc). What is written is kept."))
        set_icon(self.stop_button, "stop", "text", 16)
        self.attach_button = icon_button("attach", self.tr("Attach files"))
        self.attach_button.clicked.connect(self.attach_wanted)
        self._tray: AttachmentTray | None = None
        self._hint = QLabel(self)
        self._hint.setProperty("role", "small")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._edit_bar = QWidget(self._card)
        words = text_label(self.tr("Editing your message. What followed it stays within reach."), "small")
        self.leave_button = icon_button("close", self.tr("Leave the message as it is (Esc)"))
        self.leave_button.clicked.connect(self.edit_ended)
        above = QHBoxLayout(self._edit_bar)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(words, 1)
        above.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignTop)
        self._edit_bar.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.field, 1)
        row.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        self._inner = inner
        inner.setSpacing(theme.TINY)
        inner.addWidget(self._edit_bar)
        inner.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.TINY)
        box.addWidget(self._card)
        box.addWidget(self._hint)
        self.field.send.connect(self._send)
        self.field.focused.connect(self._restyle)
        self.field.textChanged.connect(self._renew)
        self.field.textChanged.connect(self.typed)
        self.field.up.connect(self.recall_wanted)
        self.field.files_given.connect(self.files_given)
        self.field.long_pasted.connect(self.long_pasted)
        self.send_button.clicked.connect(self._send)
        self.stop_button.clicked.connect(self.stop)
        self.setFocusProxy(self.field)
        theme.notifier().changed.connect(self._restyle)
        self.set_state(ready=True, answering=False)
        self._restyle()

    def text(self) -> str:
        """What is typed."""
        return self.field.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text in, with the cursor at its end."""
        self.field.setPlainText(text)
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)

    def clear(self) -> None:
        """Empty the field, and what undo could bring back."""
        self.field.clear()
        self.field.document().clearUndoRedoStacks()

    def hold(self, tray: AttachmentTray) -> None:
        """Show the files that are to be sent above the field."""
        self._tray = tray
        self._inner.insertWidget(0, tray)
        tray.changed.connect(self._renew)

    def insert(self, text: str) -> None:
        """Put a text in where the cursor is; it can be undone."""
        self.field.textCursor().insertText(text)

    def show_editing(self, editing: bool) -> None:
        """Whether the field holds other words for a message that was sent, and not a new one."""
        had_focus = self.leave_button.hasFocus()
        self._edit_bar.setVisible(editing)
        if had_focus and not editing:
            self.field.setFocus()

    def set_state(self, *, ready: bool, answering: bool, hint: str = "", temporary: bool = False) -> None:
        """What can be done now.

        Args:
            ready: A message can be sent.
            answering: An answer can be stopped.
            hint: A line under the field, instead of the usual one.
            temporary: Mark the field as part of a temporary chat.
        """
        self._ready = ready
        had_focus = self.stop_button.hasFocus()
        self._answering = answering
        self.stop_button.setVisible(answering)
        self.send_button.setVisible(not answering)
        if had_focus and not answering:
            self.field.setFocus()
        self._hint_text = hint or self.tr("Enter sends · Shift+Enter begins a new line")
        self._hint.setText(self._hint_text)
        if temporary != self._card.property("temporary"):
            self._card.setProperty("temporary", temporary)
            self._restyle()
        self._renew()

    def _renew(self) -> None:
        tray = self._tray
        waits = tray is not None and tray.reading
        something = bool(self.text().strip()) or (tray is not None and bool(tray.documents()))
        self.send_button.setEnabled(self._ready and not self._answering and something and not waits)

    def _send(self) -> None:
        if self.send_button.isEnabled():
            self.send.emit(self.text())

    def show_target(self, lit: bool) -> None:
        """Show that what is dragged may be dropped."""
        self._lit = lit
        self._hint.setText(self.tr("Drop the files to attach them") if lit else self._hint_text)
        self._restyle()

    def _restyle(self) -> None:
        c = theme.current()
        temporary, focused = self._card.property("temporary"), self.field.hasFocus() or self._lit
        colour = c.temporary if temporary else c.accent if focused else c.border_strong
        edge = f"{2 if focused else 1}px {'dashed' if temporary or self._lit else 'solid'} {colour}"
        self._card.setStyleSheet(
            f"#composerCard {{ background: {c.surface}; border: {edge}; border-radius: {theme.RADIUS + 4}px;"
            f" padding: {0 if focused else 1}px; }}"
        )
