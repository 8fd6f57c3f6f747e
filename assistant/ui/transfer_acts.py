"""Bringing conversations in from a file and writing them out to one, with progress and a way to stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from assistant.errors import CancelledError
from assistant.ui.upkeep import NOTICE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.session import Session
    from assistant.conversation.transfer import ImportReport
    from assistant.errors import HippoError
    from assistant.ui.tasks import Tasks
    from assistant.ui.widgets.toast import Toaster

T = TypeVar("T")

_SHARES = 1000
_SHOWN_AFTER_MS = 500


class TransferActs(QObject):
    """The acts.

    Signals:
        imported: Messages came in.
        trouble: A `HippoError` to be shown.
    """

    imported = Signal()
    trouble = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, toaster: Toaster, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._tasks, self._toaster, self._window = session, tasks, toaster, window
        self._stopped = False
        self._shown: QProgressDialog | None = None

    def stop(self) -> None:
        """Stop an import or an export. What came in stays; half a file does not."""
        self._stopped = True

    def choose_import(self) -> None:
        """Ask for a file and import it."""
        dialog = self._dialog(self.tr("Import conversations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Conversations (*.jsonl)")])
        dialog.fileSelected.connect(lambda path: self.import_file(Path(path)))
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Remember the messages of a file."""
        if self._shown is not None:
            return
        session = self._session

        def work(emit: Callable[[float], None]) -> ImportReport:
            from assistant.conversation.transfer import import_messages

            return import_messages(session.memory, path, progress=emit, cancelled=self._is_stopped)

        def done(report: ImportReport) -> None:
            if report.messages:
                words = self.tr("%Ln messages came in", n=report.messages)
            else:
                words = self.tr("Nothing new: all of it was here already")
            self._toaster.show(words, seconds=NOTICE_SECONDS)
            self.imported.emit()

        def failed(error: HippoError) -> None:
            self.imported.emit()  # whole parts may have come in
            self.trouble.emit(error)

        words = self.tr("Reading {name} into the memory…").format(name=path.name)
        self._run(self.tr("Import conversations"), words, work, done=done, failed=failed)

    def choose_export(self, conversation: str = "", title: str = "") -> None:
        """Say what a plain file means, ask for its name, and write one chat, or all of them.

        Args:
            conversation: Its id, or "" for all.
            title: Of the chat: a name for the file is made of it.
        """
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Export"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            self.tr("Export “{title}”?").format(title=title) if conversation else self.tr("Export all conversations?")
        )
        box.setInformativeText(
            self.tr(
                "The file holds what was said as plain text: whoever gets it can read it, and what you forget later "
                "stays in it. For a sealed copy, make a backup instead."
            )
        )
        go_on = box.addButton(self.tr("Choose a file…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(go_on)
        chosen: Callable[[QWidget], None] = lambda button: (  # noqa: E731
            self._choose_target(conversation, title) if button is go_on else None
        )
        box.buttonClicked.connect(chosen)
        box.open()

    def _choose_target(self, conversation: str, title: str) -> None:
        dialog = self._dialog(self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Nothing is written over an existing file: it would be asked about and then refused.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilters([self.tr("Text to read (*.md)"), self.tr("To import again (*.jsonl)")])
        dialog.setDefaultSuffix("md")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("jsonl" if chosen.endswith("(*.jsonl)") else "md")
        )
        dialog.selectFile(_file_name(title or self.tr("Conversations")))
        dialog.fileSelected.connect(lambda path: self.export(Path(path), conversation))
        dialog.open()

    def export(self, path: Path, conversation: str = "") -> None:
        """Write a chat ("": all of them) to a new plain file."""
        if self._shown is not None:
            return
        session = self._session

        def work(emit: Callable[[float], None]) -> int:
            from assistant.conversation.transfer import export_messages

            return export_messages(session.memory, path, conversation, progress=emit, cancelled=self._is_stopped)

        def done(count: int) -> None:
            self._toaster.show(self.tr("%Ln messages written to {file}", n=count).format(file=path.name))

        def failed(error: HippoError) -> None:
            if isinstance(error, CancelledError):
                self._toaster.show(self.tr("The export was stopped. No file was written."))
            else:
                self.trouble.emit(error)

        words = self.tr("Writing to {file}…").format(file=path.name)
        self._run(self.tr("Export"), words, work, done=done, failed=failed)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _run(
        self,
        title: str,
        words: str,
        work: Callable[[Callable[[float], None]], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[HippoError], None],
    ) -> None:
        """Do `work`, given what tells its progress; show after a moment that it is under way, with a way to stop."""
        self._stopped = False
        shown = self._shown = QProgressDialog(words, self.tr("Stop"), 0, _SHARES, self._window)
        shown.setWindowTitle(title)
        shown.setWindowModality(Qt.WindowModality.WindowModal)
        shown.setMinimumDuration(_SHOWN_AFTER_MS)
        shown.setAutoReset(False)
        shown.canceled.connect(self.stop)

        def ended(result: T) -> None:
            self._close()
            done(result)

        def broken(error: HippoError) -> None:
            self._close()
            failed(error)

        self._tasks.stream(
            work, each=lambda shares: self._show(shares[-1]), lane="store", done=ended, failed=broken, owner=self
        )

    def _is_stopped(self) -> bool:
        return self._stopped or self._tasks.closing

    def _show(self, share: float) -> None:
        if self._shown is not None and not self._stopped:
            self._shown.setValue(round(_SHARES * share))

    def _close(self) -> None:
        if self._shown is not None:
            self._shown.canceled.disconnect(self.stop)
            self._shown.close()
            self._shown.deleteLater()
            self._shown = None


def _file_name(title: str) -> str:
    """A name that every file system takes."""
    allowed = "".join(c if c.isalnum() or c in " -_.," else " " for c in title)
    return " ".join(allowed.split())[:60].strip(". ") or "Hippo"
