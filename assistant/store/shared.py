"""The shared table: sealed rows in a bucket of the user's own, or in another place that LanceDB has a URI for.

Several devices write to it at the same time; LanceDB puts their commits one after the other (on S3 by conditional
writes of the manifest: a server that ignores `If-None-Match` will not do). So nothing here is ever restored, and only
such files are deleted as some older version certainly has and the newest one does not need. What is in a row, and what
becomes of it on a device, is the business of `exchange`.
"""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import InputError, StoreError
from assistant.settings import Sharing
from assistant.store.disk import FAILURES, panics_as_errors
from assistant.store.fragments import Row, as_arrow, as_rows, merge, move, schema, sizes, with_ids, within
from assistant.store.lance import load_lancedb

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_PREFIX = "hippo-"
_S3 = "s3://"
_SMALL_ROWS = 512
_MAX_SMALL_FRAGMENTS = 64
_ROWS_AT_ONCE = 8192
_ABANDONED = timedelta(days=7)
# So that a device without a network notices within some seconds, not minutes.
_PATIENCE = {"connect_timeout": "10s", "timeout": "60s", "client_max_retries": "2", "client_retry_timeout": "20"}


def checked_place(place: Sharing) -> Sharing:
    """The same, if it is one that can be shared.

    Raises:
        InputError: It is neither a bucket nor the absolute path of a folder that is there, or the endpoint is no URL.
    """
    if place.place.startswith(_S3):
        if not place.place.removeprefix(_S3).strip("/"):
            raise InputError("The bucket has no name.", next_step="Give it as s3://bucket/folder.")
        if place.endpoint and urlsplit(place.endpoint).scheme not in ("http", "https"):
            raise InputError("The endpoint is no URL.", next_step="Give it as https://host or http://host:port.")
    elif not Path(place.place).is_absolute() or not Path(place.place).is_dir():
        raise InputError(
            f"{place.place} is neither a bucket nor a folder.",
            next_step="Give a bucket as s3://bucket/folder, or the whole path of a folder that is there.",
        )
    return place


class SharedTable:
    """The rows of one data key at a place. Each verb takes as long as the network does; StoreError where it fails.

    Not for several threads at once; several devices may have one each.
    """

    def __init__(self, place: Sharing, key_id: str, *, replaced: str = "", known: bool = False) -> None:
        """Connect, and make the table if it is missing.

        Args:
            place: Where it is.
            key_id: Of the key that the rows are sealed under.
            replaced: Id of the key that this one has replaced, or "".
            known: This device has exchanged rows with it before, so that it may not be missing.

        Raises:
            StoreError: It cannot be reached, or holds a memory under another key, or is not there any more.
        """
        self._place = place
        self._name = _PREFIX + key_id
        with _network_errors():
            lancedb = load_lancedb()

            self._database = lancedb.connect(place.place, storage_options=_options(place))
            names = self._table_names()
            self._outdated = [name for name in names if name == _PREFIX + replaced]
            if self._name not in names:
                self._refuse_to_make([name for name in names if name not in self._outdated], known)
                with contextlib.suppress(ValueError):  # another device was faster
                    self._database.create_table(self._name, schema=schema())
            self._table = self._database.open_table(self._name)

    def _refuse_to_make(self, others: Sequence[str], known: bool) -> None:
        if others:
            raise StoreError(
                f"The memory at {self._place.place} is sealed with another key.",
                next_step="If it is yours, restore a backup of the other device here; otherwise share another place.",
            )
        if known:
            raise StoreError(
                f"The shared memory at {self._place.place} is not there any more.",
                next_step="Switch sharing off and on again to put it there anew.",
            )

    def rows_after(self, fragment: int) -> tuple[int, list[Row], bool]:
        """What was written since: the rows of fragments after `fragment` (-1: all), some 8,192 at a time.

        Returns:
            The last fragment that they come from, the rows, and whether there are more.
        """
        with _network_errors():
            self._table.checkout_latest()
            later = {number: rows for number, rows in sizes(self._table).items() if number > fragment}
            last, count = fragment, 0
            for number, rows in later.items():
                if count >= _ROWS_AT_ONCE:
                    break
                last, count = number, count + rows
            if last == fragment:
                return fragment, [], False
            condition = f"_rowid >= {(fragment + 1) << 32} AND _rowid < {(last + 1) << 32}"
            rows = self._table.search().where(condition).limit(None).to_arrow()
            return last, as_rows(rows), last != max(later)

    def ids(self) -> set[bytes]:
        """The ids of all rows."""
        with _network_errors():
            return set(self._table.search().select(["id"]).limit(None).to_arrow()["id"].to_pylist())

    def put(self, rows: Sequence[Row]) -> None:
        """Add rows, or replace those of the same ids: one version."""
        with _network_errors():
            merge(self._table, as_arrow(rows), insert=True)
            small = [number for number, count in sizes(self._table).items() if count < _SMALL_ROWS]
            if len(small) > _MAX_SMALL_FRAGMENTS:
                move(self._table, map(within, small))
                self._drop_old_files()

    def remove(self, ids: Sequence[bytes]) -> None:
        """Remove rows, and their bytes from all files. May be repeated after a failure."""
        with _network_errors():
            for condition in with_ids(ids):
                self._table.delete(condition)
            self._table.checkout_latest()
            for number in sorted(sizes(self._table).keys() & self._deletions()):
                move(self._table, [within(number)])
            self._drop_old_files()

    def drop_outdated(self) -> None:
        """Delete the table under the key that this one's has replaced: all of it is here."""
        with _network_errors():
            for name in self._outdated:
                self._database.drop_table(name)
            self._outdated = []

    def _table_names(self) -> list[str]:
        from pyarrow.fs import FileSelector

        files, root = _files_at(self._place)
        found = [Path(file.path) for file in files.get_file_info(FileSelector(root, allow_not_found=True))]
        return [path.stem for path in found if path.suffix == ".lance" and path.name.startswith(_PREFIX)]

    def _deletions(self) -> dict[int, list[str]]:
        """The files that say which rows of a fragment are not there any more, by fragment."""
        files, root = _files_at(self._place)
        found: dict[int, list[str]] = {}
        for file in _in_folder(files, f"{root}/{self._name}.lance/_deletions"):
            found.setdefault(int(file.base_name.split("-")[0]), []).append(file.path)
        return found

    def _drop_old_files(self) -> None:
        """Delete what older versions have and the newest one does not need, those versions last.

        A file that no version names may be part of a commit that another device is about to make: it stays for a week.
        """
        files, root = _files_at(self._place)
        root = f"{root}/{self._name}.lance"
        self._table.checkout_latest()
        manifests = [file.path for file in _in_folder(files, f"{root}/_versions") if file.extension == "manifest"]
        newest, *older = sorted(manifests)  # names count down
        content = _read(files, newest)
        if not content:  # another device is doing the same
            return
        past = b"".join(_read(files, path) for path in older)
        known = sizes(self._table)
        long_ago = datetime.now(UTC) - _ABANDONED
        old = [
            file.path
            for folder in ("data", "_transactions")
            for file in _in_folder(files, f"{root}/{folder}")
            if (name := file.base_name.encode("utf-8")) not in content and (name in past or file.mtime < long_ago)
        ]
        # Fragments of higher numbers may have come meanwhile.
        last = max(known, default=0)
        for number, paths in self._deletions().items():
            old += paths if number not in known and number < last else ()
        for path in (*old, *older):
            with contextlib.suppress(FileNotFoundError):  # another device was faster
                files.delete_file(path)


def _options(place: Sharing) -> dict[str, str] | None:
    if not place.place.startswith(_S3):
        return None
    options = dict(_PATIENCE)
    if place.region:
        options["aws_region"] = place.region
    if place.endpoint:
        options["aws_endpoint"] = place.endpoint
        options["allow_http"] = str(place.endpoint.startswith("http://")).lower()
    return options


def _files_at(place: Sharing) -> "tuple[FileSystem, str]":
    from pyarrow import fs

    if not place.place.startswith(_S3):
        return fs.LocalFileSystem(), place.place
    endpoint = urlsplit(place.endpoint)
    options = {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme} if place.endpoint else {}
    if place.region:
        options["region"] = place.region
    return fs.S3FileSystem(connect_timeout=10, request_timeout=60, **options), place.place.removeprefix(_S3).rstrip("/")


def _in_folder(files: "FileSystem", folder: str) -> "list[FileInfo]":
    from pyarrow.fs import FileSelector

    return [found for found in files.get_file_info(FileSelector(folder, allow_not_found=True)) if found.is_file]


def _read(files: "FileSystem", path: str) -> bytes:
    try:
        with files.open_input_stream(path) as stream:
            return bytes(stream.read())
    except FileNotFoundError:
        return b""


@contextlib.contextmanager
def _network_errors() -> Iterator[None]:
    try:
        with panics_as_errors():
            yield
    except FAILURES as error:
        raise StoreError(
            f"The shared memory could not be reached ({type(error).__name__}).",
            next_step="Check the network, the place and its credentials. Nothing is lost; it is tried again.",
        ) from error
