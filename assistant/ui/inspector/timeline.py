"""How many memories fall on each day, as bars that can be clicked to see only those days.

Shows what it is given; the inspector asks the memory. Where there are more days than room, bars are weeks or months,
and a click on one of these looks closer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QStyle, QToolTip, QWidget

from assistant.ui import theme
from assistant.ui.inspector.words import day_words, memories, tr

NARROWEST = 5
WIDEST = 22
"""Width of a bar with its gap, in pixels."""


@dataclass(frozen=True)
class Bar:
    """The days from `first` to `last`, both included, and how many memories they hold."""

    first: date
    last: date
    count: int

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def make_bars(days: Mapping[date, int], first: date, last: date, most: int) -> list[Bar]:
    """The days from `first` to `last` in at most about `most` bars: days, else weeks, else months, else years."""
    step: Callable[[date], date] = _next_day
    for step in (_next_day, _next_week, _next_month, _next_year):
        starts = _starts(first, last, step)
        if len(starts) <= max(1, most):
            break
    bars = [Bar(start, step(start) - timedelta(days=1), 0) for start in _starts(first, last, step)]
    counts = [0] * len(bars)
    if not bars:
        return []
    ordered = sorted((day, count) for day, count in days.items() if bars[0].first <= day <= bars[-1].last)
    at = 0
    for day, count in ordered:
        while bars[at].last < day:
            at += 1
        counts[at] += count
    return [Bar(bar.first, bar.last, count) for bar, count in zip(bars, counts, strict=True)]


def _starts(first: date, last: date, step: Callable[[date], date]) -> list[date]:
    start = _floor(first, step)
    starts = []
    while start <= last:
        starts.append(start)
        start = step(start)
    return starts


def _floor(day: date, step: object) -> date:
    if step is _next_week:
        return day - timedelta(days=day.weekday())
    if step is _next_month:
        return day.replace(day=1)
    if step is _next_year:
        return day.replace(month=1, day=1)
    return day


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def _next_week(day: date) -> date:
    return day + timedelta(days=7)


def _next_month(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1)


class Timeline(QAbstractSlider):
    """The bars. For a screen reader, a slider over them.

    Keys: left and right move, with Shift they extend, Enter chooses, Escape shows all time again.

    Signals:
        range_chosen: First and last day to show, or None and None for all time.
    """

    range_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Mapping[date, int] = {}
        self._chosen: tuple[date, date] | None = None
        self._closer: tuple[date, date] | None = None
        self._bars: list[Bar] = []
        self._hover = -1
        self._cursor = -1
        self._anchor = -1
        self._pressed = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))
        self.setAccessibleDescription(tr("Memories by day. Left and right move, Enter shows only those days."))

    def bars(self) -> list[Bar]:
        """The bars that are shown."""
        return self._bars

    def show_days(self, days: Mapping[date, int], chosen: tuple[date | None, date | None]) -> None:
        """Show these counts, and mark the days that the list is restricted to."""
        self._days = days
        first, last = chosen
        if first is None and last is None:
            self._chosen = self._closer = None
        else:
            self._chosen = (first or date.min, last or date.max)
        self._rebuild()

    def clear(self) -> None:
        """Show nothing."""
        self.show_days({}, (None, None))

    def sizeHint(self) -> QSize:
        """High enough for bars and their dates."""
        return QSize(theme.scaled(200), theme.scaled(40) + QFontMetrics(_small()).lineSpacing() + theme.TINY)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be."""
        return QSize(theme.scaled(80), self.sizeHint().height())

    def rect_of(self, bar: int) -> QRectF:
        """Where a bar stands, from the top of the widget to the base line."""
        step = self._step()
        rect = QRectF(bar * step, 0, step, self._base())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right())
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars and the dates at both ends."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self._base()
        painter.setPen(colours.color("border"))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))
        most = max((bar.count for bar in self._bars), default=0)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, bar in enumerate(self._bars):
            spot = self.rect_of(number)
            if number == self._hover or (number == self._cursor and self.hasFocus()):
                painter.setBrush(colours.color("raised"))
                painter.drawRoundedRect(spot, 3, 3)
            if not bar.count:
                continue
            height = max(3.0, (base - 6) * (bar.count / most) ** 0.6)
            box = QRectF(spot.left() + 1, base - height, max(2.0, spot.width() - 2), height)
            painter.setBrush(colours.color("accent" if self._is_chosen(bar) else "border_strong"))
            painter.drawRoundedRect(box, 2, 2)
        if self.hasFocus() and 0 <= self._cursor < len(self._bars):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.color("accent"))
            painter.drawRoundedRect(self.rect_of(self._cursor).adjusted(0.5, 0.5, -0.5, 0), 3, 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.color("accent"), 2))
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, base), 5, 5)
        self._paint_dates(painter)

    def _paint_dates(self, painter: QPainter) -> None:
        painter.setFont(_small())
        painter.setPen(theme.current().color("muted"))
        top = round(self._base()) + 2
        rect = self.rect().adjusted(0, top, 0, 0)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        end = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        if not self._bars:
            painter.drawText(rect, start, tr("Nothing to show by day"))
            return
        first, last = day_words(self._bars[0].first), day_words(min(self._bars[-1].last, date.today()))
        painter.drawText(rect, start, first)
        room = rect.width() - QFontMetrics(_small()).horizontalAdvance(f"{first}   {last}")
        if len(self._bars) > 1 and room > 0:
            used = round(self._step() * len(self._bars))
            at = max(used, rect.width() - room)
            right = QStyle.visualRect(self.layoutDirection(), rect, rect.adjusted(0, 0, at - rect.width(), 0))
            painter.drawText(right, end, last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which bar is under the pointer; drag to choose several."""
        number = self._at(event.position())
        if number != self._hover:
            self._hover = number
            self.update()
        self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the bar, or all bars of the drag."""
        number = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self._pressed >= 0 and number >= 0:
            self._cursor = number
            self._choose(*sorted((self._pressed, number)))
        self._pressed = -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """No bar is under the pointer any more."""
        self._hover = -1
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, extend, choose, or show all time again."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                step = -step
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = self._cursor if self._anchor < 0 else self._anchor
            else:
                self._anchor = -1
            start = self._cursor if self._cursor >= 0 else len(self._bars)
            self._cursor = min(len(self._bars) - 1, max(0, start + step))
            self.setAccessibleDescription(self._words(self._cursor))
            self.setRange(0, len(self._bars) - 1)
            self.setValue(self._cursor)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._cursor >= 0:
            first, last = sorted((self._anchor if self._anchor >= 0 else self._cursor, self._cursor))
            self._choose(first, last)
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._closer = None
            self.range_chosen.emit(None, None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a bar stands for when the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._words(number) if number >= 0 else "", self)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and self._chosen is not None
            if escape:
                event.accept()
            return escape or super().event(event)
        if event.type() == QEvent.Type.Resize:
            self._rebuild()
        return super().event(event)

    def _choose(self, first: int, last: int) -> None:
        start, end = self._bars[first], self._bars[last]
        chosen = (start.first, end.last)
        self._anchor = -1
        if self._chosen == chosen:
            self._closer = None
            self.range_chosen.emit(None, None)
            return
        if not start.is_day:
            self._closer = chosen
            self._cursor = -1
        self.range_chosen.emit(*chosen)

    def _words(self, number: int) -> str:
        bar = self._bars[number]
        days = day_words(bar.first) if bar.is_day else f"{day_words(bar.first)} – {day_words(bar.last)}"
        return f"{days} · {memories(bar.count)}"

    def _is_chosen(self, bar: Bar) -> bool:
        if self._chosen is None:
            return False
        return bar.first <= self._chosen[1] and bar.last >= self._chosen[0]

    def _at(self, point: QPointF) -> int:
        for number in range(len(self._bars)):
            rect = self.rect_of(number)
            if rect.left() <= point.x() < rect.right():
                return number
        return -1

    def _base(self) -> float:
        return self.height() - QFontMetrics(_small()).lineSpacing() - theme.TINY

    def _step(self) -> float:
        return min(float(theme.scaled(WIDEST)), self.width() / max(1, len(self._bars)))

    def _rebuild(self) -> None:
        if self._closer is not None:
            first, last = self._closer
        elif self._days:
            first, last = min(self._days), max(self._days)
        else:
            self._bars = []
            self.update()
            return
        self._bars = make_bars(self._days, first, last, self.width() // NARROWEST)
        self._cursor = min(self._cursor, len(self._bars) - 1)
        self._hover = -1
        self.update()


def _small() -> QFont:
    font = QFont()
    font.setPointSizeF(theme.points(0.82))
    return font
