"""How much a memory will weigh in the turns to come, as a small curve, and the words that say the same."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from assistant.memory.salience.weight import Salience
from assistant.store.records import State
from assistant.ui import theme
from assistant.ui.inspector.closeup import CloseUp
from assistant.ui.inspector.words import state_of, tr, turns_words

_RULE = Salience()
HEAVIEST = _RULE.decay_weight + _RULE.recall_weight + _RULE.use_weight
"""The most that a memory can weigh by the rule of semantic forgetting."""

_STEPS = 8

Points = Sequence[tuple[int, float]]


def weight_words(shown: CloseUp) -> str:
    """What an episode weighs and when it would fade."""
    detail, state = shown.detail, state_of(shown.detail.record)
    if state is State.PINNED:
        return tr("Never fades: pinned. Recall prefers it.")
    if state is State.FADED:
        return tr("Faded: recall leaves it out until you restore it. Nothing of it is lost.")
    if state is State.ASIDE:
        return tr(
            "You changed this message or had it written anew: recall leaves it out while its chat shows the other."
        )
    weight = tr("Weight {w} of {most}.").format(w=_number(detail.weight), most=_number(HEAVIEST))
    if not shown.fading_on:
        return f"{weight} {tr('Never fades: fading is switched off in the settings.')}"
    if shown.bears_a_fact:
        return f"{weight} {tr('Does not fade as long as a fact that holds rests on it.')}"
    if detail.fades_in is None:
        return f"{weight} {tr('Not about to fade: the lightest go first, and each use in an answer lifts it.')}"
    when = turns_words(detail.fades_in)
    return f"{weight} {tr('Would fade {when}, if no answer uses it before.').format(when=when)}"


def curve_words(points: Points) -> str:
    """A curve, for those who cannot see it: "Weight now 0.98, in 100 turns 0.80"."""
    told = [tr("now {w}").format(w=_number(weight)) for at, weight in points if at == 0]
    told += [f"{tr('in %Ln turns', at)} {_number(weight)}" for at, weight in points if at > 0]
    return tr("Weight if no answer uses it: {points}.").format(points=", ".join(told))


class SalienceCurve(QWidget):
    """The curve, from now at the reading edge to the last point. What comes after the fading is drawn faint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Points = ()
        self._fades_in: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Weight over the turns to come"))

    def show_curve(self, points: Points, fades_in: int | None) -> None:
        """Show these (turns from now, weight), in order, and when it fades, if it does."""
        self._points = points
        self._fades_in = fades_in
        words = curve_words(points) if points else ""
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """High enough for the curve and what is written below."""
        return QSize(theme.scaled(200), theme.scaled(52) + QFontMetrics(_small()).lineSpacing() + theme.TINY)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be."""
        return QSize(theme.scaled(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if len(self._points) < 2:
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - QFontMetrics(_small()).lineSpacing() - theme.TINY
        room = QRectF(4, 6, self.width() - 8, base - 6)
        spots = [self._spot(room, at, weight) for at, weight in _finer(self._points)]
        painter.setPen(colours.color("border"))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))
        line = QPainterPath(spots[0])
        for spot in spots[1:]:
            line.lineTo(spot)
        area = QPainterPath(line)
        area.lineTo(spots[-1].x(), base)
        area.lineTo(spots[0].x(), base)
        self._stroke(painter, line, area, "accent", "accent_soft")
        last = self._points[-1][0]
        if self._fades_in is not None and self._fades_in <= last:
            self._paint_fading(painter, room, line, area, base)
        painter.setPen(QPen(colours.color("surface"), 1.5))
        painter.setBrush(colours.color("accent"))
        painter.drawEllipse(spots[0], 4, 4)
        self._paint_labels(painter, base, last)

    def _stroke(self, painter: QPainter, line: QPainterPath, area: QPainterPath, pen: str, ground: str) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(ground))
        painter.drawPath(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.color(pen), 1.8))
        painter.drawPath(line)

    def _paint_fading(
        self, painter: QPainter, room: QRectF, line: QPainterPath, area: QPainterPath, base: float
    ) -> None:
        """From the moment when it fades, the curve counts no more."""
        assert self._fades_in is not None  # noqa: S101 - the caller has looked
        x = self._spot(room, self._fades_in, 0).x()
        after = QRectF(x, 0, self.width() - x, self.height())
        if self._mirrored():
            after = QRectF(0, 0, x, self.height())
        painter.save()
        painter.setClipRect(QRectF(after.left(), 0, after.width(), base))
        painter.fillRect(after, theme.current().color("sidebar"))
        self._stroke(painter, line, area, "border_strong", "raised")
        painter.restore()
        painter.setPen(QPen(theme.current().color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 2), QPointF(x, base))

    def _paint_labels(self, painter: QPainter, base: float, last: int) -> None:
        painter.setFont(_small())
        painter.setPen(theme.current().color("muted"))
        rect = self.rect().adjusted(0, round(base) + 2, 0, 0)
        metrics = QFontMetrics(_small())
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        end = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        now, then = tr("now"), tr("in %Ln turns", last)
        painter.drawText(rect, start, now)
        if metrics.horizontalAdvance(f"{now}   {then}") <= rect.width():
            painter.drawText(rect, end, then)

    def _spot(self, room: QRectF, at: float, weight: float) -> QPointF:
        # By the root of the turns: most happens in the first few hundred.
        across = room.width() * (at / max(1, self._points[-1][0])) ** 0.5
        x = room.right() - across if self._mirrored() else room.left() + across
        most = max(_RULE.decay_weight, *(each for _, each in self._points))
        return QPointF(x, room.bottom() - room.height() * min(1.0, max(0.0, weight / most)))

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _finer(points: Points) -> list[tuple[float, float]]:
    """The points with others between them, falling as age makes a weight fall: by equal parts of itself."""
    fine = [(float(at), weight) for at, weight in points[:1]]
    for (start, high), (end, low) in pairwise(points):
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            fine.append((start + (end - start) * share, high * (max(low, 1e-6) / max(high, 1e-6)) ** share))
    return fine


def _number(weight: float) -> str:
    return QLocale().toString(float(weight), "f", 2)


def _small() -> QFont:
    font = QFont()
    font.setPointSizeF(theme.points(0.82))
    return font
