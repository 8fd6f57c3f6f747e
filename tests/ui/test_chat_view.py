from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QPushButton, QToolButton, QWidget

from assistant.conversation.session import Session
from assistant.errors import InputError, ModelError, StoreFullError
from assistant.ui import theme
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.message_row import MessageRow
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.chat.turn import Phase
from assistant.ui.chat.view import ChatView
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.markdown_view import ProseView

from .scripted import ScriptedSession, messages, replace_title, scripted_chat


@pytest.fixture
def session() -> ScriptedSession:
    return ScriptedSession()


@pytest.fixture
def view(qapp: QApplication, tasks: Tasks, session: ScriptedSession) -> Iterator[ChatView]:
    view = ChatView(cast(Session, session), tasks)
    view.resize(800, 700)
    view.set_ready(True)
    view.new_chat()
    view.show()
    qapp.processEvents()
    yield view
    view.close()
    view.deleteLater()


def ask(view: ChatView, text: str) -> None:
    view.composer.field.setFocus()
    QTest.keyClicks(view.composer.field, text)
    QTest.keyClick(view.composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()


def rows(view: ChatView) -> list[MessageRow]:
    return [row for _, row in sorted(view.list.built().items()) if isinstance(row, MessageRow)]


def words(view: ChatView) -> list[str]:
    return [row.body.plain_text() for row in rows(view)]


def button(parent: QWidget, name: str) -> QAbstractButton:
    for found in [*parent.findChildren(QPushButton), *parent.findChildren(QToolButton)]:
        if name in (found.accessibleName(), found.text()) and found.isVisible():
            return found
    raise AssertionError(f"no button {name!r}")


def test_enter_sends_and_the_answer_is_shown_and_kept(view: ChatView, session: ScriptedSession) -> None:
    ask(view, "Which hotel?")
    assert words(view) == ["Which hotel?", session.engine.script]
    assert view.composer.text() == ""
    assert [m.text for c in session.memory.chats.values() for m in c.messages] == [
        "Which hotel?",
        session.engine.script,
    ]


def test_shift_enter_begins_a_new_line(view: ChatView) -> None:
    QTest.keyClicks(view.composer.field, "one")
    QTest.keyClick(view.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(view.composer.field, "two")
    assert view.composer.text() == "one\ntwo"


def test_nothing_is_sent_while_the_model_is_not_ready(view: ChatView, session: ScriptedSession) -> None:
    view.set_ready(False, "The model is getting ready.")
    ask(view, "Hello")
    assert view.composer.text() == "Hello"
    assert session.memory.chats == {}


def test_a_failure_before_the_answer_offers_another_try_and_loses_nothing(
    view: ChatView, session: ScriptedSession
) -> None:
    session.engine.failing["prepare"] = ModelError("The model file is damaged.", next_step="Convert it again.")
    ask(view, "Which hotel?")
    assert words(view)[0] == "Which hotel?"
    notice = button(view, "Try again")
    notice.click()
    QApplication.processEvents()
    assert words(view) == ["Which hotel?", session.engine.script]


@pytest.mark.parametrize("step", ["prepare", "answer"])
def test_a_failed_question_can_be_taken_back_and_edited(view: ChatView, session: ScriptedSession, step: str) -> None:
    session.engine.failing[step] = ModelError("The model file is damaged.")
    ask(view, "Which hotel?")
    QTest.keyClicks(view.composer.field, "more")
    button(view, "Edit message").click()
    assert view.composer.text() == "Which hotel?\nmore"
    assert view.list.count() == 0


def test_an_answer_that_could_not_be_kept_stays_and_can_be_kept_later(view: ChatView, session: ScriptedSession) -> None:
    session.engine.failing["keep"] = StoreFullError("There is no space left on the disk.")
    ask(view, "Which hotel?")
    assert words(view)[1] == session.engine.script
    assert not session.memory.chats
    assert not view.composer.send_button.isEnabled()
    button(view, "Try again").click()
    QApplication.processEvents()
    assert len(session.memory.chats) == 1
    assert words(view)[1] == session.engine.script


def test_stopping_keeps_what_is_written(view: ChatView, session: ScriptedSession) -> None:
    def stop_soon() -> None:
        if view.turn.pieces == 3:
            view.composer.stop_button.click()

    view.turn.changed.connect(stop_soon)
    ask(view, "Which hotel?")
    kept = next(iter(session.memory.chats.values())).messages[-1].text
    assert session.engine.script.startswith(kept)
    assert len(kept.split()) == 3


def test_stopping_before_the_first_word_keeps_the_question_at_hand(view: ChatView, session: ScriptedSession) -> None:
    def stop_soon() -> None:
        if view.turn.phase is Phase.READING:
            view.turn.stop()

    view.turn.changed.connect(stop_soon)
    ask(view, "Which hotel?")
    assert not session.memory.chats
    assert words(view)[0] == "Which hotel?"
    button(view, "Edit message").click()
    assert view.composer.text() == "Which hotel?"


def test_the_progress_of_reading_is_shown(view: ChatView) -> None:
    seen: list[tuple[int, int]] = []
    view.turn.changed.connect(lambda: seen.append(view.turn.read) if view.turn.phase is Phase.READING else None)
    ask(view, "Which hotel?")
    assert (40, 80) in seen


def test_an_answer_can_be_written_anew(view: ChatView, session: ScriptedSession) -> None:
    ask(view, "Which hotel?")
    session.engine.script = "A quiet one."
    button(view, "Write this answer anew").click()
    QApplication.processEvents()
    assert words(view) == ["Which hotel?", "A quiet one."]


def test_memories_of_an_answer_are_links_into_the_inspector(view: ChatView, session: ScriptedSession) -> None:
    found = session.memory.remember("A small hotel with a courtyard")
    session.engine.recalled = (found,)
    shown: list[str] = []
    view.show_memory.connect(shown.append)
    ask(view, "Which hotel?")
    button(view, "1 memory used").click()
    QApplication.processEvents()
    link = next(b for b in rows(view)[1].findChildren(QPushButton) if "courtyard" in b.accessibleName())
    link.click()
    assert shown == [found.record.id]


def test_a_forgotten_memory_is_named_as_such_without_its_words(view: ChatView, session: ScriptedSession) -> None:
    found = session.memory.remember("A small hotel with a courtyard")
    session.engine.recalled = (found,)
    ask(view, "Which hotel?")
    session.memory.kept.clear()
    button(view, "1 memory used").click()
    QApplication.processEvents()
    assert not [b for b in rows(view)[1].findChildren(QPushButton) if "courtyard" in b.accessibleName()]


def test_what_the_model_saw_can_be_read_until_the_lock(view: ChatView, session: ScriptedSession) -> None:
    ask(view, "Which hotel?")
    button(view, "What the model saw").click()
    dialog = view.findChild(PromptDialog)
    assert dialog is not None
    assert any("Which hotel?" in label.text() for label in dialog.findChildren(QLabel))
    view.forget_everything_shown()
    QApplication.processEvents()
    assert view.rows.prompts == {}


def test_a_stopped_answer_says_so(view: ChatView, session: ScriptedSession) -> None:
    view.turn.changed.connect(lambda: view.turn.stop() if view.turn.pieces == 3 else None)
    ask(view, "Which hotel?")
    QApplication.processEvents()
    assert any("Stopped" in label.text() for label in rows(view)[1].findChildren(QLabel))
    view.turn.changed.disconnect()
    ask(view, "And the other?")
    assert not any("Stopped" in label.text() for label in rows(view)[3].findChildren(QLabel))


def test_the_place_that_is_found_now_is_marked_apart(view: ChatView, session: ScriptedSession) -> None:
    chat = scripted_chat(session.memory, ["A walnut and a walnut", "No."])
    view.open_chat(chat.conversation.id)
    view.open_find()
    QTest.keyClicks(view.find_bar.field, "walnut")

    def marked() -> list[bool]:
        accent = theme.current().accent
        [prose, *_] = rows(view)[0].body.findChildren(ProseView)
        return [mark.format.background().color().name() == accent for mark in prose.extraSelections()]

    assert view.find_bar._count.text() == "2 / 2"
    assert marked() == [False, True]
    QTest.keyClick(view.find_bar.field, Qt.Key.Key_Return)
    assert view.find_bar._count.text() == "1 / 2"
    assert marked() == [True, False]


def test_a_message_that_is_too_long_is_to_be_edited_not_tried_again(view: ChatView, session: ScriptedSession) -> None:
    session.engine.failing["prepare"] = InputError("This message is too long for the model.")
    ask(view, "Which hotel?")
    with pytest.raises(AssertionError, match="no button"):
        button(view, "Try again")
    button(view, "Edit message").click()
    assert view.composer.text() == "Which hotel?"


def test_a_message_that_failed_stays_with_its_chat(view: ChatView, session: ScriptedSession) -> None:
    session.engine.failing["prepare"] = ModelError("The model file is damaged.")
    ask(view, "Which hotel?")
    view.new_chat()
    assert view.composer.text() == ""
    stored = scripted_chat(session.memory, ["Hello", "Yes?"])
    view.open_chat(stored.conversation.id)
    session.engine.failing["prepare"] = ModelError("The model file is damaged.")
    ask(view, "Which train?")
    view.new_chat()
    assert view.composer.text() == ""
    view.open_chat(stored.conversation.id)
    assert view.composer.text() == "Which train?"


def test_undo_is_left_to_the_window_where_nothing_typed_can_be_undone(view: ChatView, qapp: QApplication) -> None:
    undone: list[bool] = []
    QShortcut(QKeySequence("Ctrl+Z"), view, lambda: undone.append(True))
    view.activateWindow()
    view.composer.field.setFocus()
    qapp.processEvents()
    QTest.keyClick(view.composer.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    QTest.keyClicks(view.composer.field, "word")
    QTest.keyClick(view.composer.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert view.composer.text() == ""


def test_a_long_text_that_is_pasted_scrolls_up_and_down_only(view: ChatView, qapp: QApplication) -> None:
    view.composer.field.insertPlainText("walnut" * 3000 + "\n" + "hotel " * 3000)
    qapp.processEvents()
    assert view.composer.field.verticalScrollBar().isVisible()
    assert not view.composer.field.horizontalScrollBar().isVisible()
    assert view.composer.field.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_enter_presses_the_button_that_has_the_keyboard(view: ChatView, session: ScriptedSession) -> None:
    view.composer.set_text("Which hotel?")
    view.composer.send_button.setFocus()
    QTest.keyClick(view.composer.send_button, Qt.Key.Key_Return)
    assert len(session.memory.chats) == 1


def test_the_composer_shows_that_it_has_the_keyboard(view: ChatView, qapp: QApplication) -> None:
    view.activateWindow()
    view.composer.field.setFocus()
    qapp.processEvents()
    assert f"2px solid {theme.current().accent}" in view.composer._card.styleSheet()
    view.heading.inspector_button.setFocus()
    assert f"1px solid {theme.current().border_strong}" in view.composer._card.styleSheet()


def test_tab_goes_over_the_heading_as_it_is_read(view: ChatView) -> None:
    assert view.heading.more.nextInFocusChain() is view.heading.inspector_button


def test_the_time_of_an_answer_is_that_of_finding_reading_and_writing(view: ChatView, session: ScriptedSession) -> None:
    ask(view, "Where should we stay?")
    assert any(label.text().startswith("1.5 s · ") for label in rows(view)[1].findChildren(QLabel))


def test_an_answer_can_be_copied(view: ChatView, session: ScriptedSession) -> None:
    ask(view, "Which hotel?")
    button(view, "Copy answer").click()
    assert QGuiApplication.clipboard().text() == session.engine.script


def test_a_chat_of_5000_messages_opens_at_once_and_builds_few(
    view: ChatView, session: ScriptedSession, qapp: QApplication
) -> None:
    chat = scripted_chat(session.memory, [f"Message number {n}. " * (1 + n % 7) for n in range(5000)])
    view.open_chat(chat.conversation.id)
    qapp.processEvents()
    assert view.list.count() == 5000
    assert len(view.list.built()) < 40
    assert "4999" in words(view)[-1]


def test_a_chat_opens_at_the_message_that_was_asked_for(view: ChatView, session: ScriptedSession) -> None:
    chat = scripted_chat(session.memory, [f"Message number {n}." for n in range(400)])
    view.open_chat(chat.conversation.id, chat.messages[200].id)
    row = view.list.built()[200]
    assert 0 <= row.y() < view.list.height() // 2


def test_drafts_and_reading_positions_stay_with_their_chats(view: ChatView, session: ScriptedSession) -> None:
    one = scripted_chat(session.memory, [f"Message number {n}." for n in range(400)])
    two = scripted_chat(session.memory, ["Hello", "Yes?"])
    view.open_chat(one.conversation.id, one.messages[100].id)
    position = view.list.position()
    view.composer.set_text("half a thought")
    view.open_chat(two.conversation.id)
    assert view.composer.text() == ""
    view.open_chat(one.conversation.id)
    assert view.composer.text() == "half a thought"
    assert view.list.position() == position


def test_finding_goes_from_match_to_match(view: ChatView, session: ScriptedSession) -> None:
    chat = scripted_chat(session.memory, [("walnut " if n in (10, 300) else "word ") * 3 for n in range(400)])
    view.open_chat(chat.conversation.id)
    view.open_find()
    QTest.keyClicks(view.find_bar.field, "WALNUT")
    assert 300 in view.list.built()
    assert view.find_bar._count.text() == "6 / 6"
    QTest.keyClick(view.find_bar.field, Qt.Key.Key_Return)
    assert 10 in view.list.built()
    QTest.keyClick(view.find_bar.field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()


def test_a_temporary_chat_looks_different_and_keeps_nothing(view: ChatView, session: ScriptedSession) -> None:
    view.new_chat(temporary=True)
    assert view.heading.memory.state is MemoryState.TEMPORARY
    assert view.heading.memory.accessibleName() == "Nothing is kept"
    ask(view, "A secret")
    assert words(view)[0] == "A secret"
    assert session.memory.chats == {}
    assert view.conversation_id() == ""


def test_leaving_a_temporary_chat_asks_first(
    view: ChatView, session: ScriptedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        assert all(button.icon().isNull() for button in box.buttons())
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "exec", no)
    view.new_chat(temporary=True)
    assert view.may_leave()
    ask(view, "A secret")
    assert not view.may_leave()
    assert asked


def test_a_link_asks_before_it_opens_and_can_only_be_copied_otherwise(
    view: ChatView, session: ScriptedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QDesktopServices

    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    session.engine.script = "See [this](https://example.org/x)."
    ask(view, "Where?")
    rows(view)[1].body.link_clicked.emit(QUrl("https://example.org/x"))
    box = view.findChild(QMessageBox)
    assert box is not None
    assert opened == []
    assert "https://example.org/x" in box.informativeText()
    button(box, "Open").click()
    assert opened == [QUrl("https://example.org/x")]


def test_locking_leaves_no_words_in_the_widgets(view: ChatView, session: ScriptedSession, qapp: QApplication) -> None:
    ask(view, "My secret is walnut")
    view.composer.set_text("and walnut again")
    view.forget_everything_shown()
    qapp.sendPostedEvents(None, 52)
    qapp.processEvents()
    assert view.list.count() == 0
    assert view.list.built() == {}
    assert view.composer.text() == ""
    assert not view.composer.field.document().isUndoAvailable()
    assert view.writing.drafts.known("") is None
    assert view.turn.question == view.turn.text == ""


def test_a_forgotten_chat_leaves_the_screen(view: ChatView, session: ScriptedSession) -> None:
    chat = scripted_chat(session.memory, ["Hello", "Yes?"])
    view.open_chat(chat.conversation.id)
    session.memory.chats.clear()
    view.reload()
    assert view.list.count() == 0


def test_a_chat_that_got_a_better_title_shows_it_at_once(view: ChatView, session: ScriptedSession) -> None:
    chat = scripted_chat(session.memory, ["Hello", "Yes?"])
    view.open_chat(chat.conversation.id)
    changed: list[bool] = []
    view.chat_changed.connect(lambda: changed.append(True))
    view.turn.entitled.emit(replace(chat, conversation=replace_title(chat.conversation, "A greeting")))
    assert view.heading.title.text() == "A greeting"
    assert changed


def test_messages_of_different_days_are_parted(view: ChatView, session: ScriptedSession) -> None:
    from datetime import timedelta

    from .scripted import NOON

    chat = session.memory.add("Days", *messages("a", "b"), *messages("c", "d", start=NOON + timedelta(days=2)))
    view.open_chat(chat.conversation.id)
    assert [bool(view.rows.new_day(at)) for at in range(4)] == [True, False, True, False]


def test_every_control_has_a_name_for_screen_readers(view: ChatView, session: ScriptedSession) -> None:
    session.engine.recalled = (session.memory.remember("x"),)
    ask(view, "Which hotel?")
    nameless = [
        b for b in [*view.findChildren(QPushButton), *view.findChildren(QToolButton)]
        if not (b.accessibleName() or b.text()) and not b.objectName().startswith("qt_")
    ]  # fmt: skip
    assert nameless == []
