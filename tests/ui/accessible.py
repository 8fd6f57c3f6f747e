"""What a screen reader is told: on every screen, every control has a name and a role."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

Role = QAccessible.Role
CONTROLS = frozenset(
    {
        Role.Button,
        Role.ButtonDropDown,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.ComboBox,
        Role.EditableText,
        Role.List,
        Role.Link,
        Role.PageTab,
        Role.ProgressBar,
        Role.RadioButton,
        Role.Slider,
        Role.SpinBox,
        Role.Table,
        Role.Tree,
    }
)
NOT_A_ROLE = frozenset({Role.NoRole, Role.Client})
BY_ITS_OWNER = frozenset({Role.ScrollBar, Role.Separator, Role.Splitter, Role.Grip})
"""Their owner's name tells what they are for."""


def interfaces(root: QWidget) -> Iterator[tuple[QWidget, QAccessibleInterface]]:
    """Everything on the screen that a screen reader can come to, depth first."""
    todo: list[QWidget] = [root]
    while todo:
        widget = todo.pop()
        found = QAccessible.queryAccessibleInterface(widget)
        if found is not None and found.isValid():
            yield widget, found
        todo += [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]


def described(widget: QObject) -> str:
    chain: list[str] = []
    at: QObject | None = widget
    while at is not None and len(chain) < 5:
        chain.append(f"{type(at).__name__}#{at.objectName()}")
        at = at.parent()
    return " < ".join(chain)


def nameless(root: QWidget) -> list[str]:
    wrong = []
    for widget, found in interfaces(root):
        role = found.role()
        if role in BY_ITS_OWNER or widget.objectName().startswith("qt_"):
            continue
        takes_keys = found.state().focusable and widget.focusPolicy() != widget.focusPolicy().NoFocus
        if not takes_keys and role not in CONTROLS:
            continue
        pane = isinstance(widget, QAbstractScrollArea) and role is Role.Client
        if role in NOT_A_ROLE and not pane:
            wrong.append(f"no role: {described(widget)}")
        elif not found.text(QAccessible.Text.Name).strip():
            wrong.append(f"no name ({role.name}): {described(widget)}")
    return wrong
