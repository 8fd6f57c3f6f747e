import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from assistant.errors import HippoError, StoreFullError
from assistant.ui.tasks import Tasks


@pytest.fixture
def lanes(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def wait_until(qapp: QApplication, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        qapp.processEvents()
        time.sleep(0.002)


def test_work_runs_elsewhere_and_its_result_comes_back_to_the_window(qapp: QApplication, lanes: Tasks) -> None:
    here = threading.current_thread()
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    lanes.run(threading.current_thread, done=lambda there: seen.append((there, threading.current_thread())))
    wait_until(qapp, lambda: bool(seen))
    assert seen[0][0] is not here
    assert seen[0][1] is here


def test_one_lane_does_one_thing_after_the_other(qapp: QApplication, lanes: Tasks) -> None:
    order: list[str] = []

    def slow() -> None:
        time.sleep(0.05)
        order.append("slow")

    lanes.run(slow)
    lanes.run(lambda: order.append("quick"))
    wait_until(qapp, lambda: len(order) == 2)
    assert order == ["slow", "quick"]


def test_the_store_is_not_held_up_by_the_model(qapp: QApplication, lanes: Tasks) -> None:
    free = threading.Event()
    done: list[str] = []
    lanes.run(lambda: free.wait(10), lane="model", done=lambda _: done.append("model"))
    lanes.run(lambda: None, lane="store", done=lambda _: done.append("store"))
    wait_until(qapp, lambda: done == ["store"])
    free.set()
    wait_until(qapp, lambda: done == ["store", "model"])


def test_pieces_arrive_in_order_few_times_and_before_the_end(qapp: QApplication, lanes: Tasks) -> None:
    calls: list[list[int]] = []
    ended: list[int] = []

    def count(emit: Callable[[int], None]) -> str:
        for number in range(400):
            emit(number)
            time.sleep(0.0005)
        return "over"

    lanes.stream(count, each=calls.append, done=lambda _: ended.append(sum(map(len, calls))))
    wait_until(qapp, lambda: bool(ended))
    assert [number for call in calls for number in call] == list(range(400))
    assert ended == [400]
    assert len(calls) < 60


def test_a_foreseen_failure_is_handed_over_as_it_is(qapp: QApplication, lanes: Tasks) -> None:
    failures: list[HippoError] = []
    full = StoreFullError("The disk is full.")

    def fail() -> None:
        raise full

    lanes.run(fail, failed=failures.append)
    wait_until(qapp, lambda: failures == [full])


def test_an_unforeseen_failure_shows_and_logs_no_content(
    qapp: QApplication, lanes: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[HippoError] = []

    def fail() -> None:
        raise ValueError("the secret words of the user")

    with caplog.at_level(logging.DEBUG):
        lanes.run(fail, failed=failures.append)
        wait_until(qapp, lambda: bool(failures))
    assert "secret" not in str(failures[0]) + caplog.text
    assert "ValueError" in caplog.text


def test_a_failure_that_nobody_waits_for_is_told(qapp: QApplication, lanes: Tasks) -> None:
    told: list[HippoError] = []
    lanes.trouble.connect(told.append)

    def fail() -> None:
        raise HippoError("No.")

    lanes.run(fail)
    wait_until(qapp, lambda: bool(told))


def test_nobody_is_called_for_a_destroyed_owner(qapp: QApplication, lanes: Tasks) -> None:
    owner = QObject()
    called: list[object] = []
    go_on = threading.Event()
    lanes.run(lambda: go_on.wait(10), done=called.append, owner=owner)
    from shiboken6 import delete

    delete(owner)
    go_on.set()
    over: list[object] = []
    lanes.run(lambda: None, done=over.append)
    wait_until(qapp, lambda: bool(over))
    assert called == []


def test_busy_is_told_when_work_begins_and_when_all_is_over(qapp: QApplication, lanes: Tasks) -> None:
    told: list[bool] = []
    lanes.busy.connect(told.append)
    for _ in range(3):
        lanes.run(lambda: time.sleep(0.01))
    wait_until(qapp, lambda: len(told) == 2)
    assert told == [True, False]


def test_closing_finishes_what_was_given_to_the_store_and_then_the_last_thing(qapp: QApplication) -> None:
    tasks = Tasks()
    order: list[str] = []

    def forget() -> None:
        time.sleep(0.05)
        order.append("forget")

    tasks.run(forget)
    tasks.close(lambda: order.append("close"))
    assert order == ["forget", "close"]
