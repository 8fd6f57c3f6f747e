"""A walk through every screen of the window, over the demo: what the pictures show, and what a test can look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from assistant.conversation.demo import PASSPHRASE
from assistant.conversation.session import Session
from assistant.interchange.documents import Document, Page
from assistant.models.catalogue import catalogue
from assistant.paths import Home
from assistant.store.records import Episode
from assistant.ui.chat.message_row import MessageRow
from assistant.ui.main_window import MainWindow
from assistant.ui.settings.dialog import PAGES, SettingsDialog
from assistant.ui.tasks import Tasks
from assistant.ui.welcome.protection import ProtectionPage

FILES = ("Lease of the flat.pdf", "Scan.pdf")
"""Names of files that are attached; of the second there is none."""

CODE = "0000-0000-0000-0000-0000-0000-0000-0000"


@dataclass(frozen=True)
class Screen:
    """A screen by its name in the file of its picture, and what shows it."""

    name: str
    widget: QWidget


def settle() -> None:
    """Let the window draw, and let what was closed go."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def first_start(home: Home, tasks: Tasks, size: tuple[int, int]) -> Iterator[Screen]:
    """The pages of the first start, over a home that is new."""
    session = Session(home, keyring=None)
    window = MainWindow(session, tasks)
    window.resize(*size)
    window.show()
    window.start()
    welcome = window.welcome
    assert isinstance(welcome.protection, ProtectionPage)
    for name, page in (("protection", welcome.protection), ("recovery", welcome.recovery)):
        if page is welcome.recovery:
            welcome.recovery.show_code(CODE)
        welcome.pages.setCurrentWidget(page)
        settle()
        yield Screen(f"welcome-{name}", window)
    welcome.preparing.begin()
    welcome.pages.setCurrentWidget(welcome.preparing)
    settle()
    yield Screen("welcome-preparing", window)
    window.close()
    window.deleteLater()
    session.close()
    settle()


def work(session: Session, tasks: Tasks, size: tuple[int, int]) -> Iterator[Screen]:
    """The window at work and what opens over it. The session is that of a demo, open, its models ready."""
    window = MainWindow(session, tasks)
    window.resize(*size)
    window.show()
    window.start()
    settle()
    yield Screen("chat-new", window)
    yield from _chats(window)
    yield from _dialogs_of_chats(window)
    yield from _inspector(window)
    yield from _settings(window)
    window.lock()
    settle()
    yield Screen("lock", window)
    window.lock_page.forgot_button.click()
    settle()
    yield Screen("lock-recovery", window)
    session.unlock(passphrase=PASSPHRASE)
    window.close()
    window.deleteLater()
    settle()


def _open(window: MainWindow, title: str) -> None:
    chat = next(each for each, named in window.sidebar.titles().items() if named == title)
    window.sidebar.open_chat.emit(chat, "")
    settle()


def _chats(window: MainWindow) -> Iterator[Screen]:
    _open(window, "The hotel again")
    for row in window.chat.list.built().values():
        if isinstance(row, MessageRow):
            for button in row.findChildren(QAbstractButton):
                if button.isCheckable():
                    button.click()
    settle()
    yield Screen("chat", window)
    window.chat.set_remembering(False)
    settle()
    yield Screen("chat-memory-off", window)
    window.chat.set_remembering(True)
    window.memory_acts.pause(True)
    settle()
    yield Screen("chat-paused", window)
    window.memory_acts.pause(False)
    _open(window, "What to eat this week")
    yield Screen("chat-table", window)
    _open(window, "Watering log in Python")
    yield Screen("chat-code", window)
    _open(window, "Portuguese, a little every day")
    yield Screen("chat-long", window)
    window.chat.open_find()
    window.chat.find_bar.field.setText("pátio")
    settle()
    yield Screen("chat-find", window)
    window.chat.find_bar.close_bar()
    window.sidebar.search.setText("hotel")
    window.sidebar._search()
    settle()
    yield Screen("chat-search", window)
    window.sidebar.search.setText("")
    window.sidebar.new_chat.emit(True)
    settle()
    yield Screen("chat-temporary", window)
    window.sidebar.new_chat.emit(False)
    window.chat.composer.set_text("What did I say about the hotel in Lisbon?")
    window.chat.composer.send_button.click()
    settle()
    yield Screen("chat-answered", window)
    window.chat.writing.edit_last()
    settle()
    yield Screen("chat-editing", window)
    window.chat.composer.set_text("And what did I say about the weather there?")
    window.chat.composer.send_button.click()
    settle()
    yield Screen("chat-versions", window)
    window.chat.files.tray.add_document(Document(FILES[0], (Page(12, "The rent is 870 euros a month."),)))
    window.chat.files.tray.add_path(Path(FILES[1]))
    settle()
    settle()  # the chips say how high they are, then all around them makes room
    yield Screen("chat-attaching", window)
    window.chat.files.tray.remove(window.chat.files.tray.files[1])
    window.chat.composer.set_text("How much is the rent?")
    window.chat.composer.send_button.click()
    settle()
    yield Screen("chat-attached", window)


def _dialogs_of_chats(window: MainWindow) -> Iterator[Screen]:
    window.chat.heading.prompt_wanted.emit()
    yield from _dialog("dialog-prompt", window)
    window.chat.composer.long_pasted.emit("The rent is to be paid by the fifth day of each month. " * 400)
    yield from _dialog("dialog-long-paste", window)
    _open(window, "Trip to Lisbon")
    conversation = window.chat.conversation_id()
    window.chat_acts.rename(conversation)
    yield from _dialog("dialog-rename", window)
    window.chat_acts.forget(conversation)
    yield from _dialog("dialog-forget-chat", window)
    window.memory_acts.forget_last_hour()
    yield from _dialog("dialog-forget-hour", window)
    window.show_restore()
    yield from _dialog("dialog-restore", window)
    window.show_palette()
    yield from _dialog("dialog-palette", window)
    window.show_shortcuts()
    yield from _dialog("dialog-shortcuts", window)


def _dialog(name: str, window: QWidget) -> Iterator[Screen]:
    """The dialog that is open over the window; it is closed afterwards."""
    settle()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            yield Screen(name, dialog)
            dialog.close()
            settle()
            return
    raise AssertionError(f"nothing opened for {name}")


def _inspector(window: MainWindow) -> Iterator[Screen]:
    window.inspector.show()
    window.inspector.refresh()
    settle()
    yield Screen("inspector", window)
    panel = window.inspector.panel

    def shown(find: Callable[[object], bool]) -> None:
        rows = panel.rows.listing.records
        panel.table.select_row(next(at for at, record in enumerate(rows) if find(record)))
        settle()

    shown(lambda record: isinstance(record, Episode) and record.text == "I am allergic to walnuts.")
    panel.drill()
    settle()
    yield Screen("inspector-episode", window)
    shown(lambda record: not isinstance(record, Episode) and "Utrecht" in getattr(record, "text", ""))
    panel.drill()
    settle()
    yield Screen("inspector-fact", window)
    panel.close_detail()
    panel.table.select_rows([0, 1, 2])
    settle()
    yield Screen("inspector-several", window)
    panel.close_detail()
    for number, name in ((1, "summaries"), (2, "fading")):
        button = panel._views.button(number)
        assert button is not None
        button.click()
        settle()
        yield Screen(f"inspector-{name}", window)
    button = panel._views.button(0)
    assert button is not None
    button.click()
    panel.search.setText("zzz")
    window.inspector.refresh()
    settle()
    yield Screen("inspector-nothing", window)
    panel.search.setText("")
    window.inspector.refresh()
    settle()
    panel.forget_everything.trigger()
    yield from _dialog("dialog-forget-everything", window)
    window.inspector.setFloating(True)
    settle()
    yield Screen("inspector-window", window.inspector)
    window.inspector.setFloating(False)
    window.inspector.hide()
    settle()


def _settings(window: MainWindow) -> Iterator[Screen]:
    window.show_settings()
    settle()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    for page in PAGES:
        dialog.turn_to(page)
        settle()
        if page == "models":
            for _ in catalogue():  # one card each time
                settle()
        yield Screen(f"settings-{page}", dialog)
    dialog.close()
    settle()


def save(screen: Screen, folder: Path) -> None:
    """Write the picture of a screen."""
    screen.widget.grab().save(str(folder / f"{screen.name}.png"))


def use_mouse_nowhere(app: QApplication) -> None:
    """Nothing is under the pointer, and no cursor blinks: pictures of the same screen are the same."""
    app.setCursorFlashTime(0)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
