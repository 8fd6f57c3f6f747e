"""What the model saw: the exact prompt of one answer, part by part, each with its tokens against the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import theme

if TYPE_CHECKING:
    from assistant.conversation.prompt import Prompt

_COLOURS = {
    "system": "code_comment",
    "dialogue": "code_name",
    "summary": "code_number",
    "memories": "accent",
    "question": "code_keyword",
}


class _BudgetBar(QWidget):
    """The budget as a bar, with one stretch for each part."""

    def __init__(self, prompt: Prompt, parent: QWidget) -> None:
        super().__init__(parent)
        self._prompt = prompt
        self.setFixedHeight(14)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(300, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("raised"))
        painter.drawRoundedRect(self.rect(), 5, 5)
        x = 0.0
        for part in self._prompt.parts:
            width = self.width() * part.tokens / max(1, self._prompt.budget)
            painter.setBrush(theme.current().color(_COLOURS.get(part.name, "muted")))
            painter.drawRoundedRect(QRectF(x, 0, max(2.0, width - 1), self.height()), 3, 3)
            x += width


class PromptDialog(QDialog):
    """Shows one prompt."""

    def __init__(self, prompt: Prompt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the model saw"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        locale = QLocale()
        title = QLabel(self.tr("What the model saw"), self)
        title.setProperty("role", "heading")
        total = QLabel(
            self.tr(
                "{used} of at most {budget} tokens. The model reads these parts from top to bottom, and only these."
            ).format(used=locale.toString(len(prompt.tokens)), budget=locale.toString(prompt.budget)),
            self,
        )
        total.setProperty("role", "muted")
        total.setWordWrap(True)
        bar = _BudgetBar(prompt, self)
        bar.setAccessibleName(total.text())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SMALL, 0)
        column.setSpacing(theme.MEDIUM)
        for part in prompt.parts:
            column.addWidget(self._part(part.name, part.text, part.tokens, inside))
        around = sum(part.tokens for part in prompt.parts)
        if len(prompt.tokens) > around:
            rest = QLabel(
                self.tr("The model's own chat format takes {n} more tokens.").format(
                    n=locale.toString(len(prompt.tokens) - around)
                ),
                inside,
            )
            rest.setProperty("role", "small")
            rest.setWordWrap(True)
            column.addWidget(rest)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.HUGE, theme.LARGE, theme.LARGE, theme.LARGE)
        box.setSpacing(theme.MEDIUM)
        for widget in (title, total, bar):
            box.addWidget(widget)
        box.addWidget(scroll, 1)
        box.addWidget(buttons)
        self.resize(theme.scaled(640), theme.scaled(560))

    def _part(self, name: str, text: str, tokens: int, parent: QWidget) -> QFrame:
        names = {
            "system": self.tr("Instructions"),
            "dialogue": self.tr("The chat so far"),
            "summary": self.tr("Summary of the chat"),
            "memories": self.tr("Memories"),
            "question": self.tr("Your message"),
        }
        card = QFrame(parent)
        card.setProperty("role", "card")
        head = QHBoxLayout()
        dot = QLabel("●", card)
        dot.setStyleSheet(f"color: {theme.current().color(_COLOURS.get(name, 'muted')).name()};")
        label = QLabel(names.get(name, name), card)
        font = label.font()
        font.setWeight(font.Weight.DemiBold)
        label.setFont(font)
        count = QLabel(self.tr("{n} tokens").format(n=QLocale().toString(tokens)), card)
        count.setProperty("role", "small")
        head.addWidget(dot)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(count)
        words = QLabel(text, card)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box = QVBoxLayout(card)
        box.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        box.addLayout(head)
        box.addWidget(words)
        return card
