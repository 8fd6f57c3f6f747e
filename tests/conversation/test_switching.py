"""The model can be changed while Hippo runs, and the built-in one stands in for a model that cannot be used."""

import gc
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from assistant.conversation.session import Session
from assistant.errors import CancelledError, InputError, ModelError
from assistant.models.add import add_path
from assistant.models.library import EMBEDDER, LANGUAGE_MODEL
from assistant.paths import Home
from tests.models.tiny import write_tiny_gguf

from .conftest import PASSPHRASE


@pytest.fixture
def home(tmp_path: Path, model_home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the built-in models and a tiny one, which can see enough for a chat."""
    home = Home(tmp_path / "home")
    home.models.mkdir(parents=True)
    for model in (LANGUAGE_MODEL, EMBEDDER):
        (home.models / model.folder).symlink_to(model_home.models / model.folder)
    monkeypatch.setattr("tests.models.tiny.CONTEXT", 2048)
    add_path(home, write_tiny_gguf(tmp_path / "tiny.gguf", "Q8_0"))
    return home


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    session = Session(home, keyring=None)
    session.create(passphrase=PASSPHRASE)
    yield session
    session.close()


def choose(session: Session, model: str) -> None:
    session.save_settings(replace(session.settings, generation=replace(session.settings.generation, model=model)))


def tell(session: Session, text: str) -> str:
    """Hold one turn; returns the answer."""
    prepared = session.engine.prepare(session.engine.new_chat(), text)
    answering = session.engine.answer(prepared, max_tokens=8)
    for _ in answering:
        pass
    session.engine.keep(prepared, answering)
    return answering.text


def test_another_model_answers_once_it_is_prepared_and_the_memory_stays(session: Session) -> None:
    session.prepare_models()
    assert session.engine.model_name == LANGUAGE_MODEL.name
    tell(session, "I am allergic to walnuts.")
    choose(session, "tiny")
    assert not session.models_ready
    session.prepare_models()
    assert session.models_ready
    assert (session.engine.model_name, session.model_in_use, session.model_problem) == ("Tiny", "tiny", None)
    tell(session, "My sister lives in Porto.")
    assert session.memory.matching("walnuts")
    assert session.engine.prepare(session.engine.new_chat(), "What food am I allergic to?").recalled
    choose(session, "")
    session.prepare_models()
    assert session.engine.model_name == LANGUAGE_MODEL.name


def test_the_model_before_is_let_go_with_all_that_it_has_seen(session: Session, model_home: Home) -> None:
    folder = session.home.models / LANGUAGE_MODEL.folder
    folder.unlink()
    shutil.copytree(model_home.models / LANGUAGE_MODEL.folder, folder)  # one that no other test holds
    session.prepare_models()
    tell(session, "I am allergic to walnuts.")
    engine = session.engine
    cache, decoder = engine._cache, weakref.ref(engine._decoder)
    choose(session, "tiny")
    session.prepare_models()
    assert cache is not None
    assert all(not buffer.any() for buffer in cache.buffers)
    del engine
    gc.collect()
    assert decoder() is None


def test_nothing_is_loaded_anew_while_the_choice_stays(session: Session) -> None:
    session.prepare_models()
    engine = session.engine
    choose(session, "")
    session.save_settings(replace(session.settings, generation=replace(session.settings.generation, temperature=0.5)))
    session.prepare_models()
    assert session.engine is engine


@pytest.mark.parametrize("harm", ["missing", "damaged", "unreadable"])
def test_the_built_in_model_stands_in_for_one_that_cannot_be_used(session: Session, harm: str) -> None:
    tiny = session.home.models / "tiny"
    if harm == "missing":
        tiny.rename(session.home.root / "elsewhere")
    elif harm == "damaged":
        with (tiny / "model.onnx").open("ab") as file:
            file.write(b"\0")
    else:
        (tiny / "hippo.json").write_bytes(b"{")
    choose(session, "tiny")
    session.prepare_models()
    assert session.models_ready
    assert session.engine.model_name == LANGUAGE_MODEL.name
    assert session.model_in_use == LANGUAGE_MODEL.folder
    assert session.settings.generation.model == "tiny"  # it may come back
    assert session.model_problem is not None
    assert "built-in model answers" in session.model_problem.message
    assert "tiny" in session.model_problem.message.casefold()
    assert session.model_problem.next_step
    choose(session, "")
    session.prepare_models()
    assert session.model_problem is None


def test_a_model_that_was_asked_for_answers_whatever_the_settings_say_and_has_no_stand_in(session: Session) -> None:
    session.prepare_models(model="tiny")
    assert session.models_ready
    assert session.engine.model_name == "Tiny"
    assert session.settings.generation.model == ""
    with pytest.raises(InputError):
        session.prepare_models(model="gone")
    (session.home.models / "tiny" / "model.onnx").write_bytes(b"")
    with pytest.raises(ModelError):
        session.prepare_models(model="tiny")


def test_a_switch_that_is_cancelled_is_taken_up_again(session: Session, home: Home) -> None:
    choose(session, "tiny")
    session.prepare_models()
    choose(session, "")
    (home.models / LANGUAGE_MODEL.folder).unlink()
    with pytest.raises(CancelledError):
        session.prepare_models(cancelled=lambda: True)
    assert not session.models_ready
    choose(session, "tiny")
    session.prepare_models()
    assert session.engine.model_name == "Tiny"
