"""One file for each architecture that is converted: it reads the header, and `builder` does the rest."""

from collections.abc import Callable, Mapping
from typing import Final

from assistant.errors import UnsupportedModelError
from assistant.models.convert.architectures import gemma3, granite, lfm2, llama, phi3, qwen2, qwen3
from assistant.models.convert.design import Design
from assistant.models.convert.header import Header

ARCHITECTURES: Final[Mapping[str, Callable[[Header], Design]]] = {
    "llama": llama.design,
    "qwen2": qwen2.design,
    "qwen3": qwen3.design,
    "gemma3": gemma3.design,
    "lfm2": lfm2.design,
    "phi3": phi3.design,
    "granite": granite.design,
}


def read_design(header: Header) -> Design:
    """What the decoder behind `header` looks like.

    Raises:
        UnsupportedModelError: Its architecture, or a variant of it, is not converted.
        ModelError: The header contradicts itself or lacks something.
    """
    if header.architecture not in ARCHITECTURES:
        *others, last = ARCHITECTURES
        raise UnsupportedModelError(
            f"{header.file_name} has the architecture “{header.architecture}”; Hippo converts "
            f"{', '.join(others)} and {last}.",
            next_step="Choose a model of a supported architecture, or one that is in ONNX form already.",
        )
    return ARCHITECTURES[header.architecture](header)
