"""All there is to know about one memory: its words, where it comes from, when it was used, what it weighs.

Shows what it is given and says by signals what the user wants; `dock.py` does it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from assistant.memory.views import Detail
from assistant.store.records import Episode, Remembered, State, Summary
from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.inspector.editor import MemoryText
from assistant.ui.inspector.words import (
    count_words,
    moment_words,
    state_of,
    state_words,
    title_words,
    who_words,
)
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import ElidedButton, empty, icon_button, line, push_button, text_label, with_role

FIRST_SHOWN = 8
"""So many answers, sources or earlier wordings are listed before "show all"."""

_LINK_EDGE = 5
"""Edge and padding of a link, so that its words can stand below others."""

HEAVIEST = 1.5
"""The most that a memory can weigh (λ + β of the forgetting rule)."""


class DetailPane(QWidget):
    """One memory.

    Attributes:
        record: The memory that is shown, or None.
        text: Its words, editable in place.

    Signals:
        edit_saved: Id and new words.
        state_wanted: Ids and the `State` they should have.
        forget_wanted: Ids.
        open_chat: Conversation and message.
        show_record: Id of another memory to look at.
        back: The user wants to see the list again.
    """

    edit_saved = Signal(str, str)
    state_wanted = Signal(object, object)
    forget_wanted = Signal(object)
    open_chat = Signal(str, str)
    show_record = Signal(str)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: Remembered | None = None
        self._detail: Detail | None = None

        self.back_button = push_button(self.tr("‹  Back to the list"), "quiet")
        self.back_button.setAccessibleName(self.tr("Back to the list"))
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()
        self._who = text_label(role="badge", wrap=False)
        self._state = text_label(role="badge", wrap=False)
        self._when = text_label(role="small", wrap=False)
        badges = FlowLayout()
        for each in (self._who, self._state, self._when):
            badges.addWidget(each)
        self._chat = ElidedButton("")
        set_icon(self._chat, "chat", "accent", 16)
        self._chat.clicked.connect(self._open_source)

        self.text = MemoryText()
        self.text.saved.connect(self._save)
        self.text.cancelled.connect(self._show_actions)
        self.text.cursorPositionChanged.connect(self._follow_cursor)

        self._weight_words = text_label(role="small")
        self._weight = QProgressBar()
        self._weight.setRange(0, 100)
        self._weight.setTextVisible(False)
        self._weight.setAccessibleName(self.tr("Weight"))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(theme.SMALL)

        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(badges)
        column.addWidget(self.text)
        column.addWidget(self._chat)
        QWidget.setTabOrder(self.text, self._chat)
        column.addSpacing(theme.TINY)
        column.addWidget(line())
        column.addWidget(self._weight)
        column.addWidget(self._weight_words)
        column.addLayout(self._sections)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._inner = inner
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.back_button)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(line())
        outer.addWidget(self._make_actions())
        self.clear()

    def _make_actions(self) -> QWidget:
        self.edit_button = push_button(self.tr("Edit"), icon="edit", tip=self.tr("Change the words (F2)"))
        self.edit_button.clicked.connect(self.begin_edit)
        self.pin_button = push_button(self.tr("Pin"), icon="pin")
        self.pin_button.clicked.connect(self._toggle_pin)
        self.fade_button = push_button(self.tr("Fade"), icon="faded")
        self.fade_button.clicked.connect(self._toggle_fade)
        self.forget_button = push_button(
            self.tr("Forget"), icon="forget", tip=self.tr("Remove it for good; can be undone for 10 seconds (Delete)")
        )
        self.forget_button.clicked.connect(self._forget)
        self.save_button = push_button(self.tr("Save"), "primary", tip=self.tr("Ctrl+Enter"))
        self.save_button.clicked.connect(self.text.save)
        self.cancel_button = push_button(self.tr("Cancel"), tip=self.tr("Esc"))
        self.cancel_button.clicked.connect(self.text.cancel)
        self._edit_hint = text_label(self.tr("Ctrl+Enter saves, Esc cancels"), "small", wrap=False)
        actions = QWidget()
        flow = FlowLayout(actions)
        flow.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        for each in (
            self.edit_button,
            self.pin_button,
            self.fade_button,
            self.forget_button,
            self.save_button,
            self.cancel_button,
            self._edit_hint,
        ):
            flow.addWidget(each)
        return actions

    def show_memory(self, record: Remembered, title: str) -> None:
        """Show a memory's own words at once; `show_detail` follows when the memory has answered."""
        changed = self.record is None or self.record.id != record.id
        if not changed and self.text.editing:
            return
        self.record = record
        self._detail = None if changed else self._detail
        self._describe(title)
        if changed:
            empty(self._sections)
            self._weight.hide()
            self._weight_words.setText("")
            self._scroll.verticalScrollBar().setValue(0)

    def show_detail(self, detail: Detail) -> None:
        """Show all there is to know about the memory, if it is still the one that is shown."""
        if self.record is None or detail.record.id != self.record.id or self.text.editing:
            return
        self.record = detail.record
        self._detail = detail
        self._describe(detail.conversation.title if detail.conversation else "")
        self._describe_weight(detail)
        empty(self._sections)
        self._add_usage(detail)
        self._add_sources(detail)
        self._add_history(detail)

    def clear(self) -> None:
        """Show nothing, and keep nothing of what was shown."""
        self.record = None
        self._detail = None
        self.text.show_words("")
        self.text.document().clearUndoRedoStacks()
        self._chat.words = ""
        self._chat.setText("")
        self._chat.setToolTip("")
        self._chat.setAccessibleName("")
        empty(self._sections)
        self._weight.hide()
        self._weight_words.setText("")
        self._show_actions()

    def begin_edit(self) -> None:
        """Let the user change the words."""
        if self.record is None:
            return
        self.text.begin()
        self._show_actions()
        QTimer.singleShot(0, self, self._follow_cursor)

    def _follow_cursor(self) -> None:
        if self.text.editing:
            at = self.text.mapTo(self._inner, self.text.cursorRect().center())
            self._scroll.ensureVisible(at.x(), at.y(), 0, theme.scaled(48))

    def _describe(self, title: str) -> None:
        record = self.record
        assert record is not None  # noqa: S101 - callers have set it
        self._who.setText(who_words(record))
        state = state_of(record)
        corrected = isinstance(record, Summary) and record.corrected
        self._state.setText(self.tr("Corrected by you") if corrected else state_words(state))
        self._state.setVisible(state is not State.ACTIVE or corrected)
        self._when.setText(moment_words(record.time))
        self._chat.words = title_words(title)
        self._chat.setText(self._chat.words)
        self._chat.setToolTip(self.tr("Show it in its chat"))
        self._chat.setAccessibleName(self.tr("Show it in its chat: {title}").format(title=self._chat.words))
        self.text.show_words(record.text)
        self._show_actions()

    def _describe_weight(self, detail: Detail) -> None:
        state = state_of(detail.record)
        is_summary = isinstance(detail.record, Summary)
        self._weight.setVisible(state is State.ACTIVE and not is_summary)
        self._weight.setValue(round(100 * min(1.0, detail.weight / HEAVIEST)))
        if is_summary:
            words = self.tr("Compact memory: it is rebuilt when something that it draws on is edited or forgotten.")
        elif state is State.PINNED:
            words = self.tr("Pinned: it never fades, and recall prefers it.")
        elif state is State.FADED:
            words = self.tr("Faded: recall leaves it out until you restore it.")
        else:
            words = self.tr(
                "Weight {w} of {most}. It sinks with age and rises when an answer uses it; the lightest fade first."
            ).format(w=f"{detail.weight:.2f}", most=f"{HEAVIEST:.1f}")
        self._weight_words.setText(words)

    def _add_usage(self, detail: Detail) -> None:
        uses = sorted(detail.used_in, key=lambda use: use.time, reverse=True)
        if not uses:
            if isinstance(detail.record, Episode):
                self._section(self.tr("Not used in an answer yet"), [])
            return
        rows: list[Callable[[], QWidget]] = []
        for use in uses:
            meta = self.tr("{when} · match {n} %").format(when=moment_words(use.time), n=round(100 * use.score))
            rows.append(
                lambda use=use, meta=meta: self._link(  # type: ignore[misc]
                    use.question or self.tr("An answer"),
                    meta,
                    lambda: self.open_chat.emit(use.conversation, use.answer),
                )
            )
        self._section(
            self.tr("Used in {answers}").format(answers=count_words(len(uses), self.tr("answer"), self.tr("answers"))),
            rows,
        )

    def _add_sources(self, detail: Detail) -> None:
        for heading, records in (
            (self.tr("Drawn from"), detail.sources),
            (self.tr("Summaries that draw on it"), detail.derived),
        ):
            if records:
                self._section(
                    f"{heading} ({len(records)})",
                    [
                        lambda record=record: self._link(  # type: ignore[misc]
                            record.text,
                            f"{who_words(record)} · {moment_words(record.time)}",
                            lambda: self.show_record.emit(record.id),
                        )
                        for record in records
                    ],
                )

    def _add_history(self, detail: Detail) -> None:
        history = detail.record.history if isinstance(detail.record, Episode) else ()
        if history:
            self._section(
                self.tr("Earlier wordings ({n})").format(n=len(history)),
                [
                    lambda revision=revision: self._earlier(  # type: ignore[misc]
                        revision.text, self.tr("until {when}").format(when=moment_words(revision.until))
                    )
                    for revision in reversed(history)
                ],
            )

    def _section(self, heading: str, rows: Sequence[Callable[[], QWidget]]) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(text_label(heading, "muted"))
        for make in rows[:FIRST_SHOWN]:
            column.addWidget(make())
        if len(rows) > FIRST_SHOWN:
            more = push_button(self.tr("Show all {n}").format(n=len(rows)), "link")

            def show_all() -> None:
                more.hide()
                for make in rows[FIRST_SHOWN:200]:
                    column.addWidget(make())

            more.clicked.connect(show_all)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections.addWidget(box)

    def _link(self, words: str, meta: str, follow: Callable[[], None]) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        button = ElidedButton(" ".join(words[:300].split()))
        button.clicked.connect(follow)
        small = text_label(meta, "small")
        small.setContentsMargins(_LINK_EDGE, 0, 0, 0)
        column.addWidget(button)
        column.addWidget(small)
        return row

    def _earlier(self, words: str, meta: str) -> QWidget:
        card = with_role(QFrame(), "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addWidget(text_label(words, "muted", selectable=True))
        column.addWidget(text_label(meta, "small"))
        return card

    def _show_actions(self) -> None:
        editing, record = self.text.editing, self.record
        is_episode = isinstance(record, Episode)
        state = state_of(record) if record is not None else State.ACTIVE
        self.edit_button.setText(self.tr("Edit") if is_episode else self.tr("Correct"))
        self.edit_button.setAccessibleName(self.edit_button.text())
        self.edit_button.setVisible(not editing)
        self.forget_button.setVisible(not editing)
        self.pin_button.setVisible(not editing and is_episode)
        self.fade_button.setVisible(not editing and is_episode)
        self.pin_button.setText(self.tr("Unpin") if state is State.PINNED else self.tr("Pin"))
        self.pin_button.setAccessibleName(self.pin_button.text())
        self.pin_button.setToolTip(
            self.tr("Let it fade like others (Ctrl+P)")
            if state is State.PINNED
            else self.tr("Never fades, and recall prefers it (Ctrl+P)")
        )
        self.fade_button.setText(self.tr("Restore") if state is State.FADED else self.tr("Fade"))
        self.fade_button.setAccessibleName(self.fade_button.text())
        set_icon(self.fade_button, "restore" if state is State.FADED else "faded", "text", 16)
        self.fade_button.setToolTip(
            self.tr("Let recall use it again")
            if state is State.FADED
            else self.tr("Keep it, but leave it out of recall; can be restored at any time")
        )
        for each in (self.save_button, self.cancel_button, self._edit_hint):
            each.setVisible(editing)

    def _save(self, words: str) -> None:
        self._show_actions()
        if self.record is not None:
            self.edit_saved.emit(self.record.id, words)

    def toggle_pin(self) -> None:
        """Pin it, or unpin it."""
        if isinstance(self.record, Episode):
            self._toggle_pin()

    def _toggle_pin(self) -> None:
        self._toggle(State.PINNED)

    def _toggle_fade(self) -> None:
        self._toggle(State.FADED)

    def _toggle(self, state: State) -> None:
        if self.record is not None:
            wanted = State.ACTIVE if state_of(self.record) is state else state
            self.state_wanted.emit([self.record.id], wanted)

    def _forget(self) -> None:
        if self.record is not None:
            self.forget_wanted.emit([self.record.id])

    def _open_source(self) -> None:
        record = self.record
        if isinstance(record, Episode):
            self.open_chat.emit(record.conversation, record.message)
        elif record is not None:
            self.open_chat.emit(record.conversation, "")


class SelectionPane(QWidget):
    """What can be done with several selected memories at once.

    Signals:
        state_wanted: The `State` that they should have.
        forget_wanted: They should be forgotten.
        cleared: Nothing should be selected any more.
    """

    state_wanted = Signal(object)
    forget_wanted = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = text_label(role="heading")
        close = icon_button("close", self.tr("Select nothing"))
        close.clicked.connect(self.cleared)
        top = QHBoxLayout()
        top.addWidget(self._count, 1)
        top.addWidget(close)
        buttons = FlowLayout()
        for words, icon, state in (
            (self.tr("Pin"), "pin", State.PINNED),
            (self.tr("Fade"), "faded", State.FADED),
            (self.tr("Make active"), "restore", State.ACTIVE),
        ):
            button = push_button(words, icon=icon)
            button.clicked.connect(lambda _checked=False, state=state: self.state_wanted.emit(state))
            buttons.addWidget(button)
        self.forget_button = push_button(self.tr("Forget…"), icon="forget")
        self.forget_button.clicked.connect(self.forget_wanted)
        buttons.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(top)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_count(self, words: str) -> None:
        """Say how many are selected."""
        self._count.setText(self.tr("{memories} selected").format(memories=words))
