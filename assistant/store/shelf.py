"""All records of an open store in RAM, packed: a tenth as many objects as whole records, half as many bytes.

A record is unpacked when it is asked for: see `packing`. Knows no disk and no search index.
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from assistant.store.packing import CODES, KINDS, PART_BITS, STATE_CODES, Packed, named_by, pack, unpack
from assistant.store.records import Episode, Record, RecordId, State, Usage

R = TypeVar("R", bound=Record)

_EPISODE, _USAGE = CODES[Episode], CODES[Usage]
_FREE = -1
_ID_BYTES = 16
_WORD_BYTES = 8


@dataclass(frozen=True)
class EpisodeColumns:
    """What can be told of all episodes without unpacking them, one conversation after another, by (position, part).

    Attributes:
        ids: Of each episode (n).
        conversations, starts: Ids of the conversations, and where in `ids` the episodes of each begin.
        times: float64 (n,), seconds since 1970 (UTC).
        cues: uint8 (n,).
        roles: The different roles, by code; role: int32 (n,), the code of each episode's.
        is_pinned, is_faded: bool (n,).
    """

    ids: list[RecordId]
    conversations: list[RecordId]
    starts: npt.NDArray[np.int64]
    times: npt.NDArray[np.float64]
    cues: npt.NDArray[np.uint8]
    roles: list[str]
    role: npt.NDArray[np.int32]
    is_pinned: npt.NDArray[np.bool_]
    is_faded: npt.NDArray[np.bool_]


class Shelf:
    """Records by id, kind and conversation, each with its sequence (its place in the order of insertion) and the mark
    of its row in the ledger (64 bits).
    """

    def __init__(self, left_out: int = -1) -> None:
        """`left_out`: vectors of so many bytes are not packed, because they are kept elsewhere."""
        self._left_out = left_out
        self._slots: dict[RecordId, int] = {}
        self._packed: list[bytes] = []
        self._ids: list[RecordId] = []
        self._free: list[int] = []
        self._kinds = np.full(256, _FREE, np.int8)
        self._sequences = np.zeros(256, np.int64)
        self._marks = np.zeros(256, np.uint64)
        self._conversations = np.zeros(256, np.int32)
        self._places = np.zeros(256, np.int64)
        self._times = np.zeros(256, np.float64)
        self._cues = np.zeros(256, np.uint8)
        self._states = np.zeros(256, np.int8)
        self._roles = np.zeros(256, np.int32)
        self._role_codes: dict[str, int] = {}
        self._conversation_codes: dict[RecordId, int] = {}
        self._conversation_ids: list[RecordId] = []
        self._counts = [0] * len(KINDS)
        self._uses: _Uses | None = None
        self._members: dict[int, array[int]] | None = None

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, record: object) -> bool:
        return record in self._slots

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._slots)

    def put(self, records: Sequence[tuple[int, int, Record]]) -> None:
        """Add records, or replace those of the same ids. Each comes as (sequence, mark, record)."""
        self.put_packed(pack(records, self._left_out))

    def put_packed(self, records: Packed) -> None:
        """The same with records that are packed already."""
        if not records.ids:
            return
        slots = self._slots_for(records.ids)
        for slot, packed in zip(slots, records.packed, strict=True):
            self._packed[slot] = packed
        codes, counts = np.unique(records.kinds, return_counts=True)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            self._counts[code] += count
        if _USAGE in codes:
            self._uses = None
        at = np.array(slots, np.intp)
        self._kinds[at] = records.kinds
        self._sequences[at] = records.sequences
        self._marks[at] = records.marks
        of = np.array([self._code(conversation) for conversation in records.conversations], np.int32)
        self._conversations[at] = of[records.conversation]
        self._places[at], self._times[at] = records.places, records.times
        self._cues[at], self._states[at] = records.cues, records.states
        roles = [self._role_codes.setdefault(role, len(self._role_codes)) for role in records.roles]
        self._roles[at] = np.array(roles or [0], np.int32)[records.role]
        if self._members is not None:
            episodes = np.flatnonzero(records.kinds == _EPISODE)
            for slot in at[episodes].tolist():
                self._members.setdefault(int(self._conversations[slot]), array("q")).append(slot)

    def _slots_for(self, ids: Sequence[RecordId]) -> list[int]:
        """The slots for different records that are put, their old content discounted."""
        if self._free or not self._slots.keys().isdisjoint(ids):
            return [self._slot(record) for record in ids]
        first = len(self._packed)
        slots = list(range(first, first + len(ids)))
        if slots[-1] >= len(self._kinds):
            self.reserve(max(len(self._kinds) * 5 // 4, slots[-1] + 1))
        self._packed += [b""] * len(ids)
        self._ids += ids
        self._slots.update(zip(ids, slots, strict=True))
        return slots

    def _slot(self, record: RecordId) -> int:
        """The slot for a record that is put, its old content discounted."""
        slot = self._slots.get(record)
        if slot is not None:
            if self._kinds[slot] != _FREE:
                self._discount(slot)
            return slot
        if self._free:
            slot = self._free.pop()
            self._ids[slot] = record
        else:
            slot = len(self._packed)
            self._packed.append(b"")
            self._ids.append(record)
            if slot == len(self._kinds):
                self.reserve(slot * 5 // 4)
        self._slots[record] = slot
        return slot

    def _discount(self, slot: int) -> None:
        if self._kinds[slot] == _USAGE:
            self._uses = None
        self._counts[self._kinds[slot]] -= 1
        self._kinds[slot] = _FREE

    def reserve(self, records: int) -> None:
        """Make room for so many records at once."""
        have = len(self._kinds)
        if records > have:
            self._kinds = np.concatenate((self._kinds, np.full(records - have, _FREE, np.int8)))
            self._sequences = np.concatenate((self._sequences, np.zeros(records - have, np.int64)))
            self._marks = np.concatenate((self._marks, np.zeros(records - have, np.uint64)))
            self._conversations = np.concatenate((self._conversations, np.zeros(records - have, np.int32)))
            self._places = np.concatenate((self._places, np.zeros(records - have, np.int64)))
            self._times = np.concatenate((self._times, np.zeros(records - have, np.float64)))
            self._cues = np.concatenate((self._cues, np.zeros(records - have, np.uint8)))
            self._states = np.concatenate((self._states, np.zeros(records - have, np.int8)))
            self._roles = np.concatenate((self._roles, np.zeros(records - have, np.int32)))

    def pop(self, record: RecordId) -> None:
        """Take a record out; harmless where there is none of this id."""
        slot = self._slots.pop(record, None)
        if slot is None:
            return
        self._discount(slot)
        self._packed[slot] = b""
        self._ids[slot] = ""
        self._free.append(slot)

    def get(self, record: RecordId) -> Record | None:
        """The record of an id, or None."""
        slot = self._slots.get(record)
        return None if slot is None else self._unpack(slot)

    def sequence(self, record: RecordId) -> int | None:
        """The sequence of a record, or None where there is none of this id."""
        slot = self._slots.get(record)
        return None if slot is None else int(self._sequences[slot])

    def mark(self, record: RecordId) -> int | None:
        """The mark of a record's row, or None where there is none of this id."""
        slot = self._slots.get(record)
        return None if slot is None else int(self._marks[slot])

    def marks(self) -> dict[RecordId, int]:
        """The marks of the rows of all records."""
        return {name: int(self._marks[slot]) for name, slot in self._slots.items()}

    def last_sequence(self) -> int:
        """The highest sequence, or -1."""
        used = self._sequences[: len(self._packed)][self._kinds[: len(self._packed)] != _FREE]
        return int(used.max(initial=-1))

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return self._counts[CODES[kind]]

    def all(self, kind: type[R]) -> list[R]:
        """The records of a kind by sequence."""
        return list(self.each(kind))

    def each(self, kind: type[R]) -> Iterator[R]:
        """The same, one after another. The shelf must not change meanwhile.

        For those who keep little of what they read: to let go of a list of 100,000 at once holds up every thread.
        """
        for slot in self._in_order(self._kinds[: len(self._packed)] == CODES[kind]):
            record = self._unpack(slot)
            if isinstance(record, kind):
                yield record

    def usages_naming(self, records: Collection[RecordId]) -> list[Usage]:
        """The usages that are among these records, are of answers among them, or used one of them, by sequence.

        Only those are unpacked: to unpack all 50,000 of a large memory takes 0.3 s.
        """
        wanted = frozenset(records)
        if self._uses is None:
            self._uses = self._uses_made()
        own = [slot for i in wanted if (slot := self._slots.get(i)) is not None and self._kinds[slot] == _USAGE]
        found = np.union1d(self._uses.naming(wanted), np.array(own, np.int64))
        return [
            usage
            for usage in (self._unpack(slot) for slot in self._by_sequence(found))
            if isinstance(usage, Usage)
            and (usage.id in wanted or usage.answer in wanted or any(used.record in wanted for used in usage.used))
        ]

    def _uses_made(self) -> "_Uses":
        slots = np.flatnonzero(self._kinds[: len(self._packed)] == _USAGE)
        named = [named_by(self._packed[slot]) for slot in slots.tolist()]
        answers = np.frombuffer(b"".join([_word(answer) for answer, _ in named]), "<u8")
        used = np.frombuffer(b"".join([ids for _, ids in named]), "<u8")[:: _ID_BYTES // _WORD_BYTES]
        counts = [len(ids) // _ID_BYTES for _, ids in named]
        return _Uses(np.concatenate((answers, used)), np.concatenate((slots, np.repeat(slots, counts))))

    def episodes_of(self, conversation: RecordId) -> list[Episode]:
        """The episodes of a conversation by sequence."""
        slots = self._by_sequence(self._episodes_in(conversation))
        return [record for slot in slots if isinstance(record := self._unpack(slot), Episode)]

    def at(self, conversation: RecordId, position: int) -> list[RecordId]:
        """Ids of the episodes at a position of a conversation by sequence: the parts of a message."""
        slots = self._episodes_in(conversation)
        return [self._ids[slot] for slot in self._by_sequence(slots[self._places[slots] >> PART_BITS == position])]

    def episode_columns(self) -> EpisodeColumns:
        """All episodes at a glance."""
        slots = np.flatnonzero(self._kinds[: len(self._packed)] == _EPISODE)
        slots = slots[np.lexsort((self._places[slots], self._conversations[slots]))]
        codes, starts = np.unique(self._conversations[slots], return_index=True)
        states = self._states[slots]
        return EpisodeColumns(
            ids=[self._ids[slot] for slot in slots.tolist()],
            conversations=[self._conversation_ids[code] for code in codes.tolist()],
            starts=starts,
            times=self._times[slots],
            cues=self._cues[slots],
            roles=list(self._role_codes),
            role=self._roles[slots],
            is_pinned=states == STATE_CODES[State.PINNED],
            is_faded=states == STATE_CODES[State.FADED],
        )

    def _episodes_in(self, conversation: RecordId) -> npt.NDArray[np.int64]:
        """The slots of a conversation's episodes, ascending."""
        code = self._conversation_codes.get(conversation, -1)
        if self._members is None:
            slots = np.flatnonzero(self._kinds[: len(self._packed)] == _EPISODE)
            slots = slots[np.argsort(self._conversations[slots], kind="stable")]
            codes, starts = np.unique(self._conversations[slots], return_index=True)
            parts = np.split(slots, starts[1:]) if len(slots) else ()
            self._members = {int(of): array("q", part.tobytes()) for of, part in zip(codes, parts, strict=False)}
        # What was replaced or removed is in there still, and what took its place.
        slots = np.unique(np.array(self._members.get(code, ()), np.int64))
        return np.asarray(slots[(self._kinds[slots] == _EPISODE) & (self._conversations[slots] == code)])

    def _in_order(self, wanted: npt.NDArray[np.bool_]) -> list[int]:
        return self._by_sequence(np.flatnonzero(wanted))

    def _by_sequence(self, slots: npt.NDArray[np.int64]) -> list[int]:
        order: list[int] = slots[np.argsort(self._sequences[slots], kind="stable")].tolist()
        return order

    def _code(self, conversation: RecordId) -> int:
        code = self._conversation_codes.get(conversation)
        if code is None:
            code = self._conversation_codes[conversation] = len(self._conversation_ids)
            self._conversation_ids.append(conversation)
        return code

    def _unpack(self, slot: int) -> Record:
        conversation = self._conversation_ids[self._conversations[slot]]
        return unpack(self._packed[slot], int(self._kinds[slot]), self._ids[slot], conversation)


class _Uses:
    """Which usages name which records, by the first 8 bytes of their ids. Finds a little too much, never too little."""

    def __init__(self, words: npt.NDArray[np.uint64], slots: npt.NDArray[np.int64]) -> None:
        """`words`: the beginning of each id that is named, and `slots`, in parallel: by which usage."""
        order = np.argsort(words)
        self._words, self._slots = words[order], slots[order]

    def naming(self, records: Collection[RecordId]) -> npt.NDArray[np.int64]:
        """The slots of the usages that name one of these, each once, ascending."""
        ids = np.frombuffer(b"".join([_word(record) for record in records]), "<u8")
        first, last = (np.searchsorted(self._words, ids, side) for side in ("left", "right"))
        places = np.arange((last - first).sum()) + np.repeat(
            first - np.cumsum(last - first) + last - first, last - first
        )
        return np.unique(self._slots[places])


def _word(record: RecordId) -> bytes:
    return bytes.fromhex(record)[:_WORD_BYTES].ljust(_WORD_BYTES, b"\0")
