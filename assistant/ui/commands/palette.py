"""The command palette: type a few letters of what you want to do, or of a chat, and press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import icons, theme
from assistant.ui.commands.act import Choice, found
from assistant.ui.widgets.parts import text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_Index = QModelIndex | QPersistentModelIndex

LINES = 11
"""So many lines are seen at once; the list scrolls."""


class _Lines(QAbstractListModel):
    """The choices that were found.

    Attributes:
        choices: In order.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def show(self, choices: list[Choice]) -> None:
        """List these."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye and for screen readers."""
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.words}, {choice.note}" if choice.note else choice.words
        return None


class _Painter(QStyledItemDelegate):
    """Paints a choice: an icon, its words, and at the other end its keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Room for one line."""
        return QSize(80, option.fontMetrics.height() + theme.MEDIUM + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint it."""
        model = index.model()
        assert isinstance(model, _Lines)  # noqa: S101 - the palette's own
        choice, c = model.choices[index.row()], theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(theme.SMALL, 1, -theme.SMALL, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(c.color("accent_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, 7, 7)
        edge = theme.scaled(16)
        inner = rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        side = Qt.LayoutDirection(option.direction)
        icon_at = QStyle.visualRect(side, inner, QRect(inner.left(), inner.center().y() - edge // 2 + 1, edge, edge))
        icons.icon("chat" if choice.chat else "arrow-right", c.muted).paint(painter, icon_at)
        inner = QStyle.visualRect(side, inner, inner.adjusted(edge + theme.SMALL, 0, 0, 0))
        painter.setFont(option.font)
        metrics = option.fontMetrics
        note = metrics.elidedText(choice.note, Qt.TextElideMode.ElideRight, inner.width() // 2)
        taken = metrics.horizontalAdvance(note) + theme.MEDIUM if note else 0
        painter.setPen(c.color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, QStyle.visualAlignment(side, middle | Qt.AlignmentFlag.AlignRight), note)
        painter.setPen(c.color("text"))
        words = metrics.elidedText(choice.words, Qt.TextElideMode.ElideRight, inner.width() - taken)
        painter.drawText(inner, QStyle.visualAlignment(side, middle | Qt.AlignmentFlag.AlignLeft), words)
        painter.restore()


class CommandPalette(QDialog):
    """The palette. It closes before it does what was chosen.

    Attributes:
        field: Where the user types.
        list: What was found.
    """

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands and chats"))
        self._choices = list(choices)
        card = QFrame(self)
        card.setObjectName("palette")
        self.field = QLineEdit(card)
        self.field.setPlaceholderText(self.tr("What do you want to do, or which chat?"))
        self.field.setAccessibleName(self.tr("Find a command or a chat"))
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self._lines = _Lines(self)
        self.list = QListView(card)
        self.list.setModel(self._lines)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands and chats"))
        self.list.clicked.connect(lambda _index: self._choose())
        self._nothing = text_label(self.tr("Nothing is called like this."), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._show("")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list and choose from it, while one types."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        count = self._lines.rowCount()
        if count:
            self.list.setCurrentIndex(self._lines.index((self.list.currentIndex().row() + by) % count))

    def _show(self, typed: str) -> None:
        self._lines.show(found(self._choices, typed))
        some = self._lines.rowCount() > 0
        self.list.setVisible(some)
        self._nothing.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self._lines.index(0))

    def _choose(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < self._lines.rowCount():
            choice = self._lines.choices[at]
            self.accept()
            QTimer.singleShot(0, self.parent() or self, choice.run)

    def done(self, result: int) -> None:
        """Close, and hold no titles any longer."""
        self._choices = []
        self._lines.show([])
        super().done(result)

    def _place(self) -> None:
        line = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(LINES * max(line, 1))
        over = self.parentWidget()
        room = over.window().size() if over is not None else QSize(1000, 700)
        self.list.setFixedHeight(max(3 * line, min(LINES * line, room.height() - theme.scaled(160))))
        self.setFixedWidth(min(theme.scaled(560), room.width() - 2 * theme.HUGE))
        self.adjustSize()
        if over is not None:
            corner = over.window().geometry().topLeft()
            self.move(corner.x() + (room.width() - self.width()) // 2, corner.y() + min(90, room.height() // 10))

    def _restyle(self) -> None:
        c = theme.current()
        self.setStyleSheet(
            f"#palette {{ background: {c.surface}; border: 1px solid {c.border_strong}; }}"
            f"#palette QListView {{ background: {c.surface}; border: none; }}"
        )
