"""Editing a message, going from version to version, and drafts, in the whole window over a real home."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from assistant.conversation.session import Session
from assistant.store.records import Draft, State
from assistant.ui.chat.message_row import MessageRow
from assistant.ui.chat.turn import Phase
from assistant.ui.main_window import MainWindow

from .test_main_window import all_words, press, say, unlock


def rows(window: MainWindow) -> list[MessageRow]:
    return [row for _, row in sorted(window.chat.list.built().items()) if isinstance(row, MessageRow)]


def words(window: MainWindow) -> list[str]:
    return [row.body.plain_text() for row in rows(window)]


def press_in(row: MessageRow, name: str) -> None:
    button = next(b for b in row.findChildren(QToolButton) if b.accessibleName().startswith(name))
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QApplication.processEvents()


def drafts(session: Session) -> dict[str, str]:
    return {draft.conversation: draft.text for draft in session.memory.store.all(Draft)}


def test_an_edited_message_begins_a_branch_and_the_old_one_stays_within_reach(
    window: MainWindow, session: Session
) -> None:
    say(window, "I am allergic to walnuts.")
    say(window, "My cat is called Tilda.")
    before = words(window)
    window.chat.composer.field.setFocus()
    QTest.keyClicks(window.chat.composer.field, "Something new")
    press_in(rows(window)[0], "Edit and send again")
    assert window.chat.composer.text() == "I am allergic to walnuts."
    # Leaving it alone brings back what was typed.
    press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert window.chat.composer.text() == "Something new"
    assert words(window) == before
    press_in(rows(window)[0], "Edit and send again")
    window.chat.composer.field.selectAll()
    say(window, "I am allergic to peanuts.")
    assert window.chat.composer.text() == "Something new"
    assert len(rows(window)) == 2
    assert words(window)[0] == "I am allergic to peanuts."
    assert "walnuts" not in " ".join(fact.text for fact in session.memory.facts())
    # To the first version, and back, with the keyboard alone.
    press_in(rows(window)[0], "Show the version before")
    assert words(window) == before
    assert "walnuts" in " ".join(fact.text for fact in session.memory.facts())
    picker = rows(window)[0].versions
    assert picker is not None
    assert picker.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert words(window)[0] == "I am allergic to peanuts."
    press(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert words(window) == before
    # The inspector lists what is not shown, and a search of all chats leads to it.
    listed = [record for record in session.memory.records() if getattr(record, "state", None) is State.ASIDE]
    assert {record.text for record in listed} >= {"I am allergic to peanuts."}
    old = next(record for record in listed if "peanuts" in record.text)
    window.sidebar.open_chat.emit(old.conversation, old.id)
    assert words(window)[0] == "I am allergic to peanuts."


def test_an_answer_that_is_written_anew_leaves_the_first_within_reach(window: MainWindow, session: Session) -> None:
    say(window, "Name a colour.")
    first = words(window)[1]
    press_in(rows(window)[1], "Write this answer anew")
    second = words(window)[1]
    press_in(rows(window)[1], "Show the version before")
    assert words(window)[1] == first
    press_in(rows(window)[1], "Show the version after")
    assert words(window)[1] == second
    conversation = window.chat.conversation_id()
    assert [usage.answer for usage in session.memory.usages_of(conversation)] == [rows(window)[1]._message.id]  # type: ignore[union-attr]


def test_an_edit_that_fails_loses_neither_branch_nor_words(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    before = words(window)
    press_in(rows(window)[0], "Edit and send again")
    window.chat.composer.set_text("word " * 5_000)
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.chat.turn.phase is Phase.FAILED
    rows(window)[-1].edit.emit()
    assert window.chat.writing.editing
    assert window.chat.composer.text().startswith("word word")
    window.chat.writing.leave_edit()
    assert words(window) == before
    assert not window.chat.composer.text()


def test_what_is_typed_is_kept_for_each_chat_through_lock_and_unlock(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    first = window.chat.conversation_id()
    QTest.keyClicks(window.chat.composer.field, "half a thought")
    press(window, Qt.Key.Key_N)
    assert window.chat.composer.text() == ""
    QTest.keyClicks(window.chat.composer.field, "begun anew")
    press(window, Qt.Key.Key_L)
    assert session.stage == "locked"
    assert "thought" not in all_words(window)
    unlock(window)
    assert window.chat.composer.text() == "begun anew"
    window.sidebar.open_chat.emit(first, "")
    assert window.chat.composer.text() == "half a thought"
    # What is being edited comes back as that.
    press_in(rows(window)[0], "Edit and send again")
    window.chat.composer.set_text("I am allergic to peanuts.")
    press(window, Qt.Key.Key_L)
    unlock(window)
    window.sidebar.open_chat.emit(first, "")
    assert window.chat.writing.editing
    assert window.chat.composer.text() == "I am allergic to peanuts."
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.chat.composer.text() == "half a thought"
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    window.chat.write_drafts()
    assert drafts(session) == {"": "begun anew"}
    # A draft goes with its chat.
    QTest.keyClicks(window.chat.composer.field, "once more")
    window.chat.write_drafts()
    assert first in drafts(session)
    session.memory.forget([first])
    assert drafts(session) == {"": "begun anew"}
    window.chat.write_drafts()
    assert first not in drafts(session)


def test_a_temporary_chat_and_one_without_memory_keep_no_draft(window: MainWindow, session: Session) -> None:
    window.chat.new_chat(temporary=True)
    QTest.keyClicks(window.chat.composer.field, "a secret")
    window.chat.write_drafts()
    assert drafts(session) == {}
    window.chat.new_chat()
    say(window, "I am allergic to walnuts.")
    window.chat.set_remembering(False)
    QTest.keyClicks(window.chat.composer.field, "another secret")
    window.chat.write_drafts()
    assert drafts(session) == {}


def test_typing_writes_now_and_then_and_forgetting_everything_leaves_no_draft(
    window: MainWindow, session: Session
) -> None:
    before = session.memory.store.rows_on_disk()
    QTest.keyClicks(window.chat.composer.field, "a long message, letter by letter")
    assert session.memory.store.rows_on_disk() == before  # not with each key
    window.chat.write_drafts()
    window.chat.composer.field.selectAll()
    QTest.keyClicks(window.chat.composer.field, "another one")
    window.chat.write_drafts()
    assert session.memory.store.rows_on_disk() == before + 1
    session.memory.forget_everything()
    assert drafts(session) == {}


def test_other_words_for_a_message_go_with_it_when_it_is_forgotten(window: MainWindow, session: Session) -> None:
    say(window, "My cat is called Tilda.")
    say(window, "I am allergic to walnuts.")
    conversation = window.chat.conversation_id()
    told = rows(window)[2]._message
    assert told is not None
    QTest.keyClicks(window.chat.composer.field, "half a thought")
    press_in(rows(window)[2], "Edit and send again")
    window.chat.write_drafts()
    pending = session.memory.begin_forget([told.id])
    window._memory_changed()
    QApplication.processEvents()
    assert not window.chat.writing.editing
    assert window.chat.composer.text() == "half a thought"
    # Also in a chat that is not shown at that moment.
    session.memory.undo_forget(pending.id)
    window._memory_changed()
    press_in(rows(window)[2], "Edit and send again")
    press(window, Qt.Key.Key_N)
    session.memory.forget([told.id])
    window._memory_changed()
    QApplication.processEvents()
    window.sidebar.open_chat.emit(conversation, "")
    assert not window.chat.writing.editing
    assert window.chat.composer.text() == "half a thought"
    window.chat.write_drafts()
    assert "walnuts" not in str(session.memory.store.all(Draft))
