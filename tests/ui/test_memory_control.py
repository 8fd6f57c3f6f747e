"""What the user decides about remembering: per chat, for all chats, afterwards, and for the last hour."""

from datetime import timedelta

from PySide6.QtWidgets import QMessageBox

from assistant.conversation.session import Session
from assistant.memory.clock import now
from assistant.memory.episodes import Said
from assistant.memory.views import Filter
from assistant.settings import load_settings
from assistant.store.records import Conversation, new_id
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.main_window import MainWindow

from .test_main_window import click, say, settle


def texts(session: Session) -> list[str]:
    return [record.text for record in session.memory.records(Filter(kinds=frozenset({"episode"})))]


def state(window: MainWindow) -> MemoryState:
    return window.chat.heading.memory.state


def test_memory_off_in_a_chat_keeps_nothing_until_it_is_on_again(window: MainWindow, session: Session) -> None:
    say(window, "My bicycle is green.")
    conversation = window.chat.conversation_id()
    assert state(window) is MemoryState.ON
    window.chat.set_remembering(False)
    assert state(window) is MemoryState.OFF
    before = texts(session)
    say(window, "My safe is behind the mirror.")
    assert len(window.chat.chat.messages if window.chat.chat else ()) == 4
    assert texts(session) == before
    assert not session.memory.conversation(conversation).memory
    window.chat.set_remembering(True)
    say(window, "My kite is red.")
    assert "My kite is red." in texts(session)
    assert not any("safe" in text and "mirror" in text for text in texts(session) if text.startswith("My"))


def test_the_state_of_a_chat_is_as_it_was_when_it_is_opened_again(window: MainWindow) -> None:
    say(window, "My bicycle is green.")
    conversation = window.chat.conversation_id()
    window.chat.set_remembering(False)
    window.chat.new_chat()
    assert state(window) is MemoryState.ON
    window.chat.open_chat(conversation)
    assert state(window) is MemoryState.OFF


def test_turning_memory_off_before_anything_is_said_makes_a_temporary_chat_and_back(window: MainWindow) -> None:
    window.chat.set_remembering(False)
    assert state(window) is MemoryState.TEMPORARY
    window.chat.set_remembering(True)
    assert state(window) is MemoryState.ON


def test_a_temporary_chat_can_be_kept_after_all(window: MainWindow, session: Session) -> None:
    window.chat.new_chat(temporary=True)
    say(window, "My bicycle is green.")
    said = [message.text for message in window.chat.chat.messages] if window.chat.chat else []
    assert texts(session) == []
    assert window.chat.shown.can_be_kept
    window.chat.keep_chat()
    assert state(window) is MemoryState.ON
    assert sorted(texts(session)) == sorted(said)
    assert window.chat.conversation_id() in window.sidebar.titles()
    assert not window.chat.shown.can_be_kept
    say(window, "And my kite is red.")
    assert "And my kite is red." in texts(session)


def test_words_that_are_not_kept_are_not_left_without_a_question(window: MainWindow) -> None:
    say(window, "My bicycle is green.")
    window.chat.set_remembering(False)
    assert window.chat.may_leave()
    say(window, "My safe is behind the mirror.")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        return int(QMessageBox.StandardButton.Cancel)

    original = QMessageBox.exec
    QMessageBox.exec = answer  # type: ignore[method-assign,assignment]
    try:
        assert not window.chat.may_leave()
    finally:
        QMessageBox.exec = original  # type: ignore[method-assign]
    assert asked == ["Leave this chat?"]
    window.chat.keep_chat()
    assert window.chat.may_leave()


def test_what_was_not_kept_stays_on_the_screen_when_a_memory_is_changed(window: MainWindow, session: Session) -> None:
    say(window, "My bicycle is green.")
    window.chat.set_remembering(False)
    say(window, "My safe is behind the mirror.")
    window.chat.reload()
    assert window.chat.chat is not None
    assert [m.unkept for m in window.chat.chat.messages] == [False, False, True, True]
    window.chat.keep_chat()


def test_paused_remembering_is_seen_everywhere_and_outlasts_a_restart(window: MainWindow, session: Session) -> None:
    window.memory_acts.pause(True)
    assert state(window) is MemoryState.PAUSED
    assert "paused" in window.status._memory.text()
    assert load_settings(session.home).memory.paused
    say(window, "My safe is behind the mirror.")
    assert texts(session) == []
    assert window.chat.conversation_id() == ""
    window.memory_acts.pause(False)
    assert not any("paused" in toast.message for toast in window.toaster.toasts)
    assert state(window) is MemoryState.ON
    assert "paused" not in window.status._memory.text()
    window.chat.keep_chat()
    assert "My safe is behind the mirror." in texts(session)


def test_the_last_hour_can_be_forgotten_and_what_is_older_stays(window: MainWindow, session: Session) -> None:
    old = Conversation(id=new_id(), created=now() - timedelta(hours=3), title="Before")
    session.memory.remember([old], [Said(old.id, "user", "I like tea.", now() - timedelta(hours=3), 0, id=new_id())])
    say(window, "My safe is behind the mirror.")
    window.memory_acts.forget_last_hour()
    settle()
    (box,) = window.findChildren(QMessageBox)
    assert "2 memories" in box.informativeText()
    click(box, "Forget")
    assert texts(session) == ["I like tea."]
    settle()
    assert not (window.chat.chat and window.chat.chat.messages)


def test_nothing_is_asked_where_nothing_was_said_in_the_last_hour(window: MainWindow) -> None:
    window.memory_acts.forget_last_hour()
    settle()
    assert window.findChildren(QMessageBox) == []
