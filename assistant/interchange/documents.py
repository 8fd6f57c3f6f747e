"""The text of a file that the user attaches: plain text, Markdown, PDF, Word. Reads only; keeps nothing.

The libraries for PDF and Word are loaded with the first such file.
"""

import logging
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from assistant.errors import CancelledError, HippoError, InputError

MOST_BYTES = 50_000_000
"""Size of the largest file that is read."""

MOST_UNPACKED = 400_000_000
"""Size to which a Word file, which is packed, may unpack."""

MOST_CHARACTERS = 2_000_000
"""Longest text that is taken: some 700 pages. More would take minutes to embed, and crowd everything else out."""

PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})
ENDINGS = (*sorted(PLAIN), ".pdf", ".docx")
"""What can be read, by the ends of the files' names."""


@dataclass(frozen=True)
class Page:
    """A page with text. `number` counts from 1; it is 0 where a file has no pages."""

    number: int
    text: str


@dataclass(frozen=True)
class Document:
    """The text of a file.

    Attributes:
        name: The file's own name, without the folder that it lies in.
        pages: Those that hold text, in order.
    """

    name: str
    pages: tuple[Page, ...]

    @property
    def characters(self) -> int:
        """Length of the whole text."""
        return sum(len(page.text) for page in self.pages)


def read_document(
    path: Path,
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """The text of a file.

    Args:
        path: The file.
        progress: Called with the share that is read, 0 to 1.
        cancelled: Asked after each page.

    Raises:
        InputError: The file is not of a kind that can be read, is too large, damaged, encrypted, or holds no text.
        CancelledError: `cancelled` answered true.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(
            f"Hippo cannot read {path.name}.", next_step="It reads text, Markdown, PDF and Word (.docx) files."
        )
    try:
        if not path.is_file():
            raise InputError(f"{path.name} is not a file.")
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.",
                next_step="Attach the part of it that matters.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    with _damage_told(path.name):
        if ending in PLAIN:
            pages = [Page(0, _plain(data, path.name))]
        elif ending == ".pdf":
            pages = list(_pdf(data, path.name, progress, cancelled))
        else:
            pages = [Page(0, _word(data, path.name))]
    return _checked(Document(path.name, tuple(page for page in pages if page.text.strip())), is_pdf=ending == ".pdf")


def _checked(document: Document, *, is_pdf: bool) -> Document:
    if not document.pages:
        if is_pdf:
            raise InputError(
                f"{document.name} holds no text, only pictures of pages.",
                next_step="Attach a version of it with text: many scanners and PDF programs can recognise it.",
            )
        raise InputError(f"{document.name} is empty.")
    if document.characters > MOST_CHARACTERS:
        raise InputError(
            f"{document.name} is too long: {document.characters:,} characters, where {MOST_CHARACTERS:,} fit.",
            next_step="Attach the part of it that matters.",
        )
    return document


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Say of whatever a library stumbles over that the file is damaged."""
    try:
        yield
    except (HippoError, MemoryError):
        raise
    except Exception as error:  # the libraries raise what they like on files that break the rules
        raise InputError(
            f"{name} is damaged, or not what its ending says.",
            next_step="Open it in the program that it comes from, and save it anew.",
        ) from error


def _plain(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        if b"\0" in data:
            raise InputError(f"{name} holds no text.", next_step="Attach a text, Markdown, PDF or Word (.docx) file.")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pdf(data: bytes, name: str, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Iterator[Page]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every small fault
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise InputError(
            f"{name} is locked with a password.", next_step="Open it with its password, and save it without one."
        )
    count, taken = len(reader.pages), 0
    for at, page in enumerate(reader.pages):
        if cancelled():
            raise CancelledError("Reading the file was stopped.")
        text = page.extract_text().strip("\n")
        taken += len(text)
        yield Page(at + 1, text + "\n")
        progress((at + 1) / count)
        if taken > 2 * MOST_CHARACTERS:  # told as too long, without reading the rest
            return


def _word(data: bytes, name: str) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{name} is locked with a password, or of the time before .docx.",
            next_step="Open it in a word processor, and save it as .docx without a password.",
        )
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise InputError(f"{name} is too large when it is unpacked.")
    import mammoth

    text: str = mammoth.extract_raw_text(BytesIO(data)).value
    return text.strip("\n").replace("\n\n", "\n") + "\n" if text.strip() else ""
