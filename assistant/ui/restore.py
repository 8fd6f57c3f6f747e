"""Restoring a backup: choose the file, show its key, see what it holds, then let it take the place of the memory.

The backup is restored and opened beside the memory that is there; only what was found whole takes its place, and what
it replaces is put aside. How, `assistant.store.replacement` knows.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import CancelledError, HippoError
from assistant.ui import theme
from assistant.ui.settings.form import value_label
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.passphrase import SecretField
from assistant.ui.widgets.parts import CheckBox, push_button, text_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.session import Session
    from assistant.store.backups import BackupFile
    from assistant.store.replacement import Prepared


class RestoreDialog(QDialog):
    """Asks what to restore and carries it out.

    Attributes:
        key: The passphrase of the backup.
        code: Its recovery code.
        check_button, restore_button, cancel_button: What leads on, and back.
        with_forgotten: Whether what was forgotten since is to come back, too.
        restored: How many records came back; None as long as nothing took the place of the memory.
        put_aside: The folder of the memory that was replaced, if there was one.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        make_way: Callable[[Callable[[], None]], None],
        parent: QWidget | None = None,
    ) -> None:
        """Build it; `open` shows it.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            make_way: Takes all words off the screen and finishes what is under way, then calls what it is given:
                just before the memory is replaced.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self._session, self._tasks, self._make_way = session, tasks, make_way
        self._file: BackupFile | None = None
        self._prepared: Prepared | None = None
        self._stop = threading.Event()
        self._busy = self._replacing = False
        self.restored: int | None = None
        self.put_aside: Path | None = None
        self._error = text_label(role="danger")
        self._error.hide()
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Checking the backup"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_choice())
        self._pages.addWidget(self._make_summary())
        self.check_button = push_button(self.tr("Check the backup"), "primary")
        self.check_button.clicked.connect(self.check)
        self.restore_button = push_button(self.tr("Restore"), "primary")
        self.restore_button.clicked.connect(self.restore)
        self.cancel_button = push_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(self.tr("Restore a backup"), "heading"))
        column.addWidget(self._pages)
        column.addWidget(self._error)
        column.addWidget(self._progress)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.cancel_button, self.check_button, self.restore_button):
            foot.addWidget(button)
        column.addLayout(foot)
        self.resize(theme.scaled(480), theme.scaled(340))
        self._update()

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return "" if self._error.isHidden() else self._error.text()

    def summary_words(self) -> str:
        """What is said of the backup that was checked."""
        return " ".join(label.text() for label in (self._found, self._forgotten, self._replaces))

    # Building

    def _make_choice(self) -> QWidget:
        page = QWidget()
        self._name = value_label(self.tr("No file chosen"))
        self._about = text_label(role="small")
        self._about.hide()
        self.file_button = push_button(self.tr("Choose…"))
        self.file_button.setAccessibleName(self.tr("Choose the backup file"))
        self.file_button.clicked.connect(self._choose_file)
        place = QHBoxLayout()
        place.setSpacing(theme.SMALL)
        place.addWidget(self._name, 1)
        place.addWidget(self.file_button)
        self.key = SecretField(self.tr("Passphrase of the backup"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("Recovery code of the backup"))
        self.code.setAccessibleName(self.tr("Recovery code of the backup"))
        self.code.setFont(theme.mono_font())
        self.code.hide()
        for field in (self.key, self.code):
            field.textChanged.connect(lambda _text: self._update())
            field.returnPressed.connect(self.check)
        self.other_key = push_button(self.tr("Use the recovery code"), "link")
        self.other_key.clicked.connect(self._change_key)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(
            text_label(
                self.tr("It opens with the passphrase or the recovery code of the day on which it was made."), "muted"
            )
        )
        column.addLayout(place)
        column.addWidget(self._about)
        column.addWidget(self.key)
        column.addWidget(self.code)
        column.addWidget(self.other_key, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        return page

    def _make_summary(self) -> QWidget:
        page = QWidget()
        self._found, self._forgotten, self._replaces = text_label(), text_label(), text_label(role="muted")
        self.with_forgotten = CheckBox("")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        for widget in (self._found, self._forgotten, self.with_forgotten, self._replaces):
            column.addWidget(widget)
        column.addStretch(1)
        return page

    # Choosing

    def use_file(self, path: Path) -> None:
        """Restore from this file."""
        from assistant.store.backups import look_at

        self._file = None
        self._error.hide()
        self._name.show_line(str(path))
        self._about.hide()
        self._update()
        self._tasks.run(lambda: look_at(path), done=self._take_file, failed=self._fail, owner=self)

    def _choose_file(self) -> None:
        folder = self._session.settings.backups.folder or str(Path.home())
        kinds = self.tr("Backups of Hippo (*.hippo)")
        dialog = QFileDialog(self, self.tr("Backup to restore"), folder, f"{kinds};;{self.tr('All files (*)')}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.use_file(Path(path)))
        dialog.open()

    def _take_file(self, file: BackupFile) -> None:
        self._file = file
        words = self.tr("Of {made} · %Ln records · {size}", n=file.rows)
        self._about.setText(words.format(made=self._made(), size=QLocale().formattedDataSize(file.size, 0)))
        self._about.show()
        self._update()
        (self.key if self.code.isHidden() else self.code).setFocus()

    def _made(self) -> str:
        if self._file is None:
            return ""
        moment = QDateTime.fromSecsSinceEpoch(int(self._file.made.timestamp()))
        return QLocale().toString(moment, self.tr("d MMM yyyy, HH:mm"))

    def _change_key(self) -> None:
        by_code = self.code.isHidden()
        self.code.setVisible(by_code)
        self.key.setVisible(not by_code)
        words = self.tr("Use the passphrase") if by_code else self.tr("Use the recovery code")
        self.other_key.setText(words)
        self.other_key.setAccessibleName(words)
        self.key.wipe()
        self.code.setText("")
        (self.code if by_code else self.key).setFocus()
        self._error.hide()

    # Carrying out

    def check(self) -> None:
        """Restore the backup beside the memory, and say what it holds."""
        if self.check_button.isEnabled():
            self._prepare(with_forgotten=False, done=self._show_summary)

    def restore(self) -> None:
        """Let what was checked take the place of the memory."""
        if self.with_forgotten.isChecked():
            self._prepare(with_forgotten=True, done=lambda _: self._make_way(self._replace))
        else:
            self._begin()
            self._make_way(self._replace)

    def _prepare(self, *, with_forgotten: bool, done: Callable[[Prepared], None]) -> None:
        assert self._file is not None  # noqa: S101 - nothing can be pressed before
        source, session, tasks, stop = self._file.path, self._session, self._tasks, self._stop
        passphrase, recovery = self._key()

        def work(emit: Callable[[float], None]) -> Prepared:
            from assistant.store import replacement
            from assistant.store.tombstones import forgotten_marks

            known = forgotten_marks(session.memory.store) if session.stage == "open" else frozenset()
            return replacement.prepare(
                source,
                session.home,
                passphrase=passphrase,
                recovery=recovery,
                with_forgotten=with_forgotten,
                known_marks=known,
                progress=emit,
                cancelled=lambda: stop.is_set() or tasks.closing,
            )

        def prepared(result: Prepared) -> None:
            self._prepared = result
            self._end()
            if stop.is_set():
                self.reject()
            else:
                done(result)

        stop.clear()
        self._begin()
        tasks.stream(work, each=self._show_share, lane="store", done=prepared, failed=self._fail, owner=self)

    def _replace(self) -> None:
        session = self._session
        passphrase, recovery = self._key()

        def work() -> Path | None:
            from assistant.store import replacement

            session.lock()
            aside = replacement.take_place(session.home)
            session.unlock(passphrase=passphrase, recovery_code=recovery)
            return aside

        def done(aside: Path | None) -> None:
            self._end()
            self.put_aside = aside
            self.restored = self._prepared.rows if self._prepared is not None else 0
            self.accept()

        self._replacing = True
        self._begin()
        self._tasks.run(work, done=done, failed=self._fail, owner=self)

    def _key(self) -> tuple[str | None, str | None]:
        """Passphrase and recovery code, one of them."""
        return (self.key.text(), None) if self.code.isHidden() else (None, self.code.text())

    def done(self, result: int) -> None:
        """Keep nothing of what was typed or prepared. While it is being checked, cancelling stops that first."""
        if self._busy and result == QDialog.DialogCode.Rejected:
            self._stop.set()
            self.cancel_button.setEnabled(False)
            return
        self.key.wipe()
        self.code.setText("")
        home = self._session.home
        if self.restored is None and self._prepared is not None:
            from assistant.store import replacement

            self._tasks.run(lambda: replacement.discard(home))
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while it is under way."""
        if self._busy:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    # Showing

    def _show_summary(self, prepared: Prepared) -> None:
        found = self.tr("The backup is whole: %Ln records, of {made}.", n=prepared.rows)
        self._found.setText(found.format(made=self._made()))
        if prepared.forgotten:
            self._forgotten.setText(
                self.tr(
                    "%Ln of its records were forgotten after it was made. They go for good once it is open.",
                    n=prepared.forgotten,
                )
            )
        elif self._session.stage == "open":
            self._forgotten.setText(self.tr("Nothing of it was forgotten since."))
        else:
            self._forgotten.setText(
                self.tr("What you forgot after that day comes back, unless a newer backup beside it knows of it.")
            )
        self.with_forgotten.setText(self.tr("Bring these %n back, too", n=prepared.forgotten))
        self.with_forgotten.setVisible(bool(prepared.forgotten))
        from assistant.store.replacement import holds_memory

        there = holds_memory(self._session.home)
        self._replaces.setText(
            self.tr("The memory that is here now is put aside, encrypted as it is; you can delete it under Backups.")
            if there
            else ""
        )
        self._replaces.setVisible(there)
        self._pages.setCurrentIndex(1)
        self._update()
        self.restore_button.setFocus()

    def _begin(self) -> None:
        self._busy = True
        self._error.hide()
        self._progress.setRange(0, 0 if self._replacing else 1000)
        self._progress.setValue(0)
        self._update()

    def _end(self) -> None:
        self._busy = self._replacing = False
        self._update()

    def _show_share(self, shares: list[float]) -> None:
        self._progress.setValue(round(1000 * shares[-1]))

    def _fail(self, error: HippoError) -> None:
        self._end()
        if isinstance(error, CancelledError) or self._stop.is_set():
            QTimer.singleShot(0, self, self.reject)
            return
        self._error.setText(str(error))
        self._error.show()
        field = self.key if self.code.isHidden() else self.code
        field.setFocus()
        field.selectAll()

    def _update(self) -> None:
        first = self._pages.currentIndex() == 0
        typed = self.key.text() if self.code.isHidden() else self.code.text().strip()
        self.check_button.setVisible(first)
        self.check_button.setEnabled(self._file is not None and bool(typed) and not self._busy)
        self.restore_button.setVisible(not first)
        self.restore_button.setEnabled(not self._busy)
        self.cancel_button.setEnabled(not self._replacing)
        self._progress.setVisible(self._busy)
        for widget in (self.key, self.code, self.other_key, self.file_button, self.with_forgotten):
            widget.setEnabled(not self._busy)
