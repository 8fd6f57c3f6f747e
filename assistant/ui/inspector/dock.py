"""The memory inspector as a dock that can be a window of its own. Asks the memory for what `panel.py` shows.

Whoever owns it must call `set_locked(True)` before the session is locked, and `finish_pending` before it is closed:
both purge what is waiting for an undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QFrame, QHBoxLayout, QMainWindow, QWidget
from shiboken6 import isValid

from assistant.errors import HippoError
from assistant.store.records import Fact, Remembered, State
from assistant.ui import theme
from assistant.ui.inspector.blanks import View
from assistant.ui.inspector.closeup import CloseUp, read_closeup
from assistant.ui.inspector.condensed import Compact, Waning, read_compact, read_waning
from assistant.ui.inspector.confirm import (
    ForgetEverythingDialog,
    ForgetListedDialog,
    ForgetMatchingDialog,
    ForgetSelectedDialog,
)
from assistant.ui.inspector.forgetting import Forgetting
from assistant.ui.inspector.listing import Listing, Query, matching_words, read_listing
from assistant.ui.inspector.panel import InspectorPanel
from assistant.ui.inspector.words import counted, memories
from assistant.ui.receipts import receipt_lines
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.parts import icon_button, text_label, with_role
from assistant.ui.widgets.receipt import ReceiptCard, ReceiptDialog
from assistant.ui.widgets.toast import Toaster

if TYPE_CHECKING:
    from assistant.conversation.safekeeping import Erasure
    from assistant.conversation.session import Session
    from assistant.memory.forgetting.receipt import Receipt
    from assistant.memory.views import Stats

T = TypeVar("T")

DEBOUNCE_MS = 200
"""How long the user must not type before a search begins."""


class InspectorDock(QDockWidget):
    """The inspector.

    Attributes:
        panel: Its content.
        toaster: Where its toasts are shown: in the main window, or in its own when it floats.
        forgetting: Forgetting with undo, for other screens too.

    Signals:
        open_chat: Conversation and message ("" for its end) that the user wants to see.
        changed: What is remembered was changed: edited, pinned, faded, hidden, restored or purged.
        receipt: A `Receipt`: something was forgotten for good.
        erased: An `Erasure`: everything was forgotten and the keys are destroyed.
    """

    open_chat = Signal(str, str)
    changed = Signal()
    receipt = Signal(object)
    erased = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._owner = parent
        self._locked = True
        self._reading = False
        self._read_again = False
        self._stale = True
        self._wanted = ""
        self._current = ""
        self._docked_width = 0
        self._question: QDialog | None = None
        self.setObjectName("inspector")
        self.setWindowTitle(self.tr("Memory"))
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.setTitleBarWidget(self._make_title_bar())
        self.toaster = Toaster(parent or self)
        self.forgetting = Forgetting(session, tasks, self.toaster, self)
        self.forgetting.hidden.connect(self._on_hidden)
        self.forgetting.undone.connect(self._on_changed)
        self.forgetting.finished.connect(self._on_forgotten)
        self.forgetting.failed.connect(self._show_error)
        self.panel = InspectorPanel()
        self.setWidget(self.panel)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self.refresh)
        self._connect()
        self.topLevelChanged.connect(self._on_floating)
        self._show_page()

    # What others call

    def refresh(self) -> None:
        """Read anew what is shown; when hidden, at the next showing."""
        self._debounce.stop()
        self._stale = True
        if self._locked or not self.isVisible():
            return
        if self._session.stage != "open":
            self._show_page()
            return
        if self._reading:
            self._read_again = True
            return
        self._stale = False
        self._reading = True
        self.panel.show_busy(True)
        query, memory = self._query(), self._session.memory
        if self.panel.view is View.COMPACT:
            current = self._current
            self._read(
                lambda: (read_compact(memory, query.words, current), memory.stats(), current), self._show_compact
            )
        elif self.panel.view is View.FADING:
            self._read(lambda: (read_waning(memory, query.words), memory.stats()), self._show_waning)
        else:
            self._read(lambda: (read_listing(memory, query), memory.stats()), self._show_listing)

    def show_record(self, record_id: str) -> None:
        """Bring a memory into view: selected where the list holds it, and in detail in any case."""
        self.show()
        self.raise_()
        if self._locked or self._session.stage != "open":
            return
        self.panel.show_memories()
        row = self.panel.rows.row_of(record_id)
        if row is not None:
            self.panel.table.select_row(row)
        else:
            self.panel.table.clearSelection()
        self.panel.drill()
        self._load_detail(record_id)

    def set_conversation(self, conversation: str) -> None:
        """Know which conversation is open in the window ("" for none): its summary comes first."""
        if conversation != self._current:
            self._current = conversation
            if self.panel.view is View.COMPACT:
                self.refresh()

    def set_locked(self, locked: bool) -> None:
        """Locking purges what waits for an undo, and drops all that is shown: texts, titles, words typed."""
        if locked:
            self.forgetting.finish_pending()
        self._locked = locked
        self._stale = True
        self._wanted = ""
        # Unlocking shows it again where it was, but the keyboard stays with the window that was unlocked.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, locked)
        self._debounce.stop()
        if self._question is not None and isValid(self._question):
            self._question.reject()
        self._question = None
        self.panel.clear()
        self._show_page()
        if not locked:
            self.refresh()

    def finish_pending(self, then: Callable[[], None] | None = None) -> None:
        """Purge now what waits for an undo, then call `then` on the UI thread."""
        self.forgetting.finish_pending(then)

    def forget(self, ids: Sequence[str], what: str) -> None:
        """Forget memories or conversations with ten seconds for undo; for other screens. `what` is for the toast."""
        self.forgetting.forget(ids, what)

    # Building

    def _make_title_bar(self) -> QWidget:
        bar = with_role(QFrame(), "panel")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.TINY)
        row.setSpacing(theme.TINY)
        row.addWidget(text_label(self.tr("Memory"), "heading", wrap=False), 1)
        self.float_button = icon_button("panel-right", self.tr("Open as its own window"))
        self.float_button.clicked.connect(lambda: self.setFloating(True))
        close = icon_button("close", self.tr("Close the inspector"))
        close.clicked.connect(self.close)
        row.addWidget(self.float_button)
        row.addWidget(close)
        self._title_bar = bar
        # While it floats, the window's own title bar is enough; without this one Qt would draw a second.
        self._no_title_bar = QWidget(self)
        self._no_title_bar.setFixedHeight(0)
        self._no_title_bar.hide()
        return bar

    def _connect(self) -> None:
        panel = self.panel
        panel.search.textChanged.connect(self._on_typing)
        panel.search.returnPressed.connect(self._search_now)
        panel.filters.changed.connect(self.refresh)
        panel.timeline.range_chosen.connect(panel.filters.set_days)
        panel.view_changed.connect(self._on_view)
        panel.retry_wanted.connect(self._retry)
        panel.dock_button.clicked.connect(lambda: self.setFloating(False))
        panel.forget_matching.triggered.connect(self._ask_forget_matching)
        panel.forget_everything.triggered.connect(self._ask_forget_everything)
        for table in panel.tables:
            table.selection_changed.connect(self._on_selection)
            table.forget_wanted.connect(self._forget_selected)
            table.edit_wanted.connect(self._edit_selected)
        panel.detail.edit_saved.connect(self._edit)
        panel.detail.state_wanted.connect(self._set_state)
        panel.detail.forget_wanted.connect(self._forget)
        panel.detail.open_chat.connect(self.open_chat)
        panel.detail.show_record.connect(self.show_record)
        panel.several.state_wanted.connect(lambda state: self._set_state(panel.current_table().selected_ids(), state))
        panel.several.forget_wanted.connect(self._forget_selected)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Refresh, self, self.refresh, context=within)

    # Reading

    def _read(self, read: Callable[[], T], show: Callable[[T], None]) -> None:
        self._tasks.run(read, done=show, failed=self._reading_failed, owner=self)

    def _query(self) -> Query:
        return replace(self.panel.filters.query, words=self.panel.search.text())

    def _read_ended(self) -> bool:
        """Bookkeeping after a reading; whether its result may be shown."""
        self._reading = False
        self.panel.show_busy(False)
        if self._locked:
            self._read_again = False
            return False
        if self._read_again:
            self._read_again = False
            self.refresh()
        return True

    def _show_listing(self, answer: tuple[Listing, Stats]) -> None:
        if not self._read_ended() or self.panel.view is not View.MEMORIES:
            return
        self.panel.show_error("")
        self.panel.show_listing(*answer)
        self._show_page()
        self._select_again()

    def _show_compact(self, answer: tuple[list[Compact], Stats, str]) -> None:
        if not self._read_ended() or self.panel.view is not View.COMPACT:
            return
        self.panel.show_error("")
        self.panel.show_compact(*answer)
        self._show_page()
        shown = self.panel.detail.record
        if shown is not None:
            self._load_detail(shown.id)

    def _show_waning(self, answer: tuple[Waning, Stats]) -> None:
        if not self._read_ended() or self.panel.view is not View.FADING:
            return
        self.panel.show_error("")
        self.panel.show_waning(*answer)
        self._show_page()
        self._select_again()

    def _select_again(self) -> None:
        """After a reading: what is shown in detail is read anew, and selected where it is still listed."""
        table, shown = self.panel.current_table(), self.panel.detail.record
        wanted = self._wanted or (shown.id if shown is not None else "")
        if not wanted or table.selected_count() > 1:
            self._on_selection()
            return
        row = table.rows.row_of(wanted)
        if row is not None and table.selected_ids() != [wanted]:
            table.select_row(row)  # which loads the detail
        else:
            self._load_detail(wanted)

    def _reading_failed(self, error: HippoError) -> None:
        if self._read_ended():
            self._show_error(error)
            self._show_page()

    def _load_detail(self, record_id: str, row: int | None = None) -> None:
        """Show a memory: what the list knows at once (at `row`), the rest when the memory has answered."""
        self._wanted = record_id
        panel, memory = self.panel, self._session.memory
        rows = panel.current_table().rows
        record = rows.record(row) if row is not None else None
        if record is not None and row is not None:
            panel.detail.show_memory(record, rows.title(row))
            panel.show_detail()

        def shown(closeup: CloseUp) -> None:
            detail = closeup.detail
            if not self._locked and self._wanted == record_id:
                panel.detail.show_memory(detail.record, detail.conversation.title if detail.conversation else "")
                panel.detail.show_closeup(closeup)
                panel.show_detail()

        def missing(error: HippoError) -> None:
            if not self._locked and self._wanted == record_id:
                was_shown = panel.detail.record is not None and panel.detail.record.id == record_id
                self._close_detail()
                if not was_shown:
                    self._show_error(error)

        self._tasks.run(lambda: read_closeup(memory, record_id), done=shown, failed=missing, owner=self)

    def _close_detail(self) -> None:
        self._wanted = ""
        self.panel.close_detail()

    def _show_page(self) -> None:
        """Choose between the list and what stands for it while there is nothing to inspect."""
        stage = self._session.stage
        if stage == "temporary":
            self.panel.show_closed(
                "temporary",
                self.tr("Temporary chat"),
                self.tr("Nothing is read from memory, and nothing is kept."),
                tint="temporary",
            )
        elif self._locked or stage != "open":
            self.panel.show_closed("lock", self.tr("Locked"), self.tr("Unlock Hippo to see what it remembers."))
        else:
            self.panel.show_open(self._query(), reading=self._stale or self._reading)

    # Selecting

    def _on_selection(self) -> None:
        table = self.panel.current_table()
        count = table.selected_count()
        if count > 1:
            self._wanted = ""
            self.panel.show_several(count)
        elif count == 1 and (ids := table.selected_ids()):
            if not self.panel.detail.text.editing or ids[0] != self._wanted:
                self._load_detail(ids[0], table.selected_rows()[0])
        else:
            self._close_detail()

    def _edit_selected(self) -> None:
        if self.panel.current_table().selected_count() == 1:
            self.panel.drill()
            self.panel.detail.begin_edit()

    def _on_typing(self, words: str) -> None:
        self.panel.filters.set_searching(bool(words.strip()))
        self._debounce.start()

    def _search_now(self) -> None:
        self.refresh()
        self.panel.current_table().setFocus()

    def _on_view(self) -> None:
        self._wanted = ""
        self._stale = True
        self._show_page()
        self.refresh()

    def _retry(self) -> None:
        self.panel.clear_query()
        self.refresh()

    # Changing

    def _edit(self, record_id: str, words: str) -> None:
        memory = self._session.memory

        def edit() -> int:
            before = memory.stats().faded
            memory.edit(record_id, words)
            return memory.stats().faded - before

        def edited(faded: int) -> None:
            self._on_changed()
            if faded > 0 and not self._locked:
                words = self.tr("Saved. %Ln answers of Hippo's that repeated the old words faded.", n=faded)
                self.toaster.show(words, seconds=8.0)

        def failed(error: HippoError) -> None:
            self._show_error(error)
            self._load_detail(record_id)

        self._tasks.run(edit, done=edited, failed=failed, owner=self)

    def _set_state(self, ids: Sequence[str], state: State) -> None:
        if not ids:
            return
        memory, wanted = self._session.memory, list(ids)
        self._tasks.run(
            lambda: memory.set_state(wanted, state),
            done=lambda _: self._on_changed(),
            failed=self._show_error,
            owner=self,
        )

    def _on_changed(self) -> None:
        self.changed.emit()
        self.refresh()

    # Forgetting

    def _forget_selected(self) -> None:
        table = self.panel.current_table()
        rows = table.selected_rows()
        chosen = [record for row in rows if (record := table.rows.record(row)) is not None]
        if len(chosen) <= 1:
            self._forget(chosen)
            return
        titles = {record.conversation: table.rows.title(row) for row, record in zip(rows, chosen, strict=True)}
        listing = replace(self.panel.rows.listing, records=chosen, titles=titles)
        self._ask_which(ForgetSelectedDialog(listing, self))

    def _forget(self, records: Sequence[Remembered]) -> None:
        facts = [record for record in records if isinstance(record, Fact)]
        note = ""
        if facts and len(facts) == len(records):
            messages = len({source for fact in facts for source in fact.sources})
            note = self.tr("Its %n messages stay", n=messages)
        self.forgetting.forget([record.id for record in records], counted(records), note=note)

    def _ask_forget_matching(self) -> None:
        listing = self.panel.rows.listing
        query = listing.query
        if not query.words.strip():
            self._open_forget_matching(listing, None)
            return
        memory = self._session.memory
        self._tasks.run(
            lambda: matching_words(memory, query),
            done=lambda containing: self._open_forget_matching(listing, containing),
            failed=self._show_error,
            owner=self,
        )

    def _open_forget_matching(self, listing: Listing, containing: list[Remembered] | None) -> None:
        if not self._locked:
            self._ask_which(ForgetMatchingDialog(listing, containing, self))

    def _ask_which(self, dialog: ForgetListedDialog) -> None:
        dialog.accepted.connect(lambda: self._forget(dialog.records()))
        self._ask(dialog)

    def _ask_forget_everything(self) -> None:
        memory = self._session.memory
        self._tasks.run(
            lambda: (memory.everything(), memory.stats()),
            done=lambda answer: self._open_forget_everything(*answer),
            failed=self._show_error,
            owner=self,
        )

    def _open_forget_everything(self, ids: list[str], stats: Stats) -> None:
        if self._locked:
            return
        if not ids:
            self.toaster.show(self.tr("Nothing is remembered yet"))
            return
        dialog = ForgetEverythingDialog(memories(stats.episodes + stats.summaries + stats.facts), self)
        session = self._session

        def forget() -> None:
            backups = dialog.with_backups.isChecked()
            last = partial(session.forget_everything, remove_backups=backups)
            self.forgetting.forget(ids, self.tr("Everything"), last=last)

        dialog.accepted.connect(forget)
        self._ask(dialog)

    def _ask(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._question = dialog
        dialog.open()

    def _on_hidden(self, ids: frozenset[str]) -> None:
        if not self._locked:
            focused = QApplication.focusWidget()
            if focused is not None and self.panel.details.isAncestorOf(focused):
                self.panel.current_table().setFocus()
            if not self._outlives(self.panel.detail.record, ids):
                self._close_detail()
            self.panel.hide_rows(ids)
        self._on_changed()

    def _outlives(self, shown: Remembered | None, ids: frozenset[str]) -> bool:
        """Whether a fact stays when these go: another fact was found wrong, but not what this one came from."""
        return isinstance(shown, Fact) and ids.isdisjoint((shown.id, shown.conversation, *shown.sources))

    def _on_forgotten(self, receipt: Receipt | Erasure) -> None:
        from assistant.conversation.safekeeping import Erasure

        if isinstance(receipt, Erasure):
            self.erased.emit(receipt)
            return
        self.receipt.emit(receipt)
        if not self._locked and self.isVisible():
            card = ReceiptCard(receipt_lines(receipt), verified=receipt.verified, when=receipt.when)
            self.panel.show_receipt(card)
        elif not self._locked:
            self.toaster.show(
                self.tr("Forgotten for good") if receipt.verified else self.tr("Not everything could be removed"),
                action=self.tr("Show receipt"),
                seconds=8.0,
                acted=lambda: self._open_receipt(receipt),
            )
        self._on_changed()

    def _open_receipt(self, receipt: Receipt) -> None:
        dialog = ReceiptDialog(receipt_lines(receipt), verified=receipt.verified, when=receipt.when, parent=self._owner)
        self._ask(dialog)

    def _show_error(self, error: HippoError) -> None:
        if not self._locked:
            self.panel.show_error(str(error))
            if not self.isVisible():
                self.toaster.show(str(error), seconds=8.0)

    # Floating

    def _on_floating(self, floating: bool) -> None:
        if floating:
            self._docked_width = self.width()
            # A plain window instead of a tool window: it has its own place on the desktop and can be maximised.
            self._title_bar.hide()
            self.setTitleBarWidget(self._no_title_bar)
            self._no_title_bar.show()
            self.setWindowFlags(
                Qt.WindowType.Window
                | Qt.WindowType.CustomizeWindowHint
                | Qt.WindowType.WindowTitleHint
                | Qt.WindowType.WindowSystemMenuHint
                | Qt.WindowType.WindowMinMaxButtonsHint
                | Qt.WindowType.WindowCloseButtonHint
            )
            self._place_on_screen()
            self.show()
        else:
            self._no_title_bar.hide()
            self.setTitleBarWidget(self._title_bar)
            self._title_bar.show()
            QTimer.singleShot(0, self, self._take_docked_width)
        self.panel.dock_button.setVisible(floating)
        self._place_toasts()

    def _take_docked_width(self) -> None:
        """Back in the main window it takes the width that it had there, not that of its own window."""
        if isinstance(self._owner, QMainWindow) and not self.isFloating() and self._docked_width:
            self._owner.resizeDocks([self], [self._docked_width], Qt.Orientation.Horizontal)

    def _place_on_screen(self) -> None:
        """A floating inspector is all on the screen, with its frame."""
        frame = theme.scaled(16)
        room = self.screen().availableGeometry().adjusted(frame, 3 * frame, -frame, -frame)
        size = QSize(theme.scaled(920), theme.scaled(680)).boundedTo(room.size())
        corner = self.pos()
        left = max(room.left(), min(corner.x(), room.right() + 1 - size.width()))
        top = max(room.top(), min(corner.y(), room.bottom() + 1 - size.height()))
        self.setGeometry(QRect(QPoint(left, top), size))

    def _place_toasts(self) -> None:
        """In its own window while that can be seen, which has no composer to keep clear of; else in the main window."""
        if self._owner is None or (self.isFloating() and self.isVisible()):
            self.toaster.set_host(self, margin=theme.LARGE)
        else:
            self.toaster.set_host(self._owner)

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew what was changed while it was hidden."""
        super().showEvent(event)
        self._place_toasts()
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """A toast that could be seen in it must be seen elsewhere."""
        super().hideEvent(event)
        if isValid(self.toaster):
            self._place_toasts()
