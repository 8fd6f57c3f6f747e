"""Backups: when they are made, where they lie, and which of them still hold what was forgotten since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import HippoError
from assistant.store.replacement import drop_put_aside, put_aside
from assistant.ui import theme
from assistant.ui.settings.backup_rows import BackupRow, PutAsideRow
from assistant.ui.settings.form import add_row, form_layout, page_column, value_label
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.fields import ComboBox, SpinBox
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import empty, line, push_button, text_label, with_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.safekeeping import KnownBackup
    from assistant.conversation.session import Session
    from assistant.settings import Backups


class BackupsPage(QWidget):
    """The page.

    Signals:
        changed: The `Backups` settings are to be these.
        restore_wanted: Restore this file; None where one is to be chosen.
    """

    changed = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._wanted: Backups = session.settings.backups
        column = page_column(
            self,
            self.tr(
                "A backup is one encrypted file. It is restored on any computer with the passphrase or the recovery "
                "code of the day on which it was made."
            ),
        )
        self._build_schedule(column)
        self._error = text_label(role="danger")
        self._said = text_label(role="success")
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Writing the backup"))
        for widget in (self._error, self._said, self._progress):
            widget.hide()
            column.addWidget(widget)
        column.addWidget(line())
        column.addWidget(text_label(self.tr("Your backups"), "heading"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SMALL)
        column.addLayout(self._list)
        self._none = text_label(self.tr("None that Hippo knows of."), "muted")
        column.addWidget(self._none)
        self.setEnabled(session.stage == "open")
        if session.stage == "open":
            self.refresh()

    def rows(self) -> list[BackupRow]:
        """The backups that are shown."""
        items = (self._list.itemAt(at) for at in range(self._list.count()))
        return [row for item in items if item is not None and isinstance(row := item.widget(), BackupRow)]

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return "" if self._error.isHidden() else self._error.text()

    def refresh(self) -> None:
        """Look for the backups anew."""
        if self._session.stage == "open":
            self._tasks.run(self._session.backups, done=self._show, failed=self._fail, owner=self)

    def back_up(self, target: Path) -> None:
        """Write a backup to this file."""
        session, tasks = self._session, self._tasks
        self._quiet()
        self._progress.setValue(0)
        self._progress.show()
        self.now_button.setEnabled(False)

        def over() -> None:
            self._progress.hide()
            self.now_button.setEnabled(True)

        def done(_report: object) -> None:
            over()
            self._say(self.tr("The backup was written and read back."))
            self.refresh()

        def failed(error: HippoError) -> None:
            over()
            self._fail(error)

        def show(shares: list[float]) -> None:
            self._progress.setValue(round(1000 * shares[-1]))

        def write(emit: Callable[[float], None]) -> None:
            session.write_backup(target, progress=emit, cancelled=lambda: tasks.closing)

        tasks.stream(
            write,
            each=show,
            lane="store",
            done=done,
            failed=failed,
            owner=self,
        )

    # Building

    def _build_schedule(self, column: QVBoxLayout) -> None:
        self.every = ComboBox()
        for value, words in (
            ("never", self.tr("Never")),
            ("daily", self.tr("Every day")),
            ("weekly", self.tr("Every week")),
        ):
            self.every.addItem(words, value)
        self.every.setCurrentIndex(self.every.findData(self._wanted.every))
        self.every.currentIndexChanged.connect(self._choose_rhythm)
        self.folder = value_label(self._wanted.folder or self.tr("None chosen"))
        self.folder_button = push_button(self.tr("Choose…"))
        self.folder_button.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.setSpacing(theme.SMALL)
        place.addWidget(self.folder, 1)
        place.addWidget(self.folder_button)
        self.keep = SpinBox()
        self.keep.setRange(1, 1000)
        self.keep.setValue(self._wanted.keep)
        self.keep.valueChanged.connect(lambda keep: self._change(replace(self._wanted, keep=keep)))
        form = form_layout()
        add_row(form, self.tr("How often"), self.every)
        add_row(form, self.tr("Folder"), self.folder, place)
        add_row(form, self.tr("Keep the latest"), self.keep)
        column.addLayout(form)
        self.now_button = push_button(self.tr("Back up now…"))
        self.now_button.clicked.connect(self._choose_file)
        self.restore_button = push_button(self.tr("Restore a backup…"))
        self.restore_button.clicked.connect(lambda: self.restore_wanted.emit(None))
        acts = QWidget()
        flow = FlowLayout(acts)
        for button in (self.now_button, self.restore_button):
            flow.addWidget(button)
        column.addWidget(acts)

    def _choose_rhythm(self, _at: int) -> None:
        every = self.every.currentData()
        if every != "never" and not self._wanted.folder:
            self._change(replace(self._wanted, every=every))
            self._choose_folder()
            return
        self._change(replace(self._wanted, every=every))

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for backups"), self._wanted.folder or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.use_folder(Path(path)))
        dialog.open()

    def use_folder(self, folder: Path) -> None:
        """Let scheduled backups lie in this folder."""
        if folder.is_relative_to(self._session.home.store):
            self._fail(
                HippoError(
                    self.tr("Backups cannot lie inside the memory's own folder."), next_step=self.tr("Choose another.")
                )
            )
            return
        self.folder.show_line(str(folder))
        self._change(replace(self._wanted, folder=str(folder)))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Back up"), self._wanted.folder or str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("hippo")
        dialog.selectFile("memory.hippo")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.back_up(Path(path)))
        dialog.open()

    def _change(self, wanted: Backups) -> None:
        self._wanted = wanted
        self._quiet()
        self.changed.emit(wanted)
        QTimer.singleShot(0, self, self.refresh)

    # Showing

    def _show(self, backups: list[KnownBackup]) -> None:
        empty(self._list)
        for backup in backups:
            row = BackupRow(backup)
            path = backup.file.path
            row.clean_wanted.connect(lambda path=path: self._clean(path))
            row.restore_wanted.connect(lambda path=path: self.restore_wanted.emit(path))
            row.remove_wanted.connect(lambda path=path: self._ask_remove(path))
            self._list.addWidget(row)
        for folder in put_aside(self._session.home):
            aside = PutAsideRow(folder)
            aside.remove_wanted.connect(lambda folder=folder: self._ask_remove(folder))
            self._list.addWidget(aside)
        self._none.setVisible(not self._list.count())

    def _clean(self, path: Path) -> None:
        session = self._session
        self._quiet()

        def done(_report: object) -> None:
            self._say(self.tr("Rewritten: it no longer holds what you forgot."))
            self.refresh()

        self._tasks.run(lambda: session.clean_backup(path), done=done, failed=self._fail, owner=self)

    def _ask_remove(self, path: Path) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Delete for good?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Delete {name}?").format(name=path.name))
        box.setInformativeText(self.tr("It is gone for good then. The memory that is in use is not touched."))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        with_role(delete, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda button: self.remove(path) if button is delete else None)
        box.open()

    def remove(self, path: Path) -> None:
        """Delete a backup, or a memory that was put aside."""
        session = self._session
        self._quiet()

        def work() -> None:
            if path in put_aside(session.home):
                drop_put_aside(path)
            else:
                session.remove_backup(path)

        self._tasks.run(work, done=lambda _: self.refresh(), failed=self._fail, owner=self)

    def _quiet(self) -> None:
        self._error.hide()
        self._said.hide()

    def _say(self, words: str) -> None:
        self._quiet()
        self._said.setText(words)
        self._said.show()

    def _fail(self, error: HippoError) -> None:
        self._quiet()
        self._error.setText(str(error))
        self._error.show()
