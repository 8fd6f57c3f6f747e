"""What the inspector looks like: search, timeline, filters, list, detail, and what stands in for them.

Shows what it is given and arranges it for the room there is. It asks the memory nothing: `dock.py` does.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.memory.views import Stats
from assistant.store.records import Standing
from assistant.ui import theme
from assistant.ui.below import translated
from assistant.ui.icons import set_icon
from assistant.ui.inspector.blanks import View, blank_for, blank_for_failure, hint_for
from assistant.ui.inspector.condensed import Compact, Waning
from assistant.ui.inspector.detail import DetailPane
from assistant.ui.inspector.fading import FadingBar
from assistant.ui.inspector.filters import FilterBar
from assistant.ui.inspector.listing import Listing, Query
from assistant.ui.inspector.memory_table import MemoryTable
from assistant.ui.inspector.notes import Note
from assistant.ui.inspector.rows import CompactRows, FadingRows, MemoryRows
from assistant.ui.inspector.selection import SelectionPane
from assistant.ui.inspector.timeline import Timeline
from assistant.ui.inspector.words import counted, memories
from assistant.ui.widgets.fields import name_buttons_of
from assistant.ui.widgets.parts import icon_button, text_label, with_role
from assistant.ui.widgets.receipt import ReceiptCard

BUSY_AFTER_MS = 150
"""Work that is over sooner shows no progress bar: it would only flicker."""

NARROWEST = 200
"""Least width of the list and of the detail at 100 % text: the same, so that nothing moves between them."""

USUAL = 360
"""Width of the inspector at 100 % text, until the user chooses another."""

SIDE_BY_SIDE = 720
STACKED = 760
"""From this width the detail stands beside the list, from this height below it (at 100 % text); else instead of it."""


class InspectorPanel(QFrame):
    """The inspector's content.

    Attributes:
        search: The field for words.
        timeline, filters: What else restricts the list.
        rows, table: The memories.
        compact_rows, compact_table: The compact memory: of the user, of each chat, of its stretches.
        fading_rows, fading_table: What fades.
        fading_bar: Chooses between what will fade and what has faded.
        disputes: Says that facts contradict one another, and shows them.
        detail: One memory.
        several: What can be done with several.
        details: What holds these two.
        select_all, forget_matching, forget_everything: Entries of the menu.
        dock_button: Puts a floating inspector back.

    Signals:
        view_changed: The user looks at another `View`, or at another list of what fades, from now on.
        retry_wanted: The user wants everything shown, or another try.
    """

    view_changed = Signal()
    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        with_role(self, "panel")
        self._drilled = False
        self._stats: Stats | None = None
        self._receipt: ReceiptCard | None = None
        self.rows = MemoryRows(self)
        self.compact_rows = CompactRows(self)
        self.fading_rows = FadingRows(self)
        self._waning = Waning()
        self._busy_soon = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._closed_note = Note()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_work())
        self._pages.addWidget(self._closed_note)
        self._receipts = QVBoxLayout()
        self._receipts.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, theme.MEDIUM)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_views())
        outer.addLayout(self._make_error())
        outer.addWidget(self._pages, 1)
        outer.addLayout(self._receipts)

    # Building

    def _make_views(self) -> QWidget:
        self._views_bar = QWidget()
        row = QHBoxLayout(self._views_bar)
        row.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.TINY)
        self._views = QButtonGroup(self)
        for number, (words, tip) in enumerate(
            (
                (self.tr("Memories"), self.tr("Everything that is remembered")),
                (
                    self.tr("Summaries"),
                    self.tr("What Hippo keeps of you and of each chat in short; you can correct it"),
                ),
                (self.tr("Fading"), self.tr("What will fade next, and what has faded and can be restored")),
            )
        ):
            button = QToolButton()
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(number == 0)
            self._views.addButton(with_role(button, "quiet"), number)
            row.addWidget(button)
        self._views.idToggled.connect(self._on_view)
        row.addStretch(1)
        self.dock_button = icon_button("panel-right", self.tr("Put it back into the main window"))
        self.dock_button.hide()
        row.addWidget(self.dock_button)
        self.more_button = icon_button("more", self.tr("More"))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more_button)
        self.select_all = menu.addAction(self.tr("Select all that are listed"))
        self.select_all.triggered.connect(lambda: self.current_table().selectAll())
        menu.addSeparator()
        self.forget_matching = menu.addAction(self.tr("Forget all that match…"))
        self.forget_everything = menu.addAction(self.tr("Forget everything…"))
        self.more_button.setMenu(menu)
        row.addWidget(self.more_button)
        return self._views_bar

    def _make_error(self) -> QVBoxLayout:
        self._error = with_role(QFrame(), "error")
        row = QHBoxLayout(self._error)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        self._error_words = text_label(selectable=True)
        close = icon_button("close", self.tr("Close this message"))
        close.clicked.connect(self._error.hide)
        row.addWidget(self._error_words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._error.hide()
        column = QVBoxLayout()
        column.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, theme.SMALL)
        column.addWidget(self._error)
        return column

    def _make_work(self) -> QWidget:
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._make_list())
        self._split.addWidget(self._make_details())
        self._split.setStretchFactor(0, 4)
        self._split.setStretchFactor(1, 5)
        return self._split

    def _make_list(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search memories…"))
        self.search.setAccessibleName(self.tr("Search by words and by meaning"))
        self.search.setClearButtonEnabled(True)
        name_buttons_of(self.search, self.tr("Empty the search"))
        self.timeline = Timeline()
        self.filters = FilterBar()
        self._count = text_label(role="small")
        self._damage = text_label(role="warning")
        self._damage.hide()
        self.disputes = QToolButton()
        with_role(self.disputes, "link")
        set_icon(self.disputes, "warning", "warning", 16)
        self.disputes.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.disputes.setToolTip(self.tr("Show the facts that contradict each other, beside each other"))
        self.disputes.clicked.connect(self.filters.show_disputes)
        self.disputes.hide()
        self.fading_bar = FadingBar()
        self.fading_bar.changed.connect(self._switch_waning)
        counts = QHBoxLayout()
        counts.addWidget(self._count, 1)
        counts.addWidget(self.filters.order_chip)
        head = QVBoxLayout()
        head.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        head.setSpacing(theme.SMALL)
        head.addWidget(self.search)
        head.addWidget(self.timeline)
        head.addWidget(self.filters)
        head.addWidget(self.fading_bar)
        head.addLayout(counts)
        head.addWidget(self.disputes)
        head.addWidget(self._damage)

        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Reading the memory"))
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self._progress.setStyleSheet("QProgressBar { min-height: 2px; max-height: 2px; }")
        self._progress.hide()
        self._busy_soon.timeout.connect(self._progress.show)

        self.table = MemoryTable(self.rows)
        self.table.setAccessibleName(self.tr("Memories"))
        self.compact_table = MemoryTable(self.compact_rows, text_lines=3, headed=True)
        self.compact_table.setAccessibleName(self.tr("Compact memory: of you and of each chat"))
        self.compact_table.setSelectionMode(MemoryTable.SelectionMode.SingleSelection)
        self.fading_table = MemoryTable(self.fading_rows)
        self.fading_table.setAccessibleName(self.tr("What fades"))
        self.tables = (self.table, self.compact_table, self.fading_table)
        for table in self.tables:
            table.opened.connect(self.drill)
        self._note = Note()
        self._note.acted.connect(self.retry_wanted)
        self._lists = QStackedWidget()
        for page in (*self.tables, self._note):
            self._lists.addWidget(page)

        self._list_pane = QWidget()
        column = QVBoxLayout(self._list_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(theme.TINY)
        column.addWidget(self._progress)
        column.addWidget(self._lists, 1)
        return self._list_pane

    def _make_details(self) -> QWidget:
        self.detail = DetailPane()
        self.detail.back.connect(self._back)
        self.several = SelectionPane()
        self.several.cleared.connect(lambda: self.current_table().clearSelection())
        self._hint = Note()
        self.details = QStackedWidget()
        self.details.addWidget(self.detail)
        self.details.addWidget(self.several)
        self.details.addWidget(self._hint)
        return self.details

    # Showing

    @property
    def view(self) -> View:
        """What the list shows."""
        return View(self._views.checkedId())

    def current_table(self) -> MemoryTable:
        """The list that is shown."""
        return self.tables[self.view]

    def show_memories(self) -> None:
        """Show the memories, and not something else."""
        self._views.button(View.MEMORIES).setChecked(True)

    def show_listing(self, listing: Listing, stats: Stats) -> None:
        """Show the answer to a query. What was selected stays selected, and the list where it was."""
        table = self.table
        selected = set(table.selected_ids())
        same_question = listing.query == self.rows.listing.query
        place = table.verticalScrollBar().value() if same_question else 0
        with _Quiet(table):
            self.rows.show(listing)
            table.select_rows(self.rows.rows_of(selected))
        table.verticalScrollBar().setValue(place)
        self.filters.set_titles(dict(listing.titles))
        self.timeline.show_days(listing.days, (listing.query.first_day, listing.query.last_day))
        self._show_stats(counted(listing.records), stats)
        disputed = stats.facts_disputed
        words = self.tr("%Ln facts contradict each other", n=disputed)
        self.disputes.setText(words)
        self.disputes.setAccessibleName(words)
        self.disputes.setVisible(disputed > 1 and listing.query.standing is not Standing.DISPUTED)

    def show_compact(self, lines: Sequence[Compact], stats: Stats, current: str = "") -> None:
        """Show the compact memory. The one in detail stays selected."""
        table = self.compact_table
        selected = set(table.selected_ids())
        place = table.verticalScrollBar().value()
        with _Quiet(table):
            self.compact_rows.show(lines, current)
            table.select_rows(self.compact_rows.rows_of(selected))
        table.verticalScrollBar().setValue(place)
        made = sum(line.summary is not None for line in lines)
        self._show_stats(self.tr("%Ln summaries", n=made), stats)

    def show_waning(self, waning: Waning, stats: Stats) -> None:
        """Show what fades. What was selected stays selected, where it is still in this list."""
        self._waning = waning
        self._show_stats("", stats)
        self.fading_bar.show_counts(len(waning.coming), len(waning.gone))
        self._show_waning()

    def _show_waning(self) -> None:
        table, faded = self.fading_table, self.fading_bar.faded
        selected = set(table.selected_ids()) if self.fading_rows.faded == faded else set()
        place = table.verticalScrollBar().value() if self.fading_rows.faded == faded else 0
        with _Quiet(table):
            self.fading_rows.show(self._waning, faded=faded)
            table.select_rows(self.fading_rows.rows_of(selected))
        table.verticalScrollBar().setValue(place)
        self._count.setText(self.fading_bar.about(self._waning.on))

    def _switch_waning(self) -> None:
        self.close_detail()
        self._show_waning()
        self.view_changed.emit()

    def hide_rows(self, ids: frozenset[str]) -> None:
        """Take memories, or all of a conversation, out of the lists before they are read anew."""
        self._waning = self._waning.without(ids)
        for table in (self.table, self.fading_table):
            place = table.verticalScrollBar().value()
            with _Quiet(table):
                if table is self.table:
                    self.rows.show(self.rows.listing.without(ids))
                else:
                    self.fading_rows.show(self._waning, faded=self.fading_rows.faded)
            table.verticalScrollBar().setValue(place)

    def show_closed(self, icon: str, heading: str, words: str, *, tint: str = "muted") -> None:
        """Show this instead of the list: there is nothing to inspect."""
        self._views_bar.hide()
        self._closed_note.say(icon, heading, words, tint=tint)
        self._pages.setCurrentWidget(self._closed_note)

    def show_open(self, query: Query, *, reading: bool) -> None:
        """Show the list, or why it is empty.

        Args:
            query: What the list shows.
            reading: The answer to the query is still to come.
        """
        self._views_bar.show()
        self._pages.setCurrentWidget(self._split)
        size = self.current_table().rows.size()
        listed = self.view is View.MEMORIES
        for each in (self.timeline, self.filters, self.filters.order_chip):
            each.setVisible(listed)
        if not listed:
            self.disputes.hide()
        self.fading_bar.setVisible(self.view is View.FADING)
        self.select_all.setEnabled(self.view is not View.COMPACT and size > 0)
        self.forget_matching.setEnabled(listed and size > 0)
        if size or reading:
            self._lists.setCurrentWidget(self.current_table())
        else:
            self._show_empty(query)
        self._show_hint()
        self.arrange()

    def show_busy(self, busy: bool) -> None:
        """Show that the memory is being read, if it takes long."""
        if busy:
            self._busy_soon.start()
        else:
            self._busy_soon.stop()
            self._progress.hide()

    def show_error(self, words: str) -> None:
        """Show what went wrong, or "" for nothing."""
        self._error_words.setText(words)
        self._error.setAccessibleName(words)
        self._error.setVisible(bool(words))

    def show_receipt(self, card: ReceiptCard | None) -> None:
        """Show a receipt below everything, in place of an earlier one; None shows none."""
        if self._receipt is not None:
            self._receipt.hide()
            self._receipt.deleteLater()
        self._receipt = card
        if card is not None:
            card.dismissed.connect(lambda: self.show_receipt(None))
            self._receipts.addWidget(card)
            card.show()

    @property
    def receipt(self) -> ReceiptCard | None:
        """The receipt that is shown."""
        return self._receipt

    def show_detail(self) -> None:
        """Show the one memory."""
        self._show_details(self.detail)

    def show_several(self, count: int) -> None:
        """Show what can be done with several."""
        self.several.show_count(memories(count))
        self._show_details(self.several)

    def close_detail(self) -> None:
        """Show no memory in detail."""
        self._drilled = False
        self.detail.clear()
        self._show_details(self._hint)

    def drill(self) -> None:
        """Where there is no room for both, show the detail instead of the list."""
        self._drilled = True
        self.arrange()

    def clear(self) -> None:
        """Keep nothing in memory of what was shown or typed."""
        with _Quiet(self.search):
            self.search.setText("")  # `clear` could be undone
        with _Quiet(self.table):
            self.rows.show(Listing())
        with _Quiet(self.compact_table):
            self.compact_rows.show(())
        with _Quiet(self.fading_table):
            self._waning = Waning()
            self.fading_rows.show(self._waning, faded=False)
        self.fading_bar.clear()
        self.disputes.hide()
        self.filters.forget_titles()
        self.timeline.clear()
        self.close_detail()
        self.show_receipt(None)
        self.show_error("")
        self._stats = None
        self._count.setText("")

    def clear_query(self) -> None:
        """Restrict nothing any more, without a signal."""
        with _Quiet(self.search):
            self.search.setText("")  # `clear` could be undone
        self.filters.forget_titles()

    def sizeHint(self) -> QSize:
        """The same width whatever it shows: longer words break into lines, and the chat beside it keeps its room."""
        width = max(theme.scaled(USUAL), self.minimumSizeHint().width())
        return QSize(width, super().sizeHint().height())

    def arrange(self) -> None:
        """Detail beside the list, below it, or instead of it, as the room allows."""
        beside = self.width() >= theme.scaled(SIDE_BY_SIDE)
        instead = not beside and self.height() < theme.scaled(STACKED)
        nothing = self.details.currentWidget() is self._hint
        several = self.details.currentWidget() is self.several
        for pane in (self._list_pane, self.details):
            pane.setMinimumWidth(theme.scaled(NARROWEST))
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
        self.detail.back_button.setVisible(instead)
        if instead and not several:
            self._list_pane.setVisible(nothing or not self._drilled)
            self.details.setVisible(not nothing and self._drilled)
        else:
            self._list_pane.setVisible(True)
            shown = self.details.isVisibleTo(self._split)
            self.details.setVisible(beside or not nothing)
            if not shown:
                QTimer.singleShot(0, self.current_table(), self.current_table().show_current)
        low = several and not beside
        self.details.setMaximumHeight(self.several.heightForWidth(self.width()) if low else 16_777_215)
        self.details.setMinimumHeight(self.several.heightForWidth(self.width()) if low else 0)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here, before they mean anything to the window: Ctrl+F searches, Ctrl+P pins."""
        if isinstance(event, QKeyEvent):
            find = event.matches(QKeySequence.StandardKey.Find)
            pin = event.keyCombination() == QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P)
            if (find or pin) and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if (find or pin) and event.type() == QEvent.Type.KeyPress:
                (self._focus_search if find else self.detail.toggle_pin)()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make good use of the room."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_split"):
            self.arrange()

    # Within

    def _show_details(self, page: QWidget) -> None:
        self.details.setCurrentWidget(page)
        self.arrange()

    def _show_stats(self, words: str, stats: Stats) -> None:
        self._stats = stats
        self._count.setText(words)
        wrong = [translated(problem) for problem in stats.problems]
        if stats.damaged:
            wrong.append(self.tr("%Ln damaged rows could not be opened and were set aside.", n=stats.damaged))
        self._damage.setVisible(bool(wrong))
        self._damage.setText("\n".join(wrong))

    def _show_empty(self, query: Query) -> None:
        failed = self._error.isVisibleTo(self)
        nothing_fades = self.fading_bar.nothing(self._waning.on)
        blank = blank_for_failure() if failed else blank_for(self.view, query, nothing_fades)
        self._note.say(blank.icon, blank.heading, blank.words, button=blank.button)
        self._lists.setCurrentWidget(self._note)

    def _show_hint(self) -> None:
        hint = hint_for(self.view, self._stats)
        self._hint.say(hint.icon, hint.heading, hint.words)

    def _back(self) -> None:
        self._drilled = False
        self.arrange()
        self.current_table().setFocus()

    def _focus_search(self) -> None:
        self._drilled = False
        self.arrange()
        self.search.setFocus()
        self.search.selectAll()

    def _on_view(self, _number: int, on: bool) -> None:
        if on:
            self.close_detail()
            self.search.setPlaceholderText(
                {
                    View.MEMORIES: self.tr("Search memories…"),
                    View.COMPACT: self.tr("Search summaries…"),
                    View.FADING: self.tr("Search what fades…"),
                }[self.view]
            )
            self._count.setText("")
            self.view_changed.emit()


class _Quiet:
    """Within it, a list tells of no other selection and a field of no other text."""

    def __init__(self, widget: MemoryTable | QLineEdit) -> None:
        self._source = widget.selectionModel() if isinstance(widget, MemoryTable) else widget

    def __enter__(self) -> None:
        self._before = self._source.blockSignals(True)

    def __exit__(self, *_: object) -> None:
        self._source.blockSignals(self._before)
