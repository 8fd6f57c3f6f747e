"""Chooses between what will fade and what has faded, and says what fading is."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import with_role


class FadingBar(QWidget):
    """The choice.

    Signals:
        changed: The user chose the other one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self)
        self._group = QButtonGroup(self)
        for number in (0, 1):
            button = with_role(QToolButton(), "quiet")
            button.setCheckable(True)
            self._group.addButton(button, number)
            flow.addWidget(button)
        self.clear()
        self._group.idClicked.connect(lambda _number: self.changed.emit())

    @property
    def faded(self) -> bool:
        """Whether what has faded is chosen, not what will."""
        return self._group.checkedId() == 1

    def clear(self) -> None:
        """Count nothing, and choose what will fade."""
        self._group.button(0).setChecked(True)
        self.show_counts(0, 0)

    def show_counts(self, coming: int, gone: int) -> None:
        """Say how many there are of each."""
        for number, (words, count) in enumerate(((self.tr("Fades next"), coming), (self.tr("Has faded"), gone))):
            button = self._group.button(number)
            button.setText(f"{words} ({QLocale().toString(count)})")
            button.setAccessibleName(button.text())

    def about(self, on: bool) -> str:
        """What the list below shows, in a sentence."""
        if self.faded:
            return self.tr("Recall leaves these out. Nothing of them is lost: restore what you want used again.")
        if not on:
            return self.tr("Fading is switched off in the settings.")
        from assistant.memory.salience.fading import EVERY

        return self.tr("Every {n} turns those that weigh least fade. Pin what should stay.").format(n=EVERY)

    def nothing(self, on: bool) -> tuple[str, str]:
        """What to say where the list is empty: a heading and an explanation."""
        if self.faded:
            return self.tr("Nothing has faded"), self.tr(
                "What fades is kept, and listed here, so that you can restore it."
            )
        if not on:
            return self.tr("Nothing fades"), self.tr("Fading is switched off in the settings.")
        from assistant.memory.salience.fading import SHARE

        words = self.tr(
            "As long as Hippo remembers fewer than {n} messages, all of them stay. What is pinned, and what facts that "
            "hold rest on, never fades."
        )  # of fewer than that the share that fades is less than one
        return self.tr("Nothing is about to fade"), words.format(n=round(1 / SHARE))
