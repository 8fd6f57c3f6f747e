"""The window: welcome, lock or work (chats and chat), with the memory inspector beside. Decides what is shown when.

What each part does is in its own file. Here is what joins them: opening, locking, shortcuts, and who hears of what.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QLocale, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from assistant.errors import CancelledError, HippoError
from assistant.ui import icons, theme
from assistant.ui.auto_lock import AutoLock
from assistant.ui.chat.memory_button import MemoryState
from assistant.ui.chat.view import ChatView
from assistant.ui.chat_acts import ChatActs
from assistant.ui.clipboard import ClipboardWatch
from assistant.ui.columns import Columns
from assistant.ui.commands import Act, CommandPalette, ShortcutsDialog
from assistant.ui.commands.act import Choice, native
from assistant.ui.inspector.dock import InspectorDock
from assistant.ui.lock import LockWidget
from assistant.ui.memory_acts import MemoryActs
from assistant.ui.models import ModelWork
from assistant.ui.receipts import erasure_lines
from assistant.ui.restore import RestoreDialog
from assistant.ui.settings.dialog import SettingsDialog
from assistant.ui.sidebar.sidebar import Sidebar
from assistant.ui.status_line import StatusLine
from assistant.ui.tasks import Tasks
from assistant.ui.transfer_acts import TransferActs
from assistant.ui.tray import Tray
from assistant.ui.upkeep import NOTICE_SECONDS, Upkeep
from assistant.ui.welcome import WelcomeWidget
from assistant.ui.widgets.code_block import load_parsers
from assistant.ui.widgets.receipt import ReceiptDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.conversation.safekeeping import Erasure
    from assistant.conversation.session import Session
    from assistant.memory.views import Stats
    from assistant.models.installed import Installed


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        session: The home that is open.
        chat: The chat.
        sidebar: The chats.
        inspector: The memory inspector.
        model_work: What is done with models, also while their page is closed.
    """

    def __init__(self, session: Session, tasks: Tasks, *, geometry: QSettings | None = None) -> None:
        """Build the window; `start` shows the right page.

        Args:
            session: The home.
            tasks: The doorway to slow work.
            geometry: Where size and place of the window are kept, and nothing else; None keeps nothing.
        """
        super().__init__()
        self.session = session
        self._tasks = tasks
        self._geometry = geometry
        self._preparing = False
        self._kept = ""
        self._model_refused = False
        self.model_work = ModelWork(session, tasks, self)
        self._locking = self._making_way = False
        self._may_close = False
        self._inspector_was_open = False
        self._clipboard = ClipboardWatch(self)
        self.auto_lock = AutoLock(session, self)
        self._system = self.auto_lock.system
        self.setWindowTitle("Hippo")
        self.setWindowIcon(icons.logo())
        self.setMinimumSize(560, 420)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)

        self.pages = QStackedWidget(self)
        self.lock_page = LockWidget(session, tasks, self)
        self.work = QSplitter(Qt.Orientation.Horizontal, self)
        self.sidebar = Sidebar(session, tasks, self.work)
        self.chat = ChatView(session, tasks, self.work)
        self.work.addWidget(self.sidebar)
        self.work.addWidget(self.chat)
        self.work.setStretchFactor(1, 1)
        self.work.setHandleWidth(1)
        self.work.setChildrenCollapsible(False)
        # An empty page stands first: the others begin to ask the vault as soon as they are seen.
        for page in (QWidget(self), self.lock_page, self.work):
            self.pages.addWidget(page)
        self.setCentralWidget(self.pages)
        self.inspector = InspectorDock(session, tasks, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.inspector)
        self.inspector.hide()
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.toaster = self.inspector.toaster
        self.chat_acts = ChatActs(session, tasks, self.toaster, self.inspector.forgetting, self.sidebar.titles, self)
        self.memory_acts = MemoryActs(session, tasks, self.toaster, self.inspector.forgetting, self)
        self.transfer_acts = TransferActs(session, tasks, self.toaster, self)
        self.tray = Tray(self)
        self._asked = ""
        self.upkeep = Upkeep(
            session,
            tasks,
            self.toaster,
            self.inspector.forgetting,
            writing=lambda: self.chat.turn.under_way,
            showing=lambda: self._working,
            parent=self,
        )

        self._columns = Columns(self, pages=self.pages, chats=self.sidebar, chat=self.chat, inspector=self.inspector)
        self._connect()
        self._build_actions()
        theme.notifier().changed.connect(self._columns.restyle)
        self._restore_geometry()
        self._columns.restyle()

    @cached_property
    def welcome(self) -> WelcomeWidget:
        """The first start: built when it is first wanted, which after the first start is hardly ever."""
        page = WelcomeWidget(self.session, self._tasks, self)
        page.finished.connect(self._welcomed)
        page.restore_wanted.connect(self.show_restore)
        self.pages.addWidget(page)
        return page

    # Opening

    def start(self) -> None:
        """Show the page for the session's stage, and try the keyring where there is one."""
        self._locking = False
        stage = self.session.stage
        self._tasks.run(self.session.warm_up, lane="model", owner=self)
        if stage == "new":
            self._show_page(self.welcome)
        elif stage == "locked":
            self._show_page(self.lock_page)
        else:
            self._begin_work()

    def _begin_work(self) -> None:
        self._show_page(self.work)
        self.inspector.set_locked(self.session.stage != "open")
        self.sidebar.set_lockable(self.session.stage == "open")
        self.sidebar.refresh()
        self.chat.new_chat(temporary=self.session.stage == "temporary")
        self.status.show_prompt(0, 0)
        self._refresh_memory_line()
        self.auto_lock.begin()
        if self._asked:
            self.chat.composer.set_text(self._asked)
            self._asked = ""
        if self._model_refused and not self.session.models_ready:
            self._go_without_model()
        else:
            self._prepare_models()
        self._tasks.run(load_parsers, lane="model", owner=self)
        self.upkeep.begin()

    def _welcomed(self) -> None:
        self._model_refused = self.welcome.without_model
        self.start()

    def _go_without_model(self) -> None:
        self.chat.set_ready(False)
        self.chat.offer_model(self.tr("The model is not prepared, so Hippo cannot answer yet."))
        self.status.show_model(self.tr("No model"))

    def _want_model(self) -> None:
        self._model_refused = False
        self._prepare_models()
        self.chat.composer.setFocus()

    def _prepare_models(self) -> None:
        if self.session.models_ready:
            self._models_ready(None)
            return
        if self._preparing:
            return
        self._preparing = True
        self.chat.offer_model("")
        self.chat.set_ready(False, self.tr("The model is getting ready. You can already type."))
        self.status.show_model(self.tr("Preparing the model…"))
        session, tasks = self.session, self._tasks

        def prepare(emit: Callable[[float], None]) -> None:
            session.prepare_models(progress=emit, cancelled=lambda: tasks.closing)

        self._tasks.stream(
            prepare, each=self._show_preparing, done=self._models_ready, failed=self._models_failed, owner=self
        )

    def _show_preparing(self, shares: list[float]) -> None:
        percent = QLocale().toString(round(100 * shares[-1]))
        self.chat.set_ready(
            False, self.tr("The model is getting ready: {n} %. You can already type.").format(n=percent)
        )
        self.status.show_model(self.tr("Preparing the model · {n} %").format(n=percent))

    def _models_ready(self, _nothing: None) -> None:
        first, self._preparing = self._preparing, False
        if not self.session.models_ready:  # another was chosen meanwhile
            self._prepare_models()
            return
        self.model_work.model_changed()
        if self.session.stage in ("open", "temporary"):
            self.chat.offer_model("")
            self.chat.set_ready(True)
            self._show_model_line("ready")
            if first and self.session.model_problem is not None:
                self._offer_models(str(self.session.model_problem))

    def _offer_models(self, words: str) -> None:
        self.toaster.show(
            words,
            action=self.tr("Models"),
            seconds=NOTICE_SECONDS,
            notice=True,
            acted=lambda: self._show_settings_page("models"),
        )

    def _choose_model(self, model: str) -> None:
        """Let another installed model answer: what is being written is stopped and kept, as it is another's."""
        session = self.session

        def save() -> None:
            now = session.settings
            session.save_settings(replace(now, generation=replace(now.generation, model=model)))

        def saved(_nothing: None) -> None:
            self._model_refused = False
            self.chat.turn.stop_then(self._prepare_models)

        self._tasks.run(save, done=saved, owner=self)

    def _model_added(self, model: Installed) -> None:
        if self._working and self.findChild(SettingsDialog) is None:
            words = self.tr("{name} is ready to use.").format(name=model.name)
            self.toaster.show(
                words,
                action=self.tr("Use it"),
                seconds=NOTICE_SECONDS,
                notice=True,
                acted=lambda: self.model_work.use(model),
            )

    def _models_failed(self, error: HippoError) -> None:
        self._preparing = False
        self.model_work.model_changed()
        if isinstance(error, CancelledError):
            return
        self.chat.set_ready(False)
        self.chat.offer_model(str(error))
        self.status.show_model(self.tr("No model"))
        self._show_error(error)

    # Locking

    def lock(self) -> None:
        """Hide all words now; stop an answer, keep what it said, then drop the keys."""
        if self.session.stage != "open" or self._locking:
            if self.session.stage != "open":
                self._system.let_sleep()
            return
        self._close_dialogs()
        self.transfer_acts.stop()
        self._hide_words(
            lambda: self._tasks.run(self.session.lock, done=self._locked, failed=self._lock_failed, owner=self)
        )

    def _hide_words(self, then: Callable[[], None]) -> None:
        """Take all words off the screen; stop an answer, keep what it said, purge what waits for an undo."""
        self._locking = True
        self._clipboard.clear_ours()
        self.inspector.set_locked(True)
        self._show_page(self.lock_page)
        self.lock_page.setEnabled(False)
        self.sidebar.forget_everything_shown()

        def stopped() -> None:
            self.chat.write_drafts()
            self.chat.forget_everything_shown()
            self.status.show_prompt(0, 0)
            self.inspector.finish_pending()
            then()

        self.chat.turn.stop_then(stopped)

    def _locked(self, _nothing: None) -> None:
        self._locking = False
        self._system.let_sleep()
        self.lock_page.setEnabled(True)
        if self.session.stage == "new":  # everything was forgotten at the last moment
            self.start()
            return
        self.lock_page.field.setFocus()
        self.sidebar.forget_everything_shown()
        self.chat.set_ready(False)
        self._show_page(self.lock_page)

    def _lock_failed(self, error: HippoError) -> None:
        self._locked(None)
        self._show_error(error)

    def _unlocked(self) -> None:
        self._begin_work()
        finished = self.session.finished_forgets
        if finished:
            self.toaster.show(self.tr("What you had asked to forget before the lock is gone for good now."))

    # Restoring

    def show_restore(self, source: Path | None = None) -> None:
        """Ask for a backup (this one, where it is given) and restore it."""
        for settings in self.findChildren(SettingsDialog):
            settings.close()
        dialog = RestoreDialog(self.session, self._tasks, self._make_way, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._restored(dialog))
        if source is not None:
            dialog.use_file(source)
        dialog.open()

    def _make_way(self, then: Callable[[], None]) -> None:
        if self.session.stage == "open":
            self._making_way = True
            self._hide_words(then)
        else:
            then()

    def _restored(self, dialog: RestoreDialog) -> None:
        if self._making_way:
            self._making_way = self._locking = False
            self.lock_page.setEnabled(True)
            self.start()
        elif dialog.restored is not None:
            self.start()
        if dialog.restored is None:
            return
        words = self.tr("The backup was restored: %Ln records.", n=dialog.restored)
        if dialog.put_aside is None:
            self.toaster.show(words, seconds=NOTICE_SECONDS)
            return
        self.toaster.show(
            f"{words} {self.tr('The memory of before is put aside.')}",
            action=self.tr("Show"),
            seconds=NOTICE_SECONDS,
            notice=True,
            acted=lambda: self._show_settings_page("backups"),
        )

    # Parts of the window and what they tell each other

    def _connect(self) -> None:
        self.lock_page.unlocked.connect(self._unlocked)
        side, chat, acts = self.sidebar, self.chat, self.chat_acts
        side.new_chat.connect(lambda temporary: self._new_chat(temporary=temporary))
        side.open_chat.connect(self._open_chat)
        side.rename.connect(acts.rename)
        side.move_to.connect(acts.move)
        side.export.connect(self._export_chat)
        side.space_chosen.connect(self._show_space)
        side.archive.connect(acts.archive)
        side.forget.connect(acts.forget)
        side.settings.connect(self.show_settings)
        side.lock.connect(self.lock)
        chat.rename_requested.connect(acts.rename)
        chat.archive_requested.connect(acts.archive)
        chat.move_requested.connect(acts.move)
        chat.export_requested.connect(self._export_chat)
        chat.forget_requested.connect(acts.forget)
        chat.show_memory.connect(self._show_memory)
        chat.forget_file.connect(self._forget_file)
        chat.prompt_measured.connect(self.status.show_prompt)
        chat.chat_kept.connect(self._chat_kept)
        chat.turn.changed.connect(self._show_turn)
        chat.model_wanted.connect(self._want_model)
        chat.chat_changed.connect(self._chat_changed)
        chat.heading.memory.pause_wanted.connect(self.memory_acts.pause)
        chat.heading.memory.forget_hour_wanted.connect(self.memory_acts.forget_last_hour)
        self.memory_acts.paused.connect(self._paused)
        tray = self.tray
        tray.open_wanted.connect(self.come_forward)
        tray.temporary_wanted.connect(self.come_forward)
        tray.temporary_wanted.connect(lambda: self._new_chat(temporary=True))
        tray.pause_wanted.connect(self.memory_acts.pause)
        tray.lock_wanted.connect(self.lock)
        tray.quit_wanted.connect(self.close)
        tray.asked.connect(self.ask)
        tray.menu.aboutToShow.connect(self._renew_tray)
        chat.heading.sidebar_button.clicked.connect(self._toggle_sidebar)
        chat.heading.inspector_button.clicked.connect(self._toggle_inspector)
        self.inspector.open_chat.connect(self._open_chat)
        self.inspector.changed.connect(self._memory_changed)
        self.inspector.receipt.connect(lambda _receipt: self.upkeep.look_at_backups())
        self.upkeep.consolidated.connect(self._consolidated)
        self.upkeep.page_wanted.connect(self._show_settings_page)
        self.lock_page.restore_wanted.connect(self.show_restore)
        self.inspector.erased.connect(self._erased)
        self.auto_lock.lock_wanted.connect(self.lock)
        self.chat_acts.changed.connect(self._list_changed)
        self.chat_acts.moved.connect(self._memory_changed)
        self.transfer_acts.imported.connect(self._memory_changed)
        self.transfer_acts.trouble.connect(self._show_error)
        self.model_work.chosen.connect(self._choose_model)
        self.model_work.added.connect(self._model_added)
        self.model_work.changed.connect(self._show_memory_line)
        self.model_work.moved.connect(lambda _key: self._show_memory_line())
        self._tasks.trouble.connect(self._show_error)

    def _build_actions(self) -> None:
        for act in self.acts():
            if act.keys:
                action = QAction(act.words, self)
                action.setShortcuts([QKeySequence(keys) for keys in act.keys])
                action.triggered.connect(lambda _checked=False, run=act.run: run())
                self.addAction(action)

    def acts(self) -> list[Act]:
        """What can be done in the window, by the name that it has now."""
        chats, memory, window = self.tr("Chats"), self.tr("Memory"), self.tr("Window")
        chat, acts, heard = self.chat, self.chat_acts, self.memory_acts
        state = chat.shown.memory_state

        def working() -> bool:
            return self._working

        def kept() -> bool:
            return self._working and self.session.stage == "open"

        def stored() -> bool:
            return self._working and bool(chat.conversation_id())

        def page(name: str) -> Callable[[], None]:
            return lambda: self._show_settings_page(name)

        return [
            Act(self.tr("New chat"), self._new_chat, ("Ctrl+N",), chats, working),
            Act(
                self.tr("New temporary chat"), lambda: self._new_chat(temporary=True), ("Ctrl+Shift+N",), chats, working
            ),
            Act(self.tr("Commands and chats"), self.show_palette, ("Ctrl+K",), chats, lambda: False),
            Act(self.tr("Search all chats"), self._focus_search, ("Ctrl+Shift+F",), chats, working),
            Act(self.tr("Find in this chat"), chat.open_find, ("Ctrl+F",), chats, lambda: chat.chat is not None),
            Act(self.tr("Stop the answer"), self._escape, ("Esc",), chats, lambda: chat.turn.under_way),
            Act(self.tr("Edit my last message"), chat.writing.edit_last, (), chats, stored),
            Act(
                self.tr("Show the version before"),
                lambda: chat.versions.step(-1),
                ("Alt+PgUp",),
                chats,
                chat.versions.possible,
            ),
            Act(
                self.tr("Show the version after"),
                lambda: chat.versions.step(1),
                ("Alt+PgDown",),
                chats,
                chat.versions.possible,
            ),
            Act(self.tr("Rename this chat…"), lambda: acts.rename(chat.conversation_id()), (), chats, stored),
            Act(self.tr("Archive this chat"), lambda: acts.archive(chat.conversation_id()), (), chats, stored),
            Act(self.tr("Move this chat to a space…"), lambda: acts.move(chat.conversation_id()), (), chats, stored),
            Act(self.tr("New space…"), self._ask_space, (), chats, kept),
            Act(self.tr("Export this chat…"), lambda: self._export_chat(chat.conversation_id()), (), chats, stored),
            Act(self.tr("Forget this chat…"), lambda: acts.forget(chat.conversation_id()), (), chats, stored),
            Act(self.tr("Keep what was said here"), chat.keep_chat, (), memory, lambda: chat.shown.can_be_kept),
            Act(
                self.tr("Turn memory on in this chat")
                if state in (MemoryState.OFF, MemoryState.TEMPORARY)
                else self.tr("Turn memory off in this chat"),
                lambda: chat.set_remembering(state in (MemoryState.OFF, MemoryState.TEMPORARY)),
                (),
                memory,
                lambda: chat.shown.can_remember,
            ),
            Act(
                self.tr("Resume remembering") if heard.is_paused else self.tr("Pause remembering in all chats"),
                lambda: heard.pause(not heard.is_paused),
                (),
                memory,
                kept,
            ),
            Act(self.tr("Forget the last hour…"), heard.forget_last_hour, (), memory, kept),
            Act(self.tr("Import conversations…"), self.transfer_acts.choose_import, (), memory, kept),
            Act(self.tr("Export all conversations…"), self.transfer_acts.choose_export, (), memory, kept),
            Act(self.tr("Show or hide the memory inspector"), self._toggle_inspector, ("Ctrl+I",), memory, working),
            Act(self.tr("Show or hide the list of chats"), self._toggle_sidebar, ("Ctrl+B",), window, working),
            Act(self.tr("Settings"), self.show_settings, ("Ctrl+,",), window),
            Act(self.tr("Models"), page("models"), (), window),
            Act(self.tr("Backups"), page("backups"), (), window, kept),
            Act(self.tr("Restore a backup…"), self.show_restore, (), window),
            Act(self.tr("Keyboard shortcuts"), self.show_shortcuts, ("F1", "Ctrl+?"), window),
            Act(self.tr("Lock now"), self.lock, ("Ctrl+L",), window, lambda: self.session.stage == "open"),
            Act(self.tr("Quit Hippo"), self.close, ("Ctrl+Q",), window),
        ]

    def show_palette(self) -> None:
        """Find a command or a chat by its name."""
        if not self._working or self.findChild(CommandPalette) is not None:
            return
        choices = [
            Choice(act.words, native(act.keys[0]) if act.keys else "", act.run) for act in self.acts() if act.possible()
        ]
        choices += [
            Choice(title, self.tr("Chat"), partial(self._open_chat, conversation), chat=True)
            for conversation, title in self.sidebar.titles().items()
        ]
        CommandPalette(choices, self).open()

    def show_shortcuts(self) -> None:
        """Show all keys that do something."""
        if self.findChild(ShortcutsDialog) is None:
            ShortcutsDialog(self.acts(), self).open()

    def ask(self, question: str) -> None:
        """Ask a question in a new chat; after the unlocking where Hippo is locked, once the model is ready."""
        self.come_forward()
        if not self._working:
            self._asked = question
        elif self.chat.may_leave():
            self._new_chat()
            self.chat.composer.set_text(question)
            self.chat.composer.send_button.click()

    def _renew_tray(self) -> None:
        unlocked = self.session.stage == "open"
        self.tray.show_state(unlocked=unlocked, paused=self.memory_acts.is_paused)

    def _forget_file(self, conversation: str, message: str) -> None:
        """Forget an attached file, with what was derived from it; it can be undone like any other forgetting."""
        session = self.session

        def parts() -> list[str]:
            return [e.id for e in session.memory.episodes_of(conversation) if e.message == message]

        def begin(ids: list[str]) -> None:
            self.inspector.forgetting.forget(ids, self.tr("The file"))

        self._tasks.run(parts, done=begin, owner=self)

    def _chat_changed(self) -> None:
        """The chat has become a stored one, or its memory was turned on or off."""
        self.sidebar.set_current(self.chat.conversation_id())
        self.inspector.set_conversation(self.chat.conversation_id())
        self.sidebar.refresh()
        self._refresh_memory_line()
        if self.inspector.isVisible():
            self.inspector.refresh()

    def _paused(self, _paused: bool) -> None:
        self.chat.renew_memory_state()
        self._refresh_memory_line()

    def _show_page(self, page: QWidget) -> None:
        working = page is self.work
        self.pages.setCurrentWidget(page)
        self.status.setVisible(working)
        if not working:
            self._inspector_was_open = self._inspector_was_open or self.inspector.isVisible()
            self.inspector.hide()
            self.inspector.set_locked(True)
        elif self._inspector_was_open:
            self.inspector.show()
            self._inspector_was_open = False

    @property
    def _working(self) -> bool:
        return self.pages.currentWidget() is self.work

    def _new_chat(self, *, temporary: bool = False) -> None:
        if self._working and self.chat.may_leave():
            temporary = temporary or self.session.stage == "temporary"
            self.chat.new_chat(temporary=temporary, space=self.sidebar.space or "")
            self.sidebar.set_current("")
            self.status.show_prompt(0, 0)

    def _export_chat(self, conversation: str) -> None:
        if conversation:
            self.transfer_acts.choose_export(conversation, self.sidebar.titles().get(conversation, ""))

    def _ask_space(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("New space"))
        dialog.setLabelText(
            self.tr(
                "What is said in a space is remembered in its chats only; what is pinned is remembered everywhere.\n"
                "Name of the space, such as Work:"
            )
        )
        dialog.textValueSelected.connect(self._begin_space)
        dialog.open()

    def _begin_space(self, name: str) -> None:
        name = " ".join(name.split())
        if name:
            self.sidebar.show_space(name)
            self._new_chat()

    def _show_space(self) -> None:
        """Another space is listed: a chat in which nothing was said yet belongs to it."""
        if self.chat.chat is None and not self.chat.temporary and not self.chat.conversation_id():
            self._new_chat()

    def _open_chat(self, conversation: str, message: str = "") -> None:
        if self._working and conversation and self.chat.may_leave():
            if conversation != self.chat.conversation_id():
                self.status.show_prompt(0, 0)
            self.chat.open_chat(conversation, message)
            self.sidebar.set_current(conversation)
            self.inspector.set_conversation(conversation)

    def _chat_kept(self, chat: object) -> None:
        if not self._working:
            return
        self.sidebar.set_current(self.chat.conversation_id())
        self.inspector.set_conversation(self.chat.conversation_id() or "")
        self.sidebar.refresh()
        self._refresh_memory_line()
        if self.inspector.isVisible():
            self.inspector.refresh()
        self.upkeep.between_turns()

    def _consolidated(self) -> None:
        self._refresh_memory_line()
        if self.inspector.isVisible():
            self.inspector.refresh()

    def _erased(self, erasure: Erasure) -> None:
        """Everything was forgotten and the keys are gone: begin as on the first day."""
        self._close_dialogs()
        self.chat.forget_everything_shown()
        self.sidebar.forget_everything_shown()
        self._clipboard.clear_ours()
        self.start()
        receipt = erasure.receipt
        dialog = ReceiptDialog(erasure_lines(erasure), verified=receipt.verified, when=receipt.when, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _memory_changed(self) -> None:
        """Something was edited, forgotten or brought back: nothing that saw the old words may stay."""
        session = self.session
        if session.models_ready and session.stage == "open":
            self._tasks.run(lambda: session.engine.forget_cache(), lane="model", owner=self)
        self.chat.reload()
        self.sidebar.refresh()
        self.inspector.refresh()
        self._refresh_memory_line()

    def _show_memory(self, record: str) -> None:
        self.inspector.show()
        self.inspector.raise_()
        self.inspector.show_record(record)

    def _list_changed(self) -> None:
        """A chat has another name or place; its words are the same, and so is what the model saw."""
        self.sidebar.refresh()
        self.chat.renew_title()
        self.inspector.refresh()

    # Status line

    def _show_turn(self) -> None:
        self.tray.answering(self.chat.turn.under_way)
        if self.session.models_ready and self._working:
            self._show_model_line("writing" if self.chat.turn.under_way else "ready")

    def _show_model_line(self, state: str) -> None:
        words = {"ready": self.tr("ready"), "writing": self.tr("answering")}[state]
        self.status.show_model(f"{self.session.engine.model_name} · {words}")

    def _refresh_memory_line(self) -> None:
        session = self.session
        if session.stage != "open":
            self._kept = self.tr("nothing is kept")
            self._show_memory_line()
            return
        self._tasks.run(lambda: session.memory.stats(), done=self._show_stats, owner=self)

    def _show_stats(self, stats: Stats) -> None:
        kept = stats.episodes + stats.summaries
        memories = self.tr("%Ln memories", n=kept)
        line = self.tr("{memories} · encrypted").format(memories=memories)
        if stats.damaged:
            line = self.tr("{n} damaged, set aside").format(n=QLocale().toString(stats.damaged)) + " · " + line
        self._kept = line
        self._show_memory_line()

    def _show_memory_line(self) -> None:
        network = self.tr("offline")
        if self.model_work.online:
            network = self.tr("downloading a model")
        if self._kept:
            paused = self.session.stage == "open" and self.memory_acts.is_paused
            kept = self.tr("remembering is paused") if paused else self._kept
            self.status.show_memory(f"{kept} · {network}")

    # Small acts

    def come_forward(self) -> None:
        """Show the window before all others: Hippo was started again."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_settings(self) -> None:
        """Open the settings."""
        if self.findChild(SettingsDialog) is None:
            tells = self._system.tells_of_screen
            dialog = SettingsDialog(
                self.session, self._tasks, self, tells_of_screen=tells, models=self.model_work, acts=self.acts()
            )
            dialog.lock_now.connect(self.lock)
            dialog.resealing.connect(self.inspector.finish_pending)
            dialog.memory_changed.connect(self._memory_changed)
            dialog.restore_wanted.connect(self.show_restore)
            dialog.open()

    def _show_settings_page(self, page: str) -> None:
        self.show_settings()
        dialog = self.findChild(SettingsDialog)
        if dialog is not None:
            dialog.turn_to(page)

    def _toggle_sidebar(self) -> None:
        if self._working:
            self._columns.toggle_chats()

    def _toggle_inspector(self) -> None:
        if self._working:
            if self.inspector.isHidden():
                self.inspector.refresh()  # it reads once it is seen
            self.inspector.setVisible(self.inspector.isHidden())

    def _focus_search(self) -> None:
        if self._working:
            self._columns.want_chats(True)
            self.sidebar.search.setFocus()
            self.sidebar.search.selectAll()

    def _escape(self) -> None:
        if self.chat.find_bar.isVisible():
            self.chat.find_bar.close_bar()
        elif self.chat.turn.under_way:
            self.chat.turn.stop()
        elif self.chat.writing.editing:
            self.chat.writing.leave_edit()
        elif self._working:
            self.sidebar.list.return_to_open()
            self.chat.composer.setFocus()

    def _show_error(self, error: HippoError) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Hippo")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(error.message)
        box.setInformativeText(error.next_step)
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.open()

    def _close_dialogs(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for dialog in self.findChildren(QDialog):
            dialog.close()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the columns fit."""
        super().resizeEvent(event)
        self._columns.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lock when minimised, where the settings say so."""
        super().changeEvent(event)
        minimised = event.type() == QEvent.Type.WindowStateChange and self.isMinimized()
        if minimised and self.session.settings.privacy.lock_on_minimise:
            self.lock()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop and keep an answer, finish what is being forgotten, then close."""
        if not self._may_close:
            if not self.chat.may_leave():
                event.ignore()
                return
            if self.chat.turn.under_way:
                event.ignore()
                self.chat.turn.stop_then(self._close_now)
                return
            self.inspector.finish_pending()
        self.chat.write_drafts()
        if self._geometry is not None:
            self._geometry.setValue("geometry", self.saveGeometry())
            self._geometry.setValue("columns", self.work.saveState())
        super().closeEvent(event)

    def end(self) -> None:
        """Close without a question: whoever ends the session of the desktop waits for no answer."""
        self._close_dialogs()
        if self.chat.turn.under_way:
            self.chat.turn.stop_then(self._close_now)
        else:
            self._close_now()

    def _close_now(self) -> None:
        self.inspector.finish_pending()
        self._may_close = True
        QTimer.singleShot(0, self, self.close)

    def _restore_geometry(self) -> None:
        self.resize(1180, 760)
        self.work.setSizes([min(theme.scaled(264), self.width() * 9 // 25), 10_000])  # large text leaves the chat room
        if self._geometry is not None:
            self.restoreGeometry(self._geometry.value("geometry") or b"")
            self.work.restoreState(self._geometry.value("columns") or b"")
