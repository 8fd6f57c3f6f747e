"""Fields for a new passphrase: twice the same, with a hint how strong it is. For first start and recovery."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.welcome.strength import LEAST, strength
from assistant.ui.widgets.parts import icon_button, text_label, with_role


class SecretField(QLineEdit):
    """A field whose content is hidden until the eye is pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def show_letters(self, shown: bool) -> None:
        """Show or hide what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def wipe(self) -> None:
        """Empty the field, and leave nothing for undo to bring back."""
        self.setText("")  # `clear` could be undone while the letters are shown
        self.setModified(False)


class NewPassphrase(QWidget):
    """Two fields, and what is still missing.

    Signals:
        changed: It may be usable now, or no longer.
        entered: Enter was pressed and the passphrase can be used.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = SecretField(self.tr("Passphrase"))
        self.second = SecretField(self.tr("The same again"))
        self._eye = icon_button("eye", self.tr("Show what is typed"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_letters)
        row = QHBoxLayout()
        row.setSpacing(theme.TINY)
        row.addWidget(self.first, 1)
        row.addWidget(self._eye)
        self._meter = QProgressBar()
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(self.tr("Strength"))
        self._hint = text_label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(row)
        column.addWidget(self._meter)
        column.addWidget(self._hint)
        column.addWidget(self.second)
        self.first.textChanged.connect(self._judge)
        self.second.textChanged.connect(self._judge)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self._enter)
        theme.notifier().changed.connect(self._judge)
        self._judge()

    def usable(self) -> bool:
        """Whether the vault would take it."""
        return len(self.first.text()) >= LEAST and self.first.text() == self.second.text()

    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def wipe(self) -> None:
        """Keep nothing of what was typed."""
        for field in (self.first, self.second):
            field.wipe()
        self._eye.setChecked(False)

    def _enter(self) -> None:
        if self.usable():
            self.entered.emit()

    def _show_letters(self, shown: bool) -> None:
        self.first.show_letters(shown)
        self.second.show_letters(shown)

    def _judge(self) -> None:
        typed = self.first.text()
        level = strength(typed).level
        if not typed:
            role, words = "small", self.tr("A few unrelated words are easy to remember and hard to guess.")
        elif level == 0:
            left = LEAST - len(typed)
            role, words = (
                "small",
                self.tr("%n more characters.", n=left),
            )
        elif self.second.text() and not typed.startswith(self.second.text()):
            role, words = "danger", self.tr("The two are not the same.")
        elif self.second.text() and typed != self.second.text():
            role, words = "small", self.tr("Not the same yet: go on typing.")
        else:
            role, words = {
                1: ("danger", self.tr("Weak: it could be guessed. Add another word.")),
                2: ("warning", self.tr("Fair: better with another word.")),
                3: ("success", self.tr("Good.")),
                4: ("success", self.tr("Strong.")),
            }[level]
        self._meter.setValue(level)
        self._meter.setAccessibleDescription(words)
        colours = theme.current()
        tint = {0: colours.muted, 1: colours.danger, 2: colours.warning}.get(level, colours.success)
        self._meter.setStyleSheet(f"QProgressBar::chunk {{ background: {tint}; border-radius: 3px; }}")
        self._hint.setText(words)
        if self._hint.property("role") != role:
            with_role(self._hint, role)
        set_icon(self._eye, "eye", "accent" if self._eye.isChecked() else "muted")
        self.changed.emit()
