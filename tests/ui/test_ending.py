"""Ending the program from without."""

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assistant.ui.ending import Ending
from assistant.ui.main_window import MainWindow

from .test_main_window import say, settle


@pytest.fixture
def ending() -> Iterator[Ending]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    ending = Ending()
    yield ending
    ending.close()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_heard_by_the_event_loop_and_not_in_the_middle_of_something(
    qapp: QApplication, ending: Ending, number: signal.Signals
) -> None:
    heard: list[bool] = []
    ending.wanted.connect(lambda: heard.append(True))
    os.kill(os.getpid(), number)
    assert heard == []
    qapp.processEvents()
    assert heard == [True]


def test_whoever_ends_the_program_is_not_asked_about_a_temporary_chat(window: MainWindow) -> None:
    window._new_chat(temporary=True)
    say(window, "Only for now.")
    window.end()
    settle()
    assert window.isHidden()
