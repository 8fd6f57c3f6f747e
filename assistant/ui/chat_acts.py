"""What is done to a whole chat, from wherever it is asked for: rename, archive, forget. Each asks what it must ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from assistant.ui import theme
from assistant.ui.widgets.parts import with_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.session import Session
    from assistant.ui.inspector.forgetting import Forgetting
    from assistant.ui.tasks import Tasks
    from assistant.ui.widgets.toast import Toaster


class ChatActs(QObject):
    """The acts.

    Signals:
        changed: A chat has another name or place.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        toaster: Toaster,
        forgetting: Forgetting,
        titles: Callable[[], dict[str, str]],
        window: QWidget,
    ) -> None:
        """Be ready.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            toaster: Shows what was done.
            forgetting: Forgets with a time for undo.
            titles: Gives the titles of the chats, by id.
            window: Over which it is asked.
        """
        super().__init__(window)
        self._session, self._tasks, self._toaster, self._forgetting = session, tasks, toaster, forgetting
        self._titles, self._window = titles, window

    def rename(self, conversation: str) -> None:
        """Ask for another name."""
        if not conversation:
            return
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename chat"))
        dialog.setLabelText(self.tr("Name of the chat"))
        dialog.setTextValue(self._titles().get(conversation, ""))
        dialog.resize(theme.scaled(380), dialog.sizeHint().height())
        memory = self._session.memory

        def rename(title: str) -> None:
            if title.strip():
                self._tasks.run(
                    lambda: memory.rename(conversation, title), done=lambda _: self.changed.emit(), owner=self
                )

        dialog.textValueSelected.connect(rename)
        dialog.open()

    def archive(self, conversation: str, archived: bool = True) -> None:
        """Put a chat away, or take it out again."""
        memory = self._session.memory

        def told(_nothing: None) -> None:
            self.changed.emit()
            if archived:
                self._toaster.show(
                    self.tr("Chat archived"),
                    action=self.tr("Undo"),
                    acted=lambda: self.archive(conversation, False),
                )

        self._tasks.run(lambda: memory.archive(conversation, archived), done=told, owner=self)

    def forget(self, conversation: str) -> None:
        """Ask whether a chat shall be forgotten."""
        if not conversation:
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Forget this chat?"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Forget “{title}”?").format(title=self._titles().get(conversation, "")))
        box.setInformativeText(
            self.tr(
                "All of its messages go, and what was derived from them. For ten seconds you can undo this; "
                "then it is gone for good, and you get a receipt."
            )
        )
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        with_role(forget, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def chosen(button: QWidget) -> None:
            if button is forget:
                self._forgetting.forget([conversation], self.tr("Chat"))

        box.buttonClicked.connect(chosen)
        box.open()
