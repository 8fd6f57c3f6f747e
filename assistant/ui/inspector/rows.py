"""The rows of the inspector's lists as Qt models. A row's words are made when it is painted, not before."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from assistant.store.records import Fact, Remembered, Standing, State, Summary
from assistant.ui.inspector.condensed import Compact, Waned, Waning
from assistant.ui.inspector.listing import Listing
from assistant.ui.inspector.words import (
    day_words,
    place_words,
    standing_words,
    state_of,
    state_words,
    stretch_words,
    title_words,
    tr,
    turns_words,
    who_words,
)

Index = QModelIndex | QPersistentModelIndex

SNIPPET = 360
"""Characters of a text that a row looks at."""

LEAVE_AT_ONCE = 5_000
"""So many memories that are no longer listed are let go of at a time."""

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

    def record(self, row: int) -> Remembered | None:
        """The record behind a row, or None where there is none."""
        raise NotImplementedError

    def title(self, row: int) -> str:
        """The title of the conversation that a row's record belongs to, or ""."""
        raise NotImplementedError

    def record_id(self, row: int) -> str:
        """The id of the record behind a row, or "" where there is none."""
        record = self.record(row)
        return record.id if record is not None else ""

    def row_of(self, record_id: str) -> int | None:
        """Where a record stands, or None."""
        return next((row for row in range(self.size()) if self.record_id(row) == record_id), None)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Where these records stand, in order; those that are not listed are left out."""
        return [row for row in range(self.size()) if self.record_id(row) in ids] if ids else []

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
        self._left: list[Remembered] = []
        self._leaving = QTimer(self, singleShot=True, interval=0)
        self._leaving.timeout.connect(self._let_go)

    def show(self, listing: Listing) -> None:
        """Show another listing."""
        self.beginResetModel()
        self._left.extend(self.listing.records)
        self.listing = listing
        self._let_go()
        self._marks = tuple(word for word in re.findall(r"\w+", listing.query.words.casefold()) if len(word) > 1)
        self.endResetModel()

    def _let_go(self) -> None:
        """Let go of what was listed, some at a time: of 100,000 at once, the window would stand still for 50 ms."""
        del self._left[-LEAVE_AT_ONCE:]
        if self._left:
            self._leaving.start()

    def size(self) -> int:
        """How many memories there are."""
        return len(self.listing.records)

    def record(self, row: int) -> Remembered:
        """The memory."""
        return self.listing.records[row]

    def row_of(self, record_id: str) -> int | None:
        """Where a memory stands, or None; among very many too."""
        return next((row for row, record in enumerate(self.listing.records) if record.id == record_id), None)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Where these memories stand, in order; among very many too."""
        return [row for row, record in enumerate(self.listing.records) if record.id in ids] if ids else []

    def title(self, row: int) -> str:
        """Title of its conversation."""
        return self.listing.titles.get(self.listing.records[row].conversation, "")

    def line(self, row: int) -> Line:
        """What a row shows."""
        listing = self.listing
        record = listing.records[row]
        state = state_of(record)
        icon, tint = _icon(record)
        over = isinstance(record, Fact) and record.standing is Standing.SUPERSEDED
        parts = [who_words(record)]
        # What holds since a day says so; of the rest, when it was said.
        dated = isinstance(record, Fact) and record.standing is not Standing.DISPUTED
        parts.append(standing_words(record) if isinstance(record, Fact) else _day(record))
        if isinstance(record, Fact) and not dated:
            parts.append(_day(record))
        if state is not State.ACTIVE:
            parts.append(state_words(state).lower())
        parts.append(place_words(record, self.title(row)))
        if uses := listing.used.get(record.id, 0):
            parts.append(tr("used {n}×").format(n=QLocale().toString(uses)))
        return Line(
            icon=icon,
            tint=tint,
            text=snippet(record.text, self._marks),
            meta=" · ".join(parts),
            faint=over or state in (State.FADED, State.ASIDE),
            marks=self._marks,
            score=listing.scores.get(record.id),
        )


def _day(record: Remembered) -> str:
    return day_words(record.time.astimezone().date())


def _icon(record: Remembered) -> tuple[str, str]:
    """Icon of a memory, and its colour: its state first, then whether it holds, then its kind."""
    state = state_of(record)
    if isinstance(record, Fact) and record.standing is Standing.DISPUTED:
        return "warning", "warning"
    if state is not State.ACTIVE:
        return {State.PINNED: ("pin", "accent"), State.ASIDE: ("branch", "muted")}.get(state, ("faded", "muted"))
    if isinstance(record, Fact):
        return ("archive", "muted") if record.standing is Standing.SUPERSEDED else ("check", "success")
    return ("memory" if isinstance(record, Summary) else "chat"), "muted"


class CompactRows(Rows):
    """The compact memory: of the user, of each conversation, and of its stretches.

    Attributes:
        lines: What it shows.
        current: Id of the conversation that is open in the window, or "".
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Compact] = ()
        self.current = ""

    def show(self, lines: Sequence[Compact], current: str = "") -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines, self.current = lines, current
        self.endResetModel()

    def size(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def record(self, row: int) -> Remembered | None:
        """The summary, or None."""
        return self.lines[row].summary

    def title(self, row: int) -> str:
        """Title of the conversation."""
        entry = self.lines[row].entry
        return entry.conversation.title if entry is not None else ""

    def line(self, row: int) -> Line:
        """What a row shows."""
        entry, summary = self.lines[row].entry, self.lines[row].summary
        if entry is None:
            heading = who_words(summary) if summary is not None else ""
            parts = [place_words(summary, "")] if summary is not None else []
        else:
            heading = title_words(entry.conversation.title)
            parts = [tr("this chat")] if entry.conversation.id == self.current else []
            if summary is not None and summary.level > 1:
                parts.append(stretch_words(summary))
            else:
                parts.append(tr("%Ln messages", entry.messages))
                parts.append(day_words(entry.last.astimezone().date()))
        corrected = summary is not None and summary.corrected
        if corrected:
            parts.append(tr("corrected by you"))
        return Line(
            icon="memory",
            tint="accent" if corrected or entry is None else "muted",
            heading=heading,
            text=snippet(summary.text, ()) if summary else tr("Nothing summed up yet."),
            meta=" · ".join(parts),
            faint=summary is None,
        )


class FadingRows(Rows):
    """What fades next, or what has faded.

    Attributes:
        waning: What it shows.
        faded: Whether it shows what has faded.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.waning = Waning()
        self.faded = False

    def show(self, waning: Waning, *, faded: bool) -> None:
        """Show other ones."""
        self.beginResetModel()
        self.waning, self.faded = waning, faded
        self.endResetModel()

    @property
    def _shown(self) -> Sequence[Waned]:
        return self.waning.gone if self.faded else self.waning.coming

    def size(self) -> int:
        """How many there are."""
        return len(self._shown)

    def record(self, row: int) -> Remembered:
        """The memory."""
        return self._shown[row].record

    def title(self, row: int) -> str:
        """Title of its conversation."""
        return self.waning.titles.get(self._shown[row].record.conversation, "")

    def line(self, row: int) -> Line:
        """What a row shows."""
        waned = self._shown[row]
        record = waned.record
        parts = [tr("Faded") if waned.in_turns is None else tr("Fades {when}").format(when=turns_words(waned.in_turns))]
        parts += [who_words(record), _day(record), title_words(self.title(row))]
        return Line(
            icon="faded",
            tint="muted",
            text=snippet(record.text, ()),
            meta=" · ".join(parts),
            faint=self.faded,
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
