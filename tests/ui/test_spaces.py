"""Spaces in the window: chats move to them, are listed by them, and begin in them."""

from PySide6.QtWidgets import QInputDialog

from assistant.conversation.session import Session
from assistant.ui.main_window import MainWindow

from .test_main_window import click, say, settle


def answer(window: MainWindow, words: str) -> None:
    (dialog,) = window.findChildren(QInputDialog)
    dialog.setTextValue(words)
    dialog.accept()
    settle()


def listed(window: MainWindow) -> list[str]:
    return [row.conversation for row in window.sidebar.list.rows.rows if row.kind == "chat"]


def choose(window: MainWindow, name: str) -> None:
    spaces = window.sidebar.spaces
    spaces.setCurrentIndex(spaces.findText(name))
    spaces.activated.emit(spaces.currentIndex())
    settle()


def test_a_chat_moves_to_a_new_space_is_listed_there_and_comes_back_by_undo(
    window: MainWindow, session: Session
) -> None:
    say(window, "My boss is called Agathe.")
    chat = window.chat.conversation_id()
    assert not window.sidebar.spaces.isVisible()
    window.chat_acts.move(chat)
    answer(window, "  Work ")
    assert session.memory.conversation(chat).space == "Work"
    assert window.chat.heading.title.text().startswith("Work · ")
    assert window.sidebar.spaces.isVisible()
    assert [window.sidebar.spaces.itemText(i) for i in range(window.sidebar.spaces.count())] == [
        "All chats",
        "Everyday",
        "Work",
    ]
    choose(window, "Everyday")
    assert listed(window) == []
    choose(window, "Work")
    assert listed(window) == [chat]
    click(window.toaster.toasts[-1], "Undo")
    settle()
    assert session.memory.conversation(chat).space == ""
    assert session.memory.spaces() == []


def test_a_new_chat_belongs_to_the_space_that_is_listed_and_knows_nothing_of_others(
    window: MainWindow, session: Session
) -> None:
    say(window, "My locker code is 4711.")
    window._ask_space()
    answer(window, "Work")
    assert window.sidebar.space == "Work"
    assert window.chat.heading.title.text() == "Work · New chat"
    say(window, "What is my locker code?")
    at_work = window.chat.conversation_id()
    assert session.memory.conversation(at_work).space == "Work"
    assert window.chat.chat is not None
    assert "4711" not in window.chat.chat.messages[-1].text
    choose(window, "Everyday")
    window._new_chat()
    say(window, "What is my locker code?")
    assert "4711" in window.chat.chat.messages[-1].text


def test_the_names_of_spaces_are_not_on_the_screen_while_hippo_is_locked(window: MainWindow) -> None:
    window.sidebar.show_space("Divorce")
    window.lock()
    settle()
    spaces = window.sidebar.spaces
    assert [spaces.itemText(i) for i in range(spaces.count())] == ["All chats", "Everyday"]
    assert not spaces.isVisible()
