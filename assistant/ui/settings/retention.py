"""How long memories are kept: a rule for all and for each space, what is due under them, and forgetting that.

A rule by itself forgets nothing: what is due is shown, and goes when the user says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.errors import HippoError
from assistant.store.records import Conversation, RetentionRule, new_id
from assistant.ui import theme
from assistant.ui.inspector.confirm import ForgetListedDialog
from assistant.ui.inspector.listing import Listing, Query
from assistant.ui.receipts import receipt_lines
from assistant.ui.settings.form import add_row, form_layout, page_column
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.fields import ComboBox, SpinBox
from assistant.ui.widgets.parts import CheckBox, line, push_button, text_label
from assistant.ui.widgets.receipt import ReceiptDialog

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence

    from assistant.conversation.session import Session
    from assistant.memory.forgetting.receipt import Receipt
    from assistant.memory.memory import Memory
    from assistant.memory.retention import Due
    from assistant.store.records import Remembered

USUAL_DAYS = 365


class RuleEdit(QWidget):
    """A choice of how long, and of how many days.

    Signals:
        chosen: A `RetentionRule`, made by the user.
    """

    chosen = Signal(object)

    def __init__(self, space: str | None, rule: RetentionRule | None, *, inherits: bool) -> None:
        """`inherits`: there may be no rule, and then that for everything else holds."""
        super().__init__()
        self._space = space
        self.how = ComboBox()
        if inherits:
            self.how.addItem(self.tr("As everything else"), "")
        for value, words in (
            ("forever", self.tr("For ever")),
            ("until-faded", self.tr("Until they have faded")),
            ("days", self.tr("For a number of days")),
        ):
            self.how.addItem(words, value)
        self.days = SpinBox()
        self.days.setRange(1, 36_500)
        self.days.setGroupSeparatorShown(True)
        self.days.setValue(rule.days if rule is not None and rule.days else USUAL_DAYS)
        self._name_days(self.days.value())
        self.days.setAccessibleName(self.tr("Days"))
        self.days.setKeyboardTracking(False)
        self.how.setCurrentIndex(self.how.findData(rule.keep if rule is not None else "" if inherits else "forever"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        for field in (self.how, self.days):
            column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeading)
        self.how.currentIndexChanged.connect(lambda _at: self._choose())
        self.days.valueChanged.connect(self._name_days)
        self.days.valueChanged.connect(lambda _days: self._choose())
        self.days.setVisible(self.how.currentData() == "days")

    def _name_days(self, days: int) -> None:
        before, _, after = self.tr("%Ln days", n=days).partition(QLocale().toString(days))
        self.days.setPrefix(before)
        self.days.setSuffix(after)

    def _choose(self) -> None:
        keep = self.how.currentData()
        self.days.setVisible(keep == "days")
        days = self.days.value() if keep == "days" else 0
        self.chosen.emit(RetentionRule(id=new_id(), space=self._space, keep=keep, days=days) if keep else self._space)


class ForgetDueDialog(ForgetListedDialog):
    """Shows what is due, and asks. There is no undo."""

    def __init__(self, due: Due, used: Counter[str], titles: dict[str, str], parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ForgetDueDialog", "Forget what is due?")
        super().__init__(title, Listing(Query(), list(due.episodes), {}, used, titles), parent)
        self._due = due
        self._show()

    def _chosen(self) -> Sequence[Remembered]:
        return self._due.episodes

    def _show(self) -> None:
        super()._show()
        words = [self.tr("Summaries and facts that drew on them are rebuilt from what is left.")]
        if self._due.echoes:
            words.append(self.tr("%Ln answers that repeat them go with them.", n=self._due.echoes))
        words.append(self.tr("This cannot be undone."))
        self._consequences.setText(" ".join(words))


class RetentionPage(QWidget):
    """The page.

    Signals:
        memory_changed: Something was forgotten.
        acts_changed: Whether what is due is to be forgotten without being asked.
        built: The rules are shown: their fields can be given the width of the others.
    """

    memory_changed = Signal()
    acts_changed = Signal(bool)
    built = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self.edits: dict[str | None, RuleEdit] = {}
        column = page_column(
            self,
            self.tr(
                "How long Hippo keeps what was said. What is pinned is never touched. A rule first shows below what "
                "is past its time."
            ),
        )
        self._form = form_layout()
        column.addLayout(self._form)
        column.addWidget(line())
        column.addWidget(text_label(self.tr("Due now"), "heading"))
        self._due_words = text_label()
        column.addWidget(self._due_words)
        self.forget_button = push_button(self.tr("Show and forget…"), icon="forget")
        self.forget_button.clicked.connect(lambda: self._ask())
        column.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.acts = CheckBox(self.tr("Forget by itself what is due"))
        self.acts.setChecked(session.settings.memory.forgets_due)
        self.acts.clicked.connect(self._choose_acts)
        column.addWidget(self.acts)
        self._acts_words = text_label(role="small")
        column.addWidget(self._acts_words)
        self._tell_acts()
        self._error = text_label(role="danger")
        self._error.hide()
        column.addWidget(self._error)
        self.forget_button.setEnabled(False)
        self.setEnabled(session.stage == "open")
        if session.stage == "open":
            memory = session.memory
            tasks.run(lambda: _rules_and_spaces(memory), done=self._build, failed=self._fail, owner=self)
            self._look()

    def due_words(self) -> str:
        """What is said to be due."""
        return self._due_words.text()

    def _build(self, known: tuple[list[RetentionRule], list[str]]) -> None:
        rules, spaces = known
        by_space = {rule.space: rule for rule in rules}
        everything = self.tr("Everything else") if spaces else self.tr("Keep memories")
        for space in (*spaces, None):
            edit = RuleEdit(space, by_space.get(space), inherits=space is not None)
            edit.chosen.connect(self._set)
            self.edits[space] = edit
            named = everything if space is None else self.tr("Space “{name}”").format(name=space)
            row = QHBoxLayout()
            row.addWidget(edit)
            add_row(self._form, named, edit.how, row)
        self.built.emit()

    def _set(self, rule: RetentionRule | str) -> None:
        memory = self._session.memory

        def work() -> None:
            if isinstance(rule, RetentionRule):
                memory.set_retention(rule)
            else:
                memory.drop_retention(rule)

        self._error.hide()
        self._tasks.run(work, done=lambda _: self._look(), failed=self._fail, owner=self)

    def _look(self) -> None:
        if self._session.stage == "open":
            memory = self._session.memory
            self._tasks.run(memory.retention_due, done=self._show_due, failed=self._fail, owner=self)

    def _show_due(self, due: Due) -> None:
        count = len(due.episodes)
        words = self.tr("Nothing is past its time.")
        if count:
            words = self.tr("%Ln memories are past their time.", n=count)
        if due.spared:
            words += " " + self.tr("%Ln more would be, but something pinned needs them.", n=due.spared)
        self._due_words.setText(words)
        self.forget_button.setEnabled(bool(count))

    def _choose_acts(self, wanted: bool) -> None:
        """What is due now is shown and goes first: nobody turns this on without having seen what it means."""
        if wanted:
            self.acts.setChecked(False)
            self._ask(self._turn_acts_on)
        else:
            self.acts_changed.emit(False)
        self._tell_acts()

    def _turn_acts_on(self) -> None:
        self.acts.setChecked(True)
        self.acts_changed.emit(True)
        self._tell_acts()

    def _tell_acts(self) -> None:
        asks = self.tr("Hippo tells you when something is past its time, and waits until you say so.")
        acts = self.tr("At the start and then once a day, with a minute to undo it.")
        self._acts_words.setText(acts if self.acts.isChecked() else asks)

    def _ask(self, then: Callable[[], None] = lambda: None) -> None:
        memory = self._session.memory

        def read() -> tuple[Due, Counter[str], dict[str, str]]:
            return memory.retention_due(), memory.used_counts(), _titles(memory)

        self._tasks.run(read, done=lambda found: self._open(*found, then), failed=self._fail, owner=self)

    def _open(self, due: Due, used: Counter[str], titles: dict[str, str], then: Callable[[], None]) -> None:
        if not due.episodes:
            self._show_due(due)
            then()
            return
        dialog = ForgetDueDialog(due, used, titles, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        memory = self._session.memory
        dialog.accepted.connect(
            lambda: self._tasks.run(
                lambda: memory.forget_due(due.ids), done=self._forgotten, failed=self._fail, owner=self
            )
        )
        dialog.accepted.connect(then)
        dialog.open()

    def _forgotten(self, receipt: Receipt) -> None:
        self._look()
        self.memory_changed.emit()
        dialog = ReceiptDialog(receipt_lines(receipt), verified=receipt.verified, when=receipt.when, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _fail(self, error: HippoError) -> None:
        self._error.setText(str(error))
        self._error.show()


def _rules_and_spaces(memory: Memory) -> tuple[list[RetentionRule], list[str]]:
    """The rules, and the names of the spaces that are used or have a rule."""
    rules = memory.retention_rules()
    used = {chat.space for chat in memory.store.all(Conversation)} | {r.space for r in rules if r.space is not None}
    return rules, sorted(space for space in used if space)


def _titles(memory: Memory) -> dict[str, str]:
    return {entry.conversation.id: entry.conversation.title for entry in memory.conversations()}
