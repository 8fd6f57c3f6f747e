"""Short messages at the bottom of a window, with one action such as Undo and a visible countdown.

Not for errors that need a decision: those get a dialog or an error card. Knows no verb of the core.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.widgets.parts import icon_button, push_button, text_label

TICK_MS = 100

ABOVE_EDGE = 164
"""Pixels at 100 % text from the lower edge of a window to the lowest toast: room for a status line and a composer."""


class Countdown(QWidget):
    """A ring that empties, with the seconds that are left in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 1.0
        self._seconds = 0
        edge = theme.scaled(26)
        self.setFixedSize(edge, edge)

    def show_left(self, share: float, seconds: int) -> None:
        """Show which share (0 to 1) of the time is left, and how many seconds that is."""
        self._share, self._seconds = share, seconds
        self.setAccessibleName(self.tr("%n seconds left", n=seconds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        faint = colours.color("window")
        faint.setAlphaF(0.25)
        painter.setPen(QPen(faint, 2))
        painter.drawEllipse(ring)
        painter.setPen(QPen(colours.color("window"), 2))
        painter.drawArc(ring, 90 * 16, round(self._share * 360 * 16))
        font = self.font()
        font.setPointSizeF(theme.points(0.78))
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._seconds))


class Toast(QFrame):
    """One message. It closes by itself; the action can be chosen until then. While a dialog asks something, time stops.

    Attributes:
        message: What it says.
        over: Whether it is closed.
        button: The action, or None.
        close_button: Closes it at once; None where closing would be the end of something that can still be undone.

    Signals:
        acted: The action was chosen.
        expired: It closed without the action.
        closed: It is gone, one way or the other.
    """

    acted = Signal()
    expired = Signal()
    closed = Signal()

    def __init__(
        self,
        message: str,
        *,
        action: str = "",
        shortcut: str = "",
        seconds: float = 4.0,
        notice: bool = False,
        parent: QWidget,
    ) -> None:
        """`notice`: the action only leads somewhere, and nothing ends with the toast."""
        super().__init__(parent)
        self.message = message
        self.over = False
        self._shortcut: QShortcut | None = None
        self._total_ms = int(seconds * 1000)
        self._passed_ms = 0
        self._focus_before: QWidget | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setObjectName("toast")
        self.setAccessibleName(message)
        self._label: QLabel = text_label(message)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.SMALL)
        self.countdown: Countdown | None = None
        if action and not notice:
            self.countdown = Countdown(self)
            row.addWidget(self.countdown)
        row.addWidget(self._label, 1)
        self.button = push_button(action, "link") if action else None
        if self.button is not None:
            self.button.setObjectName("toastAction")
            self.button.clicked.connect(self.act)
            row.addWidget(self.button)
            if shortcut:
                anywhere = Qt.ShortcutContext.ApplicationShortcut
                self._shortcut = QShortcut(QKeySequence(shortcut), self, self.act, context=anywhere)
                keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
                self.button.setToolTip(f"{action} ({keys})")
        lasting = self.countdown is not None
        self.close_button = None if lasting else icon_button("close", self.tr("Close this message"))
        if self.close_button is not None:
            self.close_button.clicked.connect(self.expire)
            row.addWidget(self.close_button)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._tick()

    def start(self) -> None:
        """Show it and let its time run."""
        self.show()
        self.raise_()
        self._clock.start()
        self._timer.start()
        self._focus_before = self.window().focusWidget()
        if self.button is not None and self._focus_before is not None:
            QWidget.setTabOrder(self._focus_before, self.button)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def act(self) -> None:
        """Choose the action."""
        self._end(self.acted)

    def expire(self) -> None:
        """Close it now, without the action."""
        self._end(self.expired)

    @property
    def keys(self) -> QKeySequence | None:
        """The keys of its action, if it has any."""
        return self._shortcut.key() if self._shortcut is not None else None

    def listen(self, listening: bool) -> None:
        """Whether the keys of its action work: only one toast at a time can have them."""
        if self._shortcut is not None:
            self._shortcut.setEnabled(listening)

    def fit(self, room: int) -> None:
        """Take the width that the message wants, at most `room`."""
        fixed = self.sizeHint().width() - self._label.sizeHint().width()
        words = self._label.fontMetrics().horizontalAdvance(self.message) + theme.SMALL
        width = max(min(room, fixed + words), min(room, theme.scaled(260)))
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        self.resize(width, max(height, self.minimumSizeHint().height()))

    def _end(self, signal: SignalInstance) -> None:
        if self.over:
            return
        self.over = True
        self._timer.stop()
        back = self._focus_before
        if self.button is not None and self.button.hasFocus() and back is not None and isValid(back):
            back.setFocus()
        self.hide()
        signal.emit()
        self.closed.emit()
        self.deleteLater()

    def _tick(self) -> None:
        step = self._clock.restart() if self._clock.isValid() else 0
        if QApplication.activeModalWidget() is None:
            self._passed_ms += step
        left = self._total_ms - self._passed_ms
        if self.countdown is not None:
            self.countdown.show_left(max(0.0, left / self._total_ms), max(0, -(-left // 1000)))
        if left <= 0:
            self.expire()

    def _restyle(self) -> None:
        colours = theme.current()
        link = theme.DARK.accent if not theme.is_dark() else theme.LIGHT.accent
        self.setStyleSheet(
            f"#toast {{ background: {colours.text}; border: none; border-radius: {theme.RADIUS + 2}px; }}"
            f"#toast QLabel {{ color: {colours.window}; }}"
            f"#toastAction {{ color: {link}; font-weight: 600; background: transparent; }}"
            f"#toastAction:focus {{ border-color: {link}; }}"
            "#toast QToolButton:hover { background: transparent; }"
            f"#toast QToolButton:focus {{ border-color: {link}; }}"
        )
        if self.close_button is not None:
            set_icon(self.close_button, "close", "border", 14)


class Toaster(QObject):
    """Keeps toasts stacked at the bottom edge of a window. Several of these can share a window.

    Attributes:
        toasts: Those that are shown now, oldest first.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.toasts: list[Toast] = []
        self._host = host
        self._margin: int | None = None
        self._margin_here: int | None = None
        self._focused: QWidget | None = None
        host.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch_focus)

    def set_margin(self, bottom: int) -> None:
        """Leave so many pixels free between the lower edge of the window and the lowest toast."""
        self._margin = bottom
        self._arrange()

    def set_host(self, host: QWidget, *, margin: int | None = None) -> None:
        """Show toasts, also those that are there, in another window from now on.

        Args:
            host: The window.
            margin: Pixels to leave free below them in this window; None for what `set_margin` said.
        """
        self._margin_here = margin
        if host is self._host:
            return
        self._host.removeEventFilter(self)
        self._host = host
        host.installEventFilter(self)
        for toast in self.toasts:
            toast.setParent(host)
            toast.show()
        self._arrange()

    def show(
        self,
        message: str,
        *,
        action: str = "",
        shortcut: str = "",
        seconds: float = 4.0,
        notice: bool = False,
        acted: Callable[[], None] | None = None,
        expired: Callable[[], None] | None = None,
    ) -> Toast:
        """Show a message.

        Args:
            message: One short sentence; no content that must not be seen over a shoulder.
            action: Words of the button, or "" for none.
            shortcut: Keys that choose the action, such as "Ctrl+Z".
            seconds: How long it stays.
            notice: The action only leads somewhere: it can be closed at once, and counts no seconds.
            acted: Called when the action is chosen.
            expired: Called when it closes without.
        """
        toast = Toast(message, action=action, shortcut=shortcut, seconds=seconds, notice=notice, parent=self._host)
        if acted is not None:
            toast.acted.connect(acted)
        if expired is not None:
            toast.expired.connect(expired)
        toast.closed.connect(lambda: self._gone(toast))
        self.toasts.append(toast)
        toast.start()
        self._watch_focus(None, QApplication.focusWidget())
        self._arrange()
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window, and take the keys of an action from a field that cannot use them."""
        kind = event.type()
        if kind in {QEvent.Type.Resize, QEvent.Type.Show} and watched is self._host:
            self._arrange()
        elif kind == QEvent.Type.ShortcutOverride and watched is self._focused and self._takes(event):
            # Text fields claim undo for themselves even with nothing to undo; unclaimed, it is the shortcut's.
            event.ignore()
            return True
        return False

    def _takes(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or _can_undo(self._focused):
            return False
        keys = QKeySequence(event.keyCombination())
        return any(toast.keys == keys for toast in self.toasts)

    def _watch_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self):
            return
        if self._focused is not None and isValid(self._focused) and self._focused is not self._host:
            self._focused.removeEventFilter(self)
        self._focused = new if self.toasts and _is_field(new) else None
        if self._focused is not None:
            self._focused.installEventFilter(self)

    def _gone(self, toast: Toast) -> None:
        if toast in self.toasts:
            self.toasts.remove(toast)
        self._watch_focus(None, QApplication.focusWidget())
        self._arrange()

    def _arrange(self) -> None:
        host = self._host
        there = host.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [toast for toast in there if not toast.over]
        listener = next((toast for toast in reversed(shown) if toast.keys is not None), None)
        for toast in shown:
            toast.listen(toast is listener)
            toast.fit(host.width() - 2 * theme.LARGE)
        room = host.height() - sum(toast.height() + theme.SMALL for toast in shown)
        margins = (self._margin_here, self._margin, theme.scaled(ABOVE_EDGE))
        margin = next(each for each in margins if each is not None)
        bottom = host.height() - max(theme.SMALL, min(margin, room))
        for toast in reversed(shown):
            toast.move((host.width() - toast.width()) // 2, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + theme.SMALL


def _is_field(widget: QWidget | None) -> bool:
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit)


def _can_undo(field: QWidget | None) -> bool:
    """Whether undo would do something in a text field."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() and not field.isReadOnly()
    if isinstance(field, QTextEdit | QPlainTextEdit):
        return field.document().isUndoAvailable() and not field.isReadOnly()
    return False
