"""What the window does without being asked, between turns: consolidation, scheduled backups, retention; and what it
tells of them. Each is a verb of the session; here is when it is called, and the quiet notice that follows.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.errors import CancelledError, HippoError
from assistant.ui.inspector.words import memories

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversation.safekeeping import KnownBackup
    from assistant.conversation.session import Session
    from assistant.memory.consolidation import Consolidated
    from assistant.memory.retention import Due
    from assistant.ui.inspector.forgetting import Forgetting
    from assistant.ui.tasks import Tasks
    from assistant.ui.widgets.toast import Toaster

NOTICE_SECONDS = 60.0
"""Such notices are shown longer than other messages, and what Hippo forgets by itself can be undone for so long."""

DAY_CHECK_MS = 10 * 60_000
"""How often to look whether another day has begun."""


class Upkeep(QObject):
    """Does what is due, and tells of it.

    Signals:
        consolidated: Memory is different now; no words of the user's are.
        page_wanted: Show the page of the settings with this name.
    """

    consolidated = Signal()
    page_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        toaster: Toaster,
        forgetting: Forgetting,
        *,
        writing: Callable[[], bool],
        showing: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """Be ready; `begin` starts it.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            toaster: Shows the notices.
            forgetting: Forgets with a time for undo.
            writing: Whether an answer is being written: then all of this waits.
            showing: Whether the memory is on the screen; nothing is told on the lock screen.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._session, self._tasks, self._toaster, self._forgetting = session, tasks, toaster, forgetting
        self._writing, self._showing = writing, showing
        self._told_of_backup = False
        self._looked: date | None = None
        self._day = QTimer(self, interval=DAY_CHECK_MS)
        self._day.timeout.connect(self.look_at_day)
        self._day.start()

    def begin(self) -> None:
        """The memory was opened: say what opening found, and do what is due."""
        self._looked = None
        self.between_turns()
        if self._session.stage == "open":
            for problem in self._session.problems:
                self._toaster.show(problem, seconds=NOTICE_SECONDS)
        self.look_at_day()

    def between_turns(self) -> None:
        """Let memory do what is due, and make a backup if one is, until the next turn begins."""
        session, tasks = self._session, self._tasks
        if session.stage != "open":
            return

        def stop() -> bool:
            return tasks.closing or self._writing()

        tasks.run(lambda: session.consolidate(cancelled=stop), done=self._consolidated, owner=self)
        tasks.run(lambda: session.make_due_backup(cancelled=stop), failed=self._backup_failed, owner=self)

    def look_at_day(self) -> None:
        """Carry the retention rules out, once on each day."""
        if self._session.stage == "open" and self._looked != date.today() and self._showing():
            self._looked = date.today()
            self._tasks.run(self._session.memory.retention_due, done=self._keep_rules, owner=self)

    def look_at_backups(self) -> None:
        """After something was forgotten: say which backups still hold it."""
        if self._session.stage == "open":
            self._tasks.run(self._session.backups, done=self._tell_of_backups, owner=self)

    def _consolidated(self, done: Consolidated) -> None:
        if done:
            self.consolidated.emit()

    def _backup_failed(self, error: HippoError) -> None:
        """Say once why there is no backup; it is tried again after each turn."""
        if not isinstance(error, CancelledError) and not self._told_of_backup and self._showing():
            self._told_of_backup = True
            self._tell(f"{self.tr('The backup could not be made.')} {error}", "backups")

    def _tell_of_backups(self, backups: list[KnownBackup]) -> None:
        count = sum(bool(backup.forgotten) for backup in backups)
        if count and self._showing():
            self._tell(self.tr("%Ln backups still hold what you forgot.", n=count), "backups")

    def _keep_rules(self, due: Due) -> None:
        count = len(due.episodes)
        if not count or not self._showing():
            return
        if self._session.settings.memory.forgets_due:
            note = self.tr("The time that you set for these %n is past.", n=count)
            self._forgetting.forget(due.ids, memories(count), note=note, seconds=NOTICE_SECONDS)
            return
        self._tell(self.tr("%Ln memories are past the time that you set.", n=count), "keeping")

    def _tell(self, words: str, page: str) -> None:
        self._toaster.show(
            words,
            action=self.tr("Show"),
            seconds=NOTICE_SECONDS,
            notice=True,
            acted=lambda: self.page_wanted.emit(page),
        )
