"""The files that wait above the composer's field: being read, read, or refused; each a chip that can be taken away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from assistant.errors import HippoError
from assistant.ui import icons, theme
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.elided_label import ElidedLabel
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import icon_button, text_label

if TYPE_CHECKING:
    from assistant.interchange.documents import Document


@dataclass(eq=False)
class Attachment:
    """A file that is to be sent.

    Attributes:
        name: Its name.
        document: Its text, once it is read.
        error: Why it cannot be.
        share: How much of the work under way is done, 0 to 1.
        stop: Set to end the work.
    """

    name: str
    document: Document | None = None
    error: HippoError | None = None
    share: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)


MOST_HEIGHT, LEAST_HEIGHT = 120, 44
"""Pixels at 100 % text that the chips may take, in a high and in a low window; more of them scroll."""


class AttachmentTray(QScrollArea):
    """The chips.

    Signals:
        changed: A file came, went, was read or refused.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._files: list[Attachment] = []
        self._chips: dict[int, _Chip] = {}
        inner = QWidget()
        self._flow = FlowLayout(inner, gap=theme.SMALL)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Attached files"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.changed.connect(self._fit)
        self.hide()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files, in the order in which they came."""
        return tuple(self._files)

    @property
    def reading(self) -> bool:
        """Whether one of them is still being read."""
        return any(each.document is None and each.error is None for each in self._files)

    def documents(self) -> list[Document]:
        """What is read."""
        return [each.document for each in self._files if each.document is not None]

    def add_path(self, path: Path) -> None:
        """Read a file, away from the window."""
        attachment = Attachment(path.name)

        def read(emit: Callable[[float], None]) -> Document:
            from assistant.interchange.documents import read_document

            return read_document(path, progress=emit, cancelled=attachment.stop.is_set)

        def done(document: Document) -> None:
            attachment.document = document
            self._renew(attachment)

        def failed(error: HippoError) -> None:
            attachment.error = error
            self._renew(attachment)

        def went_on(shares: list[float]) -> None:
            attachment.share = shares[-1]
            self._renew(attachment)

        self._show(attachment)
        self._tasks.stream(read, each=went_on, done=done, failed=failed, lane="files", owner=self)

    def refuse(self, path: Path, error: HippoError) -> None:
        """Say why a file cannot be attached here."""
        self._show(Attachment(path.name, error=error))

    def add_document(self, document: Document) -> None:
        """Take a text that is there already."""
        self._show(Attachment(document.name, document))

    def take(self) -> list[Attachment]:
        """Empty the tray."""
        files = self._files
        for attachment in list(files):
            self._drop_chip(attachment)
        self._files = []
        self.hide()
        self.changed.emit()
        return files

    def put(self, files: list[Attachment]) -> None:
        """Put back what was taken."""
        for attachment in files:
            self._show(attachment)

    def remove(self, attachment: Attachment) -> None:
        """Take a file away; stop what is done with it."""
        attachment.stop.set()
        if attachment in self._files:
            self._files.remove(attachment)
            self._drop_chip(attachment)
            self.setVisible(bool(self._files))
            self.changed.emit()

    def show_share(self, attachment: Attachment, share: float) -> None:
        """Show how much of a file is remembered."""
        attachment.share = share
        if (chip := self._chips.get(id(attachment))) is not None:
            chip.show_state(remembering=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the chips need."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._flow.heightForWidth(self.viewport().width())
        room = max(theme.scaled(LEAST_HEIGHT), self.window().height() // 4)
        self.setFixedHeight(min(wanted, theme.scaled(MOST_HEIGHT), room))

    def _show(self, attachment: Attachment) -> None:
        self._files.append(attachment)
        chip = _Chip(attachment)
        chip.removed.connect(lambda: self.remove(attachment))
        self._chips[id(attachment)] = chip
        self._flow.addWidget(chip)
        self.show()
        self.changed.emit()

    def _renew(self, attachment: Attachment) -> None:
        if (chip := self._chips.get(id(attachment))) is not None:
            chip.show_state()
            self.changed.emit()

    def _drop_chip(self, attachment: Attachment) -> None:
        chip = self._chips.pop(id(attachment), None)
        if chip is not None:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()


class _Chip(QFrame):
    """One file.

    Signals:
        removed: It should go.
    """

    removed = Signal()

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self._attachment = attachment
        self.setObjectName("attachmentChip")
        self._sign = QLabel()
        self._name = ElidedLabel()
        self._name.show_line(attachment.name)
        self._state = text_label(role="small", wrap=True)
        close = icon_button("close", self.tr("Take {file} away").format(file=attachment.name))
        close.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, theme.TINY, theme.TINY, theme.TINY)
        row.setSpacing(theme.TINY)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._state)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setMaximumWidth(theme.scaled(320))
        theme.notifier().changed.connect(self._restyle)
        self.show_state()

    def show_state(self, *, remembering: bool = False) -> None:
        """Say how far it is."""
        attachment, locale = self._attachment, QLocale()
        percent = locale.toString(round(100 * attachment.share))
        if attachment.error is not None:
            words = str(attachment.error)
        elif remembering:
            words = self.tr("Remembering: {n} %").format(n=percent)
        elif attachment.document is None:
            words = self.tr("Reading: {n} %").format(n=percent)
        else:
            words = size_words(attachment.document.pages[-1].number, attachment.document.characters)
        self._state.setText(words)
        self.setAccessibleName(f"{attachment.name}. {words}")
        self._restyle()

    def _restyle(self) -> None:
        c = theme.current()
        self._sign.setPixmap(icons.icon("attach", c.muted).pixmap(theme.scaled(16)))
        edge = c.danger if self._attachment.error is not None else c.border_strong
        self.setStyleSheet(
            f"#attachmentChip {{ border: 1px solid {edge}; border-radius: {theme.RADIUS}px; background: {c.window}; }}"
        )


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def size_words(pages: int, characters: int) -> str:
    """How long a file is: "12 pages", or where it has none, about how many words."""
    if pages:
        return QCoreApplication.translate("Attachments", "%Ln pages", None, pages)
    count = max(1, characters // 6)
    return QCoreApplication.translate(
        "Attachments", "about %Ln words", None, count if count < 100 else round(count, -2)
    )
