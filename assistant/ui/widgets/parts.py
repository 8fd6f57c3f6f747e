"""Small building blocks that several screens share: labels, buttons and rows with the roles of the style sheet."""

from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from assistant.ui import icons, theme
from assistant.ui.icons import set_icon

W = TypeVar("W", bound=QWidget)


def with_role(widget: W, role: str) -> W:
    """Give the widget a look of the style sheet, also after it was shown."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    return widget


class WrappedLabel(QLabel):
    """A label that breaks its lines and may be as narrow as there is room.

    Qt's own asks for the height that its words would need at the smallest width, which makes windows grow.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide, one line high; layouts ask `heightForWidth` for the height."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 6, metrics.lineSpacing())


def text_label(text: str = "", role: str = "", *, selectable: bool = False, wrap: bool = True) -> QLabel:
    """A label for plain text: what users wrote is never taken for markup."""
    label = WrappedLabel(text) if wrap else QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return with_role(label, role) if role else label


class PushButton(QPushButton):
    """A button that Enter presses, too, when it has the keyboard: Qt's own do so in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def push_button(text: str, role: str = "", *, icon: str = "", tip: str = "") -> QPushButton:
    """A button with words, and an icon where one is named."""
    button = PushButton(text)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoDefault(False)
    if icon:
        set_icon(button, icon, {"primary": "on_accent", "danger": "on_danger"}.get(role, "text"), 16)
    if tip:
        button.setToolTip(tip)
    return with_role(button, role) if role else button


def icon_button(icon: str, name: str, *, shortcut: str = "") -> QToolButton:
    """A quiet button that shows only an icon; `name` is its tooltip and its name for screen readers."""
    button = QToolButton()
    set_icon(button, icon)
    button.setAccessibleName(name)
    if shortcut:
        button.setShortcut(QKeySequence(shortcut))
        button.setToolTip(f"{name} ({button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
    else:
        button.setToolTip(name)
    return with_role(button, "quiet")


def line() -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setFixedHeight(1)
    return with_role(frame, "line")


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and destroy it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


class RadioButton(QRadioButton):
    """A radio button whose mark has the colours of the theme and grows with the text."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        colours, inside = theme.current(), theme.scaled(12)
        dot = max(4, inside // 3)
        self.setStyleSheet(
            f"QRadioButton {{ color: {colours.text}; spacing: 8px; background: transparent; }}"
            f"QRadioButton:disabled {{ color: {colours.muted}; }}"
            f"QRadioButton::indicator {{ width: {inside}px; height: {inside}px; border: 2px solid"
            f" {colours.border_strong}; border-radius: {inside // 2 + 2}px; background: {colours.surface}; }}"
            f"QRadioButton::indicator:checked {{ width: {inside + 4 - 2 * dot}px; height: {inside + 4 - 2 * dot}px;"
            f" border: {dot}px solid {colours.accent}; }}"
            f"QRadioButton::indicator:focus {{ border-color: {colours.text}; }}"
        )


class CheckBox(QCheckBox):
    """A check box whose mark has the colours of the theme and grows with the text."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tick over its ground."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            where = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            tint = theme.current().on_accent if self.isEnabled() else theme.current().muted
            icons.icon("check", tint).paint(QPainter(self), where)

    def _restyle(self) -> None:
        colours, inside = theme.current(), theme.scaled(12)
        self.setStyleSheet(
            f"QCheckBox {{ color: {colours.text}; spacing: 8px; background: transparent; }}"
            f"QCheckBox:disabled {{ color: {colours.muted}; }}"
            f"QCheckBox::indicator {{ width: {inside}px; height: {inside}px; border: 2px solid"
            f" {colours.border_strong}; border-radius: 5px; background: {colours.surface}; }}"
            f"QCheckBox::indicator:checked {{ background: {colours.accent}; border-color: {colours.accent}; }}"
            f"QCheckBox::indicator:disabled {{ background: {colours.raised}; border-color: {colours.border}; }}"
            f"QCheckBox::indicator:focus {{ border-color: {colours.text}; }}"
        )


class ElidedButton(PushButton):
    """A link-like button that shortens its words to the room there is, instead of asking for more.

    Attributes:
        words: All of its words.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        with_role(self, "link")

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button with as many of its words as fit."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room: QRect = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.text = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width() - 2)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
