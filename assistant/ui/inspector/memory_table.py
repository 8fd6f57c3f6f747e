"""The list itself: one column of equally high rows.

A table view, because it lays out 100,000 rows in a millisecond where Qt's list view needs 140.
"""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from assistant.ui import theme
from assistant.ui.inspector.row_delegate import RowDelegate
from assistant.ui.inspector.rows import Rows


class MemoryTable(QTableView):
    """A list of `Rows`.

    Signals:
        opened: The user wants to look at the current row (Enter, or a click).
        forget_wanted: Delete was pressed.
        edit_wanted: F2 was pressed.
        selection_changed: Other rows are selected than before.
    """

    opened = Signal()
    forget_wanted = Signal()
    edit_wanted = Signal()
    selection_changed = Signal()

    def __init__(self, rows: Rows, *, text_lines: int = 2, headed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._delegate = RowDelegate(self, text_lines=text_lines, headed=headed)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The delegate draws what is selected.
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setMinimumSectionSize(1)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumWidth(theme.scaled(120))
        self._fit_rows()
        theme.notifier().changed.connect(self._fit_rows)
        self.clicked.connect(lambda _index: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self.selection_changed.emit())

    def selected_rows(self) -> list[int]:
        """Numbers of the selected rows, in order."""
        return sorted({row for first, last in self._spans() for row in range(first, last + 1)})

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(last - first + 1 for first, last in self._spans())

    def selected_ids(self) -> list[str]:
        """Ids of the records that are selected, in order."""
        return [record for row in self.selected_rows() if (record := self.rows.record_id(row))]

    def select_row(self, row: int, *, scroll: bool = True) -> None:
        """Select one row only, and bring it into view."""
        index = self.rows.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if scroll:
            self.scrollTo(index)

    def select_rows(self, rows: list[int]) -> None:
        """Select these rows, given in order, too, without moving."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection = QItemSelection()
        start = 0
        for at, row in enumerate(rows):
            if at + 1 == len(rows) or rows[at + 1] != row + 1:  # the end of a run
                selection.select(self.rows.index(rows[start], 0), self.rows.index(row, 0))
                start = at + 1
        self.selectionModel().select(selection, flags)

    def show_current(self) -> None:
        """Bring the current row into view."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last row; Enter opens, Delete forgets, F2 edits."""
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        last = self.rows.size() - 1
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.forget_wanted.emit()
        elif key == Qt.Key.Key_F2 and plain:
            self.edit_wanted.emit()
        elif key == Qt.Key.Key_Home and plain and last >= 0:
            self.select_row(0)
        elif key == Qt.Key.Key_End and plain and last >= 0:
            self.select_row(last)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about in the list: the search field is for that."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._fit_rows()

    def _spans(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        ranges = (selection.at(number) for number in range(selection.size()))
        return [(span.top(), span.bottom()) for span in ranges]

    def _fit_rows(self) -> None:
        height = self._delegate.row_height()
        header = self.verticalHeader()
        header.setMinimumSectionSize(height)
        header.setDefaultSectionSize(height)
