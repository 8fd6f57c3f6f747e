"""What the detail of a memory lists below its words: headings with links and cards, the first few at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.widgets.parts import ElidedButton, push_button, text_label, with_role

FIRST_SHOWN = 8
"""So many answers, sources or earlier wordings are listed before "show all"."""

MOST_SHOWN = 200
"""And so many after it."""

LINK_EDGE = 5
"""Edge and padding of a link, so that its words can stand below others."""

_SNIPPET = 300


def section(heading: str, rows: Sequence[Callable[[], QWidget]]) -> QWidget:
    """A heading and below it what `rows` make, the first few until the user wants all."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, theme.SMALL, 0, 0)
    column.setSpacing(theme.TINY)
    column.addWidget(text_label(heading, "muted"))
    for make in rows[:FIRST_SHOWN]:
        column.addWidget(make())
    if len(rows) > FIRST_SHOWN:
        words = QCoreApplication.translate("Inspector", "Show all {n}").format(n=len(rows))
        more = push_button(words, "link")

        def show_all() -> None:
            more.hide()
            for make in rows[FIRST_SHOWN:MOST_SHOWN]:
                column.addWidget(make())

        more.clicked.connect(show_all)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
    return box


def link(words: str, meta: str, follow: Callable[[], None]) -> QWidget:
    """Words that lead somewhere, and a small line below."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    button = ElidedButton(" ".join(words[:_SNIPPET].split()))
    button.setAccessibleDescription(meta)
    button.clicked.connect(follow)
    small = text_label(meta, "small")
    small.setContentsMargins(LINK_EDGE, 0, 0, 0)
    column.addWidget(button)
    column.addWidget(small)
    return row


def card(words: str, meta: str) -> QWidget:
    """Words that lead nowhere, and a small line below."""
    frame = with_role(QFrame(), "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
    column.setSpacing(theme.TINY)
    column.addWidget(text_label(words, "muted", selectable=True))
    column.addWidget(text_label(meta, "small"))
    return frame
