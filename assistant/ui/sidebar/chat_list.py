"""The list of chats: its model, how a row is painted, and the keys that work on it. Knows no verb of the core."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.ui import icons, theme
from assistant.ui.sidebar.groups import Row

_Index = QModelIndex | QPersistentModelIndex


class ChatListModel(QAbstractListModel):
    """Rows of the list.

    Attributes:
        rows: What is listed.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """List these rows."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye and for screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.text}\n{row.detail}" if row.detail else row.text
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headers cannot be chosen."""
        if self.rows[index.row()].opens:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren


class _Painter(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Room for one line, or two."""
        row = _row(index)
        line = QFontMetrics(_font(row)).height()
        if row.kind == "header":
            return QSize(60, line + theme.LARGE + theme.TINY)
        if row.kind == "note":
            room = option.widget.width() - 2 * theme.LARGE if option.widget is not None else 200
            box = QFontMetrics(_font(row)).boundingRect(
                QRect(0, 0, max(60, room), 10_000), Qt.TextFlag.TextWordWrap, row.text
            )
            return QSize(60, box.height() + 2 * theme.LARGE)
        lines = line + (QFontMetrics(_small()).height() if row.detail else 0)
        return QSize(60, lines + theme.MEDIUM + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground, the line and the second line."""
        c = theme.current()
        row = _row(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(theme.SMALL, 1, -theme.SMALL, -1)
        state = option.state
        open_now = isinstance(option.widget, ChatList) and row.kind == "chat" and row.conversation == option.widget.open
        touched = state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if open_now or (row.opens and touched):
            painter.setBrush(c.color("accent_soft" if open_now else "raised"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, 7, 7)
        if row.opens and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(c.color("accent"), 2))
            painter.drawRoundedRect(rect, 7, 7)
        inner = rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        quiet = row.kind in ("header", "toggle", "note") or row.archived
        painter.setPen(c.color("muted" if quiet else "text"))
        painter.setFont(_font(row))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        if row.kind == "note":
            painter.drawText(inner, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, row.text)
        elif row.kind == "header":
            painter.drawText(inner.adjusted(0, theme.SMALL, 0, 0), flags, row.text)
        elif row.detail:
            top = QRect(inner.left(), inner.top() + 5, inner.width(), painter.fontMetrics().height())
            painter.drawText(top, flags, _elided(painter, row.text, inner.width()))
            painter.setFont(_small())
            painter.setPen(c.color("muted"))
            under = QRect(inner.left(), top.bottom(), inner.width(), painter.fontMetrics().height())
            painter.drawText(under, flags, _elided(painter, row.detail, inner.width()))
        elif row.archived:
            edge = painter.fontMetrics().height()
            box = QRect(inner.left(), inner.center().y() - edge // 2, edge, edge)
            icons.icon("archive").paint(painter, box)
            rest = inner.adjusted(edge + theme.SMALL, 0, 0, 0)
            painter.drawText(rest, flags, _elided(painter, row.text, rest.width()))
        else:
            painter.drawText(inner, flags, _elided(painter, row.text, inner.width()))
        painter.restore()


class ChatList(QListView):
    """The list. The chat that is open is drawn apart from the row that the keyboard is at.

    Attributes:
        open: Id of the conversation that is open, or "".

    Signals:
        chosen: The row that was chosen.
        rename, move_to, export, forget: For the conversation with this id.
        archive: For the conversation with this id: put away (True) or take out again.
    """

    chosen = Signal(object)
    rename = Signal(str)
    move_to = Signal(str)
    export = Signal(str)
    archive = Signal(str, bool)
    forget = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = ""
        self.rows = ChatListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Chats"))
        self.clicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._menu)
        theme.notifier().changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: list[Row], current: str) -> None:
        """List these rows and mark the chat with the id `current`."""
        at = self.verticalScrollBar().value()
        self.rows.show(rows)
        self.set_current(current)
        self.verticalScrollBar().setValue(at)

    def set_current(self, conversation: str) -> None:
        """Mark the chat that is shown ("" for none)."""
        self.open = conversation
        self.viewport().update()
        for at, row in enumerate(self.rows.rows):
            if row.kind == "chat" and row.conversation == conversation:
                self.setCurrentIndex(self.rows.index(at))
                return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def return_to_open(self) -> None:
        """Let the keyboard be at the chat that is open, wherever it was."""
        self.set_current(self.open)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a row that the keyboard is at."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            first = next((at for at, row in enumerate(self.rows.rows) if row.opens), None)
            if first is not None:
                self.setCurrentIndex(self.rows.index(first))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the keyboard, only the open chat is marked."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.return_to_open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 renames, Delete forgets."""
        index = self.currentIndex()
        row = _row(index) if index.isValid() else None
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(index)
        elif row is not None and row.kind == "chat" and event.key() == Qt.Key.Key_F2:
            self.rename.emit(row.conversation)
        elif row is not None and row.kind == "chat" and event.key() == Qt.Key.Key_Delete:
            self.forget.emit(row.conversation)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        row = _row(index)
        if row.opens:
            self.chosen.emit(row)

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        row = _row(index) if index.isValid() else None
        if row is None or not row.conversation:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self.return_to_open)
        menu.addAction(self.tr("Open"), lambda: self.chosen.emit(row))
        menu.addAction(self.tr("Rename…"), lambda: self.rename.emit(row.conversation))
        menu.addAction(
            self.tr("Take out of the archive") if row.archived else self.tr("Archive"),
            lambda: self.archive.emit(row.conversation, not row.archived),
        )
        menu.addAction(self.tr("Move to a space…"), lambda: self.move_to.emit(row.conversation))
        menu.addAction(self.tr("Export…"), lambda: self.export.emit(row.conversation))
        menu.addSeparator()
        menu.addAction(self.tr("Forget this chat…"), lambda: self.forget.emit(row.conversation))
        menu.popup(self.viewport().mapToGlobal(at))


def _row(index: _Index) -> Row:
    model = index.model()
    assert isinstance(model, ChatListModel)  # noqa: S101 - the only model this list has
    return model.rows[index.row()]


def _small() -> QFont:
    font = QFont()
    font.setPointSizeF(theme.points(0.85))
    return font


def _font(row: Row) -> QFont:
    if row.kind == "header":
        font = _small()
        font.setWeight(QFont.Weight.DemiBold)
        return font
    return QFont()


def _elided(painter: QPainter, text: str, room: int) -> str:
    return painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room)
