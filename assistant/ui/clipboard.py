"""The clipboard remembers words longer than the screen does: what Hippo put there goes when Hippo locks.

It makes no difference how the words got there: by a button of Hippo's or by Ctrl+C in any of its fields. What another
program put there is left alone. On X11 the selected text is a clipboard of its own, and goes with it.
"""

import hashlib
import os

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

_Mode = QClipboard.Mode

SECRET_MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
"""What tells the clipboard histories of KDE and Windows to keep no copy."""


class ClipboardWatch(QObject):
    """Knows whether what is on the clipboard came from this program. Keeps a salted hash of it, not the words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._salt = os.urandom(16)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.changed.connect(self._note)

    def clear_ours(self) -> bool:
        """Empty the clipboard (and the selection) if what is there came from here; whether anything was."""
        cleared = False
        for mode in self._modes():
            text = self._clipboard.text(mode)
            if text and (self._owns(mode) or self._ours.get(mode) == self._hash(text)):
                self._clipboard.clear(mode)
                cleared = True
        self._ours.clear()
        return cleared

    def _note(self, mode: QClipboard.Mode) -> None:
        # Platforms that cannot say who owns the clipboard let only the program that has the keyboard fill it.
        if self._owns(mode) or QGuiApplication.focusWindow() is not None:
            self._ours[mode] = self._hash(self._clipboard.text(mode))

    def _modes(self) -> list[QClipboard.Mode]:
        return [_Mode.Clipboard, *([_Mode.Selection] if self._clipboard.supportsSelection() else [])]

    def _owns(self, mode: QClipboard.Mode) -> bool:
        if mode == _Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return mode == _Mode.Selection and self._clipboard.ownsSelection()

    def _hash(self, text: str) -> bytes:
        return hashlib.sha256(self._salt + text.encode("utf-8", "surrogatepass")).digest()


def copy_secret(text: str) -> None:
    """Put a secret on the clipboard, and ask the histories of the desktop to keep no copy of it."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)
    # Marked afterwards: a QMimeData made in Python and left on the clipboard crashes PySide when the program ends.
    data = clipboard.mimeData()
    for kind, mark in SECRET_MARKS.items():
        data.setData(kind, mark)
