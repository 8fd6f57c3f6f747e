"""Questions before forgetting much at once: what is selected, all that match, everything.

Each can still be undone for 10 seconds.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assistant.store.records import Fact, Remembered
from assistant.ui import theme
from assistant.ui.inspector.listing import Listing
from assistant.ui.inspector.memory_table import MemoryTable
from assistant.ui.inspector.notes import Note
from assistant.ui.inspector.rows import MemoryRows
from assistant.ui.inspector.words import counted, tr
from assistant.ui.widgets.parts import CheckBox, RadioButton, push_button, text_label, with_role


class _Question(QDialog):
    """A title, a body, and a way out beside the dangerous button."""

    def __init__(self, title: str, action: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.heading = text_label(title, "heading")
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SMALL)
        self.cancel_button = push_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.forget_button = push_button(action, "danger", icon="forget")
        self.forget_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.heading)
        column.addLayout(self.body, 1)
        column.addLayout(buttons)


class ForgetListedDialog(_Question):
    """Shows what would be forgotten, and asks. Subclasses say what that is, and call `_show` when it is known."""

    def __init__(self, title: str, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(title, self.tr("Forget"), parent)
        self._listing = listing
        self._rows = MemoryRows(self)
        self._frame = with_role(QFrame(), "card")
        self.table = MemoryTable(self._rows, text_lines=1)
        self.table.setAccessibleName(self.tr("What would be forgotten"))
        self._nothing = Note()
        self._nothing.say("memory", "", self.tr("No memory contains the words you typed. Choose above what to forget."))
        self._nothing.hide()
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.addWidget(self.table)
        inside.addWidget(self._nothing)
        self.body.addWidget(self._frame, 1)
        self._consequences = text_label(role="muted")
        self.body.addWidget(self._consequences)
        self.resize(theme.scaled(520), theme.scaled(460))

    def records(self) -> list[Remembered]:
        """What to forget."""
        return list(self._chosen())

    def _chosen(self) -> Sequence[Remembered]:
        raise NotImplementedError

    def _show(self) -> None:
        chosen = self._chosen()
        self._rows.show(Listing(self._listing.query, chosen, {}, self._listing.used, self._listing.titles))
        self.table.setVisible(bool(chosen))
        self._nothing.setVisible(not chosen)
        only_facts = bool(chosen) and all(isinstance(record, Fact) for record in chosen)
        drawn = self.tr("Summaries and facts that drew on them are rebuilt from what is left.")
        kept = self.tr("The messages that they came from stay.")
        undo = self.tr("You can undo this for 10 seconds.")
        self._consequences.setText(f"{kept if only_facts else drawn} {undo}")
        words = self.tr("Forget {memories}").format(memories=counted(chosen)) if chosen else self.tr("Forget")
        self.forget_button.setText(words)
        self.forget_button.setAccessibleName(words)
        self.forget_button.setEnabled(bool(chosen))


class ForgetSelectedDialog(ForgetListedDialog):
    """Asks before several selected memories are forgotten. `listing` holds those, and no others."""

    def __init__(self, listing: Listing, parent: QWidget | None = None) -> None:
        count = counted(listing.records)
        super().__init__(tr("Forget {n}?").format(n=count), listing, parent)
        self._show()

    def _chosen(self) -> Sequence[Remembered]:
        return self._listing.records


class ForgetMatchingDialog(ForgetListedDialog):
    """Asks before all that match are forgotten.

    With words to search for there are two readings: memories that contain the words, and everything that the list
    shows, also what is only close in meaning. The first one is offered; if it is empty, the user has to choose.
    """

    def __init__(self, listing: Listing, containing: list[Remembered] | None, parent: QWidget | None = None) -> None:
        super().__init__(tr("Forget all that match?"), listing, parent)
        self._listed = list(listing.records)
        self._containing = containing
        self.only_words: RadioButton | None = None
        self.all_listed: RadioButton | None = None
        if containing is not None:
            self.only_words = RadioButton(
                self.tr("Those that contain the words you typed ({n})").format(n=len(containing))
            )
            self.all_listed = RadioButton(
                self.tr("All that are listed, also those only close in meaning ({n})").format(n=len(self._listed))
            )
            group = QButtonGroup(self)
            for row, button in enumerate((self.only_words, self.all_listed)):
                group.addButton(button)
                self.body.insertWidget(row, button)
            self.only_words.setEnabled(bool(containing))
            self.only_words.setChecked(bool(containing))
            QWidget.setTabOrder(self.only_words, self.all_listed)
            QWidget.setTabOrder(self.all_listed, self.table)
            group.buttonToggled.connect(lambda _button, _on: self._show())
        self._show()

    def _chosen(self) -> Sequence[Remembered]:
        if self._containing is None or self.only_words is None or self.all_listed is None:
            return self._listed
        if self.only_words.isChecked():
            return self._containing
        return self._listed if self.all_listed.isChecked() else ()


class ForgetEverythingDialog(_Question):
    """Asks for typed words before everything is forgotten."""

    def __init__(self, amount: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Forget everything?"), self.tr("Forget everything"), parent)
        self.words = self.tr("forget everything")
        self.body.addWidget(
            text_label(
                self.tr(
                    "All chats and all memories ({counted}) will be removed for good, and the keys with them: copies "
                    "of the files can never be opened again. Your settings and the models stay. Hippo then starts "
                    "as on the first day."
                ).format(counted=amount)
            )
        )
        self.with_backups = CheckBox(self.tr("Delete the backups that Hippo knows of, too"))
        self.with_backups.setChecked(True)
        self.body.addWidget(self.with_backups)
        self.body.addWidget(text_label(self.tr("Type “{words}” to go on:").format(words=self.words)))
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Type “{words}”").format(words=self.words))
        self.field.textChanged.connect(self._check)
        self.body.addWidget(self.field)
        self.body.addWidget(text_label(self.tr("You can undo this for 10 seconds."), "muted"))
        self.body.addStretch(1)
        self.forget_button.setEnabled(False)
        self.field.returnPressed.connect(self.forget_button.click)
        width = theme.scaled(440)
        layout = self.layout()
        self.resize(width, layout.heightForWidth(width) if layout is not None else width)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self, typed: str) -> None:
        self.forget_button.setEnabled(" ".join(typed.split()).casefold() == self.words.casefold())
