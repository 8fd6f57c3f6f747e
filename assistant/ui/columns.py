"""Which of the window's columns can be seen: the chats, the chat, the inspector, as far as there is room for them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from assistant.ui import theme
from assistant.ui.inspector.dock import InspectorDock

CHAT_ALONE, CHAT_BESIDE_CHATS = 180, 280
"""Least width of the chat at 100 % text, in pixels; and how much there must be left of it to show the chats, too."""

CHATS = 190
"""Least width of the chats."""


class Columns(QObject):
    """The columns of a window."""

    def __init__(
        self, window: QMainWindow, *, pages: QWidget, chats: QWidget, chat: QWidget, inspector: InspectorDock
    ) -> None:
        """`pages` is what holds the chats and the chat."""
        super().__init__(window)
        self._window = window
        self._pages, self._chats, self._chat, self._inspector = pages, chats, chat, inspector
        self._chats_wanted = True
        inspector.visibilityChanged.connect(self._changed)
        inspector.topLevelChanged.connect(self._changed)

    def toggle_chats(self) -> None:
        """Show or hide the chats."""
        self.want_chats(self._chats.isHidden())

    def want_chats(self, wanted: bool) -> None:
        """Show the chats, in place of the inspector where there is no room for both; or hide them."""
        self._chats_wanted = wanted
        if wanted and not self._has_room_for_chats() and not self._inspector.isFloating():
            self._inspector.hide()
        self.fit(keep=wanted)

    def fit(self, *, keep: bool = False) -> None:
        """Where the columns have no room (large text, small window), the chats step aside, then the chat itself.

        `keep`: the chats stay in any case.
        """
        self._chats.setVisible(self._chats_wanted and (keep or self._has_room_for_chats()))
        needs = self._inspector_needs()
        self._pages.setVisible(not needs or self._window.width() - needs >= self._chat.minimumWidth())

    def restyle(self) -> None:
        """Follow the text size."""
        self._chats.setMinimumWidth(theme.scaled(CHATS))
        self._chat.setMinimumWidth(theme.scaled(CHAT_ALONE))
        self.fit()

    def _has_room_for_chats(self) -> bool:
        taken = max(self._inspector.width(), self._inspector_needs()) if self._inspector_needs() else 0
        return self._window.width() - taken >= self._chats.minimumWidth() + theme.scaled(CHAT_BESIDE_CHATS)

    def _inspector_needs(self) -> int:
        """The least width of the inspector where it is docked, in pixels; 0 where it is not."""
        docked = self._inspector.isVisible() and not self._inspector.isFloating()
        return self._inspector.minimumSizeHint().width() if docked else 0

    def _changed(self, _flag: bool) -> None:
        if isValid(self) and isValid(self._window):  # the dock tells of its end, too, when the window is already going
            self.fit()
