"""Attaching files and pasting long texts, in the whole window over a real home."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from assistant.conversation.chat import Chat
from assistant.conversation.long_text import Measured
from assistant.conversation.session import Session
from assistant.errors import StoreFullError
from assistant.interchange.documents import Document
from assistant.store.records import Episode
from assistant.ui.chat.file_row import FileRow
from assistant.ui.chat.long_paste import LongPasteDialog
from assistant.ui.main_window import MainWindow

from .test_main_window import press, say, settle

LEASE = "The rent is 870 euros a month. The notice period is three months.\n"


def words_of_tray(window: MainWindow) -> str:
    settle()
    return " ".join(label.text() for label in window.chat.files.tray.findChildren(QLabel))


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPoint(5, 5), *how)):
        QApplication.sendEvent(window.chat, event)
    QApplication.processEvents()


def paste(window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    window.chat.composer.field.setFocus()
    press(window.chat.composer.field, Qt.Key.Key_V)  # type: ignore[arg-type]


def file_rows(window: MainWindow) -> list[FileRow]:
    return [row for row in window.chat.list.built().values() if isinstance(row, FileRow)]


def test_a_dropped_file_is_sent_with_the_message_and_can_be_forgotten(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "lease.md").write_text(LEASE)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF nothing")
    drop(window, tmp_path / "lease.md", tmp_path / "broken.pdf")
    assert "lease.md" in words_of_tray(window)
    assert "damaged" in words_of_tray(window)
    window.chat.files.tray.remove(window.chat.files.tray.files[1])
    assert "broken" not in words_of_tray(window)
    # They wait for their chat while another one is open.
    press(window, Qt.Key.Key_N)
    window.chat.new_chat()
    assert "lease.md" in words_of_tray(window)
    say(window, "How much is the rent?")
    assert words_of_tray(window) == ""
    [row] = file_rows(window)
    assert "870" in window.chat.chat.messages[-1].text  # type: ignore[union-attr]
    button = next(b for b in row.findChildren(QToolButton) if b.accessibleName() == "Forget this file")
    button.click()
    QApplication.processEvents()
    assert file_rows(window) == []
    window.inspector.finish_pending()
    assert not [e for e in session.memory.store.all(Episode) if "870" in e.text]


def test_no_file_is_attached_twice_or_elsewhere_when_one_fails_or_the_chat_is_left(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lease.md", "plan.md", "list.md"):
        (tmp_path / name).write_text(LEASE)
    attach, leaves = session.engine.attach, False

    def attach_or_not(chat: Chat, document: Document, **more: Any) -> Chat:
        if leaves:
            window.chat.new_chat()
        elif document.name == "plan.md":
            raise StoreFullError("The disk is full.")
        return attach(chat, document, **more)

    monkeypatch.setattr(session.engine, "attach", attach_or_not)
    drop(window, tmp_path / "lease.md", tmp_path / "plan.md")
    window.chat.composer.set_text("How much is the rent?")
    window.chat._send(window.chat.composer.text())
    settle()
    assert len(file_rows(window)) == 1
    assert [each.name for each in window.chat.files.tray.files] == ["plan.md"]
    assert window.chat.composer.text() == "How much is the rent?"
    window.chat.files.tray.take()
    drop(window, tmp_path / "list.md")
    leaves = True
    window.chat._send("")
    settle()
    assert window.chat.files.tray.files == ()
    assert sorted({e.file for e in session.memory.store.all(Episode)}) == ["lease.md", "list.md"]
    assert len(session.memory.conversations()) == 1


def test_a_temporary_chat_takes_no_files_and_says_why(window: MainWindow, session: Session, tmp_path: Path) -> None:
    (tmp_path / "lease.md").write_text(LEASE)
    window.chat.new_chat(temporary=True)
    drop(window, tmp_path / "lease.md")
    assert "nothing is remembered" in words_of_tray(window)
    assert not window.chat.composer.send_button.isEnabled()
    assert len(session.memory.store) == 0


def test_a_long_text_that_is_pasted_is_asked_about_and_never_cut_unasked(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    composer, text = window.chat.composer, LEASE * 120
    paste(window, "short")
    assert composer.text() == "short"
    for press_button, left in (
        ("cancel_button", "short"),
        ("paste_button", "short" + text),
        ("begin_button", None),
        ("attach_button", "short"),
    ):
        composer.set_text("short")
        paste(window, text)
        dialog = window.findChild(LongPasteDialog)
        assert isinstance(dialog, LongPasteDialog)
        assert composer.text() == "short"
        QTest.mouseClick(getattr(dialog, press_button), Qt.MouseButton.LeftButton)
        settle()
        if left is None:
            assert composer.text().startswith("short" + LEASE)
            assert len(composer.text()) < len(text)
        else:
            assert composer.text() == left
    assert "Pasted text 1.txt" in words_of_tray(window)
    composer.set_text("How much is the rent?")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert len(file_rows(window)) == 1
    # At the lock, no word of it stays in the window: neither what is measured at that moment, nor what is asked about.
    measure = session.engine.measure

    def measure_and_lock(text: str) -> Measured:
        window.chat.files.clear()
        return measure(text)

    with monkeypatch.context() as slow:
        slow.setattr(session.engine, "measure", measure_and_lock)
        paste(window, text)
    assert window.findChild(LongPasteDialog) is None
    paste(window, text)
    window.lock()
    settle()
    assert session.stage == "locked"
    assert window.findChild(LongPasteDialog) is None
    assert window.chat.files.tray.files == ()
