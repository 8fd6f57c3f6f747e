"""Records as the shelf keeps them: packed as MessagePack, and beside that in columns what is asked of many at once.

Packed is a record without what its surroundings say: its own id, its conversation, its vectors. To unpack one takes
2 to 3 µs.
"""

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import force_setattr, replace

from assistant.store.records import Aside, Episode, Fact, Record, RecordId, State, Summary, Usage, Used

KINDS: Final[tuple[type, ...]] = get_args(Record)
CODES: Final = {kind: code for code, kind in enumerate(KINDS)}
"""The number of each kind in a column. Not for the disk: they change when a kind is added."""

STATE_CODES: Final = {state: code for code, state in enumerate(State)}
PART_BITS = 20
"""A place is an episode's position, shifted by so many bits, and its part."""

_USAGE = CODES[Usage]
_WITH_CONVERSATION = frozenset((Episode, Fact, Summary, Usage))
_ID_BYTES, _FIGURES_BYTES = 16, 16
_encode = msgspec.msgpack.Encoder().encode
_decoders: list[msgspec.msgpack.Decoder[Record]] = [msgspec.msgpack.Decoder(kind) for kind in KINDS]


@dataclass(frozen=True)
class Packed:
    """Some records with different ids. n of them, in columns.

    Attributes:
        ids: Their ids (n).
        packed: What else they say (n).
        kinds: int8 (n,), see `CODES`.
        sequences: int64 (n,), their places in the order of insertion.
        marks: uint64 (n,), the marks of their rows in the ledger.
        conversation: int32 (n,), the place of each one's in `conversations`, "" for those that have none.
        turns: int64 (n,), the memory's turn of an episode or a usage, 0 for other records.

    For episodes only, of other records anything:
        places: int64 (n,), see `PART_BITS`.
        times: float64 (n,), seconds since 1970 (UTC).
        cues: uint8 (n,).
        states: int8 (n,), see `STATE_CODES`.
        role: int32 (n,), the place of each one's in `roles`.
    """

    ids: list[RecordId]
    packed: list[bytes]
    kinds: npt.NDArray[np.int8]
    sequences: npt.NDArray[np.int64]
    marks: npt.NDArray[np.uint64]
    conversations: list[RecordId]
    conversation: npt.NDArray[np.int32]
    places: npt.NDArray[np.int64]
    times: npt.NDArray[np.float64]
    cues: npt.NDArray[np.uint8]
    states: npt.NDArray[np.int8]
    roles: list[str]
    role: npt.NDArray[np.int32]
    turns: npt.NDArray[np.int64]

    @property
    def last_turn(self) -> int:
        """The highest turn."""
        return int(self.turns.max(initial=0))

    def kept(self, rows: npt.NDArray[np.intp]) -> "Packed":
        """Those at these places."""
        listed = rows.tolist()
        return Packed(
            [self.ids[row] for row in listed],
            [self.packed[row] for row in listed],
            self.kinds[rows],
            self.sequences[rows],
            self.marks[rows],
            self.conversations,
            self.conversation[rows],
            self.places[rows],
            self.times[rows],
            self.cues[rows],
            self.states[rows],
            self.roles,
            self.role[rows],
            self.turns[rows],
        )


def pack(records: Sequence[tuple[int, int, Record]], left_out: int) -> Packed:
    """Pack records that come as (sequence, mark, record); of several with one id, the last.

    Args:
        records: Some.
        left_out: Vectors of so many bytes are not packed, because they are kept elsewhere.
    """
    ids = [record.id for _, _, record in records]
    if len(set(ids)) < len(ids):
        records = list({each[2].id: each for each in records}.values())
        ids = [record.id for _, _, record in records]
    whole: list[Any] = [record for _, _, record in records]
    conversations: dict[str, int] = {}
    roles: dict[str, int] = {}
    said_in = [record.conversation if type(record) in _WITH_CONVERSATION else "" for record in whole]
    conversation = [conversations.setdefault(name, len(conversations)) for name in said_in]
    count = len(whole)
    places, times = np.zeros(count, np.int64), np.zeros(count, np.float64)
    cues, states, role = np.zeros(count, np.uint8), np.zeros(count, np.int8), np.zeros(count, np.int32)
    episodes = [(row, record) for row, record in enumerate(whole) if isinstance(record, Episode)]
    # One assignment for all: single numbers into NumPy arrays take longer than packing.
    rows = [row for row, _ in episodes]
    places[rows] = [episode.position << PART_BITS | episode.part for _, episode in episodes]
    times[rows] = [episode.time.timestamp() for _, episode in episodes]
    cues[rows] = [episode.cues for _, episode in episodes]
    states[rows] = [STATE_CODES[episode.state] for _, episode in episodes]
    role[rows] = [roles.setdefault(episode.role, len(roles)) for _, episode in episodes]
    return Packed(
        ids,
        [_packed(record, left_out) for record in whole],
        np.array([CODES[type(record)] for record in whole], np.int8),
        np.array([sequence for sequence, _, _ in records], np.int64),
        np.array([mark for _, mark, _ in records], np.uint64),
        list(conversations),
        np.array(conversation, np.int32),
        places,
        times,
        cues,
        states,
        list(roles),
        role,
        np.array([_turn(record) for record in whole], np.int64),
    )


def _turn(record: Any) -> int:
    if isinstance(record, (Episode, Usage)):
        return record.turn
    return record.episode.turn if isinstance(record, Aside) else 0


def _packed(record: Any, left_out: int) -> bytes:
    if isinstance(record, Episode):
        message = "" if record.message == record.id else record.message
        vectors = b"" if len(record.vectors) == left_out else record.vectors
        return _encode(replace(record, id="", conversation="", message=message, vectors=vectors))
    if isinstance(record, Usage):
        ids = bytes.fromhex("".join([used.record for used in record.used]))
        figures = array("d", [figure for used in record.used for figure in (used.score, used.quoted)])
        rest = replace(record, id="", conversation="", used=())
        return len(record.used).to_bytes(2, "little") + ids + figures.tobytes() + _encode(rest)
    if isinstance(record, (Fact, Summary)):
        vectors = b"" if len(record.vectors) == left_out else record.vectors
        return _encode(replace(record, id="", conversation="", vectors=vectors))
    return _encode(replace(record, id=""))


def findable(records: Iterable[tuple[int, int, Record]]) -> list[tuple[RecordId, bytes, bytes]]:
    """What the search index takes in: those of the records that have vectors or terms, as (id, vectors, terms)."""
    return [
        (record.id, record.vectors, record.terms)
        for _, _, record in records
        if isinstance(record, (Episode, Fact, Summary)) and (record.vectors or record.terms)
    ]


def unpack(packed: bytes, kind: int, name: RecordId, conversation: RecordId) -> Record:
    """The record again. `conversation`: its own, where it has one."""
    count = int.from_bytes(packed[:2], "little") if kind == _USAGE else 0
    start = 2 + count * (_ID_BYTES + _FIGURES_BYTES) if kind == _USAGE else 0
    record: Record = _decoders[kind].decode(memoryview(packed)[start:])
    force_setattr(record, "id", name)
    if type(record) in _WITH_CONVERSATION:
        force_setattr(record, "conversation", conversation)
    if isinstance(record, Episode):
        # One string object for all equal roles: decoding makes a new one for each.
        force_setattr(record, "role", sys.intern(record.role))
        if not record.message:
            force_setattr(record, "message", name)
    elif count:
        ids = packed[2 : 2 + count * _ID_BYTES].hex()
        figures = array("d", packed[2 + count * _ID_BYTES : start])
        used = tuple(
            Used(record=ids[2 * _ID_BYTES * i : 2 * _ID_BYTES * (i + 1)], score=score, quoted=quoted)
            for i, (score, quoted) in enumerate(zip(figures[::2], figures[1::2], strict=True))
        )
        force_setattr(record, "used", used)
    return record


class _Answer(msgspec.Struct):
    """Of a packed usage only which answer it is of."""

    answer: RecordId


_answers = msgspec.msgpack.Decoder(_Answer)


def named_by(usage: bytes) -> tuple[RecordId, bytes]:
    """What a packed usage names: the answer that it is of, and the ids of the records, 16 bytes each."""
    count = int.from_bytes(usage[:2], "little")
    end = 2 + count * (_ID_BYTES + _FIGURES_BYTES)
    return _answers.decode(memoryview(usage)[end:]).answer, usage[2 : 2 + count * _ID_BYTES]
