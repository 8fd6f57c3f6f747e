"""The states of convolutions can go back to where a cache is cropped."""

import numpy as np
import pytest

from assistant.models.recurrent import RecurrentState

SHAPES = [(2, 3), (2, 5)]


def read(state: RecurrentState, count: int) -> None:
    """Read `count` tokens as a graph would; token i adds the number i + 1 to each window."""
    windows = state.windows(count)
    for window, old in zip(windows, state.states(), strict=True):
        window[:, :2] = old
        window[:, 2:] = np.arange(state.length + 1, state.length + count + 1)[None, :, None]
    state.advance(windows)


def seen(state: RecurrentState) -> list[int]:
    """The last two tokens that every convolution has seen."""
    states = state.states()
    assert all((array == array[..., :1]).all() for array in states)
    assert all(np.array_equal(array[0, :, 0], states[0][0, :, 0]) for array in states)
    return [int(value) for value in states[0][0, :, 0]]


def test_a_state_is_what_came_last() -> None:
    state = RecurrentState(SHAPES)
    assert seen(state) == [0, 0]
    read(state, 1)
    assert seen(state) == [0, 1]
    read(state, 40)
    read(state, 1)
    assert (seen(state), state.length) == ([41, 42], 42)


def test_going_back_within_the_last_pass_is_exact() -> None:
    state = RecurrentState(SHAPES)
    read(state, 40)
    read(state, 9)
    for length in (49, 46, 41, 40):
        state.crop(length)
        assert (seen(state), state.length) == ([length - 1, length], length)


@pytest.mark.parametrize(
    ("length", "kept"), [(99, 96), (96, 96), (95, 64), (33, 32), (32, 32), (31, 0), (0, 0), (-5, 0)]
)
def test_going_back_further_leaves_at_most_31_tokens_to_read_again(length: int, kept: int) -> None:
    state = RecurrentState(SHAPES)
    for count in (50, 1, 49, 20):
        read(state, count)
    state.crop(length)
    assert state.length == kept
    assert seen(state) == [max(kept - 1, 0), kept]
    read(state, 70)
    assert seen(state) == [kept + 69, kept + 70]
    state.crop(kept + 3)
    assert state.length == kept + 3


def test_later_states_do_not_survive_a_crop() -> None:
    state = RecurrentState(SHAPES)
    read(state, 100)
    state.crop(40)
    for _ in range(30):
        read(state, 1)
    state.crop(67)
    assert state.length == 64  # not 96, which is gone


def test_clearing_wipes_the_memory() -> None:
    state = RecurrentState(SHAPES)
    windows = state.windows(40)
    for window in windows:
        window.fill(7)
    state.advance(windows)
    state.clear()
    assert state.length == 0
    assert not any(window.any() for window in windows)
    assert seen(state) == [0, 0]
