import os

import msgspec
import pytest

from assistant.errors import SealError
from assistant.store.codec import Codec, associated_data
from assistant.vault.sealer import Sealer
from tests.store.sample import KEY, episode


def test_a_record_comes_back_with_its_place_in_the_order() -> None:
    record = episode()
    codec = Codec(Sealer(KEY))
    assert codec.open(bytes.fromhex(record.id), codec.seal(record, 12)) == (12, record)


def test_a_box_in_another_row_does_not_open() -> None:
    codec = Codec(Sealer(KEY))
    with pytest.raises(SealError):
        codec.open(os.urandom(16), codec.seal(episode(), 0))


@pytest.mark.parametrize(
    "plaintext", [b"", b"short", bytes(8) + b"\xc1", bytes(8) + msgspec.msgpack.encode({"kind": "?"})]
)
def test_a_box_with_something_else_in_it_is_damaged(plaintext: bytes) -> None:
    row, sealer = os.urandom(16), Sealer(KEY)
    with pytest.raises(SealError):
        Codec(sealer).open(row, sealer.seal(plaintext, associated_data(row)))
