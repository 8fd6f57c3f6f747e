"""Other devices: the place at which this memory meets those of the user's other devices, if there is to be one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from assistant.errors import HippoError
from assistant.settings import Sharing
from assistant.ui import theme
from assistant.ui.settings.form import add_row, form_layout, page_column
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.parts import push_button, text_label

if TYPE_CHECKING:
    from assistant.conversation.devices import Devices
    from assistant.conversation.session import Session

LOOK_EVERY_MS = 300


class SharingPage(QWidget):
    """The page. The network works on a thread of its own: chatting goes on meanwhile.

    Signals:
        memory_changed: Something came from another device, or was forgotten there.
        shared: The settings name another place now, or none.
    """

    memory_changed = Signal()
    shared = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        column = page_column(
            self,
            self.tr(
                "Two or more devices of yours can keep one memory. Each has all of it; what they exchange lies at a "
                "place of your own, a folder that they share or an S3 bucket, and is encrypted there. The keys never "
                "go there. Without a place, nothing is exchanged."
            ),
        )
        self._build_form()
        column.addLayout(self._form)
        acts = QWidget()
        flow = FlowLayout(acts)
        self.share_button = push_button(self.tr("Share here"), "primary")
        self.share_button.clicked.connect(self.share)
        self.exchange_button = push_button(self.tr("Exchange now"))
        self.exchange_button.clicked.connect(self.exchange)
        self.stop_button = push_button(self.tr("Stop sharing"))
        self.stop_button.clicked.connect(self.stop)
        for button in (self.share_button, self.exchange_button, self.stop_button):
            flow.addWidget(button)
        column.addWidget(acts)
        self._error = text_label(role="danger")
        self._said = text_label(role="success")
        for label in (self._error, self._said):
            label.hide()
            column.addWidget(label)
        column.addWidget(
            text_label(
                self.tr(
                    "A second device begins with a backup of this one: make one in Backups, restore it there, and "
                    "name the same place. A bucket's credentials are taken from AWS_ACCESS_KEY_ID and "
                    "AWS_SECRET_ACCESS_KEY, or from ~/.aws; Hippo does not keep them."
                ),
                "muted",
            )
        )
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._look_whether_it_came)
        self.setEnabled(session.stage == "open")
        self._show_state()

    def error_words(self) -> str:
        """What is shown as having gone wrong, or ""."""
        return "" if self._error.isHidden() else self._error.text()

    @property
    def busy(self) -> bool:
        """Whether an exchange is under way that was asked for here."""
        return self._look.isActive()

    def share(self) -> None:
        """Share at the place that was typed, and exchange."""
        place = Sharing(
            place=self.place.text().strip(), endpoint=self.endpoint.text().strip(), region=self.region.text().strip()
        )
        if not place.place:
            self._fail(
                HippoError(
                    self.tr("No place was named."), next_step=self.tr("Type one, like s3://bucket/folder, or choose.")
                )
            )
            return
        self._run(place)

    def exchange(self) -> None:
        """Exchange what there is."""
        self._run(None)

    def stop(self) -> None:
        """Share with nobody any more."""
        session = self._session
        self._quiet()

        def done(_none: object) -> None:
            self.shared.emit()
            self._say(self.tr("Nothing is shared any more. What lies at the place stays there, encrypted."))
            self._show_state()

        self._tasks.run(lambda: session.share(Sharing()), done=done, failed=self._fail, owner=self)

    # Working

    def _run(self, place: Sharing | None) -> None:
        session = self._session
        self._quiet()

        def begin() -> bool:
            if place is not None:
                session.share(place)
            return self._devices().step()

        def begun(changed: object) -> None:
            if place is not None:
                self.shared.emit()
            if changed:
                self.memory_changed.emit()
            self._say(self.tr("Exchanging…"))
            self._look.start()
            self._show_state()

        self._tasks.run(begin, done=begun, failed=self._fail, owner=self)

    def _devices(self) -> Devices:
        devices = self._session.devices
        if devices is None:
            raise HippoError(
                self.tr("This place cannot be used."),
                next_step=self.tr("Look at what was said when the memory was opened."),
            )
        return devices

    def _look_whether_it_came(self) -> None:
        devices = self._session.devices
        if devices is None or not devices.travelling:
            self._look.stop()
            if devices is not None:
                self._tasks.run(devices.arrive, done=self._arrived, failed=self._fail, owner=self)
            self._show_state()

    def _arrived(self, changed: object) -> None:
        devices = self._session.devices
        if devices is not None and devices.problem is not None:
            self._fail(devices.problem)
            return
        if changed:
            self.memory_changed.emit()
        self._say(
            self.tr("Exchanged: something was new here.") if changed else self.tr("Exchanged: nothing was new here.")
        )

    # Showing

    def _build_form(self) -> None:
        now = self._session.settings.sharing
        self.place, self.endpoint, self.region = QLineEdit(now.place), QLineEdit(now.endpoint), QLineEdit(now.region)
        self.place.setPlaceholderText(self.tr("s3://bucket/folder, or a folder"))
        self.endpoint.setPlaceholderText(self.tr("only for a server other than Amazon's"))
        self.region.setPlaceholderText(self.tr("where the bucket wants one"))
        self.folder_button = push_button(self.tr("Choose a folder…"))
        self.folder_button.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.place, 1)
        row.addWidget(self.folder_button)
        self._form = form_layout()
        add_row(self._form, self.tr("Place"), self.place, row)
        add_row(self._form, self.tr("Server"), self.endpoint)
        add_row(self._form, self.tr("Region"), self.region)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder that the devices share"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place.setText)
        dialog.open()

    def _show_state(self) -> None:
        shared = bool(self._session.settings.sharing.place)
        self.share_button.setEnabled(not self.busy)
        self.exchange_button.setEnabled(shared and not self.busy)
        self.stop_button.setEnabled(shared and not self.busy)

    def _quiet(self) -> None:
        self._error.hide()
        self._said.hide()

    def _say(self, words: str) -> None:
        self._error.hide()
        self._said.setText(words)
        self._said.show()

    def _fail(self, error: HippoError) -> None:
        self._said.hide()
        self._error.setText(str(error))
        self._error.show()
        self._show_state()
