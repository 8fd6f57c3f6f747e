"""What the user does about remembering as a whole, wherever it is asked for: pausing, forgetting the last hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from assistant.ui.inspector.words import memories
from assistant.ui.widgets.parts import with_role

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.ui.inspector.forgetting import Forgetting
    from assistant.ui.tasks import Tasks
    from assistant.ui.widgets.toast import Toast, Toaster


class MemoryActs(QObject):
    """The acts.

    Signals:
        paused: Remembering is paused (True), or goes on.
    """

    paused = Signal(bool)

    def __init__(
        self, session: Session, tasks: Tasks, toaster: Toaster, forgetting: Forgetting, window: QWidget
    ) -> None:
        """Be ready.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            toaster: Shows what was done.
            forgetting: Forgets with a time for undo.
            window: Over which it is asked.
        """
        super().__init__(window)
        self._session, self._tasks, self._toaster, self._forgetting = session, tasks, toaster, forgetting
        self._window = window
        self._offer: Toast | None = None

    @property
    def is_paused(self) -> bool:
        """Whether nothing is read from memory and nothing is kept, in any chat."""
        return self._session.settings.memory.paused

    def pause(self, paused: bool) -> None:
        """Stop reading and keeping in all chats, or go on."""
        session = self._session

        def save() -> None:
            now = session.settings
            session.save_settings(replace(now, memory=replace(now.memory, paused=paused)))

        def saved(_nothing: None) -> None:
            self.paused.emit(paused)
            self._withdraw_offer()
            if paused:
                self._offer = self._toaster.show(
                    self.tr("Remembering is paused until you resume it"),
                    action=self.tr("Resume"),
                    acted=lambda: self.pause(False),
                )
            else:
                self._toaster.show(self.tr("Hippo remembers again"))

        self._tasks.run(save, done=saved, owner=self)

    def _withdraw_offer(self) -> None:
        """Take away the offer to resume, if it is still there: it holds no longer."""
        offer, self._offer = self._offer, None
        if offer is not None and offer in self._toaster.toasts:
            offer.expire()

    def forget_last_hour(self) -> None:
        """Show how much was said in the last hour, and ask whether it shall be forgotten."""
        session = self._session
        if session.stage != "open":
            return

        def said() -> list[str]:
            from assistant.memory.clock import now
            from assistant.memory.views import Filter

            lately = Filter(kinds=frozenset({"episode"}), since=now() - timedelta(hours=1))
            return [record.id for record in session.memory.records(lately)]

        self._tasks.run(said, done=self._ask, owner=self)

    def _ask(self, ids: list[str]) -> None:
        if not ids:
            self._toaster.show(self.tr("Nothing was said in the last hour"))
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Forget the last hour?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Forget the last hour?"))
        box.setInformativeText(
            self.tr(
                "%Ln memories of the last hour will go, and what was derived from them. For ten seconds you can undo "
                "this; then it is gone for good, and you get a receipt.",
                n=len(ids),
            )
        )
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        with_role(forget, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def chosen(button: QWidget) -> None:
            if button is forget:
                self._forgetting.forget(ids, memories(len(ids)))

        box.buttonClicked.connect(chosen)
        box.open()
