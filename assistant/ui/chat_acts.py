"""What is done to a whole chat, from wherever it is asked for: rename, archive, move, forget. Each asks first."""

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
        moved: A chat is in another space: other things are remembered there.
    """

    changed = Signal()
    moved = Signal()

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

    def move(self, conversation: str) -> None:
        """Ask for the space to which a chat shall go."""
        if not conversation:
            return
        memory = self._session.memory
        self._tasks.run(
            lambda: (memory.spaces(), memory.conversation(conversation).space),
            done=lambda known: self._ask_space(conversation, *known),
            owner=self,
        )

    def _ask_space(self, conversation: str, spaces: list[str], now: str) -> None:
        everyday = self.tr("Everyday")
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Move to a space"))
        dialog.setLabelText(
            self.tr(
                "What is said in a space is remembered in its chats only; what is pinned is remembered everywhere.\n"
                "Choose a space, or type the name of a new one:"
            )
        )
        dialog.setComboBoxItems([everyday, *spaces])
        dialog.setComboBoxEditable(True)
        dialog.setTextValue(now or everyday)

        def move(name: str) -> None:
            space = "" if name.strip() == everyday else name.strip()
            if space != now:
                self._move(conversation, space, now)

        dialog.textValueSelected.connect(move)
        dialog.open()

    def _move(self, conversation: str, space: str, before: str, *, back: bool = False) -> None:
        memory = self._session.memory

        def told(_nothing: None) -> None:
            self.moved.emit()
            if not back:
                self._toaster.show(
                    self.tr("Chat moved to {space}").format(space=space or self.tr("Everyday")),
                    action=self.tr("Undo"),
                    acted=lambda: self._move(conversation, before, space, back=True),
                )

        self._tasks.run(lambda: memory.move(conversation, space), done=told, owner=self)

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
