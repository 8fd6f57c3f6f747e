"""‹ 2 / 3 ›: which version of a message is shown, and the way to the others."""

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from assistant.ui.icons import set_icon


class VersionPicker(QWidget):
    """The picker.

    Attributes:
        before, after: The buttons. The arrow keys move on from either.

    Signals:
        chosen: Show the version with this number, from 0.
    """

    chosen = Signal(int)

    def __init__(self, version: int, versions: int, parent: QWidget | None = None) -> None:
        """Show that version number `version`, from 0, of so many is seen."""
        super().__init__(parent)
        self._version, self._versions = version, versions
        locale = QLocale()
        at, of = locale.toString(version + 1), locale.toString(versions)
        said = self.tr("Version {at} of {n}").format(at=at, n=of)
        self.setAccessibleName(said)
        self.before = self._button("chevron-left", self.tr("Show the version before (Alt+Page Up)"), version > 0)
        self.after = self._button(
            "chevron-right", self.tr("Show the version after (Alt+Page Down)"), version + 1 < versions
        )
        count = QLabel(f"{at} / {of}", self)
        count.setProperty("role", "small")
        count.setAccessibleName(said)
        count.setToolTip(self.tr("Both versions are kept. Hippo remembers the one that is shown."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.before, count, self.after):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))

    def take_focus(self, *, forwards: bool) -> None:
        """Give the keyboard to the button that was used, or to the other where that can do nothing any more."""
        wanted, other = (self.after, self.before) if forwards else (self.before, self.after)
        (wanted if wanted.isEnabled() else other).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys of the buttons, which would only move the focus."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows:
            forwards = (event.key() == Qt.Key.Key_Right) != self.isRightToLeft()
            self._step(1 if forwards else -1)
            return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        if 0 <= self._version + by < self._versions:
            self.chosen.emit(self._version + by)

    def _button(self, icon: str, name: str, possible: bool) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(possible)
        button.installEventFilter(self)
        set_icon(button, icon, "muted", 14)
        return button
