"""The page on the memory."""

from PySide6.QtWidgets import QApplication, QComboBox

from assistant.conversation.session import Session
from assistant.ui.main_window import MainWindow
from assistant.ui.settings.dialog import SettingsDialog


def test_how_questions_about_what_was_told_are_answered_can_be_chosen(
    window: MainWindow, session: Session, qapp: QApplication
) -> None:
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.turn_to("memory")
    (ways,) = [box for box in dialog.findChildren(QComboBox) if box.findData("short") >= 0]
    assert ways.currentData() == "auto"
    ways.setCurrentIndex(ways.findData("short"))
    dialog.close()
    qapp.processEvents()
    assert session.settings.generation.answers == "short"
