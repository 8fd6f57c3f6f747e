"""Paints a row of the inspector's lists: icon, words with marked matches, and the small line below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.ui import icons, theme
from assistant.ui.inspector.rows import Line, Rows


class RowDelegate(QStyledItemDelegate):
    """Draws `Line`s. All rows are equally high, so a list of 100,000 costs no more than one of ten.

    Attributes:
        text_lines: How many lines of text a row has room for.
        headed: Whether rows have a heading.
    """

    def __init__(self, parent: QWidget, *, text_lines: int = 2, headed: bool = False) -> None:
        super().__init__(parent)
        self.text_lines = text_lines
        self.headed = headed

    def row_height(self) -> int:
        """Height of each row at the text size in use."""
        body, small = QFontMetrics(_font()), QFontMetrics(_font(0.88))
        lines = self.text_lines + int(self.headed)
        return 2 * theme.SMALL + lines * body.lineSpacing() + small.lineSpacing() + theme.TINY

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the list, as high as every row."""
        return QSize(theme.scaled(160), self.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, Rows) or index.row() >= model.size():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        direction: Qt.LayoutDirection = option.direction
        self._ground(painter, rect, state)
        self._words(painter, rect, direction, model.line(index.row()))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        box = QRectF(rect).adjusted(4, 1, -4, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colours.color("accent_soft"))
            painter.drawRoundedRect(box, 7, 7)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.color("raised"))
            painter.drawRoundedRect(box, 7, 7)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.color("accent"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def _words(self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection, line: Line) -> None:
        colours = theme.current()
        body, small = _font(), _font(0.88)
        body_height, small_height = QFontMetrics(body).lineSpacing(), QFontMetrics(small).lineSpacing()
        edge = theme.scaled(16)
        inner = rect.adjusted(theme.MEDIUM, theme.SMALL, -theme.MEDIUM, -theme.SMALL)
        gutter = edge + theme.SMALL
        column = QRect(inner.x() + gutter, inner.y(), max(1, inner.width() - gutter), inner.height())
        column = QStyle.visualRect(direction, inner, column)
        text_colour = colours.color("muted" if line.faint else "text")

        layout = _laid_out(line, body, direction, column.width(), self.text_lines)
        used = min(layout.lineCount(), self.text_lines)
        top = column.y() + (self.text_lines - used) * body_height // 2

        spot = QRect(inner.x(), top + max(0, (body_height - edge) // 2), edge, edge)
        spot = QStyle.visualRect(direction, inner, spot)
        icons.icon(line.icon, getattr(colours, line.tint)).paint(painter, spot)

        align = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        if line.heading:
            bold = QFont(body)
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(colours.color("text"))
            words = QFontMetrics(bold).elidedText(line.heading, Qt.TextElideMode.ElideRight, column.width())
            painter.drawText(QRect(column.x(), top, column.width(), body_height), align, words)
            top += body_height
        painter.setFont(body)
        painter.setPen(text_colour)
        for number in range(used):
            row = layout.lineAt(number)
            row.draw(painter, QPointF(column.x(), top - row.y() + number * body_height))
        top += used * body_height + theme.TINY

        meter = theme.scaled(34) if line.score is not None else 0
        painter.setFont(small)
        painter.setPen(colours.color("muted"))
        room = column.width() - (meter + theme.SMALL if meter else 0)
        meta = QStyle.visualRect(direction, column, QRect(column.x(), top, max(1, room), small_height))
        shown = QFontMetrics(small).elidedText(line.meta, Qt.TextElideMode.ElideRight, room)
        painter.drawText(meta, align, shown)
        if line.score is not None:
            bar = QRect(column.right() - meter, top + small_height // 2 - 2, meter, 4)
            self._meter(painter, QStyle.visualRect(direction, column, bar), direction, line.score)

    def _meter(self, painter: QPainter, bar: QRect, direction: Qt.LayoutDirection, score: float) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color("border"))
        painter.drawRoundedRect(bar, 2, 2)
        filled = QRect(bar.x(), bar.y(), max(4, round(bar.width() * min(1.0, max(0.0, score)))), bar.height())
        painter.setBrush(colours.color("accent"))
        painter.drawRoundedRect(QStyle.visualRect(direction, bar, filled), 2, 2)


def _font(factor: float = 1.0) -> QFont:
    font = QFont()
    font.setPointSizeF(theme.points(factor))
    return font


def _laid_out(line: Line, font: QFont, direction: Qt.LayoutDirection, width: int, most: int) -> QTextLayout:
    """The text broken into at most `most` lines, the last one shortened with an ellipsis; matches marked."""
    layout = _broken(line.text, (), font, direction, width, most + 1)
    if layout.lineCount() <= most and not line.marks:
        return layout
    text = line.text
    if layout.lineCount() > most:
        last = layout.lineAt(most - 1)
        start = last.textStart()
        tail = text[start : start + 2 * (last.textLength() + 12)]
        text = text[:start] + QFontMetrics(font).elidedText(tail, Qt.TextElideMode.ElideRight, width)
    return _broken(text, line.marks, font, direction, width, most)


def _broken(
    text: str, marks: tuple[str, ...], font: QFont, direction: Qt.LayoutDirection, width: int, most: int
) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption(QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft))
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats(_marked(text, marks))
    layout.beginLayout()
    height = 0.0
    for _ in range(most):
        row = layout.createLine()
        if not row.isValid():
            break
        row.setLineWidth(width)
        row.setPosition(QPointF(0, height))
        height += row.height()
    layout.endLayout()
    return layout


def _marked(text: str, marks: tuple[str, ...]) -> list[QTextLayout.FormatRange]:
    """Where the marked words stand in the text, and how they look."""
    lower = text.casefold()
    if len(lower) != len(text):  # case folding can lengthen a text; then positions in it would not fit
        return []
    look = QTextCharFormat()
    look.setBackground(theme.current().color("found"))
    ranges: list[QTextLayout.FormatRange] = []
    for word in marks:
        at = lower.find(word)
        while at >= 0:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = at, len(word), look
            ranges.append(found)
            at = lower.find(word, at + len(word))
    return ranges
