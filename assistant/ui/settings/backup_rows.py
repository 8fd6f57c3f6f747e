"""The cards on the page of backups: one for each backup, and one for each memory that a restored one has replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.settings.form import value_label
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label, with_role

if TYPE_CHECKING:
    from assistant.conversation.safekeeping import KnownBackup


class BackupRow(QFrame):
    """One backup: when, how large, where, and what it still holds.

    Signals:
        clean_wanted, restore_wanted, remove_wanted: The user wants it rewritten, restored, or deleted.
    """

    clean_wanted = Signal()
    restore_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, backup: KnownBackup) -> None:
        super().__init__()
        with_role(self, "card")
        file, local = backup.file, QLocale()
        made = local.toString(QDateTime.fromSecsSinceEpoch(int(file.made.timestamp())), self.tr("d MMM yyyy, HH:mm"))
        self.setAccessibleName(made)
        records = f"{self.tr('%Ln records', n=file.rows)} · {local.formattedDataSize(file.size)}"
        acts = QWidget()
        flow = FlowLayout(acts)
        self.clean_button: QPushButton | None = None
        if backup.forgotten and backup.rewritable:
            self.clean_button = push_button(self.tr("Rewrite without it"), "link")
            self.clean_button.clicked.connect(self.clean_wanted)
            flow.addWidget(self.clean_button)
        self.restore_button = push_button(self.tr("Restore…"), "link")
        self.restore_button.clicked.connect(lambda: self.restore_wanted.emit())
        flow.addWidget(self.restore_button)
        self.remove_button = push_button(self.tr("Delete…"), "link")
        self.remove_button.clicked.connect(self.remove_wanted)
        flow.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addWidget(text_label(f"{made} · {records}"))
        where = value_label(str(file.path))
        with_role(where, "small")
        column.addWidget(where)
        if backup.forgotten:
            words = self.tr("Still holds %Ln records that you forgot since.", n=backup.forgotten)
            column.addWidget(text_label(words, "warning"))
        if not backup.rewritable:
            column.addWidget(text_label(self.tr("Under an older key: it can only be deleted."), "small"))
        column.addWidget(acts)


class PutAsideRow(QFrame):
    """A memory that a restored one has replaced.

    Signals:
        remove_wanted: The user wants it deleted.
    """

    remove_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        with_role(self, "card")
        name = self.tr("The memory from before a backup was restored")
        self.setAccessibleName(name)
        where = with_role(value_label(str(folder)), "small")
        self.remove_button = push_button(self.tr("Delete…"), "link")
        self.remove_button.clicked.connect(self.remove_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addWidget(text_label(name))
        column.addWidget(where)
        opens = self.tr("Encrypted; its own passphrase opens it. Forgetting does not reach it.")
        column.addWidget(text_label(opens, "warning"))
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeading)
