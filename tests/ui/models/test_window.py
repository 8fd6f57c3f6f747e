"""Models in the whole window: switching without a restart, and downloads that go on while nobody looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from assistant.conversation.session import Session
from assistant.models.add import add_path
from assistant.models.download import unfinished
from assistant.models.library import LANGUAGE_MODEL
from assistant.ui.main_window import MainWindow
from assistant.ui.models import ModelsPage, ModelWork
from assistant.ui.settings.dialog import SettingsDialog
from assistant.ui.tasks import Tasks
from tests.models.fake_hub import FakeHub
from tests.models.test_add import ENTRY


@pytest.fixture
def window(qapp: QApplication, session: Session, tasks: Tasks, tiny: Path) -> Iterator[MainWindow]:
    add_path(session.home, tiny)
    settings = session.settings
    session.save_settings(replace(settings, generation=replace(settings.generation, max_tokens=8)))
    window = MainWindow(session, tasks)
    window.show()
    window.start()
    qapp.processEvents()
    yield window
    window.chat.shown.chat = None  # what is not kept would be asked about
    window.close()
    window.deleteLater()


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def read(window: MainWindow) -> str:
    settle()
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def say(window: MainWindow, text: str) -> None:
    QTest.keyClicks(window.chat.composer.field, text)
    QTest.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    settle()


def library(window: MainWindow) -> ModelsPage:
    window._show_settings_page("models")
    settle()
    page = window.findChild(ModelsPage)
    assert page is not None
    return page


def close_settings(window: MainWindow) -> None:
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.close()
    settle()


def press(window: MainWindow, words: str) -> None:
    settle()
    next(b for b in window.findChildren(QPushButton) if b.isVisible() and b.text() == words).click()
    settle()


def test_another_model_answers_in_the_same_chat_without_a_restart(window: MainWindow, session: Session) -> None:
    assert f"{LANGUAGE_MODEL.name} · ready" in read(window)
    say(window, "I am allergic to walnuts.")
    page = library(window)
    page.installed["tiny"].use_button.click()
    settle()
    assert "Tiny · ready" in read(window)
    close_settings(window)
    assert Session(session.home, keyring=None).settings.generation.model == "tiny"
    chat = window.chat.conversation_id()
    say(window, "My sister lives in Porto.")
    assert window.chat.conversation_id() == chat
    assert session.memory.matching("Porto")
    assert session.memory.matching("walnuts")


def test_what_else_is_changed_in_the_settings_does_not_take_the_choice_back(
    window: MainWindow, session: Session
) -> None:
    page = library(window)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    page.installed["tiny"].use_button.click()
    dialog._change_memory("recall_tokens", 500)
    close_settings(window)
    assert session.settings.generation.model == "tiny"
    assert session.settings.memory.recall_tokens == 500


def test_a_chosen_model_that_is_gone_is_told_with_a_way_to_the_library(
    qapp: QApplication, window: MainWindow, session: Session
) -> None:
    window._choose_model("gone")
    said = read(window)
    assert "built-in model answers" in said
    assert f"{LANGUAGE_MODEL.name} · ready" in said
    press(window, "Models")
    page = window.findChild(ModelsPage)
    assert page is not None
    assert page.isVisible()
    assert "built-in model answers" in page.problem_words()
    page.installed["tiny"].use_button.click()
    settle()
    assert page.problem_words() == ""
    close_settings(window)


def test_a_download_goes_on_without_its_page_and_offers_the_model(
    window: MainWindow, session: Session, tiny: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(tiny.read_bytes())
    with FakeHub({"Other-Q8_0.gguf": other.read_bytes()}).running() as hub:
        work = window.model_work
        work._endpoint, work._waits = hub.endpoint, ()
        seen: set[str] = set()
        work.moved.connect(lambda _key: seen.add(read(window)))
        work.download(ENTRY)
    assert any("downloading a model" in words for words in seen)
    said = read(window)
    assert "Tiny One is ready to use" in said
    assert "encrypted · offline" in said
    press(window, "Use it")
    assert session.engine.model_name == ENTRY.name


def test_closing_hippo_pauses_a_download_and_keeps_what_came(
    qapp: QApplication, session: Session, hub: FakeHub
) -> None:
    tasks = Tasks()
    work = ModelWork(session, tasks, entries=[ENTRY], endpoint=hub.endpoint, waits=(0.0, 60.0, 60.0))
    hub.cuts = [1000] * 10
    waiting, timer = QEventLoop(), QTimer(interval=5)

    def look() -> None:
        received = unfinished(session.home).get(ENTRY.id)
        if received is not None and received.done == 1000 and len(hub.asked) > 1:
            waiting.quit()

    timer.timeout.connect(look)
    timer.start()
    work.download(ENTRY)
    waiting.exec()
    timer.stop()
    tasks.close()
    assert unfinished(session.home)[ENTRY.id].done == 1000
    work.deleteLater()
