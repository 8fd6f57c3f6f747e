from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from assistant.ui.clipboard import SECRET_MARKS, ClipboardWatch, copy_secret


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = qapp.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def field(qapp: QApplication) -> Iterator[QPlainTextEdit]:
    """A field of Hippo's that has the keyboard."""
    field = QPlainTextEdit("The safe opens with 7319.")
    field.show()
    field.activateWindow()
    qapp.processEvents()
    yield field
    field.close()
    field.deleteLater()


def test_what_was_copied_from_any_field_goes(clipboard: QClipboard, field: QPlainTextEdit) -> None:
    watch = ClipboardWatch()
    field.selectAll()
    field.copy()
    assert clipboard.text() == "The safe opens with 7319."
    assert watch.clear_ours()
    assert clipboard.text() == ""
    assert not watch.clear_ours()


def test_what_another_program_copied_since_stays(
    qapp: QApplication, clipboard: QClipboard, field: QPlainTextEdit
) -> None:
    watch = ClipboardWatch()
    field.selectAll()
    field.copy()
    field.close()
    qapp.processEvents()
    assert qapp.focusWindow() is None
    clipboard.setText("from elsewhere")
    assert not watch.clear_ours()
    assert clipboard.text() == "from elsewhere"


def test_the_watch_keeps_no_words(clipboard: QClipboard, field: QPlainTextEdit) -> None:
    watch = ClipboardWatch()
    field.selectAll()
    field.copy()
    assert "7319" not in repr(vars(watch))


def test_a_secret_is_marked_for_the_histories_of_desktops(clipboard: QClipboard) -> None:
    copy_secret("7Q4M-0ZKD")
    data = clipboard.mimeData()
    assert data.text() == "7Q4M-0ZKD"
    assert set(SECRET_MARKS) <= set(data.formats())
