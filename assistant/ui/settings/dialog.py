"""The settings: a list of pages. A change holds at once; there is nothing to confirm.

Shows what `assistant.settings` has and saves through the session. What is more than a setting (keys, backups, how long
memories are kept) has a file of its own beside this one.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from assistant import __version__
from assistant.ui import theme
from assistant.ui.commands.shortcuts import ShortcutTable
from assistant.ui.language import LANGUAGES, language_of
from assistant.ui.models import ModelsPage, ModelWork
from assistant.ui.settings.backups import BackupsPage
from assistant.ui.settings.form import add_row, form_layout, value_label
from assistant.ui.settings.retention import RetentionPage
from assistant.ui.settings.security import SecurityPage
from assistant.ui.settings.sharing import SharingPage
from assistant.ui.tasks import Tasks
from assistant.ui.widgets.fields import ComboBox, SpinBox
from assistant.ui.widgets.parts import CheckBox, line, push_button, text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.conversation.session import Session
    from assistant.settings import Language, Settings, Theme
    from assistant.ui.commands.act import Act

SAVE_AFTER_MS = 400
PAGES = ("appearance", "models", "memory", "keeping", "locking", "security", "backups", "devices", "keyboard", "about")
LOCK_MINUTES = (0, 1, 5, 15, 30, 60)
LIBRARIES = ("onnxruntime", "lancedb", "PySide6-Essentials", "cryptography", "tokenizers")


class SettingsDialog(QDialog):
    """The settings.

    Signals:
        lock_now: The user wants Hippo locked.
        resealing: The data key is about to be changed: nothing may wait for an undo.
        memory_changed: What is remembered was changed from here.
        restore_wanted: Restore this backup file; None where one is to be chosen.
    """

    lock_now = Signal()
    resealing = Signal()
    memory_changed = Signal()
    restore_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        tells_of_screen: bool = True,
        models: ModelWork | None = None,
        acts: Sequence[Act] = (),
    ) -> None:
        """Build all pages.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            parent: The window.
            tells_of_screen: Whether this platform says when the screen is locked.
            models: The work of the model library, which goes on when the settings close; without it, work of its own.
            acts: What the window can do, for the overview of keys.
        """
        super().__init__(parent)
        self._models = models or ModelWork(session, tasks, self)
        self._models.chosen.connect(self._model_chosen)
        self._acts = acts
        self._tells_of_screen = tells_of_screen
        self._session = session
        self._tasks = tasks
        self._settings: Settings = session.settings
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_AFTER_MS)
        self._save.timeout.connect(self._save_now)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._list = QListWidget(self)
        self._list.setObjectName("settingsPages")
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(QStyledItemDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list.setAccessibleName(self.tr("Pages of the settings"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget(self)
        for name, build in (
            (self.tr("Appearance"), self._appearance),
            (self.tr("Models"), self._models_page),
            (self.tr("Memory"), self._memory),
            (self.tr("Keeping"), self._retention),
            (self.tr("Locking"), self._privacy),
            (self.tr("Security"), self._security),
            (self.tr("Backups"), self._backups),
            (self.tr("Devices"), self._sharing),
            (self.tr("Keyboard"), self._keyboard),
            (self.tr("About"), self._about),
        ):
            item = QListWidgetItem(name, self._list)
            item.setSizeHint(QSize(40, theme.scaled(32)))
            self._stack.addWidget(self._page(name, build))
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._list.currentRowChanged.connect(self._build_models)
        self._list.setCurrentRow(0)
        self._status = text_label("", "small")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        foot.addWidget(self._status, 1)
        foot.addWidget(buttons)
        right = QVBoxLayout()
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._list)
        box.addLayout(right, 1)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self.resize(self._size())

    def _size(self) -> QSize:
        """As large as its words want, and the screen has."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        return QSize(min(theme.scaled(740), screen.width() - 32), min(theme.scaled(500), screen.height() - 80))

    def show_page(self, at: int) -> None:
        """Turn to a page, counted from 0."""
        self._list.setCurrentRow(at)

    def turn_to(self, page: str) -> None:
        """Turn to the page of this name, whatever the list calls it: "backups", "keeping", "security" ..."""
        self._list.setCurrentRow(PAGES.index(page))

    def done(self, result: int) -> None:
        """Save what is not saved yet, and close."""
        if self._save.isActive():
            self._save.stop()
            self._save_now()
        super().done(result)

    def _page(self, name: str, build: object) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(text_label(name, "title"))
        assert callable(build)  # noqa: S101 - one of the methods below
        build(column)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(name)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        return scroll

    # Pages

    def _appearance(self, column: QVBoxLayout) -> None:
        chosen = self._settings.appearance
        box = ComboBox()
        for value, words in (
            ("system", self.tr("Like the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(chosen.theme))
        box.currentIndexChanged.connect(lambda _at: self._look(box.currentData(), None))
        languages = ComboBox()
        for name, words in (("system", self.tr("Like the system")), *LANGUAGES.items()):
            languages.addItem(words, name)
        languages.setCurrentIndex(languages.findData(chosen.language))
        languages.currentIndexChanged.connect(lambda _at: self._speak(languages.currentData()))
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(8, 20)
        slider.setPageStep(1)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setValue(round(chosen.text_scale / 10))
        percent = QLabel()
        percent.setText(self.tr("{n} %").format(n=chosen.text_scale))
        apply_later = QTimer(self, singleShot=True, interval=150)
        apply_later.timeout.connect(lambda: self._look(None, slider.value() * 10))

        def moved(value: int) -> None:
            percent.setText(self.tr("{n} %").format(n=value * 10))
            apply_later.start()

        slider.valueChanged.connect(moved)
        percent.setMinimumWidth(percent.fontMetrics().horizontalAdvance("888 %"))
        size = QHBoxLayout()
        size.setSpacing(theme.MEDIUM)
        size.addWidget(slider, 1)
        size.addWidget(percent)
        form = form_layout()
        add_row(form, self.tr("Colours"), box)
        add_row(form, self.tr("Text size"), slider, size)
        add_row(form, self.tr("Language"), languages)
        column.addLayout(form)

    def _models_page(self, column: QVBoxLayout) -> None:
        self._models_column: QVBoxLayout | None = column

    def _build_models(self, row: int) -> None:
        """The page of models has many cards, so it is built when somebody wants to see it."""
        if self._models_column is not None and PAGES[row] == "models":
            self._models_column.insertWidget(1, ModelsPage(self._session, self._models))
            self._models_column = None

    def _memory(self, column: QVBoxLayout) -> None:
        chosen = self._settings.memory
        column.addWidget(
            text_label(
                self.tr(
                    "A longer prompt lets the model see more of the chat and of its memories, and makes it slower. "
                    "The values count in tokens: about three quarters of a word each."
                ),
                "muted",
            )
        )
        form = form_layout()
        for label, name, value, low, high, step in (
            (self.tr("Whole prompt, at most"), "prompt_tokens", chosen.prompt_tokens, 256, 32_000, 100),
            (self.tr("Of it for memories, at most"), "recall_tokens", chosen.recall_tokens, 0, 8_000, 50),
            (self.tr("Memories in an answer, at most"), "recall_limit", chosen.recall_limit, 0, 50, 1),
        ):
            spin = SpinBox()
            spin.setRange(low, high)
            spin.setSingleStep(step)
            spin.setGroupSeparatorShown(True)
            spin.setValue(value)
            spin.valueChanged.connect(lambda new, name=name: self._change_memory(name, new))
            add_row(form, label, spin)
        ways = ComboBox()
        ways.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for words, way in (
            (self.tr("As suits the model"), "auto"),
            (self.tr("With what was said, and its day"), "quote"),
            (self.tr("With what was said, in few words"), "short"),
            (self.tr("In few words, by the trained reader"), "read"),
            (self.tr("In the model's own words"), "free"),
        ):
            if way != "read" or self._has_reader():
                ways.addItem(words, way)
        ways.setCurrentIndex(max(0, ways.findData(self._settings.generation.answers)))
        ways.currentIndexChanged.connect(lambda _at: self._change_answers(ways.currentData()))
        add_row(form, self.tr("Answers from memory"), ways)
        column.addLayout(form)
        fading = CheckBox(self.tr("Let unused memories fade"))
        fading.setChecked(chosen.fading)
        fading.toggled.connect(lambda on: self._change_memory("fading", on))
        column.addWidget(fading)
        column.addWidget(text_label(self.tr("What has faded is left out of answers. It can be restored."), "small"))

    @staticmethod
    def _has_reader() -> bool:
        from assistant.models.adapter import ADAPTERS

        return any(ADAPTERS.glob("*/adapter.toml"))

    def _privacy(self, column: QVBoxLayout) -> None:
        chosen = self._settings.privacy
        column.addWidget(
            text_label(
                self.tr(
                    "A locked Hippo holds no key and shows no words. Locking stops an answer that is being written."
                ),
                "muted",
            )
        )
        box = ComboBox()
        for minutes in sorted({*LOCK_MINUTES, chosen.lock_after_minutes}):
            words = self.tr("After %n minutes without input", n=minutes)
            box.addItem(words if minutes else self.tr("Never"), minutes)
        box.setCurrentIndex(box.findData(chosen.lock_after_minutes))
        box.currentIndexChanged.connect(lambda _at: self._change_privacy(lock_after_minutes=box.currentData()))
        minimise = CheckBox(self.tr("Lock when minimised"))
        minimise.setChecked(chosen.lock_on_minimise)
        minimise.toggled.connect(lambda on: self._change_privacy(lock_on_minimise=on))
        screen = CheckBox(self.tr("Lock with the screen"))
        screen.setChecked(chosen.lock_with_screen and self._tells_of_screen)
        screen.setEnabled(self._tells_of_screen)
        if not self._tells_of_screen:
            screen.setToolTip(self.tr("This computer does not tell Hippo when its screen is locked."))
        screen.toggled.connect(lambda on: self._change_privacy(lock_with_screen=on))
        sleep = CheckBox(self.tr("Lock before sleep"))
        sleep.setChecked(chosen.lock_on_suspend)
        sleep.toggled.connect(lambda on: self._change_privacy(lock_on_suspend=on))
        form = form_layout()
        add_row(form, self.tr("Lock by itself"), box)
        column.addLayout(form)
        for each in (minimise, screen, sleep):
            column.addWidget(each)
        column.addWidget(
            text_label(
                self.tr("What Hippo put on the clipboard is taken off it again when Hippo locks."),
                "small",
            )
        )
        if self._session.stage == "open":
            lock = push_button(self.tr("Lock now"), icon="lock")
            lock.clicked.connect(self._lock)
            column.addWidget(lock, 0, Qt.AlignmentFlag.AlignLeading)

    def _retention(self, column: QVBoxLayout) -> None:
        page = RetentionPage(self._session, self._tasks)
        page.memory_changed.connect(self.memory_changed)
        page.acts_changed.connect(lambda acts: self._change_memory("forgets_due", acts))
        page.built.connect(lambda: QTimer.singleShot(0, self, self._restyle))
        column.addWidget(page)

    def _security(self, column: QVBoxLayout) -> None:
        page = SecurityPage(self._session, self._tasks)
        page.resealing.connect(self.resealing)
        page.resealed.connect(self.memory_changed)
        column.addWidget(page)

    def _backups(self, column: QVBoxLayout) -> None:
        page = BackupsPage(self._session, self._tasks)
        page.changed.connect(lambda backups: self._changed(replace(self._settings, backups=backups)))
        page.restore_wanted.connect(self.restore_wanted)
        column.addWidget(page)

    def _sharing(self, column: QVBoxLayout) -> None:
        page = SharingPage(self._session, self._tasks)
        page.memory_changed.connect(self.memory_changed)
        page.shared.connect(self._keep_sharing)
        column.addWidget(page)

    def _keep_sharing(self) -> None:
        # The session saved it already; what is changed here later must not take it back.
        self._settings = replace(self._settings, sharing=self._session.settings.sharing)

    def _keyboard(self, column: QVBoxLayout) -> None:
        column.addWidget(ShortcutTable(self._acts))

    def _about(self, column: QVBoxLayout) -> None:
        column.addWidget(text_label(self.tr("Hippo {version}").format(version=__version__), "heading"))
        column.addWidget(
            text_label(
                self.tr(
                    "A private assistant that remembers. Everything stays on this computer: Hippo refuses every "
                    "network connection that you do not start yourself, checks for no updates and sends no statistics."
                )
            )
        )
        column.addWidget(line())
        form = form_layout()
        add_row(form, self.tr("Data folder"), value_label(str(self._session.home.root)))
        add_row(form, self.tr("Licence"), value_label("Apache-2.0"))
        if self._session.models_ready and self._session.stage in ("open", "temporary"):
            add_row(form, self.tr("Model"), value_label(self._session.engine.model_name))
        add_row(form, "Python", value_label(platform.python_version()))
        for name in LIBRARIES:
            add_row(form, name, value_label(_version_of(name)))
        column.addLayout(form)
        copy = push_button(self.tr("Copy versions"), icon="copy")
        copy.clicked.connect(self._copy_versions)
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeading)

    # Changes

    def _look(self, wanted: Theme | None, scale: int | None) -> None:
        old = self._settings.appearance
        new = replace(old, theme=wanted or old.theme, text_scale=scale or old.text_scale)
        if new == old:
            return
        self._changed(replace(self._settings, appearance=new))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, new.theme, new.text_scale)

    def _speak(self, language: Language) -> None:
        self._changed(replace(self._settings, appearance=replace(self._settings.appearance, language=language)))
        other = QLocale(language_of(language)).language() != QLocale().language()
        self._status.setText(self.tr("The language changes when Hippo starts again.") if other else "")

    def _change_memory(self, name: str, value: int) -> None:
        self._changed(replace(self._settings, memory=replace(self._settings.memory, **{name: value})))

    def _change_answers(self, way: Literal["auto", "quote", "short", "free", "read"]) -> None:
        self._changed(replace(self._settings, generation=replace(self._settings.generation, answers=way)))

    def _change_privacy(self, **changes: object) -> None:
        self._changed(replace(self._settings, privacy=replace(self._settings.privacy, **changes)))

    def _model_chosen(self, model: str) -> None:
        """The window saves it; what is saved from here must not take it back."""
        self._settings = replace(self._settings, generation=replace(self._settings.generation, model=model))

    def _changed(self, settings: Settings) -> None:
        self._settings = settings
        self._save.start()

    def _save_now(self) -> None:
        session, settings = self._session, self._settings
        self._tasks.run(lambda: session.save_settings(settings))

    def _lock(self) -> None:
        self.accept()
        self.lock_now.emit()

    def _copy_versions(self) -> None:
        lines = [f"Hippo {__version__}", f"Python {platform.python_version()}", platform.platform()]
        lines += [f"{name} {_version_of(name)}" for name in LIBRARIES]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._status.setText(self.tr("Copied."))

    def _restyle(self) -> None:
        c = theme.current()
        self._list.setStyleSheet(
            f"#settingsPages {{ background: {c.sidebar}; border-right: 1px solid {c.border}; padding: 12px 8px; }}"
            f"#settingsPages::item {{ padding: 0 10px; border-radius: 7px; color: {c.text}; }}"
            f"#settingsPages::item:hover {{ background: {c.raised}; }}"
            f"#settingsPages::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}"
        )
        words = [self._list.item(at).text() for at in range(self._list.count())]
        room = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=60)
        self._list.setFixedWidth(room + 2 * theme.HUGE)
        beside = self._list.width() + 3 * theme.HUGE + theme.LARGE  # margins, an indented row, a scroll bar
        fields: list[QWidget] = [*self.findChildren(QComboBox), *self.findChildren(QSpinBox)]
        wide = min(max(field.sizeHint().width() for field in fields), self._size().width() - beside)
        for field in fields:
            field.setFixedWidth(wide)
        for at in range(self._list.count()):
            self._list.item(at).setSizeHint(QSize(40, theme.scaled(32)))


def _version_of(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
