"""What the inspector shows instead of a list: empty, locked, temporary, failed. Never a blank area."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from assistant.ui import icons, theme
from assistant.ui.widgets.parts import push_button, text_label


class Note(QScrollArea):
    """An icon, a sentence, an explanation, and at most one button. Scrolls where there is no room for all of it.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "memory"
        self._tint = "muted"
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = text_label(role="heading")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = push_button("")
        self.button.clicked.connect(self.acted)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        theme.notifier().changed.connect(self._restyle)

    def say(self, icon: str, heading: str, words: str, *, button: str = "", tint: str = "muted") -> None:
        """Show this."""
        self._icon, self._tint = icon, tint
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self._restyle()

    def _restyle(self) -> None:
        edge = theme.scaled(32)
        picture = icons.icon(self._icon, getattr(theme.current(), self._tint))
        self._picture.setPixmap(picture.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
