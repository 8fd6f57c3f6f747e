"""One change of the keys, asked for and carried out: who changes a key shows first that the memory is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from assistant.errors import HippoError
from assistant.ui import theme
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.passphrase import NewPassphrase, SecretField
from assistant.ui.widgets.parts import push_button, text_label

Work = Callable[[str, str, Callable[[float], None]], Any]
"""What to do with the current passphrase (or ""), the new one (or ""), and a function to tell how far it is."""


class KeyDialog(QDialog):
    """Asks for the current passphrase and for a new one, as needed, then does the work and closes.

    Attributes:
        current: The field for the current passphrase, or None.
        new: The fields for a new one, or None.
        act_button: What begins the work.

    Signals:
        started: The work is about to begin.
    """

    started = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        action: str,
        work: Work,
        tasks: Tasks,
        *,
        done: Callable[[Any], None],
        ask_current: bool = False,
        ask_new: bool = False,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build it; `open` shows it.

        Args:
            title: Of the window.
            words: What this does, for the user.
            action: On the button.
            work: Done on the store lane.
            tasks: The doorway to slow work.
            done: Called with what `work` returned, after the dialog has closed.
            ask_current: Whether the vault has a passphrase, which must be given.
            ask_new: Whether a new passphrase is needed.
            danger: Whether the button looks dangerous.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self._work, self._tasks, self._done = work, tasks, done
        self._busy = False
        self.current = SecretField(self.tr("Current passphrase")) if ask_current else None
        self.new = NewPassphrase() if ask_new else None
        if self.new is not None:
            self.new.first.setPlaceholderText(self.tr("New passphrase"))
        self._error = text_label(role="danger")
        self._error.hide()
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(title)
        self._progress.hide()
        self.act_button = push_button(action, "danger" if danger else "primary")
        self.act_button.clicked.connect(self.act)
        self.cancel_button = push_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(title, "heading"))
        column.addWidget(text_label(words))
        if self.current is not None:
            self.current.returnPressed.connect(self.act)
            self.current.textChanged.connect(lambda _text: self._update())
            column.addWidget(self.current)
        if self.new is not None:
            self.new.changed.connect(self._update)
            self.new.entered.connect(self.act)
            column.addWidget(self.new)
        column.addWidget(self._error)
        column.addWidget(self._progress)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.act_button)
        column.addLayout(foot)
        self._update()
        width = theme.scaled(440)
        self.resize(width, column.heightForWidth(width))

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return "" if self._error.isHidden() else self._error.text()

    def act(self) -> None:
        """Do the work, where what it needs was typed."""
        if not self._ready() or self._busy:
            return
        current = self.current.text() if self.current is not None else ""
        new = self.new.passphrase() if self.new is not None else ""
        work = self._work
        self.started.emit()
        self._busy = True
        self._error.hide()
        self._update()
        self._tasks.stream(
            lambda emit: work(current, new, emit),
            each=self._show_share,
            lane="store",
            done=self._finish,
            failed=self._fail,
            owner=self,
        )

    def done(self, result: int) -> None:
        """Keep nothing of what was typed."""
        if self._busy and result == QDialog.DialogCode.Rejected:
            return  # what has begun is finished first
        if self.current is not None:
            self.current.wipe()
        if self.new is not None:
            self.new.wipe()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while the work is under way."""
        if self._busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def _show_share(self, shares: list[float]) -> None:
        self._progress.setRange(0, 1000)
        self._progress.setValue(round(1000 * shares[-1]))

    def _finish(self, result: Any) -> None:
        self._busy = False
        self.accept()
        self._done(result)

    def _fail(self, error: HippoError) -> None:
        self._busy = False
        self._error.setText(str(error))
        self._error.show()
        self._update()
        if self.current is not None:
            self.current.setFocus()
            self.current.selectAll()

    def _ready(self) -> bool:
        given = self.current is None or bool(self.current.text())
        return given and (self.new is None or self.new.usable())

    def _update(self) -> None:
        self.act_button.setEnabled(self._ready() and not self._busy)
        self.cancel_button.setEnabled(not self._busy)
        self._progress.setVisible(self._busy)
        for field in (self.current, self.new):
            if field is not None:
                field.setEnabled(not self._busy)
