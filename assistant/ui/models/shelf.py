"""What the page of models shows, read from the disk in one go: models, speeds, unfinished downloads."""

from dataclasses import dataclass

from assistant.models.catalogue import machine_memory
from assistant.models.download import Received, unfinished
from assistant.models.installed import Installed, installed_models
from assistant.models.speed import Speed, known_speed
from assistant.paths import Home


@dataclass(frozen=True)
class Shelf:
    """What there is.

    Attributes:
        installed: The models that are ready to use, by name.
        speeds: What was measured on this computer, by id.
        unfinished: Downloads that were paused or cut, by the id of the catalogue's entry.
        memory: GB of memory that this computer has; 0 where it does not tell.
    """

    installed: tuple[Installed, ...]
    speeds: dict[str, Speed]
    unfinished: dict[str, Received]
    memory: float

    def find(self, model: str) -> Installed | None:
        """The installed model with this id."""
        return next((each for each in self.installed if each.id == model), None)


def read_shelf(home: Home) -> Shelf:
    """Look at the models folder. Takes milliseconds for each model: not for the UI thread."""
    installed = tuple(installed_models(home))
    speeds = {model.id: speed for model in installed if (speed := known_speed(model.folder)) is not None}
    return Shelf(installed, speeds, unfinished(home), machine_memory())
