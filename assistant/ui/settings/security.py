"""The keys: which ways open this memory, and how each is added, changed and removed; a change of the data key.

Asks the vault and the session; knows nothing of how keys work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistant.errors import HippoError
from assistant.ui import theme
from assistant.ui.settings.form import page_column
from assistant.ui.settings.key_dialog import KeyDialog, Work
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.recovery import RecoveryPage
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label, with_role

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.vault.vault import Vault


@dataclass(frozen=True)
class Keys:
    """What the page shows.

    Attributes:
        ways: The kinds of wrap that there are.
        keyring: Whether this computer has a keyring that answers.
        entry: Whether it has the entry of this vault.
        guess_mb: Memory in MB that a guess of the passphrase costs.
    """

    ways: tuple[str, ...]
    keyring: bool
    entry: bool
    guess_mb: int


def look_at_keys(vault: Vault) -> Keys:
    """Read what the page shows; for the store lane: a keyring may take a moment to answer."""
    content = vault.content()
    cost = content.passphrase.cost.memory_kib // 1024 if content.passphrase is not None else 0
    return Keys(content.wraps, vault.keyring_available(), vault.keyring_entry_found(), cost)


class KeyCard(QFrame):
    """One way to open the memory: its name, how it stands, and what can be done."""

    def __init__(self, name: str, meaning: str) -> None:
        super().__init__()
        with_role(self, "card")
        self.setAccessibleName(name)
        self.state = text_label(role="muted")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        head = QHBoxLayout()
        head.addWidget(text_label(name, "heading"), 1)
        column.addLayout(head)
        column.addWidget(text_label(meaning, "small"))
        column.addWidget(self.state)
        column.addWidget(self._buttons)

    def add(self, button: QPushButton) -> QPushButton:
        """Put a button on the card."""
        self._flow.addWidget(button)
        return button

    def show_state(self, words: str, *, warning: bool = False) -> None:
        """Say how it stands."""
        self.state.setText(words)
        with_role(self.state, "warning" if warning else "muted")


class SecurityPage(QWidget):
    """The page.

    Attributes:
        passphrase, keyring, recovery, key: The cards.

    Signals:
        resealing: The data key is about to be changed.
        resealed: It was changed; what was read from the memory before is of no use any more.
    """

    resealing = Signal()
    resealed = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._keys = Keys((), False, False, 0)
        opened = session.stage == "open"
        column = page_column(
            self,
            self.tr("Any one of these opens your memory. Have at least two.")
            if opened
            else self.tr("There is no open memory, so there are no keys to show."),
        )
        self._error = text_label(role="danger")
        self._error.hide()
        self._said = text_label(role="success")
        self._said.hide()
        column.addWidget(self._error)
        column.addWidget(self._said)
        self._build_cards()
        for card in (self.passphrase, self.keyring, self.recovery, self.key):
            column.addWidget(card)
            card.setVisible(opened)
        if opened:
            self.refresh()

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return "" if self._error.isHidden() else self._error.text()

    def refresh(self) -> None:
        """Ask the vault anew."""
        vault = self._session.vault
        self._tasks.run(lambda: look_at_keys(vault), done=self._show, failed=self._fail, owner=self)

    # Building

    def _build_cards(self) -> None:
        self.passphrase = KeyCard(self.tr("Passphrase"), self.tr("You type it. It opens backups on any computer."))
        self.set_passphrase = self.passphrase.add(push_button(self.tr("Change…")))
        self.set_passphrase.clicked.connect(self._ask_passphrase)
        self.remove_passphrase = self.passphrase.add(push_button(self.tr("Remove…"), "link"))
        self.remove_passphrase.clicked.connect(lambda: self._ask_remove("passphrase"))
        self.keyring = KeyCard(
            self.tr("Keyring of this computer"), self.tr("Opens it without asking, once you are logged in.")
        )
        self.add_keyring = self.keyring.add(push_button(self.tr("Add")))
        self.add_keyring.clicked.connect(self._ask_keyring)
        self.remove_keyring = self.keyring.add(push_button(self.tr("Remove…"), "link"))
        self.remove_keyring.clicked.connect(lambda: self._ask_remove("keyring"))
        self.recovery = KeyCard(
            self.tr("Recovery code"), self.tr("On paper, for when everything else is lost. Opens backups, too.")
        )
        self.new_code = self.recovery.add(push_button(self.tr("Make a new code…")))
        self.new_code.clicked.connect(self._ask_code)
        self.remove_recovery = self.recovery.add(push_button(self.tr("Remove…"), "link"))
        self.remove_recovery.clicked.connect(lambda: self._ask_remove("recovery"))
        self.key = KeyCard(
            self.tr("Data key"),
            self.tr("What everything is encrypted with. Change it if somebody may have got hold of a key."),
        )
        self.key.show_state(self.tr("All memories are encrypted anew. Older backups stay under the old key."))
        self.reseal = self.key.add(push_button(self.tr("Change the data key…")))
        self.reseal.clicked.connect(self._ask_reseal)

    def _show(self, keys: Keys) -> None:
        self._keys = keys
        ways, many = keys.ways, len(keys.ways) > 1
        has = "passphrase" in ways
        guess = self.tr("Set. Each guess costs {n} MB of memory and a good part of a second.").format(n=keys.guess_mb)
        self.passphrase.show_state(guess if has else self.tr("Not set."))
        self._name(self.set_passphrase, self.tr("Change…") if has else self.tr("Set…"))
        self.remove_passphrase.setVisible(has and many)
        in_use = "keyring" in ways
        lost = in_use and keys.keyring and not keys.entry
        if lost:
            self.keyring.show_state(self.tr("The keyring has lost the entry. Renew it."), warning=True)
        elif in_use:
            silent = self.tr("In use, but the keyring does not answer now.")
            self.keyring.show_state(self.tr("In use.") if keys.keyring else silent, warning=not keys.keyring)
        else:
            none = self.tr("This computer has no keyring that keeps secrets.")
            self.keyring.show_state(self.tr("Not in use.") if keys.keyring else none)
        self._name(self.add_keyring, self.tr("Renew") if in_use else self.tr("Add"))
        self.add_keyring.setVisible(keys.keyring)
        self.remove_keyring.setVisible(in_use and many)
        coded = "recovery" in ways
        self.recovery.show_state(
            self.tr("Made. It cannot be shown again.") if coded else self.tr("None yet: make one."), warning=not coded
        )
        self.remove_recovery.setVisible(coded and many)

    def _name(self, button: QPushButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    # Changing

    def _ask_passphrase(self) -> None:
        vault = self._session.vault
        has = "passphrase" in self._keys.ways

        def work(current: str, new: str, _emit: object) -> None:
            if has:
                vault.check_passphrase(current)
            vault.set_passphrase(new)

        self._ask(
            self.tr("Change the passphrase") if has else self.tr("Set a passphrase"),
            self.tr("The old one opens nothing any more, but for the backups that were made with it.")
            if has
            else self.tr("Nobody can tell you a forgotten passphrase: keep a recovery code as well."),
            self.tr("Change") if has else self.tr("Set"),
            work,
            self.tr("The new passphrase opens your memory."),
            new=True,
        )

    def _ask_keyring(self) -> None:
        vault = self._session.vault
        renew = "keyring" in self._keys.ways

        def work(current: str, _new: str, _emit: object) -> None:
            if current:
                vault.check_passphrase(current)
            vault.add_keyring()

        self._ask(
            self.tr("Renew the entry in the keyring") if renew else self.tr("Add the keyring"),
            self.tr("Who can log in as you on this computer can then open your memory."),
            self.tr("Renew") if renew else self.tr("Add"),
            work,
            self.tr("The keyring of this computer opens your memory."),
        )

    def _ask_code(self) -> None:
        session = self._session

        def work(current: str, _new: str, _emit: object) -> str:
            if current:
                session.vault.check_passphrase(current)
            return session.new_recovery_code()

        self._ask(
            self.tr("Make a new recovery code"),
            self.tr("It is shown once. A code of before opens nothing any more, but for older backups."),
            self.tr("Make a code"),
            work,
            self.tr("The new recovery code opens your memory."),
        )

    def _ask_remove(self, kind: str) -> None:
        vault = self._session.vault
        remove = {
            "passphrase": vault.remove_passphrase,
            "keyring": vault.remove_keyring,
            "recovery": vault.remove_recovery,
        }[kind]
        titles = {
            "passphrase": self.tr("Remove the passphrase"),
            "keyring": self.tr("Remove the entry in the keyring"),
            "recovery": self.tr("Remove the recovery code"),
        }

        def work(current: str, _new: str, _emit: object) -> None:
            if current:
                vault.check_passphrase(current)
            remove()

        self._ask(
            titles[kind],
            self.tr("It opens your memory no longer. The other ways stay."),
            self.tr("Remove"),
            work,
            self.tr("Removed."),
            danger=True,
        )

    def _ask_reseal(self) -> None:
        session = self._session
        self._ask(
            self.tr("Change the data key"),
            self.tr(
                "Everything is encrypted anew under a new key; this takes seconds to minutes, and a power cut does no "
                "harm. You get a new recovery code, if you have one now. Older backups still open with what opened "
                "them before: delete those that you do not need."
            ),
            self.tr("Change the key"),
            lambda current, _new, emit: session.rekey(passphrase=current or None, progress=emit),
            self.tr("Everything is encrypted under the new key."),
            reseal=True,
        )

    def _ask(
        self,
        title: str,
        words: str,
        action: str,
        work: Work,
        said: str,
        *,
        new: bool = False,
        danger: bool = False,
        reseal: bool = False,
    ) -> None:
        self._error.hide()
        self._said.hide()

        def done(result: Any) -> None:
            self._said.setText(said)
            self._said.show()
            self.refresh()
            if reseal:
                self.resealed.emit()
            if isinstance(result, str):
                self._show_code(result)

        has = "passphrase" in self._keys.ways
        dialog = KeyDialog(
            title, words, action, work, self._tasks, done=done, ask_current=has, ask_new=new, danger=danger, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if reseal:
            dialog.started.connect(self.resealing)
        dialog.open()

    def _show_code(self, code: str) -> None:
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Recovery code"))
        page = RecoveryPage(self._tasks)
        page.show_code(code)
        page.kept.connect(dialog.accept)
        dialog.finished.connect(lambda _result: page.show_code(""))
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        dialog.resize(theme.scaled(520), theme.scaled(520))
        dialog.open()

    def _fail(self, error: HippoError) -> None:
        self._error.setText(str(error))
        self._error.show()
