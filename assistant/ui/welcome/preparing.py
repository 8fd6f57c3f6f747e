"""Third page of the first start: the built-in model is being prepared. Real progress, and a way to stop it."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from assistant.errors import CancelledError, HippoError
from assistant.ui import theme
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.page import Page
from assistant.ui.widgets.parts import push_button, text_label

if TYPE_CHECKING:
    from assistant.conversation.session import Session

_STEPS = 1000


class PreparingPage(Page):
    """Prepares the models and shows how far it is.

    Attributes:
        under_way: Whether it is being done now.

    Signals:
        start_wanted: The user wants to begin; the models are ready.
        without_wanted: The user wants to begin without them.
    """

    start_wanted = Signal()
    without_wanted = Signal()

    def __init__(self, session: "Session", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._session = session
        self._tasks = tasks
        self._stop = threading.Event()
        self.under_way = False
        self._words = text_label()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Preparing the model"))
        self._percent = text_label(role="small")
        self.cancel_button = push_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        self.again_button = push_button(self.tr("Try again"))
        self.again_button.clicked.connect(self.begin)
        self.start_button = push_button(self.tr("Start the first chat"), "primary")
        self.start_button.clicked.connect(self.start_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.cancel_button)
        self.without_button = push_button(
            self.tr("Go on without it"), "link", tip=self.tr("You can look at your memory, but get no answers.")
        )
        self.without_button.clicked.connect(self.without_wanted)
        for widget in (self._words, self.bar, self._percent, self.error):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)
        self.body.addWidget(self.without_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show()

    def begin(self) -> None:
        """Prepare the models, if they are not ready."""
        if self.under_way or self._session.models_ready:
            self._show()
            return
        self._stop.clear()
        self.under_way = True
        self.bar.setValue(0)
        self.show_error(None)
        self._show()
        session, tasks, stop = self._session, self._tasks, self._stop

        def prepare(emit: Callable[[float], None]) -> None:
            session.prepare_models(progress=emit, cancelled=lambda: stop.is_set() or tasks.closing)

        tasks.stream(prepare, each=self._progress, done=lambda _: self._end(None), failed=self._end, owner=self)

    def cancel(self) -> None:
        """Stop it; nothing half-done is left."""
        self._stop.set()
        self.cancel_button.setEnabled(False)
        self._percent.setText(self.tr("Stopping…"))

    def _progress(self, shares: list[float]) -> None:
        share = min(1.0, max(0.0, shares[-1]))
        self.bar.setValue(round(share * _STEPS))
        if not self._stop.is_set():
            self._percent.setText(self.tr("{n} %").format(n=round(100 * share)))

    def _end(self, error: HippoError | None) -> None:
        self.under_way = False
        self.show_error(None if isinstance(error, CancelledError) else error)
        self._show()

    def _show(self) -> None:
        ready = self._session.models_ready
        stopped = not ready and not self.under_way
        self.bar.setVisible(self.under_way)
        self._percent.setVisible(self.under_way)
        if self.under_way:
            self._percent.setText(self.tr("{n} %").format(n=round(100 * self.bar.value() / _STEPS)))
        self.cancel_button.setVisible(self.under_way)
        self.cancel_button.setEnabled(True)
        self.again_button.setVisible(stopped)
        self.without_button.setVisible(stopped)
        self.start_button.setVisible(ready or self.under_way)
        self.start_button.setEnabled(ready)
        if ready:
            self.title.setText(self.tr("Ready"))
            if self._session.stage == "temporary":
                words = self.tr("Hippo works without a connection. Nothing of what you say is remembered.")
            else:
                words = self.tr("Hippo works without a connection from now on, and remembers what you say.")
            self._words.setText(words)
            if self.isVisible():
                self.start_button.setFocus()
        elif self.under_way:
            self.title.setText(self.tr("Preparing the model"))
            self._words.setText(
                self.tr("The built-in language model is made ready for this computer, once. Nothing is downloaded.")
            )
        else:
            self.title.setText(self.tr("The model is not ready"))
            self._words.setText(self.tr("Hippo needs its built-in language model to answer you."))
