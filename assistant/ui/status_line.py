"""The line at the bottom of the window: the model, the prompt against its budget, the memory. Only shows."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QWidget

from assistant.ui import theme


class StatusLine(QStatusBar):
    """The three parts of the line. Where there is no room for all, the prompt goes first: it stands in tooltips too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._model = self._label()
        self._prompt = self._label()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._memory = self._label()
        self._measured = False
        self._inside = QWidget(self)
        self._inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(theme.SMALL, 2, theme.SMALL, 2)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._model)
        row.addStretch(1)
        row.addWidget(self._prompt)
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self._memory)
        self.addWidget(self._inside, 1)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def show_model(self, text: str) -> None:
        """Name the model and say what it does."""
        self._put(self._model, text)

    def show_prompt(self, used: int, budget: int) -> None:
        """Show the tokens of the last prompt; nothing for a budget of 0."""
        self._measured = budget > 0
        if budget:
            locale = QLocale()
            text = self.tr("prompt {used} / {budget}").format(
                used=locale.toString(used), budget=locale.toString(budget)
            )
            self._prompt.setText(text)
            self._bar.setRange(0, budget)
            self._bar.setValue(min(used, budget))
            self._bar.setAccessibleName(text)
            self._bar.setToolTip(self.tr("Tokens of the last prompt, of the most that it may have"))
            self._inside.setToolTip(text)
        else:
            self._prompt.clear()
            self._inside.setToolTip("")
        self._fit()

    def show_memory(self, text: str) -> None:
        """Say what is kept, and how."""
        self._put(self._memory, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "small")
        return label

    def _put(self, label: QLabel, text: str) -> None:
        label.setText(text)
        self._fit()

    def _fit(self) -> None:
        left = self.width() - 8 * theme.SMALL
        left -= self._model.sizeHint().width() + self._memory.sizeHint().width()
        left -= self._prompt.sizeHint().width()
        self._prompt.setVisible(self._measured and left >= 0)
        self._bar.setVisible(self._measured and left >= self._bar.width())

    def _restyle(self) -> None:
        self._bar.setFixedWidth(theme.scaled(90))
        self._fit()
