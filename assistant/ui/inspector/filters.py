"""The chips that restrict the list (kind, state, time, chat, use) and sort it. Holds the query, asks nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.store.records import Standing, State
from assistant.ui import theme
from assistant.ui.inspector.listing import ALL_KINDS, ALL_STATES, Order, Query
from assistant.ui.inspector.words import day_words, state_words, title_words, tr
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import text_label, with_role


class FilterBar(QWidget):
    """The chips.

    Attributes:
        query: What they say, without the words to search for.
        order_chip: How the list is sorted; placed by whoever owns the bar.

    Signals:
        changed: The query is another one now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = Query()
        self._titles: dict[str, str] = {}
        self._searching = False
        self._kind = _Chip(self)
        self._state = _Chip(self)
        self._when = _Chip(self)
        self._chat = _Chip(self)
        self._use = _Chip(self)
        self.clear_button = QToolButton(self)
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear all filters"))
        with_role(self.clear_button, "link")
        self.clear_button.clicked.connect(self.clear)
        self.order_chip = _Chip(self)
        flow = FlowLayout(self)
        for chip in (self._kind, self._state, self._when, self._chat, self._use):
            flow.addWidget(chip)
        flow.addWidget(self.clear_button)
        self._build_menus()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._describe()

    def set_titles(self, titles: dict[str, str]) -> None:
        """Know the conversations there are, most recent first, by id."""
        self._titles = titles
        self._describe()

    def set_searching(self, searching: bool) -> None:
        """Know whether there are words to search for: then the default order is the best match."""
        self._searching = searching
        self._describe()

    def set_days(self, first: date | None, last: date | None) -> None:
        """Restrict the days, or (None, None) for all time."""
        self._change(replace(self.query, first_day=first, last_day=last))

    def show_disputes(self) -> None:
        """Show the facts that contradict one another, and nothing else."""
        self._change(Query(kinds=frozenset({"fact"}), standing=Standing.DISPUTED, order=self.query.order))

    def clear(self) -> None:
        """Restrict nothing; the sorting stays."""
        self._change(Query(order=self.query.order))

    def forget_titles(self) -> None:
        """Drop the names of conversations and restrict nothing, without a signal."""
        self._titles = {}
        self._searching = False
        self.query = Query(order=self.query.order)
        self._describe()

    def _change(self, query: Query) -> None:
        if query != self.query:
            self.query = query
            self._describe()
            self.changed.emit()

    def _build_menus(self) -> None:
        self._kind.offer(
            [(words, value) for value, words in self._kinds().items()],
            lambda value: self._change(replace(self.query, kinds=value[0], standing=value[1])),
        )
        uses = [(self.tr("Used or not"), None), (self.tr("Used"), True), (self.tr("Never used"), False)]
        self._use.offer(uses, lambda value: self._change(replace(self.query, used=value)))
        orders = [
            (self.tr("Best match"), Order.BEST),
            (self.tr("Newest first"), Order.NEWEST),
            (self.tr("Oldest first"), Order.OLDEST),
            (self.tr("Most used first"), Order.MOST_USED),
        ]
        self.order_chip.offer(orders, lambda value: self._change(replace(self.query, order=value)))

        states = _StayOpenMenu(self._state)
        for state in State:
            action = QAction(state_words(state), states, checkable=True, checked=True)
            action.setData(state)
            action.toggled.connect(self._states_toggled)
            states.addAction(action)
        self._state.setMenu(states)

        menu = QMenu(self._when)
        for title, choose in self._spans():
            menu.addAction(title).triggered.connect(choose)
        menu.addSeparator()
        menu.addAction(self.tr("Choose days…")).triggered.connect(self._choose_days)
        self._when.setMenu(menu)
        self._chat.clicked.connect(self._choose_chat)

    def _kinds(self) -> dict[tuple[frozenset[str], Standing | None], str]:
        """What can be chosen: kinds, and the standing of facts; in words."""
        fact = frozenset({"fact"})
        return {
            (ALL_KINDS, None): self.tr("All kinds"),
            (frozenset({"episode"}), None): self.tr("Episodes"),
            (fact, None): self.tr("Facts"),
            (fact, Standing.CURRENT): self.tr("Facts that hold"),
            (fact, Standing.SUPERSEDED): self.tr("Facts no longer true"),
            (fact, Standing.DISPUTED): self.tr("Facts in dispute"),
            (frozenset({"summary"}), None): self.tr("Summaries"),
        }

    def _spans(self) -> list[tuple[str, Callable[[], None]]]:
        def last(days: int) -> Callable[[], None]:
            return lambda: self.set_days(date.today() - timedelta(days=days - 1), date.today())

        return [
            (self.tr("Any time"), lambda: self.set_days(None, None)),
            (self.tr("Today"), last(1)),
            (self.tr("Last 7 days"), last(7)),
            (self.tr("Last 30 days"), last(30)),
            (self.tr("Last 12 months"), last(365)),
        ]

    def _states_toggled(self) -> None:
        menu = self._state.menu()
        states = frozenset(action.data() for action in menu.actions() if action.isChecked())
        self._change(replace(self.query, states=states or ALL_STATES))

    def _choose_days(self) -> None:
        dialog = DaysDialog(self.query.first_day, self.query.last_day, self)
        dialog.accepted.connect(lambda: self.set_days(*dialog.days()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_chat(self) -> None:
        picker = ChatPicker(self._titles, self.query.conversation, self)
        picker.chosen.connect(lambda chat: self._change(replace(self.query, conversation=chat or None)))
        picker.pop_up(self._chat.mapToGlobal(QPoint(0, self._chat.height() + 2)))

    def _describe(self) -> None:
        query = self.query
        restricted = query.kinds != ALL_KINDS
        kind = self._kinds()[query.kinds, query.standing] if restricted else self.tr("Kind")
        self._kind.say(kind, on=restricted)
        states = [state_words(state) for state in State if state in query.states]
        self._state.say(
            self.tr("State") if query.states == ALL_STATES else ", ".join(states), on=query.states != ALL_STATES
        )
        for action in self._state.menu().actions():
            blocked = action.blockSignals(True)
            action.setChecked(action.data() in query.states)
            action.blockSignals(blocked)
        dated = query.first_day is not None or query.last_day is not None
        self._when.say(_span_words(query) if dated else self.tr("Time"), on=dated)
        chat = query.conversation
        self._chat.say(title_words(self._titles.get(chat, ""))[:24] if chat else self.tr("Chat"), on=chat is not None)
        use = {True: self.tr("Used"), False: self.tr("Never used")}
        self._use.say(self.tr("Use") if query.used is None else use[query.used], on=query.used is not None)
        order = {
            Order.BEST: self.tr("Best match") if self._searching else self.tr("Newest first"),
            Order.NEWEST: self.tr("Newest first"),
            Order.OLDEST: self.tr("Oldest first"),
            Order.MOST_USED: self.tr("Most used first"),
        }
        self.order_chip.say(order[query.order], on=query.order is not Order.BEST)
        for each, value in (
            (self._kind, (query.kinds, query.standing)),
            (self._use, query.used),
            (self.order_chip, query.order),
        ):
            each.mark(value)
        self.clear_button.setVisible(query.filters())

    def _restyle(self) -> None:
        colours = theme.current()
        small = theme.points(0.9)
        sheet = (
            f"_Chip {{ font-size: {small}pt; border: 1px solid {colours.border}; border-radius: 9px;"
            f" padding: 3px 8px; background: transparent; color: {colours.text}; }}"
            f"_Chip:hover {{ background: {colours.raised}; }}"
            f"_Chip:focus {{ border: 2px solid {colours.accent}; padding: 2px 7px; }}"
            f"_Chip[on=true] {{ background: {colours.accent_soft}; color: {colours.accent};"
            f" border-color: {colours.accent}; }}"
        )
        self.setStyleSheet(sheet)
        self.order_chip.setStyleSheet(sheet)


class _Chip(QToolButton):
    """A small button with a menu, tinted while it restricts something."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, choices: Sequence[tuple[str, object]], choose: Callable[..., None]) -> None:
        """Give it a menu of which one choice holds."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for words, value in choices:
            action = QAction(words, group, checkable=True)
            action.setData((value,))
            menu.addAction(action)
        group.triggered.connect(lambda action: choose(action.data()[0]))
        self.setMenu(menu)

    def mark(self, value: object) -> None:
        """Tick the choice that holds."""
        for action in self.menu().actions():
            action.setChecked(action.data() == (value,))

    def say(self, words: str, *, on: bool) -> None:
        """Show these words, tinted if `on`."""
        self.setText(f"{words} ▾")
        self.setAccessibleName(words)
        if self.property("on") != on:
            self.setProperty("on", on)
            self.style().unpolish(self)
            self.style().polish(self)


class _StayOpenMenu(QMenu):
    """A menu whose ticks can be set one after another."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks without closing."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


class DaysDialog(QDialog):
    """Asks for a first and a last day."""

    def __init__(self, first: date | None, last: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Choose days"))
        today = date.today()
        self._first = self._edit(first or today - timedelta(days=30), self.tr("First day"))
        self._last = self._edit(last or today, self.tr("Last day"))
        form = QFormLayout(self)
        form.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        form.setSpacing(theme.MEDIUM)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("&From"), self._first)
        form.addRow(self.tr("&To"), self._last)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def days(self) -> tuple[date, date]:
        """The two days, the earlier one first."""
        first, last = (_to_date(edit.date()) for edit in (self._first, self._last))
        return min(first, last), max(first, last)

    def _edit(self, day: date, name: str) -> QDateEdit:
        edit = QDateEdit(QDate(day.year, day.month, day.day), self)
        edit.setCalendarPopup(True)
        edit.setAccessibleName(name)
        edit.setMinimumWidth(theme.scaled(180))
        return edit


class ChatPicker(QFrame):
    """A list of conversations to choose one from, with a field to find it among many.

    Signals:
        chosen: Id of the conversation, or "" for all.
    """

    chosen = Signal(str)

    def __init__(self, titles: dict[str, str], current: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with_role(self, "card")
        self._ids = ["", *titles]
        names = QStringListModel([self.tr("All chats"), *(title_words(title) for title in titles.values())], self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(names)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a chat…"))
        self.field.setAccessibleName(self.tr("Find a chat"))
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._take)
        self.view = QListView()
        self.view.setModel(self._shown)
        self.view.setUniformItemSizes(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(self.tr("Chats"))
        colours = theme.current()
        self.view.setStyleSheet(
            f"QListView::item {{ color: {colours.text}; padding: 5px 8px; border-radius: 7px; }}"
            f"QListView::item:hover {{ background: {colours.raised}; }}"
            f"QListView::item:selected {{ background: {colours.accent_soft}; color: {colours.text}; }}"
        )
        self.view.activated.connect(self._take)
        self.view.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addWidget(self.field)
        column.addWidget(self.view)
        if len(titles) == 0:
            column.addWidget(text_label(self.tr("There are no chats yet."), "muted"))
        row = self._ids.index(current) if current in self._ids else 0
        self.view.setCurrentIndex(self._shown.index(row, 0))

    def pop_up(self, corner: QPoint) -> None:
        """Show it with its corner here, moved to stay on the screen."""
        self.resize(theme.scaled(280), theme.scaled(320))
        room = self.screen().availableGeometry()
        x = min(corner.x(), room.right() - self.width())
        y = min(corner.y(), room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def _find(self, words: str) -> None:
        self._shown.setFilterFixedString(words)
        self.view.setCurrentIndex(self._shown.index(0, 0))

    def _take(self) -> None:
        index = self._shown.mapToSource(self.view.currentIndex())
        if index.isValid():
            self.chosen.emit(self._ids[index.row()])
            self.close()


def _to_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _span_words(query: Query) -> str:
    first, last = query.first_day, query.last_day
    if first is not None and first == last:
        return day_words(first)
    begin = day_words(first) if first else ""
    end = day_words(last) if last else ""
    if not begin:
        return tr("until {day}").format(day=end)
    if not end:
        return tr("since {day}").format(day=begin)
    return f"{begin} – {end}"
