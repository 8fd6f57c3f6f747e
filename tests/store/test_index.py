"""The index must agree with plain Python after any history of changes."""

import math
from collections import Counter

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.store import index as index_module
from assistant.store import postings as postings_module
from assistant.store.index import SearchIndex
from tests.store.test_vectors import alike

D = 8
Floats = npt.NDArray[np.float32]

changes = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove"]),
        st.integers(0, 12),
        st.lists(st.integers(0, 6), max_size=12),
        st.integers(0, 5),
    ),
    max_size=40,
)


def random_vectors(seed: int) -> bytes:
    if seed == 0:
        return b""
    return np.random.default_rng(seed).standard_normal((2, D)).astype("<f2").tobytes()


def plain_bm25(documents: dict[str, list[int]], terms: list[int]) -> dict[str, float]:
    filled = [document for document in documents.values() if document]
    mean = sum(map(len, filled)) / len(filled) if filled else 1
    scores = dict.fromkeys(documents, 0.0)
    for term in set(terms):
        holding = sum(term in document for document in filled)
        idf = math.log(1 + (len(filled) - holding + 0.5) / (holding + 0.5))
        for name, document in documents.items():
            count = Counter(document)[term]
            if count:
                length = 1 - 0.75 + 0.75 * len(document) / mean
                scores[name] += idf * count * 2.2 / (count + 1.2 * length)
    return scores


def plain_cosine(vectors: bytes, query: Floats, layer: int) -> float:
    if not vectors:
        return -math.inf
    vector = np.frombuffer(vectors, "<f2").reshape(2, D)[layer].astype(np.float64)
    return float(vector @ query / np.linalg.norm(vector) / np.linalg.norm(query))


@settings(deadline=None, max_examples=60)
@given(changes)
def test_the_index_equals_brute_force_after_any_changes(history: list[tuple[str, int, list[int], int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_DEAD_MIN", 4)
        patch.setattr(postings_module, "_TAIL_MIN", 20)
        index = SearchIndex(D)
        expected: dict[str, tuple[bytes, list[int]]] = {}
        for verb, number, terms, seed in history:
            if verb == "add":
                expected[f"r{number}"] = random_vectors(seed), terms
                index.add([(f"r{number}", random_vectors(seed), np.array(terms, "<u4").tobytes())])
            else:
                expected.pop(f"r{number}", None)
                index.remove([f"r{number}"])
    assert {name for name in index.ids if name} == set(expected)
    assert len(index) == len(expected)
    assert index.alive.tolist() == [bool(name) for name in index.ids]
    query = np.random.default_rng(99).standard_normal(D).astype(np.float32)
    bm25 = index.bm25([1, 2, 2, 5, 77])
    plain = plain_bm25({name: terms for name, (_, terms) in expected.items()}, [1, 2, 5, 77])
    for layer in (0, 1):
        cosine = index.similarities(query, layer)
        for row, name in enumerate(index.ids):
            if name:
                assert index.row(name) == row
                assert alike(expected[name][0], index.vectors(name))
                assert bm25[row] == pytest.approx(plain[name], rel=1e-5)
                assert cosine[row] == pytest.approx(
                    plain_cosine(expected[name][0], query, layer), abs=(1e-3, 1e-2)[layer]
                )
            else:
                assert bm25[row] == 0
                assert cosine[row] == -np.inf


def test_several_queries_at_once_equal_one_by_one() -> None:
    index = SearchIndex(D)
    index.add([(f"r{seed}", random_vectors(seed), b"") for seed in range(1, 1500)])
    queries = np.random.default_rng(5).standard_normal((3, D)).astype(np.float32)
    together = index.similarities(queries, 1)
    assert together.shape == (3, 1499)
    for query, scores in zip(queries, together, strict=True):
        np.testing.assert_allclose(scores, index.similarities(query, 1), atol=1e-6)


def test_an_empty_index_answers_with_nothing() -> None:
    index = SearchIndex(D)
    assert index.similarities(np.ones(D, np.float32)).shape == (0,)
    assert index.bm25([1, 2]).shape == (0,)
    assert index.vectors("r") == b""


def test_a_query_without_direction_matches_nothing() -> None:
    index = SearchIndex(D)
    index.add([("r", random_vectors(1), b"")])
    assert index.similarities(np.zeros(D, np.float32)).tolist() == [-np.inf]
