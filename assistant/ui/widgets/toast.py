"""Short messages at the bottom of a window, with one action such as Undo and a visible countdown.

Not for errors that need a decision: those get a dialog or an error card. Knows no verb of the core.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.widgets.parts import icon_button, push_button, text_label

TICK_MS = 100


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
        self.setAccessibleName(self.tr("{n} seconds left").format(n=seconds))
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
    """One message. It closes by itself; the action can be chosen until then.

    Attributes:
        message: What it says.
        over: Whether it is closed.

    Signals:
        acted: The action was chosen.
        expired: It closed without the action.
        closed: It is gone, one way or the other.
    """

    acted = Signal()
    expired = Signal()
    closed = Signal()

    def __init__(
        self, message: str, *, action: str = "", shortcut: str = "", seconds: float = 4.0, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.message = message
        self.over = False
        self._shortcut: QShortcut | None = None
        self._total_ms = int(seconds * 1000)
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
        if action:
            self.countdown = Countdown(self)
            row.addWidget(self.countdown)
        row.addWidget(self._label, 1)
        self.button = push_button(action, "link") if action else None
        if self.button is not None:
            self.button.setObjectName("toastAction")
            self.button.clicked.connect(self.act)
            row.addWidget(self.button)
            if shortcut:
                self._shortcut = QShortcut(QKeySequence(shortcut), self, self.act)
                keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
                self.button.setToolTip(f"{action} ({keys})")
        self.close_button = icon_button("close", self.tr("Close this message"))
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
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def act(self) -> None:
        """Choose the action."""
        self._end(self.acted)

    def expire(self) -> None:
        """Close it now, without the action."""
        self._end(self.expired)

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
        self.hide()
        signal.emit()
        self.closed.emit()
        self.deleteLater()

    def _tick(self) -> None:
        left = self._total_ms - (self._clock.elapsed() if self._clock.isValid() else 0)
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
        set_icon(self.close_button, "close", "border", 14)


class Toaster(QObject):
    """Keeps toasts stacked at the bottom edge of a window. Several of these can share a window.

    Attributes:
        toasts: Those that are shown now, oldest first.
    """

    def __init__(self, host: QWidget, *, lift: int = 44) -> None:
        super().__init__(host)
        self.toasts: list[Toast] = []
        self._host = host
        self._lift = lift
        host.installEventFilter(self)

    def set_host(self, host: QWidget) -> None:
        """Show toasts, also those that are there, in another window from now on."""
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
        acted: Callable[[], None] | None = None,
        expired: Callable[[], None] | None = None,
    ) -> Toast:
        """Show a message.

        Args:
            message: One short sentence; no content that must not be seen over a shoulder.
            action: Words of the button, or "" for none.
            shortcut: Keys that choose the action, such as "Ctrl+Z".
            seconds: How long it stays.
            acted: Called when the action is chosen.
            expired: Called when it closes without.
        """
        toast = Toast(message, action=action, shortcut=shortcut, seconds=seconds, parent=self._host)
        if acted is not None:
            toast.acted.connect(acted)
        if expired is not None:
            toast.expired.connect(expired)
        toast.closed.connect(lambda: self._gone(toast))
        self.toasts.append(toast)
        toast.start()
        self._arrange()
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if watched is self._host and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._arrange()
        return False

    def _gone(self, toast: Toast) -> None:
        if toast in self.toasts:
            self.toasts.remove(toast)
        self._arrange()

    def _arrange(self) -> None:
        bottom = self._host.height() - self._lift
        there = self._host.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [toast for toast in there if not toast.over]
        for toast in reversed(shown):
            toast.listen(toast is shown[-1])
            toast.fit(self._host.width() - 2 * theme.LARGE)
            toast.move((self._host.width() - toast.width()) // 2, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + theme.SMALL
