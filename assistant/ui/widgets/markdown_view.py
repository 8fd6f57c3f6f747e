"""Shows Markdown: prose that selects and links like a page, code in blocks. As high as its content; never scrolls.

While an answer is written, only the piece that grows is drawn again. Nothing is loaded from anywhere: no pictures,
no files; a link asks before it opens.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.widgets.code_block import CodeBlock
from assistant.ui.widgets.markdown import Code, Prose, Segment


class ProseView(QTextBrowser):
    """One run of prose, as high as its text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._html = ""
        self._heights: dict[int, int] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self._restyle_document()

    def set_html(self, html: str) -> None:
        """Show this HTML; what is already shown is left alone."""
        if html != self._html:
            self._html = html
            self._show()

    def restyle(self) -> None:
        """Take over the theme's colours and text size."""
        self._restyle_document()
        self._show()

    def _restyle_document(self) -> None:
        c = theme.current()
        font = self.font()
        font.setPointSizeF(theme.points(1.05))
        self.document().setDefaultFont(font)
        self.document().setDefaultStyleSheet(
            f"body, p, li, td, th {{ color: {c.text}; line-height: 138%; }}"
            "p { margin-top: 0; margin-bottom: 9px; } ul, ol { margin-top: 0; margin-bottom: 9px; }"
            "li { margin-bottom: 3px; } h1, h2, h3, h4, h5, h6 { margin-top: 10px; margin-bottom: 6px; }"
            f"h1 {{ font-size: {theme.points(1.5)}pt; }} h2 {{ font-size: {theme.points(1.3)}pt; }}"
            f"h3, h4, h5, h6 {{ font-size: {theme.points(1.12)}pt; }}"
            f"a {{ color: {c.accent}; text-decoration: underline; }}"
            f'code, pre {{ font-family: "{theme.mono_font().family()}"; background-color: {c.code}; '
            f"font-size: {theme.points(0.95)}pt; }}"
            f"blockquote, blockquote p {{ color: {c.muted}; }}"
            "blockquote { margin-left: 14px; margin-top: 0; margin-bottom: 9px; }"
            "table { border-collapse: collapse; margin-bottom: 9px; }"
            f"td, th {{ border: 1px solid {c.border}; padding: 8px 9px 1px 9px; }}"
            f"th {{ background-color: {c.sidebar}; }}"
        )

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is ever loaded: no picture, no style sheet, no file."""
        return None

    def hasHeightForWidth(self) -> bool:
        """Its lines depend on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the text at this width."""
        if width not in self._heights:
            before = self.document().textWidth()
            self.document().setTextWidth(width)
            self._heights[width] = int(self.document().size().height() + 0.99)
            if before > 0 and self.viewport().width() != width:
                self.document().setTextWidth(before)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """The size it wants."""
        width = max(1, self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The least it can do with."""
        return QSize(40, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self.verticalScrollBar().setRange(0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list around."""
        event.ignore()

    def _show(self) -> None:
        self._heights.clear()
        self.setHtml(self._html)
        self._trim()
        self.updateGeometry()

    def _trim(self) -> None:
        """Take the space below the last paragraph away: what stands around it sets the distance."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        block = cursor.blockFormat()
        block.setBottomMargin(0)
        cursor.setBlockFormat(block)


class MarkdownView(QWidget):
    """Segments of prose and code, below each other.

    Signals:
        link_clicked: A web or mail address was chosen.
    """

    link_clicked = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: list[ProseView | CodeBlock] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.SMALL)
        theme.notifier().changed.connect(self._restyle)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show these, and draw only what differs from what is shown."""
        for at, segment in enumerate(segments):
            if at < len(self._views) and isinstance(segment, Code) != isinstance(self._views[at], CodeBlock):
                self._drop_from(at)
            if at == len(self._views):
                self._add(segment)
            view = self._views[at]
            if isinstance(view, CodeBlock) and isinstance(segment, Code):
                view.set_code(segment)
            elif isinstance(view, ProseView) and isinstance(segment, Prose):
                view.set_html(segment.html)
        self._drop_from(len(segments))

    def highlight(self, words: str, current: int = -1) -> int:
        """Mark each place where `words` stands, and return how many there are; "" unmarks.

        Args:
            words: The words.
            current: The place to mark apart, counted from 0; the last one stands for all beyond it.
        """
        c = theme.current()
        count = 0
        apart: tuple[QTextEdit, list[QTextEdit.ExtraSelection], int] | None = None
        for view in self._views:
            edit: QTextEdit = view.text_edit() if isinstance(view, CodeBlock) else view
            marks: list[QTextEdit.ExtraSelection] = []
            cursor = edit.document().find(words) if words else QTextCursor()
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(c.color("found"))
                if current >= 0 and count + len(marks) <= current:
                    apart = (edit, marks, len(marks))
                marks.append(mark)
                cursor = edit.document().find(words, cursor)
            edit.setExtraSelections(marks)
            count += len(marks)
        if apart is not None:
            edit, marks, at = apart
            marks[at].format.setBackground(c.color("accent"))
            marks[at].format.setForeground(c.color("on_accent"))
            edit.setExtraSelections(marks)
        return count

    def plain_text(self) -> str:
        """The words as they are shown."""
        return "\n".join(v.code.text if isinstance(v, CodeBlock) else v.toPlainText() for v in self._views)

    def _add(self, segment: Segment) -> None:
        if isinstance(segment, Code):
            self._views.append(CodeBlock(self))
        else:
            prose = ProseView(self)
            prose.setAccessibleName(self.tr("Message text"))
            prose.anchorClicked.connect(self.link_clicked)
            self._views.append(prose)
        self._box.addWidget(self._views[-1])

    def _drop_from(self, at: int) -> None:
        for view in self._views[at:]:
            self._box.removeWidget(view)
            view.hide()
            view.deleteLater()
        del self._views[at:]

    def _restyle(self) -> None:
        for view in self._views:
            if isinstance(view, ProseView):
                view.restyle()
