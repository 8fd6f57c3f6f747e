"""A record to a sealed box and back.

The plaintext is `sequence (8 bytes, little-endian) + MessagePack of the record`. The sequence is the record's place
in the order of insertion, which the table itself does not keep. The associated data binds a box to its row id and
to the schema version, so a box that is moved to another row does not open.
"""

import msgspec

from assistant.errors import SealError
from assistant.store.fragments import Row
from assistant.store.records import SCHEMA_VERSION, Record
from assistant.vault.sealer import Sealer

_SEQUENCE_BYTES = 8


def associated_data(row: bytes, schema: int = SCHEMA_VERSION) -> bytes:
    """What the box of a row (id of 16 bytes) is bound to."""
    return b"hippo record" + schema.to_bytes(2, "little") + row


class Codec:
    """Seals and opens records under one key."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Record)

    def seal(self, record: Record, sequence: int) -> bytes:
        """The box of a record. Raises VaultLockedError."""
        plaintext = sequence.to_bytes(_SEQUENCE_BYTES, "little") + self._encoder.encode(record)
        return self._sealer.seal(plaintext, associated_data(bytes.fromhex(record.id)))

    def open(self, row: bytes, box: bytes) -> tuple[int, Record]:
        """The sequence and the record in the box of a row.

        Raises:
            SealError: The box does not open, or holds something else than the record of this row.
            VaultLockedError: The key was forgotten.
        """
        plaintext = self._sealer.open(box, associated_data(row))
        try:
            record = self._decoder.decode(memoryview(plaintext)[_SEQUENCE_BYTES:])
        except msgspec.DecodeError as error:
            raise SealError("A sealed box opens, but holds no record that this Hippo knows.") from error
        if record.id != row.hex():
            raise SealError("A sealed box holds another record than its row says.")
        return int.from_bytes(plaintext[:_SEQUENCE_BYTES], "little"), record

    def opens(self, row: Row) -> bool:
        """Whether the box of a row opens; see `open`."""
        try:
            self.open(*row)
        except SealError:
            return False
        return True
