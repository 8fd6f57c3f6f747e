"""The work of the model library. It belongs to the window, not to the page: a download goes on when the page closes.

The network is used in two places only, `download` and `look_up`, and both are for the user's own press of a button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from assistant.errors import CancelledError, HippoError
from assistant.models.add import Step, add_from_catalogue, add_path
from assistant.models.catalogue import CatalogueEntry, catalogue
from assistant.models.download import WAITS, discard
from assistant.models.hub import CutOffError, connected, list_files
from assistant.models.installed import Installed, damaged_files, ensure_chosen_model, remove_model
from assistant.models.speed import measure_speed
from assistant.models.stops import PausedError, Stops
from assistant.ui.below import translate_error
from assistant.ui.models.jobs import Job, Kind, Note, Stage, add_key, download_key, model_key
from assistant.ui.models.shelf import Shelf, read_shelf
from assistant.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from assistant.conversation.session import Session

HUB_KEY = "hub"
"""The key of the note on looking up sizes."""


class ModelWork(QObject):
    """What is done with models, one thing of a kind after another.

    Attributes:
        entries: What can be downloaded.
        shelf: What there is; None before the first look.
        jobs: What is under way or waits, by key.
        notes: What became of earlier work, by key, until it is tried again or dismissed.
        sizes: Bytes of a download, by the id of the entry, as far as they were looked up.
        looking_up: Whether sizes are being looked up.

    Signals:
        changed: What there is, what is under way, or a note is another.
        moved: The work with this key is further.
        chosen: The model with this id is to answer ("" is the built-in one).
        added: This model (`Installed`) is ready to use.
    """

    changed = Signal()
    moved = Signal(str)
    chosen = Signal(str)
    added = Signal(object)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        entries: Sequence[CatalogueEntry] | None = None,
        endpoint: str | None = None,
        waits: Sequence[float] = WAITS,
    ) -> None:
        """Nothing is read before `refresh`.

        Args:
            session: Whose models folder it is.
            tasks: The doorway to slow work.
            parent: What it ends with.
            entries: Instead of the catalogue.
            endpoint: Another address of the hub.
            waits: As in `assistant.models.download.download`.
        """
        super().__init__(parent)
        self.entries = catalogue() if entries is None else tuple(entries)
        self.shelf: Shelf | None = None
        self.jobs: dict[str, Job] = {}
        self.notes: dict[str, Note] = {}
        self.sizes: dict[str, int] = {}
        self.looking_up = False
        self._session = session
        self._home = session.home
        self._tasks = tasks
        self._endpoint = endpoint
        self._waits = waits

    @property
    def online(self) -> bool:
        """Whether the network is in use."""
        return self.looking_up or any(job.stage in ("connect", "download") for job in self.jobs.values())

    def refresh(self) -> None:
        """Look at what there is anew."""
        home = self._home

        def show(shelf: Shelf) -> None:
            self.shelf = shelf
            self.changed.emit()

        self._tasks.run(lambda: read_shelf(home), done=show, owner=self)

    def download(self, entry: CatalogueEntry) -> None:
        """Download a model and add it, from where an earlier try stopped."""
        job = self._begin(download_key(entry.id), "download", entry.name)
        if job is None:
            return
        home, tasks, endpoint, waits = self._home, self._tasks, self._endpoint, self._waits
        # When Hippo closes, a download is paused; what is only to be prepared yet is finished.
        stops = Stops(cancelled=job.cancel.is_set, paused=lambda: job.pause.is_set() or tasks.closing)

        def work(emit: Callable[[Step | None], None]) -> Installed:
            emit(None)
            return add_from_catalogue(home, entry, progress=emit, stops=stops, endpoint=endpoint, waits=waits)

        def each(steps: list[Step | None]) -> None:
            step = steps[-1]
            if step is None:
                job.stage = "connect"
            else:
                job.stage, job.share = step.stage, step.share
                if step.stage == "download":
                    job.receive(step.done, step.total)
            self.moved.emit(job.key)

        self._run(job, work, each, "network", self.added.emit)

    def pause(self, key: str) -> None:
        """Stop a download for now: what was received is kept."""
        if key in self.jobs:
            self.jobs[key].pause.set()
            self.moved.emit(key)

    def cancel(self, key: str) -> None:
        """Stop it for good; of a download or an addition nothing is left. What waits is only taken off the list."""
        job = self.jobs.get(key)
        if job is None:
            return
        job.cancel.set()
        if job.stage == "wait":
            del self.jobs[key]
            self.changed.emit()
        else:
            self.moved.emit(key)

    def discard(self, entry: CatalogueEntry) -> None:
        """Throw away what was received of a download that is not under way."""
        home, key = self._home, download_key(entry.id)
        if key not in self.jobs:
            self.notes.pop(key, None)
            self._tasks.run(lambda: discard(home, entry.id), lane="library", done=lambda _: self.refresh(), owner=self)

    def look_up(self) -> None:
        """Ask the hub how large the downloads are."""
        if self.looking_up:
            return
        self.looking_up = True
        self.notes.pop(HUB_KEY, None)
        entries, endpoint, tasks = self.entries, self._endpoint, self._tasks

        def work(emit: Callable[[tuple[str, int | HippoError]], None]) -> None:
            with connected():
                for entry in entries:
                    if tasks.closing:
                        return
                    try:
                        listing = list_files(entry.repository, entry.files, endpoint=endpoint)
                    except CutOffError:
                        raise
                    except HippoError as error:
                        emit((entry.id, error))
                    else:
                        emit((entry.id, sum(file.size for file in listing.files)))

        def each(found: list[tuple[str, int | HippoError]]) -> None:
            for name, size in found:
                if isinstance(size, HippoError):
                    translate_error(size)
                    self.notes[download_key(name)] = Note(str(size))
                else:
                    self.sizes[name] = size
            self.changed.emit()

        def over(error: HippoError | None) -> None:
            self.looking_up = False
            if error is not None:
                words = self.tr("The model hub cannot be reached. Check the connection and try again.")
                self.notes[HUB_KEY] = Note(words if isinstance(error, CutOffError) else str(error))
            self.changed.emit()

        tasks.stream(work, each=each, lane="network", done=lambda _: over(None), failed=over, owner=self)
        self.changed.emit()

    def add(self, path: Path) -> None:
        """Add a model that the user has."""
        job = self._begin(add_key(str(path)), "add", path.name)
        if job is None:
            return
        home, stopped = self._home, self._stopped(job)

        def work(emit: Callable[[float], None]) -> Installed:
            emit(0.0)
            return add_path(home, path, progress=emit, cancelled=stopped)

        self._run(job, work, self._share_of(job, "prepare"), "library", self.added.emit)

    def use(self, model: Installed) -> None:
        """Let this model answer, if it is undamaged."""
        home, name = self._home, "" if model.built_in else model.id
        job = self._begin(model_key(model.id), "use", model.name)
        if job is not None:

            def work(_emit: Callable[[float], None]) -> None:
                if name:
                    ensure_chosen_model(home, name)

            self._run(job, work, lambda _: None, "library", lambda _: self.chosen.emit(name))

    def measure(self, model: Installed) -> None:
        """Measure how fast a model is here, while no answer is written."""
        job = self._begin(model_key(model.id), "measure", model.name)
        if job is None:
            return
        stopped = self._stopped(job)

        def work(emit: Callable[[float], None]) -> None:
            emit(0.0)
            measure_speed(model.folder, progress=emit, cancelled=stopped)

        self._run(job, work, self._share_of(job, "work"), "model", lambda _: None)

    def check(self, model: Installed) -> None:
        """Read every byte of a model and look for damage."""
        job = self._begin(model_key(model.id), "check", model.name)
        if job is None:
            return

        def work(emit: Callable[[float | None], None]) -> list[str]:
            emit(None)
            return damaged_files(model)

        def done(damaged: list[str]) -> None:
            note = Note(self.tr("Checked: every byte is as it was when it was installed."), "success")
            if damaged:
                words = self.tr("Damaged: {files}.").format(files=", ".join(damaged))
                mend = self.tr("Remove it and add it again.")
                if model.built_in and not model.folder.is_relative_to(self._home.models):
                    mend = self.tr("Install Hippo again; your memory stays as it is.")
                elif model.built_in:
                    mend = self.tr("Close Hippo and delete the folder {folder}: it is made anew at the next start.")
                    mend = mend.format(folder=model.folder)
                note = Note(f"{words} {mend}")
            self.notes[job.key] = note

        self._run(job, work, self._share_of(job, "work"), "library", done)

    def remove(self, model: Installed) -> None:
        """Delete a model from the disk."""
        home = self._home
        job = self._begin(model_key(model.id), "remove", model.name)
        if job is not None:

            def work(emit: Callable[[float | None], None]) -> None:
                emit(None)
                remove_model(home, model.id, cancelled=self._stopped(job))

            self._run(job, work, self._share_of(job, "work"), "library", lambda _: None)

    def dismiss(self, key: str) -> None:
        """Take a note away."""
        if self.notes.pop(key, None) is not None:
            self.changed.emit()

    def page_closed(self) -> None:
        """Nobody looks any more: stop measuring, for which answers wait, and drop the good news."""
        self.notes = {key: note for key, note in self.notes.items() if note.tone != "success"}
        for job in list(self.jobs.values()):
            if job.kind == "measure":
                self.cancel(job.key)

    def model_changed(self) -> None:
        """The model that answers is another, or is ready now."""
        self.changed.emit()

    # How work begins and ends

    def _begin(self, key: str, kind: Kind, name: str) -> Job | None:
        if key in self.jobs:
            return None
        self.notes.pop(key, None)
        self.jobs[key] = job = Job(key, kind, name)
        self.changed.emit()
        return job

    def _run(
        self,
        job: Job,
        work: Callable[[Callable[[Any], None]], Any],
        each: Callable[[list[Any]], None],
        lane: Lane,
        done: Callable[[Any], None],
    ) -> None:
        def begin(emit: Callable[[Any], None]) -> Any:
            if job.cancel.is_set():  # while it waited
                raise CancelledError(self.tr("It was not begun."))
            return work(emit)

        def forget() -> None:
            if self.jobs.get(job.key) is job:
                del self.jobs[job.key]

        def over(result: Any) -> None:
            forget()
            done(result)
            self.refresh()

        def failed(error: HippoError) -> None:
            forget()
            if isinstance(error, CutOffError):
                words = self.tr("The connection was lost. What was received is kept.")
                self.notes[job.key] = Note(words, "warning")
            elif not isinstance(error, CancelledError | PausedError):
                self.notes[job.key] = Note(str(error))
            self.refresh()

        self._tasks.stream(begin, each=each, lane=lane, done=over, failed=failed, owner=self)

    def _stopped(self, job: Job) -> Callable[[], bool]:
        tasks = self._tasks
        return lambda: job.cancel.is_set() or tasks.closing

    def _share_of(self, job: Job, stage: Stage) -> Callable[[list[float | None]], None]:
        def each(shares: list[float | None]) -> None:
            job.stage, job.share = stage, shares[-1]
            self.moved.emit(job.key)

        return each
