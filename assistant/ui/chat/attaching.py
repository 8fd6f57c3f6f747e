"""Remembering the files that were attached, before the message that they come with is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.errors import CancelledError, HippoError
from assistant.ui.chat.attachments import Attachment, AttachmentTray
from assistant.ui.tasks import Tasks

if TYPE_CHECKING:
    from assistant.conversation.chat import Chat
    from assistant.conversation.engine import Engine


class Attaching(QObject):
    """Attaches files to a chat, one after another; a file that is taken away meanwhile is left out.

    Attributes:
        under_way: Whether it is at work.
    """

    def __init__(
        self, engine: Callable[[], Engine], tasks: Tasks, tray: AttachmentTray, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = tasks
        self._tray = tray
        self.under_way = False

    def attach(
        self, chat: Chat, *, done: Callable[[Chat, bool], None], failed: Callable[[Chat, HippoError], None]
    ) -> None:
        """Attach what is read of the files in the tray. What is attached leaves it.

        Args:
            chat: Where they are attached.
            done: Called with the chat as it is then, and whether all of them are attached.
            failed: Called when a file could not be kept, with the chat as it is then; those before it are.
        """
        self.under_way = True
        files = [each for each in self._tray.files if each.document is not None]
        attached: list[Attachment] = []
        now = chat

        def work(emit: Callable[[tuple[Attachment, float]], None]) -> None:
            nonlocal now
            for each in files:
                if each.document is None or each.stop.is_set():
                    continue

                def tell(made: int, of: int, each: Attachment = each) -> None:
                    emit((each, made / of))

                def ended(each: Attachment = each) -> bool:
                    return each.stop.is_set() or self._tasks.closing

                try:
                    now = self._engine().attach(now, each.document, progress=tell, cancelled=ended)
                except CancelledError:
                    continue
                attached.append(each)

        def show(shares: list[tuple[Attachment, float]]) -> None:
            self._tray.show_share(*shares[-1])

        def leave() -> None:
            self.under_way = False
            for each in attached:
                self._tray.remove(each)

        def over(_nothing: None) -> None:
            whole = not any(each.stop.is_set() for each in files)
            leave()
            done(now, whole)

        def broken(error: HippoError) -> None:
            leave()
            failed(now, error)

        self._tasks.stream(work, each=show, done=over, failed=broken, lane="store", owner=self)
