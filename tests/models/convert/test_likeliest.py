"""The output layer in two steps gives the likeliest tokens the logits that they should have."""

from pathlib import Path

import numpy as np
import pytest

from assistant.models.convert.graph import GRAPH_FILE, Graph
from assistant.models.convert.likeliest import COMPUTED_AGAIN, is_worthwhile, two_step_logits
from assistant.models.convert.packed import FloatArray, round_to_eight_bits, unpack
from assistant.models.runtime import open_session

VOCABULARY, WIDTH = 1 << 14, 256
RNG = np.random.default_rng(5)
WEIGHT = round_to_eight_bits(RNG.normal(0, 0.1, (VOCABULARY, WIDTH)).astype(np.float32))
GAIN: FloatArray = np.where(np.arange(WIDTH) % 16 == 3, 8, 1).astype(np.float32)
HIDDEN: FloatArray = (RNG.normal(0, 1, (1, 9, WIDTH)) * GAIN).astype(np.float32)


def computed(folder: Path, hidden: FloatArray) -> FloatArray:
    with Graph(folder) as graph:
        x = graph.add_input("x", np.float32, (1, "n", WIDTH))
        quants, scales = graph.constant("quants", WEIGHT.quants), graph.constant("scales", WEIGHT.scales)
        graph.add_output("logits", np.float32, (1, "n", VOCABULARY))
        logits = two_step_logits(graph, x, WEIGHT, quants, scales, GAIN)
        graph.node("Identity", [logits], outputs=["logits"])
        graph.save()
    session = open_session(folder / GRAPH_FILE)
    rows: FloatArray = session.run(["logits"], {"x": hidden})[0][0]
    return rows


def test_the_likeliest_tokens_have_their_exact_logits_and_the_others_nearly(tmp_path: Path) -> None:
    exact = HIDDEN[0] @ unpack(WEIGHT).T
    found = computed(tmp_path, HIDDEN)
    assert (found.argmax(axis=-1) == exact.argmax(axis=-1)).all()
    order = np.argsort(-exact, axis=-1)[:, : COMPUTED_AGAIN // 4]
    first, expected = (np.take_along_axis(rows, order, axis=-1) for rows in (found, exact))
    np.testing.assert_allclose(first, expected, rtol=0, atol=1e-3)
    # One product in 4 bits is off by a ninth of how far logits lie apart; columns that are in it twice make it less.
    assert (found - exact).std() < exact.std() / 18


def test_a_row_alone_is_computed_as_among_others(tmp_path: Path) -> None:
    together = computed(tmp_path, HIDDEN)
    for at in range(3):
        assert np.array_equal(computed(tmp_path, HIDDEN[:, at : at + 1])[0], together[at])


def test_no_rows_give_no_logits(tmp_path: Path) -> None:
    assert computed(tmp_path, HIDDEN[:, :0]).shape == (0, VOCABULARY)


@pytest.mark.parametrize(("rows", "columns", "worthwhile"), [(VOCABULARY, WIDTH, True), (4096, WIDTH, False)])
def test_small_vocabularies_are_read_as_a_whole(rows: int, columns: int, *, worthwhile: bool) -> None:
    weight = round_to_eight_bits(np.ones((rows, columns), np.float32))
    assert is_worthwhile(weight) is worthwhile
