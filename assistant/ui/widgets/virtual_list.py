"""A scrolling column of rows of different heights that builds only the rows in sight.

Heights of rows that were never built are estimates. What the user is looking at stays where it is when an estimate
above it turns out wrong, and the end stays in sight while it grows. Knows nothing of what a row shows.
"""

import time
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from assistant.ui import theme

AHEAD_EVERY_MS = 12
"""Pause between two rows that are built ahead."""

BUILD_SECONDS = 0.008
"""While the user scrolls, rows are built for so long at a time; those that are missing follow once keys and mouse had
their turn."""


class VirtualList(QAbstractScrollArea):
    """The column.

    Attributes:
        following: The end is in sight and stays so when rows grow or are added.

    Signals:
        following_changed: Tells the new value of `following`.
    """

    following_changed = Signal(bool)

    def __init__(
        self,
        build: Callable[[int], QWidget],
        estimate: Callable[[int, int], int],
        *,
        column: int = 780,
        parent: QWidget | None = None,
    ) -> None:
        """Make a list without rows.

        Args:
            build: Makes the widget of a row, given its number.
            estimate: Guesses the height of a row, given its number and its width, in pixels.
            column: Width of the column in pixels at 100 % text; the column is centred where there is more room.
            parent: The parent widget.
        """
        super().__init__(parent)
        self.following = True
        self._build = build
        self._estimate = estimate
        self._column = column
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._rows: dict[int, QWidget] = {}
        self._unmeasured: set[int] = set()
        self._width = 0
        self._anchor = (0, 0)
        self._kept = -1
        self._placing = False
        self._may_build = 0
        self._deadline = 0.0
        self._unfinished = False
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_EVERY_MS)
        self._ahead.timeout.connect(lambda: self._place(ahead=True))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(lambda: self._place(brief=True))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.notifier().changed.connect(self._measure_all)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._heights)

    def built(self) -> dict[int, QWidget]:
        """The rows that exist as widgets now."""
        return dict(self._rows)

    def reset(self, count: int) -> None:
        """Show `count` other rows, from their end."""
        for row in self._rows.values():
            self._discard(row)
        self._rows.clear()
        self._unmeasured.clear()
        self._kept = -1
        self._width = self._row_width()
        self._heights = [self._estimate(at, self._width) for at in range(count)]
        self._follow(True)
        self._place()

    def set_count(self, count: int) -> None:
        """Add rows at the end, or take rows away there; the others stay as they are."""
        for at in [at for at in self._rows if at >= count]:
            self._discard(self._rows.pop(at))
            self._unmeasured.discard(at)
        del self._heights[count:]
        self._heights += [self._estimate(at, self._row_width()) for at in range(len(self._heights), count)]
        self._place()

    def rebuild(self, at: int) -> None:
        """Build row `at` anew: it shows something else now."""
        row = self._rows.pop(at, None)
        if row is not None:
            self._discard(row)
        self._place()

    def keep(self, at: int) -> None:
        """Keep the widget of row `at` also while it is out of sight; -1 for none."""
        self._kept = at

    def show_row(self, at: int) -> None:
        """Bring row `at` into sight, at the top."""
        if 0 <= at < self.count():
            self._follow(False)
            self._anchor = (at, -theme.MEDIUM)
            self._place()

    def position(self) -> tuple[int, int] | None:
        """Where the user is reading, for `set_position`; None at the end."""
        return None if self.following else self._anchor

    def set_position(self, position: tuple[int, int] | None) -> None:
        """Go back to where the user was reading."""
        self._follow(position is None)
        self._anchor = position or (0, 0)
        self._place()

    def show_end(self) -> None:
        """Go to the end and stay there."""
        self._follow(True)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        if self._row_width() != self._width:
            self._measure_all()
        else:
            self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing: `_place` moves the rows."""
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that mean something here."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            self.show_end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure a row anew when its content changed its size."""
        if event.type() == QEvent.Type.LayoutRequest and not self._placing:
            for at, row in self._rows.items():
                if row is watched:
                    self._unmeasured.add(at)
                    self._later.start()
                    break
        return super().eventFilter(watched, event)

    def _row_width(self) -> int:
        room = self.viewport().width() - 2 * theme.LARGE
        return max(120, min(room, theme.scaled(self._column)))

    def _measure_all(self) -> None:
        self._width = self._row_width()
        self._heights = [self._estimate(at, self._width) for at in range(self.count())]
        self._unmeasured.update(self._rows)
        self._place()

    def _follow(self, following: bool) -> None:
        if following != self.following:
            self.following = following
            self.following_changed.emit(following)

    def _scrolled(self, value: int) -> None:
        if self._placing:
            return
        self._follow(value >= self.verticalScrollBar().maximum() - 2)
        self._anchor = self._held_at(value)
        self._place(brief=True)

    def _held_at(self, y: int) -> tuple[int, int]:
        """The row that must not move, and where `y` is from its top: one that was measured, where one is in sight."""
        at, offset = self._row_at(y)
        for known in sorted(self._rows):
            if known >= at and known not in self._unmeasured and self._tops[known] < y + self._view():
                return known, y - self._tops[known]
        return at, offset

    def _row_at(self, y: int) -> tuple[int, int]:
        at = max(0, min(bisect_right(self._tops, y) - 1, self.count() - 1))
        return at, y - self._tops[at]

    def _place(self, *, ahead: bool = False, brief: bool = False) -> None:
        """Build, measure and move the rows in sight; repeated until no height changes what is in sight.

        Rows just out of sight are built one at a time when there is nothing else to do (`ahead`), so that no step of
        the wheel has to wait for more than the rows that it brings into sight. A `brief` call builds what it has time
        for, one row at least, and leaves the others to the next.
        """
        if self._placing:
            return
        self._placing = True
        margin = self._margin() if ahead else 0
        self._may_build = 1 if ahead else self.count()
        self._deadline = time.perf_counter() + BUILD_SECONDS if brief else 0.0
        self._unfinished = False
        try:
            for _ in range(8):
                self._tops = list(accumulate(self._heights, initial=theme.LARGE))
                top = self._scroll_position()
                first = self._row_at(top - margin)[0]
                last = self._row_at(top + self._view() + margin)[0]
                near = range(first, last + 1) if self.count() else range(0)
                if not self._measure(near):
                    break
            self._set_bar(top)
            self._move(top, near)
        finally:
            self._placing = False
        if self._unfinished:
            self._later.start()
        elif not ahead or not self._may_build:
            self._ahead.start()

    def _view(self) -> int:
        return self.viewport().height()

    def _margin(self) -> int:
        return self._view() // 2

    def _scroll_position(self) -> int:
        end = max(0, self._tops[-1] + theme.SMALL - self._view())
        if self.following:
            return end
        at, offset = self._anchor
        return max(0, min(end, self._tops[min(at, max(0, self.count() - 1))] + offset))

    def _measure(self, in_sight: range) -> bool:
        """Build what is missing and measure what is new; returns whether a height was wrong."""
        changed = False
        for at in in_sight:
            row = self._rows.get(at)
            if row is None:
                if not self._may_build:
                    continue
                late = self._deadline and time.perf_counter() > self._deadline
                if late and self._may_build < self.count():
                    self._unfinished = True
                    continue
                self._may_build -= 1
                row = self._build(at)
                row.setParent(self.viewport())
                row.installEventFilter(self)
                row.resize(self._width, self._heights[at])
                row.show()
                self._rows[at] = row
                self._unmeasured.add(at)
            if at in self._unmeasured:
                self._unmeasured.discard(at)
                layout = row.layout()
                if layout is not None:
                    layout.activate()
                height = row.heightForWidth(self._width) if row.hasHeightForWidth() else row.sizeHint().height()
                if height != self._heights[at]:
                    self._heights[at] = height
                    changed = True
        return changed

    def _set_bar(self, top: int) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self._view())
        bar.setRange(0, max(0, self._tops[-1] + theme.SMALL - self._view()))
        bar.setValue(top)

    def _move(self, top: int, in_sight: range) -> None:
        left = (self.viewport().width() - self._width) // 2
        for at, row in list(self._rows.items()):
            far = abs(self._tops[at] - top) > 4 * self._view() + 2000
            if at in in_sight or at == self._kept or not far:
                row.setGeometry(left, self._tops[at] - top, self._width, self._heights[at])
            else:
                self._discard(self._rows.pop(at))
                self._unmeasured.discard(at)

    def _discard(self, row: QWidget) -> None:
        if row.isAncestorOf(self.focusWidget() or self):
            self.setFocus()
        row.removeEventFilter(self)
        row.hide()
        row.deleteLater()
