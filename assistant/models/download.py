"""Downloads that can be stopped at any byte: paused and cut ones go on later, cancelled ones leave nothing.

What is received lies in `.downloads` of the models folder, where nothing looks for models, until every byte of it has
been checked against the hub's own hashes. It does not install anything (see `add`).
"""

import contextlib
import errno
import functools
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

import msgspec

from assistant.errors import HippoError, InputError, ModelError
from assistant.files import make_private_folder
from assistant.models import hub
from assistant.models.hub import CutOffError, HubFile, HubListing
from assistant.models.stops import PausedError, Stops
from assistant.paths import Home

_FOLDER: Final = ".downloads"
_LOCK: Final = ".downloads.lock"
_PLAN: Final = "download.json"
_PART: Final = ".part"
WAITS: Final = (0.0, 1.0, 3.0, 10.0)  # seconds before each further try that brings nothing new
_LOOK_EVERY: Final = 0.1  # seconds
_PIECE: Final = 1 << 22  # bytes hashed between two looks at whether to stop
_TELL_BYTES: Final = 1 << 18  # received between two words on progress, or _LOOK_EVERY on a slow line
_SPARE: Final = 64 * 2**20  # bytes, for others who write meanwhile

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Received:
    """How far a download is: bytes received, and bytes in all."""

    done: int
    total: int


def download(
    home: Home,
    name: str,
    repository: str,
    patterns: Sequence[str],
    *,
    progress: Callable[[int, int], None],
    stops: Stops,
    room: float = 1.0,
    endpoint: str | None = None,
    waits: Sequence[float] = WAITS,
) -> tuple[Path, HubListing]:
    """Receive the files of `repository` that match `patterns`, going on where an earlier try was stopped.

    Args:
        home: Its models folder holds what is received.
        name: What the download is called; one at a time of a name.
        repository: "owner/name" on the hub.
        patterns: See `hub.list_files`.
        progress: Called with bytes received and bytes in all.
        stops: Whether the user wants to stop.
        room: How much room on the disk must be free for what comes after it, as a multiple of its size.
        endpoint: Another address of the hub.
        waits: Seconds before each further try when the connection is lost and nothing came through.

    Returns:
        The folder with the checked files under their names in the repository, and the hub's description of them. It is
        the caller's to remove (`discard`).

    Raises:
        CancelledError: The user cancelled; nothing is left.
        PausedError: The user paused; what was received is kept.
        CutOffError: The connection is gone; what was received is kept.
        ModelError: The hub does not have it, a file was altered on the way, or the disk has no room; nothing is left.
        InputError: It is being downloaded already.
    """
    folder = home.models / _FOLDER / name
    with _alone(home), hub.connected():
        try:
            stops.check()
            listing = _keep_trying(
                lambda: hub.list_files(repository, patterns, endpoint=endpoint), lambda: 0, waits, stops
            )
            _prepare(folder, listing)
            _check_room(folder, listing, room)
            _receive_all(folder, listing, progress, stops, endpoint, waits)
        except (PausedError, CutOffError):
            raise
        except HippoError:
            discard(home, name)
            raise
        except OSError as error:
            discard(home, name)  # a full disk would keep the memory from being written
            raise _unwritable(home.models, error) from error
        return folder, listing


def _receive_all(
    folder: Path,
    listing: HubListing,
    progress: Callable[[int, int], None],
    stops: Stops,
    endpoint: str | None,
    waits: Sequence[float],
) -> None:
    total, before = sum(file.size for file in listing.files), 0
    for file in listing.files:
        target = _place(folder, file)
        if not target.exists():
            receiver = _Receiver(file, target, stops)
            report = functools.partial(_report, progress, before, total)
            pieces = functools.partial(hub.read_file, listing, file, endpoint=endpoint)
            attempt = functools.partial(receiver.read, pieces, report)
            _keep_trying(attempt, functools.partial(getattr, receiver, "size"), waits, stops)
            receiver.finish()
        before += file.size
        progress(before, total)
        stops.check()


def _report(progress: Callable[[int, int], None], before: int, total: int, size: int) -> None:
    progress(before + size, total)


def unfinished(home: Home) -> dict[str, Received]:
    """The downloads that were paused or cut, by name, and how far they are."""
    found = {}
    for plan in sorted((home.models / _FOLDER).glob(f"*/{_PLAN}")):
        listing = _read_plan(plan.parent)
        if listing is not None:
            done = sum(_size(_place(plan.parent, file)) for file in listing.files)
            found[plan.parent.name] = Received(done, sum(file.size for file in listing.files))
    return found


def discard(home: Home, name: str) -> None:
    """Throw away what was received of a download, if anything."""
    if name != Path(name).name or name in ("", ".", ".."):
        return
    folder = home.models / _FOLDER
    shutil.rmtree(folder / name, ignore_errors=True)
    with contextlib.suppress(OSError):  # others are under way, or there never was one
        folder.rmdir()


@contextlib.contextmanager
def _alone(home: Home) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        home.create()
        make_private_folder(home.models)
        lock = FileLock(home.models / _LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError("Another model is being downloaded.", next_step="Wait for it, or pause it.") from None
    except OSError as error:
        raise _unwritable(home.models, error) from error
    try:
        yield
    finally:
        lock.release()


def _keep_trying(
    work: Callable[[], _Result], received: Callable[[], int], waits: Sequence[float], stops: Stops
) -> _Result:
    """Do `work`, again after each lost connection: at once where bytes came through, else after longer waits."""
    left, before = iter(waits), received()
    while True:
        try:
            return work()
        except CutOffError:
            if received() > before:
                left, before = iter(waits), received()
            wait = next(left, None)
            if wait is None:
                raise
            _wait(wait, stops)


def _wait(seconds: float, stops: Stops) -> None:
    end = time.monotonic() + seconds
    stops.check()
    while (rest := end - time.monotonic()) > 0:
        time.sleep(min(rest, _LOOK_EVERY))
        stops.check()


def _prepare(folder: Path, listing: HubListing) -> None:
    """Make `folder` ready to receive `listing`; what an earlier try received is kept if the files are the same."""
    known = _read_plan(folder)
    if known is None or known.files != listing.files:
        shutil.rmtree(folder, ignore_errors=True)
    make_private_folder(folder)
    (folder / _PLAN).write_bytes(msgspec.json.encode(listing))


def _read_plan(folder: Path) -> HubListing | None:
    try:
        return msgspec.json.decode((folder / _PLAN).read_bytes(), type=HubListing)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _check_room(folder: Path, listing: HubListing, room: float) -> None:
    total = sum(file.size for file in listing.files)
    needed = int(total * (1 + room)) - sum(_size(_place(folder, file)) for file in listing.files) + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelError(
            f"The model takes {needed / 1e9:.1f} GB while it is installed, and {free / 1e9:.1f} GB are free.",
            next_step="Make room and try again.",
        )


def _place(folder: Path, file: HubFile) -> Path:
    parts = PurePosixPath(file.name).parts
    if not parts or any(part in ("/", "..", _PLAN) or ":" in part or "\\" in part for part in parts):
        raise ModelError(f"The hub names a file that cannot be kept: {file.name}.")
    return folder.joinpath(*parts)


def _part(target: Path) -> Path:
    return target.with_name(target.name + _PART)


def _size(target: Path) -> int:
    for path in (target, _part(target)):
        with contextlib.suppress(OSError):
            return path.stat().st_size
    return 0


class _Receiver:
    """One file on its way: what is there of it is hashed first, then each piece as it is written."""

    def __init__(self, file: HubFile, target: Path, stops: Stops) -> None:
        self.size = 0
        self._file, self._target, self._stops = file, target, stops
        self._digest = (
            hashlib.sha256() if file.sha256 else hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        part = _part(target)
        if not part.is_file():
            return
        if part.stat().st_size > file.size:
            part.unlink()
            return
        with part.open("rb") as stream:
            while piece := stream.read(_PIECE):
                stops.check()
                self._digest.update(piece)
                self.size += len(piece)

    def read(self, pieces: Callable[[int], Iterator[bytes]], progress: Callable[[int], None]) -> None:
        """Append what `pieces` gives from a byte on."""
        if self.size == self._file.size:
            return
        told, then = self.size, time.monotonic()
        with _part(self._target).open("ab") as stream:
            for piece in pieces(self.size):
                stream.write(piece)
                self._digest.update(piece)
                self.size += len(piece)
                if self.size > self._file.size:
                    break
                if self.size - told >= _TELL_BYTES or time.monotonic() - then >= _LOOK_EVERY:
                    told, then = self.size, time.monotonic()
                    progress(told)
                    self._stops.check()

    def finish(self) -> None:
        """Give the file its name if it is what the hub says."""
        if self.size != self._file.size or self._digest.hexdigest() != (self._file.sha256 or self._file.blob):
            raise ModelError(
                f"{self._target.name} was altered on the way: it is not the file that the hub describes.",
                next_step="Try again; if it happens again, do not trust this connection.",
            )
        _part(self._target).rename(self._target)


def _unwritable(folder: Path, error: OSError) -> ModelError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError("The disk is full: the download does not fit.", next_step="Make room and try again.")
    return ModelError(f"The download cannot be written to {folder} ({error.strerror or type(error).__name__}).")
