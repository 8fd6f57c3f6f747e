"""Facts in the inspector: what holds, what held, what contradicts; and what a user can do about it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from assistant.memory.memory import Memory
from assistant.store.records import Episode, Fact, Standing, State
from assistant.ui.inspector import InspectorDock
from assistant.ui.inspector.confirm import ForgetSelectedDialog
from assistant.ui.inspector.matter import Conflict, MatterLine
from assistant.ui.theme import apply_theme

from .conftest import hold, until


@pytest.fixture
def told(dock: InspectorDock, memory: Memory) -> InspectorDock:
    """The user moved from Porto to Leeds, and named two birthdays."""
    hold(memory, "Moving", ("I live in Porto.", "A fine city."), days_ago=200)
    hold(memory, "Birthday", ("My birthday is on 3 May.", "Good."), ("My birthday is on 4 May.", "Hm."), days_ago=60)
    hold(memory, "Moving again", ("I moved to Leeds.", "Welcome."), days_ago=20)
    dock.refresh()
    return dock


def fact(memory: Memory, words: str) -> Fact:
    return next(each for each in memory.facts() if words in each.text)


def source(memory: Memory, words: str) -> Episode:
    return memory.detail(fact(memory, words).id).sources[0]


def only(dock: InspectorDock, words: str) -> None:
    """Choose a kind."""
    next(action for action in dock.panel.filters._kind.menu().actions() if action.text() == words).trigger()


def lines(dock: InspectorDock) -> list[tuple[str, str]]:
    rows = dock.panel.rows
    return [(rows.line(row).text, rows.line(row).meta) for row in range(rows.size())]


def settle() -> None:
    """What was replaced is gone, and what is new is shown."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def said(dock: InspectorDock) -> str:
    """All words of the detail."""
    settle()
    detail = dock.panel.detail
    words = [label.text() for label in detail.findChildren(QLabel) if label.isVisibleTo(detail)]
    words += [button.accessibleName() for button in detail.findChildren(QPushButton) if button.isVisibleTo(detail)]
    return "\n".join([*words, detail.text.toPlainText()])


def follow(dock: InspectorDock, words: str) -> None:
    """Press the link or button with these words."""
    settle()
    buttons = dock.panel.detail.findChildren(QPushButton)
    next(b for b in buttons if b.accessibleName() == words and b.isVisibleTo(dock.panel.detail)).click()


def test_facts_are_listed_with_what_holds_and_what_no_longer_does(told: InspectorDock) -> None:
    only(told, "Facts")
    standing = dict(lines(told))
    assert standing["I moved to Leeds."].startswith("Fact · true since")
    assert standing["I live in Porto."].startswith("Fact · no longer true since")
    assert standing["My birthday is on 3 May."].startswith("Fact · disputed")
    assert "facts" in told.panel._count.text()
    only(told, "Facts no longer true")
    assert [text for text, _ in lines(told)] == ["I live in Porto."]
    assert told.panel.filters._kind.accessibleName() == "Facts no longer true"


def test_facts_that_contradict_stand_beside_each_other_and_are_pointed_out(told: InspectorDock, memory: Memory) -> None:
    texts = [text for text, meta in lines(told) if "disputed" in meta]
    places = [at for at, (_, meta) in enumerate(lines(told)) if "disputed" in meta]
    assert sorted(texts) == ["My birthday is on 3 May.", "My birthday is on 4 May."]
    assert places[1] == places[0] + 1
    assert told.panel.disputes.isVisible()
    assert told.panel.disputes.text() == "2 facts contradict each other"
    told.panel.disputes.click()
    assert sorted(text for text, _ in lines(told)) == sorted(texts)
    told.panel.filters.clear()
    memory.forget([fact(memory, "4 May").id])
    told.refresh()
    assert not told.panel.disputes.isVisible()


def test_a_search_finds_facts_by_standing(told: InspectorDock) -> None:
    told.panel.search.setText("where do I live")
    only(told, "Facts that hold")
    assert "I moved to Leeds." in dict(lines(told))
    assert "I live in Porto." not in dict(lines(told))


def test_the_detail_tells_how_a_matter_changed_and_leads_from_one_fact_to_the_other(
    told: InspectorDock, memory: Memory
) -> None:
    told.show_record(fact(memory, "Porto").id)
    assert "You · home · held" in said(told)
    assert "No longer true" in said(told)
    assert told.panel.detail.findChild(MatterLine) is not None
    follow(told, "I moved to Leeds.")
    shown = told.panel.detail.record
    assert isinstance(shown, Fact)
    assert shown.id == fact(memory, "Leeds").id
    assert "true since" in said(told)
    follow(told, "I live in Porto.")
    assert told.panel.detail.record is not None
    assert told.panel.detail.record.id == fact(memory, "Porto").id


def test_a_fact_leads_to_the_message_that_it_came_from_and_back(told: InspectorDock, memory: Memory) -> None:
    known, message = fact(memory, "walnuts"), source(memory, "walnuts")
    told.show_record(known.id)
    assert "Told in (1)" in said(told)
    follow(told, message.text)
    shown = told.panel.detail.record
    assert isinstance(shown, Episode)
    assert shown.id == message.id
    assert "What Hippo concluded from it (1)" in said(told)
    assert "Summaries that draw on it (1)" in said(told)


def test_a_corrected_fact_keeps_the_users_words(told: InspectorDock, memory: Memory) -> None:
    known = fact(memory, "walnuts")
    told.show_record(known.id)
    assert told.panel.detail.edit_button.text() == "Correct"
    told.panel.detail.begin_edit()
    told.panel.detail.text.setPlainText("I am allergic to walnuts and pecans.")
    QTest.keyClick(told.panel.detail.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hold(memory, "Again", ("I am allergic to walnuts.", "I know."))
    told.refresh()
    edited = memory.get(known.id)
    assert isinstance(edited, Fact)
    assert edited.corrected
    assert edited.text == "I am allergic to walnuts and pecans."
    assert "Corrected by you" in said(told)
    assert "Earlier wordings (1)" in said(told)


def test_a_fact_can_be_pinned_faded_and_restored(told: InspectorDock, memory: Memory) -> None:
    told.show_record(fact(memory, "walnuts").id)
    detail = told.panel.detail
    QTest.keyClick(told.panel, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert fact(memory, "walnuts").state is State.PINNED
    assert "Pinned" in said(told)
    detail.fade_button.click()
    assert fact(memory, "walnuts").state is State.FADED
    detail.fade_button.click()
    assert fact(memory, "walnuts").state is State.ACTIVE


def test_forgetting_a_fact_keeps_its_message_and_says_so(told: InspectorDock, memory: Memory) -> None:
    known, message = fact(memory, "walnuts"), source(memory, "walnuts")
    told.show_record(known.id)
    assert "Forgetting a fact keeps the messages that it came from." in said(told)
    told.panel.detail.forget_button.click()
    (toast,) = told.toaster.toasts
    assert toast.message == "1 fact forgotten. Its message stays"
    assert not memory.knows(known.id)
    toast.act()
    assert memory.knows(known.id)
    told.show_record(known.id)
    told.panel.detail.forget_button.click()
    told.toaster.toasts[0].expire()
    assert memory.store.get(known.id) is None
    assert memory.get(message.id).text == message.text
    assert told.panel.receipt is not None


def test_before_several_facts_are_forgotten_it_is_said_that_their_messages_stay(told: InspectorDock) -> None:
    only(told, "Facts")
    told.panel.table.selectAll()
    told.panel.several.forget_button.click()
    dialog = told.findChild(ForgetSelectedDialog)
    assert isinstance(dialog, ForgetSelectedDialog)
    assert "facts" in dialog.forget_button.text()
    assert any("The messages that they came from stay." in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_a_conflict_is_settled_by_saying_which_one_is_right(told: InspectorDock, memory: Memory) -> None:
    told.show_record(fact(memory, "3 May").id)
    assert "My birthday is on 4 May." in said(told)
    assert told.panel.detail.findChild(Conflict) is not None
    follow(told, "This is right: My birthday is on 3 May.")
    (toast,) = told.toaster.toasts
    toast.act()
    assert fact(memory, "4 May").standing is Standing.DISPUTED
    told.show_record(fact(memory, "3 May").id)
    follow(told, "This is right: My birthday is on 3 May.")
    assert told.panel.detail.record is not None
    settle()
    assert told.panel.detail.findChild(Conflict) is None
    told.toaster.toasts[0].expire()
    assert fact(memory, "3 May").standing is Standing.CURRENT
    assert not any("4 May" in each.text for each in memory.facts())
    assert any("4 May" in r.text for r in memory.records() if isinstance(r, Episode))
    assert "Disputed" not in said(told)


def test_the_statements_of_a_conflict_stand_beside_each_other_where_there_is_room(
    told: InspectorDock, memory: Memory
) -> None:
    conflict = Conflict([fact(memory, "3 May"), fact(memory, "4 May")], "")
    conflict.show()
    for width, beside in ((600, True), (260, False)):
        conflict.resize(width, 300)
        QApplication.processEvents()
        first, second = (card.geometry() for card in conflict._cards)
        assert (first.top() == second.top()) is beside
        assert (first.left() == second.left()) is not beside


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("words", ["Porto", "3 May"])
def test_nothing_of_a_fact_is_cut_off(
    told: InspectorDock, memory: Memory, qapp: QApplication, scale: int, words: str
) -> None:
    apply_theme(qapp, "dark", scale)
    try:
        told.show_record(fact(memory, words).id)
        detail = told.panel.detail

        def shown() -> list[QLabel]:
            return [label for label in detail.findChildren(QLabel) if label.isVisible() and label.text()]

        def cut_off() -> list[str]:
            wrapped = [label for label in shown() if label.wordWrap()]
            return [x.text() for x in wrapped if not x.height() >= x.heightForWidth(x.width()) > 0]

        until(lambda: shown() and not cut_off())  # a busy machine lays out later
        assert shown()
        assert cut_off() == []
        assert detail._inner.width() <= detail._scroll.viewport().width()
    finally:
        apply_theme(qapp, "light", 100)


def test_locking_leaves_no_fact_on_the_screen(told: InspectorDock, memory: Memory) -> None:
    told.show_record(fact(memory, "3 May").id)
    told.set_locked(True)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "May" not in said(told)
    assert "birthday" not in said(told)
    assert not told.panel.disputes.isVisibleTo(told.panel)
