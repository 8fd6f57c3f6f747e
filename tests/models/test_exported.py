"""However an export is made and however its tokens come in, the model sees the same text."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from assistant.errors import CancelledError, ModelError, UnsupportedModelError
from assistant.models.decoder import Decoder
from assistant.models.draft import DraftModel
from assistant.models.export_layout import recognise_export
from assistant.models.exported import ExportedCache
from assistant.models.exports import About, install_export
from assistant.models.generate import generate
from assistant.models.runtime import open_session
from assistant.models.sampling import Sampling
from tests.models.tiny import CONTEXT
from tests.models.tiny_export import FORMS, HEAD, HEADS, STEPS, WIDTH, Form, write_export

TOKENS = [int(token) for token in np.random.default_rng(3).integers(3, 250, 60)]
CLOSE = {"float": 1e-4, "float16": 2e-2}


def install(tmp_path: Path, form: Form) -> Path:
    source = write_export(tmp_path / "source", form)
    target = tmp_path / "model"
    install_export(source, target, about=About(), progress=lambda share: None, cancelled=lambda: False)
    return target


@pytest.fixture(params=FORMS, scope="module")
def named(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Form, Path]:
    form = FORMS[request.param]
    return form, install(tmp_path_factory.mktemp("export"), form)


@pytest.fixture
def exported(named: tuple[Form, Path]) -> Decoder:
    return Decoder.load(named[1])


@pytest.fixture
def plain(named: tuple[Form, Path]) -> NDArray[np.float32]:
    """Logits of all positions, from ONNX Runtime directly and without any past."""
    form, folder = named
    return run_plainly(form, folder, TOKENS)


def run_plainly(form: Form, folder: Path, tokens: list[int]) -> NDArray[np.float32]:
    session, count = open_session(folder / "model.onnx"), len(tokens)
    dtype = np.float16 if form.dtype == "float16" else np.float32
    inputs: dict[str, Any] = {"input_ids": np.array([tokens]), "attention_mask": np.ones((1, count), np.int64)}
    if form.positions:
        inputs["position_ids"] = np.arange(count)[None]
    if form.merged:
        inputs["use_cache_branch"] = np.array([False])
    if form.keeps:
        inputs["num_logits_to_keep"] = np.array(count)
    if form.attention:
        empty = np.zeros((1, HEADS, 0, HEAD), dtype)
        inputs |= {"past_key_values.0.key": empty, "past_key_values.0.value": empty}
    if form.conv:
        inputs["past_conv.0"] = np.zeros((1, WIDTH, STEPS), dtype)
    wanted = {value.name for value in session.get_inputs()}
    logits: NDArray[np.float32] = session.run(["logits"], {name: inputs[name] for name in wanted})[0][0]
    return logits.astype(np.float32)


def check(named: tuple[Form, Path], got: NDArray[np.float32], wanted: NDArray[np.float32]) -> None:
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, wanted, atol=CLOSE[named[0].dtype], rtol=1e-3)


@pytest.mark.parametrize("chunk", [1, 7, 25, 128])
def test_reading_in_chunks_is_reading_at_once(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32], chunk: int
) -> None:
    cache = exported.new_cache(len(TOKENS))
    check(named, exported.prefill(cache, TOKENS, chunk=chunk), plain[-1])
    assert cache.tokens == TOKENS


def test_several_guesses_are_checked_in_one_pass(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32]
) -> None:
    cache = exported.new_cache(100)
    exported.prefill(cache, TOKENS[:40])
    check(named, exported.extend(cache, TOKENS[40:50], keep=6), plain[44:50])
    check(named, exported.extend(cache, TOKENS[50:], keep=10), plain[50:])


def test_token_by_token_gives_every_position(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32]
) -> None:
    cache = exported.new_cache(len(TOKENS))
    check(named, np.stack([exported.step(cache, token) for token in TOKENS]), plain)


@pytest.mark.parametrize("length", [0, 1, 13, 30, 39, 40])
def test_continuing_after_a_crop_is_the_same_as_starting_afresh(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32], length: int
) -> None:
    cache = exported.new_cache(100)
    exported.prefill(cache, TOKENS[:length] + [7, 8, 9] * 10, chunk=13)
    for token in (5, 6):
        exported.step(cache, token)
    cache.crop(length)
    assert cache.tokens == TOKENS[:length]
    check(named, exported.prefill(cache, TOKENS[length:], chunk=13), plain[-1])
    cache.crop(50)
    cache.crop(55)
    check(named, exported.extend(cache, TOKENS[50:], keep=10), plain[50:])


def test_wrong_guesses_again_and_again_change_nothing(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32]
) -> None:
    cache = exported.new_cache(100)
    for at, token in enumerate(TOKENS):
        rows = exported.extend(cache, [token, 3, 4, 5], keep=4)
        check(named, rows[0], plain[at])
        cache.crop(at + 1)


def test_an_answer_is_the_same_with_and_without_guessing(exported: Decoder) -> None:
    def write(**guessing: Any) -> list[int]:
        answer = generate(
            exported,
            exported.new_cache(100),
            TOKENS[:20] * 2,
            sampling=Sampling(repetition_penalty=1.0),
            max_tokens=40,
            cancelled=lambda: False,
            **guessing,
        )
        return [token for chunk in answer for token in chunk.tokens]

    alone = write(lookup=False)
    assert alone
    assert write() == alone
    assert write(draft=DraftModel(exported, 100)) == alone


def test_two_caches_do_not_disturb_each_other(named: tuple[Form, Path], exported: Decoder) -> None:
    one, other, alone = (exported.new_cache(60) for _ in range(3))
    exported.prefill(one, TOKENS[:20])
    exported.prefill(other, TOKENS[20:50])
    exported.prefill(alone, TOKENS[:20])
    check(named, exported.step(one, 42), exported.step(alone, 42))


def test_a_stopped_pass_leaves_the_cache_as_it_was(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32]
) -> None:
    cache = exported.new_cache(100)
    exported.prefill(cache, TOKENS[:20])
    cache.crop(15)
    with pytest.raises(CancelledError):
        exported.prefill(cache, TOKENS[15:], cancelled=lambda: True)
    with pytest.raises(ModelError, match="longer"):
        exported.extend(cache, TOKENS * 2)
    with pytest.raises(ModelError, match="belong"):
        exported.extend(cache, [exported.vocabulary])
    assert cache.tokens == TOKENS[:15]
    check(named, exported.prefill(cache, TOKENS[15:]), plain[-1])
    assert exported.new_cache(1 << 40).capacity == exported.context_length == CONTEXT


def test_clearing_wipes_what_the_model_read(
    named: tuple[Form, Path], exported: Decoder, plain: NDArray[np.float32]
) -> None:
    cache = exported.new_cache(100)
    assert isinstance(cache, ExportedCache)
    exported.prefill(cache, TOKENS, chunk=11)
    cache.crop(33)
    exported.prefill(cache, TOKENS[:5])
    kept = [state for states in cache._fixed.values() for state in states]
    assert any(buffer.any() for buffer in (*cache.buffers[:-1], *kept))
    cache.clear()
    assert cache.length == 0
    assert not any(buffer.any() for buffer in (*cache.buffers, *kept, cache.logits))
    check(named, exported.prefill(cache, TOKENS), plain[-1])


def test_kept_states_stay_few_and_near(tmp_path: Path) -> None:
    exported = Decoder.load(install(tmp_path, FORMS["only-convolution"]))
    cache = exported.new_cache(CONTEXT)
    assert isinstance(cache, ExportedCache)
    for token in (TOKENS * 3)[:CONTEXT]:
        exported.step(cache, token)
    assert len(cache._fixed) < 20
    cache.crop(CONTEXT - 10)
    assert cache.seen == CONTEXT - 10


def test_a_quantised_export_says_nearly_the_same(tmp_path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    form = FORMS["usual"]
    source = write_export(tmp_path / "source", form)
    wanted = run_plainly(form, source, TOKENS)
    quantize_dynamic(source / "model.onnx", source / "model_quantized.onnx", weight_type=QuantType.QUInt8)
    target = tmp_path / "model"
    install_export(source, target, about=About(), progress=lambda share: None, cancelled=lambda: False)
    assert "MatMulInteger" in {node.op_type for node in onnx.load(str(target / "model.onnx")).graph.node}
    exported = Decoder.load(target)
    cache = exported.new_cache(100)
    exported.prefill(cache, TOKENS[:30])
    got = exported.extend(cache, TOKENS[30:], keep=30)
    assert np.corrcoef(got.ravel(), wanted[30:].ravel())[0, 1] > 0.99


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("encoder_hidden_states", "wants an input"),
        ("past_other.0", "has no output"),
        ("past_key_values.0.key", "has no output"),
    ],
)
def test_what_stands_in_the_way_is_named(tmp_path: Path, change: str, why: str) -> None:
    path = write_export(tmp_path, FORMS["usual"]) / "model.onnx"
    model = onnx.load(str(path))
    if change == "past_key_values.0.key":
        next(value for value in model.graph.output if value.name == "present.0.key").name = "elsewhere"
        for node in model.graph.node:
            node.output[:] = ["elsewhere" if name == "present.0.key" else name for name in node.output]
    else:
        model.graph.input.append(onnx.helper.make_tensor_value_info(change, onnx.TensorProto.FLOAT, [1, 4]))
    onnx.save(model, str(path))
    with pytest.raises(UnsupportedModelError, match=why):
        recognise_export(open_session(path))
