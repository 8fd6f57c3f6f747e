"""The card of a model that is installed: what it is, how fast it is here, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMessageBox

from assistant.models.installed import Installed
from assistant.models.speed import Speed
from assistant.ui.models.card import Card
from assistant.ui.models.jobs import model_key
from assistant.ui.models.words import size_words, speed_words
from assistant.ui.models.work import ModelWork
from assistant.ui.widgets.parts import with_role


class InstalledCard(Card):
    """The card.

    Attributes:
        model: What it shows.
        use_button, measure_button, check_button, remove_button, stop_button: What can be done.
    """

    def __init__(self, model: Installed, work: ModelWork) -> None:
        super().__init__(model.name)
        self.model = model
        self._work = work
        local = QLocale()
        facts = [size_words(model.size), self.tr("sees {n} tokens").format(n=local.toString(model.context))]
        facts.append(model.licence or self.tr("licence not stated"))
        if model.built_in:
            facts.insert(0, self.tr("comes with Hippo"))
        self.add_line(" · ".join(facts))
        if model.origin:
            self.add_line(f"huggingface.co/{model.origin.partition('@')[0]}")
        self._speed = self.add_line()
        self.use_button = self.add_act(self.tr("Use"), self._use, "")
        self.measure_button = self.add_act(self.tr("Measure speed"), lambda: work.measure(self.model))
        self.check_button = self.add_act(self.tr("Check"), lambda: work.check(self.model))
        self.check_button.setToolTip(self.tr("Read every byte of it and look for damage"))
        self.remove_button = self.add_act(self.tr("Remove…"), self._ask_remove)
        self.stop_button = self.add_act(self.tr("Stop"), lambda: work.cancel(model_key(self.model.id)))

    def show_state(self, *, in_use: bool, ready: bool, speed: Speed | None) -> None:
        """Show how things stand.

        Args:
            in_use: Whether it is the one that answers.
            ready: Whether the one that answers is loaded.
            speed: As measured on this computer.
        """
        job = self._work.jobs.get(model_key(self.model.id))
        self.show_badge((self.tr("in use") if ready else self.tr("getting ready…")) if in_use else "")
        words = self.tr("Its speed on this computer was not measured yet.")
        self._speed.setText(speed_words(speed.read, speed.write) if speed else words)
        self._speed.setHidden(job is not None and job.kind == "measure")
        self.show_note(self._work.notes.get(model_key(self.model.id)))
        self.show_job(job, self.name)
        if job is not None:
            self.stop_button.setEnabled(not job.stopping)
            self.show_acts(*([self.stop_button] if job.kind == "measure" else []))
            return
        self.measure_button.setText(self.tr("Measure again") if speed else self.tr("Measure speed"))
        self.remove_button.setEnabled(not in_use)
        self.remove_button.setToolTip(self.tr("Let another model answer first.") if in_use else "")
        shown = [] if in_use else [self.use_button]
        shown += [self.measure_button, self.check_button]
        self.show_acts(*shown, *([] if self.model.built_in else [self.remove_button]))

    def _use(self) -> None:
        self._work.use(self.model)

    def _ask_remove(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Remove a model"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove {name}?").format(name=self.name))
        box.setInformativeText(
            self.tr("{size} are freed. Your chats and memories stay; to use it again, it has to be added anew.").format(
                size=size_words(self.model.size)
            )
        )
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        with_role(remove, "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda button: self._work.remove(self.model) if button is remove else None)
        box.open()
