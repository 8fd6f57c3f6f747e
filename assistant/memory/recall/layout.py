"""Where each searchable row stands: its conversation, session, neighbours, speaker, state. Arrays beside the index.

Built from the store at unlock, extended with each commit. Knows no scores.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.store.records import KINDS, Conversation, Episode, Fact, RecordId, Remembered, State, Summary, kind_of
from assistant.store.store import Store

SESSION_GAP = timedelta(hours=1)
"""A longer silence in a conversation starts a new session."""

SESSION_MESSAGES = 40
"""So does a session of this many messages: one without end would be about everything."""

NONE = -1


class Layout:
    """Row-wise facts about episodes and summaries, for arithmetic over all rows at once.

    Attributes:
        conversation: int32 (rows,), a code for each conversation, -1 for an unused row.
        session: int32 (rows,), a code for each session, -1 for summaries and unused rows.
        previous, following: int32 (rows,), the row before and after in the conversation, or -1.
        role: int32 (rows,), a code for each speaker's name.
        kind: int8 (rows,), an index into `KINDS`, -1 for an unused row.
        cues: uint8 (rows,), flags of `assistant.memory.recall.cues`.
        time: float64 (rows,), when it was said, in seconds since 1970 (UTC); NaN for an unused row.
        is_pinned, is_faded: bool (rows,).
        roles: The speakers' names in lower case, by code.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codes: dict[RecordId, int] = {}
        self._spaces: dict[str, int] = {}
        self._space_of_code: list[int] = []
        self._role_codes: dict[str, int] = {}
        self._last: dict[int, tuple[int, datetime, int]] = {}
        self._chats_of_role: list[set[int]] = []
        self.roles: list[str] = []
        self.sessions = 0
        self._allocate(1024)
        self._rebuild()

    def _allocate(self, rows: int) -> None:
        self.conversation = np.full(rows, NONE, np.int32)
        self.session = np.full(rows, NONE, np.int32)
        self.previous = np.full(rows, NONE, np.int32)
        self.following = np.full(rows, NONE, np.int32)
        self.role = np.full(rows, NONE, np.int32)
        self.kind = np.full(rows, NONE, np.int8)
        self.cues = np.zeros(rows, np.uint8)
        self.time = np.full(rows, np.nan, np.float64)
        self.is_pinned = np.zeros(rows, bool)
        self.is_faded = np.zeros(rows, bool)

    def _rebuild(self) -> None:
        self._last.clear()
        self._chats_of_role = [set() for _ in self.roles]
        self.sessions = 0
        self._allocate(len(self.conversation))
        episodes = self._store.all(Episode, vectors=False)
        episodes.sort(key=lambda e: (e.conversation, e.position, e.part))
        self.add(episodes)
        self.add(self._store.all(Summary, vectors=False))
        self.add(self._store.all(Fact, vectors=False))

    def _arrays(self) -> list[npt.NDArray[Any]]:
        codes: list[npt.NDArray[Any]] = [self.conversation, self.session, self.previous, self.following, self.role]
        return [*codes, self.kind, self.cues, self.time, self.is_pinned, self.is_faded]

    def rebuild(self) -> None:
        """Read everything anew, after rows were replaced or removed."""
        self._rebuild()

    def add(self, records: Sequence[Remembered]) -> None:
        """Place new rows. Episodes come in order and after those of their conversation that are there already."""
        for record in records:
            row = self._store.index.row(record.id)
            self._grow(row + 1)
            code = self.code(record.conversation)
            self.conversation[row] = code
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
            new = before is None or before[2] >= SESSION_MESSAGES or abs(record.time - before[1]) > SESSION_GAP
            if before is None or new:
                self.session[row] = self.sessions
                self.sessions += 1
            else:
                self.session[row] = self.session[before[0]]
            self._last[code] = (row, record.time, 1 if before is None or new else before[2] + 1)

    def code(self, conversation: RecordId) -> int:
        """The code of a conversation; a new one gets the next number."""
        code = self._codes.get(conversation)
        if code is None:
            code = self._codes[conversation] = len(self._codes)
            record = self._store.get(conversation)
            space = record.space if isinstance(record, Conversation) else ""
            self._space_of_code.append(self._spaces.setdefault(space, len(self._spaces)))
        return code

    def in_space(self, space: str) -> npt.NDArray[np.bool_]:
        """Which rows belong to conversations of a space: bool (rows,)."""
        wanted = self._spaces.get(space, NONE)
        spaces = np.array([*self._space_of_code, NONE], np.int32)
        return np.asarray(spaces[self.conversation] == wanted)

    def of_kinds(self, kinds: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which rows hold records of these kinds: bool (rows,)."""
        return np.isin(self.kind, [KINDS.index(kind) for kind in kinds])

    def said_by(self, role: str) -> npt.NDArray[np.bool_]:
        """Which rows were said by a speaker: bool (rows,)."""
        return np.asarray(self.role == self._role_codes.get(role.lower(), NONE - 1))

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
