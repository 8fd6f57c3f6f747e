"""The card of a model of the catalogue: what it needs, where it comes from, and how far its download is."""

from __future__ import annotations

from assistant.models.catalogue import CatalogueEntry
from assistant.models.download import Received
from assistant.ui.below import translated
from assistant.ui.models.card import Card
from assistant.ui.models.jobs import download_key
from assistant.ui.models.words import memory_words, parameter_words, size_words
from assistant.ui.models.work import ModelWork
from assistant.ui.widgets.parts import with_role


class EntryCard(Card):
    """The card.

    Attributes:
        entry: What it shows.
        download_button, resume_button, discard_button, pause_button, cancel_button: What can be done.
    """

    def __init__(self, entry: CatalogueEntry, work: ModelWork) -> None:
        super().__init__(entry.name)
        self.entry = entry
        self._work, self._key = work, download_key(entry.id)
        self.add_line(translated(entry.summary), "")
        self.add_line(" · ".join((entry.family, parameter_words(entry.parameters), entry.licence)))
        self._memory = self.add_line()
        self._source = self.add_line(f"huggingface.co/{entry.repository}", selectable=True)
        self._source.setAccessibleName(self.tr("Source: {place}").format(place=self._source.text()))
        self.download_button = self.add_act(self.tr("Download"), self._download, "")
        self.resume_button = self.add_act(self.tr("Resume"), self._download, "")
        self.discard_button = self.add_act(self.tr("Throw away what was received"), lambda: work.discard(entry))
        self.pause_button = self.add_act(self.tr("Pause"), lambda: work.pause(self._key), "")
        self.cancel_button = self.add_act(self.tr("Cancel"), lambda: work.cancel(self._key))

    def fits(self, memory: float) -> bool:
        """Whether a computer with so many GB of memory (0: unknown) can hold it."""
        return not memory or self.entry.memory < memory

    def show_state(self, *, installed: bool, received: Received | None, memory: float) -> None:
        """Show how things stand.

        Args:
            installed: Whether it is there already.
            received: How far an unfinished download is.
            memory: GB of memory that this computer has; 0 where it does not tell.
        """
        work, job = self._work, self._work.jobs.get(self._key)
        self._show_needs(memory, installed=installed)
        self.show_badge(self.tr("installed") if installed else "")
        self.show_note(None if installed else work.notes.get(self._key))
        if job is not None:
            self.show_job(job, self.tr("Downloading {name}").format(name=self.name))
            for button in (self.pause_button, self.cancel_button):
                button.setEnabled(not job.stopping)
            pausable = job.stage in ("connect", "download")
            self.show_acts(*([self.pause_button] if pausable else []), self.cancel_button)
        elif installed:
            self.show_job(None)
            self.show_acts()
        elif received is not None and received.total:
            words = self.tr("{done} of {total} received; it goes on from there.")
            words = words.format(done=size_words(received.done), total=size_words(received.total))
            self.show_part(received.done / received.total, words)
            self.show_acts(self.resume_button, self.discard_button)
        else:
            self.show_job(None)
            self.show_acts(self.download_button)

    def _show_needs(self, memory: float, *, installed: bool) -> None:
        needs = memory_words(self.entry.memory)
        if not memory:
            words = self.tr("Needs about {needs} of memory.").format(needs=needs)
        elif self.fits(memory):
            words = self.tr("Needs about {needs} of memory; this computer has {has}.")
        else:
            words = self.tr("Needs about {needs} of memory, more than the {has} that this computer has.")
        words = words.format(needs=needs, has=memory_words(memory))
        size = self._work.sizes.get(self.entry.id)
        if size is not None and not installed:
            words += " " + self.tr("The download is {size}.").format(size=size_words(size))
        self._memory.setText(words)
        with_role(self._memory, "small" if self.fits(memory) else "warning")
        self._memory.show()

    def _download(self) -> None:
        self._work.download(self.entry)
