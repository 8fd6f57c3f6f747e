"""First page of the first start: what opens the memory, the keyring of the machine or a passphrase."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QProgressBar, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.welcome.page import Page
from assistant.ui.welcome.passphrase import NewPassphrase
from assistant.ui.widgets.parts import RadioButton, push_button, text_label, with_role

Way = Literal["keyring", "passphrase"]


class Choice(QFrame):
    """One way to protect the memory, with one sentence about what it means. The whole card can be clicked.

    Attributes:
        radio: The button that is chosen.
        inside: Room for what belongs to this choice.
    """

    def __init__(self, name: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        with_role(self, "card")
        self.radio = RadioButton(name)
        self.radio.setAccessibleDescription(meaning)
        self._name = text_label(name)
        self._words = text_label(meaning, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.TINY)
        column.addWidget(self.radio)
        column.addWidget(self._name)
        column.addWidget(self._words)
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(0, theme.SMALL, 0, 0)
        column.addLayout(self.inside)
        self.set_alone(False)

    def set_alone(self, alone: bool) -> None:
        """Whether it is the only choice: then there is nothing to choose, and no radio button."""
        self.radio.setHidden(alone)
        self._name.setVisible(alone)
        self._words.setContentsMargins(0 if alone else theme.HUGE, 0, 0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the sentence chooses too."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.radio.setChecked(True)
            if not self.radio.isHidden():
                self.radio.setFocus()
        super().mouseReleaseEvent(event)


class ProtectionPage(Page):
    """Asks how the memory shall be protected.

    Attributes:
        keyring, passphrase: The two choices.
        fields: The new passphrase.

    Signals:
        chosen: The user has decided: the way, and the passphrase or "".
        temporary: The user wants to chat without a memory.
        restore_wanted: The user has a backup to begin with.
    """

    chosen = Signal(str, str)
    temporary = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("Welcome to Hippo"))
        self._busy = False
        self._decided = False
        self.keyring = Choice(
            self.tr("The keyring of this computer"),
            self.tr("Opens by itself while you are logged in: as safe as your account on this computer."),
        )
        self.passphrase = Choice(
            self.tr("A passphrase"),
            self.tr("You type it each time. Without it, and without the recovery code, nobody can read your memory."),
        )
        self.fields = NewPassphrase()
        self.passphrase.inside.addWidget(self.fields)
        group = QButtonGroup(self)
        for choice in (self.keyring, self.passphrase):
            group.addButton(choice.radio)
            choice.radio.toggled.connect(self._update)
            choice.radio.clicked.connect(self._decide)
        self._no_keyring = text_label(
            self.tr("This computer has no keyring that keeps secrets, so a passphrase protects your memory."), "muted"
        )
        self._working = QProgressBar()
        self._working.setRange(0, 0)
        self._working.setTextVisible(False)
        self._working.setAccessibleName(self.tr("Making the vault"))
        self.go = push_button(self.tr("Continue"), "primary")
        self.go.clicked.connect(self._go)
        self.fields.entered.connect(self._go)
        self.fields.changed.connect(self._update)
        self.without = push_button(
            self.tr("Chat without memory"), "link", tip=self.tr("Nothing is read or kept; you can decide next time.")
        )
        self.without.clicked.connect(self.temporary)
        self.body.addWidget(
            text_label(
                self.tr("A private assistant that remembers. Everything stays on this computer, and is encrypted.")
            )
        )
        self.body.addSpacing(theme.SMALL)
        self.body.addWidget(text_label(self.tr("What shall open your memory?"), "heading"))
        for each in (self._no_keyring, self.keyring, self.passphrase, self.error, self._working, self.go):
            self.body.addWidget(each)
        self.restore = push_button(self.tr("Restore a backup…"), "link")
        self.restore.clicked.connect(lambda: self.restore_wanted.emit())
        for link in (self.without, self.restore):
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        self._no_keyring.hide()
        self.keyring.hide()
        self.passphrase.set_alone(True)
        self.passphrase.radio.setChecked(True)
        self._update()

    def offer_keyring(self, available: bool) -> None:
        """Say whether this machine has a keyring; it is the first choice where there is one."""
        self.keyring.setVisible(available)
        self._no_keyring.setVisible(not available)
        self.passphrase.set_alone(not available)
        if available and not self._decided and not self.fields.passphrase():
            self.keyring.radio.setChecked(True)
            self.go.setFocus()
        elif not available:
            self.passphrase.radio.setChecked(True)
            self.fields.setVisible(True)
            if not self.fields.second.hasFocus():
                self.fields.first.setFocus()
        self._update()

    def show_busy(self, busy: bool) -> None:
        """Show that the vault is being made."""
        self._busy = busy
        self._update()

    def way(self) -> Way:
        """Which one is chosen."""
        return "keyring" if self.keyring.radio.isChecked() else "passphrase"

    def _decide(self) -> None:
        self._decided = True

    def _go(self) -> None:
        if self.go.isEnabled():
            self.chosen.emit(self.way(), self.fields.passphrase() if self.way() == "passphrase" else "")

    def _update(self) -> None:
        by_passphrase = self.way() == "passphrase"
        self.fields.setVisible(by_passphrase)
        self._working.setVisible(self._busy)
        for each in (self.keyring, self.passphrase, self.without, self.restore):
            each.setEnabled(not self._busy)
        self.go.setEnabled(not self._busy and (not by_passphrase or self.fields.usable()))
        self.go.setText(self.tr("Making the vault…") if self._busy else self.tr("Continue"))
