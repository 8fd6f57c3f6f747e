import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SealError, VaultLockedError
from assistant.vault.sealer import Sealer, size_class

SEALER = Sealer(bytes(32))


@given(st.binary(max_size=10_000), st.binary(max_size=40))
def test_what_was_sealed_opens_to_the_same_bytes(content: bytes, associated: bytes) -> None:
    assert SEALER.open(SEALER.seal(content, associated), associated) == content


def test_the_same_content_never_gives_the_same_box() -> None:
    assert SEALER.seal(b"hello", b"") != SEALER.seal(b"hello", b"")


@given(st.binary(max_size=600), st.integers(min_value=0), st.integers(1, 255))
def test_a_change_of_any_byte_is_noticed(content: bytes, place: int, change: int) -> None:
    box = bytearray(SEALER.seal(content, b"id"))
    box[place % len(box)] ^= change
    with pytest.raises(SealError):
        SEALER.open(bytes(box), b"id")


@pytest.mark.parametrize("length", [0, 5, 28, 100])
def test_a_truncated_box_is_noticed(length: int) -> None:
    with pytest.raises(SealError):
        SEALER.open(SEALER.seal(b"hello", b"id")[:length], b"id")


def test_a_box_moved_to_another_id_does_not_open() -> None:
    with pytest.raises(SealError):
        SEALER.open(SEALER.seal(b"hello", b"id 1"), b"id 2")


def test_a_box_does_not_open_with_another_key() -> None:
    with pytest.raises(SealError):
        Sealer(os.urandom(32)).open(SEALER.seal(b"hello", b""), b"")


def test_a_box_shows_only_the_size_class_of_its_content() -> None:
    assert len({len(SEALER.seal(bytes(length), b"")) for length in range(253)}) == 1
    assert len(SEALER.seal(bytes(253), b"")) - len(SEALER.seal(bytes(252), b"")) == 256


@given(st.integers(1, 1 << 24))
def test_padding_is_at_most_a_step_or_an_eighth_and_never_too_small(length: int) -> None:
    size = size_class(length)
    assert length <= size < length + max(256, length / 7.9)
    assert size_class(size) == size
    assert size <= size_class(length + 1)


def test_a_forgotten_key_seals_and_opens_nothing() -> None:
    sealer = Sealer(os.urandom(32))
    box = sealer.seal(b"hello", b"")
    sealer.forget_key()
    with pytest.raises(VaultLockedError):
        sealer.open(box, b"")
    with pytest.raises(VaultLockedError):
        sealer.seal(b"hello", b"")


def test_the_key_id_tells_keys_apart() -> None:
    assert Sealer(bytes(32)).key_id == SEALER.key_id != Sealer(b"k" * 32).key_id
