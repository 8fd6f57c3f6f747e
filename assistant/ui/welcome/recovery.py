"""Second page of the first start: the recovery code, shown once. Also shown whenever a new code is made."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QVBoxLayout, QWidget

from assistant.errors import HippoError, InputError
from assistant.files import write_atomically
from assistant.ui import theme
from assistant.ui.clipboard import copy_secret
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.page import Page
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label, with_role

CLIPBOARD_MS = 60_000
"""A copied code leaves the clipboard after this time."""


class RecoveryPage(Page):
    """Shows the recovery code and asks that it be kept.

    Signals:
        kept: The user says that the code is in a safe place.
    """

    kept = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.title.setText(self.tr("Keep your recovery code"))
        self._tasks = tasks
        self._code = ""
        self.body.addWidget(
            text_label(
                self.tr(
                    "If you forget the passphrase, or the keyring or this computer is lost, only this code opens your "
                    "memory. It is shown once."
                )
            )
        )
        frame = with_role(QFrame(), "card")
        self.code = text_label(selectable=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(self.tr("Recovery code"))
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.MEDIUM, theme.LARGE)
        inside.addWidget(self.code)
        self.copy_button = push_button(self.tr("Copy"), icon="copy")
        self.copy_button.clicked.connect(self.copy)
        self.save_button = push_button(self.tr("Save…"))
        self.save_button.clicked.connect(self._choose_file)
        self.print_button = push_button(self.tr("Print…"))
        self.print_button.clicked.connect(self._print)
        ways = QWidget()
        flow = FlowLayout(ways)
        for each in (self.copy_button, self.save_button, self.print_button):
            flow.addWidget(each)
        self._said = text_label(role="small")
        self._said.hide()
        self.done = push_button(self.tr("I have kept it"), "primary")
        self.done.clicked.connect(self.kept)
        for widget in (frame, ways, self._said, self.error, self.done):
            self.body.addWidget(widget)
        self.body.addWidget(
            text_label(
                self.tr(
                    "Write it down or print it, and keep it apart from this computer: whoever has it can open "
                    "your memory."
                ),
                "small",
            )
        )
        theme.notifier().changed.connect(self._set_font)
        self._set_font()

    def show_code(self, code: str) -> None:
        """Show a code; "" drops it."""
        self._code = code
        # Spaces instead of hyphens, so that it breaks between groups only; both are read.
        self.code.setText(code.replace("-", " "))
        self._said.hide()
        self.show_error(None)

    def copy(self) -> None:
        """Put the code on the clipboard, for a minute."""
        clipboard, code = QGuiApplication.clipboard(), self._code
        copy_secret(code)

        def clear() -> None:
            if clipboard.text() == code:
                clipboard.clear()

        QTimer.singleShot(CLIPBOARD_MS, self, clear)
        self._say(self.tr("Copied. It leaves the clipboard in a minute."))

    def save(self, path: Path) -> None:
        """Write the code into a file that only this user can read."""
        words = self._words()
        self._tasks.run(
            _writing(path, words.encode()),
            done=lambda _: self._say(self.tr("Saved. Move the file to another place, such as a USB stick.")),
            failed=self._fail,
            owner=self,
        )

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the recovery code"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("hippo-recovery-code.txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def _print(self) -> None:
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError:  # a Qt without its printing library
            self._fail(
                InputError(
                    self.tr("This computer cannot print from Hippo."), next_step=self.tr("Save or write down the code.")
                )
            )
            return
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            page = QTextDocument()
            page.setPlainText(self._words())
            page.print_(printer)
            self._say(self.tr("Sent to the printer."))

    def _words(self) -> str:
        return self.tr("Recovery code of Hippo") + f"\n\n{self._code}\n"

    def _say(self, words: str) -> None:
        self.show_error(None)
        self._said.setText(words)
        self._said.show()

    def _fail(self, error: HippoError) -> None:
        self._said.hide()
        self.show_error(error)

    def _set_font(self) -> None:
        self.code.setFont(theme.mono_font(1.3))
        # The style sheet of the window would win over a font that is only set.
        self.code.setStyleSheet(f"font-size: {theme.points(1.3)}pt;")


def _writing(path: Path, data: bytes) -> Callable[[], None]:
    def write() -> None:
        try:
            write_atomically(path, data)
        except OSError as error:
            raise InputError(
                QCoreApplication.translate("RecoveryPage", "The file could not be written there."),
                next_step=QCoreApplication.translate("RecoveryPage", "Choose another folder, or write the code down."),
            ) from error

    return write
