"""All there is to know about one memory: its words, where it comes from, what followed from it, what it weighs.

Shows what it is given and says by signals what the user wants; `dock.py` does it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from assistant.store.records import Episode, Fact, Remembered, Standing, State, Summary
from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.inspector.closeup import CloseUp
from assistant.ui.inspector.curve import SalienceCurve, weight_words
from assistant.ui.inspector.editor import MemoryText
from assistant.ui.inspector.matter import Conflict, MatterLine
from assistant.ui.inspector.sections import card, link, section
from assistant.ui.inspector.words import (
    moment_words,
    place_words,
    span_words,
    standing_words,
    state_of,
    state_words,
    stretch_words,
    subject_words,
    who_words,
    why_words,
)
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import ElidedButton, empty, line, push_button, text_label


class DetailPane(QWidget):
    """One memory.

    Attributes:
        record: The memory that is shown, or None.
        text: Its words, editable in place.

    Signals:
        edit_saved: Id and new words.
        state_wanted: Ids and the `State` they should have.
        forget_wanted: Records.
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
        self._shown: CloseUp | None = None

        self.back_button = push_button(self.tr("‹  Back to the list"), "quiet")
        self.back_button.setAccessibleName(self.tr("Back to the list"))
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()
        self._who = text_label(role="badge", wrap=False)
        self._standing = text_label(role="badge", wrap=False)
        self._state = text_label(role="badge", wrap=False)
        self._when = text_label(role="small", wrap=False)
        badges = FlowLayout()
        for each in (self._who, self._standing, self._state, self._when):
            badges.addWidget(each)
        self._chat = ElidedButton("")
        set_icon(self._chat, "chat", "accent", 16)
        self._chat.clicked.connect(self._open_source)

        self.text = MemoryText()
        self.text.saved.connect(self._save)
        self.text.cancelled.connect(self._show_actions)
        self.text.cursorPositionChanged.connect(self._follow_cursor)

        self._about = text_label(role="small")
        self._curve = SalienceCurve()
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
        column.addWidget(self._about)
        column.addWidget(self._curve)
        column.addLayout(self._sections)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("The memory and where it comes from"))
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
        theme.notifier().changed.connect(self._restyle)
        self.clear()

    def _make_actions(self) -> QWidget:
        self.edit_button = push_button(self.tr("Edit"), icon="edit", tip=self.tr("Change the words (F2)"))
        self.edit_button.clicked.connect(self.begin_edit)
        self.pin_button = push_button(self.tr("Pin"), icon="pin")
        self.pin_button.clicked.connect(self._toggle_pin)
        self.fade_button = push_button(self.tr("Fade"), icon="faded")
        self.fade_button.clicked.connect(self._toggle_fade)
        self.forget_button = push_button(self.tr("Forget"), icon="forget")
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
        """Show a memory's own words at once; `show_closeup` follows when the memory has answered."""
        changed = self.record is None or self.record.id != record.id
        if not changed and self.text.editing:
            return
        self.record = record
        self._shown = None if changed else self._shown
        self._describe(title)
        if changed:
            empty(self._sections)
            self._curve.hide()
            self._about.setText("")
            self._scroll.verticalScrollBar().setValue(0)

    def show_closeup(self, shown: CloseUp) -> None:
        """Show all there is to know about the memory, if it is still the one that is shown."""
        detail = shown.detail
        if self.record is None or detail.record.id != self.record.id or self.text.editing:
            return
        self.record = detail.record
        self._shown = shown
        self._describe(detail.conversation.title if detail.conversation else "")
        self._describe_hold(shown)
        empty(self._sections)
        for box in (
            *self._matter(shown),
            *self._sources(shown),
            *self._conclusions(shown),
            *self._usage(shown),
            *self._links(shown),
            *self._history(shown),
        ):
            self._sections.addWidget(box)

    def clear(self) -> None:
        """Show nothing, and keep nothing of what was shown."""
        self.record = None
        self._shown = None
        self.text.show_words("")
        self.text.document().clearUndoRedoStacks()
        self._chat.words = ""
        self._chat.setText("")
        self._chat.setToolTip("")
        self._chat.setAccessibleName("")
        empty(self._sections)
        self._curve.show_curve((), None)
        self._curve.hide()
        self._about.setText("")
        self._show_actions()

    def begin_edit(self) -> None:
        """Let the user change the words."""
        if self.record is None or state_of(self.record) is State.ASIDE:
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
        corrected = isinstance(record, Summary | Fact) and record.corrected
        badges = [state_words(state)] if state is not State.ACTIVE else []
        badges += [self.tr("Corrected by you")] if corrected else []
        self._state.setText(" · ".join(badges))
        self._state.setVisible(bool(badges))
        over = isinstance(record, Fact) and record.standing is not Standing.CURRENT
        self._standing.setText(self._standing_words(record))
        self._standing.setVisible(over)
        self._restyle()
        self._when.setText(self._when_words(record))
        in_chat = bool(record.conversation)
        self._chat.setVisible(in_chat)
        self._chat.words = place_words(record, title) if in_chat else ""
        self._chat.setText(self._chat.words)
        self._chat.setToolTip(self.tr("Show it in its chat"))
        self._chat.setAccessibleName(self.tr("Show it in its chat: {title}").format(title=self._chat.words))
        self.text.show_words(record.text)
        self._show_actions()

    def _restyle(self) -> None:
        """What is disputed is tinted as a warning, calmly."""
        colours = theme.current()
        tint = f"color: {colours.warning}; background: {colours.warning_soft};" if self._is_disputed() else ""
        self._standing.setStyleSheet(f"QLabel {{ {tint} }}")

    def _standing_words(self, record: Remembered) -> str:
        if not isinstance(record, Fact):
            return ""
        return self.tr("Disputed") if record.standing is Standing.DISPUTED else self.tr("No longer true")

    def _is_disputed(self) -> bool:
        return isinstance(self.record, Fact) and self.record.standing is Standing.DISPUTED

    def _when_words(self, record: Remembered) -> str:
        if isinstance(record, Fact):
            return self.tr("last said {when}").format(when=moment_words(record.time))
        if isinstance(record, Summary) and record.conversation and record.level > 1:
            return f"{stretch_words(record)} · {moment_words(record.time)}"
        return moment_words(record.time)

    def _describe_hold(self, shown: CloseUp) -> None:
        """What keeps it, and until when: the salience of what was said, the validity of a fact."""
        detail = shown.detail
        record = detail.record
        weighed = isinstance(record, Episode) and state_of(record) is State.ACTIVE
        self._curve.show_curve(detail.curve if weighed else (), detail.fades_in if shown.fading_on else None)
        self._curve.setVisible(weighed and shown.fading_on and not shown.bears_a_fact)
        if isinstance(record, Summary):
            words = self.tr(
                "Compact memory: it is rebuilt when something that it draws on is edited or forgotten. "
                "What you correct in it stays."
            )
        elif isinstance(record, Fact):
            words = self._hold_of_fact(record, shown)
        else:
            words = weight_words(shown)
        self._about.setText(words)

    def _hold_of_fact(self, fact: Fact, shown: CloseUp) -> str:
        about = [subject_words(fact)]
        if fact.standing is Standing.DISPUTED:
            about.append(
                self.tr("something else was said too")
                if shown.rivals
                else self.tr("what contradicted it is being forgotten")
            )
        elif fact.standing is Standing.SUPERSEDED:
            about.append(self.tr("held {span}").format(span=span_words(fact)))
        else:
            about.append(standing_words(fact))
        keeping = {
            State.PINNED: self.tr("Pinned: recall prefers it. "),
            State.FADED: self.tr("Faded: recall leaves it out until you restore it. "),
        }.get(fact.state, "")
        stays = self.tr("Forgetting a fact keeps the messages that it came from.")
        return f"{' · '.join(about)}\n{keeping}{stays}"

    def _matter(self, shown: CloseUp) -> list[QWidget]:
        """The facts of the same matter: what contradicts this one, and what held before and after it."""
        record, boxes = shown.detail.record, list[QWidget]()
        if not isinstance(record, Fact):
            return boxes
        if shown.rivals:
            disputed = [fact for fact in shown.matter if fact.standing is Standing.DISPUTED]
            conflict = Conflict(disputed, record.id)
            conflict.chosen.connect(self.show_record)
            known = {fact.id: fact for fact in disputed}
            conflict.settled.connect(lambda ids: self.forget_wanted.emit([known[i] for i in ids]))
            boxes.append(conflict)
        if len(shown.matter) > len(shown.rivals) + 1:
            matter = MatterLine(shown.matter, record.id)
            matter.chosen.connect(self.show_record)
            boxes.append(section(self.tr("How this changed"), [lambda: matter]))
        return boxes

    def _sources(self, shown: CloseUp) -> list[QWidget]:
        records = shown.detail.sources
        if not records:
            return []
        told = isinstance(shown.detail.record, Fact)
        heading = self.tr("Told in ({n})") if told else self.tr("Drawn from ({n})")
        return [section(heading.format(n=len(records)), [self._to_record(record) for record in records])]

    def _conclusions(self, shown: CloseUp) -> list[QWidget]:
        """What was derived from an episode: first what is taken for true, then where it is summed up."""
        derived = shown.detail.derived
        facts = [each for each in derived if isinstance(each, Fact)]
        summaries = [each for each in derived if isinstance(each, Summary)]
        boxes = []
        if facts:
            heading = self.tr("What Hippo concluded from it ({n})").format(n=len(facts))
            boxes.append(section(heading, [self._to_record(fact) for fact in facts]))
        if summaries:
            heading = self.tr("Summaries that draw on it ({n})").format(n=len(summaries))
            boxes.append(section(heading, [self._to_record(summary) for summary in summaries]))
        return boxes

    def _usage(self, shown: CloseUp) -> list[QWidget]:
        uses = shown.detail.used_in
        if not uses:
            used = not isinstance(shown.detail.record, Summary)
            return [section(self.tr("Not used in an answer yet"), [])] if used else []
        rows: list[Callable[[], QWidget]] = []
        for use in uses:
            meta = self.tr("{when} · match {n} %").format(when=moment_words(use.time), n=round(100 * use.score))
            rows.append(
                lambda use=use, meta=meta: link(  # type: ignore[misc]
                    use.question or self.tr("An answer"),
                    meta,
                    lambda: self.open_chat.emit(use.conversation, use.answer),
                )
            )
        return [section(self.tr("Used in %Ln answers", n=len(uses)), rows)]

    def _links(self, shown: CloseUp) -> list[QWidget]:
        rows = [self._to_record(linked.record, why_words(linked.why)) for linked in shown.linked]
        return [section(self.tr("Belongs together with"), rows)] if rows else []

    def _history(self, shown: CloseUp) -> list[QWidget]:
        record = shown.detail.record
        history = record.history if isinstance(record, Episode | Fact) else ()
        rows: list[Callable[[], QWidget]] = [
            lambda revision=revision: card(  # type: ignore[misc]
                revision.text, self.tr("until {when}").format(when=moment_words(revision.until))
            )
            for revision in reversed(history)
        ]
        return [section(self.tr("Earlier wordings ({n})").format(n=len(history)), rows)] if rows else []

    def _to_record(self, record: Remembered, *more: str) -> Callable[[], QWidget]:
        when = standing_words(record) if isinstance(record, Fact) else moment_words(record.time)
        meta = " · ".join((*more, who_words(record), when))
        return lambda: link(record.text, meta, lambda: self.show_record.emit(record.id))

    def _show_actions(self) -> None:
        editing, record = self.text.editing, self.record
        is_episode = isinstance(record, Episode)
        has_state = isinstance(record, Episode | Fact)
        state = state_of(record) if record is not None else State.ACTIVE
        can_change = state is not State.ASIDE
        self.edit_button.setText(self.tr("Edit") if is_episode else self.tr("Correct"))
        self.edit_button.setAccessibleName(self.edit_button.text())
        self.edit_button.setVisible(not editing and can_change)
        self.forget_button.setVisible(not editing)
        self.pin_button.setVisible(not editing and has_state and can_change)
        self.fade_button.setVisible(not editing and has_state and can_change)
        self.forget_button.setToolTip(
            self.tr("Remove the fact for good; the messages that it came from stay (Delete)")
            if isinstance(record, Fact)
            else self.tr("Remove it for good; can be undone for 10 seconds (Delete)")
        )
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
        if isinstance(self.record, Episode | Fact) and self.record.state is not State.ASIDE:
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
            self.forget_wanted.emit([self.record])

    def _open_source(self) -> None:
        record = self.record
        source = record
        if isinstance(record, Fact) and self._shown is not None and self._shown.detail.sources:
            source = self._shown.detail.sources[-1]
        if isinstance(source, Episode):
            self.open_chat.emit(source.conversation, source.message)
        elif record is not None and record.conversation:
            self.open_chat.emit(record.conversation, "")
