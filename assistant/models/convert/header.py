"""What the header of a GGUF file says about its decoder, checked, and in words that all architectures share.

Keys of the header begin with the architecture's name ("llama.block_count"); here they go without.
"""

from collections.abc import Collection
from typing import Final

import numpy as np

from assistant.errors import ModelError, UnsupportedModelError
from assistant.models.convert.design import Attention, Design, Mixer
from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.quantisation import dequantise
from assistant.models.convert.rotary import read_rotary

_MOST_LAYERS: Final = 1024
_MOST_WIDTH: Final = 1 << 18
_MOST_CONTEXT: Final = 1 << 24
_USED_CONTEXT: Final = 1 << 17  # tokens; rotary tables grow with it, and no desktop caches more


class Header:
    """The header of a decoder in an open GGUF file.

    Attributes:
        architecture: Its name, such as "llama".
        file_name: For messages.
    """

    def __init__(self, file: GgufFile) -> None:
        self.architecture = file.text("general.architecture")
        self.file_name = file.path.name
        self._file = file

    def integer(self, key: str, default: int | None = None) -> int:
        """As `GgufFile.integer`."""
        return self._file.integer(f"{self.architecture}.{key}", default)

    def number(self, key: str, default: float | None = None) -> float:
        """As `GgufFile.number`."""
        return self._file.number(f"{self.architecture}.{key}", default)

    def text(self, key: str, default: str | None = None) -> str:
        """As `GgufFile.text`."""
        return self._file.text(f"{self.architecture}.{key}", default)

    def flag(self, key: str, *, default: bool) -> bool:
        """The truth value under `key`; errors as in `integer`."""
        value = self._file.metadata.get(f"{self.architecture}.{key}", default)
        return value if isinstance(value, bool) else bool(self.integer(key))

    def for_each_layer(self, key: str, default: int | None = None) -> list[int]:
        """The whole numbers under `key`, one for each layer; a single one stands for all of them."""
        value = self._file.metadata.get(f"{self.architecture}.{key}")
        if not isinstance(value, list):
            return [self.integer(key, default)] * self.layers
        numbers = [int(item) for item in value if isinstance(item, int)]
        if len(numbers) != self.layers or len(value) != self.layers:
            raise self.contradiction()
        return numbers

    def factors(self, tensor: str, count: int) -> tuple[float, ...]:
        """The `count` positive numbers of a tensor, or none at all if the file lacks it."""
        found = self._file.tensors.get(tensor)
        if found is None:
            return ()
        if found.shape != (count,):
            raise self.contradiction()
        numbers = dequantise(found.type.name, self._file.blocks(found)).reshape(-1)
        if not (np.isfinite(numbers).all() and (numbers > 0).all()):
            raise self.contradiction()
        return tuple(float(number) for number in numbers)

    def window(self) -> int:
        """How many tokens a layer with a window sees; 0 where there is no window, or the whole context fits in."""
        window = self.integer("attention.sliding_window", 0)
        if window < 0:
            raise self.contradiction()
        return window if window < self.integer("context_length") else 0

    @property
    def layers(self) -> int:
        """How many layers there are."""
        count = self.integer("block_count")
        if not 0 < count <= _MOST_LAYERS:
            raise self.contradiction()
        return count

    def attention(
        self, *, interleaved: bool, norms: bool = False, scalings: Collection[str] = ("none", "linear")
    ) -> Attention:
        """The attention of a model whose layers are all alike, or of those of its layers that attend.

        Args:
            interleaved: As in `Rotary`.
            norms: As in `Attention`.
            scalings: The ways of stretching rotary positions that the architecture knows.

        Raises:
            ModelError: The header contradicts itself or lacks something.
            UnsupportedModelError: It asks for rotary positions that are not converted.
        """
        heads = self._alike("attention.head_count")
        kv_heads = self._alike("attention.head_count_kv", heads)
        width = self.integer("embedding_length")
        if not (0 < width <= _MOST_WIDTH and 0 < kv_heads <= heads <= width and heads % kv_heads == 0):
            raise self.contradiction()
        size = self.integer("attention.key_length", width // heads)
        if not 0 < size <= _MOST_WIDTH // heads or self.integer("attention.value_length", size) != size:
            raise self.contradiction()
        rotary = read_rotary(self, size, scalings, interleaved=interleaved)
        return Attention(heads, kv_heads, size, rotary, norms=norms)

    def design(self, mixers: list[Mixer]) -> Design:
        """The plain design with these mixers; an architecture replaces what it does differently.

        Raises:
            ModelError: The header contradicts itself or lacks something.
            UnsupportedModelError: It is a mixture of experts.
        """
        if self.integer("expert_count", 0):
            raise UnsupportedModelError(f"{self.file_name} is a mixture of experts, which Hippo cannot convert yet.")
        context = self.integer("context_length")
        inner = self._alike("feed_forward_length")
        epsilon = self.number("attention.layer_norm_rms_epsilon")
        if not (0 < context <= _MOST_CONTEXT and inner > 0 and 0 < epsilon < 1):
            raise self.contradiction()
        return Design(
            width=self.integer("embedding_length"),
            inner=inner,
            context_length=min(context, _USED_CONTEXT),
            epsilon=epsilon,
            mixers=tuple(mixers),
        )

    def contradiction(self) -> ModelError:
        """The error to raise where the header makes no sense."""
        return ModelError(f"The header of {self.file_name} contradicts itself.", next_step="Download or copy it again.")

    def _alike(self, key: str, default: int | None = None) -> int:
        """A number that is the same in all layers in which it is not zero."""
        numbers = {number for number in self.for_each_layer(key, default) if number}
        if len(numbers) != 1:
            raise self.contradiction()
        return numbers.pop()
