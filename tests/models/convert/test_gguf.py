"""Our GGUF reader against the `gguf` package, and against files that lie."""

import contextlib
import os
import struct
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.gguf import GgufFile


def header(tensors: int, pairs: int, rest: bytes = b"", version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, pairs) + rest


@contextlib.contextmanager
def peak_memory() -> Iterator[Callable[[], int]]:
    """Measures how many bytes Python and NumPy hold at most inside the block."""
    peak = 0
    tracemalloc.start()
    try:
        yield lambda: peak
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(ModelError) as caught:
        GgufFile(path)
    return caught.value.message


def test_reads_what_the_gguf_package_reads(smollm: Path, smollm_reader: gguf.GGUFReader) -> None:
    theirs = smollm_reader
    with GgufFile(smollm) as ours:
        assert {key: field.contents() for key, field in theirs.fields.items() if not key.startswith("GGUF.")} == dict(
            ours.metadata
        )
        assert [tensor.name for tensor in theirs.tensors] == list(ours.tensors)
        for tensor in theirs.tensors:
            found = ours.tensors[tensor.name]
            assert found.type.name == tensor.tensor_type.name
            assert found.shape == tuple(int(size) for size in reversed(tensor.shape))
            assert np.array_equal(ours.blocks(found).reshape(-1), tensor.data.view(np.uint8).reshape(-1))


def test_a_file_of_another_kind_is_named_as_such(tmp_path: Path) -> None:
    for data in (b"", b"GGU", b"PK\x03\x04 something else entirely"):
        assert "not a GGUF" in refusal(tmp_path / "photo.gguf", data)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        GgufFile(tmp_path / "none.gguf")


def test_a_version_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.gguf"
    path.write_bytes(header(0, 0, version=9))
    with pytest.raises(UnsupportedModelError, match="version 9"):
        GgufFile(path)


@pytest.mark.parametrize(
    "data",
    [
        header(1 << 60, 0),
        header(0, 1 << 60),
        header(0, 1, struct.pack("<Q", 1 << 62)),  # a key of 4 EiB
        header(0, 1, struct.pack("<Q1sI", 1, b"k", 8) + struct.pack("<Q", 1 << 50)),  # a text
        header(0, 1, struct.pack("<Q1sIIQ", 1, b"k", 9, 4, 1 << 40)),  # a list of numbers
        header(0, 1, struct.pack("<Q1sIIQ", 1, b"k", 9, 8, 1 << 40)),  # a list of texts
    ],
)
def test_absurd_sizes_are_refused_without_allocating(tmp_path: Path, data: bytes) -> None:
    assert "more than the file can hold" in refusal(tmp_path / "bomb.gguf", data)


@pytest.mark.parametrize(
    "data",
    [
        header(1 << 20, 0),
        header(0, 1 << 20),
        header(0, 1, struct.pack("<Q1sIIQ", 1, b"k", 9, 0, 1 << 25)),  # a list of bytes
        header(0, 1, struct.pack("<Q1sIIQ", 1, b"k", 9, 8, 1 << 22 | 1)),  # a list of texts
    ],
)
def test_counts_beyond_reason_are_refused_even_where_the_file_is_large_enough(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "large.gguf"
    path.write_bytes(data)
    os.truncate(path, 1 << 30)  # takes no room on the disk
    with peak_memory() as peak, pytest.raises(ModelError, match="more than any model has"):
        GgufFile(path)
    assert peak() < 1 << 20


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (header(0, 1, struct.pack("<Q1sIIQ", 1, b"k", 9, 9, 0)), "unknown type 9"),  # lists in lists
        (header(0, 1, struct.pack("<Q1sIQ", 1, b"k", 77, 0)), "unknown value type 77"),
        (header(0, 1, struct.pack("<Q1sIB", 1, b"\xff", 0, 0)), "no UTF-8"),
        (header(0, 2, 2 * struct.pack("<Q1sIB", 1, b"k", 0, 0)), "twice"),
        (header(1, 0, struct.pack("<Q1sI", 1, b"t", 5) + bytes(52)), "5 dimensions"),
        (header(1, 0, struct.pack("<Q1sIQIQ", 1, b"t", 1, 0, 0, 0)), "impossible size"),
        (header(1, 0, struct.pack("<Q1sIQQIQ", 1, b"t", 2, 1 << 63, 1 << 63, 0, 0)), "impossible size"),
        (header(1, 0, struct.pack("<Q1sIQIQ", 1, b"t", 1, 33, 8, 0)), "no whole number"),
        (header(1, 0, struct.pack("<Q1sIQIQ", 1, b"t", 1, 32, 8, 1 << 40)), "ends before"),
    ],
)
def test_contradictions_are_named(tmp_path: Path, data: bytes, why: str) -> None:
    assert why in refusal(tmp_path / "odd.gguf", data)


def test_an_unknown_packing_says_which_ones_are_known(tmp_path: Path) -> None:
    path = tmp_path / "exotic.gguf"
    path.write_bytes(header(1, 0, struct.pack("<Q1sIQIQ", 1, b"t", 1, 32, 99, 0)))
    with pytest.raises(UnsupportedModelError, match="Q4_K_M"):
        GgufFile(path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_a_clear_error_wherever_it_ends(tiny: Path, share: float) -> None:
    data = tiny.read_bytes()
    refusal(tiny.with_name("cut.gguf"), data[: int(len(data) * share)])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(position=st.integers(4, 4000), value=st.integers(0, 255))
def test_a_flipped_byte_in_the_header_never_crashes(tiny: Path, position: int, value: int) -> None:
    data = bytearray(tiny.read_bytes())
    data[position] = value
    path = tiny.with_name("flipped.gguf")
    path.write_bytes(data)
    with contextlib.suppress(ModelError), GgufFile(path) as file:
        for tensor in file.tensors.values():
            assert file.blocks(tensor).size == tensor.size


_SIZE = st.sampled_from([0, 1, 2, 3, 31, 32, 33, 255, 1 << 16, 1 << 31, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
_TEXT = st.builds(lambda claimed, text: struct.pack("<Q", claimed) + text, _SIZE, st.binary(max_size=8)) | st.builds(
    lambda text: struct.pack("<Q", len(text)) + text, st.binary(max_size=12)
)
_TYPE = st.integers(0, 14).map(lambda kind: struct.pack("<I", kind)) | st.binary(min_size=4, max_size=4)
_LIST = st.builds(lambda kind, size, rest: kind + struct.pack("<Q", size) + rest, _TYPE, _SIZE, st.binary(max_size=40))
_PAIR = st.builds(lambda key, kind, value: key + kind + value, _TEXT, _TYPE, _TEXT | _LIST | st.binary(max_size=16))
_TENSOR = st.builds(
    lambda name, sizes, kind, offset: (
        name + struct.pack(f"<I{len(sizes)}Q", len(sizes), *sizes) + kind + struct.pack("<Q", offset)
    ),
    _TEXT,
    st.lists(_SIZE, max_size=5),
    _TYPE,
    _SIZE,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    pairs=st.lists(_PAIR, max_size=4),
    tensors=st.lists(_TENSOR, max_size=4),
    more=st.tuples(_SIZE, _SIZE),
    version=st.integers(0, 4),
    tail=st.integers(0, 4096),
)
def test_no_header_whatever_crashes_or_takes_memory(
    tmp_path: Path, pairs: list[bytes], tensors: list[bytes], more: tuple[int, int], version: int, tail: int
) -> None:
    counts = (len(tensors) + more[0]) % (1 << 64), (len(pairs) + more[1]) % (1 << 64)
    path = tmp_path / "fuzz.gguf"
    path.write_bytes(header(*counts, b"".join(pairs + tensors) + bytes(tail), version))
    with peak_memory() as peak, contextlib.suppress(ModelError), GgufFile(path) as file:
        for tensor in file.tensors.values():
            assert file.blocks(tensor).size == tensor.size <= tail
    assert peak() < 1 << 20
