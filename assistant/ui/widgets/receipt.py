"""The receipt of a forgetting: what was removed, and how it was checked. A card, and the same card as a dialog.

Holds no content, so it may be copied and kept. Knows no verb of the core: it gets the lines to show.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime, QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.ui import icons, theme
from assistant.ui.widgets.parts import icon_button, push_button, text_label, with_role


class ReceiptCard(QFrame):
    """A receipt on a card.

    Signals:
        dismissed: The user has read it.
    """

    dismissed = Signal()

    def __init__(self, lines: Sequence[str], *, verified: bool, when: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        with_role(self, "card" if verified else "error")
        self._verified = verified
        moment = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
        stamp = QLocale().toString(moment, self.tr("d MMM yyyy, HH:mm"))
        heading = self.tr("Receipt") if verified else self.tr("Receipt: something could not be removed")
        self.setAccessibleName(heading)
        self.setAccessibleDescription(" ".join(lines))
        self._words = "\n".join([f"{heading} ({stamp})", *(f"- {each}" for each in lines)])

        self._mark = QLabel()
        title = text_label(heading, "heading")
        close = icon_button("close", self.tr("Close the receipt"))
        close.clicked.connect(self.dismissed)
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self._mark)
        top.addWidget(title, 1)
        top.addWidget(close)

        listed = QGridLayout()
        listed.setHorizontalSpacing(theme.SMALL)
        listed.setVerticalSpacing(theme.TINY)
        listed.setColumnStretch(1, 1)
        for row, each in enumerate(lines):
            listed.addWidget(text_label("·", "muted", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
            listed.addWidget(text_label(each, selectable=True), row, 1)
        listed.setRowStretch(len(lines), 1)

        copy = push_button(self.tr("Copy"), "link", tip=self.tr("Copy the receipt as text. It holds no content."))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._words))
        bottom = QHBoxLayout()
        bottom.addWidget(text_label(stamp, "small"), 1)
        bottom.addWidget(copy)

        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(top)
        column.addLayout(listed)
        column.addLayout(bottom)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def event(self, event: QEvent) -> bool:
        """Escape closes the card while the focus is in it, before it means anything to the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.dismissed.emit()
                return True
        return super().event(event)

    def words(self) -> str:
        """The receipt as plain text."""
        return self._words

    def _restyle(self) -> None:
        name, tint = ("check", "success") if self._verified else ("warning", "danger")
        edge = theme.scaled(20)
        self._mark.setPixmap(
            icons.icon(name, getattr(theme.current(), tint)).pixmap(QSize(edge, edge), self.devicePixelRatioF())
        )


class ReceiptDialog(QDialog):
    """A receipt in a window of its own, for where the inspector is not on the screen."""

    def __init__(self, lines: Sequence[str], *, verified: bool, when: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Receipt"))
        self.card = ReceiptCard(lines, verified=verified, when=when)
        self.card.dismissed.connect(self.accept)
        done = push_button(self.tr("Done"), "primary")
        done.clicked.connect(self.accept)
        done.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.card)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        width = theme.scaled(440)
        self.resize(width, column.heightForWidth(width))
