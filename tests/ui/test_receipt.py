"""The receipt of a forgetting."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QPushButton

from assistant.ui.widgets.receipt import ReceiptCard, ReceiptDialog

LINES = ["Forgotten for good: 3 memories.", "14 files of the store searched: none of the sealed bytes are left."]
WHEN = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_a_receipt_can_be_copied_as_text(qapp: QApplication) -> None:
    card = ReceiptCard(LINES, verified=True, when=WHEN)
    next(b for b in card.findChildren(QPushButton) if b.text() == "Copy").click()
    copied = QGuiApplication.clipboard().text()
    assert all(line in copied for line in LINES)
    assert "2026" in copied


def test_a_receipt_says_when_something_could_not_be_removed(qapp: QApplication) -> None:
    card = ReceiptCard(LINES, verified=False, when=WHEN)
    assert "could not be removed" in card.words()
    assert card.property("role") == "error"


def test_escape_closes_it(qapp: QApplication) -> None:
    card = ReceiptCard(LINES, verified=True, when=WHEN)
    card.show()
    dismissed = QSignalSpy(card.dismissed)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert dismissed.count() == 1
    card.close()


def test_the_dialog_has_a_way_out(qapp: QApplication) -> None:
    dialog = ReceiptDialog(LINES, verified=True, when=WHEN)
    dialog.open()
    dialog.card.dismissed.emit()
    assert not dialog.isVisible()
