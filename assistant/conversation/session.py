"""One opened Hippo home: its vault, store, memory, models and engine, and how they are opened and locked.

Both front ends drive this. Not thread-safe: verbs that touch the vault or the store belong to the thread that owns the
store; `prepare_models` may run beside them.

The window shows itself before anything is opened, so what opening needs (arrays, the store, the models) is imported
where it is first used.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from assistant.errors import InputError, ModelError, StoreError, VaultError, VaultLockedError
from assistant.files import make_private_folder
from assistant.memory.clock import now
from assistant.models.library import LANGUAGE_MODEL, ensure_embedder
from assistant.paths import Home
from assistant.settings import Settings, Sharing, load_settings, save_settings
from assistant.store import layout
from assistant.store.disk import disk_errors
from assistant.store.replacement import drop_put_aside, finish_exchange, put_aside
from assistant.vault.vault import Vault

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from assistant.memory.consolidation import Consolidated
    from assistant.memory.memory import Memory
    from assistant.models.decoder import Decoder
    from assistant.models.embedder import Embedder
    from assistant.store.backup import BackupReport
    from assistant.store.owner import Owner
    from assistant.store.store import Store

    from .devices import Devices
    from .engine import Engine
    from .safekeeping import Erasure, KnownBackup

Stage = Literal["new", "locked", "open", "temporary"]


class Session:
    """A home in use.

    Attributes:
        home: The folder.
        settings: As they are now.
        vault: The keys.
        finished_forgets: How many forgettings a crash had left open and `unlock` finished.
        problems: What opening found wrong or could not finish, as sentences for the user; empty in ordinary cases.
        model_problem: Why the built-in model answers instead of the chosen one, if it does.
    """

    def __init__(self, home: Home, *, keyring: KeyringBackend | Literal["default"] | None = "default") -> None:
        self.home = home
        finish_exchange(home)
        self.settings: Settings = load_settings(home)
        self.vault = Vault(home.vault, keyring=keyring)
        self.finished_forgets = 0
        self.problems: tuple[str, ...] = ()
        self.model_problem: ModelError | None = None
        self._temporary = False
        self._store: Store | None = None
        self._memory: Memory | None = None
        self._decoder: Decoder | None = None
        self._small: Decoder | None = None
        self._asked_for = ""
        self._prepared_for = ""
        self._embedder: Embedder | None = None
        self._engine: Engine | None = None
        self._making_engine = threading.Lock()  # the window asks for it from the lanes of answers and of memory
        self._devices: Devices | None = None

    @staticmethod
    def warm_up() -> None:
        """Import what opening a memory and answering need (about two seconds), so that nobody waits for it then."""
        from assistant.memory import memory  # noqa: F401
        from assistant.models import decoder, draft, embedder, installed  # noqa: F401
        from assistant.store.lance import load_lancedb

        from . import engine  # noqa: F401

        load_lancedb()

    @property
    def stage(self) -> Stage:
        """How far the home is opened: "new" has no vault yet; "temporary" chats without a memory."""
        if self._memory is not None:
            return "open"
        if self._temporary:
            return "temporary"
        return "locked" if self.vault.exists else "new"

    @property
    def models_ready(self) -> bool:
        """Whether the language model that is chosen is loaded, or the built-in one in its place."""
        return self._decoder is not None and self._prepared_for == self._chosen_model

    @property
    def _chosen_model(self) -> str:
        return self._asked_for or self.settings.generation.model or LANGUAGE_MODEL.folder

    @property
    def model_in_use(self) -> str:
        """The id of the model that answers, or will once it is prepared."""
        return LANGUAGE_MODEL.folder if self.model_problem is not None else self._chosen_model

    @property
    def memory(self) -> Memory:
        """What is remembered.

        Raises:
            VaultLockedError: The vault is locked, or there is none.
        """
        if self._memory is None:
            raise VaultLockedError("The memory is locked.", next_step="Unlock it first.")
        return self._memory

    @property
    def engine(self) -> Engine:
        """What holds conversations.

        Raises:
            ModelError: The models are not prepared yet.
        """
        with self._making_engine:
            if self._engine is None:
                if self._decoder is None:
                    raise ModelError("The language model is not ready yet.", next_step="Wait until it is prepared.")
                from .engine import Engine
                from .titling import TrainedTitles
                from .trained import TrainedReader

                self._engine = Engine(
                    self._decoder,
                    self._memory,
                    self.settings,
                    small=self._small,
                    trained=TrainedReader.beside(self._decoder),
                    titles=TrainedTitles.beside(self._decoder),
                )
            return self._engine

    def create(self, *, passphrase: str | None = None, use_keyring: bool = False) -> None:
        """Make the vault of a new home and open an empty memory.

        Raises:
            StoreInUseError: Another Hippo is about to make it, or has it open.
            VaultError: There is a vault already, or a memory whose vault is missing.
            InputError: The passphrase is too short, or the home cannot be used.
            NoKeyringError: The keyring was asked for and there is none.
        """
        from assistant.store.owner import Owner

        self.home.create()
        with disk_errors("opened"):
            make_private_folder(self.home.store)
            owner = Owner(self.home.store)
            owner.take()
        try:
            self._refuse_orphaned_memory()
            self.vault.create(passphrase=passphrase, use_keyring=use_keyring)
            self._open_memory(owner)
        except BaseException:
            owner.release()
            raise

    def _refuse_orphaned_memory(self) -> None:
        if not self.vault.exists and layout.holds_memory(self.home.store):
            raise VaultError(
                f"There is a memory in {self.home.store}, but its vault file {self.home.vault} is missing.",
                next_step="Put vault.json back, or restore a backup into another home.",
            )

    def new_recovery_code(self) -> str:
        """Make a recovery code, to be shown once. An older one stops working."""
        return self.vault.new_recovery_code()

    def unlock(self, *, passphrase: str | None = None, recovery_code: str | None = None) -> None:
        """Open the vault and the memory: with a passphrase, a recovery code, or (given neither) the keyring.

        Finishes what a crash left to forget. What cannot be finished stays hidden, and `problems` says so.

        Raises:
            WrongKeyError: The key does not open this vault.
            NoKeyringError: There is no keyring that could.
            StoreInUseError: Another Hippo has this home open; the vault is locked again.
        """
        if passphrase is not None:
            self.vault.unlock_with_passphrase(passphrase)
        elif recovery_code is not None:
            self.vault.unlock_with_recovery(recovery_code)
        else:
            self.vault.unlock_with_keyring()
        self._open_memory()

    def _open_memory(self, owner: Owner | None = None) -> None:
        from assistant.memory.memory import Memory
        from assistant.store.store import Store

        try:
            self._store = Store.open(self.home.store, self.vault.sealer("store"), owner=owner)
            self._memory = Memory(self._store, self._load_embedder)
            self._memory.fades = self.settings.memory.fading
            self.problems = self._store.problems
            for pending in self._memory.pending_forgets():
                try:
                    self._memory.finish_forget(pending)
                    self.finished_forgets += 1
                except (StoreError, ModelError) as error:
                    self.problems += (f"A forgetting could not be finished; what it hides stays hidden. {error}",)
            with contextlib.suppress(StoreError, ModelError):  # tried again the next time
                self._memory.show_what_is_left()
            self._meet_devices()
        except BaseException:
            self.lock()
            raise
        self._temporary = False
        self._engine = None
        # Records are many, live long and form no cycles: the collector need not walk them (150 ms at 100,000).
        gc.freeze()

    def _meet_devices(self) -> None:
        place, memory = self.settings.sharing, self._memory
        self._devices = None
        if place.place and memory is not None:
            from .devices import Devices

            try:
                self._devices = Devices(memory, self.vault.sealer("store"), place)
            except StoreError as error:
                self.problems += (f"Nothing is exchanged with other devices. {error}",)

    def go_temporary(self) -> None:
        """Chat without a memory: nothing is read and nothing is kept."""
        self._temporary = True
        self._engine = None

    def lock(self) -> None:
        """Drop the data key, the memory's index and what the model has seen."""
        if self._engine is not None:
            self._engine.forget_cache()
        if self._store is not None:
            self._store.close()
        self._engine = self._store = self._memory = self._devices = None
        self._temporary = False
        self.problems = ()
        self.vault.lock()
        gc.unfreeze()
        gc.collect()  # what only a cycle still holds goes now, not some day

    def prepare_models(
        self,
        *,
        model: str = "",
        progress: Callable[[float], None] = lambda share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Load the language model that is chosen and the embedder; another model that was loaded is let go first.

        The built-in model is converted when it is first needed. It also stands in where the model that the settings
        name is missing or damaged: `model_problem` tells then.

        Args:
            model: The id of an installed model that answers from now on whatever the settings say; nothing stands in
                for it. "" leaves it at what was asked for before, or at the settings.
            progress: Called with the share that is done, 0 to 1.
            cancelled: Asked now and then whether to stop.

        Raises:
            InputError: No such `model` is installed.
            ModelError: A model is missing or damaged and cannot be made anew.
            CancelledError: `cancelled` answered true; nothing half-done is left.
        """
        from assistant.models.draft import draft_for

        self._asked_for = model or self._asked_for
        if not self.models_ready:
            wanted = self._chosen_model
            self._let_go_of_model()
            self.home.create()
            decoder, problem = self._load_model(wanted, lambda share: progress(0.9 * share), cancelled)
            progress(0.9)
            self._small = draft_for(decoder, self.home.models / LANGUAGE_MODEL.folder)
            self._decoder, self._engine = decoder, None
            self.model_problem, self._prepared_for = problem, wanted
        self._load_embedder()
        progress(1.0)

    def _let_go_of_model(self) -> None:
        engine, self._decoder, self._small, self._engine = self._engine, None, None, None
        self.model_problem = None
        if engine is not None:
            engine.forget_cache()
        del engine
        gc.collect()  # before another model takes as much memory again

    def _load_model(
        self, wanted: str, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> tuple[Decoder, ModelError | None]:
        from assistant.models.decoder import Decoder
        from assistant.models.installed import ensure_chosen_model

        try:
            return Decoder.load(ensure_chosen_model(self.home, wanted, progress=progress, cancelled=cancelled)), None
        except (InputError, ModelError) as error:
            if self._asked_for or wanted == LANGUAGE_MODEL.folder:
                raise
            folder = ensure_chosen_model(self.home, "", progress=progress, cancelled=cancelled)
            problem = ModelError(
                f"The built-in model answers instead of the one that was chosen. {error.message}",
                next_step="Choose another model, or add this one again.",
            )
            return Decoder.load(folder), problem

    def _load_embedder(self) -> Embedder:
        if self._embedder is None:
            from assistant.models.embedder import Embedder

            self._embedder = Embedder.load(ensure_embedder(self.home))
        return self._embedder

    def save_settings(self, settings: Settings) -> None:
        """Keep the settings and use them from the next turn on; another model after `prepare_models`."""
        save_settings(self.home, settings)
        self.settings = settings
        if self._memory is not None:
            self._memory.fades = settings.memory.fading
        if self._engine is not None:
            self._engine.change_settings(settings)

    def consolidate(self, *, cancelled: Callable[[], bool] = lambda: False) -> Consolidated:
        """Let memory do what is due when nobody waits. What cannot be done now is tried again the next time."""
        from assistant.memory.consolidation import Consolidated

        done = Consolidated()
        if self._memory is not None:
            with contextlib.suppress(StoreError, ModelError):
                done = self._memory.consolidate(cancelled=cancelled)
                while not cancelled() and self._memory.store.maintain():
                    pass
                if self._devices is not None and not cancelled() and self._devices.step():
                    done = dataclasses.replace(done, exchanged=True)
        return done

    def share(self, place: Sharing) -> None:
        """Exchange memories with other devices at this place from now on; with a `Sharing()`, with nobody any more.

        Raises:
            InputError: It is no place that can be shared, or the settings cannot be written.
        """
        from assistant.store.shared import checked_place

        self.save_settings(replace(self.settings, sharing=checked_place(place) if place.place else place))
        self._meet_devices()

    @property
    def devices(self) -> Devices | None:
        """The exchange with other devices; None where no place is set or the memory is locked."""
        return self._devices

    def exchange(self) -> tuple[int, int]:
        """Exchange memories with the other devices now, and wait for it.

        Returns:
            How many records came or changed, and how many were removed.

        Raises:
            VaultLockedError: The memory is locked.
            InputError: No place is set.
            StoreError: The place cannot be reached or is not what it was, or the disk refused. Nothing is lost.
        """
        if self.memory.pending_forgets():
            return 0, 0  # what can still be undone stays here
        if self._devices is None:
            raise InputError("No place is set at which devices could exchange memories.")
        return self._devices.exchange()

    def write_backup(
        self,
        target: Path,
        *,
        progress: Callable[[float], None] = lambda share: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> BackupReport:
        """Write everything that is remembered to one sealed file, whole or not at all.

        Raises:
            VaultLockedError: The memory is locked.
            VaultError: The vault has neither passphrase nor recovery code, so nobody could open the file elsewhere.
            InputError: The file cannot be written.
            CancelledError: `cancelled` answered true; nothing was written.
        """
        from .safekeeping import make_backup

        store, vault = self.memory.store, self.vault
        return make_backup(store, vault, self.home, target, progress=progress, cancelled=cancelled, now=now())

    def make_due_backup(self, *, cancelled: Callable[[], bool] = lambda: False) -> BackupReport | None:
        """Write a scheduled backup where the settings want one and it is due; None where it is not.

        Raises:
            InputError, VaultError, StoreError: It could not be made; it is due still.
            CancelledError: `cancelled` answered true; it is due still.
        """
        from .safekeeping import make_due_backup

        if self._memory is None or self._memory.pending_forgets():
            return None  # while a forgetting can be undone, it is in the store
        store, wanted = self._memory.store, self.settings.backups
        return make_due_backup(store, self.vault, self.home, wanted, cancelled=cancelled, now=now())

    def backups(self) -> list[KnownBackup]:
        """The backups that Hippo knows of and finds, the newest first, and what they hold that was forgotten since."""
        from .safekeeping import known_backups

        return known_backups(self.memory.store, self.vault, self.settings.backups)

    def clean_backup(self, path: Path) -> BackupReport:
        """Write a backup anew without what was forgotten since.

        Raises:
            InputError, StoreError: It cannot be rewritten, or only removed; the old file is as it was.
        """
        from .safekeeping import clean_backup

        return clean_backup(path, self.memory.store, self.vault)

    def remove_backup(self, path: Path) -> None:
        """Delete a backup. Raises InputError where the disk refuses."""
        from .safekeeping import drop_backup

        drop_backup(path, self.memory.store)

    def forget_everything(self, *, remove_backups: bool = False) -> Erasure:
        """Forget all that is remembered, and destroy the keys and the store with it. Afterwards the home is new.

        Args:
            remove_backups: Delete the backups that are known as well, and the memories that a restored one replaced.

        Raises:
            VaultLockedError: The memory is locked.
            StoreError: Not everything could be removed; what is left is the memory's, and the keys are, too.
            VaultError: All is forgotten, but the vault file could not be deleted.
        """
        from .safekeeping import Erasure, drop_backup, erase

        memory, removed = self.memory, list[Path]()
        known = [backup.file.path for backup in self.backups()]
        for path in known if remove_backups else ():
            drop_backup(path, memory.store)
            removed.append(path)
        finished = [memory.finish_forget(pending) for pending in memory.pending_forgets()]
        receipt = sum(finished, memory.forget_everything())
        if self._devices is not None:
            self._devices.exchange()
        if self._engine is not None:
            self._engine.forget_cache()
        self._engine = self._memory = self._store = None
        try:
            cleared = erase(memory.store, self.vault, self.home)
        finally:
            self.lock()
        known += put_aside(self.home)
        for folder in put_aside(self.home) if remove_backups else ():
            drop_put_aside(folder)
            removed.append(folder)
        return Erasure(receipt, cleared, tuple(removed), tuple(path for path in known if path not in removed))

    def rekey(
        self, *, passphrase: str | None = None, progress: Callable[[float], None] = lambda share: None
    ) -> str | None:
        """Seal everything anew under a new data key. Returns the new recovery code where there was one.

        Args:
            passphrase: The vault's, where it has one.
            progress: Called with the share that is done, 0 to 1.

        Raises:
            VaultLockedError: The memory is locked.
            WrongKeyError: The vault has a passphrase and this is not it. Nothing has changed.
        """
        from assistant.store.rekey import rekey

        self.memory.store.close()
        if self._engine is not None:
            self._engine.forget_cache()
        self._engine = self._memory = self._store = None
        try:
            return rekey(self.vault, self.home.store, passphrase=passphrase, progress=progress)
        finally:
            self._open_memory()

    def close(self) -> None:
        """Lock, and let go of the models."""
        self.lock()
        self._decoder = self._small = self._embedder = None
