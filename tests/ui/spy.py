"""Runs the window and tells a test, on stdout, what is on the screen and where. It only looks: keys and mouse are real.
Only the time in which a forgetting can be undone is shorter.

Started as a program with the home folder as its argument. Each line on stdin asks for one JSON line: the widgets that
can be seen, each with its kind, name, words, state and the place of its middle on the screen.
"""

import functools
import json
import sys
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QPoint, QSocketNotifier, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from assistant.paths import Home
from assistant.ui.app import run
from assistant.ui.inspector.forgetting import Forgetting

UNDO_SECONDS = 6.0


def words_of(widget: QWidget) -> str | None:
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        rows = range(min(50, model.rowCount()))
        return "\n".join(str(model.index(row, 0).data() or "") for row in rows)
    return None


def rows_of(widget: QWidget) -> list[dict[str, object]]:
    """The rows of a list that can be seen, with their places."""
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return []
    rows: list[dict[str, object]] = []
    for at in range(min(50, widget.model().rowCount())):
        index = widget.model().index(at, 0)
        middle = widget.visualRect(index).center()
        if widget.viewport().rect().contains(middle):
            place = widget.viewport().mapToGlobal(middle)
            told = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
            rows.append({"words": str(index.data() or ""), "told": told, "at": [place.x(), place.y()]})
    return rows


def look() -> list[dict[str, object]]:
    seen = []
    for window in QApplication.topLevelWidgets():
        for widget in [window, *window.findChildren(QWidget)]:
            words = words_of(widget)
            if words is None or not widget.isVisible() or widget.visibleRegion().isEmpty():
                continue
            middle = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
            seen.append(
                {
                    "kind": type(widget).__name__,
                    "name": widget.accessibleName(),
                    "words": words,
                    "enabled": widget.isEnabled(),
                    "focus": widget.hasFocus(),
                    "at": [middle.x(), middle.y()],
                    "rows": rows_of(widget),
                }
            )
    return seen


def main() -> int:
    app = QApplication(sys.argv[:1])
    listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, app)

    def answer() -> None:
        if not sys.stdin.readline():
            listener.setEnabled(False)
            return
        print(json.dumps(look()), flush=True)  # noqa: T201

    listener.activated.connect(answer)
    soon = functools.partialmethod(Forgetting.forget, seconds=UNDO_SECONDS)
    with mock.patch.object(Forgetting, "forget", soon):
        return run(Home(Path(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(main())
