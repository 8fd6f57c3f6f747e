from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.store import Store
from assistant.vault.sealer import Sealer
from tests.store.sample import DIMENSIONS, KEY


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path, sealer: Sealer) -> Iterator[Store]:
    with Store.open(folder, sealer, dimensions=DIMENSIONS) as store:
        yield store
