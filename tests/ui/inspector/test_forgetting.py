"""Forgetting with undo on the real lanes: what locking and closing do to it."""

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QMainWindow

from assistant.conversation.session import Session
from assistant.memory.memory import Memory
from assistant.ui.inspector.forgetting import Forgetting
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.toast import Toaster

from .conftest import until


@pytest.fixture
def forgetting(window: QMainWindow, session: Session, memory: Memory) -> Forgetting:
    tasks = Tasks(parent=window)
    return Forgetting(session, tasks, Toaster(window), window)


def test_a_lock_right_after_forgetting_purges_before_the_keys_go(
    forgetting: Forgetting, session: Session, memory: Memory
) -> None:
    record = memory.records()[0]
    forgetting.forget([record.id], "1 memory")
    forgetting.finish_pending()
    forgetting._tasks.close()
    assert memory.pending_forgets() == ()
    session.lock()
    session.unlock(passphrase="lentil gazelle ghent")
    assert session.finished_forgets == 0
    assert session.memory.store.get(record.id) is None


def test_what_was_begun_is_told_when_all_is_purged(forgetting: Forgetting, memory: Memory) -> None:
    purged: list[bool] = []
    receipts = QSignalSpy(forgetting.finished)
    forgetting.forget([memory.records()[0].id], "1 memory")
    forgetting.finish_pending(lambda: purged.append(not forgetting.pending))
    until(lambda: purged)
    assert purged == [True]
    assert receipts.count() == 1
    forgetting._tasks.close()


def test_a_whole_chat_can_be_forgotten_and_brought_back(forgetting: Forgetting, memory: Memory) -> None:
    before = {record.id for record in memory.records()}
    chat = memory.conversations()[0].conversation.id
    forgetting.forget([chat], "Chat")
    until(lambda: forgetting._toaster.toasts)
    assert chat not in {record.conversation for record in memory.records()}
    assert forgetting._toaster.toasts[0].message == "Chat forgotten"
    forgetting._toaster.toasts[0].act()
    until(lambda: not forgetting.pending)
    assert {record.id for record in memory.records()} == before
    forgetting._tasks.close()


def test_forgetting_what_is_not_there_is_told(forgetting: Forgetting) -> None:
    failed = QSignalSpy(forgetting.failed)
    forgetting.forget(["0" * 32], "1 memory")
    until(lambda: failed.count())
    assert not forgetting.pending
    forgetting._tasks.close()
