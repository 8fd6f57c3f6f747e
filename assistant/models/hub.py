"""The model hub (huggingface.co), through `huggingface_hub`: what a repository holds, and the bytes of a file.

The one part of Hippo that opens network connections, and only in the thread in which the user's download runs (see
`assistant.offline`). It knows no folders and writes nothing: see `download`. No account is used, and nothing is sent
but the names of the repository and the file.
"""

import contextlib
import fnmatch
import os
from collections.abc import Iterator, Sequence
from typing import Any, Final, NoReturn

import msgspec

from assistant import offline
from assistant.errors import ModelError

_TIMEOUT: Final = 10.0  # seconds without a byte; also how long a stop may take on a line that is dead
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})  # HTTP statuses after which another try makes sense


class CutOffError(ModelError):
    """The connection did not come about or broke off; another try may go on from there."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to the model hub was lost.",
            next_step="Download it again: it goes on from what was received.",
        )


class HubFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the hub describes it.

    Attributes:
        name: Its path in the repository.
        size: In bytes.
        sha256: Of its content, in hexadecimal; "" for small files, of which the hub keeps `blob` only.
        blob: Git's name of its content: the SHA-1 of "blob", the size, a zero byte and the content.
    """

    name: str
    size: int
    sha256: str = ""
    blob: str = ""


class HubListing(msgspec.Struct, frozen=True, kw_only=True):
    """The `files` wanted from a `repository`, as they are at the commit `revision`."""

    repository: str
    revision: str
    files: tuple[HubFile, ...]


@contextlib.contextmanager
def connected() -> Iterator[None]:
    """Allow this thread to talk to the hub, and close all connections afterwards."""
    with offline.permitted():
        try:
            yield
        finally:
            _library().close_session()


def list_files(repository: str, patterns: Sequence[str], *, endpoint: str | None = None) -> HubListing:
    """What `repository` says about the files that match `patterns`, each of exactly one file, in the patterns' order.

    Call it within `connected`.

    Raises:
        CutOffError: There is no connection.
        ModelError: The hub does not have the repository or such a file, or says nothing to check it by.
    """
    hub = _library()
    with _told_plainly(repository):
        info = hub.HfApi(endpoint=endpoint, token=False).model_info(
            repository, files_metadata=True, timeout=_TIMEOUT, token=False
        )
    siblings = info.siblings or []
    found = []
    for pattern in patterns:
        fitting = [file for file in siblings if fnmatch.fnmatchcase(file.rfilename.lower(), pattern.lower())]
        if len(fitting) != 1:
            raise ModelError(
                f"{repository} has {len(fitting) or 'no'} files like {pattern}: it was changed.",
                next_step="Choose another model, or download a GGUF file yourself and add it.",
            )
        found.append(_described(repository, fitting[0]))
    return HubListing(repository=repository, revision=str(info.sha or "main"), files=tuple(found))


def look_up(repository: str, patterns: Sequence[str], *, endpoint: str | None = None) -> HubListing:
    """What `list_files` says, for showing sizes before anything is downloaded. This connects to the network.

    Raises:
        CutOffError, ModelError: As in `list_files`.
    """
    with connected():
        return list_files(repository, patterns, endpoint=endpoint)


def _described(repository: str, sibling: Any) -> HubFile:
    sha256, blob = str(sibling.lfs.sha256) if sibling.lfs else "", str(sibling.blob_id or "")
    if not isinstance(sibling.size, int) or sibling.size < 0 or not (sha256 or blob):
        raise ModelError(f"{repository} says nothing to check {sibling.rfilename} by, so it was not downloaded.")
    return HubFile(name=sibling.rfilename, size=sibling.size, sha256=sha256.lower(), blob=blob.lower())


def read_file(listing: HubListing, file: HubFile, start: int, *, endpoint: str | None = None) -> Iterator[bytes]:
    """The bytes of `file` from byte `start` on, in pieces as they come. Call and exhaust it within `connected`.

    Raises:
        CutOffError: The connection broke off, or ended early.
        ModelError: The hub refuses.
    """
    hub = _library()
    url = hub.hf_hub_url(listing.repository, file.name, revision=listing.revision, endpoint=endpoint)
    headers = hub.utils.build_hf_headers(token=False, library_name="hippo")
    headers |= {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    left = file.size - start
    with (
        _told_plainly(listing.repository),
        hub.utils.get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT) as response,
    ):
        hub.utils.hf_raise_for_status(response)
        skip = start if response.status_code == 200 else 0  # a server may not know ranges
        for piece in response.iter_bytes():
            wanted = piece[skip:]
            skip = max(skip - len(piece), 0)
            if wanted:
                left -= len(wanted)
                yield wanted
    if left > 0:
        raise CutOffError


def _library() -> Any:
    # Before its first import: it would report its use, and ask a server which programs to report.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import huggingface_hub

    return huggingface_hub


@contextlib.contextmanager
def _told_plainly(repository: str) -> Iterator[None]:
    """Turn the library's failures into ours."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.OfflineModeIsEnabled as error:
        raise ModelError(
            "Downloads are switched off on this machine (HF_HUB_OFFLINE is set).", next_step="Unset it and try again."
        ) from error
    except errors.HfHubHTTPError as error:
        _refused(repository, error)
    except httpx2.RequestError as error:
        raise CutOffError from error


def _refused(repository: str, error: Any) -> NoReturn:
    from huggingface_hub import errors

    status = error.response.status_code
    if status in _BUSY:
        raise CutOffError from error
    if isinstance(error, errors.GatedRepoError):
        why = "it wants an account and consent to its terms"
    elif isinstance(error, errors.RepositoryNotFoundError | errors.RemoteEntryNotFoundError):
        why = "it is not there any more"
    else:
        why = f"status {status}"
    raise ModelError(
        f"The model hub does not give out {repository}: {why}.",
        next_step="Choose another model, or download a GGUF file yourself and add it.",
    ) from error
