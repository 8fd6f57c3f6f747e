"""The card that shows one model or one addition: name, badges, lines, progress, a note, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.models.jobs import Job, Note
from assistant.ui.models.words import job_words
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label, with_role

_STEPS = 1000
_LINK_EDGE = 5
"""Room that a link keeps before its words: it begins so much further out, so that its words stand in line."""


class Card(QFrame):
    """A card. What it shows may change at any time; the keyboard stays where it is as far as that still exists.

    Attributes:
        name: What it is about.
        bar: The progress.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        with_role(self, "card")
        self.setAccessibleName(name)
        title = QHBoxLayout()
        title.setSpacing(theme.SMALL)
        title.addWidget(text_label(name, "heading"), 1)
        self._badge = text_label(role="badge", wrap=False)
        title.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self._badge.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.TINY)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._progress = text_label(role="small")
        self._note = text_label()
        self._acts = QWidget()
        self._flow = FlowLayout(self._acts)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE - _LINK_EDGE, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        inside = QVBoxLayout()
        inside.setContentsMargins(_LINK_EDGE, 0, 0, 0)
        inside.setSpacing(theme.SMALL)
        inside.addLayout(title)
        inside.addLayout(self._lines)
        for widget in (self.bar, self._progress, self._note):
            widget.hide()
            inside.addWidget(widget)
        column.addLayout(inside)
        self._acts_row = QHBoxLayout()
        self._acts_row.addWidget(self._acts)
        column.addLayout(self._acts_row)

    def add_line(self, words: str = "", role: str = "small", *, selectable: bool = False) -> QLabel:
        """A line under the name; hidden while it is empty."""
        label = text_label(words, role, selectable=selectable)
        self._lines.addWidget(label)
        label.setVisible(bool(words))
        return label

    def add_act(self, words: str, act: Callable[[], None], role: str = "link", *, name: str = "") -> QPushButton:
        """A button; `name` is what screen readers call it, the words and the card's name if it is not given."""
        button = push_button(words, role)
        button.setAccessibleName(name or f"{words.replace('…', '')}: {self.name}")
        button.clicked.connect(lambda: act())
        self._flow.addWidget(button)
        self._buttons.append(button)
        return button

    def show_badge(self, words: str) -> None:
        """A word on what the model is; "" for none."""
        self._badge.setText(words)
        self._badge.setVisible(bool(words))

    def show_note(self, note: Note | None) -> None:
        """What became of what was tried."""
        if note is not None:
            self._note.setText(note.words)
            with_role(self._note, note.tone)
        self._note.setVisible(note is not None)

    def show_job(self, job: Job | None, name: str = "") -> None:
        """How far the work is; None for none. `name` is what screen readers call the bar."""
        self.bar.setVisible(job is not None and job.stage != "wait")
        self._progress.setVisible(job is not None)
        if job is None:
            return
        self.bar.setAccessibleName(name or self.name)
        self.bar.setRange(0, 0 if job.share is None or job.stopping else _STEPS)
        if job.share is not None and not job.stopping:
            self.bar.setValue(round(_STEPS * job.share))
        self._progress.setText(job_words(job))

    def show_part(self, share: float, words: str) -> None:
        """A bar that stands still."""
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * share))
        self._progress.setText(words)
        self.bar.show()
        self._progress.show()

    def show_acts(self, *shown: QPushButton) -> None:
        """Show these buttons of the card, and no others."""
        had = QApplication.focusWidget()
        lost = had is self or (had in self._buttons and had not in shown)
        if lost:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # before Qt hands the keyboard to some other card
        for button in self._buttons:
            button.setVisible(button in shown)
        self._acts.setVisible(bool(shown))
        first = next((button for button in self._buttons if button in shown), None)
        links = first is not None and first.property("role") == "link"
        self._acts_row.setContentsMargins(0 if links else _LINK_EDGE, 0, 0, 0)
        usable = next((button for button in self._buttons if button in shown and button.isEnabled()), None)
        if lost and usable is not None:
            usable.setFocus(Qt.FocusReason.OtherFocusReason)
