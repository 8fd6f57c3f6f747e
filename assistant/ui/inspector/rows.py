"""The rows of the inspector's lists as Qt models. A row's words are made when it is painted, not before."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assistant.store.records import State, Summary
from assistant.ui.inspector.listing import Compact, Listing
from assistant.ui.inspector.words import count_words, day_words, state_of, state_words, title_words, tr, who_words

Index = QModelIndex | QPersistentModelIndex

SNIPPET = 360
"""Characters of a text that a row looks at."""

_BEFORE_MATCH = 40


@dataclass(frozen=True)
class Line:
    """What one row shows.

    Attributes:
        icon: Name of its icon, and `tint` which colour of the palette it has.
        heading: A first line in bold, or "".
        text: The words; shown muted if `faint`.
        meta: The small line below.
        marks: Words to mark in the text, in lower case.
        score: How well it matched the search, 0 to 1, or None.
    """

    icon: str
    tint: str
    text: str
    meta: str
    heading: str = ""
    faint: bool = False
    marks: tuple[str, ...] = ()
    score: float | None = None


class Rows(QAbstractListModel):
    """A list of lines. Subclasses say how many there are and what each one shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def size(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def line(self, row: int) -> Line:
        """What a row shows."""
        raise NotImplementedError

    def record_id(self, row: int) -> str:
        """The id of the record behind a row, or "" where there is none."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks how many rows there are."""
        return 0 if parent.isValid() else self.size()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks for the words of a row: shown, or read aloud."""
        if not index.isValid() or not 0 <= index.row() < self.size():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.line(index.row()).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            line = self.line(index.row())
            return ". ".join(part for part in (line.heading, line.text, line.meta) if part)
        return None


class MemoryRows(Rows):
    """The memories of a listing.

    Attributes:
        listing: What it shows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing = Listing()
        self._marks: tuple[str, ...] = ()

    def show(self, listing: Listing) -> None:
        """Show another listing."""
        self.beginResetModel()
        self.listing = listing
        self._marks = tuple(word for word in re.findall(r"\w+", listing.query.words.casefold()) if len(word) > 1)
        self.endResetModel()

    def size(self) -> int:
        """How many memories there are."""
        return len(self.listing.records)

    def record_id(self, row: int) -> str:
        """The memory's id."""
        return self.listing.records[row].id

    def row_of(self, record_id: str) -> int | None:
        """Where a memory stands, or None."""
        return next((row for row, record in enumerate(self.listing.records) if record.id == record_id), None)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Where these memories stand, in order; those that are not listed are left out."""
        return [row for row, record in enumerate(self.listing.records) if record.id in ids] if ids else []

    def line(self, row: int) -> Line:
        """What a row shows."""
        listing = self.listing
        record = listing.records[row]
        state = state_of(record)
        icon, tint = ("memory" if isinstance(record, Summary) else "chat"), "muted"
        if state is State.PINNED:
            icon, tint = "pin", "accent"
        elif state is State.FADED:
            icon = "faded"
        parts = [who_words(record), day_words(record.time.astimezone().date())]
        if state is not State.ACTIVE:
            parts.append(state_words(state).lower())
        parts.append(title_words(listing.titles.get(record.conversation, "")))
        if uses := listing.used.get(record.id, 0):
            parts.append(tr("used {n}×").format(n=uses))
        return Line(
            icon=icon,
            tint=tint,
            text=snippet(record.text, self._marks),
            meta=" · ".join(parts),
            faint=state is State.FADED,
            marks=self._marks,
            score=listing.scores.get(record.id),
        )


class SummaryRows(Rows):
    """The compact memory of each conversation.

    Attributes:
        lines: What it shows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Compact] = ()

    def show(self, lines: Sequence[Compact]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def size(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def record_id(self, row: int) -> str:
        """The summary's id, or ""."""
        summary = self.lines[row].summary
        return summary.id if summary else ""

    def line(self, row: int) -> Line:
        """What a row shows."""
        compact = self.lines[row]
        entry, summary = compact.entry, compact.summary
        parts = [count_words(entry.messages, tr("message"), tr("messages"))]
        parts.append(day_words(entry.last.astimezone().date()))
        if summary is not None and summary.level > 1:
            parts.append(tr("summary of summaries"))
        if summary is not None and summary.corrected:
            parts.append(tr("corrected by you"))
        return Line(
            icon="memory",
            tint="accent" if summary is not None and summary.corrected else "muted",
            heading=title_words(entry.conversation.title),
            text=snippet(summary.text, ()) if summary else tr("Nothing summed up yet."),
            meta=" · ".join(parts),
            faint=summary is None,
        )


def snippet(text: str, marks: Sequence[str]) -> str:
    """The beginning of a text on one line, or the part of it that holds the first marked word."""
    flat = " ".join(text[: 20 * SNIPPET].split())
    if marks:
        lower = flat.casefold()
        first = min((at for mark in marks if (at := lower.find(mark)) >= 0), default=0)
        if first > 2 * _BEFORE_MATCH:
            start = flat.find(" ", first - _BEFORE_MATCH) + 1 or first
            flat = "… " + flat[min(start, first) :]
    return flat[:SNIPPET]
