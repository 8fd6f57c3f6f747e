from pathlib import Path

import pytest

from assistant.errors import TooSoonError
from assistant.vault.tries import LONGEST_WAIT, Tries, wait_after


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.tries"


def failed(path: Path, clock: Clock, times: int) -> Tries:
    tries = Tries(path, clock)
    for _ in range(times):
        clock.now += tries.wait()
        tries.begin()
    return tries


def test_the_first_three_tries_are_free_and_then_each_waits_longer_but_never_long() -> None:
    assert [wait_after(n) for n in (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 10_000)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_try_that_comes_too_early_is_refused_and_does_not_count(path: Path, clock: Clock) -> None:
    tries = failed(path, clock, 4)
    assert tries.wait() == 2
    for _ in range(5):
        with pytest.raises(TooSoonError, match=r"Try again in 2 seconds") as caught:
            tries.begin()
        assert caught.value.seconds == 2
    clock.now += 2
    tries.begin()
    assert tries.wait() == 4


def test_a_restart_does_not_shorten_the_wait(path: Path, clock: Clock) -> None:
    failed(path, clock, 6)
    assert Tries(path, clock).wait() == 8


def test_a_try_counts_from_its_beginning_so_that_ending_the_program_does_not_help(path: Path, clock: Clock) -> None:
    tries = failed(path, clock, 3)
    assert tries.wait() == 0
    tries.begin()
    assert Tries(path, clock).wait() == 2


def test_success_starts_again_from_nothing(path: Path, clock: Clock) -> None:
    tries = failed(path, clock, 9)
    tries.succeeded()
    assert tries.wait() == 0
    assert not path.exists()


def test_a_clock_that_was_put_back_for_years_keeps_nobody_out_for_ever(path: Path, clock: Clock) -> None:
    failed(path, clock, 20)
    clock.now -= 10 * 365 * 86_400
    tries = Tries(path, clock)
    assert tries.wait() == LONGEST_WAIT
    clock.now += LONGEST_WAIT
    assert tries.wait() == 0
    tries.begin()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"failures": "x"}', b"\xff\xfe"])
def test_a_damaged_file_keeps_nobody_out(path: Path, clock: Clock, content: bytes) -> None:
    path.write_bytes(content)
    Tries(path, clock).begin()


def test_a_disk_that_refuses_keeps_nobody_out(tmp_path: Path, clock: Clock) -> None:
    tries = Tries(tmp_path / "no such folder" / "vault.tries", clock)
    for _ in range(10):
        tries.begin()
    assert tries.wait() == 0
    tries.succeeded()
