"""A block of code: its language, a copy button, and the code itself in colours, scrolling sideways when it is wide."""

from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import theme
from assistant.ui.icons import set_icon
from assistant.ui.widgets.markdown import Code, segments

COLOURED_UP_TO = 40_000
"""Longer code is shown in one colour: colouring it would hold up the window."""

_COLOURS = {
    "Token.Comment": "code_comment",
    "Token.Keyword": "code_keyword",
    "Token.Operator.Word": "code_keyword",
    "Token.Literal.String": "code_string",
    "Token.Literal.Number": "code_number",
    "Token.Name.Function": "code_name",
    "Token.Name.Class": "code_name",
    "Token.Name.Decorator": "code_name",
    "Token.Name.Builtin": "code_name",
    "Token.Name.Tag": "code_name",
    "Token": "text",
}


def load_parsers() -> None:
    """Import what reads Markdown and the usual languages: the first answer would hold up the window for it."""
    segments("")
    for language in ("python", "bash", "json", "javascript", "html", "c"):
        for _ in _coloured("", language):
            pass


class _CodeText(QTextEdit):
    """The code, read-only, as high as its lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.setObjectName("codeText")

    def sizeHint(self) -> QSize:
        """The size it wants."""
        # Counted, not asked of the document: that knows its size only after it was shown once.
        lines = self.document().blockCount() * QFontMetricsF(theme.mono_font()).lineSpacing()
        return QSize(200, ceil(lines) + self.horizontalScrollBar().sizeHint().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """The least it can do with."""
        return QSize(40, self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list around."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()


class CodeBlock(QFrame):
    """Code with a heading line.

    Attributes:
        code: What is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = Code("")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setObjectName("codeBlock")
        self._language = QLabel(self)
        self._language.setProperty("role", "small")
        self._copy = QToolButton(self)
        self._copy.setProperty("role", "quiet")
        self._copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._copy.setAccessibleName(self.tr("Copy code"))
        self._copy.clicked.connect(self._copy_code)
        self._text = _CodeText(self)
        self._text.setAccessibleName(self.tr("Code"))
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.timeout.connect(self._offer_copy)
        head = QHBoxLayout()
        head.setContentsMargins(theme.MEDIUM, theme.TINY, theme.TINY, 0)
        head.addWidget(self._language, 1)
        head.addWidget(self._copy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.TINY)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(self._text)
        self._offer_copy()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def set_code(self, code: Code) -> None:
        """Show this code. What is already there and unchanged is not drawn again."""
        if code == self.code:
            return
        self.code = code
        self._language.setText(code.language or self.tr("code"))
        self._colour()

    def text_edit(self) -> QTextEdit:
        """The widget that shows the code, for finding in it."""
        return self._text

    def _restyle(self) -> None:
        self._text.setFont(theme.mono_font())
        self._text.document().setDefaultFont(theme.mono_font())
        self._colour()

    def _colour(self) -> None:
        self._text.clear()
        if not self.code.text:
            return
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        if len(self.code.text) > COLOURED_UP_TO:
            cursor.insertText(self.code.text, _format("text"))
        else:
            for colour, text in _coloured(self.code.text, self.code.language):
                cursor.insertText(text, _format(colour))
        cursor.endEditBlock()
        self._text.setTextCursor(QTextCursor(self._text.document().firstBlock()))
        self._text.updateGeometry()

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text)
        self._copy.setText(self.tr("Copied"))
        set_icon(self._copy, "check", "success", 16)
        self._back.start(2000)

    def _offer_copy(self) -> None:
        self._copy.setText(self.tr("Copy"))
        set_icon(self._copy, "copy", "muted", 16)


def _coloured(code: str, language: str) -> Iterator[tuple[str, str]]:
    """The pieces of `code`, each after the name of its colour."""
    from pygments import lex  # here: the window opens without it
    from pygments.lexers import get_lexer_by_name
    from pygments.lexers.special import TextLexer
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False, ensurenl=False)
    for kind, text in lex(code, lexer):
        while str(kind) not in _COLOURS and kind.parent is not None:
            kind = kind.parent
        yield _COLOURS[str(kind)], text


def _format(name: str) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(getattr(theme.current(), name)))
    style.setFont(theme.mono_font(), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
    if name == "code_keyword":
        style.setFontWeight(QFont.Weight.DemiBold)
    return style
