"""First start, page by page: protection, recovery code, model. Joins the pages; each is in its own file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from assistant.errors import HippoError, NoKeyringError
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.preparing import PreparingPage
from assistant.ui.welcome.protection import ProtectionPage
from assistant.ui.welcome.recovery import RecoveryPage

if TYPE_CHECKING:
    from assistant.conversation.session import Session


class WelcomeWidget(QWidget):
    """The first start.

    Attributes:
        protection, recovery, preparing: Its pages.
        without_model: The user chose to go on without the model.

    Signals:
        finished: The session is open (or temporary); the models are ready unless the user went on without.
        restore_wanted: The user has a backup to begin with.
    """

    finished = Signal()
    restore_wanted = Signal()

    def __init__(self, session: "Session", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._asked_keyring = False
        self.without_model = False
        self.protection = ProtectionPage()
        self.recovery = RecoveryPage(tasks)
        self.preparing = PreparingPage(session, tasks)
        self.pages = QStackedWidget()
        for page in (self.protection, self.recovery, self.preparing):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.protection.chosen.connect(self._create)
        self.protection.temporary.connect(self._go_temporary)
        self.protection.restore_wanted.connect(self.restore_wanted)
        self.recovery.kept.connect(self._on_kept)
        self.preparing.start_wanted.connect(self.finished)
        self.preparing.without_wanted.connect(self._go_without)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for a keyring when the first page is seen: it may take a moment to answer."""
        super().showEvent(event)
        if self._session.stage == "new" and self.pages.currentWidget() is not self.protection:
            self.pages.setCurrentWidget(self.protection)  # everything was forgotten: it begins anew
            self.without_model = False
        if not self._asked_keyring:
            self._asked_keyring = True
            self.protection.fields.first.setFocus()
            vault = self._session.vault
            self._tasks.run(vault.keyring_available, done=self.protection.offer_keyring, owner=self)

    def _create(self, way: str, passphrase: str) -> None:
        self.protection.show_error(None)
        self.protection.show_busy(True)
        session = self._session

        def create() -> str:
            if session.stage == "new":
                session.create(passphrase=passphrase or None, use_keyring=way == "keyring")
            return session.new_recovery_code()

        self._tasks.run(create, done=self._created, failed=self._not_created, owner=self)

    def _created(self, code: str) -> None:
        self.protection.show_busy(False)
        self.protection.fields.wipe()
        self.recovery.show_code(code)
        self._turn_to(self.recovery, self.recovery.done)
        self.preparing.begin()

    def _not_created(self, error: HippoError) -> None:
        self.protection.show_busy(False)
        if isinstance(error, NoKeyringError):
            self.protection.offer_keyring(False)
        self.protection.show_error(error)

    def _go_temporary(self) -> None:
        self._session.go_temporary()
        self.protection.fields.wipe()
        self.preparing.begin()
        self._turn_to(self.preparing, self.preparing.start_button)

    def _on_kept(self) -> None:
        self.recovery.show_code("")
        self._turn_to(self.preparing, self.preparing.start_button)
        self.preparing.begin()

    def _go_without(self) -> None:
        self.without_model = True
        self.finished.emit()

    def _turn_to(self, page: QWidget, focus: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        focus.setFocus()
