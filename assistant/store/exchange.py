"""Keeping a store in step with the shared table, and so with the stores of the user's other devices.

Every device has a whole store of its own and works without a network; what is exchanged are its rows as they are,
sealed. The devices have one data key: a second one begins as a backup of the first, restored. What both sides held
after the last exchange is remembered by the rows' marks, so that it can be told who changed what since:

    changed here                        goes there
    changed there                       comes here
    changed on both sides               what reached the table first stays; messages are never changed, only added
    removed here                        is removed there, with a sealed note of it, so that the other devices believe it
    removed there, with such a note     is purged here
    missing there, without one          goes there again: who can write to the bucket cannot make a device forget
    lost here by damage                 comes here again, unless it was forgotten

An exchange has three parts. `begin` and `finish` belong to the thread that owns the store and touch no network; `carry`
is for any thread. A crash anywhere costs nothing: the next exchange finds the same differences.

What is not noticed: an older box of a row that stands in the place of a newer one passes for a change. Only somebody
who can write to the bucket and kept that box could put it there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from assistant.errors import SealError, StoreError
from assistant.files import write_atomically
from assistant.settings import Sharing
from assistant.store.codec import Codec
from assistant.store.disk import disk_errors
from assistant.store.fragments import Row
from assistant.store.records import RecordId, new_id
from assistant.store.shared import SharedTable
from assistant.store.store import Store
from assistant.store.tombstones import forgotten_marks, mark_of
from assistant.vault.sealer import Sealer

_ID_BYTES = 16
_MARK_BYTES = 8
_ROWS_AT_ONCE = 8192
_STATE = b"hippo shared state"
_NOTE = b"hippo removal"


@dataclass(frozen=True)
class Outgoing:
    """What this device has to tell.

    Attributes:
        marks: Of all rows that it has.
        rows: Those that the table does not have, or not as they are; 8,192 at most.
        removed: Ids of what was removed here.
        forgotten: Tombstones of all that was ever forgotten here (see `tombstones`).
        fragment: The last fragment that was read.
        is_first: Nothing was exchanged yet since the store was opened.
        has_more: There are more rows than these.
    """

    marks: Mapping[bytes, int]
    rows: tuple[Row, ...]
    removed: frozenset[bytes]
    forgotten: frozenset[bytes]
    fragment: int
    is_first: bool
    has_more: bool


@dataclass(frozen=True)
class Incoming:
    """What came of it.

    Attributes:
        outgoing: What was told.
        rows: What other devices wrote.
        removed: Ids of what they removed.
        told: Ids of the rows that are in the table now as they were here.
        gone: Ids of those that are certainly out of it.
        missing: Ids of rows that should be in the table and are not, or not whole.
        damaged: How many of its rows do not open.
        fragment: The last fragment that was read.
        has_more: Another exchange has something to do already.
    """

    outgoing: Outgoing
    rows: tuple[Row, ...] = ()
    removed: frozenset[bytes] = frozenset()
    told: frozenset[bytes] = frozenset()
    gone: frozenset[bytes] = frozenset()
    missing: frozenset[bytes] = frozenset()
    damaged: int = 0
    fragment: int = -1
    has_more: bool = False


@dataclass(frozen=True)
class _Heard:
    """What rows of the table say.

    Attributes:
        removed: Ids that a note says to be removed, and that this device did not know to be.
        unwanted: Ids of rows that came in although they were removed, or forgotten here.
        same: Ids of rows that this device has as they are.
        changed: Rows that another device added or changed.
        damaged: Ids of rows that do not open.
    """

    removed: set[bytes] = field(default_factory=set)
    unwanted: set[bytes] = field(default_factory=set)
    same: set[bytes] = field(default_factory=set)
    changed: dict[bytes, Row] = field(default_factory=dict)
    damaged: set[bytes] = field(default_factory=set)


class _State(msgspec.Struct, frozen=True, array_like=True):
    """What is kept from one exchange to the next, sealed.

    Attributes:
        place: Where the table is.
        fragment: The last fragment that was read.
        rows: Ids and marks of the rows that both sides have.
        removed: Ids of the rows that were removed, here or elsewhere.
    """

    place: str
    fragment: int = -1
    rows: bytes = b""
    removed: bytes = b""


class Exchange:
    """The exchange of one open store with one place.

    Attributes:
        place: Where the shared table is.
    """

    def __init__(self, store: Store, sealer: Sealer, place: Sharing) -> None:
        """Read what was exchanged before; nothing is connected to.

        Args:
            store: The memory.
            sealer: What its rows are sealed with.
            place: Where the shared table is.

        Raises:
            StoreError: The disk refused.
        """
        self.place = place
        self._store = store
        self._sealer = sealer
        self._codec = Codec(sealer)
        self._table: SharedTable | None = None
        self._is_first = True
        state = self._read()
        self._fragment = state.fragment
        self._both = _split(state.rows)
        self._removed = {state.removed[at : at + _ID_BYTES] for at in range(0, len(state.removed), _ID_BYTES)}
        if store.problems or store.damaged:
            # What is not here may have been lost and not removed: have it come back, and tell nobody to remove it.
            here = store.marks()
            self._both = {row: mark for row, mark in self._both.items() if row.hex() in here}
            self._fragment = -1
            self._write()

    def begin(self) -> Outgoing:
        """What there is to tell. For the thread that owns the store."""
        marks = {bytes.fromhex(record): mark for record, mark in self._store.marks().items()}
        changed = [row for row, mark in marks.items() if self._both.get(row) != mark and row not in self._removed]
        rows = self._store.rows_of([row.hex() for row in changed[:_ROWS_AT_ONCE]])
        removed = frozenset(self._both.keys() - marks.keys())
        forgotten = forgotten_marks(self._store)
        has_more = len(changed) > _ROWS_AT_ONCE
        return Outgoing(marks, tuple(rows), removed, forgotten, self._fragment, self._is_first, has_more)

    def carry(self, outgoing: Outgoing) -> Incoming:
        """Tell it, and hear what the others told. Takes as long as the network does; for any thread, one at a time.

        Raises:
            StoreError: The place cannot be reached, or is not what it was. Nothing is lost.
            VaultLockedError: The vault was locked meanwhile.
        """
        if self._table is None:
            replaced, known = self._store.replaced_key, bool(self._both)
            self._table = SharedTable(self.place, self._sealer.key_id, replaced=replaced, known=known)
        table = self._table
        fragment, rows, has_more = table.rows_after(outgoing.fragment)
        heard = self._heard(rows, outgoing)
        gone = self._removed | heard.removed | outgoing.removed
        missing = self._both.keys() - table.ids() - gone if outgoing.is_first and not has_more else set[bytes]()
        noted = outgoing.removed | (heard.unwanted - gone)
        if noted:
            table.put([self._note(noted)])
        if noted or heard.unwanted:
            table.remove(sorted(noted | heard.unwanted))
        told = list[Row]()
        # What was forgotten elsewhere goes from here first, with what was derived from it, before anything is told.
        if not has_more and not heard.removed:
            told = [row for row in outgoing.rows if row[0] not in heard.same | heard.changed.keys()]
            if told:
                table.put(told)
            if not outgoing.has_more:
                table.drop_outdated()
        return Incoming(
            outgoing=outgoing,
            rows=tuple(heard.changed.values()),
            removed=frozenset(heard.removed),
            told=frozenset(heard.same | {row for row, _ in told}),
            gone=noted,
            missing=frozenset(missing | (heard.damaged & outgoing.marks.keys())),
            damaged=len(heard.damaged),
            fragment=fragment,
            has_more=has_more or outgoing.has_more or bool(missing) or bool(heard.removed),
        )

    def finish(
        self, incoming: Incoming, take: Callable[[Sequence[Row], Collection[RecordId]], object]
    ) -> tuple[int, int]:
        """Put what came into the store. For the thread that owns it.

        Args:
            incoming: What `carry` brought.
            take: Puts rows into the memory and purges records from it, durably.

        Returns:
            How many rows were put in and how many records purged.

        Raises:
            StoreFullError, StoreError: The next exchange brings it again.
        """
        before, now = incoming.outgoing.marks, self._store.marks()
        # What a turn has changed since `begin` stays as that turn left it.
        rows = [row for row in incoming.rows if now.get(row[0].hex()) == before.get(row[0])]
        purged = [row.hex() for row in incoming.removed if row.hex() in now]
        if rows or purged:
            take(rows, purged)
        both = dict(self._both)
        for row in incoming.told:
            both[row] = before[row]
        for row, box in rows:
            both[row] = self._store.mark_of((row, box))
        for row in (*incoming.gone, *incoming.removed, *incoming.missing):
            both.pop(row, None)
        removed = self._removed | incoming.gone | incoming.removed
        changed = (both, removed, incoming.fragment) != (self._both, self._removed, self._fragment)
        self._both, self._removed, self._fragment = both, removed, incoming.fragment
        if changed:
            self._write()
        self._is_first = False
        return len(rows), len(purged)

    def _heard(self, rows: Sequence[Row], outgoing: Outgoing) -> "_Heard":
        """What the rows of the table say. They are taken in order: of an id that comes twice, the last one counts."""
        records, heard = list[Row](), _Heard()
        for row, box in rows:
            try:
                ids = self._sealer.open(box, _NOTE + row)
            except SealError:
                records.append((row, box))
            else:
                heard.removed.update(ids[at : at + _ID_BYTES] for at in range(0, len(ids), _ID_BYTES))
        heard.removed.difference_update(self._removed)
        gone = self._removed | heard.removed | outgoing.removed
        for row, box in records:
            mark = self._store.mark_of((row, box))
            if row in gone or mark_of(row) in outgoing.forgotten:
                heard.unwanted.add(row)
            elif mark == outgoing.marks.get(row):
                heard.same.add(row)
            elif mark != self._both.get(row):
                if self._codec.opens((row, box)):
                    heard.changed[row] = row, box
                else:
                    heard.damaged.add(row)
        return heard

    def _note(self, removed: Collection[bytes]) -> Row:
        row = bytes.fromhex(new_id())
        return row, self._sealer.seal(b"".join(sorted(removed)), _NOTE + row)

    def _read(self) -> _State:
        with disk_errors("read"):
            try:
                box = self._store.sharing_file.read_bytes()
            except FileNotFoundError:
                return _State(self.place.place)
        try:
            state = msgspec.msgpack.decode(self._sealer.open(box, _STATE), type=_State)
        except (SealError, msgspec.DecodeError):
            return _State(self.place.place)
        return state if state.place == self.place.place else _State(self.place.place)

    def _write(self) -> None:
        rows = b"".join(row + mark.to_bytes(_MARK_BYTES, "little") for row, mark in self._both.items())
        state = _State(self.place.place, self._fragment, rows, b"".join(sorted(self._removed)))
        with disk_errors("written"):
            write_atomically(self._store.sharing_file, self._sealer.seal(msgspec.msgpack.encode(state), _STATE))


def exchange_all(exchange: Exchange, take: Callable[[Sequence[Row], Collection[RecordId]], object]) -> tuple[int, int]:
    """Exchange until nothing is left to tell or to hear, waiting for the network.

    Returns:
        How many rows came and how many records were purged.

    Raises:
        StoreError: The place cannot be reached, or the disk refused. What was exchanged before stays.
    """
    came = purged = 0
    while True:
        incoming = exchange.carry(exchange.begin())
        rows, removed = exchange.finish(incoming, take)
        came, purged = came + rows, purged + removed
        if incoming.damaged:
            raise StoreError(
                f"Rows of the shared memory do not open and were left where they are: {incoming.damaged}.",
                next_step="If you did not put them there, somebody else can write to the place.",
            )
        if not incoming.has_more:
            return came, purged


def _split(rows: bytes) -> dict[bytes, int]:
    size = _ID_BYTES + _MARK_BYTES
    return {
        rows[at : at + _ID_BYTES]: int.from_bytes(rows[at + _ID_BYTES : at + size], "little")
        for at in range(0, len(rows), size)
    }
