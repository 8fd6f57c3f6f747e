"""Importing and exporting in the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from assistant.conversation.session import Session
from assistant.ui.main_window import MainWindow

from .test_main_window import click, say, settle

LINES = (
    '{"conversation": "trip", "role": "user", "text": "I booked the small hotel near Alfama.", "source_id": "t/1"}\n'
    '{"conversation": "trip", "role": "user", "text": "It has a courtyard with lemon trees.", "source_id": "t/2"}\n'
)


def told(window: MainWindow) -> list[str]:
    return [toast.message for toast in window.toaster.toasts]


def test_an_imported_file_is_listed_at_once_and_importing_it_again_adds_nothing(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "trip.jsonl"
    file.write_text(LINES, encoding="utf-8")
    window.transfer_acts.import_file(file)
    settle()
    assert "2 messages came in" in told(window)
    assert list(window.sidebar.titles().values()) == ["trip"]
    window.transfer_acts.import_file(file)
    settle()
    assert told(window)[-1] == "Nothing new: all of it was here already"
    assert session.memory.stats().episodes == 2


def test_a_damaged_file_is_told_and_keeps_nothing(window: MainWindow, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "trip.jsonl"
    file.write_text(LINES + "{not json", encoding="utf-8")
    window.transfer_acts.import_file(file)
    settle()
    told_of = [box.text() for box in window.findChildren(QMessageBox)]
    assert any("3" in words for words in told_of), told_of
    assert session.memory.stats().episodes == 0


def test_an_export_can_be_stopped_and_leaves_no_half_file(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(window, "My bicycle is green.")
    window._new_chat()
    say(window, "My kite is red.")
    shown: list[str] = []

    def stop(_share: float) -> None:
        (progress,) = window.findChildren(QProgressDialog)
        shown.append(progress.labelText())
        progress.canceled.emit()

    monkeypatch.setattr(window.transfer_acts, "_show", stop)
    window.transfer_acts.export(tmp_path / "all.md")
    settle()
    assert shown == ["Writing to all.md…"]
    assert list(tmp_path.glob("all*")) == []
    assert told(window)[-1] == "The export was stopped. No file was written."
    assert [dialog for dialog in window.findChildren(QProgressDialog) if dialog.isVisible()] == []


def test_one_chat_is_exported_after_a_warning_and_nothing_is_overwritten(window: MainWindow, tmp_path: Path) -> None:
    say(window, "My bicycle is green.")
    chat = window.chat.conversation_id()
    window._new_chat()
    say(window, "My kite is red.")
    window._export_chat(chat)
    (warning,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "plain text" in warning.informativeText()
    click(warning, "Choose a file…")
    (dialog,) = window.findChildren(QFileDialog)
    dialog.close()
    target = tmp_path / "bicycle.md"
    window.transfer_acts.export(target, chat)
    settle()
    text = target.read_text(encoding="utf-8")
    assert "My bicycle is green." in text
    assert "kite" not in text
    window.transfer_acts.export(target, "")
    settle()
    assert "kite" not in target.read_text(encoding="utf-8")
    assert any("exists already" in box.text() for box in window.findChildren(QMessageBox))
