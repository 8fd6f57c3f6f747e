"""The look that first start and lock screen share: one column in the middle, which scrolls where it must."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from assistant.errors import HippoError
from assistant.ui import icons, theme
from assistant.ui.widgets.parts import text_label, with_role

WIDTH = 460


class Page(QScrollArea):
    """A column in the middle.

    Attributes:
        body: Where the content goes.
        error: What went wrong, hidden until `show_error`.
    """

    def __init__(self, title: str, *, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(title or self.tr("First start"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._logo = QLabel()
        self.title = text_label(title, "title")
        self.error = with_role(QFrame(), "error")
        inside = QVBoxLayout(self.error)
        inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        self._error_words = text_label(selectable=True)
        inside.addWidget(self._error_words)
        self.error.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.MEDIUM)
        self.column = QWidget()
        self._column = column = QVBoxLayout(self.column)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self._logo)
        if step:
            column.addWidget(text_label(step, "small"))
        column.addWidget(self.title)
        column.addLayout(self.body)
        column.addStretch(1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.column, 100)
        row.addStretch(1)
        self.setWidget(middle)
        middle.setAutoFillBackground(False)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def show_error(self, error: HippoError | None) -> None:
        """Show what went wrong and what to do; None hides it."""
        self._error_words.setText(str(error) if error is not None else "")
        self.error.setAccessibleName(str(error) if error is not None else "")
        self.error.setVisible(error is not None)
        if error is not None:
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.error))

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return self._error_words.text() if self.error.isVisibleTo(self) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin at the same height whatever the page holds, so that nothing jumps from page to page."""
        super().resizeEvent(event)
        above = max(theme.LARGE, self.height() // 12)
        self._column.setContentsMargins(theme.LARGE, above, theme.LARGE, theme.LARGE)

    def _restyle(self) -> None:
        edge = theme.scaled(56)
        self._logo.setPixmap(icons.logo().pixmap(QSize(edge, edge), self.devicePixelRatioF()))
        self.column.setMaximumWidth(theme.scaled(WIDTH))
