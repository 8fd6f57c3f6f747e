"""What can be done with several selected memories at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.store.records import State
from assistant.ui import theme
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import icon_button, push_button, text_label


class SelectionPane(QWidget):
    """What can be done with several selected memories at once.

    Signals:
        state_wanted: The `State` that they should have.
        forget_wanted: They should be forgotten.
        cleared: Nothing should be selected any more.
    """

    state_wanted = Signal(object)
    forget_wanted = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = text_label(role="heading")
        close = icon_button("close", self.tr("Select nothing"))
        close.clicked.connect(self.cleared)
        top = QHBoxLayout()
        top.addWidget(self._count, 1)
        top.addWidget(close)
        buttons = FlowLayout()
        for words, icon, state in (
            (self.tr("Pin"), "pin", State.PINNED),
            (self.tr("Fade"), "faded", State.FADED),
            (self.tr("Make active"), "restore", State.ACTIVE),
        ):
            button = push_button(words, icon=icon)
            button.clicked.connect(lambda _checked=False, state=state: self.state_wanted.emit(state))
            buttons.addWidget(button)
        self.forget_button = push_button(self.tr("Forget…"), icon="forget")
        self.forget_button.clicked.connect(self.forget_wanted)
        buttons.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(top)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_count(self, words: str) -> None:
        """Say how many are selected."""
        self._count.setText(self.tr("{memories} selected").format(memories=words))
