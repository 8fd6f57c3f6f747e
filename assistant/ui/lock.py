"""The lock screen: passphrase or keyring, and the recovery code for who has forgotten. Failed tries slow down.

Knows how to ask, not how keys work: the session unlocks. After a recovery it offers to set a new passphrase.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from assistant.errors import HippoError, NoKeyringError, TooSoonError, WrongKeyError
from assistant.ui import theme
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.page import Page
from assistant.ui.welcome.passphrase import NewPassphrase, SecretField
from assistant.ui.widgets.parts import push_button, text_label

if TYPE_CHECKING:
    from assistant.conversation.session import Session


class LockWidget(QWidget):
    """The lock screen.

    Attributes:
        field: The passphrase.
        code: The recovery code.
        new: The new passphrase after a recovery.

    Signals:
        unlocked: The session is open.
        restore_wanted: The user wants a backup in the place of this memory.
    """

    unlocked = Signal()
    restore_wanted = Signal()

    def __init__(self, session: "Session", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._try_keyring = session.stage == "locked"
        self._keyring_lost = False
        self._busy = False
        self._ways: tuple[str, ...] = ()
        self._wait = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.pages = QStackedWidget()
        self._unlock_page = self._make_unlock()
        self._recovery_page = self._make_recovery()
        self._renew_page = self._make_renew()
        for page in (self._unlock_page, self._recovery_page, self._renew_page):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._know_ways(())

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        page = self.pages.currentWidget()
        return page.error_words() if isinstance(page, Page) else ""

    def showEvent(self, event: QShowEvent) -> None:
        """Ask which ways there are; at the start of the program, try the keyring at once."""
        super().showEvent(event)
        self.pages.setCurrentWidget(self._unlock_page)
        self._unlock_page.show_error(None)
        vault = self._session.vault
        self._tasks.run(lambda: vault.wraps, done=self._know_ways, failed=self._unlock_page.show_error, owner=self)
        self._ask_how_long_to_wait()

    # Building

    def _make_unlock(self) -> Page:
        page = Page(self.tr("Hippo is locked"))
        self.field = SecretField(self.tr("Passphrase"))
        self.field.returnPressed.connect(self.unlock_with_passphrase)
        self.field.textChanged.connect(lambda _text: self._update())
        self.unlock_button = push_button(self.tr("Unlock"), "primary")
        self.unlock_button.clicked.connect(self.unlock_with_passphrase)
        self.keyring_button = push_button(self.tr("Unlock with the keyring"), icon="key")
        self.keyring_button.clicked.connect(self.unlock_with_keyring)
        self.forgot_button = push_button(self.tr("Forgot the passphrase?"), "link")
        self.forgot_button.clicked.connect(self._turn_to_recovery)
        self._waiting = text_label(role="warning")
        self._progress = _progress(self.tr("Opening the memory"))
        page.body.addWidget(text_label(self.tr("Your memory is encrypted; nothing of it is on the screen."), "muted"))
        for widget in (self.field, page.error, self._waiting, self._progress, self.unlock_button, self.keyring_button):
            page.body.addWidget(widget)
        self.restore_button = push_button(self.tr("Restore a backup…"), "link")
        self.restore_button.clicked.connect(lambda: self.restore_wanted.emit())
        for link in (self.forgot_button, self.restore_button):
            page.body.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _make_recovery(self) -> Page:
        page = Page(self.tr("Use your recovery code"))
        self.code = QLineEdit()
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.code.setFont(theme.mono_font())
        self.code.returnPressed.connect(self.unlock_with_code)
        self.code.textChanged.connect(lambda _text: self._update())
        self.code_button = push_button(self.tr("Unlock"), "primary")
        self.code_button.clicked.connect(self.unlock_with_code)
        self._code_progress = _progress(self.tr("Opening the memory"))
        back = push_button(self.tr("Back"), "link")
        back.clicked.connect(self._turn_to_unlock)
        self._back_button = back
        page.body.addWidget(
            text_label(self.tr("Type the code that you kept when you started. Spaces and dashes do not matter."))
        )
        for widget in (self.code, page.error, self._code_progress, self.code_button):
            page.body.addWidget(widget)
        page.body.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _make_renew(self) -> Page:
        page = Page(self.tr("Choose a new passphrase"))
        self.new = NewPassphrase()
        self.new.changed.connect(self._update)
        self.new.entered.connect(self._set_passphrase)
        self.renew_button = push_button(self.tr("Set passphrase"), "primary")
        self.renew_button.clicked.connect(self._set_passphrase)
        self.later_button = push_button(self.tr("Not now"), "link")
        self.later_button.clicked.connect(self._enter)
        self._renew_progress = _progress(self.tr("Setting the passphrase"))
        page.body.addWidget(
            text_label(self.tr("Your memory is open again. The recovery code stays valid; an old passphrase goes."))
        )
        for widget in (self.new, page.error, self._renew_progress, self.renew_button):
            page.body.addWidget(widget)
        page.body.addWidget(self.later_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    # Unlocking

    def unlock_with_passphrase(self) -> None:
        """Try what is in the field."""
        passphrase = self.field.text()
        if passphrase and not self._busy and not self._wait:
            session = self._session
            self._begin(lambda: session.unlock(passphrase=passphrase), self._enter)

    def unlock_with_keyring(self) -> None:
        """Try the entry in the keyring."""
        if not self._busy:
            session = self._session
            self._begin(lambda: session.unlock(), self._enter)

    def unlock_with_code(self) -> None:
        """Try the recovery code."""
        code = self.code.text()
        if code.strip() and not self._busy:
            session = self._session
            self._begin(lambda: session.unlock(recovery_code=code), self._turn_to_renew)

    def _begin(self, unlock: Callable[[], None], then: Callable[[], None]) -> None:
        session, renew = self._session, self._keyring_lost

        def work() -> None:
            unlock()
            if renew and "keyring" in session.vault.wraps and session.vault.keyring_available():
                session.vault.add_keyring()

        def opened(_: object) -> None:
            self._busy = False
            self._wait = 0
            self._keyring_lost = False
            self.field.wipe()
            self.code.setText("")
            self._update()
            then()

        def failed(error: HippoError) -> None:
            self._busy = False
            if session.stage == "open":  # only renewing the keyring failed; what matters is done
                opened(None)
                return
            self._keyring_lost = self._keyring_lost or isinstance(error, NoKeyringError)
            if isinstance(error, WrongKeyError | TooSoonError):
                self._ask_how_long_to_wait()
            page = self.pages.currentWidget()
            if isinstance(page, Page):
                page.show_error(self._with_a_way_out(error))
            self._update()
            self._focus_first()

        for page in (self._unlock_page, self._recovery_page):
            page.show_error(None)
        self._busy = True
        self._update()
        self._tasks.run(work, done=opened, failed=failed, owner=self)

    def _with_a_way_out(self, error: HippoError) -> HippoError:
        """Where only the keyring opens the memory, it is no help to be sent to a passphrase."""
        if isinstance(error, NoKeyringError) and self._ways == ("keyring",):
            return HippoError(
                error.message,
                next_step=self.tr(
                    "Nothing else opens this memory: log in to this computer as you do always and try again, or "
                    "restore a backup."
                ),
            )
        return error

    def _ask_how_long_to_wait(self) -> None:
        """The vault says when the next passphrase may be tried: it has counted over restarts, too."""
        self._tasks.run(self._session.vault.wait_for_passphrase, done=self._wait_for, owner=self)

    def _wait_for(self, seconds: float) -> None:
        self._wait = math.ceil(seconds)
        if self._wait:
            self._clock.start()
        self._update()

    def _set_passphrase(self) -> None:
        if not self.new.usable() or self._busy:
            return
        vault, passphrase = self._session.vault, self.new.passphrase()
        self._busy = True
        self._update()

        def failed(error: HippoError) -> None:
            self._busy = False
            self._renew_page.show_error(error)
            self._update()

        self._tasks.run(
            lambda: vault.set_passphrase(passphrase), done=lambda _: self._enter(), failed=failed, owner=self
        )

    def _enter(self) -> None:
        self._busy = False
        self.new.wipe()
        self._update()
        self.unlocked.emit()

    # Showing

    def _know_ways(self, ways: tuple[str, ...]) -> None:
        self._ways = ways
        by_passphrase = "passphrase" in ways or not ways
        self.field.setVisible(by_passphrase)
        self.unlock_button.setVisible(by_passphrase)
        self.keyring_button.setVisible("keyring" in ways)
        self.forgot_button.setVisible("recovery" in ways)
        self.forgot_button.setText(
            self.tr("Forgot the passphrase?") if by_passphrase else self.tr("Use the recovery code")
        )
        self._update()
        self._focus_first()
        if ways and self._try_keyring:
            self._try_keyring = False
            if "keyring" in ways:
                self.unlock_with_keyring()

    def _turn_to_recovery(self) -> None:
        self.pages.setCurrentWidget(self._recovery_page)
        self._recovery_page.show_error(None)
        self._focus_first()

    def _turn_to_unlock(self) -> None:
        self.code.setText("")
        self.pages.setCurrentWidget(self._unlock_page)
        self._focus_first()

    def _turn_to_renew(self) -> None:
        self.pages.setCurrentWidget(self._renew_page)
        self._focus_first()

    def _focus_first(self) -> None:
        page = self.pages.currentWidget()
        if page is self._recovery_page:
            self.code.setFocus()
        elif page is self._renew_page:
            self.new.first.setFocus()
        elif not self.field.isHidden():
            self.field.setFocus()
            self.field.selectAll()
        else:
            self.keyring_button.setFocus()

    def _tick(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._clock.stop()
        self._update()

    def _update(self) -> None:
        self.field.setEnabled(not self._busy)
        self.code.setEnabled(not self._busy)
        self.unlock_button.setEnabled(not self._busy and not self._wait and bool(self.field.text()))
        self.code_button.setEnabled(not self._busy and bool(self.code.text().strip()))
        links = (self.forgot_button, self.restore_button, self._back_button, self.later_button)
        for each in (self.keyring_button, *links):
            each.setEnabled(not self._busy)
        self.renew_button.setEnabled(not self._busy and self.new.usable())
        for bar in (self._progress, self._code_progress, self._renew_progress):
            bar.setVisible(self._busy)
        self._waiting.setText(self.tr("%n seconds until the next try.", n=self._wait))
        self._waiting.setVisible(self._wait > 0)


def _progress(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
