import numpy as np

from assistant.store.vectors import VectorRows, _dot


def test_every_finite_float16_is_widened_exactly() -> None:
    every = np.arange(65536, dtype=np.uint16).view(np.float16)
    rows = every[np.isfinite(every)].reshape(-1, 1)
    assert len(rows) == 63488
    np.testing.assert_array_equal(_dot(rows, np.ones((1, 1), np.float32))[0], rows[:, 0].astype(np.float32))


def test_rows_come_back_as_they_were_appended_however_often_the_matrix_grows() -> None:
    random = np.random.default_rng(3)
    rows = VectorRows(8)
    appended = [random.standard_normal((2, 8)).astype("<f2").tobytes() for _ in range(1000)]
    for start in range(0, 1000, 90):
        rows.append(appended[start : start + 90])
    rows.append([b""])
    assert [rows.row(row) for row in range(1001)] == [*appended, b""]
    rows.keep(np.array([3, 999, 1000]))
    assert [rows.row(row) for row in range(3)] == [appended[3], appended[999], b""]


def test_a_vector_of_zeros_in_one_layer_matches_nothing_there() -> None:
    rows = VectorRows(2)
    rows.append([np.array([[0, 0], [3, 4]], "<f2").tobytes()])
    query = np.array([0, 2], np.float32)
    assert rows.cosine(query, 0).tolist() == [-np.inf]
    np.testing.assert_allclose(rows.cosine(query, 1), [0.8], rtol=1e-6)
