"""Where a model of one's own is given: dropped, or chosen as a file or a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from assistant.ui import theme
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label


class DropArea(QFrame):
    """The area. It takes no drops itself: the page does, all over, and lights it.

    Signals:
        given: This path is to be added.
    """

    given = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = False
        self.setObjectName("dropArea")
        self.setAccessibleName(self.tr("Add a model from a file or folder"))
        self.file_button = push_button(self.tr("Choose a file…"))
        self.file_button.clicked.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFile))
        self.folder_button = push_button(self.tr("Choose a folder…"))
        self.folder_button.clicked.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        acts = QWidget()
        flow = FlowLayout(acts)
        flow.addWidget(self.file_button)
        flow.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(text_label(self.tr("Drop a GGUF file here, or a folder with an ONNX model.")))
        column.addWidget(
            text_label(self.tr("It is read where it lies and made ready for this computer; nothing is sent."), "small")
        )
        column.addWidget(acts)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    def light(self, lit: bool) -> None:
        """Show that what is dragged may be dropped."""
        self._lit = lit
        self._restyle()

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.tr("Add a model"), str(Path.home()))
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFile:
            dialog.setNameFilters([self.tr("Models (*.gguf *.onnx)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.given.emit(Path(path)))
        dialog.open()

    def _restyle(self) -> None:
        colours = theme.current()
        edge, ground = (colours.accent, colours.accent_soft) if self._lit else (colours.border_strong, "transparent")
        self.setStyleSheet(
            f"#dropArea {{ border: 2px dashed {edge}; border-radius: {theme.RADIUS}px; background: {ground}; }}"
        )


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
