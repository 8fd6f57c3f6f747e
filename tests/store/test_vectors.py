import importlib.util

import numpy as np
import pytest

from assistant.store import vectors
from assistant.store.vectors import VectorRows

D = 384
Floats = np.typing.NDArray[np.float32]


def alike(given: bytes, found: bytes) -> bool:
    """Whether vectors came back as well as 12 bits (the second: 8 bits) can say."""
    if len(given) != len(found):
        return False
    one, other = (np.frombuffer(each, "<f2").astype(np.float32).reshape(2, -1) for each in (given, found))
    off = np.abs(one - other).max(axis=1, initial=0)
    return bool((off <= np.abs(one).max(axis=1, initial=0) / [1500, 200]).all())


def clustered(count: int, seed: int) -> Floats:
    """Unit vectors in clusters, as those of messages about the same things are."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((20, D)) + 6 * random.standard_normal(D) / np.sqrt(6)
    rows = centres[random.integers(20, size=count)] + 0.8 * random.standard_normal((count, D))
    unit: Floats = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture(params=["simsimd", "numpy"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "numpy":
        monkeypatch.setattr(vectors, "simsimd", None)
    elif importlib.util.find_spec("simsimd") is None:
        pytest.skip("there is no SimSIMD here")
    return str(request.param)


def test_the_best_ten_of_many_are_the_exact_best_ten(kernel: str) -> None:
    exact = clustered(20_000, 1)
    rows = VectorRows(D)
    for start in range(0, len(exact), 3000):
        rows.append([np.stack([one, -one]).astype("<f2").tobytes() for one in exact[start : start + 3000]])
    queries = clustered(40, 2)
    found = rows.cosine(queries, 0)
    assert np.abs(found - queries @ exact.T).max() < 0.004
    np.testing.assert_allclose(rows.cosine(queries[:1], 1)[0], -exact @ queries[0], atol=0.004)
    hits = [
        len(set(np.argsort(-one)[:10]) & set(np.argsort(-(exact @ query))[:10]))
        for one, query in zip(found, queries, strict=True)
    ]
    assert np.mean(hits) >= 9.9


def test_many_equal_rows_do_not_hide_the_best_ones(kernel: str) -> None:
    rows = VectorRows(D)
    same, best = clustered(2, 3)
    rows.append([np.stack([same, same]).astype("<f2").tobytes()] * 9000)
    rows.append([np.stack([best, best]).astype("<f2").tobytes()])
    scores = rows.cosine(best, 0)
    assert int(np.argmax(scores)) == 9000
    assert scores[9000] == pytest.approx(1, abs=2e-4)
    np.testing.assert_allclose(scores[:9000], float(same @ best), atol=0.004)


def test_rows_come_back_nearly_as_they_were_appended_however_often_the_matrix_grows() -> None:
    random = np.random.default_rng(3)
    rows = VectorRows(8)
    appended = [random.standard_normal((2, 8)).astype("<f2").tobytes() for _ in range(1000)]
    for start in range(0, 1000, 90):
        rows.append(appended[start : start + 90])
    rows.append([b""])
    assert all(alike(given, rows.row(row)) for row, given in enumerate(appended))
    assert rows.row(1000) == b""
    rows.keep(np.array([3, 999, 1000]))
    assert alike(appended[3], rows.row(0))
    assert alike(appended[999], rows.row(1))
    assert [rows.has_vectors(row) for row in range(3)] == [True, True, False]


def test_an_odd_number_of_dimensions_is_no_problem() -> None:
    rows = VectorRows(3)
    row = np.array([[1, 0.5, -0.25], [0, 0, -2]], "<f2").tobytes()
    rows.append([row])
    assert alike(row, rows.row(0))


def test_a_vector_of_zeros_in_one_layer_matches_nothing_there(kernel: str) -> None:
    rows = VectorRows(2)
    rows.append([np.array([[0, 0], [3, 4]], "<f2").tobytes()])
    query = np.array([0, 2], np.float32)
    assert rows.cosine(query, 0).tolist() == [-np.inf]
    np.testing.assert_allclose(rows.cosine(query, 1), [0.8], atol=0.01)
