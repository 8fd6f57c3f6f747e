"""The language models in the models folder, and the one that is shipped: list, find, check and remove them, and which
of them answers.

How they get there: `library` for the one that comes with Hippo, `add` for all others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, ModelError
from assistant.models.install import models_lock, uninstall
from assistant.models.library import LANGUAGE_MODEL, ensure_language_model
from assistant.models.manifest import MANIFEST_FILE, FileStamp, is_unchanged, read_manifest, stamp
from assistant.paths import SHIPPED_MODELS, Home


@dataclass(frozen=True)
class Installed:
    """A language model in the models folder.

    Attributes:
        id: The name of its folder; what the settings and the terminal call it.
        name: Its name, for people.
        architecture: "llama", "qwen3", ...
        context: How many tokens it can see.
        size: In bytes.
        licence: As its authors name it, or "".
        origin: Where it was downloaded from, "repository@commit", or "".
        built_in: Whether it comes with Hippo.
        folder: Where it lies.
    """

    id: str
    name: str
    architecture: str
    context: int
    size: int
    licence: str
    origin: str
    built_in: bool
    folder: Path


def installed_models(home: Home) -> list[Installed]:
    """The language models that are ready to use, by name. Folders that hold none are passed over."""
    places = (home.models, SHIPPED_MODELS)
    folders = {file.parent.name: file.parent for place in places for file in place.glob(f"*/{MANIFEST_FILE}")}
    candidates = (read_installed(folder) for name, folder in folders.items() if not name.startswith("."))
    found = [model for model in candidates if model is not None]
    return sorted(found, key=lambda model: (model.name.casefold(), model.id))


def read_installed(folder: Path) -> Installed | None:
    """The language model in `folder`; None where there is none."""
    try:
        manifest = read_manifest(folder)
    except ModelError:
        return None
    if not manifest.stop_tokens:
        return None
    return Installed(
        id=folder.name,
        name=manifest.name,
        architecture=manifest.architecture,
        context=manifest.context_length,
        size=sum(file.size for file in manifest.files.values()),
        licence=manifest.licence,
        origin=manifest.origin,
        built_in=folder.name == LANGUAGE_MODEL.folder,
        folder=folder,
    )


def find_model(home: Home, name: str) -> Installed:
    """The installed model with this id or name; capitals do not matter.

    Raises:
        InputError: There is none, or several of that name.
    """
    wanted, models = name.casefold(), installed_models(home)
    found = [model for model in models if model.id.casefold() == wanted]
    found = found or [model for model in models if model.name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"Several models are called “{name}”.", next_step=f"Say {' or '.join(m.id for m in found)}.")
    raise InputError(f"No model “{name}” is installed.", next_step="`assistant models list` shows what is.")


def ensure_chosen_model(
    home: Home,
    name: str,
    *,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """The folder of the model that the settings name (`Generation.model`); "" is the built-in one.

    Files that have their size and time are taken for undamaged, so this is quick.

    Raises:
        InputError: No such model is installed.
        ModelError: It is damaged; or as in `ensure_language_model`.
        CancelledError: `cancelled` said so.
    """
    if name in ("", LANGUAGE_MODEL.folder):
        return ensure_language_model(home, progress=progress, cancelled=cancelled)
    model = find_model(home, name)
    if model.built_in:
        return ensure_language_model(home, progress=progress, cancelled=cancelled)
    damaged = damaged_files(model, thorough=False)
    if damaged:
        raise ModelError(f"{model.name} is damaged ({damaged[0]}).", next_step="Remove it and add it again.")
    return model.folder


def damaged_files(model: Installed, *, thorough: bool = True) -> list[str]:
    """The names of the files of `model` that are missing or not what they were when it was installed.

    Args:
        model: What to look at.
        thorough: Read every byte, even where size and time have not changed.

    Raises:
        ModelError: It says no longer what it holds.
    """
    files = read_manifest(model.folder).files
    fits = _same_bytes if thorough else is_unchanged
    return [name for name, file in files.items() if Path(name).name != name or not fits(model.folder / name, file)]


def _same_bytes(path: Path, expected: FileStamp) -> bool:
    try:
        return stamp(path).sha256 == expected.sha256
    except OSError:
        return False


def remove_model(home: Home, name: str, *, cancelled: Callable[[], bool] = lambda: False) -> Installed:
    """Remove an installed model from the disk; what was removed. The caller takes care that it is not in use.

    Raises:
        InputError: There is no such model, or it is the one that comes with Hippo.
        ModelError: The disk refuses.
        CancelledError: `cancelled` said so while another process was installing.
    """
    with models_lock(home, cancelled):
        model = find_model(home, name)
        if model.built_in:
            raise InputError(f"{model.name} comes with Hippo and stays.")
        uninstall(model.folder)
    return model
