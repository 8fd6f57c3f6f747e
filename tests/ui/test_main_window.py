"""The whole window over a real home: real vault, real store, real small model. Work runs inline."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QToolButton,
    QWidget,
)

from assistant.conversation.session import Session
from assistant.errors import HippoError
from assistant.memory.episodes import Said
from assistant.paths import Home
from assistant.settings import Backups, Privacy
from assistant.store.records import Conversation, Episode, RetentionRule, State, new_id
from assistant.ui import theme
from assistant.ui.auto_lock import SLEPT_SECONDS
from assistant.ui.chat.message_row import MessageRow
from assistant.ui.chat.prompt_dialog import PromptDialog
from assistant.ui.inspector.confirm import ForgetEverythingDialog
from assistant.ui.main_window import MainWindow
from assistant.ui.restore import RestoreDialog
from assistant.ui.settings.dialog import PAGES, SettingsDialog
from assistant.ui.system_events import awake_seconds
from assistant.ui.tasks import Tasks
from assistant.ui.theme import apply_theme
from assistant.ui.widgets.receipt import ReceiptDialog

from .conftest import PASSPHRASE


def stage(session: Session) -> str:
    return session.stage


def say(window: MainWindow, text: str) -> None:
    window.chat.composer.field.setFocus()
    QTest.keyClicks(window.chat.composer.field, text)
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()


def press(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    QTest.keyClick(window, key, modifiers)
    QApplication.processEvents()


def click(parent: QWidget, words: str) -> None:
    for button in parent.findChildren(QPushButton):
        if button.isVisible() and words in (button.text(), button.accessibleName()):
            button.click()
            QApplication.processEvents()
            return
    raise AssertionError(f"no button {words!r}")


def settle() -> None:
    """Let widgets go that are on their way out: the event loop does this by itself."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def all_words(window: MainWindow) -> str:
    settle()
    shown = [label.text() for label in window.findChildren(QLabel)]
    shown += [row.body.plain_text() for row in window.findChildren(MessageRow)]
    shown += [row.text for row in window.sidebar.list.rows.rows]
    return "\n".join([*shown, window.chat.composer.text(), window.windowTitle()])


def unlock(window: MainWindow) -> None:
    QTest.keyClicks(window.lock_page.field, PASSPHRASE)
    QTest.keyClick(window.lock_page.field, Qt.Key.Key_Return)
    QApplication.processEvents()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QTest.qWait(10)


def test_a_chat_is_kept_listed_and_counted(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    [entry] = session.memory.conversations()
    assert entry.messages == 2
    assert entry.conversation.title in [row.text for row in window.sidebar.list.rows.rows]
    assert window.status._memory.text() == "4 memories · encrypted · offline"
    assert "3,500" in window.status._prompt.text()
    assert window.status._model.text().endswith("ready")


def test_locking_hides_all_words_and_unlocking_brings_the_chats_back(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    press(window, Qt.Key.Key_I)
    assert window.inspector.isVisible()
    window.chat.composer.set_text("a draft about walnuts")
    press(window, Qt.Key.Key_L)
    assert stage(session) == "locked"
    assert "walnut" not in all_words(window)
    assert not window.inspector.isVisible()
    assert window.pages.currentWidget() is window.lock_page
    unlock(window)
    assert stage(session) == "open"
    assert window.inspector.isVisible()
    assert any("walnut" in row.text for row in window.sidebar.list.rows.rows)


def test_a_wrong_passphrase_keeps_it_locked(window: MainWindow, session: Session) -> None:
    press(window, Qt.Key.Key_L)
    QTest.keyClicks(window.lock_page.field, "wrong")
    QTest.keyClick(window.lock_page.field, Qt.Key.Key_Return)
    assert stage(session) == "locked"
    assert window.pages.currentWidget() is window.lock_page


def test_locking_while_an_answer_streams_keeps_what_was_answered(window: MainWindow, session: Session) -> None:
    written: list[str] = []

    def lock_soon() -> None:
        if window.chat.turn.pieces == 3 and stage(session) == "open" and not written:
            written.append(window.chat.turn.text)
            window.lock()

    window.chat.turn.changed.connect(lock_soon)
    say(window, "Tell me a long story about the sea.")
    assert stage(session) == "locked"
    assert "story" not in all_words(window)
    unlock(window)
    answer = session.memory.records()[0]
    texts = [record.text for record in session.memory.records()]
    assert any(text and text.startswith(written[0].strip()) for text in texts), answer


def test_a_forgotten_chat_is_gone_after_the_time_for_undo(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    window.sidebar.forget.emit(session.memory.conversations()[0].conversation.id)
    click(window, "Forget")
    assert session.memory.conversations() == []
    assert "walnut" not in all_words(window)
    window.inspector.finish_pending()
    assert session.memory.stats().episodes == 0


def test_forgetting_all_messages_of_the_open_chat_takes_its_title_off_the_screen(
    window: MainWindow, session: Session
) -> None:
    say(window, "I am allergic to walnuts.")
    window.inspector.forget([message.id for message in window.chat.shown.messages], "2 memories")
    assert "walnut" not in all_words(window)
    window.inspector.finish_pending()
    assert "walnut" not in all_words(window)


def test_forgetting_a_chat_can_be_undone(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    window.sidebar.forget.emit(session.memory.conversations()[0].conversation.id)
    click(window, "Forget")
    click(window, "Undo")
    assert len(session.memory.conversations()) == 1
    assert any("walnut" in row.text for row in window.sidebar.list.rows.rows)


def test_an_edited_memory_changes_in_the_open_chat(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    message = window.chat.shown.messages[0]
    session.memory.edit(message.id, "I am allergic to peanuts.")
    window.inspector.changed.emit()
    QApplication.processEvents()
    settle()
    said, answered = window.chat.shown.messages
    shown = {row.body.plain_text() for row in window.findChildren(MessageRow)}
    assert "I am allergic to peanuts." in shown
    assert "I am allergic to walnuts." not in shown
    assert answered.faded or "walnuts" not in answered.text
    assert said.id == message.id


def test_a_memory_under_an_answer_leads_into_the_inspector(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    press(window, Qt.Key.Key_N)
    say(window, "What am I allergic to?")
    row = window.findChildren(MessageRow)[-1]
    fold = next(b for b in row.findChildren(QToolButton) if "used" in b.text())
    fold.click()
    QApplication.processEvents()
    link = next(b for b in row.findChildren(QPushButton) if "walnuts" in b.accessibleName())
    link.click()
    QApplication.processEvents()
    assert window.inspector.isVisible()
    record = window.inspector.panel.detail.record
    assert record is not None
    assert record.text == "I am allergic to walnuts."


def test_with_large_text_in_a_small_window_the_chats_step_aside(window: MainWindow, qapp: QApplication) -> None:
    window.resize(1000, 700)
    apply_theme(qapp, "light", 200)
    try:
        assert window.sidebar.isVisible()
        press(window, Qt.Key.Key_I)
        assert not window.sidebar.isVisible()
        assert window.chat.width() >= window.chat.minimumWidth()
        press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert window.sidebar.isVisible()
        assert not window.inspector.isVisible()
    finally:
        apply_theme(qapp, "light", 100)


def test_a_chat_can_be_renamed_and_archived(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    chat = session.memory.conversations()[0].conversation.id
    window.sidebar.rename.emit(chat)
    dialog = window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Health")
    dialog.accept()
    assert [row.text for row in window.sidebar.list.rows.rows][1:] == ["Health"]
    window.sidebar.archive.emit(chat, True)
    assert [row.text for row in window.sidebar.list.rows.rows] == ["Archived (1)"]


def test_renaming_and_archiving_keep_what_the_model_saw(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    chat = session.memory.conversations()[0].conversation.id
    session.memory.rename(chat, "Health")
    window._list_changed()
    assert window.chat.heading.title.text() == "Health"
    window.sidebar.archive.emit(chat, True)
    window.chat.show_last_prompt()
    assert window.findChild(PromptDialog) is not None


def test_the_inspector_hears_of_a_new_name(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bool] = []
    monkeypatch.setattr(window.inspector, "refresh", lambda: read.append(True))
    window._list_changed()
    window._memory_changed()
    assert read == [True, True]


def test_a_new_chat_shows_no_count_of_an_old_prompt(window: MainWindow) -> None:
    say(window, "I am allergic to walnuts.")
    assert window.status._prompt.text()
    press(window, Qt.Key.Key_N)
    assert window.status._prompt.text() == ""


def test_forgetting_a_chat_is_asked_in_red_and_without_stock_icons(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    window.sidebar.forget.emit(session.memory.conversations()[0].conversation.id)
    box = window.findChild(QMessageBox)
    assert box is not None
    forget = next(b for b in box.buttons() if b.text() == "Forget")
    image = forget.grab().toImage()
    assert image.pixelColor(image.width() // 2, 4).name() == theme.current().danger
    assert all(button.icon().isNull() for button in box.buttons())
    box.close()


def test_what_is_wrong_with_the_store_is_shown_after_the_unlock(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(window, Qt.Key.Key_L)
    unlock_home = session.unlock

    def unlock_damaged(**given: str) -> None:
        unlock_home(**given)
        session.problems = ("One record is missing.",)

    monkeypatch.setattr(session, "unlock", unlock_damaged)
    unlock(window)
    assert "One record is missing." in all_words(window)


def test_who_goes_on_without_the_model_is_not_given_one_but_may_ask(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_decoder", None)
    window.welcome.preparing.without_button.click()
    QApplication.processEvents()
    assert not session.models_ready
    assert not window.chat.composer.isVisible()
    press(window, Qt.Key.Key_L)
    unlock(window)
    assert not session.models_ready
    click(window, "Prepare the model")
    assert session.models_ready
    assert window.chat.composer.isVisible()
    assert not window.chat.model_button.isVisible()


def test_a_temporary_chat_is_not_kept(window: MainWindow, session: Session) -> None:
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    say(window, "I am allergic to walnuts.")
    assert window.chat.shown.messages
    assert session.memory.stats().episodes == 0


def test_hippo_locks_after_the_chosen_time_without_input(window: MainWindow, session: Session) -> None:
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy(lock_after_minutes=1)))
    window.auto_lock.last_input = awake_seconds() - 59
    window.auto_lock.check()
    assert stage(session) == "open"
    window.auto_lock.last_input = awake_seconds() - 61
    window.auto_lock.check()
    assert stage(session) == "locked"


def test_minimising_locks_only_where_the_settings_say_so(window: MainWindow, session: Session) -> None:
    window.showMinimized()
    QApplication.processEvents()
    assert stage(session) == "open"
    window.showNormal()
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy(lock_on_minimise=True)))
    window.showMinimized()
    QApplication.processEvents()
    assert stage(session) == "locked"


def test_settings_hold_at_once_and_are_written(window: MainWindow, session: Session) -> None:
    press(window, Qt.Key.Key_Comma)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    dialog._change_memory("recall_tokens", 500)
    dialog.close()
    assert session.settings.memory.recall_tokens == 500
    assert Session(session.home, keyring=None).settings.memory.recall_tokens == 500


@pytest.mark.parametrize("scale", [100, 200])
def test_the_settings_cut_no_value_off_silently(
    window: MainWindow, session: Session, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, scale: int
) -> None:
    monkeypatch.setattr(session, "home", Home(Path("/a/very/long/folder/name" * 8)))
    apply_theme(qapp, "light", scale)
    try:
        dialog = SettingsDialog(session, window._tasks, window)
        dialog.show()
        dialog.turn_to("about")
        qapp.processEvents()
        page = dialog._stack.currentWidget()
        assert page is not None
        for label in page.findChildren(QLabel):
            right = label.mapTo(dialog, label.rect().topRight()).x()
            assert right <= dialog.width(), label.text()
            assert label.wordWrap() or label.toolTip() or label.sizeHint().width() <= label.width(), label.text()
        fields = [*dialog.findChildren(QComboBox), *dialog.findChildren(QSpinBox)]
        assert len({width for field in fields for width in (field.minimumWidth(), field.maximumWidth())}) == 1
        assert dialog._list.height() == dialog.height()
        dialog.close()
    finally:
        apply_theme(qapp, "light", 100)


def test_a_failure_is_told_in_words_and_can_be_closed(window: MainWindow) -> None:
    window._show_error(HippoError("It did not work.", next_step="Try again."))
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "It did not work."
    box.close()


def test_locking_closes_dialogs_that_show_words(window: MainWindow, session: Session) -> None:
    say(window, "I am allergic to walnuts.")
    window.chat.show_last_prompt()
    assert window.findChildren(QDialog)
    window.lock()
    QApplication.processEvents()
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def test_the_window_comes_back_where_it_was_and_keeps_only_its_geometry(
    window: MainWindow, session: Session, tasks: Tasks
) -> None:
    say(window, "I am allergic to walnuts.")
    window.resize(700, 610)
    window.close()
    assert window._geometry is not None
    assert set(window._geometry.allKeys()) == {"geometry", "columns"}
    other = MainWindow(session, tasks, geometry=window._geometry)
    assert (other.width(), other.height()) == (700, 610)
    other.close()
    other.deleteLater()


@pytest.mark.parametrize("scale", [100, 200])
def test_no_page_of_the_settings_is_wider_than_its_window(
    window: MainWindow, session: Session, qapp: QApplication, scale: int
) -> None:
    session.write_backup(session.home.root / "a backup with quite a long name, as people give them.hippo")
    apply_theme(qapp, "dark", scale)
    try:
        dialog = SettingsDialog(session, window._tasks, window)
        dialog.show()
        for page in PAGES:
            dialog.turn_to(page)
            qapp.processEvents()
            shown = dialog._stack.currentWidget()
            assert shown is not None
            for widget in shown.findChildren(QWidget):
                if widget.isVisible() and not widget.inherits("QScrollBar"):
                    assert widget.mapTo(dialog, widget.rect().topRight()).x() <= dialog.width(), (page, widget)
        dialog.close()
    finally:
        apply_theme(qapp, "light", 100)


def test_hippo_locks_with_the_screen_only_where_the_settings_say_so(window: MainWindow, session: Session) -> None:
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy(lock_with_screen=False)))
    window.auto_lock.system.screen_locked.emit()
    assert stage(session) == "open"
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy()))
    window.auto_lock.system.screen_locked.emit()
    assert stage(session) == "locked"


def test_hippo_locks_before_the_computer_sleeps_and_lets_it_sleep_only_then(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages: list[str] = []
    monkeypatch.setattr(window.auto_lock.system, "let_sleep", lambda: stages.append(session.stage))
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy(lock_on_suspend=False)))
    window.auto_lock.system.falling_asleep.emit()
    assert stages == ["open"]
    session.save_settings(msgspec.structs.replace(session.settings, privacy=Privacy()))
    window.auto_lock.system.falling_asleep.emit()
    assert stages[1:] == ["locked"]
    window.auto_lock.system.falling_asleep.emit()
    assert stages[2:] == ["locked"]


def test_where_nothing_tells_of_sleep_hippo_locks_on_waking_up(window: MainWindow, session: Session) -> None:
    window.auto_lock.last_look = awake_seconds() - SLEPT_SECONDS
    window.auto_lock.check()
    assert stage(session) == "open"
    window.auto_lock.last_look = awake_seconds() - SLEPT_SECONDS - 10
    window.auto_lock.check()
    assert stage(session) == "locked"


def words_anywhere(window: MainWindow, *, locked: bool = False) -> str:
    """Everything that a widget, an action, a list or the clipboard holds: shown, selectable, or only named.

    When locked, undoing is tried too.
    """
    settle()
    found = [window.windowTitle(), QApplication.clipboard().text()]
    for thing in window.findChildren(QObject):
        for name in ("text", "plainText", "toolTip", "accessibleName", "accessibleDescription", "windowTitle"):
            value = thing.property(name)
            if isinstance(value, str):
                found.append(value)
        if isinstance(thing, QPlainTextEdit | QTextEdit):
            found.append(thing.toPlainText())
            if locked and not thing.isReadOnly():
                thing.undo()
                found.append(thing.toPlainText())
        if isinstance(thing, QLineEdit) and locked:
            thing.undo()
            found.append(thing.text())
        if isinstance(thing, QAbstractItemModel):
            role = Qt.ItemDataRole
            for row in range(thing.rowCount(QModelIndex())):
                index = thing.index(row, 0, QModelIndex())
                shown = (role.DisplayRole, role.ToolTipRole, role.UserRole, role.AccessibleTextRole)
                found += [str(thing.data(index, each)) for each in shown]
    return "\n".join(found)


def test_after_locking_no_widget_and_not_the_clipboard_holds_a_word(window: MainWindow, session: Session) -> None:
    say(window, "My harpsichord needs new strings.")
    window.inspector.show()
    window.inspector.panel.search.setText("harpsichord")
    window.inspector.refresh()
    window.sidebar.search.setText("harpsichord")
    window.chat.composer.field.setPlainText("About the harpsichord:")
    field = window.chat.composer.field
    field.setFocus()
    field.selectAll()
    field.copy()
    QApplication.processEvents()
    assert "harpsichord" in QApplication.clipboard().text()
    assert words_anywhere(window).count("harpsichord") > 5
    window.lock()
    QApplication.processEvents()
    assert stage(session) == "locked"
    assert "harpsichord" not in words_anywhere(window, locked=True).lower()


def forget_everything(window: MainWindow, *, copies: bool = True) -> None:
    window.inspector.panel.forget_everything.trigger()
    dialog = window.inspector.findChild(ForgetEverythingDialog)
    assert dialog is not None
    dialog.with_backups.setChecked(copies)
    dialog.field.setText(dialog.words)
    dialog.forget_button.click()


def test_forgetting_everything_ends_at_the_first_page_with_a_receipt(window: MainWindow, session: Session) -> None:
    QApplication.clipboard().clear()
    say(window, "My harpsichord needs new strings.")
    window.inspector.show()
    forget_everything(window)
    QApplication.processEvents()
    assert stage(session) == "open"  # for ten seconds it can be undone
    window.inspector.toaster.toasts[0].expire()
    QApplication.processEvents()
    assert stage(session) == "new"
    assert not session.home.vault.exists()
    assert window.pages.currentWidget() is window.welcome
    receipt = window.findChild(ReceiptDialog)
    assert receipt is not None
    assert "keys were destroyed" in receipt.card.words()
    receipt.accept()
    assert "harpsichord" not in words_anywhere(window, locked=True).lower()


@pytest.mark.parametrize("copies", [True, False])
def test_forgetting_everything_takes_a_memory_that_was_put_aside_or_names_it(
    window: MainWindow, session: Session, copies: bool
) -> None:
    aside = session.home.root / "before-restore-1"
    (aside / "store").mkdir(parents=True)
    say(window, "My harpsichord needs new strings.")
    forget_everything(window, copies=copies)
    window.inspector.finish_pending()
    QApplication.processEvents()
    assert aside.exists() is not copies
    receipt = window.findChild(ReceiptDialog)
    assert receipt is not None
    assert (str(aside) in receipt.card.words()) is not copies
    receipt.accept()


def test_a_new_home_can_begin_with_a_backup(window: MainWindow, session: Session, tmp_path: Path) -> None:
    say(window, "My harpsichord needs new strings.")
    session.write_backup(tmp_path / "mine.hippo")
    forget_everything(window, copies=False)
    window.inspector.finish_pending()
    QApplication.processEvents()
    receipt = window.findChild(ReceiptDialog)
    assert receipt is not None
    receipt.accept()
    click(window.welcome, "Restore a backup…")
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    dialog.use_file(tmp_path / "mine.hippo")
    dialog.key.setText(PASSPHRASE)
    click(dialog, "Check the backup")
    click(dialog, "Restore")
    assert stage(session) == "open"
    assert window.pages.currentWidget() is window.work
    assert any("harpsichord" in row.text for row in window.sidebar.list.rows.rows)


def test_locking_while_everything_can_still_be_undone_ends_at_the_first_page_too(
    window: MainWindow, session: Session
) -> None:
    say(window, "My harpsichord needs new strings.")
    forget_everything(window)
    window.lock()
    QApplication.processEvents()
    assert stage(session) == "new"
    assert window.pages.currentWidget() is window.welcome


def test_after_forgetting_the_window_tells_which_backups_still_hold_it(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    say(window, "My harpsichord needs new strings.")
    session.write_backup(tmp_path / "mine.hippo")
    window.inspector.forget([session.memory.matching("harpsichord")[0].id], "1 memory")
    window.inspector.finish_pending()
    QApplication.processEvents()
    click(toast_with(window, "backup"), "Show")
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    assert settings._stack.currentIndex() == PAGES.index("backups")
    settings.close()


def test_a_due_backup_is_made_between_turns(window: MainWindow, session: Session, tmp_path: Path) -> None:
    wanted = Backups(every="daily", folder=str(tmp_path), keep=2)
    session.save_settings(msgspec.structs.replace(session.settings, backups=wanted))
    say(window, "My harpsichord needs new strings.")
    assert len(list(tmp_path.glob("*.hippo"))) == 1
    say(window, "It was built in Antwerp.")
    assert len(list(tmp_path.glob("*.hippo"))) == 1


def toast_with(window: MainWindow, words: str) -> QWidget:
    return next(t for t in window.toaster.toasts if words in "".join(x.text() for x in t.findChildren(QLabel)))


def test_a_backup_restored_from_the_settings_brings_the_window_back_open(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    say(window, "My harpsichord needs new strings.")
    session.write_backup(tmp_path / "mine.hippo")
    say(window, "And the cembalo needs new quills.")
    window._show_settings_page("backups")
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    click(settings, "Restore…")
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    dialog.key.setText(PASSPHRASE)
    click(dialog, "Check the backup")
    click(dialog, "Restore")
    assert stage(session) == "open"
    assert window.pages.currentWidget() is window.work
    assert session.memory.matching("harpsichord")
    assert not session.memory.matching("cembalo")
    settle()
    assert "cembalo" not in words_anywhere(window)
    click(toast_with(window, "put aside"), "Show")
    shown = window.findChild(SettingsDialog)
    assert shown is not None
    assert "from before a backup was restored" in "".join(label.text() for label in shown.findChildren(QLabel))
    shown.close()


def test_the_lock_screen_leads_to_restoring_a_backup(window: MainWindow, session: Session, tmp_path: Path) -> None:
    session.write_backup(tmp_path / "mine.hippo")
    press(window, Qt.Key.Key_L)
    click(window.lock_page, "Restore a backup…")
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    dialog.use_file(tmp_path / "mine.hippo")
    dialog.key.setText(PASSPHRASE)
    click(dialog, "Check the backup")
    assert "put aside" in dialog.summary_words()
    click(dialog, "Cancel")
    assert stage(session) == "locked"
    assert window.pages.currentWidget() is window.lock_page
    unlock(window)
    assert stage(session) == "open"


def keep_a_day(session: Session, *, acts: bool) -> None:
    """What Hippo knows is two days old, and is to be kept for one."""
    told = datetime.now(UTC) - timedelta(days=2)
    chat = Conversation(id=new_id(), created=told)
    session.memory.remember([chat], [Said(chat.id, "user", "My harpsichord needs new strings.", told, 0)])
    session.memory.set_retention(RetentionRule(id=new_id(), keep="days", days=1))
    memory = msgspec.structs.replace(session.settings.memory, forgets_due=acts)
    session.save_settings(msgspec.structs.replace(session.settings, memory=memory))


def test_what_is_past_its_time_is_told_at_the_start_and_waits(window: MainWindow, session: Session) -> None:
    keep_a_day(session, acts=False)
    window.start()
    assert session.memory.matching("harpsichord")
    click(toast_with(window, "past the time that you set"), "Show")
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    assert settings._stack.currentIndex() == PAGES.index("keeping")
    settings.close()


def test_a_rule_that_acts_forgets_at_the_start_what_is_not_pinned_and_it_can_be_undone(
    window: MainWindow, session: Session
) -> None:
    keep_a_day(session, acts=True)
    window.start()
    assert not session.memory.matching("harpsichord")
    click(toast_with(window, "is past"), "Undo")
    [record] = [r for r in session.memory.matching("harpsichord") if isinstance(r, Episode)]
    session.memory.set_state([record.id], State.PINNED)
    window.start()
    assert session.memory.matching("harpsichord")
    session.memory.set_state([record.id], State.ACTIVE)
    window.start()
    window.inspector.finish_pending()
    assert session.memory.stats().episodes == 0
    assert "harpsichord" not in words_anywhere(window)


def test_rules_act_once_on_each_day(window: MainWindow, session: Session) -> None:
    keep_a_day(session, acts=True)
    window.upkeep.look_at_day()
    assert session.memory.matching("harpsichord")  # today it was looked at already
    window.upkeep._looked = date.today() - timedelta(days=1)
    window.upkeep.look_at_day()
    assert not session.memory.matching("harpsichord")


@pytest.mark.parametrize("width", [560, 900])
def test_with_large_text_the_inspector_is_never_cut_off(window: MainWindow, qapp: QApplication, width: int) -> None:
    window.resize(width, 600)
    apply_theme(qapp, "light", 200)
    try:
        press(window, Qt.Key.Key_I)
        QApplication.processEvents()
        right = window.inspector.mapTo(window, window.inspector.rect().topRight()).x()
        assert right <= window.width()
        assert window.inspector.width() >= window.inspector.minimumSizeHint().width()
        press(window, Qt.Key.Key_I)
        assert window.pages.isVisible()
    finally:
        apply_theme(qapp, "light", 100)
