"""One message as it is read: who and when, the words, and under an answer what it used, how long it took, and what
can be done with it. Asks nothing of the core itself; it tells the chat view by signals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assistant.ui import theme
from assistant.ui.chat.version_picker import VersionPicker
from assistant.ui.icons import set_icon
from assistant.ui.inspector.words import day_words
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.markdown import plain, segments
from assistant.ui.widgets.markdown_view import MarkdownView
from assistant.ui.widgets.parts import ElidedButton, PushButton, with_role

if TYPE_CHECKING:
    from assistant.conversation.chat import Message


SHORTEST_SECONDS = 0.1
"""Times that are shorter are shown as that."""


@dataclass(frozen=True)
class MemoryLine:
    """A memory that an answer used, as its link shows it.

    Attributes:
        record: Its id; "" where it is no longer kept.
        source: The file that it is from, with the page, or "".
    """

    record: str
    text: str
    time: datetime | None = None
    source: str = ""


class MessageRow(QWidget):
    """A message.

    Signals:
        copied: Its text is on the clipboard.
        regenerate: Write this answer anew.
        show_prompt: Show what the model saw, for the answer with this id.
        unfold: The memories of the answer with this id are wanted, to be given to `show_memories`.
        show_memory: Show the record with this id in the inspector.
        link_clicked: A web or mail address was chosen.
        retry: Try the turn again.
        edit: Put the question back into the composer.
        edit_message: Let the user word the message with this id anew.
        version_wanted: Show the version with this number, from 0, of the message with this id.
    """

    copied = Signal()
    regenerate = Signal()
    show_prompt = Signal(str)
    unfold = Signal(str)
    show_memory = Signal(str)
    link_clicked = Signal(QUrl)
    retry = Signal()
    edit = Signal()
    edit_message = Signal(str)
    version_wanted = Signal(str, int)

    def __init__(self, role: str, *, day: str = "", parent: QWidget | None = None) -> None:
        """Make an empty row.

        Args:
            role: "user", "assistant", or a speaker's name.
            day: A line above the row, where a new day begins.
            parent: The parent widget.
        """
        super().__init__(parent)
        self.role = role
        self._message: Message | None = None
        self._memories: QWidget | None = None
        self._footer: QWidget | None = None
        self._progress: QWidget | None = None
        self._notice: QFrame | None = None
        self._edit_button: QToolButton | None = None
        self.versions: VersionPicker | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.LARGE)
        box.setSpacing(theme.TINY)
        if day:
            label = QLabel(day, self)
            label.setProperty("role", "small")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setContentsMargins(0, theme.SMALL, 0, theme.MEDIUM)
            box.addWidget(label)
        self._frame = QFrame(self)
        inner = QVBoxLayout(self._frame)
        inner.setSpacing(theme.TINY)
        if role == "assistant":
            inner.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        else:
            self._frame.setProperty("role", "bubble")
            # The text's line height leaves room below its last line already.
            inner.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.SMALL)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        names = {"user": self.tr("You"), "assistant": self.tr("Hippo")}
        name = QLabel(names.get(role, role), self._frame)
        name.setTextFormat(Qt.TextFormat.PlainText)
        font = name.font()
        font.setWeight(font.Weight.DemiBold)
        name.setFont(font)
        self._time = QLabel(self._frame)
        self._time.setProperty("role", "small")
        head.addWidget(name)
        head.addWidget(self._time)
        head.addStretch(1)
        self._head = head
        self.body = MarkdownView(self._frame)
        self.body.link_clicked.connect(self.link_clicked)
        inner.addLayout(head)
        inner.addWidget(self.body)
        box.addWidget(self._frame)
        self._inner = inner

    def show_message(
        self,
        message: Message,
        *,
        last: bool = False,
        prompt_known: bool = False,
        stopped: bool = False,
    ) -> None:
        """Show a stored message.

        Args:
            message: The message.
            last: It is the chat's last answer, so it can be written anew.
            prompt_known: What the model saw can still be shown.
            stopped: The user stopped it before its end.
        """
        self._message = message
        self.show_text(message.text)
        self.show_time(message.time)
        self._clear_live()
        if message.versions > 1:
            self.versions = VersionPicker(message.version, message.versions, self._frame)
            self.versions.chosen.connect(lambda version: self.version_wanted.emit(message.id, version))
        if message.role == "assistant":
            self._build_footer(message, last=last, prompt_known=prompt_known, stopped=stopped)
        else:
            self._build_head(message)

    def allow(self, *, edit: bool, versions: bool) -> None:
        """Whether it can be worded anew now, and whether its other versions can be shown."""
        if self._edit_button is not None:
            self._edit_button.setVisible(edit)
        if self.versions is not None:
            self.versions.setEnabled(versions)

    def show_text(self, text: str) -> None:
        """Show these words: Markdown from the model, as typed from a person."""
        self.body.show_segments(segments(text) if self.role == "assistant" else plain(text))

    def show_time(self, time: datetime) -> None:
        """Show when it was said."""
        local = QDateTime.fromSecsSinceEpoch(int(time.timestamp()))
        locale = QLocale()
        self._time.setText(locale.toString(local.time(), QLocale.FormatType.ShortFormat))
        self._time.setToolTip(locale.toString(local, QLocale.FormatType.LongFormat))

    def show_progress(self, text: str, done: int = 0, total: int = 0, *, bar: bool = True) -> None:
        """Show how far an answer is: a line, and a bar (moving by itself while `total` is 0)."""
        if self._progress is None:
            self._progress = QWidget(self._frame)
            column = QVBoxLayout(self._progress)
            column.setContentsMargins(0, theme.TINY, 0, 0)
            column.setSpacing(theme.TINY)
            self._progress_text = QLabel(self._progress)
            self._progress_text.setProperty("role", "small")
            self._progress_text.setWordWrap(True)
            self._progress_bar = QProgressBar(self._progress)
            self._progress_bar.setTextVisible(False)
            self._progress_bar.setAccessibleName(self.tr("Progress of reading"))
            column.addWidget(self._progress_bar)
            column.addWidget(self._progress_text)
            self._inner.addWidget(self._progress)
        if self._progress_text.text() != text:
            self._progress_text.setText(text)
        self._progress_bar.setVisible(bar)
        self._progress_bar.setRange(0, total)
        self._progress_bar.setValue(done)

    def show_notice(self, text: str, *, error: bool, retry_text: str, edit_text: str) -> None:
        """Say under the message that the turn did not come to its end, and offer what can be done (not what is "")."""
        self._clear_live()
        notice = QFrame(self._frame)
        notice.setProperty("role", "error" if error else "notice")
        column = QVBoxLayout(notice)
        label = QLabel(text, notice)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAccessibleName(text)
        buttons = QWidget(notice)
        flow = FlowLayout(buttons, gap=theme.SMALL)
        if retry_text:
            again = PushButton(retry_text, buttons)
            again.clicked.connect(self.retry)
            set_icon(again, "regenerate", "text", 16)
            flow.addWidget(again)
        back = PushButton(edit_text, buttons)
        back.clicked.connect(self.edit)
        flow.addWidget(back)
        column.addWidget(label)
        column.addWidget(buttons)
        self._inner.addWidget(notice)
        self._notice = notice

    def show_memories(self, lines: list[MemoryLine]) -> None:
        """Show the memories of this answer as links."""
        if self._memories is not None:
            self._memories.deleteLater()
        self._memories = QFrame(self._frame)
        column = QVBoxLayout(self._memories)
        column.setContentsMargins(theme.LARGE, 0, 0, 0)
        column.setSpacing(2)
        for line in lines:
            if not line.record:
                gone = QLabel(line.text, self._memories)
                gone.setProperty("role", "small")
                gone.setWordWrap(True)
                column.addWidget(gone)
                continue
            day = day_words(line.time.astimezone().date()) if line.time else ""
            words = f"→  {line.source or day}  {QLocale().quoteString(' '.join(line.text.split()))}"
            link = with_role(ElidedButton(words, self._memories), "link")
            link.setToolTip(self.tr("Show in the memory inspector"))
            link.clicked.connect(lambda _checked=False, record=line.record: self.show_memory.emit(record))
            column.addWidget(link)
        self._inner.addWidget(self._memories)

    def _clear_live(self) -> None:
        for widget in (self._progress, self._notice):
            if widget is not None:
                self._inner.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._progress = self._notice = None

    def _build_head(self, message: Message) -> None:
        """What can be done with a message of the user, beside its time."""
        if self.versions is not None:
            self._head.addWidget(self.versions)
        if message.role != "user":
            return
        copy = self._action("copy", self.tr("Copy message"))
        copy.clicked.connect(lambda: self._copy(copy))
        self._head.addWidget(copy)
        self._edit_button = edit = self._action("edit", self.tr("Edit and send again"))
        edit.clicked.connect(lambda: self.edit_message.emit(message.id))
        self._head.addWidget(edit)

    def _build_footer(self, message: Message, *, last: bool, prompt_known: bool, stopped: bool) -> None:
        if self._footer is not None:
            self._inner.removeWidget(self._footer)
            self._footer.hide()
            self._footer.deleteLater()
        self._footer = QWidget(self._frame)
        flow = FlowLayout(self._footer, gap=2)
        if self.versions is not None:
            flow.addWidget(self.versions)
        used = len(message.usage.used) if message.usage else 0
        if used:
            fold = QToolButton(self._footer)
            fold.setProperty("role", "link")
            fold.setCheckable(True)
            fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            fold.setText(self.tr("%Ln memories used", n=used))
            fold.setAccessibleName(fold.text())
            fold.setToolTip(self.tr("Show which memories this answer used"))
            set_icon(fold, "memory", "accent", 16)
            fold.toggled.connect(self._fold)
            flow.addWidget(fold)
        facts = " · ".join(words for words in (self.tr("Stopped") if stopped else "", _timing(message)) if words)
        if facts:
            label = QLabel(("· " if used else "") + facts, self._footer)
            label.setProperty("role", "small")
            label.setContentsMargins(0, 0, theme.SMALL, 0)
            label.setMinimumHeight(theme.scaled(28))
            flow.addWidget(label)
        copy = self._action("copy", self.tr("Copy answer"))
        copy.clicked.connect(lambda: self._copy(copy))
        flow.addWidget(copy)
        if last:
            again = self._action("regenerate", self.tr("Write this answer anew"))
            again.clicked.connect(self.regenerate)
            flow.addWidget(again)
        if prompt_known:
            seen = self._action("eye", self.tr("What the model saw"))
            seen.clicked.connect(lambda: self.show_prompt.emit(message.id))
            flow.addWidget(seen)
        self._inner.addWidget(self._footer)

    def _action(self, icon: str, name: str) -> QToolButton:
        button = QToolButton(self._footer or self._frame)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_icon(button, icon, "muted", 16)
        return button

    def _copy(self, button: QToolButton) -> None:
        if self._message is not None:
            QGuiApplication.clipboard().setText(self._message.text)
            set_icon(button, "check", "success", 16)
            self.copied.emit()

    def _fold(self, shown: bool) -> None:
        if shown and self._message is not None:
            self.unfold.emit(self._message.id)
        elif self._memories is not None:
            self._inner.removeWidget(self._memories)
            self._memories.hide()
            self._memories.deleteLater()
            self._memories = None


def _timing(message: Message) -> str:
    usage = message.usage
    if usage is None or not usage.answer_tokens:
        return ""
    seconds = (usage.recall_ms + usage.prefill_ms + usage.generate_ms) / 1000
    locale = QLocale()
    text = f"{locale.toString(seconds, 'f', 1)} s" if seconds >= SHORTEST_SECONDS else f"< {locale.toString(0.1)} s"
    if usage.generate_ms > 0:
        text += f" · {speed_words(1000 * usage.answer_tokens / usage.generate_ms)}"
    return text


def speed_words(tokens: float) -> str:
    """So many tokens a second."""
    words = QCoreApplication.translate("MessageRow", "{n} tok/s")
    return words.format(n=QLocale().toString(round(tokens)))
