"""Where each searchable row stands: its conversation, session, neighbours, speaker, state. Arrays beside the index.

Built from the store at unlock, extended with each commit, built anew where rows changed place. Knows no scores.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.memory.recall.cues import ASKS
from assistant.memory.spaces import space_of, space_of_record
from assistant.store.allocator import passing_through
from assistant.store.records import (
    KINDS,
    Conversation,
    Episode,
    Fact,
    Record,
    RecordId,
    Remembered,
    State,
    Summary,
    kind_of,
)
from assistant.store.store import Store

SESSION_GAP = timedelta(hours=1)
"""A longer silence in a conversation starts a new session."""

SESSION_MESSAGES = 40
"""So does a session of this many messages: one without end would be about everything."""

NONE = -1
_UNKNOWN = -2  # the code of what no row has


def _is_gap(seconds: float | npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which silences start a new session. To the microsecond, which is as exact as the times are."""
    return np.asarray(np.rint(np.abs(seconds) * 1e6) > SESSION_GAP.total_seconds() * 1e6)


class Layout:
    """Row-wise facts about episodes and summaries, for arithmetic over all rows at once.

    Attributes:
        conversation: int32 (rows,), a code for each conversation, -1 for an unused row.
        space: int32 (rows,), a code for each space, -1 for an unused row.
        session: int32 (rows,), a code for each session, -1 for summaries and unused rows.
        previous, following: int32 (rows,), the row before and after in the conversation, or -1.
        before, after: intp (rows,), the same within the session.
        replies_to: intp (rows,), the row before in the session, where that asks and somebody else says this; or -1.
        role: int32 (rows,), a code for each speaker's name.
        kind: int8 (rows,), an index into `KINDS`, -1 for an unused row.
        cues: uint8 (rows,), flags of `assistant.memory.recall.cues`.
        time: float64 (rows,), when it was said, in seconds since 1970 (UTC); NaN for an unused row.
        is_pinned, is_faded: bool (rows,).
        roles: The speakers' names in lower case, by code.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._conversation_codes: dict[RecordId, int] = {}
        self._space_codes: dict[str, int] = {}
        self._role_codes: dict[str, int] = {}
        self._chats_of_role: list[set[int]] = []
        self._last: dict[int, tuple[int, float, int]] = {}
        self.roles: list[str] = []
        self.sessions = 0
        self._allocate(1024)
        self._rebuild()

    def _allocate(self, rows: int) -> None:
        self.conversation = np.full(rows, NONE, np.int32)
        self.space = np.full(rows, NONE, np.int32)
        self.session = np.full(rows, NONE, np.int32)
        self.previous = np.full(rows, NONE, np.int32)
        self.following = np.full(rows, NONE, np.int32)
        self.before = np.full(rows, NONE, np.intp)
        self.after = np.full(rows, NONE, np.intp)
        self.replies_to = np.full(rows, NONE, np.intp)
        self.role = np.full(rows, NONE, np.int32)
        self.kind = np.full(rows, NONE, np.int8)
        self.cues = np.zeros(rows, np.uint8)
        self.time = np.full(rows, np.nan, np.float64)
        self.is_pinned = np.zeros(rows, bool)
        self.is_faded = np.zeros(rows, bool)

    def _rebuild(self) -> None:
        self._is_old, self._numbering = False, self._store.index.numbering
        for codes in (self._conversation_codes, self._space_codes, self._role_codes, self._last):
            codes.clear()
        self._chats_of_role.clear()
        self.roles.clear()
        self.sessions = 0
        self._allocate(len(self.conversation))
        with passing_through():
            self._add_all_episodes()
        self._add(self._store.all(Summary, vectors=False))
        self._add(self._store.all(Fact, vectors=False))

    def _arrays(self) -> list[npt.NDArray[Any]]:
        codes: list[npt.NDArray[Any]] = [self.conversation, self.space, self.session, self.previous, self.following]
        codes += [self.before, self.after, self.replies_to]
        return [*codes, self.role, self.kind, self.cues, self.time, self.is_pinned, self.is_faded]

    def refresh(self) -> None:
        """Read everything anew if rows changed their places since it was last read."""
        if self._is_old or self._numbering != self._store.index.numbering:
            self._rebuild()

    def note(self, records: Sequence[Record], *, anew: bool) -> None:
        """Take notice of a commit, after it.

        Args:
            records: What was stored. New episodes come in order and after those of their conversation.
            anew: Whether episodes were replaced or removed, so that `refresh` has to read everything anew.
        """
        self._is_old |= anew
        if self._is_old or self._numbering != self._store.index.numbering:
            return
        for record in records:
            if isinstance(record, Conversation):
                self.space[self.conversation == self.code(record.id)] = self._space_code(record.space)
        self._add([record for record in records if isinstance(record, Episode)])
        self._add([record for record in records if isinstance(record, Summary | Fact)])

    def _add(self, records: Iterable[Remembered]) -> None:
        spaces: dict[RecordId, int] = {}
        for record in records:
            row = self._store.index.row(record.id)
            self._grow(row + 1)
            code = self._conversation_codes.setdefault(record.conversation, len(self._conversation_codes))
            self.conversation[row] = code
            if record.conversation not in spaces or not record.conversation:
                spaces[record.conversation] = self._space_code(space_of_record(self._store, record))
            self.space[row] = spaces[record.conversation]
            self.kind[row] = KINDS.index(kind_of(record))
            self.time[row] = record.time.timestamp()
            if isinstance(record, Summary):
                continue
            self.is_pinned[row] = record.state is State.PINNED
            self.is_faded[row] = record.state is State.FADED
            if isinstance(record, Fact):
                continue
            self.cues[row] = record.cues
            self.role[row] = self._role_code(record.role)
            self._chats_of_role[int(self.role[row])].add(code)
            before = self._last.get(code)
            if before is not None:
                self.previous[row] = before[0]
                self.following[before[0]] = row
            said = float(self.time[row])
            new = before is None or before[2] >= SESSION_MESSAGES or bool(_is_gap(said - before[1]))
            if before is None or new:
                self.session[row] = self.sessions
                self.sessions += 1
            else:
                self.session[row] = self.session[before[0]]
                self.before[row], self.after[before[0]] = before[0], row
                if self.cues[before[0]] & ASKS and self.role[before[0]] != self.role[row]:
                    self.replies_to[row] = before[0]
            self._last[code] = (row, said, 1 if before is None or new else before[2] + 1)

    def _add_all_episodes(self) -> None:
        """What `_add` would do with all episodes, one conversation after another, but all rows at once."""
        columns, index = self._store.episode_columns(), self._store.index
        rows = np.array([index.row(i) for i in columns.ids], np.intp)
        if not len(rows):
            return
        self._grow(int(rows.max()) + 1)
        ends = np.append(columns.starts[1:], len(rows))
        codes = np.repeat(np.arange(len(ends)), ends - columns.starts)
        self._conversation_codes.update((i, code) for code, i in enumerate(columns.conversations))
        spaces = np.array([self._space_code(space_of(self._store, i)) for i in columns.conversations], np.int32)
        named, first = np.unique(columns.role, return_index=True)
        role_codes = np.zeros(len(columns.roles), np.int32)
        for role in named[np.argsort(first)].tolist():
            role_codes[role] = self._role_code(columns.roles[role])
        roles = role_codes[columns.role]
        for role in np.unique(roles).tolist():
            self._chats_of_role[role].update(np.unique(codes[roles == role]).tolist())
        self.conversation[rows], self.space[rows], self.role[rows] = codes, spaces[codes], roles
        self.kind[rows], self.cues[rows], self.time[rows] = KINDS.index("episode"), columns.cues, columns.times
        self.is_pinned[rows], self.is_faded[rows] = columns.is_pinned, columns.is_faded

        begins = np.zeros(len(rows), np.bool_)
        begins[columns.starts] = True
        goes_on = np.flatnonzero(~begins)
        self.previous[rows[goes_on]], self.following[rows[goes_on - 1]] = rows[goes_on - 1], rows[goes_on]
        places = np.arange(len(rows))
        pauses = begins | _is_gap(np.diff(columns.times, prepend=columns.times[0]))
        since = places - np.maximum.accumulate(np.where(pauses, places, 0))
        opens = since % SESSION_MESSAGES == 0
        self.session[rows] = np.cumsum(opens) - 1 + self.sessions
        self.sessions += int(opens.sum())
        same = np.flatnonzero(~opens)
        earlier, later = rows[same - 1], rows[same]
        self.before[later], self.after[earlier] = earlier, later
        replies = (self.cues[earlier] & ASKS).astype(np.bool_) & (self.role[earlier] != self.role[later])
        self.replies_to[later[replies]] = earlier[replies]
        for code, last in enumerate((ends - 1).tolist()):
            self._last[code] = int(rows[last]), float(columns.times[last]), int(since[last]) % SESSION_MESSAGES + 1

    def _space_code(self, space: str) -> int:
        return self._space_codes.setdefault(space, len(self._space_codes))

    def code(self, conversation: RecordId) -> int:
        """The code of a conversation; one that no row has where nothing is remembered of it."""
        return self._conversation_codes.get(conversation, _UNKNOWN)

    def in_space(self, space: str) -> npt.NDArray[np.bool_]:
        """Which rows belong to a space: bool (rows,)."""
        return np.asarray(self.space == self._space_codes.get(space, _UNKNOWN))

    def of_kinds(self, kinds: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which rows hold records of these kinds: bool (rows,)."""
        found = np.zeros(len(self.kind), np.bool_)
        for kind in kinds:
            found |= self.kind == KINDS.index(kind)
        return found

    def said_by(self, role: str) -> npt.NDArray[np.bool_]:
        """Which rows were said by a speaker: bool (rows,)."""
        return np.asarray(self.role == self._role_codes.get(role.lower(), _UNKNOWN))

    def takes_part(self, role: int) -> npt.NDArray[np.bool_]:
        """Which rows belong to conversations in which a speaker (by code) says something: bool (rows,)."""
        return np.isin(self.conversation, list(self._chats_of_role[role]))

    def _role_code(self, role: str) -> int:
        name = role.lower()
        code = self._role_codes.get(name)
        if code is None:
            code = self._role_codes[name] = len(self.roles)
            self.roles.append(name)
            self._chats_of_role.append(set())
        return code

    def _grow(self, rows: int) -> None:
        have = len(self.conversation)
        if rows <= have:
            return
        old = self._arrays()
        self._allocate(max(rows, 2 * have))
        for array, values in zip(self._arrays(), old, strict=True):
            array[:have] = values
