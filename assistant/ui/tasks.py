"""The one doorway from the window to slow work: lanes of one thread each, and results back on the UI thread.

The `store` lane serialises everything that touches the session, so no lock is ever reasoned about in the window.
The `model` lane is where answers are generated. In the `network` lane models are downloaded, in the `library` lane
they are made ready: both may take hours, and neither touches the session's memory. In the `files` lane the
text of files is read that the user attaches. Not for timers, and not for anything that touches a widget.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from assistant.errors import HippoError
from assistant.ui.below import translate_error

T = TypeVar("T")
P = TypeVar("P")
Lane = Literal["store", "model", "network", "library", "files"]

PIECES_EVERY_MS = 25
"""Pieces of a stream are gathered for this long before the UI thread sees them."""

SWITCH_SECONDS = 0.0001
"""How long a lane may go on with Python's interpreter when the UI thread wants it. Each step from Qt into Python and
back waits anew, and one repaint has hundreds: with Python's own 5 ms, the window stood still beside a busy lane."""

_log = logging.getLogger("assistant.ui")


@dataclass
class _Job:
    """One piece of work on its way, and what to call on the UI thread when it is over."""

    owner: QObject | None
    done: Callable[[Any], None] | None
    failed: Callable[[HippoError], None] | None
    each: Callable[[list[Any]], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    pieces: list[Any] = field(default_factory=list)
    woken: bool = False

    def wanted(self) -> bool:
        return self.owner is None or isValid(self.owner)


class Tasks(QObject):
    """Runs work away from the UI thread.

    Attributes:
        inline: Work runs at once on the calling thread (tests).
        closing: `close` has been called; long work should ask this and stop.

    Signals:
        busy: True when the first piece of work starts, False when none is left.
        trouble: A `HippoError` for which nobody gave a `failed`.
    """

    busy = Signal(bool)
    trouble = Signal(object)
    _over = Signal(object, object, object)
    _woken = Signal(object)

    def __init__(self, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inline = inline
        self.closing = False
        self._under_way = 0
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._over.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._woken.connect(self._schedule_pieces, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        lane: Lane = "store",
        done: Callable[[T], None] | None = None,
        failed: Callable[[HippoError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` on a lane, after everything that was given to that lane before.

        Args:
            work: What to do; touches no widget.
            lane: Which thread does it.
            done: Called on the UI thread with what `work` returned.
            failed: Called on the UI thread with a foreseen failure, or with a general one that names no content, in
                the user's language.
            owner: When this is destroyed first, neither is called.
        """
        self._start(lambda _job: work(), _Job(owner, done, failed), lane)

    def stream(
        self,
        work: Callable[[Callable[[P], None]], T],
        *,
        each: Callable[[list[P]], None],
        lane: Lane = "model",
        done: Callable[[T], None] | None = None,
        failed: Callable[[HippoError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work`, which hands out pieces while it works.

        Args:
            work: Gets a function `emit`, to be called with each piece.
            each: Called on the UI thread with the pieces since the last call, in order, at most 40 times a second;
                the last call comes before `done` or `failed`.
            lane: As in `run`, like the arguments that follow.
            done: As in `run`.
            failed: As in `run`.
            owner: As in `run`.
        """
        self._start(lambda job: work(lambda piece: self._emit(job, piece)), _Job(owner, done, failed, each), lane)

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Finish what was given to the store lane, then do `last` there; stop the other lanes. Nothing is delivered."""
        self.closing = True
        model = self._lanes.pop("model", None)
        if model is not None:
            model.shutdown(wait=True, cancel_futures=True)
        store = self._lanes.pop("store", None)
        if last is not None and store is not None:
            store.submit(last)
        elif last is not None:
            last()
        if store is not None:
            store.shutdown(wait=True)
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._lanes.clear()

    def _start(self, work: Callable[[_Job], Any], job: _Job, lane: Lane) -> None:
        if self.closing:
            return
        self._under_way += 1
        if self._under_way == 1:
            self.busy.emit(True)
        if self.inline:
            result, error = _attempt(work, job)
            self._finish(job, result, error)
            return
        if lane not in self._lanes:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._lanes[lane] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane)

        def deliver(future: "Future[tuple[Any, HippoError | None]]") -> None:
            if not future.cancelled() and not self.closing:
                self._over.emit(job, *future.result())

        self._lanes[lane].submit(_attempt, work, job).add_done_callback(deliver)

    def _emit(self, job: _Job, piece: Any) -> None:
        if self.inline:
            if job.each is not None and job.wanted():
                job.each([piece])
            return
        with job.lock:
            job.pieces.append(piece)
            wake, job.woken = not job.woken, True
        if wake and not self.closing:
            self._woken.emit(job)

    def _schedule_pieces(self, job: _Job) -> None:
        QTimer.singleShot(PIECES_EVERY_MS, self, lambda: self._hand_over(job))

    def _hand_over(self, job: _Job) -> None:
        with job.lock:
            pieces, job.pieces, job.woken = job.pieces, [], False
        if pieces and job.each is not None and job.wanted() and not self.closing:
            job.each(pieces)

    def _finish(self, job: _Job, result: Any, error: HippoError | None) -> None:
        self._hand_over(job)
        self._under_way -= 1
        if not self._under_way:
            self.busy.emit(False)
        if self.closing or not job.wanted():
            return
        if error is not None:
            translate_error(error)
        if error is None:
            if job.done is not None:
                job.done(result)
        elif job.failed is not None:
            job.failed(error)
        else:
            self.trouble.emit(error)


def _attempt(work: Callable[[_Job], Any], job: _Job) -> tuple[Any, HippoError | None]:
    try:
        return work(job), None
    except HippoError as error:
        return None, error
    except Exception as error:  # noqa: BLE001 - the last resort of the window: shown in general words
        where = traceback.extract_tb(error.__traceback__)[-1]
        _log.warning("unforeseen %s at %s:%s", type(error).__name__, where.filename, where.lineno)
        return None, HippoError(
            QCoreApplication.translate("Tasks", "Something went wrong inside Hippo."),
            next_step=QCoreApplication.translate("Tasks", "Try again; if it stays, please report: {what}.").format(
                what=f"{type(error).__name__}, {where.name}"
            ),
        )
