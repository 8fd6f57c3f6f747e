"""Where things lie. One home folder holds everything that Hippo ever writes."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from assistant.errors import InputError
from assistant.files import make_private_folder

SHIPPED_MODELS: Final = Path(__file__).parent / "resources" / "models"
"""Where an installed Hippo carries its built-in models, ready for use. It is only read; a source tree has none."""


@dataclass(frozen=True)
class Home:
    """The folder of one user's Hippo: settings, vault, store and models.

    Attributes:
        root: The folder itself. With `--home` it may lie anywhere (portable mode).
    """

    root: Path

    @property
    def settings(self) -> Path:
        """Settings, in plain JSON. Never holds content."""
        return self.root / "settings.json"

    @property
    def vault(self) -> Path:
        """The wrapped data key."""
        return self.root / "vault.json"

    @property
    def store(self) -> Path:
        """The sealed records."""
        return self.root / "store"

    @property
    def models(self) -> Path:
        """Converted and added models, one folder each."""
        return self.root / "models"

    def create(self) -> None:
        """Make the folder, for this user only, if it is missing.

        Raises:
            InputError: It cannot be made, or is not a folder.
        """
        try:
            make_private_folder(self.root)
        except OSError as error:
            raise InputError(
                f"The folder {self.root} cannot be used ({error.strerror}).",
                next_step="Choose a folder of your own, with --home or ASSISTANT_HOME.",
            ) from error


def home_folder(chosen: str | None = None) -> Home:
    """The home named on the command line, else by ASSISTANT_HOME, else the platform's place for user data."""
    named = chosen or os.environ.get("ASSISTANT_HOME")
    return Home(Path(named).expanduser().absolute() if named else Path(platformdirs.user_data_dir("Hippo", False)))
