"""Asks before a link in a message is opened: that would leave Hippo."""

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from assistant.ui.widgets.markdown import LINK_SCHEMES


def ask_to_open(address: QUrl, parent: QWidget) -> None:
    """Show the whole address; let the user open it in another program, if it is of a harmless kind, or copy it."""
    shown = address.toDisplayString()
    box = QMessageBox(parent)
    box.setWindowTitle(_tr("Open this link?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_tr("This would leave Hippo and open another program:"))
    box.setInformativeText(shown)
    copy = box.addButton(_tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
    act: QWidget | None = None
    if address.scheme().lower() in LINK_SCHEMES:
        act = box.addButton(_tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(button: QWidget) -> None:
        if button is copy:
            QGuiApplication.clipboard().setText(shown)
        elif act is not None and button is act:
            QDesktopServices.openUrl(address)

    box.buttonClicked.connect(chosen)
    box.open()


def _tr(words: str) -> str:
    return QCoreApplication.translate("LinkQuestion", words)
