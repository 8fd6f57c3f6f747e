"""The real models, loaded once, and a tiny one that is quick to convert."""

from pathlib import Path

import gguf
import pytest

from assistant.models.decoder import Decoder
from assistant.models.embedder import Embedder
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home
from tests.models.tiny import write_tiny_gguf


@pytest.fixture(scope="session")
def decoder(model_home: Home) -> Decoder:
    return Decoder.load(model_home.models / LANGUAGE_MODEL.folder)


@pytest.fixture(scope="session")
def embedder(model_home: Home) -> Embedder:
    return Embedder.load(model_home.models / EMBEDDER.folder)


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The GGUF file that the built-in language model is made from."""
    return LANGUAGE_MODEL.files["model.gguf"].locate()


@pytest.fixture(scope="session")
def smollm_reader(smollm: Path) -> gguf.GGUFReader:
    """The same file as the `gguf` package reads it; opening takes it seconds."""
    return gguf.GGUFReader(smollm)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A GGUF file of a tiny llama with random Q8_0 weights."""
    return write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0")
