"""What tests of several parts share: a home whose built-in models are ready, and what keeps the suite quick."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.models.adapted import load_adapted
from assistant.models.adapter import ADAPTERS, Adapter
from assistant.models.decoder import Decoder
from assistant.models.embedder import Embedder
from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.models.tokenizer import Tokenizer
from assistant.paths import Home
from assistant.vault.wraps import Argon2Cost

# How long an example takes says more about the machine than about the code.
settings.register_profile("hippo", deadline=None)
settings.load_profile("hippo")

RAM_DISK = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes; the models of two processes and what a few tests copy of them take a quarter of it."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite; none of its own for a file or a folder, which would only start later."""
    return 2 if config.args_source is not pytest.Config.ArgsSource.ARGS else 0


def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders lie in RAM where there is room: half of what a test of the store does is wait for a disk.

    Only where they are not kept. What survives a power cut is seen without one: `tests/store/power.py` records what is
    flushed.
    """
    kept = config.getini("tmp_path_retention_policy") != "failed"
    if not kept and _has_room(RAM_DISK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(RAM_DISK))


def _has_room(folder: Path) -> bool:
    """Whether tests may write there, start programs there, and find room."""
    if not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(folder).free > ROOM


def pytest_collection_finish() -> None:
    """Locking collects garbage at once: it need not look through the tests themselves each time."""
    gc.freeze()


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home whose models folder holds the built-in models, made and loaded once for all tests of this process.

    Do not change its models. To use them in a home of one's own:
    `(home.root / "models").symlink_to(model_home.models)`.
    """
    home = Home(tmp_path_factory.mktemp("home"))
    folders = ensure_language_model(home).resolve(), ensure_embedder(home).resolve()
    load_decoder, load_embedder = Decoder.load, Embedder.load
    decoder, embedder = load_decoder(folders[0]), load_embedder(folders[1])  # each may have several users
    adapted: dict[Adapter, Decoder] = {}

    def load_shipped(
        folder: Path, adapter: Adapter, tokenizer: Tokenizer, *, cancelled: Callable[[], bool] = lambda: False
    ) -> Decoder:
        """The adapters that come with Hippo, loaded once too; each chat's title would do it anew."""
        known = folder.resolve() == folders[0] and adapter.folder.parent == ADAPTERS
        if not known or adapter not in adapted or cancelled():
            found = load_adapted(folder, adapter, tokenizer, cancelled=cancelled)
            return adapted.setdefault(adapter, found) if known else found
        return adapted[adapter]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Decoder,
            "load",
            lambda folder, *, threads=0: (
                decoder if folder.resolve() == folders[0] and not threads else load_decoder(folder, threads=threads)
            ),
        )
        patch.setattr(
            Embedder,
            "load",
            lambda folder, threads=0: (
                embedder if folder.resolve() == folders[1] and not threads else load_embedder(folder, threads)
            ),
        )
        patch.setattr("assistant.conversation.trained.load_adapted", load_shipped)
        patch.setattr("assistant.conversation.titling.load_adapted", load_shipped)
        yield home


@pytest.fixture(scope="session", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    """New vaults ask for little work per guess; `tests/vault` shows that those of people ask for much."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.vault.vault.Argon2Cost", lambda: Argon2Cost(memory_kib=64, passes=1, lanes=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where Python may leave no bytecode beside the sources, each program that is started would compile them anew."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield
