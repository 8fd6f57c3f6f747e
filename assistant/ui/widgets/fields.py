"""Fields to choose in: their arrows have the colours of the theme and grow with the text, which a style sheet alone
cannot give them (it would need a picture file for each colour).
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QToolButton,
    QWidget,
)

from assistant.ui import icons, theme


def name_buttons_of(field: QLineEdit, clear: str) -> None:
    """Tell screen readers what the buttons inside a field are: `clear` names the one that empties it.

    A picture that only decorates the field bears the field's own name.
    """
    for button in field.findChildren(QToolButton):
        empties = any(action.objectName() == "_q_qlineeditclearaction" for action in button.actions())
        button.setAccessibleName(clear if empties else field.accessibleName())


class ComboBox(QComboBox):
    """A choice of one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over it."""
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        where = QStyle.SubControl.SC_ComboBoxArrow
        _draw(self, "chevron-down", self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, where, self))


class SpinBox(QSpinBox):
    """A number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(theme.TINY, 0, 0, 0)  # the padding of a style sheet does not reach it

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the two arrows over it."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        for name, where in (
            ("chevron-up", QStyle.SubControl.SC_SpinBoxUp),
            ("chevron-down", QStyle.SubControl.SC_SpinBoxDown),
        ):
            rect = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, where, self)
            _draw(self, name, rect)


def _draw(field: QWidget, name: str, room: QRect) -> None:
    edge = min(theme.scaled(14), room.height() + theme.TINY)
    where = QRect(0, 0, edge, edge)
    where.moveCenter(room.center())
    tint = theme.current().text if field.isEnabled() else theme.current().border_strong
    icons.icon(name, tint).paint(QPainter(field), where)
