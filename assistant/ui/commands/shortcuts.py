"""The overview of keys: a table that the settings show as well, and a dialog of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.commands.act import Act, keys_elsewhere, native
from assistant.ui.widgets.parts import text_label, with_role

if TYPE_CHECKING:
    from collections.abc import Sequence


class ShortcutTable(QWidget):
    """All keys with what they do, under headings."""

    def __init__(self, acts: Sequence[Act], parent: QWidget | None = None) -> None:
        """`acts`: those of the window; keys that belong to one part of it are listed after them."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.HUGE)
        grid.setVerticalSpacing(theme.SMALL)
        lines = [(act.group, " · ".join(native(keys) for keys in act.keys), act.words) for act in acts if act.keys]
        lines += [(group, native(keys), words) for group, keys, words in keys_elsewhere()]
        groups = list(dict.fromkeys(group for group, _, _ in lines))
        row = 0
        for group in groups:
            if group:
                heading = text_label(group, "heading")
                heading.setContentsMargins(0, theme.SMALL if row else 0, 0, 0)
                grid.addWidget(heading, row, 0, 1, 2)
                row += 1
            for of, keys, words in lines:
                if of == group:
                    badge = with_role(QLabel(keys), "badge")
                    grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
                    grid.addWidget(text_label(words), row, 1)
                    row += 1
        grid.setColumnStretch(1, 1)


class ShortcutsDialog(QDialog):
    """The table, over the window."""

    def __init__(self, acts: Sequence[Act], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(self.tr("Keyboard shortcuts"), "title"))
        column.addWidget(ShortcutTable(acts))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll, 1)
        box.addWidget(buttons)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(theme.scaled(520), screen.width() - 80), min(theme.scaled(620), screen.height() - 80))
