"""The facts of one matter: in the order in which they held, and beside each other where they contradict.

Shows what it is given, and tells which one the user wants to see or holds to be right.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.store.records import Fact, Standing
from assistant.ui import theme
from assistant.ui.inspector.sections import LINK_EDGE, link
from assistant.ui.inspector.words import moment_words, span_words, standing_words, tr
from assistant.ui.widgets.parts import push_button, text_label, with_role

BESIDE = 380
"""From this width on (at 100 % text) statements that contradict stand beside each other, else below."""


class _Knot(QWidget):
    """A knot of the time line, and the line to its neighbours: full where the fact holds, hollow where it is over."""

    def __init__(self, fact: Fact, *, first: bool, last: bool, shown: bool) -> None:
        super().__init__()
        self._fact, self._first, self._last, self._shown = fact, first, last, shown
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(theme.scaled(18), theme.scaled(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, at = self.width() / 2, 3 + self.fontMetrics().lineSpacing() / 2
        painter.setPen(QPen(colours.color("border_strong"), 1.5))
        if not self._first:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, at))
        if not self._last:
            painter.drawLine(QPointF(middle, at), QPointF(middle, self.height()))
        tint = "warning" if self._fact.standing is Standing.DISPUTED else "accent"
        over = self._fact.standing is Standing.SUPERSEDED
        painter.setPen(QPen(colours.color("border_strong" if over else tint), 1.8))
        painter.setBrush(colours.color("sidebar" if over else tint))
        radius = theme.scaled(5 if self._shown else 4)
        painter.drawEllipse(QPointF(middle, at), radius, radius)


class MatterLine(QWidget):
    """The facts of a matter from the oldest to the newest.

    Signals:
        chosen: Id of a fact that the user wants to see.
    """

    chosen = Signal(str)

    def __init__(self, facts: Sequence[Fact], shown: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setAccessibleName(tr("How this changed over time"))
        for number, fact in enumerate(facts):
            here = fact.id == shown
            row = QHBoxLayout()
            row.setSpacing(theme.TINY)
            row.addWidget(_Knot(fact, first=number == 0, last=number == len(facts) - 1, shown=here))
            row.addWidget(self._words(fact, here=here), 1)
            column.addLayout(row)

    def _words(self, fact: Fact, *, here: bool) -> QWidget:
        disputed = fact.standing is Standing.DISPUTED
        meta = f"{span_words(fact)} · {standing_words(fact)}" if disputed else span_words(fact)
        if not here:
            return link(fact.text, meta, lambda: self.chosen.emit(fact.id))
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(LINK_EDGE, 2, 0, theme.TINY)
        inside.setSpacing(0)
        words = text_label(fact.text)
        font = words.font()
        font.setWeight(font.Weight.DemiBold)
        words.setFont(font)
        inside.addWidget(words)
        inside.addWidget(text_label(meta, "small"))
        return box


class Conflict(QFrame):
    """Statements that contradict one another, beside each other, each with what says that it is the right one.

    Signals:
        chosen: Id of a fact that the user wants to see.
        settled: Ids of the facts that are not right, because another one is.
    """

    chosen = Signal(str)
    settled = Signal(object)

    def __init__(self, facts: Sequence[Fact], shown: str) -> None:
        super().__init__()
        with_role(self, "notice")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(text_label(tr("These contradict each other. Which one is right?")))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SMALL)
        column.addLayout(self._grid)
        column.addWidget(
            text_label(tr("The others are then forgotten as facts; what you wrote in the chats stays."), "small")
        )
        ids = [fact.id for fact in facts]
        self._cards = [self._card(fact, [i for i in ids if i != fact.id], here=fact.id == shown) for fact in facts]
        self._columns = 0
        self._arrange(1)

    def _card(self, fact: Fact, others: Sequence[str], *, here: bool) -> QWidget:
        card = with_role(QFrame(), "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        inside.setSpacing(theme.TINY)
        meta = tr("said {when}").format(when=moment_words(fact.time))
        if here:
            for label in (text_label(fact.text), text_label(meta, "small")):
                label.setContentsMargins(LINK_EDGE, 0, 0, 0)
                inside.addWidget(label)
        else:
            inside.addWidget(link(fact.text, meta, self._choosing(fact.id)))
        inside.addStretch(1)
        right = push_button(tr("This is right"))
        right.setAccessibleName(tr("This is right: {text}").format(text=fact.text))
        right.clicked.connect(lambda: self.settled.emit(list(others)))
        below = QHBoxLayout()
        below.setContentsMargins(LINK_EDGE, theme.TINY, 0, 0)
        below.addWidget(right)
        below.addStretch(1)
        inside.addLayout(below)
        return card

    def _choosing(self, fact: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(fact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= theme.scaled(BESIDE) else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
