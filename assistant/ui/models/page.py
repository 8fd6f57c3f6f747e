"""The page of models: those that are installed, those that the user brings, and those that can be downloaded.

It shows; the work is `ModelWork`'s and goes on when the page is closed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.models.card import Card
from assistant.ui.models.drop_area import DropArea, dropped_paths
from assistant.ui.models.entry_card import EntryCard
from assistant.ui.models.installed_card import InstalledCard
from assistant.ui.models.jobs import add_key, download_key, model_key
from assistant.ui.models.shelf import Shelf
from assistant.ui.models.work import HUB_KEY, ModelWork
from assistant.ui.settings.form import page_column
from assistant.ui.widgets.fields import name_buttons_of
from assistant.ui.widgets.parts import CheckBox, line, push_button, text_label, with_role

if TYPE_CHECKING:
    from assistant.conversation.session import Session


class AddingCard(Card):
    """A file or folder that is being added, or could not be.

    Attributes:
        stop_button, again_button, dismiss_button: What can be done.
    """

    def __init__(self, path: Path, work: ModelWork) -> None:
        super().__init__(path.name)
        self._work, self._key = work, add_key(str(path))
        self.add_line(str(path.parent))
        self.stop_button = self.add_act(self.tr("Cancel"), lambda: work.cancel(self._key))
        self.again_button = self.add_act(self.tr("Try again"), lambda: work.add(path))
        self.dismiss_button = self.add_act(self.tr("Dismiss"), lambda: work.dismiss(self._key))

    def show_state(self) -> None:
        """Show how things stand."""
        job = self._work.jobs.get(self._key)
        self.show_job(job, self.tr("Adding {name}").format(name=self.name))
        self.show_note(self._work.notes.get(self._key))
        if job is None:
            self.show_acts(self.again_button, self.dismiss_button)
        else:
            self.stop_button.setEnabled(not job.stopping)
            self.show_acts(self.stop_button)


class ModelsPage(QWidget):
    """The page.

    Attributes:
        installed: The cards of installed models, by id.
        entries: The cards of the catalogue, by id.
        adding: The cards of what is being added or could not be, by key.
        search: Narrows both lists.
        area: Where a model of one's own is given.
        sizes_button: Looks up how large the downloads are.
        fitting: Whether only what fits this computer is shown.
    """

    def __init__(self, session: Session, work: ModelWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = work
        self.installed: dict[str, InstalledCard] = {}
        self.entries: dict[str, EntryCard] = {}
        self.adding: dict[str, AddingCard] = {}
        self._first = session.model_in_use
        self.setAcceptDrops(True)
        column = page_column(
            self, self.tr("One of these models answers you. Change it at any time: your memory stays.")
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a model…"))
        self.search.setAccessibleName(self.tr("Find a model"))
        self.search.setClearButtonEnabled(True)
        name_buttons_of(self.search, self.tr("Empty the search"))
        self.search.textChanged.connect(lambda _: self._show_found())
        column.addWidget(self.search)
        self._problem = _Notice()
        column.addWidget(self._problem)
        column.addWidget(text_label(self.tr("On this computer"), "heading"))
        self._blank = text_label("", "muted")
        column.addWidget(self._blank)
        self._installed_column = _cards(column)
        column.addWidget(line())
        column.addWidget(text_label(self.tr("Add your own"), "heading"))
        self.area = DropArea()
        self.area.given.connect(work.add)
        column.addWidget(self.area)
        self._adding_column = _cards(column)
        column.addWidget(line())
        self._build_catalogue(column)
        work.changed.connect(self._show)
        work.moved.connect(self._move)
        self._show()
        work.refresh()

    def problem_words(self) -> str:
        """What is shown as wrong with the model that was chosen, or ""."""
        return self._problem.words()

    def _build_catalogue(self, column: QVBoxLayout) -> None:
        column.addWidget(text_label(self.tr("Download"), "heading"))
        column.addWidget(text_label(self._network_words(), "muted"))
        self.sizes_button = push_button(self.tr("Look up download sizes"))
        self.sizes_button.clicked.connect(self._work.look_up)
        column.addWidget(self.sizes_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._hub_note = text_label()
        column.addWidget(self._hub_note)
        self.fitting = CheckBox(self.tr("Show only what fits this computer"))
        self.fitting.toggled.connect(lambda _: self._show_found())
        column.addWidget(self.fitting)
        self._none_found = text_label(self.tr("No model of the catalogue is like this."), "muted")
        column.addWidget(self._none_found)
        self._entries_column = _cards(column)
        QTimer.singleShot(0, self, self._build_entry)

    def _build_entry(self) -> None:
        """Build the next card of the catalogue: one at a time, so that the window never waits for all of them."""
        entry = next((entry for entry in self._work.entries if entry.id not in self.entries), None)
        if entry is not None:
            self.entries[entry.id] = card = EntryCard(entry, self._work)
            self._entries_column.addWidget(card)
            self._show_entry(card, self._work.shelf)
            self._show_found()
            QTimer.singleShot(0, self, self._build_entry)

    def _network_words(self) -> str:
        when = self.tr(
            "Downloading is the only time Hippo uses the network, and it does so only when you press a button here."
        )
        if "://" in self._session.settings.sharing.place:
            when = self.tr(
                "Apart from the place where your devices share their memory, downloading is the only time Hippo uses "
                "the network, and it does so only when you press a button here."
            )
        what = self.tr(
            "It asks the model hub huggingface.co for the files of the model by name. The hub sees the address of "
            "your connection, as every site does. It learns nothing of you, your chats or your memory. What comes is "
            "checked against the hub's checksums before it is used."
        )
        return f"{when} {what}"

    # Showing

    def _show(self) -> None:
        work, shelf = self._work, self._work.shelf
        problem = self._session.model_problem
        self._problem.show_words("" if problem is None else str(problem))
        self._show_installed(shelf)
        self._show_adding()
        looking = work.looking_up
        busy = looking or any(job.kind == "download" for job in work.jobs.values())
        self.sizes_button.setEnabled(not busy)
        self.sizes_button.setText(self.tr("Asking huggingface.co…") if looking else self.tr("Look up download sizes"))
        note = work.notes.get(HUB_KEY)
        self._hub_note.setVisible(note is not None)
        if note is not None:
            self._hub_note.setText(note.words)
            with_role(self._hub_note, note.tone)
        for card in self.entries.values():
            self._show_entry(card, shelf)
        memory = shelf.memory if shelf is not None else 0
        self.fitting.setVisible(any(memory and entry.memory >= memory for entry in work.entries))
        self._show_found()

    def _show_installed(self, shelf: Shelf | None) -> None:
        # The one in use when the page opened stands first; cards do not move while somebody looks.
        models = sorted(shelf.installed if shelf is not None else (), key=lambda model: model.id != self._first)
        self._blank.setText(
            self.tr("Looking for models…")
            if shelf is None
            else self.tr("None is ready yet. The built-in one is prepared when Hippo first needs it.")
        )
        self._blank.setVisible(not models)
        wanted = {model.id: model for model in models}
        for name in [name for name, card in self.installed.items() if wanted.get(name) != card.model]:
            self._drop(self.installed.pop(name))
        for at, model in enumerate(models):
            if model.id not in self.installed:
                self.installed[model.id] = card = InstalledCard(model, self._work)
                self._installed_column.insertWidget(at, card)
            self._show_model(self.installed[model.id], shelf)

    def _show_model(self, card: InstalledCard, shelf: Shelf | None) -> None:
        session, model = self._session, card.model
        speed = shelf.speeds.get(model.id) if shelf is not None else None
        card.show_state(in_use=model.id == session.model_in_use, ready=session.models_ready, speed=speed)

    def _show_entry(self, card: EntryCard, shelf: Shelf | None) -> None:
        found = shelf.find(card.entry.id) if shelf is not None else None
        card.show_state(
            installed=found is not None and found.origin.startswith(card.entry.repository),
            received=shelf.unfinished.get(card.entry.id) if shelf is not None else None,
            memory=shelf.memory if shelf is not None else 0.0,
        )

    def _show_adding(self) -> None:
        start = add_key("")
        keys = [key for key in {**self._work.jobs, **self._work.notes} if key.startswith(start)]
        for key in [key for key in self.adding if key not in keys]:
            self._drop(self.adding.pop(key))
        for key in keys:
            if key not in self.adding:
                self.adding[key] = AddingCard(Path(key.removeprefix(start)), self._work)
                self._adding_column.addWidget(self.adding[key])
            self.adding[key].show_state()

    def _move(self, key: str) -> None:
        for name, card in self.installed.items():
            if model_key(name) == key:
                self._show_model(card, self._work.shelf)
        for name, entry in self.entries.items():
            if download_key(name) == key:
                self._show_entry(entry, self._work.shelf)
        if key in self.adding:
            self.adding[key].show_state()

    def _show_found(self) -> None:
        words = self.search.text().casefold().split()
        memory = self._work.shelf.memory if self._work.shelf is not None else 0.0
        only = self.fitting.isChecked() and not self.fitting.isHidden()

        def fits(text: str) -> bool:
            return all(word in text.casefold() for word in words)

        for card in self.installed.values():
            model = card.model
            card.setVisible(fits(f"{model.name} {model.id} {model.architecture} {model.licence}"))
        for each in self.entries.values():
            entry = each.entry
            found = fits(f"{entry.name} {entry.family} {entry.licence} {entry.repository} {entry.summary}")
            each.setVisible(found and (not only or each.fits(memory)))
        built = len(self.entries) == len(self._work.entries)
        self._none_found.setVisible(built and all(card.isHidden() for card in self.entries.values()))

    def _drop(self, card: Card) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and (focus is card or card.isAncestorOf(focus)):
            self.area.file_button.setFocus(Qt.FocusReason.OtherFocusReason)
        card.hide()
        card.deleteLater()

    # Qt

    def hideEvent(self, event: QHideEvent) -> None:
        """Measurements end with the page."""
        super().hideEvent(event)
        self._work.page_closed()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.area.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.area.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.area.light(False)
        event.acceptProposedAction()
        for path in dropped_paths(event.mimeData()):
            self._work.add(path)


class _Notice(QFrame):
    """Words on a ground that stands out; hidden where there are none."""

    def __init__(self) -> None:
        super().__init__()
        with_role(self, "notice")
        self._label = text_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.addWidget(self._label)

    def words(self) -> str:
        return "" if self.isHidden() else self._label.text()

    def show_words(self, words: str) -> None:
        self._label.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


def _cards(column: QVBoxLayout) -> QVBoxLayout:
    cards = QVBoxLayout()
    cards.setSpacing(theme.SMALL)
    column.addLayout(cards)
    return cards
