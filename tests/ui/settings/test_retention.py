"""How long memories are kept, in the settings, over a real memory."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel

from assistant.conversation.session import Session
from assistant.store.records import Conversation, Episode, RetentionRule, State, new_id
from assistant.ui.settings.retention import ForgetDueDialog, RetentionPage
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.receipt import ReceiptDialog

from .conftest import shown


@pytest.fixture
def page(session: Session, tasks: Tasks) -> Iterator[RetentionPage]:
    session.memory.store.commit([Conversation(id=new_id(), created=datetime.now(UTC), space="Work")])
    yield from shown(RetentionPage, session, tasks)


def choose(page: RetentionPage, keep: str, days: int = 0, space: str | None = None) -> None:
    edit = page.edits[space]
    edit.how.setCurrentIndex(edit.how.findData(keep))
    if days:
        edit.days.setValue(days)


def rules(session: Session) -> list[tuple[str | None, str, int]]:
    return [(rule.space, rule.keep, rule.days) for rule in session.memory.retention_rules()]


def test_a_rule_is_kept_and_forgets_nothing_by_itself(page: RetentionPage, session: Session) -> None:
    assert "Nothing is past" in page.due_words()
    assert not page.forget_button.isEnabled()
    choose(page, "days", 1)
    assert rules(session) == [(None, "days", 1)]
    assert "2 memories are past" in page.due_words()
    assert session.memory.stats().episodes == 2
    choose(page, "until-faded", space="Work")
    assert rules(session) == [(None, "days", 1), ("Work", "until-faded", 0)]
    choose(page, "", space="Work")
    choose(page, "forever")
    assert rules(session) == []


def test_what_is_due_is_shown_then_forgotten_without_undo_and_with_a_receipt(
    page: RetentionPage, session: Session
) -> None:
    told = QSignalSpy(page.memory_changed)
    choose(page, "days", 1)
    page.forget_button.click()
    QApplication.processEvents()
    dialog = page.findChild(ForgetDueDialog)
    assert dialog is not None
    shown = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cannot be undone" in shown
    assert "10 seconds" not in shown
    assert {record.text for record in dialog.records()} >= {"The boiler was repaired by Nadia."}
    dialog.reject()
    assert session.memory.stats().episodes == 2
    page.forget_button.click()
    QApplication.processEvents()
    dialog = next(d for d in page.findChildren(ForgetDueDialog) if d.isVisible())
    dialog.forget_button.click()
    assert session.memory.stats().episodes == 0
    assert told.count() == 1
    receipt = page.findChild(ReceiptDialog)
    assert receipt is not None
    assert "none of the sealed bytes are left" in receipt.card.words()
    receipt.accept()


def test_what_is_pinned_is_said_to_be_spared(page: RetentionPage, session: Session) -> None:
    pinned = next(e for e in session.memory.store.all(Episode) if e.role == "user")
    session.memory.set_state([pinned.id], State.PINNED)
    choose(page, "days", 1)
    assert "1 memory is past" in page.due_words()
    assert "1 more would be" in page.due_words()


def test_a_rule_of_before_is_shown(session: Session, tasks: Tasks) -> None:
    session.memory.set_retention(RetentionRule(id=new_id(), keep="days", days=90))
    page = RetentionPage(session, tasks)
    assert page.edits[None].how.currentData() == "days"
    assert page.edits[None].days.value() == 90
    page.deleteLater()


def test_forgetting_by_itself_is_turned_on_only_after_what_is_due_was_shown(
    page: RetentionPage, session: Session
) -> None:
    acts = QSignalSpy(page.acts_changed)
    choose(page, "days", 1)
    page.acts.click()
    QApplication.processEvents()
    dialog = page.findChild(ForgetDueDialog)
    assert dialog is not None
    dialog.reject()
    assert not page.acts.isChecked()
    assert acts.count() == 0
    page.acts.click()
    QApplication.processEvents()
    dialog = next(d for d in page.findChildren(ForgetDueDialog) if d.isVisible())
    dialog.forget_button.click()
    assert session.memory.stats().episodes == 0
    assert page.acts.isChecked()
    assert acts.at(0)[0] is True
    page.acts.click()
    assert not page.acts.isChecked()
    assert acts.at(1)[0] is False
