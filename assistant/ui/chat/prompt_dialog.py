"""What the model saw: the exact prompt of one answer, part by part, each with its tokens against the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import theme
from assistant.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from assistant.conversation.prompt import Prompt, PromptPart

_COLOURS = {
    "system": "code_comment",
    "dialogue": "code_name",
    "user": "temporary",
    "summary": "code_number",
    "stretches": "warning",
    "facts": "success",
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
            column.addWidget(self._part(part, prompt.budget, inside))
        around = sum(part.tokens for part in prompt.parts)
        if len(prompt.tokens) > around:
            rest = QLabel(
                self.tr("The model's own chat format and the words between the parts take {n} more tokens.").format(
                    n=locale.toString(len(prompt.tokens) - around)
                ),
                inside,
            )
            rest.setProperty("role", "small")
            rest.setWordWrap(True)
            column.addWidget(rest)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("Parts of the prompt"))
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

    def _part(self, part: PromptPart, budget: int, parent: QWidget) -> QFrame:
        names = {
            "system": (self.tr("Instructions"), self.tr("How Hippo should answer, with your own instructions if any")),
            "dialogue": (
                self.tr("The chat so far"),
                self.tr("The latest messages, word for word, with what was recalled for them"),
            ),
            "user": (self.tr("About you"), self.tr("What you told over all chats, in short")),
            "summary": (self.tr("This chat in short"), self.tr("What was said before the messages above")),
            "stretches": (self.tr("Stretches in short"), self.tr("Summaries of 100 turns each that fit")),
            "facts": (self.tr("Facts"), self.tr("What you stated, with the time for which it holds")),
            "memories": (self.tr("Memories"), self.tr("Recalled messages, word for word")),
            "question": (self.tr("Your message"), ""),
        }
        name, about = names.get(part.name, (part.name, ""))
        card = QFrame(parent)
        card.setProperty("role", "card")
        dot = QLabel("●", card)
        dot.setStyleSheet(f"color: {theme.current().color(_COLOURS.get(part.name, 'muted')).name()};")
        label = QLabel(name, card)
        font = label.font()
        font.setWeight(font.Weight.DemiBold)
        label.setFont(font)
        share = 100 * part.tokens / max(1, budget)
        count = QLabel(
            self.tr("{n} tokens · {share} of the budget").format(
                n=QLocale().toString(part.tokens),
                share=self.tr("{n} %").format(n=round(share)) if share >= 1 else "< 1 %",
            ),
            card,
        )
        count.setProperty("role", "small")
        head = FlowLayout(gap=theme.SMALL)
        for each in (dot, label, count):
            head.addWidget(each)
        words = QLabel(part.text, card)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box = QVBoxLayout(card)
        box.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        box.setSpacing(theme.TINY)
        box.addLayout(head)
        if about:
            small = QLabel(about, card)
            small.setProperty("role", "small")
            small.setWordWrap(True)
            box.addWidget(small)
        box.addWidget(words)
        return card
