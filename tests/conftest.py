"""What tests of several parts share: a home whose built-in models are ready."""

from pathlib import Path

import pytest
from hypothesis import settings

from assistant.models.library import ensure_embedder, ensure_language_model
from assistant.paths import Home

# How long an example takes says more about the machine than about the code.
settings.register_profile("hippo", deadline=None)
settings.load_profile("hippo")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite; none of its own for a file or a folder, which would only start later."""
    return 2 if config.args_source is not pytest.Config.ArgsSource.ARGS else 0


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose models folder holds the built-in models, made once for all tests. Do not change its models.

    To use them in a home of one's own: `(home.root / "models").symlink_to(model_home.models)`.
    """
    home = Home(Path(tmp_path_factory.mktemp("home")))
    ensure_language_model(home)
    ensure_embedder(home)
    return home
