"""The files that the user attaches in a chat: chosen, dropped, pasted, or a long text that becomes one.

They wait in the tray above the composer, each chat's own, until its next message is sent.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.errors import HippoError
from assistant.ui.chat.attaching import Attaching
from assistant.ui.chat.attachments import Attachment, AttachmentTray
from assistant.ui.chat.composer import Composer
from assistant.ui.chat.long_paste import LongPasteDialog
from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from assistant.conversation.long_text import Measured
    from assistant.conversation.session import Session


class Files(QObject):
    """The files.

    Attributes:
        tray: Shows those of the chat that is shown.
        attaching: Remembers them.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        composer: Composer,
        *,
        possible: Callable[[], bool],
        taken: Callable[[], Collection[str]],
        parent: QWidget,
    ) -> None:
        """Connect them with the composer.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            composer: Where they wait.
            possible: Whether files can be attached: they become memories of the chat.
            taken: The names of files that the chat has already.
            parent: Over which dialogs open.
        """
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._composer = composer
        self._possible = possible
        self._taken = taken
        self._over = parent
        self._waiting: dict[str, list[Attachment]] = {}
        self._cleared = 0
        self.tray = AttachmentTray(tasks, composer)
        self.attaching = Attaching(lambda: session.engine, tasks, self.tray, self)
        composer.hold(self.tray)
        composer.attach_wanted.connect(self.choose)
        composer.files_given.connect(self.add)
        composer.long_pasted.connect(self._ask_about_paste)

    def choose(self) -> None:
        """Let the user choose files."""
        from assistant.interchange.documents import ENDINGS

        dialog = QFileDialog(self._over, self.tr("Attach files"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = " ".join(f"*{ending}" for ending in ENDINGS)
        dialog.setNameFilters([self.tr("Text, Markdown, PDF and Word") + f" ({kinds})", self.tr("All files") + " (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: self.add([Path(path) for path in paths]))
        dialog.open()

    def add(self, paths: list[Path]) -> None:
        """Read files, to be sent with the next message."""
        for path in paths:
            if self._possible():
                self.tray.add_path(path)
            else:
                words = self.tr("Files are read into the memory, and nothing is remembered in this chat.")
                self.tray.refuse(path, HippoError(words))
        self._composer.setFocus()

    def put_aside(self, chat: str) -> None:
        """The chat of this key is left: what waits there waits on, out of sight."""
        if not self.attaching.under_way and self.tray.files:
            self._waiting[chat] = self.tray.take()

    def bring_back(self, chat: str) -> None:
        """The chat of this key is shown again."""
        self.tray.put(self._waiting.pop(chat, []))

    def clear(self) -> None:
        """Let go of all: at the lock. What is being read or remembered stops."""
        self._cleared += 1
        for dialog in self._over.findChildren(LongPasteDialog):
            dialog.close()
        for attachment in (*self.tray.take(), *(each for files in self._waiting.values() for each in files)):
            attachment.stop.set()
        self._waiting.clear()

    def _ask_about_paste(self, text: str) -> None:
        """Ask what to do with a long text before it fills the message."""
        session, cleared = self._session, self._cleared

        def ask(length: Measured) -> None:
            if cleared != self._cleared:  # locked meanwhile
                return
            dialog = LongPasteDialog(text, length, can_attach=self._possible(), parent=self._over)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.attach_wanted.connect(lambda: self._attach_text(text))
            dialog.paste_wanted.connect(self._composer.insert)
            dialog.finished.connect(lambda _result: self._composer.setFocus())
            dialog.open()

        if not session.models_ready:  # nothing can count its tokens yet
            self._composer.insert(text)
            return
        self._tasks.run(lambda: session.engine.measure(text), lane="files", done=ask, owner=self)

    def _attach_text(self, text: str) -> None:
        from assistant.interchange.documents import Document, Page

        taken = {*self._taken(), *(each.name for each in self.tray.files)}
        names = (self.tr("Pasted text {n}.txt").format(n=n) for n in itertools.count(1))
        self.tray.add_document(Document(next(name for name in names if name not in taken), (Page(0, text),)))
