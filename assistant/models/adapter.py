"""LoRA adapters: small matrices that teach one base model one task (Hu et al. 2021, arXiv 2106.09685).

An adapter is a folder: `adapter.toml` says what it is, `CARD.md` how it was made, and `adapter.safetensors` holds, for
some of the base's linear layers, float16 matrices `layers.<i>.<module>.lora_A` (rank, in) and `.lora_B` (out, rank),
named and laid out as Hugging Face's llama has them. The layer's weight becomes W + B·A: the usual factor alpha / rank
is in B already.

Read and checked here; `adapted` runs a model with one.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.models.manifest import Manifest

ADAPTERS: Final = Path(__file__).parents[1] / "resources" / "adapters"
"""The adapters that come with Hippo, a folder each."""

ABOUT_FILE: Final = "adapter.toml"
MATRICES_FILE: Final = "adapter.safetensors"
MODULES: Final = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")

_NAME = re.compile(rf"layers\.(\d{{1,4}})\.({'|'.join(MODULES)})\.lora_([AB])")
_MOST_HEADER: Final = 1 << 20
_NEXT_STEP: Final = "Install Hippo again. Your memory and your settings stay as they are."

FloatArray = NDArray[np.float32]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What `adapter.toml` says. More may stand there, for people.

    Attributes:
        name: The adapter's name, for people.
        task: What it was taught: "answer", ...
        base: The name of the model that it was made for, for people.
        base_sha256: Of that model's GGUF file, in hexadecimal.
        rank: The most columns that a `lora_B` has.
        prompt_format: The number of the prompt's form that it learned.
    """

    name: str
    task: str
    base: str
    base_sha256: str
    rank: int
    prompt_format: int


@dataclass(frozen=True)
class Low:
    """What is added to a weight (out, in): b · a, with a float32 (rank, in) and b float32 (out, rank)."""

    a: FloatArray
    b: FloatArray


Matrices = Mapping[tuple[int, str], Low]
"""By layer and module."""


@dataclass(frozen=True)
class Adapter:
    """An adapter on disk: its folder, and what it says about itself."""

    folder: Path
    about: About

    def fits(self, manifest: Manifest) -> bool:
        """Whether it was made for the very model that a manifest describes."""
        return any(source.sha256 == self.about.base_sha256.lower() for source in manifest.source.values())

    def check_base(self, manifest: Manifest) -> None:
        """Refuse any other model.

        Raises:
            ModelError: It was made for another one.
        """
        if not self.fits(manifest):
            raise ModelError(
                f"The adapter “{self.about.name}” was made for {self.about.base}; {manifest.name} is another model.",
                next_step="Use it with the model that it was made for.",
            )

    def matrices(self) -> Matrices:
        """Read its matrices.

        Raises:
            ModelError: The file is missing, cut short, or not what an adapter should hold.
        """
        try:
            data = (self.folder / MATRICES_FILE).read_bytes()
        except OSError as error:
            raise _damaged(self.folder, f"{MATRICES_FILE} cannot be read") from error
        halves: dict[tuple[int, str], dict[str, FloatArray]] = {}
        for name, array in _tensors(data, self.folder).items():
            found = _NAME.fullmatch(name)
            if found is None:
                raise _damaged(self.folder, f"it has no use for a tensor “{name}”")
            halves.setdefault((int(found[1]), found[2]), {})[found[3]] = array
        pairs: dict[tuple[int, str], Low] = {}
        for (layer, module), half in halves.items():
            a, b = half.get("A"), half.get("B")
            if a is None or b is None or a.shape[0] != b.shape[1] or not 0 < a.shape[0] <= self.about.rank:
                raise _damaged(self.folder, f"its matrices for {module} of layer {layer} do not fit each other")
            pairs[layer, module] = Low(a, b)
        if not pairs:
            raise _damaged(self.folder, "it holds no matrices")
        return pairs


def read_adapter(folder: Path) -> Adapter:
    """The adapter in `folder`. Its matrices are not read yet.

    Raises:
        ModelError: What it says about itself is missing or cannot be understood.
    """
    try:
        about = msgspec.convert(tomllib.loads((folder / ABOUT_FILE).read_text(encoding="utf-8")), About)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _damaged(folder, f"{ABOUT_FILE} is missing or cannot be understood") from error
    return Adapter(folder, about)


def find_adapter(task: str, manifest: Manifest, prompt_format: int, folder: Path | None = None) -> Adapter | None:
    """The adapter that teaches a model a task, or None where there is none.

    Damaged ones are passed over; `damaged_adapters` tells of them.

    Args:
        task: As in `About`.
        manifest: Of the model.
        prompt_format: The form of the prompt that will be used.
        folder: Where adapters lie; None: where those that come with Hippo do.
    """
    for adapter in _readable(folder or ADAPTERS):
        if adapter.about.task == task and adapter.about.prompt_format == prompt_format and adapter.fits(manifest):
            return adapter
    return None


def damaged_adapters(folder: Path | None = None) -> list[ModelError]:
    """What is wrong with the adapters in `folder`, or with those that come with Hippo. Reads all of them."""
    problems: list[ModelError] = []
    for each in _folders(folder or ADAPTERS):
        try:
            read_adapter(each).matrices()
        except ModelError as error:
            problems.append(error)
    return problems


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob("[!._]*") if each.is_dir())


def _readable(folder: Path) -> list[Adapter]:
    found = []
    for each in _folders(folder):
        try:
            found.append(read_adapter(each))
        except ModelError:
            continue
    return found


class _Tensor(msgspec.Struct):
    """A tensor as the header of a safetensors file describes it."""

    dtype: str
    shape: tuple[int, int]
    data_offsets: tuple[int, int]


def _tensors(data: bytes, folder: Path) -> dict[str, FloatArray]:
    """The matrices of a safetensors file (https://huggingface.co/docs/safetensors), float16 on disk, all checked."""
    length = int.from_bytes(data[:8], "little")
    body = memoryview(data)[8 + length :] if length <= min(len(data) - 8, _MOST_HEADER) else None
    if body is None:
        raise _damaged(folder, f"{MATRICES_FILE} is cut short")
    try:
        header: dict[str, Any] = msgspec.json.decode(data[8 : 8 + length], type=dict[str, Any])
        header.pop("__metadata__", None)
        tensors = msgspec.convert(header, dict[str, _Tensor])
    except msgspec.MsgspecError as error:
        raise _damaged(folder, f"{MATRICES_FILE} cannot be understood") from error
    arrays: dict[str, FloatArray] = {}
    for name, tensor in tensors.items():
        begin, end = tensor.data_offsets
        if tensor.dtype != "F16" or end - begin != 2 * math.prod(tensor.shape) or not 0 <= begin < end <= len(body):
            raise _damaged(folder, f"the tensor “{name}” is cut short or not float16")
        array = np.frombuffer(body[begin:end], "<f2").reshape(tensor.shape).astype(np.float32)
        if not np.isfinite(array).all():
            raise _damaged(folder, f"the tensor “{name}” holds values that are no numbers")
        arrays[name] = array
    return arrays


def _damaged(folder: Path, why: str) -> ModelError:
    return ModelError(f"The adapter “{folder.name}” is damaged: {why}.", next_step=_NEXT_STEP)
